"""Pages of coordination meetings: called, agenda generated and issued, decisions, minutes, and both as Word files."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from fuhua.evidence.facts import BadFact
from fuhua.kernel.page import page
from fuhua.kernel.words import t
from fuhua.plan import access
from fuhua.plan.actions import meetings
from fuhua.plan.models import Edition, Meeting
from fuhua.plan.pages import documents
from fuhua.plan.pages.supervision_forms import DecisionForm, MeetingForm
from fuhua.plan.queries import supervision as reads
from fuhua.plan.words import MEETING_STATES, SECTIONS


def _crumbs(edition: Edition, *more: Any) -> list[dict[str, Any]]:
    steps = [(edition.title, reverse("plan:edition", kwargs={"slug": edition.slug})),
             (t("协调会议", "Meetings"), reverse("plan:meetings", kwargs={"slug": edition.slug})), *((each, "") for each in more)]
    trail = [{"label": label, "url": url} for label, url in steps]
    trail[-1]["url"] = ""
    return trail


def _listed(request: HttpRequest, edition: Edition, form: forms.Form | None = None, status: int = 200) -> HttpResponse:
    rows = [{"row": row, "state": MEETING_STATES[row.state]} for row in reads.meetings(request.who, edition)]
    return render(request, "plan/meetings.html", {
        "edition": edition, "rows": rows, "form": form or MeetingForm(), "trail": _crumbs(edition),
        "supervises": access.SUPERVISES.opens_for(request.who)}, status=status)


@page("plans/<slug:slug>/meetings/", name="plan:meetings", can=access.MEETINGS, title=t("协调会议", "Meetings"))
def listed(request: HttpRequest, slug: str) -> HttpResponse:
    """The meetings I may see."""
    return _listed(request, get_object_or_404(reads.supervised(slug)))


@page("plans/<slug:slug>/meetings/call/", name="plan:meeting_call", can=access.SUPERVISES, methods=("POST",),
      title=t("召集会议", "Call a meeting"))
def call(request: HttpRequest, slug: str) -> HttpResponse:
    """Call a meeting."""
    edition = get_object_or_404(reads.supervised(slug))
    form = MeetingForm(request.POST)
    if not form.is_valid():
        return _listed(request, edition, form, status=422)
    told = form.cleaned_data
    row = meetings.call(edition=edition, title=told["title"], day=told["day"], place=told["place"], chair=told["chair"].pk,
                        by=request.who.urn, at=timezone.now())
    return redirect("plan:meeting", pk=row.pk)


def _meeting(request: HttpRequest, pk: int) -> Meeting:
    return access.MEETINGS.get(request.who, Meeting.objects.select_related("edition", "chair"), pk=pk)


def _shown(request: HttpRequest, meeting: Meeting, form: forms.Form | None = None, status: int = 200) -> HttpResponse:
    items = list(meeting.items.order_by("position"))
    groups = [{"label": SECTIONS[code], "rows": [item for item in items if item.section == code]} for code in SECTIONS]
    return render(request, "plan/meeting.html", {
        "meeting": meeting, "state": MEETING_STATES[meeting.state], "groups": [group for group in groups if group["rows"]],
        "decisions": list(meeting.decisions.select_related("organisation").order_by("position")),
        "form": form or DecisionForm(items=items), "supervises": access.SUPERVISES.opens_for(request.who),
        "trail": _crumbs(meeting.edition, meeting.title)}, status=status)


@page("supervision/meetings/<int:pk>/", name="plan:meeting", can=access.MEETINGS, title=t("协调会议", "Meeting"))
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """One meeting: agenda, decisions, and what I may do."""
    return _shown(request, _meeting(request, pk))


@page("supervision/meetings/<int:pk>/prepare/", name="plan:meeting_prepare", can=access.SUPERVISES, methods=("POST",),
      title=t("生成议程", "Generate the agenda"))
def prepare(request: HttpRequest, pk: int) -> HttpResponse:
    """Generate the agenda from what is open now."""
    meetings.prepare(meeting=_meeting(request, pk), by=request.who.urn, at=timezone.now())
    return redirect("plan:meeting", pk=pk)


@page("supervision/meetings/<int:pk>/issue-agenda/", name="plan:meeting_issue", can=access.SUPERVISES, methods=("POST",),
      title=t("印发议程", "Issue the agenda"))
def issue(request: HttpRequest, pk: int) -> HttpResponse:
    """Issue the agenda as it stands."""
    meetings.issue_agenda(meeting=_meeting(request, pk), by=request.who.urn, at=timezone.now())
    return redirect("plan:meeting", pk=pk)


@page("supervision/meetings/<int:pk>/decide/", name="plan:meeting_decide", can=access.SUPERVISES, methods=("POST",),
      title=t("录入议定事项", "Enter a decision"))
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """A decision becomes a task or a supervision order."""
    meeting = _meeting(request, pk)
    items = list(meeting.items.order_by("position"))
    form = DecisionForm(request.POST, items=items)
    if form.is_valid():
        told = form.cleaned_data
        try:
            meetings.decide(meeting=meeting, text=told["text"], organisation=told["organisation"].pk, due=told["due"],
                            becomes=told["becomes"], verifier=told["verifier"].pk if told["verifier"] else None,
                            item=next((item for item in items if str(item.pk) == told["item"]), None),
                            person=request.who.party_id, by=request.who.urn, at=timezone.now())
            return redirect("plan:meeting", pk=pk)
        except BadFact as wrong:
            form.add_error(None, str(wrong.text))
    return _shown(request, meeting, form, status=422)


@page("supervision/meetings/<int:pk>/issue-minutes/", name="plan:meeting_minute", can=access.SUPERVISES, methods=("POST",),
      title=t("印发纪要", "Issue the minutes"))
def issue_minutes(request: HttpRequest, pk: int) -> HttpResponse:
    """Issue the minutes."""
    meetings.issue_minutes(meeting=_meeting(request, pk), by=request.who.urn, at=timezone.now())
    return redirect("plan:meeting", pk=pk)


@page("supervision/meetings/<int:pk>/<str:paper>.docx", name="plan:meeting_paper", can=access.MEETINGS,
      title=t("会议文件", "Meeting paper"))
def paper(request: HttpRequest, pk: int, paper: str) -> HttpResponse:
    """The agenda or the minutes as a Word file."""
    meeting = _meeting(request, pk)
    site = request.build_absolute_uri("/").rstrip("/")
    if paper == "agenda":
        body = documents.agenda(meeting, list(meeting.items.order_by("position")), site)
    elif paper == "minutes":
        body = documents.minutes(meeting, list(meeting.decisions.select_related("organisation").order_by("position")), site)
    else:
        raise Http404
    answer = HttpResponse(body, content_type=documents.MEDIA_TYPE)
    answer["Content-Disposition"] = f'attachment; filename="{paper}-{meeting.no}.docx"'
    return answer
