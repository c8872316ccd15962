"""Sign a task agreement: each side once, the same text; with the second signature it is sealed and the first tranches fall due."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from fuhua.desk.actions import clocks, notices
from fuhua.desk.words import NoticeKind
from fuhua.evidence.actions import papers
from fuhua.evidence.words import Grade
from fuhua.kernel import period
from fuhua.kernel.ui import formats
from fuhua.kernel.words import t
from fuhua.parties.models import Party
from fuhua.schemes.actions import agreements, milestones, tranches
from fuhua.schemes.actions.agreements import SIGNING, BadAgreement, held, incubator_of, is_benchmark, tell, title_of, url_of
from fuhua.schemes.facts import money
from fuhua.schemes.flow import AGREEMENT
from fuhua.schemes.models import Agreement


class Changed(BadAgreement):
    """The text is not the one that the signer read."""


@transaction.atomic
def sign(*, agreement: Agreement, side: str, person: int, document: str, by: str, at: dt.datetime) -> Agreement:
    """The ``side`` (``party`` or ``issuer``) signs by its ``person`` (party id) the text of that digest, which they have read.

    The second signature puts it in force. Raises :class:`Changed`, :class:`BadAgreement` when that side has signed, and ``WrongState``.
    """
    row = held(agreement)
    AGREEMENT.after(row.state, "sign")
    if document != row.document:
        raise Changed(t("任务书文本与您阅读的不同，请重新阅读后签署", "this is not the text you read; read it again before you sign"))
    if getattr(row, f"{side}_signed_at") is not None:
        raise BadAgreement(t("贵单位已经签署，请等待对方", "your side has signed it; wait for the other"))
    setattr(row, f"{side}_signed_at", at)
    setattr(row, f"{side}_signer_id", person)
    party = row.party if side == "party" else row.issuer
    notices.settle(about=row.urn, at=at, kinds=(NoticeKind.PART,), to=party.pk)
    if row.party_signed_at is None or row.issuer_signed_at is None:
        row.save()
        if side == "party":  # the issuer is waited for now
            clocks.hand_over(about=row.urn, name=SIGNING, to=row.issuer_id)
        tell(money.TaskSideSigned(subject=row.urn, side=party.urn), by=by, at=at, behalf=party, documents=[row.document])
        return row
    return _in_force(row, party, by=by, at=at)


def _in_force(row: Agreement, party: Party, *, by: str, at: dt.datetime) -> Agreement:
    row.state, row.signed_at = AGREEMENT.after(row.state, "sign"), at
    rows = [[label, side.name, signer.name, formats.clock(when).zh] for label, side, signer, when in (
        ("甲方", row.issuer, row.issuer_signer, row.issuer_signed_at), ("乙方", row.party, row.party_signer, row.party_signed_at))]
    paper = papers.sealed(papers.read(row.document), title="签署记录", rows=rows, digest=row.document, at=at)
    row.sealed = papers.kept(paper, by=by, at=at)
    row.save()
    clocks.stop(about=row.urn, name=SIGNING, at=at)
    notices.settle(about=row.urn, at=at)
    tell(money.TaskSigned(subject=row.urn, party=row.party.urn, sort=row.application.call.kind, starts=row.starts, ends=row.ends),
         by=by, at=at, behalf=party, documents=[row.document, row.sealed])
    if is_benchmark(row):
        _tell_incubator(row, by=by, at=at)
    elif (incubator := incubator_of(row)) is not None:
        _tell_field(row, incubator, by=by, at=at)
    for each in row.milestones.order_by("number"):
        milestones.run_clock(row, each, at)
    for each in row.tranches.filter(milestone=None).order_by("number", "level"):
        tranches.fall_due(row, each, each.amount, by=by, at=at)
    if row.steward_id:
        notices.news(about=row.urn, title=title_of(row), url=url_of(row), at=at, to=row.steward_id)
    return row


def _tell_incubator(row: Agreement, *, by: str, at: dt.datetime) -> None:
    """The facts by which indicators know benchmark incubators: the agreement, and its tier."""
    said, edition = row.application.values, row.application.call.edition or str(period.day(at).year)
    told = {"subject": row.party.urn, "edition": edition, "tier": said.get("tier") or "cultivation", "district": row.party.district,
            "by": by, "at": at, "grade": Grade.SYSTEM, "documents": [row.sealed], "on_behalf": row.issuer.urn}
    agreements.sign(**told, field=said.get("field") or "")
    agreements.set_tier(**told)


def _tell_field(row: Agreement, incubator: Party, *, by: str, at: dt.datetime) -> None:
    """The fact by which indicator I5 knows a future-field incubator: the field is the one of the application as it was handed in."""
    edition = row.application.call.edition or str(period.day(at).year)
    agreements.sign(subject=incubator.urn, edition=edition, field=row.application.values["field"], task=row.urn,
                    district=incubator.district or row.party.district, by=by, at=at, grade=Grade.SYSTEM, documents=[row.sealed],
                    on_behalf=row.issuer.urn)
