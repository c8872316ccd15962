"""Both sides press at the same moment: everything happens once."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from fuhua.evidence.facts import BadFact
from fuhua.evidence.models import Fact
from fuhua.exchange.actions import deliveries, settlements, signing
from fuhua.exchange.actions.deals import Line
from fuhua.exchange.models import Deal, Settlement
from fuhua.exchange.queries import vouchers
from fuhua.exchange.queries.agreements import agreement_of
from fuhua.kernel import period
from fuhua.kernel.flow import WrongState
from fuhua.parties.actions.cast import enter_cast

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast(durable_db: None, at: Any) -> Any:
    return enter_cast("a long enough password", at("2022-01-04"))


def at_once(*do: Callable[[], Any]) -> list[str]:
    """Run them in threads that start together; how each ended."""
    gate, ended = threading.Barrier(len(do)), ["" for _each in do]

    def run(number: int) -> None:
        gate.wait()
        try:
            do[number]()
            ended[number] = "done"
        except (BadFact, WrongState):
            ended[number] = "refused"
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(len(do))]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    return sorted(ended)


def test_pressing_at_once_has_no_double_effect(a_deal: Any) -> None:
    deal, buyer, provider = a_deal(when=timezone.now())
    wording, told = agreement_of(deal).wording, {"by": buyer[1].party.urn, "at": timezone.now()}

    def sign(side: Any) -> Callable[[], Any]:
        return lambda: signing.sign(deal=deal, side=side[0].pk, person=side[1].party_id, wording=wording, **told)

    assert at_once(sign(buyer), sign(provider), sign(buyer), sign(provider)) == ["done", "done", "refused", "refused"]
    item = deal.deliverables.get()
    assert at_once(*[lambda: deliveries.deliver(deliverable=item, note="完成", **told)] * 3) == ["done", "refused", "refused"]
    assert at_once(*[lambda: deliveries.accept(deliverable=item, **told)] * 3) == ["done", "refused", "refused"]

    def pay(reference: str) -> Callable[[], Any]:
        payment = settlements.Payment(deal.total, reference, period.day(told["at"]))
        return lambda: settlements.pay(deal=deal, payer=deal.buyer, payment=payment, teller="buyer", **told)

    assert at_once(pay("A"), pay("A"), pay("B"), pay("C")).count("done") in (1, 2)  # the same payment told again is no error
    assert (Deal.objects.get(pk=deal.pk).state, Settlement.objects.count()) == ("settled", 1)
    assert sorted(Fact.objects.filter(subject=deal.urn).values_list("kind", flat=True)) == [f"exchange.{kind}" for kind in (
        "deal_accepted", "deal_delivered", "deal_opened", "deal_settled", "deal_signed", "payment_recorded", "side_signed")]


def test_four_public_payments_at_once_share_the_room_of_one_year(a_deal: Any, firm: Any, organisation: Any) -> None:
    now, finance = timezone.now(), organisation("finance")
    sides = {"buyer": firm("北京寄灵量子有限公司", "venture"), "provider": firm("北京未名低温实验室", "university", "expert")}
    deals, offer = [], None
    for _each in range(4):
        deal, buyer, provider = a_deal(when=now, kind="pilot_line", lines=(Line("中试", 1, "次", 500_000_00),), offer=offer, **sides)
        signing.conclude(deal=deal, buyer_person=buyer[1].party_id, provider_person=provider[1].party_id, by=buyer[1].party.urn, at=now)
        item = deliveries.deliver(deliverable=deal.deliverables.get(), by=provider[1].party.urn, at=now, note="完成")
        deliveries.accept(deliverable=item, by=buyer[1].party.urn, at=now)
        deals, offer = [*deals, deal], deal.offer

    def pay(number: int) -> Callable[[], Any]:
        payment = settlements.Payment(500_000_00, f"R{number}", period.day(now), "voucher", "京科券 1 号")
        told = {"teller": "buyer", "by": deals[0].buyer_person.urn, "at": now}
        return lambda: settlements.pay(deal=deals[number], payer=finance, payment=payment, **told)

    assert at_once(*map(pay, range(4))) == ["done", "refused", "refused", "refused"]
    assert vouchers.used_this_year(sides["buyer"][0].pk, period.day(now)) == 500_000_00
