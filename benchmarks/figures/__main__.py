"""Recompute every indicator from a large log, move the board by one fact, and compare with a plain way of doing it."""

from __future__ import annotations

import argparse
import datetime as dt
import json
import statistics
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from benchmarks.measure import options, peak_mib, report, timed
from benchmarks.scratch import child, fill, scratch
from fuhua.evidence import models
from fuhua.evidence.actions import sequence
from fuhua.evidence.actions.facts import record
from fuhua.evidence.facts import FACTS, Fact
from fuhua.evidence.proof.figure import ANY_TERMS, INDICATORS, Figure, Terms
from fuhua.evidence.words import Grade
from fuhua.exchange.facts import UseMetered
from fuhua.journey.facts import TitleAwarded, WentAbroad
from fuhua.kernel.urn import of
from fuhua.plan.queries.figures import Ask, board, compute

DAY = dt.date(2025, 12, 31)
TERMS = Terms(dt.date(2022, 12, 30), DAY)
SAMPLE = 50_000
MORE = 30


def asks(*days: dt.date) -> list[Ask]:
    """Every indicator under its default definition."""
    return [Ask(each, each.definition(), TERMS, days or (DAY,)) for each in INDICATORS]


def main(chosen: argparse.Namespace) -> None:
    """Fill a scratch database and measure each part in a process of its own, so that its memory is its own."""
    if chosen.part:
        print(json.dumps(PARTS[chosen.part](chosen)))
        return
    words = ("--size", str(chosen.size), "--mix", chosen.mix)
    with scratch(chosen.keep) as environment:
        found = {part: json.loads(child("benchmarks.figures", environment, "--part", part, *words)) for part in PARTS}
    per_fact = found["compute"]["cpu_s"] / found["fill"]["facts"]
    ratio = round(found["plain"]["cpu_s"] / found["plain"]["facts"] / per_fact, 1)
    report({"benchmark": "figures", "mix": chosen.mix, **found, "times_faster_than_plain": ratio}, chosen)


def _fill(chosen: argparse.Namespace) -> dict[str, Any]:
    with timed() as took:
        facts = fill(chosen.size, chosen.mix)
    return {"facts": facts, **took.plain()}


def _compute(_chosen: argparse.Namespace) -> dict[str, Any]:
    before = peak_mib()
    with timed() as took:
        answers = compute(asks())
    return {**took.plain(), "peak_mib": peak_mib(), "before_mib": before,
            "figures": {answer.ask.indicator.code: answer.figure.summary() for answer in answers}}


def _board(_chosen: argparse.Namespace) -> dict[str, Any]:
    """The board of a cockpit (16 quarter ends and the day) moved by one more fact at a time, of three kinds in turn."""
    days = tuple(dt.date(year, month, last) for year in range(2022, 2026) for month, last in ((3, 31), (6, 30), (9, 30), (12, 31)))
    with timed() as cold:
        board().answers(asks(*days))
    warm = peak_mib()
    moves = []
    for number in range(MORE):
        fact = _one_more(number)
        record(fact, by=fact.subject, at=timezone.now(), grade=Grade.REGISTRY, true_from=DAY)
        sequence.catch_up(at=timezone.now())
        with timed() as took:
            board().answers(asks(*days))
        moves.append(took.wall * 1000)
    return {"cold_17_days": cold.plain(), "peak_mib": warm, "median_ms": round(statistics.median(moves), 2),
            "worst_ms": round(max(moves), 2)}


def _one_more(number: int) -> Fact:
    venture = of("venture", f"bench-{number:07}")
    if number % 3 == 0:
        return TitleAwarded(subject=venture, title="hnte", basis="certificate")
    if number % 3 == 1:
        return WentAbroad(subject=venture, evidence="order", country="DE")
    return UseMetered(subject=of("platform", f"bench-{number % 4:07}"), user=venture, minutes=60, fee=9000, affiliation="none")


@dataclass
class PlainRecord:
    """A record the way an application usually holds one."""

    kind: str
    true_from: dt.date
    known_at: dt.datetime
    grade: int
    fact: Fact
    seq: int
    replaces: str | None = None
    contested: bool = False


def _plain(_chosen: argparse.Namespace) -> dict[str, Any]:
    """The usual way: ORM objects, json.loads, dataclasses, one query for each indicator, on a sample."""
    last = models.Head.objects.filter(size__gte=SAMPLE).order_by("size").values_list("size", flat=True).first() or SAMPLE
    first = models.Fact.objects.filter(position__seq__lt=min(SAMPLE, last))
    with timed() as took:
        for ask in asks():
            reads = [fact.KIND for fact in ask.indicator.reads]
            _judge_all(ask, [_as_plain(row) for row in first.filter(kind__in=reads).select_related("position")])
    return {"facts": min(SAMPLE, last), **took.plain()}


def _as_plain(row: models.Fact) -> PlainRecord:
    values = json.loads(row.body)
    told = values["fact"]
    if "acquired" in told:
        told["acquired"] = dt.date.fromisoformat(told["acquired"])
    return PlainRecord(row.kind, row.true_from, row.known_at, row.grade, FACTS[row.kind](**told), row.position.seq, values.get("replaces"))


def _judge_all(ask: Ask, records: Sequence[PlainRecord]) -> Figure:
    groups: defaultdict[str, list[PlainRecord]] = defaultdict(list)
    for each in records:
        groups[each.fact.subject].append(each)
    figure = Figure()
    for group in groups.values():
        told = sorted((each for each in group if each.true_from <= DAY), key=lambda each: (each.true_from, each.seq))
        verdict = ask.definition.judge(told, DAY, ask.terms or ANY_TERMS) if told else None  # type: ignore[arg-type]
        if verdict is not None:
            figure.add(verdict)
    return figure


PARTS = {"fill": _fill, "compute": _compute, "plain": _plain, "board": _board}

if __name__ == "__main__":
    main(options(1_000_000).parse_args())
