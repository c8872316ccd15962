"""Whatever everybody presses in whatever order: nothing is paid twice, after the end or beyond what was agreed, and nothing is lost."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from fuhua.evidence.facts import BadFact
from fuhua.evidence.models import Fact
from fuhua.kernel.flow import WrongState
from fuhua.schemes.actions import changes, costs, endings, milestones, recoveries, signing, tranches
from fuhua.schemes.models import Agreement, Application, Cost, Tranche
from fuhua.schemes.words import CHECK_RESULTS, RECOVERY_REASONS, TASK_ENDS
from schemes.awarded import OFFICER, Evidence, an_award, drawn, person

LEVELS, NUMBERS = st.sampled_from(["city", "district"]), st.sampled_from([1, 2, 3])
GOALS, REFERENCES = st.sampled_from([1, 2]), st.sampled_from(["A", "ａ", "B", "C", "D", "E", "F"])
PAID = ("paid", "recovering", "recovered")


class Pressing(RuleBasedStateMachine):
    """Officers, payers, the verifier and the party press everything there is on one agreement."""

    a_task: Callable[[], Agreement]
    now: dt.datetime
    people: dict[str, int]

    @initialize(start=st.sampled_from(["draft", "signed", "judged", "ended"]), result=st.sampled_from(["passed", "partial"]))
    def begin(self, start: str, result: str) -> None:
        self.task, self.ended, self.frozen = self.a_task(), False, set()
        for side in ("party", "issuer") if start != "draft" else ():
            assert self.press(signing.sign, agreement=self.task, side=side, person=self.people["party"], document=self.task.document)
        if start == "judged":
            self.claim(1)
            self.judge(1, result, 3 if result == "passed" else 2)
            self.pay("city", 1, "F")
            self.pay("city", 2, "G")
        if start == "ended":
            self.end("left", 0)

    def press(self, verb: Any, **given: Any) -> bool:
        try:
            verb(**given, by=OFFICER, at=self.now)
        except (BadFact, WrongState):
            return False
        return True

    def goal(self, number: int) -> Any:
        return self.task.milestones.select_related("agreement").get(number=number)

    def tranche(self, level: str, number: int) -> Tranche:
        return self.task.tranches.select_related("agreement").get(level=level, number=number)

    @rule(side=st.sampled_from(["party", "issuer"]), fresh=st.booleans())
    def sign(self, side: str, fresh: bool) -> None:
        document = self.task.document if fresh else "0" * 64
        assert not (self.press(signing.sign, agreement=self.task, side=side, person=self.people["party"], document=document) and not fresh)

    @rule(number=GOALS)
    def claim(self, number: int) -> None:
        one = self.goal(number)
        self.press(milestones.claim, milestone=one, reached=one.least, documents=Evidence().of(one))

    @rule(number=GOALS, result=st.sampled_from(sorted(CHECK_RESULTS)), reached=st.sampled_from([0, 1, 2, 3, 7, 20]))
    def judge(self, number: int, result: str, reached: int) -> None:
        until = self.task.ends if result == "deferred" else None
        self.press(milestones.judge, milestone=self.goal(number), result=result, person=self.people["verifier"], reached=reached,
                   note="核", until=until)

    @rule(level=LEVELS, number=NUMBERS, reference=REFERENCES)
    def pay(self, level: str, number: int, reference: str) -> None:
        given = {"tranche": self.tranche(level, number), "paid_on": self.now.date()}
        if self.press(tranches.pay, reference=f"{self.task.number}{reference}", **given):
            assert not self.press(tranches.pay, reference=f"{self.task.number}again{level}{number}", **given)

    @rule(level=LEVELS, number=NUMBERS, sure=st.integers(0, 4))
    def withhold(self, level: str, number: int, sure: int) -> None:
        if not sure:
            self.press(tranches.withhold, tranche=self.tranche(level, number), because="misused")

    @rule(level=LEVELS, number=NUMBERS, half=st.booleans(), because=st.sampled_from(sorted(RECOVERY_REASONS)))
    def recover(self, level: str, number: int, half: bool, because: str) -> None:
        one = self.tranche(level, number)
        self.press(recoveries.recover, tranche=one, amount=(one.owed or 2) // (2 if half else 1), because=because)

    @rule(level=LEVELS, number=NUMBERS, reference=REFERENCES)
    def pay_back(self, level: str, number: int, reference: str) -> None:
        self.press(recoveries.pay_back, tranche=self.tranche(level, number), reference=f"{self.task.number}{reference}",
                   returned_on=self.now.date())

    @rule(level=LEVELS, number=NUMBERS, invoice=st.sampled_from(["1", "2"]), share=st.sampled_from([1, 2]))
    def cost(self, level: str, number: int, invoice: str, share: int) -> None:
        one = self.tranche(level, number)
        self.press(costs.claim, tranche=one, issuer="91110108MA01C8F06B", invoice=f"{self.task.number}{invoice}",
                   amount=(one.owed or 2) // share, title="设备")

    @rule(number=GOALS, least=st.integers(1, 5), approve=st.booleans())
    def change(self, number: int, least: int, approve: bool) -> None:
        if self.press(changes.ask, agreement=self.task, sort="pivot", text="调整", milestone=self.goal(number), after={"least": least}):
            assert self.press(changes.decide, change=self.task.changes.get(state="asked"), approve=approve, answer="复")

    @rule(sure=st.integers(0, 5))
    def finish(self, sure: int) -> None:
        if not sure:
            self.press(endings.finish, agreement=self.task)

    @rule(because=st.sampled_from(sorted(TASK_ENDS)), sure=st.integers(0, 9))
    def end(self, because: str, sure: int) -> None:
        if not sure and self.press(endings.end, agreement=self.task, because=because):
            for one in self.task.tranches.select_related("agreement"):
                assert not self.press(tranches.pay, tranche=one, reference=f"{self.task.number}-{one.pk}", paid_on=self.now.date())

    @invariant()
    def holds(self) -> None:
        task = Agreement.objects.select_related("application").get(pk=self.task.pk)
        rows = list(Tranche.objects.filter(agreement=task).select_related("milestone"))
        paid = {each.pk for each in rows if each.state in PAID}
        assert Application.objects.filter(pk=task.application_id, state="awarded").exists()
        assert task.milestones.count() == 2
        assert {level: sum(each.amount for each in rows if each.level == level) for level in ("city", "district")} == {
            "city": task.city_amount, "district": task.district_amount}
        assert not paid or task.signed_at is not None
        if self.ended:
            assert paid == self.frozen, "paid after the end"
        elif task.state in ("ended", "finished"):
            self.ended, self.frozen = True, paid
        self._each(rows)
        told = Fact.objects.filter(kind="schemes.tranche_paid", subject=task.urn).count()
        assert told == len(paid)
        references = [each.reference for each in rows if each.reference] + [each.return_reference for each in rows if each.return_reference]
        assert len(references) == len(set(references))
        assert Cost.objects.count() == Cost.objects.values("issuer", "invoice").distinct().count()

    def _each(self, rows: list[Tranche]) -> None:
        for each in rows:
            assert (each.owed or 0) <= each.amount
            assert each.returned <= (each.owed or 0)
            assert sum(cost.amount for cost in each.costs.all()) <= (each.owed or 0)
            if each.owed is not None and each.milestone is not None:
                assert each.milestone.state in ("passed", "partial")
                part = Fraction(each.milestone.reached, each.milestone.least) if each.milestone.state == "partial" else Fraction(1)
                assert each.owed == int(each.amount * part)


@pytest.mark.django_db
def test_no_path_pays_twice_after_the_end_or_too_much_and_none_loses_an_award(cast: Any, at: Any) -> None:
    class Here(Pressing):
        now = at("2023-06-30")
        people = {"party": person("operator").pk, "verifier": person("expert").pk}

        def a_task(self) -> Agreement:
            return drawn(an_award(self.now), self.now)

    run_state_machine_as_test(Here, settings=settings(
        max_examples=10, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True))
