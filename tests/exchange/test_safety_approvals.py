"""A pilot that waits for the approval of its site's safety: agreed in words, filed by the site, read by both sides, and nobody else."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from exchange.pairs import in_force, met, pilot, reading
from fuhua.evidence.models import Fact
from fuhua.exchange.actions.introductions import BadIntroduction
from fuhua.exchange.models import Introduction

PAPER = b"%PDF-1.7 approval of the site"
WAITS = "试点开始前，需求方须取得现场安全批准并在平台登记。"


@pytest.fixture
def waiting(asked: Any) -> Introduction:
    row = met(asked())
    in_force(pilot(row, approval="yes"))
    return Introduction.objects.get(pk=row.pk)


def test_that_it_waits_stands_in_the_agreement_and_no_reading_is_taken_before(waiting: Introduction) -> None:
    assert waiting.pilot.terms["safety"].endswith(WAITS)
    with pytest.raises(BadIntroduction, match="approved first"):
        reading(waiting)


def filed(browser: Any, page: str, paper: bytes = PAPER) -> Any:
    return browser.post(f"{page}approve/", {"approve-file": SimpleUploadedFile("安全批准.pdf", paper)})


def test_the_site_files_it_and_both_sides_and_nobody_else_read_it(waiting: Introduction, client_for: Any, client_of: Any) -> None:
    needs, offers = (client_for(side.account) for side in (waiting.need.owner, waiting.offer.owner))
    page = f"/exchange/introductions/{waiting.pk}/"
    assert [each.get(page).content.decode().count('id="approve"') for each in (needs, offers)] == [1, 0]
    assert filed(offers, page).status_code == 403
    assert filed(needs, page, b"MZ\x90").status_code == 422
    assert filed(needs, page).status_code == 302
    answers = [each.get(f"{page}approval/") for each in (needs, offers, client_of("steward"), client_of("founder"))]
    assert [each.status_code for each in answers] == [200, 200, 404, 404]
    assert [b"".join(each.streaming_content) for each in answers[:2]] == [PAPER, PAPER]
    assert Fact.objects.filter(kind="exchange.safety_approved", subject=waiting.urn).count() == 1
    assert reading(Introduction.objects.get()).introduction.approval_name == "安全批准.pdf"
    assert "安全批准.pdf" in offers.get(f"{page}report/").content.decode()


def test_without_it_agreed_none_is_asked_for(asked: Any, client_for: Any) -> None:
    row = met(asked())
    in_force(drawn_up := pilot(row))
    assert drawn_up.terms["safety"] == "班长批准"
    assert 'id="approve"' not in client_for(row.need.owner.account).get(f"/exchange/introductions/{row.pk}/").content.decode()
    assert reading(Introduction.objects.get()).pk
