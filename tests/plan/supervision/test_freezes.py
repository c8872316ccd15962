"""Frozen quarters: as known then, never overwritten, restated with author and reason under any definition."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from fuhua.evidence.actions.facts import record
from fuhua.evidence.words import Grade
from fuhua.journey.facts import TitleAwarded
from fuhua.kernel import period
from fuhua.plan.actions import freezes
from fuhua.plan.models import Freeze, Reading
from fuhua.plan.queries.supervision import series


@pytest.fixture
def quarter(today: dt.date) -> dt.date:
    """The last day of the quarter that is over."""
    return period.quarter_end(period.add_months(today, -3))


@pytest.fixture
def frozen(edition: Any, certify: Any, cast: Any, acting: Any, quarter: dt.date) -> Freeze:
    """The quarter frozen with one certified firm and one gazelle."""
    certify("hnte")
    certify("gazelle")
    return freezes.freeze(edition=edition, day=quarter, person=cast["city_officer"].party_id, **acting("city_officer"))


def values(edition: Any, code: str) -> dict[str, list[int | None]]:
    return {each.definition: [row.value for row in each.readings] for each in series(edition, code)}


def test_a_quarter_outside_of_the_plans_time_is_not_frozen(edition: Any, certify: Any, cast: Any, acting: Any, quarter: dt.date) -> None:
    certify("hnte")
    edition.start, edition.end = period.add_months(quarter, -24), period.add_months(quarter, -3)
    for day in (quarter, period.quarter_end(period.add_months(quarter, -30))):
        with pytest.raises(freezes.BadFreeze, match="outside of the plan"):
            freezes.freeze(edition=edition, day=day, person=cast["city_officer"].party_id, **acting("city_officer"))


def test_a_quarter_is_not_frozen_on_its_last_day(edition: Any, certify: Any, cast: Any, quarter: dt.date) -> None:
    certify("hnte")
    with pytest.raises(freezes.BadFreeze, match="is over"):
        freezes.freeze(edition=edition, day=quarter, person=cast["city_officer"].party_id, by=cast["city_officer"].party.urn,
                       at=period.noon(quarter))


def test_a_freeze_keeps_every_definition(frozen: Any, edition: Any) -> None:
    assert values(edition, "I8") == {"first": [1]}
    assert values(edition, "I9")["gazelle"] == [1]
    assert values(edition, "I9")["either"] == [1]
    assert values(edition, "I9")["frontier"] != [1]


def test_what_comes_later_changes_nothing_until_restated(frozen: Any, edition: Any, certify: Any, cast: Any, acting: Any, now: Any) -> None:
    person, reading = cast["city_officer"].party_id, Reading.objects.get(indicator="I8")
    wanted = {"reason": "late_facts", "note": "补报证书", "person": person}
    with pytest.raises(freezes.BadFreeze):
        freezes.restate(reading=reading, **wanted, **acting("city_officer"))
    certify("hnte")
    assert values(edition, "I8") == {"first": [1]}
    for broken in ({"reason": "mood"}, {"note": " "}, {"definition": "none"}):
        with pytest.raises(freezes.BadFreeze):
            freezes.restate(reading=reading, **wanted | broken, **acting("city_officer"))
    later = acting("city_officer")
    again = freezes.restate(reading=reading, **wanted, **later)
    assert values(edition, "I8") == {"first": [1, 2]}
    assert (again.author_id, again.reason, again.restates) == (person, "late_facts", reading)
    with pytest.raises(freezes.BadFreeze):
        freezes.restate(reading=reading, **wanted, **acting("city_officer"))


def test_a_new_definition_shows_both_series(frozen: Any, edition: Any, cast: Any, acting: Any) -> None:
    reading = Reading.objects.get(indicator="I9", definition="gazelle")
    freezes.restate(reading=reading, reason="new_definition", note="改按瞪羚或前沿企业统计", definition="either",
                    person=cast["city_officer"].party_id, **acting("city_officer"))
    assert values(edition, "I9")["gazelle"] == [1]
    assert values(edition, "I9")["either"] == [1, 1]


def test_only_a_quarter_that_is_over_is_frozen_and_only_once(frozen: Any, edition: Any, cast: Any, acting: Any, quarter: Any,
                                                             today: Any) -> None:
    for day in (quarter, quarter - dt.timedelta(days=1), period.quarter_end(today) if period.quarter_end(today) > today
                else period.quarter_end(today + dt.timedelta(days=1))):
        with pytest.raises(freezes.BadFreeze):
            freezes.freeze(edition=edition, day=day, person=cast["city_officer"].party_id, **acting("city_officer"))


def test_the_database_itself_refuses_to_change_a_reading(frozen: Any) -> None:
    for change in (lambda: Reading.objects.update(value=99), lambda: Freeze.objects.update(day="2020-01-01"),
                   lambda: Reading.objects.all()._raw_delete("default")):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            change()


def test_a_freeze_holds_what_was_committed_a_moment_ago(edition: Any, certify: Any, cast: Any, acting: Any, quarter: dt.date,
                                                        now: Any, today: dt.date) -> None:
    firm = certify("hnte")
    record(TitleAwarded(subject=firm, title="gazelle", basis="list"), by=cast["city_officer"].party.urn, at=now,
           grade=Grade.REGISTRY, true_from=period.add_months(today, -12))
    freezes.freeze(edition=edition, day=quarter, person=cast["city_officer"].party_id, **acting("city_officer"))
    assert values(edition, "I9")["gazelle"] == [1]
