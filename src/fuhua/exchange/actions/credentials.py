"""Every verb of a credential: entered with its certificate, checked by a broker, ended."""

from __future__ import annotations

import datetime as dt
from typing import BinaryIO

from django.db import IntegrityError, transaction

from fuhua.evidence.actions.attachments import attach
from fuhua.evidence.actions.facts import correct, record, void
from fuhua.evidence.facts import BadFact
from fuhua.evidence.words import Grade
from fuhua.exchange import facts
from fuhua.exchange.actions import rfqs
from fuhua.exchange.kinds.scales import QUALITY
from fuhua.exchange.models import Credential
from fuhua.kernel import period
from fuhua.kernel.words import t
from fuhua.parties.models import Party


class BadCredential(BadFact):
    """The credential cannot be entered or changed so; ``text`` says how to mend it."""


@transaction.atomic
def enter(*, party: Party, kind: str, number: str, expires: dt.date, file: BinaryIO, by: str, at: dt.datetime) -> Credential:
    """``party`` holds the qualification ``kind`` until ``expires``, as the certificate in ``file`` shows.

    Requests for quotes that left it out for lack of a credential are opened to it. Raises :class:`BadCredential`.
    """
    if kind not in QUALITY or not number.strip():
        raise BadCredential(t("请选择资质种类并填写证书编号", "choose the kind of credential and give the certificate's number"))
    if expires < period.day(at):
        raise BadCredential(t("该证书已于 {day} 到期，请上传有效证书", "this certificate expired on {day}; enter one in force")
                            .format(day=expires))
    document, _media = attach(file, by=by, at=at)
    told = facts.CredentialTold(subject=party.urn, sort=kind, expires=expires)
    fact = record(told, by=by, at=at, grade=Grade.DECLARED, on_behalf=party.urn, documents=[document])
    try:
        with transaction.atomic():
            row = Credential.objects.create(party=party, kind=kind, number=number.strip(), expires=expires, document=document, fact=fact,
                                            entered_at=at)
    except IntegrityError as twice:
        raise BadCredential(t("该证书已登记", "this certificate is entered already")) from twice
    rfqs.readmit(provider=party, at=at)
    return row


@transaction.atomic
def check(*, credential: Credential, person: int, by: str, at: dt.datetime) -> Credential:
    """A broker compared it with the issuer's register: from now on it is told with that grade."""
    row = _held(credential)
    told = facts.CredentialTold(subject=row.party.urn, sort=row.kind, expires=row.expires)
    row.fact = correct(row.fact, told, by=by, at=at, grade=Grade.REGISTRY, on_behalf=row.party.urn, documents=[row.document])
    row.checked_by_id, row.checked_at = person, at
    row.save()
    return row


@transaction.atomic
def end(*, credential: Credential, by: str, at: dt.datetime) -> Credential:
    """It was entered by mistake, or is no longer held: nobody is asked because of it any more."""
    row = _held(credential)
    row.ended_at = at
    row.save()
    void(row.fact, reason="mistake", by=by, at=at)
    return row


def _held(credential: Credential) -> Credential:
    row = Credential.objects.select_for_update(of=("self",)).select_related("party").get(pk=credential.pk)
    if row.ended_at is not None:
        raise BadCredential(t("该资质已经结束，请刷新查看", "this credential has ended already; reload to see"))
    return row
