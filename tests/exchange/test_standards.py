"""Standard texts: what they say is reviewed word for word, on record with the opinion, and told where somebody signs."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from fuhua.evidence.actions.verbs import void
from fuhua.exchange.actions import standards
from fuhua.exchange.kinds.standard import STANDARDS
from fuhua.exchange.queries.standards import review_of
from fuhua.parties.actions.cast import PLAYERS

OFFICER = PLAYERS["city_officer"].urn
OPINION = b"%PDF-1.4 opinion"
[AGREEMENT, NDA] = STANDARDS


@pytest.fixture
def counsel(firm: Any) -> Any:
    return firm("北京衡准律师事务所")[0]


@pytest.fixture
def reviewed(counsel: Any, at: Any) -> Any:
    """``reviewed(version)``: counsel's review of the text, recorded on 1 June 2025; more as ``standards.review`` takes it."""
    def made(version: str, **more: Any) -> str:
        told = {"wording": STANDARDS[version].wording, "reviewer": counsel, "on": dt.date(2025, 6, 1), "opinion": io.BytesIO(OPINION)}
        return standards.review(version=version, by=OFFICER, at=at("2025-06-02"), **{**told, **more})
    return made


def test_a_review_stands_for_the_text_and_the_day_and_no_other(reviewed: Any) -> None:
    reviewed(AGREEMENT)
    found = review_of(AGREEMENT, dt.date(2025, 6, 1))
    assert (found.reviewer, found.on) == ("北京衡准律师事务所", dt.date(2025, 6, 1))
    assert (review_of(AGREEMENT, dt.date(2025, 5, 31)), review_of(NDA, dt.date(2025, 6, 1))) == (None, None)


def test_a_review_of_other_words_or_of_a_day_to_come_is_refused_and_a_voided_one_no_longer_stands(reviewed: Any, at: Any) -> None:
    with pytest.raises(standards.BadReview, match="was changed"):
        reviewed(AGREEMENT, wording="0" * 64)
    with pytest.raises(standards.BadReview, match="has not come"):
        reviewed(AGREEMENT, on=dt.date(2025, 6, 3))
    assert review_of(AGREEMENT, dt.date(2025, 6, 2)) is None
    void(reviewed(AGREEMENT), reason="mistake", by=OFFICER, at=at("2025-06-02", 13))
    assert review_of(AGREEMENT, dt.date(2025, 6, 2)) is None


def test_a_word_that_changes_makes_another_text(monkeypatch: pytest.MonkeyPatch) -> None:
    wordings = {each.wording for each in STANDARDS.values()}
    text = STANDARDS[AGREEMENT]
    heading, paragraphs = text.articles[0]
    other = type(text)(text.version, text.title, ((heading, paragraphs[:-1]), *text.articles[1:]))
    assert (len(wordings), other.wording in wordings) == (2, False)


def test_an_officer_records_it_on_the_page_and_whoever_signs_reads_it(
        counsel: Any, cast: Any, client_for: Any, a_deal: Any) -> None:
    deal, (_house, buyer), _provider = a_deal()
    page, texts, post = f"/exchange/deals/{deal.pk}/", "/exchange/texts/", f"/exchange/texts/{AGREEMENT}/review/"
    founder, officer = client_for(buyer), client_for(cast["city_officer"])
    assert "范本尚未经法律审核" in founder.get(page).content.decode()
    assert "验收合格之日起 ____ 日内" in founder.get(texts).content.decode()
    assert ("登记法律审核" in founder.get(texts).content.decode(), founder.post(post).status_code) == (False, 403)
    told = {f"{AGREEMENT}-{name}": value for name, value in {
        "wording": STANDARDS[AGREEMENT].wording, "reviewer": counsel.name, "on": "2025-06-01"}.items()}
    wrong = officer.post(post, told)  # the opinion is missing; nothing is lost
    assert (wrong.status_code, 'value="北京衡准律师事务所"' in wrong.content.decode()) == (422, True)
    file = {f"{AGREEMENT}-opinion": SimpleUploadedFile("意见.pdf", OPINION)}
    assert officer.post(post, {**told, **file}).status_code == 302
    assert "北京衡准律师事务所于2025年6月1日完成法律审核" in founder.get(page).content.decode()
    assert ("已经法律审核" in founder.get(texts).content.decode(), "审核意见</a>" in founder.get(texts).content.decode()) == (True, False)
    assert officer.post("/exchange/texts/none/review/", told).status_code == 404
