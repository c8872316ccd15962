"""Whatever everybody presses in whatever order: a grant converts once at most, exactly, and never beside a recovery."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from fuhua.capital.queries import position
from fuhua.evidence.facts import BadFact
from fuhua.evidence.models import Fact
from fuhua.kernel.flow import WrongState
from fuhua.schemes.actions import conversions, endings, milestones, proofs, recoveries, tranches
from fuhua.schemes.models import Agreement
from schemes.awarded import OFFICER, Evidence, person
from schemes.test_adjusting import HOLDER
from schemes.test_proofs import a_proof

pytestmark = pytest.mark.django_db


class Converting(RuleBasedStateMachine):
    """The payer, the verifier and the issuer press what touches money and shares, in any order."""

    a_task: Callable[[], Agreement]
    now: dt.datetime
    verifier: int

    @initialize(start=st.sampled_from(["signed", "judged", "paid"]))
    def begin(self, start: str) -> None:
        self.task = self.a_task()
        for number in (1, 2) if start != "signed" else ():
            self.claim(number)
            self.judge(number, "passed")
        for number in (1, 2, 3) if start == "paid" else ():
            self.pay(number)

    def press(self, verb: Any, **given: Any) -> bool:
        try:
            verb(**given, by=OFFICER, at=self.now)
        except (BadFact, WrongState):
            return False
        return True

    @property
    def converted(self) -> bool:
        return hasattr(Agreement.objects.get(pk=self.task.pk), "conversion")

    @rule(number=st.sampled_from([1, 2]))
    def claim(self, number: int) -> None:
        one = self.task.milestones.get(number=number)
        self.press(milestones.claim, milestone=one, reached=1, documents=Evidence().of(one))

    @rule(number=st.sampled_from([1, 2]), result=st.sampled_from(["passed", "passed", "failed"]))
    def judge(self, number: int, result: str) -> None:
        verb = proofs.conclude if number == 1 else milestones.judge
        self.press(verb, milestone=self.task.milestones.get(number=number), result=result, person=self.verifier, note="核")

    @rule(number=st.sampled_from([1, 2, 3]))
    def pay(self, number: int) -> None:
        self.press(tranches.pay, tranche=self.task.tranches.get(number=number), reference=f"{self.task.number}{number}",
                   paid_on=self.now.date())

    @rule(number=st.sampled_from([1, 2, 3]), amount=st.integers(1, 60_000_000), sure=st.booleans())
    def recover(self, number: int, amount: int, sure: bool) -> None:
        before = self.converted
        if sure and self.press(recoveries.recover, tranche=self.task.tranches.get(number=number), amount=amount, because="misused"):
            assert not before, "recovered after it had become a share"

    @rule(number=st.sampled_from([1, 2, 3]))
    def pay_back(self, number: int) -> None:
        self.press(recoveries.pay_back, tranche=self.task.tranches.get(number=number), reference=f"{self.task.number}R{number}",
                   returned_on=self.now.date())

    @rule(pre_money=st.integers(1, 10**12))
    def convert(self, pre_money: int) -> None:
        before = self.converted
        recovered = self.task.tranches.filter(state__in=["recovering", "recovered"]).exists()
        if self.press(conversions.record_conversion, agreement=self.task, pre_money=pre_money):
            assert not before, "converted twice"
            assert not recovered, "converted after a recovery"

    @rule(sure=st.integers(0, 5))
    def finish(self, sure: int) -> None:
        if not sure:
            self.press(endings.finish, agreement=self.task)

    @invariant()
    def holds(self) -> None:
        row = Agreement.objects.get(pk=self.task.pk)
        told = Fact.objects.filter(kind="capital.stake_taken", body__contains=row.urn).values_list("digest", flat=True)
        stakes = [each for each in position(HOLDER, self.now.date()).stakes if each.digest in set(told)]
        made = getattr(row, "conversion", None)
        assert len(stakes) == (made is not None)
        if made is None:
            return
        paid = [each.owed for each in row.tranches.filter(state="paid")]
        assert not row.tranches.filter(state__in=["planned", "due", "recovering", "recovered"]).exists()
        assert (made.amount, stakes[0].amount) == (sum(paid), sum(paid))
        assert stakes[0].share == Fraction(int(made.numerator), int(made.denominator))
        assert stakes[0].share >= Fraction(made.amount, 5_000_000_00 + made.amount), "the cap bounds the price"
        assert set(row.milestones.values_list("state", flat=True)) == {"passed"}


def test_no_path_converts_twice_or_after_a_recovery_and_every_share_is_exact(cast: Any, at: Any) -> None:
    class Here(Converting):
        now = at("2023-07-01")
        verifier = person("expert").pk

        def a_task(self) -> Agreement:
            return a_proof(at)

    run_state_machine_as_test(Here, settings=settings(
        max_examples=8, stateful_step_count=16, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True))
