"""When a step of landing is late: by the clock of its answer, which stands still while the newcomer is waited for."""

from __future__ import annotations

import datetime as dt

import pytest

from fuhua.desk.actions import asks
from fuhua.desk.models import Ask
from fuhua.journey.models import LandingCase
from fuhua.journey.queries import landing_cases as reads
from fuhua.kernel import period
from journey.camping import DAY, NOON, a_case, player

pytestmark = pytest.mark.usefixtures("cast")


def late(today: dt.date) -> list[Ask]:
    return list(reads.late(LandingCase.objects.all(), today))


def step(case: LandingCase, today: dt.date) -> reads.Item:
    return next(each for each in reads.checklist([case], today)[case.urn] if each.step == "permit")


def a_permit(case: LandingCase) -> Ask:
    """The permit, taken on on the first day; it is the only step that is still asked."""
    ask = Ask.objects.get(about=case.urn, kind="permit")
    for each in Ask.objects.filter(about=case.urn).exclude(pk=ask.pk):
        asks.withdraw(ask=each, by=case.person.urn, at=NOON)
    officer = player("city_officer")
    return asks.own(ask=ask, owner=officer.pk, by=officer.urn, at=NOON)


def test_a_step_is_late_from_the_first_working_day_after_its_day() -> None:
    case = a_case()
    ask = a_permit(case)
    friday = ask.promised + dt.timedelta(days=4 - ask.promised.weekday())
    Ask.objects.filter(pk=ask.pk).update(promised=friday)
    ask.clock.due = friday
    ask.clock.save()
    sunday, monday = friday + dt.timedelta(days=2), friday + dt.timedelta(days=3)
    assert period.is_working_day(monday)
    assert (late(sunday), step(case, sunday).left) == ([], 0)
    assert (late(monday), step(case, monday).left) == ([ask], -1)


def test_nothing_is_late_while_the_newcomer_is_waited_for_and_the_day_moves_on() -> None:
    case = a_case()
    ask = a_permit(case)
    asks.wait(ask=ask, on=case.person_id, text="学历认证", by=ask.owner.urn, at=NOON)
    back = period.add_working_days(DAY, 30)
    assert (late(back), step(case, back).left) == ([], 0)
    asks.resume(ask=ask, by=ask.owner.urn, at=period.noon(back))
    due = period.add_working_days(ask.promised, 30)
    assert (late(back), step(case, back).due) == ([], due)
    over = period.add_working_days(due, 2)
    assert ([each.due for each in late(over)], step(case, over).left) == ([due], -2)
