"""The consortium (联合体) of an application: the lead asks members for their part, and each answers for itself."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.urls import reverse

from fuhua.desk.actions import notices
from fuhua.desk.words import NoticeKind
from fuhua.evidence.actions.facts import record
from fuhua.evidence.words import Grade
from fuhua.kernel.words import t
from fuhua.parties.models import Party
from fuhua.parties.words import Sort
from fuhua.schemes.actions.applications import BadApplication, held
from fuhua.schemes.facts.fields import MemberAnswered
from fuhua.schemes.flow import MEMBER
from fuhua.schemes.kinds.schemes import scheme_kinds
from fuhua.schemes.models import Application, Member

MOST = 20  # members of one consortium
_ALONE = (Sort.PERSON, Sort.PROJECT)


class BadMember(BadApplication):
    """The member cannot be asked, or cannot answer so; ``text`` says how to mend it."""


@transaction.atomic
def ask(*, application: Application, party: Party, part: str, by: str, at: dt.datetime) -> Member:  # noqa: ARG001
    """Ask an organisation to take a part; asked again with another part, it confirms anew. Raises :class:`BadMember`."""
    row = _open(application)
    if party.pk == row.applicant_id or party.sort in _ALONE:
        raise BadMember(t("联合体成员须是申报单位以外的单位", "a member is an organisation other than the applicant"))
    if not part.strip():
        raise BadMember(t("请写明该成员的分工", "say which part it takes"))
    found = row.members.select_for_update().filter(party=party).first()
    if found is None and row.members.count() >= MOST:
        raise BadMember(t("联合体成员最多 {n} 家", "a consortium has at most {n} members").format(n=MOST))
    if found is None:
        found = Member(application=row, party=party, asked_at=at)
    elif found.state != "asked":
        found.state = MEMBER.after(found.state, "ask")
    found.part, found.document, found.asked_at = part.strip()[:300], "", at
    found.save()
    notices.settle(about=_about(found), at=at)
    said = t("联合体分工确认：{name}", "confirm your part in the consortium: {name}").format(name=row.title or row.call.title)
    notices.part(about=_about(found), title=said, url=url_of(found), at=at, to=party.pk)
    return found


@transaction.atomic
def drop(*, member: Member, by: str, at: dt.datetime) -> None:  # noqa: ARG001
    """The lead does without the member; what it answered stays on record as a fact."""
    _open(member.application)
    notices.settle(about=_about(member), at=at)
    Member.objects.filter(pk=member.pk).delete()


@transaction.atomic
def confirm(*, member: Member, person: int, document: str, by: str, at: dt.datetime) -> Member:
    """The member confirms its part and the consortium agreement of that digest, which it has read. Raises :class:`BadMember`."""
    row, found = _open(member.application), _locked(member)
    if document not in texts_of(row):
        raise BadMember(t("联合体协议已更换，请重新阅读后确认", "the consortium agreement is another one now; read it again"))
    if found.state == "confirmed" and found.document == document:
        return found
    if found.state != "confirmed":
        found.state = MEMBER.after(found.state, "confirm")
    return _answered(row, found, document, person, by=by, at=at)


@transaction.atomic
def decline(*, member: Member, person: int, by: str, at: dt.datetime) -> Member:
    """The member takes no part; until the application is handed in it may change its mind."""
    row, found = _open(member.application), _locked(member)
    found.state = MEMBER.after(found.state, "decline")
    return _answered(row, found, "", person, by=by, at=at)


def texts_of(row: Application) -> list[str]:
    """Digests of the consortium agreement as it is attached now, newest last."""
    code = scheme_kinds()[row.call.kind].consortium
    return list(row.attachments.filter(code=code).order_by("pk").values_list("digest", flat=True)) if code else []


def url_of(member: Member) -> str:
    """The page on which a member reads its part and answers."""
    return reverse("schemes:part", kwargs={"pk": member.pk})


def _open(application: Application) -> Application:
    row = held(application)
    if not scheme_kinds()[row.call.kind].consortium:
        raise BadMember(t("这类申报没有联合体", "this kind has no consortium"))
    if row.state != "draft":
        raise BadMember(t("申报书已提交，联合体不再变更", "it was handed in; the consortium stays as it is"))
    return row


def _locked(member: Member) -> Member:
    return Member.objects.select_for_update(of=("self",)).select_related("party").get(pk=member.pk)


def _answered(row: Application, found: Member, document: str, person: int, *, by: str, at: dt.datetime) -> Member:
    found.document, found.answered_by_id, found.answered_at = document, person, at
    found.save()
    notices.settle(about=_about(found), at=at, kinds=(NoticeKind.PART,))
    url = reverse("schemes:application", kwargs={"pk": row.pk})
    said = t("{name}已答复联合体分工", "{name} has answered about its part in the consortium").format(name=found.party.name)
    notices.news(about=row.urn, title=said, url=url, at=at, to=row.applicant_id)
    record(MemberAnswered(subject=row.urn, party=found.party.urn, answer=found.state), by=by, at=at, grade=Grade.SYSTEM,
           on_behalf=found.party.urn, documents=[document] if document else [])
    return found


def _about(member: Member) -> str:
    return f"{member.application.urn}.{member.party_id}"
