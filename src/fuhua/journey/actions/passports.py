"""Passport data of a landing: handed in for the owner of the case, opened with a trace, erased after filing with nothing left of it."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping

from django.db import transaction

from fuhua.evidence.actions.facts import record
from fuhua.evidence.words import Grade
from fuhua.journey.actions.case_rows import BadCase, held
from fuhua.journey.facts import landing_cases as facts
from fuhua.journey.models import LandingCase, Passport
from fuhua.journey.words import LIVE
from fuhua.kernel import locked
from fuhua.kernel.words import t

PURPOSE = "journey.passport"


class NoPassport(BadCase):
    """Nothing is held, or it is erased."""


@transaction.atomic
def keep(*, case: LandingCase, said: Mapping[str, str], by: str, at: dt.datetime) -> Passport:
    """Keep what stands in the passport, locked; it replaces what was handed in before. Raises :class:`BadCase` once the case is over."""
    row = held(case)
    if row.state not in LIVE:
        raise BadCase(t("案例已结束，不再收取护照信息", "the case is over; no passport data is taken any more"))
    token = locked.lock(json.dumps(dict(said), ensure_ascii=False), PURPOSE)
    found, _new = Passport.objects.update_or_create(case=row, defaults={"locked": token, "kept_at": at, "erased_at": None})
    record(facts.PassportKept(subject=row.urn), by=by, at=at, grade=Grade.SYSTEM)
    return found


@transaction.atomic
def read(*, case: LandingCase, by: str, at: dt.datetime) -> dict[str, str]:
    """What stands in the passport; that it was opened is on record. Raises :class:`NoPassport`."""
    row = _kept(case)
    record(facts.PassportOpened(subject=case.urn), by=by, at=at, grade=Grade.SYSTEM)
    found: dict[str, str] = json.loads(locked.opened(row.locked, PURPOSE))
    return found


@transaction.atomic
def erase(*, case: LandingCase, reason: str, by: str, at: dt.datetime) -> Passport:
    """Erase it, for a code of ``words.ERASED``; that it was erased stays on record. Raises :class:`NoPassport`."""
    row = _kept(case)
    fact = facts.PassportErased(subject=case.urn, reason=reason)
    fact.check()
    row.locked, row.erased_at = "", at
    row.save(update_fields=["locked", "erased_at"])
    record(fact, by=by, at=at, grade=Grade.SYSTEM)
    return row


@transaction.atomic
def forget(*, person: str, by: str, at: dt.datetime) -> int:
    """The person (URN) was erased: nothing of their passport stays; returns in how many cases something was held."""
    rows = list(LandingCase.objects.filter(person__urn=person, passport__erased_at=None, passport__isnull=False))
    for each in rows:
        erase(case=each, reason="asked", by=by, at=at)
    return len(rows)


def _kept(case: LandingCase) -> Passport:
    row = Passport.objects.select_for_update().filter(case=case, erased_at=None).first()
    if row is None:
        raise NoPassport(t("没有护照信息，或已删除", "no passport data is held, or it is erased"))
    return row
