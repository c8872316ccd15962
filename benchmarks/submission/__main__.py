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
from multiprocessing import get_context
from typing import Any

from django.core.management import call_command
from django.db import connection
from django.urls import get_resolver
from django.utils import timezone

from benchmarks.measure import options, percentile, report
from benchmarks.scratch import child, scratch
from benchmarks.submission.pressing import THREADS, Press, press_all
from fuhua.parties.actions import organisations, people, ties
from fuhua.parties.actions.cast import ORGANISATIONS, PLAYERS, enter_cast
from fuhua.parties.models import Party
from fuhua.schemes.actions import applications, calls, writing
from fuhua.schemes.models import Application, Call

_EACH = 5  # applicants of one person
_WORKERS = 2


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
    issuer, by = Party.objects.get(urn=ORGANISATIONS["city"].urn), PLAYERS["city_officer"].urn
    minute, day = dt.timedelta(minutes=1), dt.timedelta(days=1)
    told = calls.Told(title="压力测试征集", kind="gold_seed", opens_at=start - minute, closes_at=start + day)
    call = calls.publish(call=calls.draft(issuer=issuer, told=told, by=by, at=start), by=by, at=start)
    drafts = _drafts(call, chosen.size + 20, start)
    connection.close()
    with ProcessPoolExecutor(_WORKERS, mp_context=get_context("spawn")) as pool:
        one_by_one = [(0.2 * number, *draft) for number, draft in enumerate(drafts[:20])]
        alone = pool.submit(press_all, one_by_one, time.time() + 2).result()
        presses = _schedule(drafts[20:], chosen.seconds)
        began = time.time() + 3
        closes = dt.datetime.fromtimestamp(began + chosen.seconds, dt.UTC).replace(microsecond=0)
        Call.objects.filter(pk=call.pk).update(closes_at=closes)
        connection.close()
        parts = pool.map(press_all, [presses[n::_WORKERS] for n in range(_WORKERS)], [began] * _WORKERS)
        told_back = [one for part in parts for one in part]
    return _found(call, alone, told_back, chosen)


def _drafts(call: Call, size: int, at: dt.datetime) -> list[tuple[int, int]]:
    """Whole drafts, each but the last press: (application, account)."""
    found = []
    for number in range(-(-size // _EACH)):
        told = {"by": PLAYERS["city_officer"].urn, "at": at}
        person = people.enter(name=f"申报人{number}", **told)
        account = people.open_account(username=f"bench{number}", password="a long enough password", party=person, strict=False, **told)
        for each in range(_EACH):
            house = organisations.register(sort="venture", name=f"北京申报{number * _EACH + each}号科技有限公司", district="110108", **told)
            ties.attest(kind="employs", source=house, target=person, office="founder", **told)
            row = applications.begin(call=call, applicant=house, lead=person, by=person.urn, at=at)
            writing.confirm(application=row, names=list(row.known), by=person.urn, at=at)
            writing.attach(application=row, code="technology", name="a.pdf", file=io.BytesIO(b"%PDF-1.7 " + str(row.pk).encode() * 2_000),
                           by=person.urn, at=at)
            found.append((row.pk, account.pk))
    return found[:size]


def _schedule(drafts: list[tuple[int, int]], seconds: int) -> list[Press]:
    """When each presses: the nearer the end the more, up to a second before it; one in ten presses twice."""
    chance = random.Random(7)
    presses = [((seconds - 1) * chance.random() ** 0.5, *draft) for draft in drafts]
    again = [(min(at + 0.3, seconds - 1.0), row, account) for at, row, account in presses[:: 10]]
    return sorted([*presses, *again])


def _found(call: Call, alone: list[tuple[int, float, int]], pressed: list[tuple[int, float, int]], chosen: argparse.Namespace,
           ) -> dict[str, Any]:
    took = [seconds for _row, seconds, _status in pressed]
    single = percentile([seconds for _row, seconds, _status in alone], 0.5)
    rows = Application.objects.filter(call=call, state="submitted")
    numbers = sorted(int(number.rsplit("-", 1)[1]) for number in rows.values_list("number", flat=True))
    return {
        "applicants": chosen.size, "presses": len(pressed), "seconds": chosen.seconds, "workers": _WORKERS, "threads": THREADS,
        "handed_in": rows.count() - len(alone), "refused": sum(status != 302 for _row, _seconds, status in pressed),
        "numbers_without_a_gap": numbers == list(range(1, len(numbers) + 1)),
        "p50_ms": round(percentile(took, 0.5) * 1000), "p95_ms": round(percentile(took, 0.95) * 1000), "max_ms": round(max(took) * 1000),
        "alone_p50_ms": round(single * 1000), "p95_over_alone": round(percentile(took, 0.95) / single, 1),
    }


if __name__ == "__main__":
    parser = options(500)
    parser.add_argument("--seconds", type=int, default=60, help="the length of the last minute")
    main(parser.parse_args())
