"""What an incubator may see of its tenants' policies: who of those that consented could benefit, and nothing more."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from fuhua.journey.models import Standing, Stay
from fuhua.journey.words import BENEFITS
from fuhua.parties.models import Consent, Party
from fuhua.parties.queries import live_consents
from fuhua.policy import catalog
from fuhua.policy.reasoning.rule import Rule
from fuhua.policy.words import ELIGIBLE


@dataclass(frozen=True)
class Benefit:
    """A tenant, the rules under which it is eligible by its latest verdicts, and the consent to see it."""

    tenant: Party
    rules: list[Rule]
    consent: Consent


def benefits(houses: Collection[int], at: dt.datetime) -> list[Benefit]:
    """The tenants of these incubators (party ids) that let them see it at ``at`` and are eligible for something."""
    hosts = list(Party.objects.filter(pk__in=houses, sort="incubator").values_list("urn", flat=True))
    tenants = Stay.objects.filter(host__in=hosts, ended=None).values("venture")
    given = {each.giver_id: each for each in live_consents(at).filter(reader__in=houses, thing=BENEFITS, giver__urn__in=tenants)}
    givers = list(Party.objects.filter(pk__in=given).order_by("name"))
    eligible: dict[str, list[Rule]] = {}
    for subject, key in Standing.objects.filter(subject__in=[each.urn for each in givers], answer=ELIGIBLE).values_list("subject", "rule"):
        rule = catalog.rule_of(key)
        if rule is not None:
            eligible.setdefault(subject, []).append(rule)
    return [Benefit(each, sorted(eligible[each.urn], key=lambda rule: rule.key), given[each.pk]) for each in givers if each.urn in eligible]


def readers(venture: Party, at: dt.datetime) -> list[tuple[Party, Consent | None]]:
    """The incubators where the venture lives, each with the live consent that lets it see benefits, if any."""
    hosts = Stay.objects.filter(venture=venture.urn, ended=None).values("host")
    houses = Party.objects.filter(urn__in=hosts, sort="incubator").order_by("name")
    live = {each.reader_id: each for each in live_consents(at).filter(giver=venture, thing=BENEFITS)}
    return [(house, live.get(house.pk)) for house in houses]
