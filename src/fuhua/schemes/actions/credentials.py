"""Credentials (实训合格证书): issued to whoever passed both assessments, numbered and sealed; the person may show their name."""

from __future__ import annotations

import datetime as dt
import hashlib

from django.db import transaction
from django.urls import reverse

from fuhua.desk.actions import notices
from fuhua.desk.actions.asks import numbered
from fuhua.evidence.actions import papers
from fuhua.evidence.actions.facts import record
from fuhua.evidence.facts import BadFact
from fuhua.evidence.words import Grade
from fuhua.kernel import period, urn
from fuhua.kernel.ui import formats
from fuhua.kernel.words import t
from fuhua.parties.models import Party
from fuhua.schemes.actions import practicums
from fuhua.schemes.facts import talents as facts
from fuhua.schemes.flow import PRACTICUM
from fuhua.schemes.kinds.training import VALID_MONTHS
from fuhua.schemes.models import Credential, Practicum
from fuhua.schemes.words import ORIGINS


class BadCredential(BadFact):
    """The credential cannot be issued or changed like this; ``text`` says how to mend it."""


def url_of(row: Credential) -> str:
    """The public page on which the credential is verified."""
    return reverse("schemes:credential", kwargs={"number": row.number})


@transaction.atomic
def issue(*, practicum: Practicum, issuer: Party, by: str, at: dt.datetime) -> Credential:
    """Number, print and seal the credential of a practicum that both sides passed. Raises ``WrongState`` for any other."""
    row = practicums.held(practicum)
    row.state = PRACTICUM.after(row.state, "certify")
    person, today = row.talent.person, period.day(at)
    if person.urn == by:
        raise BadCredential(t("不能给自己发证", "nobody certifies themselves"))
    number = numbered("BJ-FH", "schemes.credential", at)
    expires = period.add_months(today, VALID_MONTHS)
    paper = papers.kept(_paper(row, number, issuer, expires, at), by=by, at=at)
    credential = Credential(urn=urn.new("credential"), number=number, talent=row.talent, practicum=row, issuer=issuer, issued=today,
                            expires=expires, document=paper)
    credential.digest = record(
        facts.CredentialIssued(subject=person.urn, credential=credential.urn, practicum=row.urn, serial=number, origin=row.talent.origin,
                               expires=expires),
        by=by, at=at, grade=Grade.SYSTEM, on_behalf=issuer.urn, documents=[paper])
    credential.save()
    row.save(update_fields=["state"])
    notices.settle(about=row.urn, at=at)
    said = t("实训合格证书已颁发：{number}", "your practicum credential has been issued: {number}").format(number=number)
    notices.news(about=credential.urn, title=said, url=url_of(credential), at=at, to=person.pk)
    return credential


def _paper(row: Practicum, number: str, issuer: Party, expires: dt.date, at: dt.datetime) -> bytes:
    said = {
        "number": number, "foot": f"{number} · {formats.day(at).zh}", "title": "孵化人才实训合格证书",
        "rows": [["姓名", row.talent.person.name], ["来自", ORIGINS[row.talent.origin].zh], ["证书编号", number],
                 ["实训", f"{row.number}　{formats.day(row.starts).zh}至{formats.day(row.ends).zh}"], ["实训企业", row.venture.name],
                 ["带教孵化器", row.host.name], ["有效期至", formats.day(expires).zh]],
        "paragraphs": ["持证人完成孵化人才实训，经实训企业和带教导师分别考核，均为合格，特发此证。",
                       "在平台“证书查验”页面输入编号，可查验本证书是否有效。"],
        "issuer": issuer.name, "day": formats.day(at).zh,
    }
    paper = papers.pdf_of("schemes/notice.typ", said, at=at)
    return papers.sealed(paper, title="颁发记录", rows=[["颁发", issuer.name, number, formats.clock(at).zh]],
                         digest=hashlib.sha256(paper).hexdigest(), at=at)


@transaction.atomic
def show_name(*, credential: Credential, shown: bool, by: str, at: dt.datetime) -> Credential:
    """The person lets everybody who verifies the number see their name, or hides it again; saying the same twice is refused."""
    row = Credential.objects.select_for_update(of=("self",)).select_related("talent__person").get(pk=credential.pk)
    if row.named == shown:
        raise BadCredential(t("已是这样设定的", "it is set like this already"))
    row.named = shown
    row.save(update_fields=["named"])
    record(facts.CredentialNamed(subject=row.talent.person.urn, credential=row.urn, shown=shown), by=by, at=at, grade=Grade.SYSTEM)
    return row
