"""Five hundred applicants save and hand in within the last minute, most of them at its end: none lost, none late, none twice.

Whole requests through the pages, in worker processes as a server has them. Applicants do not wait for each other: latency runs from the
moment an applicant pressed, queueing included. The baseline in the same run is the same request with nobody else.
"""

from __future__ import annotations

import argparse
import datetime as dt
import io
import json
import random
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import get_resolver
from django.utils import timezone

from benchmarks.measure import options, percentile, report
from benchmarks.scratch import child, scratch
from benchmarks.submission.pressing import THREADS, Answer, Press, press_all, ready
from fuhua.parties.actions import organisations, people, ties
from fuhua.parties.actions.cast import ORGANISATIONS, PLAYERS, enter_cast
from fuhua.parties.models import Party
from fuhua.schemes.actions import applications, calls, writing
from fuhua.schemes.models import Application, Call

_EACH, _ALONE = 5, 20  # applicants of one person; presses with nobody else
_WORKERS = 2
_ANSWERS = {"field": "quantum", "registered": "yes", "staff": "8", "core": "低温控制芯片", "next": "完成样机并试用"}


def main(chosen: argparse.Namespace) -> None:
    """Fill a scratch database and press."""
    if chosen.part:
        get_resolver().url_patterns  # noqa: B018 - importing the table declares every page
        print(json.dumps(_all(chosen)))
        return
    with scratch(chosen.keep) as environment:
        environment |= {"FUHUA_SECRET": "one for all processes of this benchmark"}
        words = ("--part", "all", "--size", str(chosen.size), "--seconds", str(chosen.seconds))
        found = json.loads(child("benchmarks.submission", environment, *words))
    report({"benchmark": "submission", **found}, chosen)


def _all(chosen: argparse.Namespace) -> dict[str, Any]:
    call_command("migrate", verbosity=0)
    start = timezone.now()
    enter_cast("a long enough password", start)
    call = _call(start)
    drafts = _drafts(call, chosen.size + _ALONE, start)
    connection.close()
    with ProcessPoolExecutor(_WORKERS, mp_context=get_context("spawn")) as pool:
        list(pool.map(ready, range(_WORKERS)))
        one_by_one = [replace(each, at=0.2 * number) for number, each in enumerate(drafts[:_ALONE])]
        alone, _cpu = pool.submit(press_all, one_by_one, time.time() + 1).result()
        presses = _schedule(drafts[_ALONE:], chosen.seconds)
        began = time.time() + 2
        closes = dt.datetime.fromtimestamp(began + chosen.seconds, dt.UTC).replace(microsecond=0)
        Call.objects.filter(pk=call.pk).update(closes_at=closes)
        connection.close()
        parts = list(pool.map(press_all, [presses[n::_WORKERS] for n in range(_WORKERS)], [began] * _WORKERS))
    cpu = sum(spent for _told, spent in parts) / len(presses)
    return {**_found(call, alone, [one for part, _cpu in parts for one in part], chosen), "cpu_ms_a_press": round(cpu * 1000, 1)}


def _call(start: dt.datetime) -> Call:
    issuer, by = Party.objects.get(urn=ORGANISATIONS["city"].urn), PLAYERS["city_officer"].urn
    minute, day = dt.timedelta(minutes=1), dt.timedelta(days=1)
    told = calls.Told(title="压力测试征集", kind="gold_seed", opens_at=start - minute, closes_at=start + day)
    return calls.publish(call=calls.draft(issuer=issuer, told=told, by=by, at=start), by=by, at=start)


def _drafts(call: Call, size: int, at: dt.datetime) -> list[Press]:
    """Whole drafts with the form that is sent for each, saved and handed in with one press."""
    found = []
    for number in range(-(-size // _EACH)):
        told = {"by": PLAYERS["city_officer"].urn, "at": at}
        person = people.enter(name=f"申报人{number}", **told)
        account = people.open_account(username=f"bench{number}", password="a long enough password", party=person, strict=False, **told)
        client = Client()
        client.force_login(account)
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        for each in range(_EACH):
            house = organisations.register(sort="venture", name=f"北京申报{number * _EACH + each}号科技有限公司", district="110108", **told)
            ties.attest(kind="employs", source=house, target=person, office="founder", **told)
            row = applications.begin(call=call, applicant=house, lead=person, by=person.urn, at=at)
            row = writing.confirm(application=row, names=list(row.known), by=person.urn, at=at)
            writing.attach(application=row, code="technology", name="a.pdf", file=io.BytesIO(b"%PDF-1.7 " + str(row.pk).encode() * 2_000),
                           by=person.urn, at=at)
            body = {**_ANSWERS, "title": f"项目 {row.pk}", "version": str(row.version), "base": "{}"}
            found.append(Press(0.0, row.pk, session, body))
    return found[:size]


def _schedule(drafts: list[Press], seconds: int) -> list[Press]:
    """When each presses: the nearer the end the more, up to a second before it; one in ten presses twice."""
    chance = random.Random(7)
    presses = [replace(each, at=(seconds - 1) * chance.random() ** 0.5) for each in drafts]
    again = [replace(each, at=min(each.at + 0.3, seconds - 1.0)) for each in presses[::10]]
    return sorted([*presses, *again], key=lambda each: each.at)


def _found(call: Call, alone: list[Answer], pressed: list[Answer], chosen: argparse.Namespace) -> dict[str, Any]:
    took, single = [each.seconds for each in pressed], percentile([each.seconds for each in alone], 0.5)
    rows = Application.objects.filter(call=call, state="submitted")
    numbers = sorted(int(number.rsplit("-", 1)[1]) for number in rows.values_list("number", flat=True))
    return {
        "applicants": chosen.size, "presses": len(pressed), "seconds": chosen.seconds, "workers": _WORKERS, "threads": THREADS,
        "handed_in": rows.count() - len(alone), "refused": sum(each.status != 302 for each in pressed),
        "numbers_without_a_gap": numbers == list(range(1, len(numbers) + 1)),
        "p50_ms": round(percentile(took, 0.5) * 1000), "p95_ms": round(percentile(took, 0.95) * 1000), "max_ms": round(max(took) * 1000),
        "alone_p50_ms": round(single * 1000), "p95_over_alone": round(percentile(took, 0.95) / single, 1),
    }


if __name__ == "__main__":
    parser = options(500)
    parser.add_argument("--seconds", type=int, default=60, help="the length of the last minute")
    main(parser.parse_args())
