"""Keep two organisations apart that only look like one, and undo that."""

from __future__ import annotations

import datetime as dt

from django.db import IntegrityError, transaction

from fuhua.evidence.actions.facts import record
from fuhua.evidence.facts import BadFact
from fuhua.evidence.words import Grade
from fuhua.kernel.words import t
from fuhua.parties import facts, models


class BadPair(BadFact):
    """The two cannot be kept apart, or not undone; ``text`` says how to mend it."""


@transaction.atomic
def keep_apart(
    one: models.Party, other: models.Party, *, reason: str, by: str, at: dt.datetime
) -> models.Apart:
    """Say that the two are not one, for a reason of ``words.APART``; the desk of duplicates shows them no more."""
    if one.pk == other.pk:
        raise BadPair(t("请选择两个不同的组织", "choose two different organisations"))
    first, second = sorted((one, other), key=lambda party: party.pk)
    record(facts.KeptApart(subject=first.urn, other=second.urn, reason=reason), by=by, at=at, grade=Grade.SYSTEM)
    person = models.Party.objects.filter(urn=by).first()
    try:
        with transaction.atomic():
            return models.Apart.objects.create(first=first, second=second, reason=reason, by=person, since=at)
    except IntegrityError as wrong:
        raise BadPair(
            t("这一对已经标为“不是重复”", "these two are already marked as not duplicates")
        ) from wrong


@transaction.atomic
def undo_apart(apart: models.Apart, *, by: str, at: dt.datetime) -> models.Apart:
    """Ask again whether the two are one: the pair comes back to the desk."""
    apart = models.Apart.objects.select_for_update(of=("self",)).select_related("first", "second").get(pk=apart.pk)
    if apart.undone_at is not None:
        raise BadPair(t("该标记已经撤销", "this mark has been undone already"))
    apart.undone_at = at
    apart.save(update_fields=["undone_at"])
    record(
        facts.ApartUndone(subject=apart.first.urn, other=apart.second.urn), by=by, at=at, grade=Grade.SYSTEM
    )
    return apart
