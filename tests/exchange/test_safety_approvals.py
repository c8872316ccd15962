"""A pilot that waits for the approval of its site's safety: agreed in words, filed by the site, read by both sides."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from exchange.pairs import BROKER, by, in_force, met, pilot, reading
from fuhua.evidence.models import Fact
from fuhua.exchange.actions import pilots, signing
from fuhua.exchange.actions.introductions import BadIntroduction
from fuhua.exchange.models import Introduction
from fuhua.exchange.queries.agreements import agreement_of

PAPER = b"%PDF-1.7 approval of the site"
WAITS = "开始测量前，需求方须取得现场安全批准并在平台登记"


@pytest.fixture
def waiting(asked: Any) -> Introduction:
    row = met(asked())
    in_force(pilot(row, approval="yes"))
    return Introduction.objects.get(pk=row.pk)


def test_that_it_waits_stands_in_the_agreement_and_no_reading_is_taken_before(waiting: Introduction) -> None:
    assert WAITS in "".join(each.zh for _head, lines in agreement_of(waiting.pilot.deal).articles for each in lines)
    with pytest.raises(BadIntroduction, match="approved first"):
        reading(waiting)


def filed(browser: Any, page: str, paper: bytes = PAPER) -> Any:
    return browser.post(f"{page}approve/", {"approve-file": SimpleUploadedFile("安全批准.pdf", paper)})


def test_the_site_files_it_and_both_sides_read_it_and_by_its_fact_who_answers_for_the_record(
        waiting: Introduction, client_for: Any, client_of: Any) -> None:
    needs, offers = (client_for(side.account) for side in (waiting.need.owner, waiting.offer.owner))
    page = f"/exchange/introductions/{waiting.pk}/"
    for each, forms in ((needs, [True, False]), (offers, [False, False])):
        text = each.get(page).content.decode()
        assert ([f'id="{verb}"' in text for verb in ("approve", "log")], "约定先取得现场安全批准" in text) == (forms, True)
    assert filed(offers, page).status_code == 403
    assert filed(needs, page, b"MZ\x90").status_code == 422
    assert filed(needs, page).status_code == 302
    answers = [each.get(f"{page}approval/") for each in (needs, offers, client_of("steward"), client_of("founder"))]
    assert [each.status_code for each in answers] == [200, 200, 404, 404]
    assert [b"".join(each.streaming_content) for each in answers[:2]] == [PAPER, PAPER]
    fact = Fact.objects.get(kind="exchange.safety_approved", subject=waiting.urn)
    document = f"/evidence/documents/{Introduction.objects.get().pilot.approval}/?fact={fact.digest}"
    assert b"".join(client_of("auditor").get(document).streaming_content) == PAPER
    assert client_of("founder").get(document).status_code == 404
    assert reading(Introduction.objects.get()).pilot.approval_name == "安全批准.pdf"
    assert "安全批准.pdf" in offers.get(f"{page}report/").content.decode()


def test_without_it_agreed_none_is_asked_for(asked: Any, client_for: Any) -> None:
    row = met(asked())
    in_force(drawn_up := pilot(row))
    assert drawn_up.terms["safety"] == "班长批准"
    assert 'id="approve"' not in client_for(row.need.owner.account).get(f"/exchange/introductions/{row.pk}/").content.decode()
    assert reading(Introduction.objects.get()).pk


def test_no_reading_is_from_before_the_approval_and_after_one_the_approval_stands(waiting: Introduction) -> None:
    told = {"introduction": waiting, "name": "批准.pdf", "by": waiting.need.owner.urn}
    pilots.approve(document="1" * 64, at=timezone.now(), **told)
    with pytest.raises(BadIntroduction, match="no reading is from before"):
        reading(waiting, ago=1)
    pilots.approve(document="2" * 64, at=timezone.now(), **told)
    assert reading(waiting).pilot.approval == "2" * 64
    with pytest.raises(BadIntroduction, match="stands as it is"):
        pilots.approve(document="3" * 64, at=timezone.now(), **told)


def test_what_was_filed_for_a_pilot_that_fell_is_not_the_next_ones(asked: Any) -> None:
    row = met(asked())
    first = pilot(row, approval="yes")
    pilots.approve(introduction=row, document="1" * 64, name="批准.pdf", by=row.need.owner.urn, at=timezone.now())
    signing.cancel(deal=first, side=row.offer.party_id, by=row.offer.owner.urn, at=timezone.now())
    in_force(pilot(Introduction.objects.get(), approval="yes"))
    with pytest.raises(BadIntroduction, match="approved first"):
        reading(Introduction.objects.get())


def test_an_approval_that_nobody_agreed_to_is_not_taken(asked: Any) -> None:
    row = met(asked())
    in_force(pilot(row))
    with pytest.raises(BadIntroduction, match="no safety approval was agreed"):
        pilots.approve(introduction=row, document="1" * 64, name="批准.pdf", by=row.need.owner.urn, at=timezone.now())


def test_what_was_measured_in_a_pilot_that_fell_says_nothing_of_the_next(asked: Any) -> None:
    row = met(asked())
    in_force(first := pilot(row))
    old = reading(row)
    pilots.confirm_reading(reading=old, side="need", person=row.need.owner_id, by=BROKER, at=timezone.now())
    pilots.state_result(**by(row, "offer"), result="met")
    first.state = "cancelled"
    first.save()
    pilots.fell(deal=first, by=BROKER, at=timezone.now())
    in_force(pilot(Introduction.objects.get()))
    with pytest.raises(BadIntroduction, match="log the readings"):
        pilots.state_result(**by(row, "need"), result="met")
    with pytest.raises(BadIntroduction, match="of a pilot that fell"):
        pilots.strike(reading=old, side="need", by=BROKER, at=timezone.now())
    pilots.confirm_reading(reading=reading(row), side="need", person=row.need.owner_id, by=BROKER, at=timezone.now())  # of the same day
    assert pilots.state_result(**by(row, "need"), result="met").state == "pilot"  # what the other said of the first does not count


def test_two_sides_that_say_otherwise_are_asked_again_until_they_agree(asked: Any, client_for: Any) -> None:
    row = met(asked())
    in_force(pilot(row))
    pilots.confirm_reading(reading=reading(row), side="need", person=row.need.owner_id, by=BROKER, at=timezone.now())
    clients = {"need": client_for(row.need.owner.account), "offer": client_for(row.offer.owner.account)}

    def forms() -> list[bool]:
        return ['id="result"' in each.get(f"/exchange/introductions/{row.pk}/").content.decode() for each in clients.values()]

    pilots.state_result(**by(row, "need"), result="missed")
    assert forms() == [False, True]
    pilots.state_result(**by(row, "offer"), result="met")
    assert forms() == [True, True]
    assert pilots.state_result(**by(row, "need"), result="met").state == "measured"
