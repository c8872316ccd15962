"""A mentor for tests: an expert of an institute whose hours can be booked free of charge, and slots that are over."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from exchange.lab import WEEKDAYS, clock
from fuhua.exchange.actions import mentoring, reservations, resources
from fuhua.exchange.actions.holding import Booking
from fuhua.exchange.kinds.charging import Rate
from fuhua.exchange.models import Mentoring, Reservation, Resource
from fuhua.parties.models import Account, Party

OPENED = clock("2025-06-02T12:00")
SPEC = {"topics": "技术路线、融资与财务", "languages": "中文", "mode": "线上", "hours": "2", "price": "0", "background": "三十年工艺经验",
        "conflicts": "无"}


class Mentor:
    """A person whose hours are open on working days; ``session(who, day)`` is one that both sides confirmed."""

    def __init__(self, firm: Callable[..., tuple[Party, Account]], an_offer: Callable[..., Any], name: str = "北京导师研究院") -> None:
        self._firm = firm
        self.house, self.account = firm(name, "university", "expert")
        self.person, self.by = self.account.party, self.account.party.urn
        offer = an_offer(self.house, self.account, "mentor_hours", f"{name}导师时间", SPEC, OPENED)
        row = resources.set_up(offer=offer, by=self.by, at=OPENED, qualify=False, horizon=None)
        resources.set_hours(resource=row, hours=WEEKDAYS, by=self.by, at=OPENED)
        resources.set_prices(resource=row, prices={"all": Rate(0)}, by=self.by, at=OPENED)
        self.resource: Resource = resources.publish_calendar(resource=row, by=self.by, at=OPENED)

    def venture(self, name: str) -> tuple[Party, Account]:
        """Another organisation with its founder."""
        return self._firm(name, "venture", "founder")

    def booked(self, who: tuple[Party, Account], day: str, start: str = "10:00", end: str = "11:00") -> Reservation:
        """A slot that the founder booked."""
        house, account = who
        wish = Booking(start=clock(f"{day}T{start}"), end=clock(f"{day}T{end}"), organisation=house, person=account.party_id)
        return reservations.book(resource=self.resource, wish=wish, by=account.party.urn, at=OPENED)

    def told(self, who: tuple[Party, Account], day: str, start: str = "10:00", end: str = "11:00") -> Mentoring:
        """A session that the founder told at six that evening."""
        row = self.booked(who, day, start, end)
        return mentoring.tell(reservation=row, side="venture", person=who[1].party_id, by=who[1].party.urn, at=self.evening(day))

    def session(self, who: tuple[Party, Account], day: str, start: str = "10:00", end: str = "11:00") -> Mentoring:
        """The same, confirmed by the mentor."""
        row = self.told(who, day, start, end)
        return mentoring.confirm(session=row, side="mentor", person=self.person.pk, by=self.by, at=self.evening(day))

    @staticmethod
    def evening(day: str) -> dt.datetime:
        """Six in the evening of a day."""
        return clock(f"{day}T18:00")
