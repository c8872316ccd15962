"""Reads of agreements: whose turn, lists, one with all that its page shows, and the awards that wait for one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from fuhua.desk.models import Clock
from fuhua.kernel import period
from fuhua.kernel.urn import identity_of, of
from fuhua.parties.models import Party, Tie
from fuhua.parties.queries import Who, directory
from fuhua.parties.queries.timeline import timeline
from fuhua.parties.words import TieKind, TieState
from fuhua.schemes import access
from fuhua.schemes.kinds.measures import MEASURES, Count
from fuhua.schemes.models import Agreement, Application, Change, Milestone, Paper, Tranche
from fuhua.schemes.queries.measures import counted

VIEWS = ("waiting", "running", "done", "all")
_TOLD = ("schemes.task_", "schemes.milestone_", "schemes.tranche_", "schemes.recovery_", "schemes.cost_", "schemes.change_",
         "schemes.steward_", "schemes.grant_")


def waits_for(who: Who) -> Q:
    """The agreements in which the reader, or an organisation of theirs, must act next."""
    ours = who.acts_for()
    mine = Q(party__in=ours) | Q(party=who.party_id) | Q(venture__in=ours)
    open_milestone = Exists(Milestone.objects.filter(agreement=OuterRef("pk"), state__in=["due", "deferred"]))
    claimed = Exists(Milestone.objects.filter(agreement=OuterRef("pk"), state="claimed"))
    to_pay = Exists(Tranche.objects.filter(agreement=OuterRef("pk"), state="due", payer__in=ours))
    to_return = Exists(Tranche.objects.filter(agreement=OuterRef("pk"), state="recovering"))
    asked = Exists(Change.objects.filter(agreement=OuterRef("pk"), state="asked"))
    return ((mine & (Q(state="draft", party_signed_at=None) | (Q(state="signed") & open_milestone) | to_return))
            | (Q(issuer__in=ours) & (Q(state="draft", issuer_signed_at=None) | asked)) | (Q(verifier=who.party_id) & claimed) | to_pay)


def listed(who: Who, view: str) -> QuerySet[Agreement]:
    """The agreements that the reader may see, newest first, narrowed to a view (``VIEWS``)."""
    rows = access.AGREEMENTS.filter(who, Agreement.objects.select_related("party", "steward", "application__call")).order_by("-pk")
    if view == "waiting":
        return rows.filter(waits_for(who))
    if view == "running":
        return rows.filter(state__in=["draft", "signed"])
    return rows.filter(state__in=["finished", "renewed", "ended"]) if view == "done" else rows


def awards(who: Who) -> QuerySet[Application]:
    """Awarded applications that the reader may draw an agreement up for, and that have none."""
    live = Agreement.objects.filter(application=OuterRef("pk")).exclude(state="ended", signed_at=None)
    rows = access.DRAWS_UP.filter(who, Application.objects.select_related("applicant", "call"))
    return rows.filter(~Exists(live), state="awarded").order_by("pk")


def bearers(*offices: str) -> QuerySet[Party]:
    """People who hold one of the offices now, by name."""
    ties = Tie.objects.filter(kind=TieKind.EMPLOYS, state=TieState.CONFIRMED, until=None, office__in=offices)
    return Party.objects.filter(pk__in=ties.values("target_id")).order_by("name")


def organisations(*sorts: str) -> QuerySet[Party]:
    """Organisations of those sorts that were not merged into others, by name."""
    return directory.organisations().filter(sort__in=sorts).order_by("name")


@dataclass(frozen=True)
class Goal:
    """A milestone with what facts count of it by now (None: no fact speaks to it), its clock and its unit."""

    it: Milestone
    count: Count | None
    clock: Clock | None
    unit: Any
    measure: Any


@dataclass(frozen=True)
class Pair:
    """The tranches of one number side by side: the city's and the district's, each with its clock."""

    number: int
    milestone: Milestone | None
    city: Tranche | None
    district: Tranche | None
    clocks: dict[int, Clock]


@dataclass(frozen=True)
class AgreementPage:
    """All that the page of an agreement shows."""

    agreement: Agreement
    goals: list[Goal]
    pairs: list[Pair]
    changes: list[Change]
    papers: list[Paper]
    costs: list[Any]
    handovers: list[Any]
    assessments: list[Any]
    history: list[dict[str, Any]]


def agreement_page(agreement: Agreement, now: dt.datetime) -> AgreementPage:
    """One agreement with its milestones counted by the day of ``now``."""
    today = period.day(now)
    tranches = list(agreement.tranches.select_related("payer", "milestone").order_by("number", "level"))
    goals = list(agreement.milestones.select_related("judged_by").order_by("number"))
    return AgreementPage(
        agreement=agreement, goals=_goals(agreement, goals, today), pairs=_pairs(agreement, tranches),
        changes=list(agreement.changes.select_related("milestone").order_by("-pk")), papers=list(agreement.papers.order_by("-pk")),
        costs=[each for one in agreement.tranches.prefetch_related("costs") for each in one.costs.all()],
        handovers=list(agreement.handovers.select_related("former", "steward").order_by("-pk")),
        assessments=list(agreement.assessments.select_related("appeal").order_by("-year")), history=timeline(agreement.urn, _TOLD, today))


def _goals(agreement: Agreement, rows: list[Milestone], today: dt.date) -> list[Goal]:
    identity = identity_of(agreement.urn)
    clocks = running({of("milestone", f"{identity}.{each.number}") for each in rows})
    said: dict[str, Count | None] = {}
    if agreement.signed_at is not None:
        since = period.day(agreement.signed_at)
        said = {code: counted(code, agreement.party.urn, since, min(today, agreement.ends)) for code in {each.measure for each in rows}}
    return [Goal(each, said.get(each.measure), clocks.get(of("milestone", f"{identity}.{each.number}")), MEASURES[each.measure].unit,
                 MEASURES[each.measure].label) for each in rows]


def _pairs(agreement: Agreement, rows: list[Tranche]) -> list[Pair]:
    identity = identity_of(agreement.urn)
    urns = {each.pk: of("tranche", f"{identity}.{each.level}.{each.number}") for each in rows}
    clocks = running(urns.values())
    by_number: dict[int, dict[str, Tranche]] = {}
    for each in rows:
        by_number.setdefault(each.number, {})[each.level] = each
    return [Pair(number, next(iter(pair.values())).milestone, pair.get("city"), pair.get("district"),
                 {each.pk: clocks[urns[each.pk]] for each in pair.values() if urns[each.pk] in clocks})
            for number, pair in sorted(by_number.items())]


def running(about: Iterable[str]) -> dict[str, Clock]:
    """URN of a thing → the clock that runs for it."""
    rows = Clock.objects.filter(about__in=set(about), stopped_at=None).select_related("to").order_by("pk")
    return {clock.about: clock for clock in rows}


def documents_of(agreement: Agreement) -> dict[str, str]:
    """SHA-256 → name, of everything that may be downloaded from its page."""
    found = {each.document: f"{each.number}{'.json' if each.sort == 'care' else '.pdf'}" for each in agreement.papers.all()}
    if (made := getattr(agreement, "conversion", None)) is not None:
        found[made.appraisal] = f"{agreement.number}-appraisal"
    found |= {agreement.sealed: f"{agreement.number}-signed.pdf"}
    found |= {each["digest"]: f"{agreement.number}-milestone-{one.number}-{no}"
              for one in agreement.milestones.all() for no, each in enumerate(one.documents, 1)}
    for one in agreement.tranches.prefetch_related("costs"):
        found |= {each.document: f"{agreement.number}-invoice-{each.invoice}" for each in one.costs.all()}
    return {digest: name for digest, name in found.items() if digest}
