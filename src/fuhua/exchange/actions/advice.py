"""Advice of a session is kept as it was given; what contradicts other advice stands beside it, with what the founder chose."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from fuhua.evidence.actions.facts import record
from fuhua.evidence.words import Grade
from fuhua.exchange.actions.mentoring import BadMentoring, writable, written
from fuhua.exchange.facts import mentoring as facts
from fuhua.exchange.models import Advice, Clash, Mentoring
from fuhua.exchange.words import CLASH_CHOICES
from fuhua.kernel.words import t


@transaction.atomic
def advise(*, session: Mentoring, person: int, text: str, by: str, at: dt.datetime) -> Advice:
    """Write down a piece of advice of the session, for good."""
    row = writable(session)
    if not text.strip():
        raise BadMentoring(t("请写下建议", "write the advice down"))
    made = Advice.objects.create(session=row, person_id=person, text=text.strip()[:1_000], at=at)
    written(row=row, part="advice", by=by, at=at)
    return made


@transaction.atomic
def clash(*, advice: Advice, against: Advice, person: int, by: str, at: dt.datetime) -> Clash:
    """Mark that two pieces of advice to one organisation contradict each other; both stay. Marked twice they are marked once."""
    writable(advice.session)
    if advice.pk == against.pk or advice.session.mentee_id != against.session.mentee_id:
        raise BadMentoring(t("请选择给同一单位的另一条建议", "choose another piece of advice to the same organisation"))
    first, second = sorted((advice, against), key=lambda each: each.pk)
    found, new = Clash.objects.get_or_create(first=first, second=second, defaults={"person_id": person, "at": at})
    if new:
        record(facts.AdviceClashed(subject=second.session.urn, against=first.session.urn), by=by, at=at, grade=Grade.SYSTEM)
    return found


@transaction.atomic
def choose(*, clash: Clash, choice: str, why: str, person: int, by: str, at: dt.datetime) -> Clash:
    """The organisation says which it follows, and why; it may think again, and the latest word holds."""
    row = Clash.objects.select_for_update(of=("self",)).select_related("second__session__mentee").get(pk=clash.pk)
    if choice not in CLASH_CHOICES or not why.strip():
        raise BadMentoring(t("请选择采纳哪一条，并写明理由", "choose what you follow, and say why"))
    row.choice, row.why, row.chosen_by_id, row.chosen_at = choice, why.strip()[:500], person, at
    row.save()
    session = row.second.session
    record(facts.AdviceChosen(subject=session.urn, choice=choice), by=by, at=at, grade=Grade.SYSTEM, on_behalf=session.mentee.urn)
    return row
