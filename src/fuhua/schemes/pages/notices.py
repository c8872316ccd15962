"""Pages of public notices (公示) and of objections to them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from fuhua.evidence.actions import documents, papers
from fuhua.kernel import period
from fuhua.kernel.access import Forbidden
from fuhua.kernel.page import page
from fuhua.kernel.words import Text, t
from fuhua.kernel.written import area
from fuhua.parties.panels.pressing import Act, PressForm, press
from fuhua.schemes import access
from fuhua.schemes.actions import objections
from fuhua.schemes.models import Announcement, Application, Objection
from fuhua.schemes.pages.panels import crumbs, run_call
from fuhua.schemes.queries.ranking import announced, objections_of
from fuhua.schemes.words import OBJECTION_STATES, RESULTS


class ObjectForm(PressForm):
    """What somebody objects to, and why."""

    application = forms.ModelChoiceField(None, label=t("对哪一项提出异议", "Objection to"), empty_label=t("请选择", "choose"))
    text = forms.CharField(label=t("事实和理由", "What is wrong, and why"), max_length=4000, widget=area(5),
                           help_text=t("您的姓名只有组织单位可见", "only the issuer sees your name"))

    def __init__(self, *args: Any, notice: Announcement, who: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Application.objects.filter(call=notice.call_id, state__in=["proposed", "reserve", "rejected"])
        named = Q(state__in=["proposed", "reserve"])
        mine = Q(pk__in=access.WRITES.filter(who, Application.objects.filter(call=notice.call_id)).values("pk"))
        self.fields["application"].queryset = rows.filter(named | mine).order_by("number")


class HearForm(PressForm):
    """The day of the hearing."""

    day = forms.DateField(label=t("听证日期", "Day of the hearing"), widget=forms.DateInput(attrs={"type": "date"}))


class AnswerForm(PressForm):
    """The answer to an objection."""

    answer = forms.CharField(label=t("答复", "Answer"), max_length=4000, widget=area())


class UpholdForm(AnswerForm):
    """The answer, and whether a new panel reviews what was not chosen."""

    appeal = forms.BooleanField(label=t("由新的专家组复审未入选的申报", "Let a new panel review what was not chosen"), required=False)


@page("schemes/notices/<int:pk>/", name="schemes:notice", can=access.PUBLIC, title=t("公示", "Public notice"))
def notice(request: HttpRequest, pk: int) -> HttpResponse:
    """The decisions on public notice."""
    return _notice(request, _announcement(request, pk))


def _announcement(request: HttpRequest, pk: int) -> Announcement:
    return access.PUBLIC.get(request.who, Announcement.objects.select_related("call__issuer"), pk=pk)


def _notice(request: HttpRequest, found: Announcement, wrong: forms.Form | None = None, status: int = 200) -> HttpResponse:
    who, call = request.who, found.call
    latest = call.announcements.order_by("-pk").first()
    running = call.state == "announced" and latest == found and found.first <= period.day(timezone.now()) <= found.last
    current = latest == found and call.state in ("announced", "concluded")
    return render(request, "schemes/notice.html", {
        "notice": found, "call": call, "running": running, "current": current,
        "rows": [{"it": each, "result": RESULTS[each.result]} for each in announced(found)] if current else [],
        "draws": list(access.DRAWS.filter(who, call.draws.order_by("pk"))) if current else [],
        "form": (wrong or ObjectForm(prefix="object", notice=found, who=who)) if running and who.signed_in else None,
        "trail": [{"label": call.title, "url": ""}, {"label": found.number, "url": ""}],
    }, status=status)


@page("schemes/notices/<int:pk>/notice.pdf", name="schemes:notice_paper", can=access.PUBLIC, title=t("公示文件", "Notice on paper"))
def notice_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """The notice as it was published."""
    found = _announcement(request, pk)
    return FileResponse(documents.open_document(found.document), filename=f"{found.number}.pdf", content_type=papers.PDF)


@page("schemes/notices/<int:pk>/object/", name="schemes:notice_object", can=access.APPLIES, title=t("提出异议", "Object"),
      methods=("POST",))
def object_(request: HttpRequest, pk: int) -> HttpResponse:
    """Object to a decision."""
    found = _announcement(request, pk)
    form = ObjectForm(request.POST, prefix="object", notice=found, who=request.who)

    def act(said: dict[str, Any], by: str, at: Any) -> None:
        objections.raise_(announcement=found, application=said["application"], person=request.who.party_id, text=said["text"], by=by, at=at)

    url = reverse("schemes:notice", kwargs={"pk": found.pk})
    return press(request, form, act, url, t("已收到您的异议，将在规定期限内答复", "received; it is answered in time")) \
        or _notice(request, found, form, 422)


@page("schemes/calls/<int:pk>/objections/", name="schemes:objections", can=access.PANELS, title=t("异议", "Objections"))
def listed(request: HttpRequest, pk: int) -> HttpResponse:
    """The objections to a call's decisions."""
    call = run_call(request, pk)
    rows = access.OBJECTIONS.filter(request.who, objections_of(call))
    return render(request, "schemes/objections.html", {
        "call": call, "rows": [{"it": each, "state": OBJECTION_STATES[each.state]} for each in rows],
        "trail": crumbs(call, t("异议", "Objections"))})


@page("schemes/objections/<int:pk>/", name="schemes:objection", can=access.OBJECTIONS, title=t("异议", "Objection"))
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """One objection with its answer."""
    return _shown(request, _objection(request, pk))


def _objection(request: HttpRequest, pk: int) -> Objection:
    rows = Objection.objects.select_related("application__call", "application__applicant", "person", "announcement")
    return access.OBJECTIONS.get(request.who, rows, pk=pk)


def _shown(request: HttpRequest, row: Objection, wrong: dict[str, forms.Form] | None = None, status: int = 200) -> HttpResponse:
    wrong = wrong or {}
    answers = access.ANSWERS.may(request.who, row)
    return render(request, "schemes/objection.html", {
        "row": row, "state": OBJECTION_STATES[row.state], "answers": answers and row.state in ("raised", "heard"),
        "named": answers or row.person_id == request.who.party_id, "hears": answers and row.state == "raised",
        "hear": wrong.get("hear") or HearForm(prefix="hear"), "uphold": wrong.get("uphold") or UpholdForm(prefix="uphold"),
        "dismiss": wrong.get("dismiss") or AnswerForm(prefix="dismiss"),
        "trail": [{"label": row.application.call.title, "url": ""}, {"label": t("异议", "Objection"), "url": ""}],
    }, status=status)


def _answer(request: HttpRequest, pk: int, verb: str, form: forms.Form, act: Act, done: Text) -> HttpResponse:
    row = _objection(request, pk)
    if not access.ANSWERS.may(request.who, row):
        raise Forbidden(access.ANSWERS.reason)
    return press(request, form, act, reverse("schemes:objection", kwargs={"pk": row.pk}), done) or _shown(request, row, {verb: form}, 422)


@page("schemes/objections/<int:pk>/hear/", name="schemes:objection_hear", can=access.ANSWERS, title=t("安排听证", "Set a hearing"),
      methods=("POST",))
def hear(request: HttpRequest, pk: int) -> HttpResponse:
    """Set the day of a hearing."""
    row = _objection(request, pk)
    return _answer(request, pk, "hear", HearForm(request.POST, prefix="hear"),
                   lambda said, by, at: objections.hear(objection=row, day=said["day"], by=by, at=at),
                   t("已安排听证", "the hearing is set"))


@page("schemes/objections/<int:pk>/uphold/", name="schemes:objection_uphold", can=access.ANSWERS, title=t("异议成立", "Uphold"),
      methods=("POST",))
def uphold(request: HttpRequest, pk: int) -> HttpResponse:
    """The objection is right."""
    row = _objection(request, pk)

    def act(said: dict[str, Any], by: str, at: Any) -> None:
        objections.uphold(objection=row, answer=said["answer"], appeal=said["appeal"], by=by, at=at)

    return _answer(request, pk, "uphold", UpholdForm(request.POST, prefix="uphold"), act, t("异议成立，已答复", "upheld and answered"))


@page("schemes/objections/<int:pk>/dismiss/", name="schemes:objection_dismiss", can=access.ANSWERS, title=t("异议不成立", "Dismiss"),
      methods=("POST",))
def dismiss(request: HttpRequest, pk: int) -> HttpResponse:
    """The objection changes nothing."""
    row = _objection(request, pk)
    return _answer(request, pk, "dismiss", AnswerForm(request.POST, prefix="dismiss"),
                   lambda said, by, at: objections.dismiss(objection=row, answer=said["answer"], by=by, at=at),
                   t("已答复", "answered"))
