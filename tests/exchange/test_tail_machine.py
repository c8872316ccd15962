"""Whatever the two sides press in whatever order, a deal is never signed twice, paid before acceptance, or paid beyond its total."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from fuhua.evidence.facts import BadFact
from fuhua.evidence.models import Fact
from fuhua.evidence.queries import told_of
from fuhua.exchange.actions import deliveries, disputes, ratings, settlements, signing
from fuhua.exchange.actions.deals import Due
from fuhua.exchange.facts import DealSettled, PaymentRecorded
from fuhua.exchange.models import Deal
from fuhua.exchange.queries.agreements import agreement_of
from fuhua.exchange.words import RESOLUTIONS
from fuhua.kernel import period
from fuhua.kernel.flow import WrongState

SIDES, ITEMS = st.sampled_from(["buyer", "provider"]), st.sampled_from([0, 1])


class Pressing(RuleBasedStateMachine):
    """Two people who press everything there is, on deals that ``a_deal()`` draws up at ``now``."""

    a_deal: Callable[[], Deal]
    now: dt.datetime
    people: dict[str, int]
    by: str

    @initialize(start=st.sampled_from(["draft", "signed", "accepted", "accepted"]))
    def begin(self, start: str) -> None:
        self.deal = self.a_deal()
        if start != "draft":
            assert self.press(signing.conclude, deal=self.deal, buyer_person=self.people["buyer"], provider_person=self.people["provider"])
        for number in (0, 1) if start == "accepted" else ():
            assert self.press(deliveries.deliver, deliverable=self.item(number), note="交付")
            assert self.press(deliveries.accept, deliverable=self.item(number))

    def party(self, side: str) -> int:
        return getattr(self.deal, f"{side}_id")

    def press(self, verb: Any, **given: Any) -> bool:
        try:
            verb(**given, by=self.by, at=self.now)
        except (BadFact, WrongState):
            return False
        return True

    def item(self, number: int) -> Any:
        return self.deal.deliverables.order_by("number")[number]

    @rule(side=SIDES, fresh=st.integers(0, 3))
    def sign(self, side: str, fresh: int) -> None:
        wording = agreement_of(self.deal).wording if fresh else "0" * 64
        person = self.people[side]
        assert not (self.press(signing.sign, deal=self.deal, side=self.party(side), person=person, wording=wording) and not fresh)

    @rule(side=SIDES, days=st.integers(0, 400), sure=st.integers(0, 3))
    def amend(self, side: str, days: int, sure: int) -> None:
        if sure == 0:
            self.press(signing.amend, deal=self.deal, side=self.party(side), pay_days=days)

    @rule(side=SIDES, sure=st.integers(0, 9))
    def cancel(self, side: str, sure: int) -> None:
        if sure == 0:
            self.press(signing.cancel, deal=self.deal, side=self.party(side))

    @rule(number=ITEMS)
    def deliver(self, number: int) -> None:
        self.press(deliveries.deliver, deliverable=self.item(number), note="交付")

    @rule(number=ITEMS)
    def accept(self, number: int) -> None:
        self.press(deliveries.accept, deliverable=self.item(number))

    @rule(number=ITEMS, sure=st.integers(0, 3))
    def reject(self, number: int, sure: int) -> None:
        if sure == 0:
            self.press(deliveries.reject, deliverable=self.item(number), because="incomplete", remark="缺少数据")

    @rule(share=st.sampled_from([1, 2, 3]), reference=st.sampled_from("ABCD"), teller=st.sampled_from(["buyer", "provider", "bank"]))
    def pay(self, share: int, reference: str, teller: str) -> None:
        before = settlements.paid(self.deal)
        payment = settlements.Payment(self.deal.total * share // 3, f"{self.deal.number}-{reference}", period.day(self.now))
        if self.press(settlements.pay, deal=self.deal, payer=self.deal.buyer, payment=payment, teller=teller):
            assert settlements.paid(self.deal) in (before, before + payment.amount)

    @rule(side=SIDES, reason=st.sampled_from(["mistake", "duplicate"]))
    def take_back(self, side: str, reason: str) -> None:
        last = self.deal.settlements.order_by("pk").last()
        if last is not None and self.press(settlements.take_back, settlement=last, side=self.party(side), reason=reason):
            assert last.teller == side
            assert not self.press(settlements.take_back, settlement=last, side=self.party(side), reason=reason)

    @rule(side=SIDES, sure=st.integers(0, 3))
    def dispute(self, side: str, sure: int) -> None:
        if sure == 0:
            self.press(disputes.dispute, deal=self.deal, side=self.party(side), because="quality", text="不合格",
                       person=self.people["buyer"])

    @rule(denies=st.booleans())
    def answer(self, denies: bool) -> None:
        last = self.deal.settlements.order_by("pk").last()
        more = {"person": self.people["provider"]} if denies else {}
        if last is not None and self.press(disputes.deny if denies else settlements.confirm, settlement=last, **more):
            assert last.teller == "buyer"

    @rule(result=st.sampled_from(sorted(RESOLUTIONS)), side=st.sampled_from(["buyer", "provider", ""]))
    def resolve(self, result: str, side: str) -> None:
        raised = self.deal.disputes.filter(resolved_at=None).first()
        if self.press(disputes.resolve, deal=self.deal, result=result, side=self.party(side) if side else None) and side:
            assert result == ("went_on" if raised.side_id == self.party(side) else "redeliver")
            assert result == "went_on" or side == "provider"

    @rule(side=SIDES)
    def rate(self, side: str) -> None:
        self.press(ratings.rate, deal=self.deal, side=self.party(side), points=4, text="")

    @invariant()
    def holds(self) -> None:
        row = Deal.objects.get(pk=self.deal.pk)
        paid, judged = settlements.paid(row), set(row.deliverables.values_list("state", flat=True))
        assert paid <= row.total
        assert paid == 0 or row.signed_at is not None
        assert (row.state == "settled") == (paid == row.total)
        assert row.state not in ("accepted", "settled") or judged == {"accepted"}
        assert row.state in ("draft", "cancelled") or row.signatures.count() == 2
        assert {each.digest for each in row.signatures.all()} <= {row.agreement}
        day = period.day(self.now)
        assert sum(each.fact.amount for each in told_of(row.urn, PaymentRecorded, on=day)) == paid
        assert len(told_of(row.urn, DealSettled, on=day)) == (row.state == "settled")
        assert Fact.objects.filter(kind="exchange.deal_signed", subject=row.urn).count() <= 1


@pytest.mark.django_db
def test_no_path_pays_too_much_too_early_or_signs_twice(a_deal: Any, an_offer: Any, at: Any, firm: Any, cast: Any) -> None:
    buyer, provider = firm("北京甲方科技有限公司"), firm("北京乙方科技有限公司")
    due = tuple(Due(title, "合格", period.day(at())) for title in ("方案", "报告"))

    offer = an_offer(*provider, "equipment", "机时", {"instrument": "稀释制冷机"}, when=at())

    class Here(Pressing):
        now, by = at(), buyer[1].party.urn
        people = {"buyer": buyer[1].party_id, "provider": provider[1].party_id}

        def a_deal(self) -> Deal:
            return a_deal(buyer=buyer, provider=provider, due=due, when=self.now, offer=offer)[0]

    run_state_machine_as_test(Here, settings=settings(
        max_examples=25, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True))
