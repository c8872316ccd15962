"""Stays: one open stay of a kind at a host, ends after it begins, and corrections and voidings keep the row in step."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from fuhua.evidence.facts import BadFact
from fuhua.evidence.queries import told_of
from fuhua.journey import facts
from fuhua.journey.actions import stays
from fuhua.journey.models import Stay
from fuhua.kernel.urn import of

VENTURE, HOST, OTHER = of("venture", "v"), of("incubator", "h"), of("incubator", "o")
MARCH, JUNE, JULY = dt.date(2024, 3, 1), dt.date(2024, 6, 1), dt.date(2024, 7, 1)

pytestmark = pytest.mark.django_db


def _begin(at: Any, on: dt.date = MARCH, **fields: Any) -> str:
    values = {"subject": VENTURE, "host": HOST, "stay": "physical", "district": "110108", **fields}
    return stays.begin(by=HOST, at=at(), on=on, **values)


def _end(at: Any, on: dt.date = JUNE, **fields: Any) -> str:
    return stays.end(subject=VENTURE, host=HOST, stay="physical", reason="graduated", by=HOST, at=at(), on=on, **fields)


def _rows() -> list[tuple[str, dt.date, dt.date | None]]:
    return list(Stay.objects.order_by("id").values_list("host", "began", "ended"))


def test_a_stay_begins_and_ends(at: Any) -> None:
    digest = _begin(at)
    _end(at)
    assert _rows() == [(HOST, MARCH, JUNE)]
    assert [record.digest for record in told_of(VENTURE, facts.StayBegan, on=JUNE)] == [digest]


def test_a_second_open_stay_of_the_kind_at_the_host_is_refused(at: Any) -> None:
    _begin(at)
    with pytest.raises(stays.StayOpen) as refused:
        _begin(at, JUNE)
    assert ("请先办理离驻" in refused.value.text.zh, "end it first" in refused.value.text.en) == (True, True)
    assert _rows() == [(HOST, MARCH, None)]
    assert len(told_of(VENTURE, facts.StayBegan, on=JULY)) == 1


def test_other_kinds_and_other_hosts_may_overlap(at: Any) -> None:
    _begin(at)
    _begin(at, stay="virtual")
    _begin(at, host=OTHER)
    assert Stay.objects.filter(ended=None).count() == 3


def test_the_database_itself_refuses_two_open_stays_and_an_end_before_the_beginning(at: Any) -> None:
    _begin(at)
    row = {"venture": VENTURE, "host": HOST, "kind": "physical", "began": MARCH}
    for wrong in ({"digest": "x"}, {"digest": "y", "ended": dt.date(2024, 2, 1)}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Stay.objects.create(**row, **wrong)


@pytest.mark.parametrize("on", [dt.date(2024, 2, 29)])
def test_a_stay_cannot_end_before_it_begins(at: Any, on: dt.date) -> None:
    _begin(at)
    with pytest.raises(stays.NoOpenStay):
        _end(at, on)
    assert _rows() == [(HOST, MARCH, None)]
    assert told_of(VENTURE, facts.StayEnded, on=JULY) == []


def test_a_stay_that_never_began_cannot_end(at: Any) -> None:
    with pytest.raises(stays.NoOpenStay, match="record its beginning first"):
        _end(at)


def test_correcting_the_day_and_the_host_corrects_the_row(at: Any) -> None:
    first = _begin(at)
    second = stays.begin.correct(first, by=HOST, at=at(), on=dt.date(2024, 2, 1), host=OTHER)
    assert _rows() == [(OTHER, dt.date(2024, 2, 1), None)]
    assert [(r.digest, r.replaces) for r in told_of(VENTURE, facts.StayBegan, on=JUNE)] == [(second, first)]


def test_a_correction_may_not_move_the_beginning_past_the_end(at: Any) -> None:
    first = _begin(at)
    _end(at)
    with pytest.raises(stays.NoOpenStay, match="correct the end first"):
        stays.begin.correct(first, by=HOST, at=at(), on=JULY)


def test_correcting_and_voiding_an_end(at: Any) -> None:
    _begin(at)
    ended = _end(at)
    ended = stays.end.correct(ended, by=HOST, at=at(), on=JULY)
    assert _rows() == [(HOST, MARCH, JULY)]
    stays.end.void(ended, reason="mistake", by=HOST, at=at())
    assert _rows() == [(HOST, MARCH, None)]


def test_an_end_cannot_be_voided_once_the_venture_came_back(at: Any) -> None:
    _begin(at)
    ended = _end(at)
    _begin(at, JULY)
    with pytest.raises(stays.StayOpen, match="void the later stay first"):
        stays.end.void(ended, reason="mistake", by=HOST, at=at())


def test_voiding_a_beginning_removes_the_row_unless_it_has_an_end(at: Any) -> None:
    began = _begin(at)
    ended = _end(at)
    with pytest.raises(BadFact, match="void the end first"):
        stays.begin.void(began, reason="mistake", by=HOST, at=at())
    stays.end.void(ended, reason="mistake", by=HOST, at=at())
    stays.begin.void(began, reason="mistake", by=HOST, at=at())
    assert _rows() == []
    assert told_of(VENTURE, facts.StayBegan, on=JULY) == []
