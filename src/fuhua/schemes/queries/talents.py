"""Reads of talents: the derived record of a person with grades, who is interested in a vacancy and why they fit, readings, credentials."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from fuhua.evidence.facts import META
from fuhua.evidence.proof.resolve import standing
from fuhua.evidence.queries import records, told_of
from fuhua.evidence.words import Grade
from fuhua.parties.facts import TieConfirmed
from fuhua.parties.models import Consent, Tie
from fuhua.parties.queries import live_consents
from fuhua.parties.words import OFFICES, TieKind, TieState
from fuhua.schemes import access
from fuhua.schemes.facts import talents as facts
from fuhua.schemes.kinds.training import Fit, fit
from fuhua.schemes.models import Application, Credential, Interest, Placement, Practicum, Readable, Talent, Vacancy
from fuhua.schemes.words import FUTURE_FIELDS

_HELD = (TieKind.OWNS, TieKind.INVESTS)


@dataclass(frozen=True)
class Line:
    """One line of a derived record: ``what`` (a key of ``words.TRACK``), with whom, as what, from when until when, and its grade."""

    what: str
    name: str
    said: Any
    since: dt.date
    until: dt.date | None
    grade: str


def pool(who: Any) -> QuerySet[Talent]:
    """The people of the pool whom the reader may see, newest first."""
    return access.TALENTS.filter(who, Talent.objects.select_related("person", "house")).order_by("-pk")


def awards_to_join(person_id: int | None) -> list[Application]:
    """The awarded applications to the course with which the person is not in the pool yet."""
    joined = Talent.objects.filter(Q(application=OuterRef("pk")) | Q(person=OuterRef("applicant"), state="member"))
    rows = Application.objects.filter(applicant=person_id, state="awarded", call__kind="talent_course").exclude(Exists(joined))
    return list(rows.select_related("call").order_by("pk"))


def track_of(talent: Talent, on: dt.date) -> list[Line]:
    """What is on record of the person on a day, newest first: confirmed ties, credentials and placements; never their own words."""
    mine = Q(source=talent.person_id) | Q(target=talent.person_id, kind=TieKind.EMPLOYS)
    ties = list(Tie.objects.filter(mine, since__lte=on).exclude(confirmed_by=None).select_related("source", "target"))
    grades = _grades(ties, on)
    lines = [line for tie in ties for line in _of_tie(tie, talent.person_id, grades.get(_key(tie), Grade.COUNTERPART))]
    lines += [Line("credential", each.number, None, each.issued, each.expires, "system")
              for each in talent.credentials.filter(issued__lte=on)]
    lines += [Line("placement", each.house.name, each.post, each.tie.since, each.tie.until, "counterpart")
              for each in talent.placements.exclude(state__in=["proposed", "lapsed"]).select_related("house", "tie")]
    return sorted(lines, key=lambda line: (line.since, line.what), reverse=True)


def _of_tie(tie: Tie, person: int, grade: Grade) -> Iterable[Line]:
    kind, name, word = tie.kind, (tie.source if tie.target_id == person else tie.target).name, grade.name.lower()
    if kind == TieKind.EMPLOYS and tie.target_id == person:
        yield Line("founded" if tie.office == "founder" else "employment", name, OFFICES.get(tie.office), tie.since, tie.until, word)
    elif kind in _HELD and tie.state == TieState.ENDED:
        yield Line("exit", name, None, tie.since, tie.until, word)
    elif kind in _HELD:
        yield Line("holding", name, None, tie.since, None, word)
    elif kind == TieKind.MENTORS:
        yield Line("mentoring", name, None, tie.since, tie.until, word)


def _key(tie: Tie) -> tuple[str, str, str, str]:
    return tie.source.urn, tie.kind, tie.target.urn, tie.office


def _grades(ties: Iterable[Tie], on: dt.date) -> dict[tuple[str, str, str, str], Grade]:
    """The grade of each tie's latest standing confirmation; a tie whose fact has no number yet is left out."""
    houses = sorted({tie.source.urn for tie in ties})
    told = standing(list(records([TieConfirmed.KIND, *(kind.KIND for kind in META)], subjects=houses)), on).told
    return {(one.subject, one.fact.tie, one.fact.target, one.fact.office): Grade(one.grade) for one in told}


def certified(on: dt.date) -> QuerySet[Credential]:
    """The credentials in force on a day of an outer talent."""
    return Credential.objects.filter(talent=OuterRef("pk"), expires__gte=on, issued__lte=on)


def vacancies(*, every: bool) -> QuerySet[Vacancy]:
    """Vacancies, the newest first; only open ones unless ``every``."""
    rows = Vacancy.objects.select_related("house").order_by("-pk")
    return rows if every else rows.filter(closed_at=None)


@dataclass(frozen=True)
class Candidate:
    """Somebody interested in a vacancy who opened their record to its house, and how well they fit."""

    talent: Talent
    fit: Fit
    at: dt.datetime


def candidates(vacancy: Vacancy, at: dt.datetime, on: dt.date) -> tuple[list[Candidate], int]:
    """Who is interested and lets the house read their record, the best fit first and then whoever came first; and how many do not."""
    held = Credential.objects.filter(talent=OuterRef("talent"), expires__gte=on, issued__lte=on)
    live = live_consents(at).filter(giver=OuterRef("talent__person"), thing=OuterRef("talent__urn"), reader=vacancy.house_id)
    rows = (Interest.objects.filter(vacancy=vacancy, talent__state="member").annotate(certified=Exists(held), opened=Exists(live))
            .select_related("talent__person"))
    found, closed, names = [], 0, FUTURE_FIELDS.ever()
    for row in rows:
        if not row.opened:
            closed += 1
            continue
        person = row.talent
        found.append(Candidate(person, fit(wanted=vacancy.fields, fields=person.fields, names=names, certified=row.certified,
                                           starts=person.starts, by=vacancy.starts), row.at))
    return sorted(found, key=lambda each: (-each.fit.points, each.at)), closed


def consents_of(talent: Talent, at: dt.datetime) -> list[Consent]:
    """Which houses may read the record now, oldest first."""
    return list(live_consents(at).filter(giver=talent.person_id, thing=talent.urn).select_related("reader").order_by("pk"))


def practicums(who: Any) -> QuerySet[Practicum]:
    """The practicums that the reader may see, newest first."""
    rows = Practicum.objects.select_related("talent__person", "venture", "host", "tutor")
    return access.PRACTICUMS.filter(who, rows).order_by("-pk")


def readables(row: Practicum, at: dt.datetime) -> list[Readable]:
    """What the trainee may read of the venture now."""
    return list(row.readables.filter(consent__in=live_consents(at)).select_related("consent").order_by("pk"))


def placements(who: Any) -> QuerySet[Placement]:
    """The placements that the reader may see, newest first."""
    rows = Placement.objects.select_related("talent__person", "house", "tie", "credential")
    return access.PLACEMENTS.filter(who, rows).order_by("-pk")


def described(rows: QuerySet[Talent], on: dt.date) -> QuerySet[Talent]:
    """The people with ``certified``, whether they hold a credential in force, and ``working``, where they are placed now."""
    now = Placement.objects.filter(state__in=["employed", "kept"], tie__until=None).select_related("house")
    return rows.annotate(certified=Exists(certified(on))).prefetch_related(Prefetch("placements", now, "working"))


def credential_of(number: str) -> Credential | None:
    """The credential of that number, however it is written."""
    rows = Credential.objects.select_related("talent__person", "issuer")
    return rows.filter(number=number.strip().upper()).first()


def standing_of(row: Credential, on: dt.date) -> str:
    """``valid`` or ``expired`` on a day, ``void`` when its fact no longer stands."""
    told = told_of(row.talent.person.urn, facts.CredentialIssued, on=on)
    if row.urn not in {one.fact.credential for one in told}:
        return "void"
    return "valid" if on <= row.expires else "expired"

