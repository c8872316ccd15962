"""Accept an agreement on confidentiality, which opens the confidential part of a request, and read that with a trace."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from fuhua.evidence.actions import documents
from fuhua.evidence.actions.facts import record
from fuhua.evidence.facts import BadFact
from fuhua.evidence.words import Grade
from fuhua.exchange import facts
from fuhua.exchange.actions import rfqs
from fuhua.exchange.actions.sealed import Rivals
from fuhua.exchange.kinds import nda
from fuhua.exchange.models import Invitation, Nda
from fuhua.exchange.queries.conflicts import rivals
from fuhua.exchange.queries.rfqs import ASKED, askers, consent_of, discloser, thing_of, title_of
from fuhua.exchange.words import QUOTING
from fuhua.kernel import period
from fuhua.kernel.words import t
from fuhua.parties.actions import consents
from fuhua.parties.models import Consent, Opening, Party


class BadNda(BadFact):
    """The agreement cannot be accepted, or nothing is opened by it; ``text`` says why."""


@transaction.atomic
def accept(*, invitation: Invitation, person: Party, by: str, at: dt.datetime) -> Nda:
    """The provider accepts the agreement as it stands; what is confidential opens to it until the matter is over.

    The asker agreed to that when sending a request with confidential fields, so the consent is given in the sender's name.
    """
    row = rfqs.held_invitation(invitation)
    _require_asked(row)
    if hasattr(row, "nda"):
        return row.nda
    rfqs.require_open(row, at)
    if not row.rfq.need.sealed:
        raise BadNda(t("这次询价没有保密内容，可直接报价", "nothing in this request is confidential; quote at once"))
    _require_no_rival(row)
    host, on = discloser(row.rfq), period.day(at)
    written = nda.text(sides=((nda.DISCLOSING, host.name), (nda.RECEIVING, row.provider.name)), matter=title_of(row.rfq).zh,
                       number=f"NDA-{on.year}-{row.pk:06d}", on=on.isoformat())
    digest = documents.keep(written.encode(), media_type="text/plain", by=by, at=at)
    consent = _opened(row, host, at)
    expires = period.add_months(on, 12 * nda.YEARS)
    promise = Nda.objects.create(invitation=row, discloser=host, person=person, template=nda.TEMPLATE, digest=digest, consent=consent,
                                 expires=expires, at=at)
    record(facts.NdaAccepted(subject=row.rfq.need.urn, provider=row.provider.urn, expires=expires), by=by, at=at, grade=Grade.SYSTEM,
           on_behalf=row.provider.urn, documents=[digest])
    return promise


@transaction.atomic
def renew(invitation: Invitation, *, at: dt.datetime) -> None:
    """Open what was closed again, under the promise that stands: another quote was chosen first, and that order fell."""
    if not hasattr(invitation, "nda") or consent_of(invitation, at) is not None or _until(invitation) <= at:
        return
    promise = invitation.nda
    promise.consent = _opened(invitation, promise.discloser, at)
    promise.save(update_fields=["consent"])


def _until(row: Invitation) -> dt.datetime:
    return max(row.rfq.deadline, period.end_of(row.rfq.need.deadline))


def _opened(row: Invitation, host: Party, at: dt.datetime) -> Consent:
    return consents.give(giver=host, reader=row.provider, thing=thing_of(row.rfq), purpose=QUOTING.zh, expires=_until(row),
                         by=row.rfq.sent_by.urn, at=at)


@transaction.atomic
def read(*, invitation: Invitation, person: Party, by: str, at: dt.datetime) -> Opening:
    """Log that ``person`` reads the confidential part now; refused without the agreement, to a rival, and once it is over."""
    row = rfqs.held_invitation(invitation)
    _require_asked(row)
    consent = consent_of(row, at)
    if consent is None:
        raise BadNda(t("请先接受保密协议；询价结束后不能再查阅",
                       "accept the agreement on confidentiality first; once the request is over it stays closed"))
    _require_no_rival(row)
    return consents.open(consent, person=person, by=by, at=at)


def _require_asked(row: Invitation) -> None:
    if row.state not in ASKED:
        raise BadNda(t("贵单位未受邀报价或逾期未答复，不能查阅保密内容",
                       "you were not asked to quote, or did not answer in time, so it stays closed"))


def _require_no_rival(row: Invitation) -> None:
    if rivals(row.provider_id, {asker.pk for asker in askers(row.rfq)}):
        raise Rivals
