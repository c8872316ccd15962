"""Two hundred instruments with a hundred thousand reservations: pages, feeds, bookings a second, and races that must have one winner.

The baseline in the same run is the week feed as an ordinary ORM view would write it: one object a reservation, its person and
organisation fetched one by one.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import random
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from typing import Any

from django.core.management import call_command
from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from benchmarks.booking.racing import AS, Hour, book, book_all, declare, pause, ready
from benchmarks.measure import options, percentile, report, timed
from benchmarks.scratch import child, scratch
from fuhua.exchange.actions import listings, resources
from fuhua.exchange.kinds.charging import Rate
from fuhua.exchange.kinds.hours import ALWAYS
from fuhua.exchange.models import Listing, Qualification, Reservation, Resource
from fuhua.parties.actions import organisations, people, ties
from fuhua.parties.actions.cast import PLAYERS, enter_cast
from fuhua.parties.models import Account, Party

_TOOLS, _HOUR = 200, dt.timedelta(hours=1)
_WORKERS, _RACE, _ROUNDS = 8, 50, 20


def main(chosen: argparse.Namespace) -> None:
    """Fill a scratch database (with --keep once), then measure each part in a process of its own."""
    if chosen.part:
        declare()
        print(json.dumps(PARTS[chosen.part](chosen)))
        return
    with scratch(chosen.keep) as environment:
        environment |= {"FUHUA_SECRET": "one for all processes of this benchmark"}
        found = {part: json.loads(child("benchmarks.booking", environment, "--part", part, "--size", str(chosen.size))) for part in PARTS}
    report({"benchmark": "booking", **found}, chosen)


def _fill(chosen: argparse.Namespace) -> dict[str, Any]:
    """The instruments, fifty who may use them, and the reservations: a year back and two weeks ahead, two hours each."""
    call_command("migrate", verbosity=0)
    if Reservation.objects.exists():
        return {"reservations": Reservation.objects.count()}
    now = timezone.now()
    enter_cast("a long enough password", now - dt.timedelta(days=400))
    host = Party.objects.get(urn=Account.objects.get(username="operator").party.ties_in.get().source.urn)
    users = [_user(number, now) for number in range(50)]
    tools = [_tool(number, host, now) for number in range(_TOOLS)]
    founder = Account.objects.get(username=AS).party
    Qualification.objects.bulk_create([
        Qualification(resource=tool, person=person, since=now.date() - dt.timedelta(days=300), expires=now.date() + dt.timedelta(days=300))
        for tool in tools for person in [*(user for user, _house in users), founder]])
    _reserve(tools, users, chosen.size, now)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
    return {"reservations": Reservation.objects.count()}


def _user(number: int, now: dt.datetime) -> tuple[Party, Party]:
    told = {"by": PLAYERS["city_officer"].urn, "at": now}
    person = people.enter(name=f"用户{number}", **told)
    house = organisations.register(sort="venture", name=f"北京基准{number}号科技有限公司", district="110108", **told)
    ties.attest(kind="employs", source=house, target=person, office="founder", **told)
    return person, house


def _tool(number: int, host: Party, now: dt.datetime) -> Resource:
    operator = Account.objects.get(username="operator").party
    told = listings.Told(title=f"仪器 {number:03}", spec={"instrument": "扫描电镜"}, owner=operator.pk, district="110108",
                         audience="public")
    offer = listings.draft(side="offer", kind="equipment", party=host.pk, told=told, by=operator.urn, at=now)
    offer = listings.publish(listing=offer, by=operator.urn, at=now)
    row = resources.set_up(offer=offer, by=operator.urn, at=now, shortest=30, longest=240, per_day=40, horizon=60, ahead=1_000_000)
    resources.set_hours(resource=row, hours=ALWAYS, by=operator.urn, at=now)
    resources.set_prices(resource=row, prices={"all": Rate(500_00), "firm": Rate(400_00)}, by=operator.urn, at=now)
    return resources.publish_calendar(resource=row, by=operator.urn, at=now)


def _reserve(tools: list[Resource], users: list[tuple[Party, Party]], size: int, now: dt.datetime) -> None:
    chance, each = random.Random(7), size // len(tools)
    week = now.replace(minute=0, second=0, microsecond=0) + dt.timedelta(days=14)
    for tool in tools:
        rows = []
        for number in range(each):
            start = week - number * dt.timedelta(hours=3, minutes=30)  # 48 a week, as in the peer's measurement
            person, house = chance.choice(users)
            end = start + 2 * _HOUR
            rows.append(Reservation(
                urn=f"urn:fuhua:booking:bench-{tool.pk}-{number}", resource=tool, person=person, organisation=house, start=start, end=end,
                booked_end=end, state="used" if end < now else "held", hour=400_00, booked_at=now))
        Reservation.objects.bulk_create(rows, batch_size=2000)


def _client() -> Client:
    client = Client(SERVER_NAME="localhost")
    client.force_login(Account.objects.get(username=AS))
    return client


def _pages(_chosen: argparse.Namespace) -> dict[str, Any]:
    """Statements and milliseconds of processor and clock of each page, the median of thirty, and bytes."""
    client, offer = _client(), Listing.objects.filter(side="offer").order_by("pk").first()
    tool = Resource.objects.get(offer=offer)
    paths = {
        "calendar": reverse("exchange:calendar", kwargs={"pk": offer.pk}), "week_feed": reverse("exchange:week", kwargs={"pk": offer.pk}),
        "all_tools_week": reverse("exchange:calendars"), "my_bookings": reverse("exchange:bookings"),
    }
    found = {name: _asked(client, path, 5 if name == "all_tools_week" else 30) for name, path in paths.items()}
    with CaptureQueriesContext(connection) as asked, timed() as took:
        now, later = timezone.now(), timezone.now() + dt.timedelta(days=7)
        naive = [{"start": row.start.isoformat(), "end": row.end.isoformat(), "who": row.person.name, "for": row.organisation.name}
                 for row in Reservation.objects.filter(resource=tool, end__gt=now, start__lt=later)]
    return {**found, "baseline_week_feed": {"statements": len(asked), "cpu_ms": round(took.cpu * 1000, 1), "events": len(naive)}}


def _asked(client: Client, path: str, times: int) -> dict[str, Any]:
    for _warm in range(3):
        client.get(path)
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(path)
        statements = len(asked)
    if answer.status_code != 200:
        raise SystemExit(f"{path}: {answer.status_code}")
    cpu, wall = [], []
    for _time in range(times):
        with timed() as took:
            client.get(path)
        cpu.append(took.cpu * 1000)
        wall.append(took.wall * 1000)
    return {"statements": statements, "cpu_ms": round(percentile(cpu, 0.5), 1), "wall_ms": round(percentile(wall, 0.5), 1),
            "bytes": len(answer.content)}


def _free_hours(count: int) -> list[Hour]:
    """Instrument and start of as many free hours, far ahead, where nothing is booked."""
    Reservation.objects.filter(start__gt=timezone.now() + dt.timedelta(days=18)).delete()
    tools = list(Resource.objects.order_by("pk").values_list("pk", flat=True))
    begin = timezone.now().replace(minute=0, second=0, microsecond=0) + dt.timedelta(days=20)
    return [(tools[number % len(tools)], begin + number // len(tools) * _HOUR) for number in range(count)]


@contextmanager
def _workers() -> Iterator[ProcessPoolExecutor]:
    """Eight processes, each with a connection of its own, all of them there."""
    connections.close_all()
    with ProcessPoolExecutor(_WORKERS, mp_context=get_context("spawn"), initializer=ready) as pool:
        list(pool.map(pause, range(_WORKERS)))
        yield pool


def _create(_chosen: argparse.Namespace) -> dict[str, Any]:
    """Bookings a second with every rule, by one process and by eight; each is committed by itself with its record."""
    hours = _free_hours(1_200)
    book(hours[0])
    with CaptureQueriesContext(connection) as asked:
        book(hours[1])
    with timed() as one:
        book_all(hours[2:400])
    with _workers() as pool, timed() as many:
        list(pool.map(book_all, [hours[400 + number * 100:500 + number * 100] for number in range(_WORKERS)]))
    return {"statements": len(asked), "cpu_ms": round(one.cpu * 1000 / 398, 1), "per_second_1": round(398 / one.wall),
            "per_second_8": round(_WORKERS * 100 / many.wall)}


def _races(_chosen: argparse.Namespace) -> dict[str, Any]:
    """Rounds in which fifty ask for one hour at once over eight processes, 10,000 requests for a hundred hours, and overlaps after."""
    hours = _free_hours(_ROUNDS + 100)
    crowded = hours[_ROUNDS:] * 100
    random.Random(3).shuffle(crowded)
    with _workers() as pool:
        rounds = [Counter(pool.map(book, [hour] * _RACE)) for hour in hours[:_ROUNDS]]
        with timed() as took:
            outcome = Counter(pool.map(book, crowded, chunksize=25))
    return {"rounds": _ROUNDS, "accepted_a_round": sorted({each["held"] for each in rounds}), "requests": len(crowded),
            "requests_a_second": round(len(crowded) / took.wall), **outcome, "overlaps": _overlaps()}


def _overlaps() -> int:
    """Reservations that begin before an earlier one of the same instrument has ended, found by a sweep over all of them."""
    found, ends = 0, {}
    rows = Reservation.objects.filter(state__in=("offered", "held", "running", "used")).order_by("start")
    for tool, start, end in rows.values_list("resource", "start", "end"):
        found += start < ends.get(tool, start)
        ends[tool] = max(end, ends.get(tool, end))
    return found


PARTS = {"fill": _fill, "pages": _pages, "create": _create, "races": _races}

if __name__ == "__main__":
    main(options(100_000).parse_args())
