"""What became of a proof of concept: whether its test passed, which company took it on, and who was proven."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q, QuerySet

from fuhua.evidence.queries import told_of
from fuhua.kernel.words import t
from fuhua.parties.models import Party, Tie
from fuhua.parties.queries import family, in_bulk
from fuhua.parties.words import TieKind, TieState
from fuhua.schemes import access
from fuhua.schemes.facts.money import ProofConcluded
from fuhua.schemes.kinds.known import SOURCES, Known, Source
from fuhua.schemes.models import Agreement, Call
from fuhua.schemes.words import TEST

COMPANIES = ("venture", "firm")


def proven(agreement: Agreement) -> bool:
    """Every test that was agreed on has passed, and there was one."""
    states = set(agreement.milestones.filter(role=TEST).values_list("state", flat=True))
    return states == {"passed"}


def company_of(agreement: Agreement) -> Party | None:
    """The company that what was proven became: the party itself when it is one."""
    return agreement.venture or (agreement.party if agreement.party.sort in COMPANIES else None)


def origins(venture: Party, on: dt.date) -> list[Party]:
    """Whom the venture was spun out of, by ties that both sides confirmed and that hold on a day."""
    ties = Tie.objects.filter(Q(until=None) | Q(until__gt=on), kind=TieKind.SPUN_OUT, since__lte=on)
    ties = ties.exclude(state=TieState.PROPOSED).filter(source__in=family({venture.pk})[venture.pk])
    return list(Party.objects.filter(pk__in=ties.values("target")).order_by("pk"))


def offspring(party: Party) -> QuerySet[Party]:
    """The companies that were spun out of the party, by ties that both sides confirmed."""
    ties = Tie.objects.filter(kind=TieKind.SPUN_OUT, state=TieState.CONFIRMED, target__in=family({party.pk})[party.pk])
    return Party.objects.filter(pk__in=ties.values("source"), sort__in=COMPANIES, merged_into=None).order_by("name", "pk")


def is_spun_out(venture: Party, of: Party, on: dt.date) -> bool:
    """Whether the venture was spun out of that party."""
    return bool(family({of.pk})[of.pk].keys() & {each.pk for each in origins(venture, on)})


def admissions(who: object, now: dt.datetime) -> QuerySet[Call]:
    """The calls, open at ``now``, by which incubators take ventures in."""
    rows = access.CALLS.filter(who, Call.objects.select_related("issuer"))
    return rows.filter(kind="incubator_admission", state="open", opens_at__lte=now, closes_at__gte=now).order_by("closes_at", "pk")


def _read(urn: str, on: dt.date) -> Known | None:
    """The latest conclusion about the party or about what it was spun out of; of several the one that proves."""
    party = in_bulk.live(urn)
    if party is None:
        return None
    told = [each for one in (party, *origins(party, on)) for each in told_of(one.urn, ProofConcluded, on=on)]
    if not told:
        return None
    best = max(told, key=lambda each: (each.fact.result == "proven", each.true_from))
    return Known(best.fact.result == "proven", best.grade, best.true_from, best.digest)


SOURCES.add(Source("proof", t("概念验证结论", "proof of concept"), _read))
