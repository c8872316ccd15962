"""Reads across incubators: tiers in force, the list with last appraisals and plans, who is tied to whom, and who could coach whom."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Prefetch, Q, QuerySet

from fuhua.evidence import queries as evidence
from fuhua.evidence.facts import META
from fuhua.evidence.proof.records import decode
from fuhua.evidence.proof.resolve import standing
from fuhua.parties.models import Party
from fuhua.parties.queries import directory, root
from fuhua.parties.queries.conflicts import Conflict, conflicts
from fuhua.schemes.facts import AgreementEnded, TierSet
from fuhua.schemes.kinds.appraising import level
from fuhua.schemes.models import Appraisal, AppraisalLine, Uplift

BENCHMARK = ("leading", "cultivation")
_LIVE = ("draft", "proposed", "agreed", "measured", "failed")


@dataclass(frozen=True)
class Tier:
    """The tier of an incubator since a day, by the fact with that ``digest``."""

    tier: str
    since: dt.date
    digest: str


def tiers(on: dt.date, parties: Collection[str] | None = None) -> dict[str, Tier]:
    """URN → the tier in force on a day, of ``parties`` (URNs) or of all; a tier ends with the incubator's agreement. One query."""
    kinds = [TierSet.KIND, AgreementEnded.KIND]
    rows = evidence.facts()
    subjects = rows.filter(kind__in=kinds).values("subject") if parties is None else list(parties)
    found = rows.filter(kind__in=[*kinds, *(kind.KIND for kind in META)], subject__in=subjects).values_list("kind", "body", "id", "digest")
    told = standing([decode(kind, body, seq=key, digest=digest) for kind, body, key, digest in found], on).told
    now: dict[str, Tier] = {}
    for record in told:
        if isinstance(record.fact, TierSet):
            now[record.subject] = Tier(record.fact.tier, record.true_from, record.digest)
        elif isinstance(record.fact, AgreementEnded):
            now.pop(record.subject, None)
    return now


def tier_of(party: Party, on: dt.date) -> Tier | None:
    """The tier of an incubator in force on a day, or None."""
    return tiers(on, [party.urn]).get(party.urn)


def tied(person: int, parties: Iterable[int], on: dt.date) -> Conflict | None:
    """What ties the person (id) to one of the parties (ids) on a day, by the rules of conflicts of interest; None when nothing does."""
    return conflicts([person], {"sides": list(parties)}, on).get((person, "sides"))


def incubators(districts: Collection[str] | None = None) -> QuerySet[Party]:
    """Incubators that were not merged into others, by name; of some districts only, unless None."""
    rows = directory.organisations().filter(sort="incubator").order_by("name", "pk")
    return rows if districts is None else rows.filter(district__in=districts)


@dataclass(frozen=True)
class Row:
    """An incubator of the list: its tier, last concluded appraisal, the one that is open, and its last plan."""

    party: Party
    tier: Tier | None
    last: Appraisal | None
    opened: Appraisal | None
    plan: Uplift | None


def listed(parties: Collection[Party], on: dt.date) -> list[Row]:
    """What the list shows of these incubators; three queries."""
    now = tiers(on, [each.urn for each in parties])
    last: dict[int, Appraisal] = {}
    opened: dict[int, Appraisal] = {}
    for each in Appraisal.objects.filter(incubator__in=parties).exclude(state="dropped").order_by("pk"):
        (opened if each.state == "open" else last)[each.incubator_id] = each
    plans = {each.incubator_id: each for each in Uplift.objects.filter(incubator__in=parties).order_by("pk")}
    return [Row(each, now.get(each.urn), last.get(each.pk), opened.get(each.pk), plans.get(each.pk)) for each in parties]


@dataclass(frozen=True)
class Coach:
    """A benchmark incubator that may coach: its tier, and its own lines that are gaps of the other and that it reaches."""

    party: Party
    tier: Tier
    strong: tuple[AppraisalLine, ...]
    appraisal: Appraisal | None


def coaches(plan: Uplift, gaps: Collection[str], on: dt.date) -> list[Coach]:
    """Who may coach: of a benchmark tier on the day, not the incubator itself nor tied to it; the strongest in the gaps first.

    Strength is read from the last concluded appraisal of each; whoever was never appraised comes last. Query count is fixed.
    """
    now = tiers(on)
    chosen = {urn: tier for urn, tier in now.items() if tier.tier in BENCHMARK}
    rows = {root(each).pk: (root(each), chosen[each.urn]) for each in
            Party.objects.filter(urn__in=chosen).select_related("merged_into__merged_into") if root(each).pk != plan.incubator_id}
    near = conflicts([plan.incubator_id], {pk: [pk] for pk in rows}, on)
    strong = Prefetch("lines", AppraisalLine.objects.filter(code__in=gaps).order_by("place"))
    seen = {each.incubator_id: each for each in
            Appraisal.objects.filter(incubator__in=rows, state="concluded").prefetch_related(strong).order_by("pk")}
    found = [Coach(party, tier, tuple(line for line in seen[pk].lines.all() if _reached(line)) if pk in seen else (), seen.get(pk))
             for pk, (party, tier) in rows.items() if (plan.incubator_id, pk) not in near]
    return sorted(found, key=lambda each: (-len(each.strong), each.appraisal is None, -(each.appraisal.score or 0) if each.appraisal else 0,
                                           each.party.name, each.party.pk))


def _reached(line: AppraisalLine) -> bool:
    value: Decimal | None = line.counted
    return level(value, line.target) == "reached"


def may_coach(coach: Party, incubator: Party, on: dt.date) -> bool:
    """Whether the one may coach the other on a day: a benchmark tier in force, not itself (merged parties are one), and no tie."""
    one = root(coach)
    tier = tier_of(one, on) or tier_of(coach, on)
    return tier is not None and tier.tier in BENCHMARK and tied(incubator.pk, [one.pk], on) is None


def mine(who: int | None, ours: Collection[int]) -> tuple[QuerySet[Appraisal], QuerySet[Uplift]]:
    """The open appraisals that a person is to make, and the live plans of the person's organisations or with tasks of the person."""
    plans = Uplift.objects.filter(Q(incubator__in=ours) | (Q(coach__in=ours) & ~Q(state="draft")) | Q(tasks__owner=who), state__in=_LIVE)
    return (Appraisal.objects.filter(assessor=who, state="open").select_related("incubator").order_by("-pk"),
            plans.select_related("incubator", "coach").distinct().order_by("-pk"))
