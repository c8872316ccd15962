"""The consortium of an application: the lead asks and drops members, and each member reads its part and answers for itself."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from fuhua.kernel.access import Forbidden
from fuhua.kernel.page import number, page
from fuhua.kernel.words import Text, t
from fuhua.parties.panels.downloads import download
from fuhua.parties.panels.pressing import Act, PressForm, press
from fuhua.parties.queries import exact
from fuhua.schemes import access
from fuhua.schemes.actions import consortiums
from fuhua.schemes.actions.applications import url_of
from fuhua.schemes.kinds.schemes import scheme_kinds
from fuhua.schemes.models import Application, Member
from fuhua.schemes.pages.application_view import of, page_of
from fuhua.schemes.pages.field_forms import ConfirmForm, MemberForm
from fuhua.schemes.words import MEMBER_STATES

_TITLE = t("联合体分工", "Part in a consortium")


def _mine(request: HttpRequest, pk: int) -> Application:
    row = of(request, pk)
    if not access.KEEPS.may(request.who, row):
        raise Forbidden(access.KEEPS.reason)
    return row


@page("schemes/applications/<int:pk>/members/ask/", name="schemes:application_ask", can=access.KEEPS, title=t("邀请成员", "Ask a member"),
      methods=("POST",))
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask an organisation to take a part."""
    row, form = _mine(request, pk), MemberForm(request.POST, prefix="member")

    def act(said: dict[str, Any], by: str, at: Any) -> None:
        consortiums.ask(application=row, party=exact.organisation(said["party"]), part=said["part"], by=by, at=at)

    return press(request, form, act, url_of(row), t("已邀请，等待其确认", "asked; its word is waited for")) \
        or page_of(request, of(request, pk), {"ask": form}, status=422)


@page("schemes/applications/<int:pk>/members/drop/", name="schemes:application_drop", can=access.KEEPS,
      title=t("移除成员", "Drop a member"), methods=("POST",))
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Do without a member."""
    row, form = _mine(request, pk), PressForm(request.POST)
    found = row.members.select_related("application", "party").filter(pk=number(request, "member") or 0).first()
    if found is None:
        raise Http404
    return press(request, form, lambda _said, by, at: consortiums.drop(member=found, by=by, at=at), url_of(row), t("已移除", "dropped")) \
        or page_of(request, of(request, pk), {"drop": form}, status=422)


def _part(request: HttpRequest, pk: int) -> Member:
    rows = Member.objects.select_related("application__call", "application__applicant", "application__lead", "party")
    return access.PARTS.get(request.who, rows, pk=pk)


@page("schemes/parts/<int:pk>/", name="schemes:part", can=access.PARTS, title=_TITLE)
def part(request: HttpRequest, pk: int) -> HttpResponse:
    """What a member is asked: the call, who leads, its part, and the agreement it would confirm; nothing else of the application."""
    return _shown(request, _part(request, pk))


def _shown(request: HttpRequest, found: Member, wrong: forms.Form | None = None, status: int = 200) -> HttpResponse:
    row = found.application
    texts = list(row.attachments.filter(code=scheme_kinds()[row.call.kind].consortium).order_by("pk"))
    stands = found.state == "confirmed" and found.document in {each.digest for each in texts}
    return render(request, "schemes/part.html", {
        "part": found, "row": row, "call": row.call, "state": MEMBER_STATES[found.state], "texts": texts, "stands": stands,
        "form": (wrong or ConfirmForm(prefix="confirm", initial={"document": texts[-1].digest}))
        if texts and row.state == "draft" and not stands else None,
        "declines": PressForm() if row.state == "draft" and found.state != "declined" else None,
        "trail": [{"label": t("项目申报", "Schemes"), "url": reverse("schemes:calls")}, {"label": _TITLE, "url": ""}],
    }, status=status)


def _answer(request: HttpRequest, found: Member, form: forms.Form, act: Act, done: Text) -> HttpResponse:
    return press(request, form, act, consortiums.url_of(found), done) or _shown(request, _part(request, found.pk), form, 422)


@page("schemes/parts/<int:pk>/confirm/", name="schemes:part_confirm", can=access.PARTS, title=t("确认分工", "Confirm the part"),
      methods=("POST",))
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """The member confirms its part and the agreement."""
    found, person = _part(request, pk), request.who.party_id
    return _answer(request, found, ConfirmForm(request.POST, prefix="confirm"),
                   lambda said, by, at: consortiums.confirm(member=found, person=person, document=said["document"], by=by, at=at),
                   t("已确认", "confirmed"))


@page("schemes/parts/<int:pk>/decline/", name="schemes:part_decline", can=access.PARTS, title=t("不参加", "Decline"), methods=("POST",))
def decline(request: HttpRequest, pk: int) -> HttpResponse:
    """The member takes no part."""
    found, person = _part(request, pk), request.who.party_id
    return _answer(request, found, PressForm(request.POST),
                   lambda _said, by, at: consortiums.decline(member=found, person=person, by=by, at=at), t("已答复不参加", "declined"))


@page("schemes/parts/<int:pk>/papers/<slug:digest>/", name="schemes:part_paper", can=access.PARTS,
      title=t("联合体协议", "Consortium agreement"))
def paper(request: HttpRequest, pk: int, digest: str) -> HttpResponse:
    """The consortium agreement that the member is to confirm, as a download."""
    row = _part(request, pk).application
    found = row.attachments.filter(code=scheme_kinds()[row.call.kind].consortium, digest=digest).first()
    return download(digest, found and found.name)
