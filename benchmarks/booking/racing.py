"""What one of many processes does: book an hour of an instrument as somebody who may."""

from __future__ import annotations

import datetime as dt
import time

from django.db import OperationalError
from django.urls import get_resolver
from django.utils import timezone

from fuhua.exchange.actions import reservations
from fuhua.exchange.actions.holding import Booking, Refused
from fuhua.exchange.models import Reservation, Resource
from fuhua.parties.models import Account, Party

AS = "founder"
Hour = tuple[int, dt.datetime]  # an instrument and a start


def declare() -> None:
    """Have every page declared: importing the URL table does it."""
    get_resolver().url_patterns  # noqa: B018


def ready() -> None:
    """Have the pages declared and the database open before anything is timed."""
    declare()
    Reservation.objects.first()


def pause(_number: int) -> None:
    """Wait a moment, so that every process of a pool is there before the clock runs."""
    time.sleep(0.5)


def book_all(hours: list[Hour]) -> int:
    """Book every hour in its own transaction; returns how many were held."""
    return sum(book(hour) == "held" for hour in hours)


def book(hour: Hour) -> str:
    """Book one hour: ``held``, or the codes of the rules that forbade it."""
    tool, start = hour
    person = Account.objects.get(username=AS).party
    house = Party.objects.get(ties_out__target=person, ties_out__kind="employs")
    wish = Booking(start=start, end=start + dt.timedelta(hours=1), organisation=house, person=person.pk)
    try:
        reservations.book(resource=Resource(pk=tool), wish=wish, by=person.urn, at=timezone.now())
    except Refused as wrong:
        return "+".join(wrong.codes)
    except OperationalError:  # SQLite gave up waiting for its turn
        return "busy"
    return "held"
