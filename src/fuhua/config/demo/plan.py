"""The demo's plan: read from its text like any other, units matched, targets linked to indicators, published."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from fuhua.config.demo.city import CITY_OFFICER, END
from fuhua.parties.queries import match
from fuhua.plan.actions import corrections, editions
from fuhua.plan.models import Doubt, Edition, Target
from fuhua.plan.queries.linking import propose
from fuhua.plan.queries.matching import group_of, sole
from fuhua.plan.words import Status

SLUG = "bj-biaogan-2022"
BASELINE = dt.date(2022, 1, 1)


def in_force() -> bool:
    """Whether the demo's plan is published, the last thing a build does."""
    return Edition.objects.filter(slug=SLUG, status=Status.PUBLISHED).exists()


def publish(text: Path, *, at: dt.datetime, missed: Iterable[Mapping[str, Any]] = ()) -> Edition:
    """Import the plan, do what the reviewing officer does, publish it; returns the edition in force.

    ``missed`` are targets that the text does not give as a quantity, by the fields of :class:`Target`; the officer adds them.
    """
    by = CITY_OFFICER
    edition = editions.import_plan(text, by=by, at=at, name="plan.txt", slug=SLUG)
    _units(edition, by, at)
    for doubt in Doubt.objects.filter(edition=edition, decision=""):
        edition.refresh_from_db()
        corrections.settle_doubt(edition, pk=doubt.pk, decision="fine", seen=edition.version, by=by, at=at)
    edition.refresh_from_db()
    for values in missed:
        corrections.add_item(edition, kind="target", values=values, by=by, at=at)
        edition.refresh_from_db()
    items = [("measure", pk) for pk in edition.measures.values_list("pk", flat=True)]
    items += [("target", pk) for pk in edition.targets.values_list("pk", flat=True)]
    corrections.confirm_items(edition, items=items, by=by, at=at, seen=edition.version)
    for target in edition.targets.all():
        _link(edition, target, by, at)
    edition.refresh_from_db()
    return editions.publish(edition, version=edition.version, by=by, at=at)


def _units(edition: Edition, by: str, at: dt.datetime) -> None:
    printed = set(edition.measures.values_list("responsibilities__printed", flat=True)) - {None}
    for name in sorted(printed):
        edition.refresh_from_db()
        group = group_of(name)
        party = None if group else sole(name, "北京市") or match(name=name).sure
        if party is None and not group:
            corrections.register_unit(edition, printed=name, names=[name], by=by, at=at)
        else:
            corrections.match_unit(edition, printed=name, party=party, group=group, by=by, at=at)


def _link(edition: Edition, target: Target, by: str, at: dt.datetime) -> None:
    proposal = propose(target.metric, target.quote)
    if proposal is None:
        return
    edition.refresh_from_db()
    indicator = proposal.indicator
    version = {"I5": "incubators"}.get(indicator.code, indicator.definition().version)
    corrections.link_target(edition, pk=target.pk, seen=edition.version, by=by, at=at, values={
        "indicator": indicator.code, "definition": version, "baseline_on": BASELINE, "baseline_value": Decimal(0),
        "baseline_note": f"自 {BASELINE.isoformat()} 起新增，至 {END.isoformat()}",
    })
