"""Candidates of a need among many made offers: processor milliseconds, statements, and how soon an offer that was saved is one.

``python -m benchmarks.shortlist --size 5000``; one offer in ten is an instrument with figures, the others are results, a third as many
needs are open. The baseline in the same run is the ranker with all offers at hand, which knows topics but must read every offer first.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import random
from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from benchmarks.measure import options, peak_mib, percentile, report, timed
from benchmarks.scratch import child, scratch
from benchmarks.search.corpus import Corpus
from fuhua.exchange.models import Listing
from fuhua.exchange.queries import finding
from fuhua.exchange.queries.candidates import candidates
from fuhua.exchange.queries.postings import posting
from fuhua.kernel import period
from fuhua.matching.ranking.ranker import Ranker
from fuhua.parties.actions.cast import enter_cast
from fuhua.parties.models import Account, Party

ASKED, AT_HAND = 60, 20_000  # needs that are measured; offers up to which the baseline runs


def main(chosen: argparse.Namespace) -> None:
    """Fill a scratch database, then measure in a process of its own."""
    if chosen.part:
        print(json.dumps(_measured(chosen.size)))
        return
    with scratch(chosen.keep) as environment:
        environment |= {"FUHUA_SECRET": "one for all processes of this benchmark"}
        found = json.loads(child("benchmarks.shortlist", environment, "--part", "all", "--size", str(chosen.size)))
    report({"benchmark": "shortlist", **found}, chosen)


def _measured(size: int) -> dict[str, Any]:
    call_command("migrate", verbosity=0)
    if not Listing.objects.exists():
        enter_cast("a long enough password", timezone.now())
        made = _made(size)
        while chunk := list(islice(made, 20_000)):
            Listing.objects.bulk_create(chunk, batch_size=2_000)
    with timed() as built:
        finding.commonness()
    needs = list(Listing.objects.filter(side="need").order_by("pk")[: ASKED + 5])
    for need in needs[:5]:
        candidates(need, at=timezone.now())
    spent, counts, answered = [], [], 0
    for need in needs[5:]:
        with CaptureQueriesContext(connection) as asked, timed() as took:
            answered += bool(candidates(need, at=timezone.now()))
        spent.append(took.cpu * 1000)
        counts.append(len(asked))
    values = {"offers": size, "index": built.plain(), "cpu_ms": round(percentile(spent, 0.5), 1),
              "cpu_ms_9_of_10": round(percentile(spent, 0.9), 1), "statements": sorted(set(counts)), "answered": answered,
              "asked": len(spent), **_fresh(needs[0]), "peak_mib": peak_mib()}
    return values | (_at_hand(needs[5:15]) if size <= AT_HAND else {})


def _fresh(need: Listing) -> dict[str, Any]:
    """Seconds from saving an offer that says what the need says until it is the first candidate."""
    copy = Listing.objects.filter(side="offer", kind=need.kind).first()
    copy.pk, copy.urn, copy.changed_at = None, "urn:fuhua:offer:fresh", timezone.now()
    copy.title, copy.text, copy.spec = need.title, need.text, need.spec
    copy.save()
    with timed() as took:
        first = candidates(need, at=timezone.now())[0].offer.pk
    if first != copy.pk:
        raise SystemExit("the offer that was saved is not the first candidate")
    return {"saved_to_candidate_s": round(took.wall, 3)}


def _at_hand(needs: list[Listing]) -> dict[str, Any]:
    offers = [posting(row) for row in Listing.objects.filter(side="offer").iterator()]
    with timed() as took:
        ranker = Ranker(offers)
    with timed() as asked:
        for need in needs:
            ranker.rank(posting(need))
    return {"all_offers_at_hand": {"prepare_cpu_s": round(took.cpu, 2), "cpu_ms": round(asked.cpu * 1000 / len(needs), 1)}}


def _made(size: int) -> Iterator[Listing]:
    chance, now = random.Random(7), timezone.now()
    houses = list(Party.objects.exclude(ties_out=None).values_list("pk", flat=True)[:5])
    owner = Account.objects.get(username="founder").party_id
    today = period.day(now)
    common = {"state": "open", "owner_id": owner, "posted_at": now, "changed_at": now, "opened_at": now, "reconfirm": today,
              "budget": 100_000_00, "budget_owner": "总经理", "success": "达到指标", "deadline": today, "decides": today}
    for side, count, seed in (("offer", size, 0), ("need", max(ASKED + 5, size // 3), 1)):
        for number, (title, text) in enumerate(Corpus().documents(count, seed=seed)):
            common["changed_at"] = now - dt.timedelta(minutes=1) * (count - number)  # a listing a minute
            kind = "equipment" if number % 10 == 0 else "result"
            spec = _figures(chance) if kind == "equipment" else {"readiness": str(chance.randint(1, 9)), "licences": ["licence"]}
            house = houses[0] if side == "need" else chance.choice(houses[1:])
            yield Listing(urn=f"urn:fuhua:{side}:bench-{number}", side=side, kind=kind, title="".join(title), text="".join(text),
                          spec=spec, party_id=house, **common)


def _figures(chance: random.Random) -> dict[str, Any]:
    return {"instrument": chance.choice(("稀释制冷机", "扫描电镜", "质谱仪")), "temperature": str(chance.choice((8, 10, 20, 300))),
            "hours": str(chance.randint(10, 400))}


if __name__ == "__main__":
    main(options(5_000).parse_args())
