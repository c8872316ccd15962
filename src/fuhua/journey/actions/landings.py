"""Landings from abroad: land, find active at 6 and 12 months, lapse; a person or a project is in one case only."""

from __future__ import annotations

import datetime as dt

from django.db import IntegrityError, transaction
from django.db.models import Q

from fuhua.evidence.actions.verbs import Verb
from fuhua.evidence.facts import BadFact
from fuhua.journey import facts
from fuhua.journey.models import Landing
from fuhua.journey.queries import landing_kin
from fuhua.kernel.words import t


class LandedAlready(BadFact):
    """The person, the project or the case is already on record; ``text`` names the case."""


class _Case:
    """Keeps the row of a landing case in step with its fact."""

    def keep(self, fact: facts.Landed, _on: dt.date, digest: str, replaced: str | None) -> None:
        _require_new(fact)
        row = Landing() if replaced is None else Landing.objects.get(digest=replaced)
        row.urn, row.person, row.project, row.digest = fact.subject, fact.person, fact.project, digest
        try:
            with transaction.atomic():
                row.save()
        except IntegrityError as wrong:
            raise _already(_case_of(fact)) from wrong

    def drop(self, _fact: facts.Landed, digest: str) -> None:
        Landing.objects.filter(digest=digest).delete()


def _already(case: str) -> LandedAlready:
    return LandedAlready(t("该人才或项目已在落地案例 {case} 中，请在该案例上更正",
                           "the person or project is in the case {case}; correct that one").format(case=case))


def _require_new(fact: facts.Landed) -> None:
    """Neither is in another case under another record of theirs, nor on the way in a case that was opened for them."""
    same = landing_kin.kin([fact.person, fact.project])
    for each in (*landing_kin.landings(same.values(), but=fact.subject), *landing_kin.live_cases(same, but=fact.subject)):
        raise _already(each.urn)


def _case_of(fact: facts.Landed) -> str:
    same = Q(urn=fact.subject)
    if fact.person:
        same |= Q(person=fact.person)
    if fact.project:
        same |= Q(project=fact.project)
    return Landing.objects.filter(same).values_list("urn", flat=True).first() or fact.subject


land = Verb(facts.Landed, state=_Case())
confirm_active = Verb(facts.LandingActive, after=facts.Landed)
lapse = Verb(facts.LandingLapsed, after=facts.Landed)
