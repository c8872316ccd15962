"""Give and withdraw consent to read one thing for one purpose until a day, and log every opening."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from fuhua.evidence.actions.facts import record
from fuhua.evidence.facts import BadFact
from fuhua.evidence.words import Grade
from fuhua.kernel import period
from fuhua.kernel.words import t
from fuhua.parties import facts, models


class BadConsent(BadFact):
    """The consent cannot be given, withdrawn or used like this; ``text`` says how to mend it."""


@transaction.atomic
def give(
    *,
    giver: models.Party,
    reader: models.Party,
    thing: str,
    purpose: str,
    expires: dt.datetime,
    by: str,
    at: dt.datetime,
) -> models.Consent:
    """``giver`` lets ``reader`` read ``thing`` (a URN or an ASCII code) for ``purpose`` until ``expires``."""
    purpose = purpose.strip()
    if not purpose or len(purpose) > 200:
        raise BadConsent(t("请写明查阅目的（1 至 200 字）", "say in 1 to 200 characters what it is to be read for"))
    if expires <= at:
        raise BadConsent(t("到期时间须晚于现在", "the expiry must lie in the future"))
    if giver.pk == reader.pk:
        raise BadConsent(
            t("无需授权给自己，请选择其他主体", "no consent is needed to read one's own; choose another reader")
        )
    consent = models.Consent.objects.create(
        giver=giver, reader=reader, thing=thing, purpose=purpose, since=at, expires=expires
    )
    record(
        facts.ConsentGiven(subject=giver.urn, reader=reader.urn, thing=thing, expires=period.day(expires)),
        by=by,
        at=at,
        grade=Grade.SYSTEM,
        on_behalf=giver.urn,
    )
    return consent


@transaction.atomic
def withdraw(consent: models.Consent, *, by: str, at: dt.datetime) -> models.Consent:
    """The giver takes it back: nothing opens from now on; what was opened stays in the log."""
    consent = _held(consent)
    if consent.withdrawn_at is not None:
        raise BadConsent(t("该授权已经撤回", "this consent has already been withdrawn"))
    consent.withdrawn_at = at
    consent.save(update_fields=["withdrawn_at"])
    record(
        facts.ConsentWithdrawn(subject=consent.giver.urn, reader=consent.reader.urn, thing=consent.thing),
        by=by,
        at=at,
        grade=Grade.SYSTEM,
    )
    return consent


@transaction.atomic
def open(consent: models.Consent, *, person: models.Party, by: str, at: dt.datetime) -> models.Opening:
    """Log that ``person`` reads under this consent now; :class:`BadConsent` once it is withdrawn or has expired."""
    consent = _held(consent)
    if consent.withdrawn_at is not None or not consent.since <= at < consent.expires:
        raise BadConsent(
            t(
                "授权已撤回或已到期，请向授权方重新申请",
                "the consent was withdrawn or has expired; ask the giver for another",
            )
        )
    opening = models.Opening.objects.create(consent=consent, by=person, at=at)
    record(
        facts.ConsentOpened(subject=consent.giver.urn, reader=person.urn, thing=consent.thing),
        by=by,
        at=at,
        grade=Grade.SYSTEM,
        on_behalf=consent.reader.urn,
    )
    return opening


def _held(consent: models.Consent) -> models.Consent:
    return models.Consent.objects.select_for_update(of=("self",)).select_related("giver", "reader").get(pk=consent.pk)
