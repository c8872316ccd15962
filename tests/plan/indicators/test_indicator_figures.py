"""Laws that hold for every figure: order, other subjects, sums, one more fact, and voiding."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.plan.indicators.telling import ON, tales, told

from fuhua.evidence.facts import Confirmed, Contested, Voided
from fuhua.evidence.proof.figure import COUNTED, INDICATORS, Figure, judged, reckon, verdicts
from fuhua.evidence.proof.records import Record
from fuhua.plan.indicators.imagined import TERMS

SPECS = [INDICATORS[f"I{number}"] for number in range(1, 12)]
A, B = "urn:fuhua:case:a", "urn:fuhua:case:b"
every_indicator = pytest.mark.parametrize("spec", SPECS, ids=[spec.code for spec in SPECS])
quick = settings(max_examples=25, deadline=None)


@every_indicator
@quick
@given(data=st.data())
def test_the_order_in_which_facts_are_read_does_not_matter(spec: Any, data: st.DataObject) -> None:
    tale = data.draw(tales(spec, A))
    mixed = data.draw(st.permutations(tale))
    for definition in spec.definitions:
        assert judged(definition, mixed, ON, TERMS) == judged(definition, tale, ON, TERMS)


@every_indicator
@quick
@given(data=st.data())
def test_facts_of_one_subject_never_change_the_verdict_on_another(spec: Any, data: st.DataObject) -> None:
    ours, theirs = data.draw(tales(spec, A)), data.draw(tales(spec, B))
    for definition in spec.definitions:
        alone = dict(verdicts(definition, [(A, ours)], ON, TERMS))
        together = dict(verdicts(definition, [(A, ours), (B, theirs)], ON, TERMS))
        assert together.get(A) == alone.get(A)


@every_indicator
@quick
@given(data=st.data())
def test_the_total_is_the_sum_of_its_parts_however_it_is_split(spec: Any, data: st.DataObject) -> None:
    groups = [(f"urn:fuhua:case:s{n}", data.draw(tales(spec, f"urn:fuhua:case:s{n}"))) for n in range(3)]
    for definition in spec.definitions:
        figure = reckon(definition, groups, ON, TERMS)
        parts = [verdict for _subject, verdict in verdicts(definition, groups, ON, TERMS) if verdict.state == COUNTED]
        assert figure.amount == sum(verdict.amount for verdict in parts)
        assert sum(figure.districts.values()) == figure.amount
        assert sum(figure.credit.values()) == figure.amount
        assert sum(figure.reasons.values()) == figure.counted + figure.left_out + figure.unsure


def _bare(figure: Figure) -> tuple[Any, ...]:
    return (
        figure.summary(),
        +figure.grades,
        +figure.reasons,
        +figure.districts,
        +figure.told_on,
        figure.freshest,
        {urn: share for urn, share in figure.credit.items() if share},
    )


@every_indicator
@quick
@given(data=st.data())
def test_after_one_more_fact_taking_away_and_adding_equals_recomputing(spec: Any, data: st.DataObject) -> None:
    tale, other = data.draw(tales(spec, A)), data.draw(tales(spec, B))
    for definition in spec.definitions:
        for size in range(1, len(tale) + 1):
            before, after = tale[: size - 1], tale[:size]
            figure = reckon(definition, [(A, before), (B, other)], ON, TERMS)
            for records, sign in ((before, -1), (after, 1)):
                verdict = judged(definition, records, ON, TERMS)
                if verdict is not None:
                    figure.add(verdict, sign)
            assert _bare(figure) == _bare(reckon(definition, [(A, after), (B, other)], ON, TERMS))


def _about(record: Record[Any], kind: type, seq: int, **fields: str) -> Record[Any]:
    return told(kind(subject=A, about=record.digest, **fields), ON, seq)


@every_indicator
@quick
@given(data=st.data())
def test_a_voided_fact_counts_as_if_it_had_never_been_told(spec: Any, data: st.DataObject) -> None:
    tale = data.draw(tales(spec, A).filter(bool))
    gone = data.draw(st.sampled_from(tale))
    voided = [*tale, _about(gone, Voided, 100, reason="mistake")]
    without = [record for record in tale if record is not gone]
    for definition in spec.definitions:
        assert judged(definition, voided, ON, TERMS) == judged(definition, without, ON, TERMS)


@every_indicator
@quick
@given(data=st.data())
def test_confirming_or_contesting_marks_a_verdict_and_never_turns_it(spec: Any, data: st.DataObject) -> None:
    tale = data.draw(tales(spec, A).filter(bool))
    about = data.draw(st.sampled_from(tale))
    said = [*tale, _about(about, Confirmed, 100), _about(about, Contested, 101, reason="untrue")]
    for definition in spec.definitions:
        plain, marked = judged(definition, tale, ON, TERMS), judged(definition, said, ON, TERMS)
        if plain is None:
            assert marked is None
        else:
            assert marked is not None
            assert (marked.state, marked.amount, marked.reason, marked.credit) == (
                plain.state,
                plain.amount,
                plain.reason,
                plain.credit,
            )


@every_indicator
@quick
@given(data=st.data())
def test_what_becomes_true_later_is_not_there_yet(spec: Any, data: st.DataObject) -> None:
    tale = data.draw(tales(spec, A))
    on = data.draw(st.dates(dt.date(2022, 1, 1), ON))
    known = [record for record in tale if record.true_from <= on]
    for definition in spec.definitions:
        assert judged(definition, tale, on, TERMS) == judged(definition, known, on, TERMS)
