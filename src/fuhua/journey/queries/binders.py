"""Binders: the papers that a rule asks for, which of them are filed, and which one is missing."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from fuhua.evidence.proof.records import Record
from fuhua.journey import facts
from fuhua.journey.models import Stay
from fuhua.journey.queries import profiles
from fuhua.journey.words import PAPERS, PER_TENANT
from fuhua.kernel.words import Text
from fuhua.parties.queries import names


@dataclass(frozen=True)
class Paper:
    """A place in a binder: what is asked for, of which tenant (URN and name, if one for each), and the fact that filed it."""

    code: str
    text: Text
    tenant: str = ""
    tenant_name: str = ""
    filed: Record[Any] | None = None


@dataclass(frozen=True)
class Binder:
    """The binder of one rule for one subject."""

    rule: str
    papers: list[Paper]

    @property
    def missing(self) -> list[Paper]:
        """The papers that are not there."""
        return [paper for paper in self.papers if paper.filed is None]

    @property
    def complete(self) -> bool:
        """Whether nothing is missing."""
        return not self.missing


def binder(subject: str, rule: str, on: dt.date) -> Binder:
    """The papers of a rule (none: it asks for none), with what is filed by a day."""
    told = profiles.told(subject, facts.PaperFiled, on=on)
    filed = {(each.fact.paper, each.fact.tenant): each for each in told if each.fact.rule == rule}
    tenants = _tenants(subject, on) if PER_TENANT & PAPERS.get(rule, {}).keys() else {}
    places = []
    for code, text in PAPERS.get(rule, {}).items():
        for tenant, name in tenants.items() if code in PER_TENANT else [("", "")]:
            places.append(Paper(code, text, tenant, name, filed.get((code, tenant))))
    return Binder(rule, places)


def _tenants(host: str, on: dt.date) -> dict[str, str]:
    """Ventures that live there in person on that day, with their names."""
    rows = Stay.objects.filter(host=host, kind="physical", began__lte=on).exclude(ended__lt=on)
    urns = sorted(set(rows.values_list("venture", flat=True)))
    called = names(urns)
    return {urn: called.get(urn, urn) for urn in urns}
