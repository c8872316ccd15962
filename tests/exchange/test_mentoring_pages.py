"""Pages of mentoring: whom a session is hidden from, who may press what, pressed twice is done once, no query a row."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from exchange.lab import clock
from exchange.mentor import OPENED, Mentor
from fuhua.exchange.actions import advice, briefings, mentoring
from fuhua.exchange.models import Listing, Mentoring
from fuhua.exchange.queries import mentoring as reads
from fuhua.parties.actions import people, ties
from fuhua.parties.models import Account, Party
from fuhua.parties.words import TieKind
from stories.visitor import Visitor

NOW = clock("2025-07-10T12:00")
NOTE, SAID = "两位创始人有分歧", "先做一次流片"


@pytest.fixture
def mentor(firm: Any, an_offer: Any, monkeypatch: pytest.MonkeyPatch) -> Mentor:
    """A mentor at noon of 10 July 2025."""
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    return Mentor(firm, an_offer)


@pytest.fixture
def founder(mentor: Mentor) -> tuple[Party, Account]:
    return mentor.venture("北京甲科技有限公司")


@pytest.fixture
def row(mentor: Mentor, founder: Any) -> Mentoring:
    """A confirmed session with a note, advice and an action."""
    found, told = mentor.session(founder, "2025-07-01"), {"by": founder[1].party.urn, "at": mentor.evening("2025-07-01")}
    mentoring.note(session=found, side="venture", text=NOTE, **told)
    mentoring.agree(session=found, owner="venture", text="联系代工厂", due=dt.date(2025, 7, 20), **told)
    advice.advise(session=found, person=mentor.person.pk, text=SAID, by=mentor.by, at=told["at"])
    return found


def colleague(mentor: Mentor, name: str = "同事") -> Account:
    """Somebody else who acts for the mentor's house."""
    told = {"by": mentor.by, "at": OPENED}
    person = people.enter(name=name, **told)
    account = people.open_account(username=f"c{person.pk}", password="a long enough password", party=person, strict=False, **told)
    ties.attest(kind=TieKind.EMPLOYS, source=mentor.house, target=person, office="expert", **told)
    return account


def test_a_session_is_hidden_from_everybody_but_the_two(mentor: Mentor, founder: Any, row: Mentoring, client_for: Any,
                                                        client_of: Callable[[str], Client]) -> None:
    page, staff = reads.url_of(row.reservation), colleague(mentor)
    assert [client_for(account).get(page).status_code for account in (mentor.account, founder[1], staff)] == [200, 200, 404]
    assert client_for(staff).get(f"/exchange/bookings/{row.reservation_id}/").status_code == 200  # the booking is the house's
    others = ("city_officer", "auditor", "steward", "coordinator", "operator", "founder", "expert")
    assert [client_of(name).get(page).status_code for name in others] == [404] * len(others)
    assert Client().get(page).status_code == 302
    assert [client_of(name).post(f"{page}note/", {"note-text": "x"}).status_code for name in others] == [404] * len(others)


def test_each_side_presses_only_its_own(mentor: Mentor, founder: Any, row: Mentoring, client_for: Any) -> None:
    page, user, guide = reads.url_of(row.reservation), client_for(founder[1]), client_for(mentor.account)
    assert [user.post(f"{page}{verb}/").status_code for verb in ("open", "read", "disclose")] == [403] * 3
    assert [guide.post(f"{page}{verb}/").status_code for verb in ("rate", "brief", "share", "choose")] == [403] * 4
    assert guide.post(f"{page}open/").status_code == 422  # nothing was opened to the mentor
    assert user.post(f"{page}tell/").status_code == 409  # it is told and confirmed
    assert user.post(f"{page}choose/", {"choose-clash": "1", "choose-choice": "first", "choose-why": "好"}).status_code == 404
    assert user.post(f"{page}clash/", {"clash-advice": "99", "clash-against": "98"}).status_code == 422
    assert user.post(f"{page}rate/", {"rate-points": "6"}).status_code == 422


def test_an_action_sent_twice_is_added_once_and_wrong_words_come_back_marked(founder: Any, row: Mentoring, client_for: Any) -> None:
    user = Visitor()
    user.client = client_for(founder[1])
    form = user.open(reads.url_of(row.reservation)).forms("/agree/")[0]
    for _again in range(2):
        user.send(form, **{"agree-text": "整理数据", "agree-owner": "venture", "agree-due": "2025-07-25"})
    assert row.items.filter(text="整理数据").count() == 1
    user.open(reads.url_of(row.reservation)).send("/agree/", **{"agree-text": "早于当天", "agree-due": "2025-06-01"})
    assert (user.status, user.sees("期限不能早于辅导当天（2025-07-01）")) == (422, True)


def test_whoever_answers_for_the_offer_later_reads_no_session_of_before(mentor: Mentor, row: Mentoring, client_for: Any) -> None:
    heir, page = colleague(mentor), reads.url_of(row.reservation)
    Listing.objects.filter(pk=mentor.resource.offer_id).update(owner=heir.party)
    assert [client_for(account).get(page).status_code for account in (heir, mentor.account)] == [404, 200]


def test_whoever_makes_themself_answer_for_the_offer_opens_no_card_that_another_was_given(mentor: Mentor, founder: Any,
                                                                                         client_for: Any) -> None:
    slot, heir, person = mentor.booked(founder, "2025-07-14"), colleague(mentor), {"by": founder[1].party.urn, "at": NOW}
    briefings.brief(reservation=slot, text=SAID, until=dt.date(2025, 8, 1), **person)
    guide = Visitor()
    guide.client = client_for(heir)
    guide.open(f"/exchange/{mentor.resource.offer_id}/edit/").send("/edit/", owner=str(heir.party_id))
    page = reads.url_of(slot)
    assert [guide.client.post(f"{page}open/").status_code, SAID in guide.open(page).html] == [422, False]
    with pytest.raises(mentoring.BadMentoring, match="opened to you"):
        briefings.read(reservation=slot, what="briefing", person=heir.party, by=heir.party.urn, at=NOW)
    briefings.brief(reservation=slot, text=NOTE, until=dt.date(2025, 8, 1), **person)
    assert [guide.client.post(f"{page}open/").status_code, NOTE in guide.open(page).html] == [302, True]


def test_an_incubator_sees_counts_of_its_residents_and_never_a_word(mentor: Mentor, founder: Any, row: Mentoring, organisation: Any,
                                                                    client_of: Callable[[str], Client]) -> None:
    mentor.session(mentor.venture("北京乙科技有限公司"), "2025-07-02")
    operator = client_of("operator")
    assert "北京甲科技有限公司" not in operator.get("/exchange/mentoring/").content.decode()
    tie = ties.attest(kind=TieKind.RESIDES, source=founder[0], target=organisation("incubator"), by=mentor.by, at=OPENED)
    found = operator.get("/exchange/mentoring/").content.decode()
    hidden = ("北京乙科技有限公司", NOTE, SAID, "联系代工厂", reads.url_of(row.reservation))
    assert [words in found for words in ("北京甲科技有限公司", "0/1", *hidden)] == [True, True, *[False] * len(hidden)]
    ties.end(tie, by=mentor.by, at=NOW)
    assert "北京甲科技有限公司" not in operator.get("/exchange/mentoring/").content.decode()


def test_earlier_advice_is_read_by_consent_for_twelve_hours_and_without_notes(mentor: Mentor, founder: Any, row: Mentoring, firm: Any,
                                                                              an_offer: Any, client_for: Any) -> None:
    second = Mentor(firm, an_offer, "北京第二导师研究院")
    slot = second.booked(founder, "2025-07-09")
    page, guide = reads.url_of(slot), client_for(second.account)

    def seen() -> list[bool]:
        text = guide.get(page).content.decode()
        return [words in text for words in (SAID, NOTE)]

    assert seen() == [False, False]
    briefings.share(reservation=slot, until=dt.date(2025, 8, 1), by=founder[1].party.urn, at=clock("2025-07-09T09:00"))
    assert seen() == [False, False]
    assert guide.post(f"{page}read/").status_code == 302
    assert seen() == [True, False]
    [opening] = reads.history_consent(founder[0].pk, second.person.pk, NOW).openings.all()
    type(opening).objects.update(at=NOW - dt.timedelta(hours=12))
    assert seen() == [False, False]


def test_pages_take_as_many_queries_for_many_sessions_as_for_two(mentor: Mentor, founder: Any, row: Mentoring, client_for: Any) -> None:
    user = client_for(founder[1])

    def queries() -> list[int]:
        counts = []
        for url in ("/exchange/mentoring/", reads.url_of(row.reservation)):
            user.get(url)
            with CaptureQueriesContext(connection) as captured:
                assert user.get(url).status_code == 200
            counts.append(len(captured))
        return counts

    def more(day: str, hours: range) -> None:
        for hour in hours:
            found = mentor.session(founder, day, f"{hour:02}:00", f"{hour + 1:02}:00")
            told = {"by": mentor.by, "at": mentor.evening(day)}
            said = advice.advise(session=found, person=mentor.person.pk, text=f"建议 {hour}", **told)
            mentoring.agree(session=found, owner="venture", text="联系代工厂", due=dt.date(2025, 7, 20), **told)
            advice.clash(advice=said, against=row.advice.get(), person=mentor.person.pk, **told)

    more("2025-07-02", range(9, 10))
    two = queries()
    more("2025-07-03", range(9, 18))
    assert queries() == two


def test_the_side_that_is_asked_to_confirm_reads_that_it_is_and_the_other_that_it_waits(
        mentor: Mentor, founder: tuple[Party, Account], visit: Callable[[Account], Visitor]) -> None:
    page = f"/exchange/bookings/{mentor.told(founder, '2025-07-01').reservation_id}/mentoring/"
    for url in (page, "/exchange/mentoring/"):
        asked, teller = visit(mentor.account).open(url), visit(founder[1]).open(url)
        assert (asked.sees("待您确认"), asked.sees("待对方确认"), teller.sees("待对方确认")) == (True, False, True)
