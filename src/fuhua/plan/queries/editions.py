"""Reads of plan editions: what an edition holds, what is still open before it is published, and its canonical content."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet

from fuhua.kernel.words import Text, t
from fuhua.plan.models import Edition, Measure, Responsibility, Target


@dataclass(frozen=True)
class OpenPoint:
    """Something to do before (``blocks``) or at least to consider when publishing; ``code`` says where it is done."""

    code: str
    text: Text
    blocks: bool = True


@dataclass(frozen=True)
class Progress:
    """How far the review is: ``done`` of ``total`` items were looked at."""

    done: int
    total: int


def listed(editions: QuerySet[Edition]) -> QuerySet[Edition]:
    """Editions with ``measure_count`` and ``target_count``, without the text."""
    return editions.defer("source_text").annotate(
        measure_count=Count("measures", distinct=True), target_count=Count("targets", distinct=True)
    ).order_by("-start", "-imported_at")


def measures_of(edition: Edition) -> list[Measure]:
    """The measures in order with ``units`` (parties fetched) and ``goals``, and ``above`` where a new section begins."""
    units = Prefetch("responsibilities", Responsibility.objects.select_related("party"), to_attr="units")
    goals = Prefetch("targets", Target.objects.order_by("begin", "id"), to_attr="goals")
    rows: list[Any] = list(edition.measures.select_related("continues").prefetch_related(units, goals))
    last: list[str] = []
    for row in rows:
        path = row.section.split("\n") if row.section else []
        row.above = [] if path == last else path
        last = path
    return rows


def overall_targets(edition: Edition) -> list[Target]:
    """The targets that belong to no measure: the overall goals."""
    return list(edition.targets.filter(measure=None).order_by("begin", "id"))


def everywhere(edition: Edition) -> list[Responsibility]:
    """Units that the text makes responsible for every measure of the plan."""
    return list(Responsibility.objects.filter(measure__edition=edition, everywhere=True).select_related("party", "measure"))


def progress(edition: Edition) -> Progress:
    """Measures and targets looked at, and doubts settled, of all there are."""
    done = total = 0
    for rows, seen in ((edition.measures, ~Q(reviewed_at=None)), (edition.targets, ~Q(reviewed_at=None)),
                       (edition.doubts, ~Q(decision=""))):
        counts = rows.aggregate(all=Count("pk"), seen=Count("pk", filter=seen))
        done, total = done + counts["seen"], total + counts["all"]
    return Progress(done, total)


def open_points(edition: Edition) -> list[OpenPoint]:
    """What is still open, the blocking points first."""
    unmatched = Responsibility.objects.filter(measure__edition=edition, party=None, group="").values("printed").distinct().count()
    unsure = (edition.measures.filter(sure=False, reviewed_at=None).count()
              + edition.targets.filter(sure=False, reviewed_at=None).count())
    doubts = edition.doubts.filter(decision="").count()
    unread = (edition.measures.filter(sure=True, reviewed_at=None).count()
              + edition.targets.filter(sure=True, reviewed_at=None).count())
    unlinked = edition.targets.filter(indicator="").count()
    points = [
        (0 if edition.measures.exists() else 1, "measures", t("方案没有任何举措，请至少补充一项",
                                                            "the plan has no measure; add at least one"), True),
        (0 if edition.start and edition.end else 1, "period", t("未填写实施期限", "the years the plan covers are missing"), True),
        (unsure, "unsure", t("{n} 个不确定的条目待核对", "{n} unsure items to check"), True),
        (doubts, "doubts", t("{n} 处存疑待处理", "{n} doubts to settle"), True),
        (unmatched, "units", t("{n} 个责任单位未对应到机构", "{n} responsible units not matched to organisations"), True),
        (unread, "unread", t("{n} 个条目尚未核对", "{n} items not looked at yet"), False),
        (unlinked, "links", t("{n} 个目标未对应指标，发布后也可补", "{n} targets not linked to an indicator; possible later too"), False),
    ]
    return [OpenPoint(code, text.format(n=count), blocks) for count, code, text, blocks in points if count]


def content(edition: Edition) -> dict[str, Any]:
    """The edition as plain values in the plan format: title, measures with units, numeric targets; decimals as text-free numbers."""
    measures = measures_of(edition)
    numbers = {measure.pk: measure.no for measure in measures}
    targets = sorted(edition.targets.all(), key=lambda each: (numbers.get(each.measure_id, 0), each.begin, each.pk))
    return {
        "name": edition.slug, "title": edition.title, "city": edition.city, "issued_by": edition.issued_by,
        "doc_number": edition.doc_number, "start": _day(edition.start), "end": _day(edition.end),
        "source": edition.source_digest, "measure_count": len(measures),
        "measures": [_measure(measure) for measure in measures],
        "targets": [_target(target, numbers.get(target.measure_id, 0)) for target in targets],
    }


def _measure(measure: Any) -> dict[str, Any]:
    units = list(dict.fromkeys(unit.printed for unit in measure.units))
    found = {"no": measure.no, "urn": measure.urn, "title": measure.title, "text": measure.text, "units": units}
    for role, name in (("lead", "lead"), ("co", "support")):
        held = list(dict.fromkeys(unit.printed for unit in measure.units if unit.role == role and unit.role_printed))
        if held:
            found[name] = held
    if any(unit.part for unit in measure.units):
        parts: dict[str, list[str]] = {}
        for unit in measure.units:
            parts.setdefault(unit.part, []).append(unit.printed)
        found["clauses"] = [{"text": part, "units": names} for part, names in parts.items()]
    inherited = [unit.printed for unit in measure.units if unit.everywhere]
    if inherited:
        found["inherits_to_all"] = inherited
    found["organisations"] = {unit.printed: unit.party.urn if unit.party else unit.group for unit in measure.units}
    return found


def _target(target: Target, no: int) -> dict[str, Any]:
    found = {
        "measure": no, "urn": target.urn, "metric": target.metric, "op": target.op, "value": _number(target.value),
        "unit": target.unit, "deadline": _deadline(target), "period": target.period or None, "quote": target.quote,
    }
    if target.upper is not None:
        found["max"] = _number(target.upper)
    return found


def _number(value: Any) -> int | float:
    return int(value) if value == int(value) else float(value)


def _day(day: Any) -> str | None:
    return day.isoformat() if day else None


def _deadline(target: Target) -> str | None:
    day = target.deadline
    if day is None:
        return None
    return str(day.year) if (day.month, day.day) == (12, 31) else day.isoformat()


def content_digest(edition: Edition) -> str:
    """SHA-256 of the content's canonical JSON (sorted keys, no spaces, UTF-8)."""
    text = json.dumps(content(edition), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def first_of(edition: Edition) -> int:
    """The id of the first edition of the programme: it names the series that number its tasks and meetings."""
    return Edition.objects.filter(programme=edition.programme).order_by("pk").values_list("pk", flat=True)[:1].get()
