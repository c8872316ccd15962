"""Which records stand: two times, corrections, voidings, confirmations, challenges and merges."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from fuhua.evidence.facts import Confirmed, Contested, Fact, Merged, Unmerged, Upheld, Voided
from fuhua.evidence.proof.figure import grouped
from fuhua.evidence.proof.records import Record
from fuhua.evidence.proof.resolve import aliases, by, settled, standing
from fuhua.journey.facts import WentAbroad
from fuhua.kernel.period import noon
from fuhua.kernel.urn import of

A, B, C = (of("venture", name) for name in "abc")
JUNE, JULY, AUGUST = dt.date(2025, 6, 1), dt.date(2025, 7, 1), dt.date(2025, 8, 1)


def told(fact: Fact, seq: int, on: dt.date = JUNE, *, replaces: int | None = None, grade: int = 0) -> Record[Any]:
    return Record(kind=fact.KIND, known_at=noon(on), true_from=on, grade=grade, by=A, salt="", fact=fact, seq=seq,
                  digest=name(seq), replaces=None if replaces is None else name(replaces))


def name(seq: int) -> str:
    return f"{seq:064d}"


def trip(country: str = "DE", subject: str = A) -> WentAbroad:
    return WentAbroad(subject=subject, evidence="order", country=country)


def countries(records: list[Record[Any]], on: dt.date) -> list[str]:
    return [record.fact.country for record in standing(records, on).told]


def test_what_is_true_later_is_not_there_yet() -> None:
    records = [told(trip("DE"), 0, JUNE), told(trip("SG"), 1, AUGUST)]
    assert countries(records, dt.date(2025, 5, 31)) == []
    assert countries(records, JUNE) == ["DE"]
    assert countries(records, AUGUST) == ["DE", "SG"]


def test_the_oldest_truth_comes_first_and_of_one_day_the_first_told() -> None:
    records = [told(trip("JP"), 5, JULY), told(trip("SG"), 1, JULY), told(trip("DE"), 9, JUNE)]
    assert countries(records, AUGUST) == ["DE", "SG", "JP"]


def test_a_correction_holds_for_every_day_and_the_former_is_named() -> None:
    records = [told(trip("DE"), 0, JUNE), told(trip("SG"), 1, JULY, replaces=0)]
    assert countries(records, JUNE) == []
    found = standing(records, JULY)
    assert ([r.seq for r in found.told], [(r.seq, why) for r, why in found.fallen]) == ([1], [(0, "corrected")])


def test_a_chain_of_corrections_leaves_the_last() -> None:
    records = [told(trip("DE"), 0), told(trip("SG"), 1, replaces=0), told(trip("JP"), 2, replaces=1)]
    assert countries(records, JUNE) == ["JP"]
    assert [record.seq for record, _why in standing(records, JUNE).fallen] == [0, 1]


def test_a_voided_record_is_gone_with_its_reason() -> None:
    found = standing([told(trip(), 0), told(Voided(subject=A, about=name(0), reason="duplicate"), 1, AUGUST)], JUNE)
    assert (found.told, [why for _record, why in found.fallen]) == ([], ["voided.duplicate"])


def test_voiding_the_corrected_record_does_not_touch_the_correction() -> None:
    records = [told(trip("DE"), 0), told(trip("SG"), 1, replaces=0), told(Voided(subject=A, about=name(0), reason="mistake"), 2)]
    assert countries(records, JUNE) == ["SG"]


def test_a_confirmation_raises_the_grade_but_never_lowers_it() -> None:
    def grade(own: int) -> list[int]:
        records = [told(trip(), 0, grade=own), told(Confirmed(subject=A, about=name(0)), 1)]
        return [record.grade for record in standing(records, JUNE).told]

    assert [grade(own) for own in range(4)] == [[1], [1], [2], [3]]


def test_a_challenge_marks_until_it_is_settled() -> None:
    first = [told(trip(), 0), told(Contested(subject=A, about=name(0), reason="untrue"), 1)]
    settled_later = [*first, told(Upheld(subject=A, about=name(0)), 2)]
    again = [*settled_later, told(Contested(subject=A, about=name(0), reason="wrong_date"), 3)]
    assert [standing(each, JUNE).told[0].contested for each in (first, settled_later, again)] == [True, False, True]


def test_what_is_said_of_a_record_of_somebody_else_changes_nothing() -> None:
    records = [told(trip(), 0), told(Voided(subject=A, about=name(7), reason="mistake"), 1)]
    assert countries(records, JUNE) == ["DE"]


def test_resolving_leaves_the_records_as_they_were() -> None:
    record = told(trip(), 0)
    standing([record, told(Confirmed(subject=A, about=name(0)), 1), told(Contested(subject=A, about=name(0), reason="untrue"), 2)], JUNE)
    assert (record.grade, record.contested) == (0, False)


@st.composite
def histories(draw: st.DrawFn) -> list[Record[Any]]:
    """Histories of one subject with anything said of anything told before."""
    records: list[Record[Any]] = []
    for seq in range(draw(st.integers(1, 12))):
        on = draw(st.sampled_from((JUNE, JULY, AUGUST)))
        about = draw(st.integers(0, seq))
        fact = draw(st.sampled_from((
            trip("DE"), trip("SG"), Voided(subject=A, about=name(about), reason="mistake"), Confirmed(subject=A, about=name(about)),
            Contested(subject=A, about=name(about), reason="untrue"), Upheld(subject=A, about=name(about)))))
        replaces = about if fact.KIND == WentAbroad.KIND and about < seq and draw(st.booleans()) else None
        records.append(told(fact, seq, on, replaces=replaces))
    return records


@given(histories(), st.randoms(), st.sampled_from((JUNE, JULY, AUGUST)))
def test_the_order_of_reading_does_not_matter(records: list[Record[Any]], chance: Any, on: dt.date) -> None:
    mixed = records[:]
    chance.shuffle(mixed)
    assert standing(mixed, on) == standing(records, on)


@given(histories(), st.sampled_from((JUNE, JULY, AUGUST)))
def test_settling_once_is_the_same_as_resolving_every_day(records: list[Record[Any]], on: dt.date) -> None:
    told_by_day = by(settled(records).told, on)
    assert told_by_day == standing(records, on).told
    assert told_by_day == [record for record in settled(records).told if record.true_from <= on]
    assert told_by_day == sorted(told_by_day, key=lambda record: (record.true_from, record.seq))


def test_merges_are_followed_to_the_end_undone_and_cut_when_they_run_in_a_circle() -> None:
    into_b, into_c = told(Merged(subject=A, into=B), 0), told(Merged(subject=B, into=C), 1)
    assert aliases([into_c, into_b]) == {A: C, B: C}
    assert aliases([into_b, into_c, told(Unmerged(subject=A, into=B), 2)]) == {B: C}
    circle = aliases([into_b, told(Merged(subject=B, into=A), 1)])
    assert circle == {A: B, B: A}


def test_records_of_a_duplicate_are_read_under_the_name_it_was_merged_into() -> None:
    records = [told(trip(subject=A), 0), told(trip(subject=B), 1), told(trip(subject=C), 2)]
    groups = {subject: sorted(r.seq for r in group) for subject, group in grouped(records, {A: C, B: C}).items()}
    assert groups == {C: [0, 1, 2]}
    swapped = {subject: [r.seq for r in group] for subject, group in grouped(records[:2], {A: B, B: A}).items()}
    assert swapped == {A: [1], B: [0]}
