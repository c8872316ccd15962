"""Both sides tell one session at the same moment: it is one session with one fact, and the two words confirm each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from django.db import connection

from exchange.mentor import Mentor
from fuhua.evidence.models import Fact
from fuhua.exchange.actions import mentoring
from fuhua.exchange.models import Mentoring, Use
from fuhua.kernel.flow import WrongState


def at_once(tries: list[Callable[[], Any]]) -> Counter[str]:
    """Do everything at the same moment, each with a connection of its own; how often what came of it."""
    together = Barrier(len(tries))

    def one(attempt: Callable[[], Any]) -> str:
        together.wait()
        try:
            return str(attempt().state)
        except WrongState:
            return "refused"
        finally:
            connection.close()

    with ThreadPoolExecutor(len(tries)) as pool:
        return Counter(pool.map(one, tries))


def test_of_ten_words_on_one_session_two_count(durable_db: None, firm: Any, an_offer: Any) -> None:
    mentor = Mentor(firm, an_offer)
    founder = mentor.venture("北京甲科技有限公司")
    slot, at = mentor.booked(founder, "2025-07-01"), mentor.evening("2025-07-01")
    sides = {"venture": founder[1].party, "mentor": mentor.person}
    found = at_once([lambda side=side, who=who: mentoring.tell(reservation=slot, side=side, person=who.pk, by=who.urn, at=at)
                     for side, who in list(sides.items()) * 5])
    assert found == {"told": 1, "confirmed": 1, "refused": 8}
    assert (Mentoring.objects.get().state, Use.objects.count()) == ("confirmed", 1)
    assert Counter(Fact.objects.filter(subject=mentor.person.urn, kind__in=("exchange.mentoring_held", "evidence.confirmed")).values_list(
        "kind", flat=True)) == {"exchange.mentoring_held": 1, "evidence.confirmed": 1}
