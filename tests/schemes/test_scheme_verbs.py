"""Agreements, uplift and gold seeds: what may be told, what only after something else, and what never."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from fuhua.evidence.actions.verbs import NotYet
from fuhua.evidence.facts import FACTS, BadFact
from fuhua.evidence.queries import told_of
from fuhua.kernel.urn import of
from fuhua.kernel.words import Text
from fuhua.schemes import facts
from fuhua.schemes.actions import agreements, gold_seeds, uplifts

BY, INCUBATOR, COACH, SEED = of("agency", "a"), of("incubator", "i"), of("incubator", "c"), of("venture", "s")
MARCH, JUNE = dt.date(2024, 3, 1), dt.date(2024, 6, 1)

pytestmark = pytest.mark.django_db


def test_an_agreement_is_signed_checked_promoted_and_ended(at: Any) -> None:
    told = {"subject": INCUBATOR, "by": BY, "at": at()}
    agreements.sign(edition="2022", tier="cultivation", field="quantum", district="110108", on=MARCH, **told)
    agreements.set_tier(tier="leading", on=JUNE, **told)
    agreements.conclude_check(result="passed", on=JUNE, **told)
    agreements.recheck_field(field="quantum", result="passed", on=JUNE, **told)
    agreements.end(reason="expired", on=JUNE, **told)
    kinds = (facts.AgreementSigned, facts.TierSet, facts.CheckConcluded, facts.FieldRechecked, facts.AgreementEnded)
    assert [type(record.fact) for record in told_of(INCUBATOR, *kinds, on=JUNE)] == list(kinds)


@pytest.mark.parametrize(
    ("verb", "fields"),
    [
        (agreements.conclude_check, {"subject": INCUBATOR, "result": "passed"}),
        (agreements.recheck_field, {"subject": INCUBATOR, "field": "quantum", "result": "passed"}),
        (agreements.end, {"subject": INCUBATOR, "reason": "expired"}),
        (uplifts.measure, {"subject": INCUBATOR, "delta": 1, "independent": True}),
        (uplifts.confirm, {"subject": INCUBATOR, "role": "coach"}),
        (gold_seeds.recheck, {"subject": SEED, "result": "passed"}),
        (gold_seeds.leave, {"subject": SEED, "reason": "grown"}),
    ],
)
def test_nothing_is_checked_or_ended_before_it_began(at: Any, verb: Any, fields: dict[str, Any]) -> None:
    with pytest.raises(NotYet):
        verb(by=BY, at=at(), **fields)


def test_a_loss_is_on_record_as_a_negative_delta(at: Any) -> None:
    uplifts.agree(subject=INCUBATOR, coach=COACH, by=BY, at=at(), on=MARCH)
    uplifts.measure(subject=INCUBATOR, delta=-20_000, independent=True, by=BY, at=at(), on=JUNE)
    assert told_of(INCUBATOR, facts.UpliftMeasured, on=JUNE)[0].fact.delta == -20_000


def test_an_incubator_does_not_coach_itself(at: Any) -> None:
    with pytest.raises(BadFact, match="cannot coach itself"):
        uplifts.agree(subject=INCUBATOR, coach=INCUBATOR, by=BY, at=at())


@pytest.mark.parametrize(
    "wrong", [{"tier": "gold"}, {"field": "tulips"}, {"subject": SEED}, {"edition": "二〇二二"}, {"tier": ""}]
)
def test_unknown_codes_sorts_and_words_are_refused(at: Any, wrong: dict[str, Any]) -> None:
    with pytest.raises(BadFact) as refused:
        agreements.sign(**{"subject": INCUBATOR, "edition": "2022", "tier": "leading", **wrong}, by=BY, at=at())
    assert next(iter(wrong)) in refused.value.text.en


def test_a_gold_seed_names_its_field(at: Any) -> None:
    with pytest.raises(BadFact, match="field"):
        gold_seeds.enter(subject=SEED, by=BY, at=at())


def test_every_kind_of_fact_has_a_label_in_both_languages_and_a_sentence() -> None:
    for kind in FACTS:
        if kind.KIND.split(".")[0] in ("schemes", "exchange", "capital", "journey"):
            assert isinstance(kind.LABEL, Text)
            assert kind.LABEL.zh
            assert kind.LABEL.en
            assert (kind.__doc__ or "").strip().endswith(".")
