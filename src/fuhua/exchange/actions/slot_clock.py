"""What time does to bookings: offers lapse, slots are missed, fees fall due, outages last longer."""

from __future__ import annotations

import datetime as dt

from fuhua.exchange.actions import absences, faults, reservations
from fuhua.exchange.actions.listings import KEEPER
from fuhua.exchange.models import Reservation
from fuhua.kernel import chores
from fuhua.kernel.flow import WrongState


def tick(*, by: str, at: dt.datetime) -> dict[str, int]:
    """Do everything that is due by ``at`` (safe to repeat, and for two processes at once); returns how many of each."""
    lapsed = Reservation.objects.filter(state="offered", offer_until__lte=at).order_by("offer_until")
    return {
        "lapsed": chores.each(list(lapsed), lambda row: _lapse(row, by, at)),
        "missed": chores.each(absences.overdue(at), lambda row: _miss(row, by, at)),
        "charged": absences.charge_due(by=by, at=at),
        "lengthened": faults.lengthen(by=by, at=at),
    }


def _lapse(row: Reservation, by: str, at: dt.datetime) -> bool:
    try:
        reservations.cancel(reservation=row, because="lapsed", by=by, at=at)
    except WrongState:  # somebody took or declined it meanwhile
        return False
    return True


def _miss(row: Reservation, by: str, at: dt.datetime) -> bool:
    try:
        absences.miss(reservation=row, by=by, at=at)
    except WrongState:  # somebody came meanwhile
        return False
    return True


def on_time(*, at: dt.datetime) -> int:
    """Everything that is due, by whoever keeps house; returns how much there was."""
    return sum(tick(by=KEEPER, at=at).values())
