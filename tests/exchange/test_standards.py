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
from fuhua.exchange.queries.agreements import agreement_of
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
    for day in (dt.date(2025, 6, 3), dt.date(1, 1, 1)):
        with pytest.raises(standards.BadReview, match="between the day of the draft"):
            reviewed(AGREEMENT, on=day)
    assert review_of(AGREEMENT, dt.date(2025, 6, 2)) is None
    void(reviewed(AGREEMENT), reason="mistake", by=OFFICER, at=at("2025-06-02", 13))
    assert review_of(AGREEMENT, dt.date(2025, 6, 2)) is None


def test_a_word_that_changes_makes_another_text(monkeypatch: pytest.MonkeyPatch) -> None:
    wordings = {each.wording for each in STANDARDS.values()}
    text = STANDARDS[AGREEMENT]
    heading, paragraphs = text.articles[0]
    other = type(text)(text.version, text.title, text.drafted, ((heading, paragraphs[:-1]), *text.articles[1:]))
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


def test_a_review_of_words_that_changed_meanwhile_comes_back_and_can_be_sent_again(counsel: Any, cast: Any, client_for: Any) -> None:
    officer, post = client_for(cast["city_officer"]), f"/exchange/texts/{AGREEMENT}/review/"
    told = {f"{AGREEMENT}-{name}": value for name, value in {"wording": "0" * 64, "reviewer": counsel.name, "on": "2025-06-01"}.items()}
    page = officer.post(post, {**told, f"{AGREEMENT}-opinion": SimpleUploadedFile("意见.pdf", OPINION)}).content.decode()
    assert ("范本在您打开后已修改" in page, f'value="{STANDARDS[AGREEMENT].wording}"' in page) == (True, True)


def test_the_opinion_is_a_link_for_those_only_who_may_open_it(reviewed: Any, cast: Any, client_for: Any) -> None:
    digest = reviewed(AGREEMENT)
    offices = ("steward", "district_officer", "city_officer", "department_officer", "coordinator", "auditor")
    for client in (client_for(cast[office]) for office in offices):
        shown = f"/evidence/facts/{digest}/" in client.get("/exchange/texts/").content.decode()
        assert client.get(f"/evidence/facts/{digest}/").status_code == (200 if shown else 404)


def test_every_fixed_word_of_a_printed_agreement_is_in_the_text_that_is_reviewed(a_deal: Any) -> None:
    printed = agreement_of(a_deal()[0]).printed()
    words = "".join(f"{heading.zh if heading else ''}{''.join(each.zh for each in paragraphs)}"
                    for heading, paragraphs in STANDARDS[AGREEMENT].articles)
    titles = [printed["sides_title"], printed["lines_title"], printed["due_title"], *(each["heading"] for each in printed["sections"])]
    fixed = [title.split("、", 1)[1] for title in titles]
    fixed += [*printed["sides_head"], *printed["lines_head"], *printed["due_head"], printed["signing"]["title"], printed["signing"]["box"]]
    assert [each for each in fixed if each not in words] == []
