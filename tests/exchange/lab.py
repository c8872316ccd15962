"""A lab for tests of booking: an institute with a microscope that can be booked, and people who may book it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

from fuhua.evidence.models import Fact
from fuhua.exchange.actions import platforms, qualifications, reservations, resources
from fuhua.exchange.actions.holding import Booking
from fuhua.exchange.kinds.charging import Rate
from fuhua.exchange.kinds.hours import Hours
from fuhua.exchange.models import Reservation, Resource
from fuhua.parties.actions import organisations
from fuhua.parties.models import Account, Party

SHANGHAI = ZoneInfo("Asia/Shanghai")
WEEKDAYS = tuple(Hours(weekday, 9 * 60, 18 * 60) for weekday in range(5))
PRICES = {"all": Rate(1_000_00), "firm": Rate(800_00, 400_00), "incubated": Rate(500_00)}


def clock(text: str) -> dt.datetime:
    """``clock("2025-07-01T09:00")``: that time in Beijing."""
    return dt.datetime.fromisoformat(text).replace(tzinfo=SHANGHAI).astimezone(dt.UTC)


NOW = clock("2025-06-30T12:00")


def told(row: Reservation) -> list[str]:
    """The kinds of facts about a booking, the oldest first."""
    return list(Fact.objects.filter(subject=row.urn).order_by("id").values_list("kind", flat=True))


class Lab:
    """The host with its microscope; ``venture(name)`` makes another firm whose contact may book."""

    def __init__(self, firm: Callable[..., tuple[Party, Account]], an_offer: Callable[..., Any]) -> None:
        self._firm, self._an_offer = firm, an_offer
        self.house, self.account = firm("北京测试分析研究院", "university", "expert")
        self.microscope = self.instrument("扫描电镜 S-4800")

    @property
    def by(self) -> str:
        """Who acts for the host."""
        return self.account.party.urn

    def instrument(self, title: str, when: dt.datetime = NOW, **rules: Any) -> Resource:
        """One more instrument that can be booked on working days from 9 to 18."""
        offer = self._an_offer(self.house, self.account, "equipment", title, {"instrument": "扫描电镜"}, when)
        row = resources.set_up(offer=offer, by=self.by, at=when, **{"qualify": False, **rules})
        resources.set_hours(resource=row, hours=WEEKDAYS, by=self.by, at=when)
        resources.set_prices(resource=row, prices=PRICES, by=self.by, at=when)
        return resources.publish_calendar(resource=row, by=self.by, at=when)

    def on_platform(self, resource: Resource, when: dt.datetime = NOW) -> Party:
        """Let the use of the resource be metered on a registered platform of the host."""
        platform = organisations.register(sort="platform", name="电镜平台", district="110108", by=self.by, at=when)
        platforms.register(subject=platform.urn, owner=self.house.urn, novelty="new", proof="invoice", acquired=dt.date(2023, 5, 1),
                           by=self.by, at=when)
        resources.set_up(offer=resource.offer, platform=platform.pk, by=self.by, at=when)
        return platform

    def venture(self, name: str, sort: str = "venture") -> tuple[Party, Account]:
        """Another organisation with its contact."""
        return self._firm(name, sort, "park_manager" if sort == "park" else "founder")

    def train(self, resource: Resource, account: Account, when: dt.datetime = NOW) -> None:
        """The person passed training."""
        qualifications.grant(resource=resource, person=account.party, expires=dt.date(2026, 6, 30), by=self.by, at=when)

    def book(self, resource: Resource, who: tuple[Party, Account], day: str, start: str, end: str, at: dt.datetime = NOW, **more: Any,
             ) -> Reservation:
        """Book from ``start`` to ``end`` of a day."""
        house, account = who
        wish = Booking(start=clock(f"{day}T{start}"), end=clock(f"{day}T{end}"), organisation=house, person=account.party_id, **more)
        return reservations.book(resource=resource, wish=wish, by=account.party.urn, at=at)
