"""A district's part in every objective, and the incubators in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.urls import reverse

from fuhua.front.queries import writing
from fuhua.front.queries.cockpit import FEWEST_SHOWN, Moment, indicator_url
from fuhua.kernel.ui import charts
from fuhua.kernel.words import t
from fuhua.parties.queries.directory import organisations
from fuhua.parties.words import DISTRICTS, Sort
from fuhua.plan.queries.objectives import Objective
from fuhua.plan.queries.overview import Edition


def shares(edition: Edition, objectives: Sequence[Objective], code: str, moment: Moment, *,
           closed: bool) -> list[dict[str, Any]]:
    """For every objective the district's amount and share of the city's; the public does not see small counts."""
    rows = []
    for objective in objectives:
        figure, indicator = objective.figure, objective.indicator
        amount = figure.districts[code]
        hidden = closed and not indicator.money and 0 < amount < FEWEST_SHOWN
        rows.append({
            "code": indicator.code, "name": indicator.name, "unit": writing.unit(indicator), "hidden": hidden,
            "amount": "" if hidden else writing.amount(amount, indicator), "city": writing.reading(figure, indicator),
            "share": None if hidden or not figure.amount else round(amount * 100 / figure.amount, 1),
            "url": indicator_url(edition, indicator.code, moment, district=code),
        })
    return rows


def compared(objectives: Sequence[Objective], code: str, *, closed: bool) -> charts.Bars | None:
    """The district's share of every objective of which the city has something; None when there is none."""
    bars = []
    for objective in objectives:
        figure = objective.figure
        amount = figure.districts[code]
        if figure.amount and not (closed and not objective.indicator.money and 0 < amount < FEWEST_SHOWN):
            bars.append(charts.Bar(objective.indicator.name, round(amount * 100 / figure.amount, 1)))
    if not bars:
        return None
    return charts.Bars(key="district-shares", title=t("{name}占全市的比重", "{name}: share of the city").format(name=DISTRICTS[code]),
                       unit="%", items=tuple(bars))


def hosts(code: str) -> list[dict[str, Any]]:
    """The incubators seated in the district, by name."""
    rows = organisations().filter(sort=Sort.INCUBATOR, district=code).order_by("name").values_list("urn", "name")
    return [{"name": name, "url": reverse("parties:organisation", kwargs={"urn": urn})} for urn, name in rows[:200]]


def others(edition: Edition, moment: Moment) -> list[dict[str, Any]]:
    """Links to every district."""
    return [{"code": code, "name": name, "url": reverse("front:district", kwargs={"slug": edition.slug, "code": code}) + moment.query()}
            for code, name in DISTRICTS.items()]
