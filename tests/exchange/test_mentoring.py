"""Sessions of mentoring: told and confirmed by two, private notes, actions asked once, advice side by side, ratings that name nobody."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from exchange.lab import clock
from exchange.mentor import OPENED, Mentor
from fuhua.desk.models import Notice
from fuhua.evidence.facts import BadFact
from fuhua.evidence.queries import told_of
from fuhua.exchange.actions import absences, advice, briefings, mentoring
from fuhua.exchange.actions.mentoring import BadMentoring
from fuhua.exchange.actions.sealed import Rivals
from fuhua.exchange.facts.mentoring import ActionsAnswered, MentoringHeld
from fuhua.exchange.models import ActionItem, Clash, Mentoring, Reservation
from fuhua.exchange.queries import mentoring as reads
from fuhua.kernel import period
from fuhua.kernel.flow import WrongState
from fuhua.parties.actions import consents, ties
from fuhua.parties.models import Opening
from fuhua.parties.words import TieKind

LATE = dt.date(2025, 12, 31)


@pytest.fixture
def mentor(firm: Any, an_offer: Any, monkeypatch: pytest.MonkeyPatch) -> Mentor:
    """A mentor; it is the end of 2025 for whatever asks the time."""
    monkeypatch.setattr(timezone, "now", lambda: clock("2025-12-31T12:00"))
    return Mentor(firm, an_offer)


@pytest.fixture
def founder(mentor: Mentor) -> Any:
    return mentor.venture("北京甲科技有限公司")


def held_of(mentor: Mentor) -> list[tuple[int, bool]]:
    return [(each.grade, each.contested) for each in told_of(mentor.person.urn, MentoringHeld, on=LATE)]


def test_a_session_counts_once_the_other_side_confirms_it(mentor: Mentor, founder: Any) -> None:
    row = mentor.told(founder, "2025-07-01")
    assert (row.state, row.minutes, held_of(mentor)) == ("told", 60, [(0, False)])
    for side, person, by in (("venture", founder[1].party, founder[1].party.urn), ("mentor", founder[1].party, founder[1].party.urn)):
        with pytest.raises(BadMentoring, match="other side"):
            mentoring.confirm(session=row, side=side, person=person.pk, by=by, at=mentor.evening("2025-07-01"))
    told = {"side": "mentor", "person": mentor.person.pk, "by": mentor.by, "at": mentor.evening("2025-07-01")}
    mentoring.confirm(session=row, **told)
    assert (Mentoring.objects.get().state, held_of(mentor)) == ("confirmed", [(1, False)])
    for verb in (mentoring.confirm, mentoring.deny):
        with pytest.raises(WrongState):
            verb(session=row, **told)
    with pytest.raises(WrongState):
        mentoring.tell(reservation=row.reservation, **told)
    assert Notice.objects.filter(about=row.urn, settled_at=None).count() == 0


def test_a_session_is_told_after_its_slot_and_of_slots_that_were_kept(mentor: Mentor, founder: Any) -> None:
    row = mentor.booked(founder, "2025-07-01")
    told = {"side": "venture", "person": founder[1].party_id, "by": founder[1].party.urn}
    with pytest.raises(BadMentoring, match="slot is over"):
        mentoring.tell(reservation=row, at=clock("2025-07-01T10:59"), **told)
    assert absences.overdue(clock("2025-07-02T12:00")) == []  # nobody is blamed for not checking in with a mentor
    Reservation.objects.filter(pk=row.pk).update(state="no_show")
    with pytest.raises(BadMentoring, match="came to nothing"):
        mentoring.tell(reservation=row, at=mentor.evening("2025-07-01"), **told)
    Reservation.objects.filter(pk=row.pk).update(state="held")
    mentoring.tell(reservation=row, at=clock("2025-07-01T11:00"), **told)
    row.refresh_from_db()
    assert (row.state, row.use.minutes, row.use.fee, row.use.deal) == ("used", 60, 0, None)


def test_what_is_denied_never_counts_and_may_be_told_anew(mentor: Mentor, founder: Any) -> None:
    row, at = mentor.told(founder, "2025-07-01"), mentor.evening("2025-07-01")
    mentoring.deny(session=row, side="mentor", person=mentor.person.pk, by=mentor.by, at=at)
    assert held_of(mentor) == [(0, True)]
    with pytest.raises(BadMentoring, match="denied"):
        mentoring.note(session=row, side="venture", text="记录", by=mentor.by, at=at)
    again = mentoring.tell(reservation=row.reservation, side="mentor", person=mentor.person.pk, by=mentor.by, at=at)
    assert (again.pk, again.state, held_of(mentor)) == (row.pk, "told", [(0, False)])
    mentoring.confirm(session=again, side="venture", person=founder[1].party_id, by=founder[1].party.urn, at=at)
    assert held_of(mentor) == [(1, False)]


def test_whoever_works_for_the_organisation_does_not_mentor_it(mentor: Mentor, founder: Any) -> None:
    ties.attest(kind=TieKind.EMPLOYS, source=founder[0], target=mentor.person, by=mentor.by, at=OPENED)
    with pytest.raises(BadMentoring, match="works for"):
        mentor.told(founder, "2025-07-01")


def test_the_database_keeps_two_from_being_one(mentor: Mentor, founder: Any) -> None:
    row = mentor.told(founder, "2025-07-01")
    for wrong in ({"state": "confirmed"}, {"state": "told", "answered_at": OPENED},
                  {"state": "confirmed", "answered_at": OPENED, "answered_by": founder[1].party_id}, {"told_side": "both"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Mentoring.objects.filter(pk=row.pk).update(**wrong)


# --- actions ---


def agreed(mentor: Mentor, row: Mentoring, owner: str, at: dt.datetime) -> ActionItem:
    return mentoring.agree(session=row, owner=owner, text="联系两家代工厂", due=dt.date(2025, 7, 20), by=mentor.by, at=at)


def test_actions_are_asked_about_once_at_thirty_days(mentor: Mentor, founder: Any) -> None:
    row = mentor.session(founder, "2025-07-01")
    one, two = (agreed(mentor, row, side, mentor.evening("2025-07-01")) for side in ("venture", "mentor"))
    assert mentoring.ask_due(at=clock("2025-07-30T23:59")) == 0
    assert [mentoring.ask_due(at=clock("2025-07-31T09:00")) for _again in range(2)] == [2, 0]
    asked = set(Notice.objects.filter(about__startswith=row.urn, kind="turn", settled_at=None).values_list("to", flat=True))
    assert asked == {founder[1].party_id, mentor.person.pk}
    at, told = clock("2025-08-01T09:00"), {"by": founder[1].party.urn}
    with pytest.raises(BadMentoring, match="word why"):
        mentoring.answer(session=row, side="venture", answers={one.pk: ("not_done", " ")}, at=at, **told)
    with pytest.raises(BadMentoring, match="own side"):
        mentoring.answer(session=row, side="venture", answers={two.pk: ("done", "")}, at=at, **told)
    mentoring.answer(session=row, side="venture", answers={one.pk: ("not_done", "样片推迟")}, at=at, **told)
    assert Notice.objects.filter(about__startswith=row.urn, settled_at=None).get().to_id == mentor.person.pk
    mentoring.answer(session=row, side="venture", answers={one.pk: ("done", "")}, at=at, **told)
    with pytest.raises(BadMentoring, match="own side"):
        mentoring.answer(session=row, side="venture", answers={one.pk: ("not_done", "反悔")}, at=at, **told)
    assert [(each.fact.done, each.fact.open) for each in told_of(mentor.person.urn, ActionsAnswered, on=LATE)] == [(0, 2), (1, 1)]
    assert mentoring.ask_due(at=clock("2025-10-01T09:00")) == 0


def test_what_was_answered_before_is_not_asked(mentor: Mentor, founder: Any) -> None:
    row = mentor.session(founder, "2025-07-01")
    one = agreed(mentor, row, "venture", mentor.evening("2025-07-01"))
    mentoring.answer(session=row, side="venture", answers={one.pk: ("done", "")}, by=founder[1].party.urn, at=clock("2025-07-10T09:00"))
    assert mentoring.ask_due(at=clock("2025-08-10T09:00")) == 0
    with pytest.raises(BadMentoring, match="before the session"):
        mentoring.agree(session=row, owner="venture", text="早", due=dt.date(2025, 6, 30), by=mentor.by, at=clock("2025-07-10T09:00"))


# --- what is opened ---


def test_a_briefing_is_opened_by_its_mentor_alone_logged_and_over_on_its_day(mentor: Mentor, founder: Any) -> None:
    row, at = mentor.booked(founder, "2025-07-01"), clock("2025-06-20T09:00")
    told = {"by": founder[1].party.urn, "at": at}
    with pytest.raises(BadMentoring, match="opened to you"):
        briefings.read(reservation=row, what="briefing", person=mentor.person, by=mentor.by, at=at)
    card = briefings.brief(reservation=row, text="样片噪声偏高", until=dt.date(2025, 7, 8), **told)
    with pytest.raises(BadMentoring, match="open already"):
        briefings.brief(reservation=row, text="又一张", until=dt.date(2025, 7, 8), **told)
    briefings.read(reservation=row, what="briefing", person=mentor.person, by=mentor.by, at=clock("2025-07-08T23:00"))
    assert [(each.by, each.consent) for each in Opening.objects.all()] == [(mentor.person, card.consent)]
    with pytest.raises(BadMentoring, match="no longer"):
        briefings.read(reservation=row, what="briefing", person=mentor.person, by=mentor.by, at=clock("2025-07-09T00:01"))
    again = briefings.brief(reservation=row, text="补充", until=dt.date(2025, 7, 20), by=founder[1].party.urn, at=clock("2025-07-09T00:02"))
    consents.withdraw(again.consent, by=founder[1].party.urn, at=clock("2025-07-09T09:00"))
    assert reads.briefing_open(row, clock("2025-07-09T09:01")) is None


def test_a_rival_is_opened_nothing(mentor: Mentor, founder: Any) -> None:
    row, at = mentor.booked(founder, "2025-07-01"), clock("2025-06-20T09:00")
    card = briefings.brief(reservation=row, text="样片噪声偏高", until=dt.date(2025, 7, 8), by=founder[1].party.urn, at=at)
    ties.attest(kind=TieKind.RIVAL, source=mentor.house, target=founder[0], by=mentor.by, at=at)
    with pytest.raises(Rivals):
        briefings.read(reservation=row, what="briefing", person=mentor.person, by=mentor.by, at=at)
    with pytest.raises(Rivals):
        briefings.share(reservation=row, until=dt.date(2025, 7, 8), by=founder[1].party.urn, at=at)
    assert not card.consent.openings.exists()


# --- advice ---


def test_contradicting_advice_is_marked_once_and_only_within_one_organisation(mentor: Mentor, founder: Any, firm: Any,
                                                                              an_offer: Any) -> None:
    other = Mentor(firm, an_offer, "北京第二导师研究院")
    at = mentor.evening("2025-07-02")
    one, two = mentor.session(founder, "2025-07-01"), other.session(founder, "2025-07-02")
    elsewhere = other.session(mentor.venture("北京乙科技有限公司"), "2025-07-02", "14:00", "15:00")
    said = [advice.advise(session=session, person=each.person.pk, text=text, by=each.by, at=at)
            for session, each, text in ((one, mentor, "先流片"), (two, other, "先仿真"), (elsewhere, other, "先融资"))]
    marked = {advice.clash(advice=said[1], against=said[0], person=founder[1].party_id, by=founder[1].party.urn, at=at).pk,
              advice.clash(advice=said[0], against=said[1], person=mentor.person.pk, by=mentor.by, at=at).pk}
    assert len(marked) == 1
    for wrong in (said[0], said[2]):
        with pytest.raises(BadMentoring, match="same organisation"):
            advice.clash(advice=said[0], against=wrong, person=mentor.person.pk, by=mentor.by, at=at)
    row = Clash.objects.get()
    with pytest.raises(BadMentoring, match="say why"):
        advice.choose(clash=row, choice="second", why="", person=founder[1].party_id, by=founder[1].party.urn, at=at)
    advice.choose(clash=row, choice="second", why="资金只够一次流片", person=founder[1].party_id, by=founder[1].party.urn, at=at)
    row.refresh_from_db()
    assert (row.first.text, row.second.text, row.choice) == ("先流片", "先仿真", "second")


# --- ratings ---


def test_a_mean_is_shown_from_five_organisations_on(mentor: Mentor) -> None:
    for number, points in enumerate((5, 4, 4, 3, 1)):
        founder = mentor.venture(f"北京第{number}科技有限公司")
        for start, end in (("10:00", "11:00"), ("14:00", "15:00")) if number == 0 else (("10:00", "11:00"),):
            row = mentor.session(founder, f"2025-07-0{number + 3}" if number < 2 else f"2025-07-{number + 5:02}", start, end)
            told = {"person": founder[1].party_id, "by": founder[1].party.urn, "at": clock("2025-08-01T09:00")}
            mentoring.rate(session=row, points=points, **told)
            with pytest.raises(BadMentoring, match="rated already"):
                mentoring.rate(session=row, points=points, **told)
        found = reads.standings([mentor.person.pk])[mentor.person.pk]
        assert (found.mentees, found.raters, found.mean) == (number + 1, number + 1, Fraction(22, 6) if number == 4 else None)
    assert (found.sessions, found.points, found.last) == (6, "3.7", dt.date(2025, 7, 9))


def test_only_what_both_confirmed_is_rated_and_only_by_whole_points(mentor: Mentor, founder: Any) -> None:
    told = {"person": founder[1].party_id, "by": founder[1].party.urn, "at": clock("2025-08-01T09:00")}
    row = mentor.told(founder, "2025-07-01")
    with pytest.raises(BadMentoring, match="both sides"):
        mentoring.rate(session=row, points=5, **told)
    mentoring.confirm(session=row, side="mentor", person=mentor.person.pk, by=mentor.by, at=mentor.evening("2025-07-01"))
    with pytest.raises(BadFact, match="1 to 5"):
        mentoring.rate(session=row, points=6, **told)
    assert reads.standings([mentor.person.pk])[mentor.person.pk].raters == 0


# --- interests ---


def test_an_interest_shows_as_soon_as_the_mentor_discloses_it(mentor: Mentor, founder: Any) -> None:
    row, on = mentor.booked(founder, "2025-07-01"), period.day(OPENED)
    assert reads.interests(mentor.person, founder[0], on) == (None, [])
    tie = briefings.disclose(reservation=row, share=50_000, by=mentor.by, at=OPENED)
    assert reads.interests(mentor.person, founder[0], on) == (None, [tie])
    with pytest.raises(BadFact, match="already tied"):
        briefings.disclose(reservation=row, share=None, by=mentor.by, at=OPENED)
    ties.confirm(tie, side=founder[0], by=founder[1].party.urn, at=OPENED)
    found, told = reads.interests(mentor.person, founder[0], on)
    assert (found.why if found else "", told) == ("shares", [])
