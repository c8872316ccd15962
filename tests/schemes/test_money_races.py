"""Payers press at the same moment: one payment, one invoice, one signature."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from fuhua.evidence.facts import BadFact
from fuhua.evidence.models import Fact
from fuhua.kernel.flow import WrongState
from fuhua.parties.actions.cast import enter_cast
from fuhua.schemes.actions import costs, signing, tranches
from fuhua.schemes.models import Cost, Tranche
from schemes.awarded import OFFICER, an_award, drawn, person

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast(durable_db: None, at: Any) -> Any:
    return enter_cast("a long enough password", at("2022-01-04"))


def at_once(do: list[Callable[[], Any]]) -> int:
    """Run them in threads that start together; how many were not refused."""
    gate, done = threading.Barrier(len(do)), []

    def run(verb: Callable[[], Any]) -> None:
        gate.wait()
        try:
            done.append(verb())
        except (BadFact, WrongState):
            return
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(verb,)) for verb in do]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    return len(done)


def test_pressed_at_once_money_moves_once(cast: Any, at: Any) -> None:
    told, people = {"by": OFFICER, "at": at("2023-06-30")}, {"party": person("operator").pk, "issuer": person("city_officer").pk}
    tasks = [drawn(an_award(told["at"]), told["at"]) for _each in range(2)]

    def sign(task: Any, side: str) -> Callable[[], Any]:
        return lambda: signing.sign(agreement=task, side=side, person=people[side], document=task.document, **told)

    assert at_once([sign(tasks[0], "party"), sign(tasks[0], "issuer"), sign(tasks[0], "party"), sign(tasks[0], "issuer")]) == 2
    for side in people:
        sign(tasks[1], side)()
    due = list(Tranche.objects.filter(state="due", level="city").select_related("agreement"))
    assert len(due) == 2

    def pay(one: Tranche, reference: str) -> Callable[[], Any]:
        return lambda: tranches.pay(tranche=one, reference=reference, paid_on=told["at"].date(), **told)

    assert at_once([pay(due[0], "A"), pay(due[1], "A"), pay(due[0], "A"), pay(due[1], "A")]) == 1
    assert at_once([pay(one, f"B{one.pk}") for one in due] * 2) == 1
    paid = list(Tranche.objects.filter(state="paid").select_related("agreement"))
    assert Fact.objects.filter(kind="schemes.tranche_paid").count() == len(paid) == 2

    def cost(one: Tranche) -> Callable[[], Any]:
        return lambda: costs.claim(tranche=one, issuer="91110108MA01C8F06B", invoice="7", amount=100, title="设备", **told)

    assert at_once([cost(paid[0]), cost(paid[1]), cost(paid[0])]) == 1
    assert Cost.objects.count() == 1
