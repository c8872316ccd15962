"""An ask from the asking to the confirming: who acts next, what is testified, what is refused."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from fuhua.desk import facts
from fuhua.desk.actions import asks
from fuhua.desk.models import Ask, Clock, Notice
from fuhua.desk.queries import asks as reads
from fuhua.evidence.facts import BadFact
from fuhua.evidence.models import Fact
from fuhua.kernel.flow import WrongState
from fuhua.parties.queries import who

MONDAY = "2025-06-16"


def turn_of(ask: Ask) -> list[tuple[int | None, str]]:
    rows = Notice.objects.filter(about=ask.urn, kind="turn", settled_at=None)
    return [(row.to_id, row.url) for row in rows]


def test_an_ask_travels_and_only_whoever_must_act_is_told(an_ask: Any, acting: Any, cast: Any, at: Any, organisation: Any) -> None:
    ask = an_ask(at(MONDAY))
    finance, officer, founder = organisation("finance").pk, cast["department_officer"].party_id, cast["founder"].party_id
    url = f"/desk/asks/{ask.pk}/"
    assert (ask.state, ask.promised, ask.clock.due) == ("asked", dt.date(2025, 6, 23), dt.date(2025, 6, 17))
    assert turn_of(ask) == [(finance, url)]
    ask = asks.triage(ask=ask, **acting("department_officer", at(MONDAY)))
    assert (ask.state, ask.clock.name, ask.clock.due) == ("triaged", "answer", dt.date(2025, 6, 23))
    ask = asks.own(ask=ask, owner=officer, **acting("department_officer", at(MONDAY)))
    assert turn_of(ask) == [(officer, url)]
    ask = asks.answer(ask=ask, answer="solved", text="已协调海关", **acting("department_officer", at("2025-06-18")))
    assert turn_of(ask) == [(founder, url)]
    assert not Clock.objects.filter(about=ask.urn, stopped_at=None).exists()
    ask = asks.confirm(ask=ask, **acting("founder", at("2025-06-19")))
    assert (ask.state, turn_of(ask)) == ("confirmed", [])
    kinds = list(Fact.objects.filter(subject=ask.urn).order_by("id").values_list("kind", flat=True))
    assert kinds == ["desk.ask_raised", "desk.ask_triaged", "desk.ask_owned", "desk.ask_answered", "desk.ask_confirmed"]


def test_the_clock_stands_still_while_the_asker_is_waited_for(an_ask: Any, acting: Any, cast: Any, at: Any) -> None:
    officer = cast["department_officer"].party_id
    ask = asks.own(ask=an_ask(at(MONDAY)), owner=officer, **acting("department_officer", at(MONDAY)))
    ask = asks.wait(ask=ask, on=cast["founder"].party_id, text="请补合同", **acting("department_officer", at("2025-06-17")))
    assert Clock.objects.get(pk=ask.clock_id).paused_since == dt.date(2025, 6, 17)
    assert turn_of(ask) == [(cast["founder"].party_id, f"/desk/asks/{ask.pk}/")]
    ask = asks.resume(ask=ask, text="合同已传", **acting("founder", at("2025-06-24")))
    clock = Clock.objects.get(pk=ask.clock_id)
    assert (clock.paused_since, clock.due) == (None, dt.date(2025, 6, 30))  # five working days later
    assert ask.promised == dt.date(2025, 6, 23)


def test_the_clock_runs_on_while_somebody_else_is_waited_for(an_ask: Any, acting: Any, cast: Any, at: Any, organisation: Any) -> None:
    ask = asks.own(ask=an_ask(at(MONDAY)), owner=cast["department_officer"].party_id, **acting("department_officer", at(MONDAY)))
    ask = asks.wait(ask=ask, on=organisation("haidian").pk, **acting("department_officer", at("2025-06-17")))
    ask = asks.resume(ask=ask, **acting("department_officer", at("2025-06-24")))
    assert Clock.objects.get(pk=ask.clock_id).due == dt.date(2025, 6, 23)


def test_whoever_was_asked_first_stays_responsible(an_ask: Any, acting: Any, at: Any, organisation: Any) -> None:
    ask = asks.pass_on(ask=an_ask(at(MONDAY)), to=organisation("haidian").pk, **acting("department_officer", at(MONDAY)))
    assert (ask.asked, ask.handler) == (organisation("finance"), organisation("haidian"))
    clock = Clock.objects.get(about=ask.urn, stopped_at=None)
    assert (clock.to, clock.answers_for, clock.due) == (organisation("haidian"), organisation("finance"), ask.promised)
    with pytest.raises(asks.BadAsk):
        asks.pass_on(ask=ask, to=organisation("haidian").pk, **acting("department_officer", at(MONDAY)))


def test_cannot_because_is_an_answer_and_feeds_the_gaps(an_ask: Any, acting: Any, cast: Any, at: Any) -> None:
    ask = asks.own(ask=an_ask(at(MONDAY)), owner=cast["department_officer"].party_id, **acting("department_officer", at(MONDAY)))
    with pytest.raises(BadFact):
        asks.answer(ask=ask, answer="cannot", text="没有依据", **acting("department_officer", at(MONDAY)))
    asks.answer(ask=ask, answer="cannot", because="no_rule", text="没有依据", **acting("department_officer", at(MONDAY)))
    assert reads.gaps(who(cast["city_officer"])) == [{"kind": "green_channel", "because": "no_rule", "count": 1}]
    assert reads.gaps(who(cast["expert"])) == []


def test_the_asker_reopens_what_was_not_solved_and_the_owner_gets_new_days(an_ask: Any, acting: Any, cast: Any, at: Any) -> None:
    ask = asks.own(ask=an_ask(at(MONDAY)), owner=cast["department_officer"].party_id, **acting("department_officer", at(MONDAY)))
    asks.answer(ask=ask, answer="solved", text="好了", **acting("department_officer", at(MONDAY)))
    asks.confirm(ask=ask, **acting("founder", at(MONDAY)))
    ask = asks.reopen(ask=ask, reason="not_solved", **acting("founder", at("2025-06-17")))
    assert (ask.state, ask.answer, ask.clock.due) == ("owned", "", dt.date(2025, 6, 24))


def test_withdrawing_stops_every_clock_and_bothers_nobody(an_ask: Any, acting: Any, at: Any) -> None:
    ask = asks.withdraw(ask=an_ask(at(MONDAY)), **acting("founder", at(MONDAY)))
    assert not Clock.objects.filter(about=ask.urn, stopped_at=None).exists()
    assert not Notice.objects.filter(about=ask.urn, settled_at=None).exists()
    with pytest.raises(WrongState):
        asks.triage(ask=ask, **acting("department_officer", at(MONDAY)))


def test_orders_are_numbered_without_gaps_and_need_issuer_and_deadline(an_ask: Any, at: Any, organisation: Any) -> None:
    city = organisation("city").pk
    order = {"asker": "city_officer", "kind": "supervision", "issuer": city, "due": dt.date(2025, 7, 1)}
    first = an_ask(at(MONDAY), **order)
    with transaction.atomic():
        an_ask(at(MONDAY), **order)
        transaction.set_rollback(True)
    second = an_ask(at(MONDAY), **order)
    assert (first.number, second.number) == ("督办〔2025〕1号", "督办〔2025〕2号")
    for broken in ({"issuer": None}, {"due": None}, {"kind": "question"}):
        with pytest.raises(asks.BadAsk):
            an_ask(at(MONDAY), **order | broken)
    with pytest.raises(IntegrityError), transaction.atomic():
        Ask.objects.filter(pk=second.pk).update(order_no=1)


def test_each_co_unit_confirms_its_own_part_and_may_take_it_back(an_ask: Any, acting: Any, cast: Any, at: Any, organisation: Any) -> None:
    haidian, park = organisation("haidian").pk, organisation("park").pk
    ask = an_ask(at(MONDAY), co_units=[haidian, park, haidian, organisation("finance").pk])
    assert {part.organisation_id for part in ask.parts.all()} == {haidian, park}
    part = ask.parts.get(organisation=haidian)
    person = cast["district_officer"].party_id
    asks.confirm_part(part=part, person=person, note="场地已落实", **acting("district_officer", at(MONDAY)))
    open_parts = Notice.objects.filter(about=ask.urn, kind="part", settled_at=None).values_list("to_id", flat=True)
    assert list(open_parts) == [park]
    with pytest.raises(asks.BadAsk):
        asks.confirm_part(part=part, person=person, **acting("district_officer", at(MONDAY)))
    asks.unconfirm_part(part=part, **acting("district_officer", at(MONDAY)))
    part.refresh_from_db()
    assert part.confirmed_at is None


@pytest.mark.parametrize("wrong", [
    facts.AskAnswered(subject="urn:fuhua:ask:1", answer="maybe"),
    facts.AskAnswered(subject="urn:fuhua:ask:1", answer="cannot"),
    facts.AskAnswered(subject="urn:fuhua:ask:1", answer="solved", because="no_rule"),
    facts.AskReopened(subject="urn:fuhua:ask:1", reason="mood", due=dt.date(2025, 1, 1)),
])
def test_impossible_codes_are_never_testified(wrong: Any) -> None:
    with pytest.raises(BadFact):
        wrong.check()
