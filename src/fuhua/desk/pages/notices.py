"""Pages of notices: the digest, opening one, reading them all, and what a person silences."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from fuhua.desk import access
from fuhua.desk.actions import notices
from fuhua.desk.models import Notice
from fuhua.desk.queries import notices as reads
from fuhua.desk.words import NOTICES
from fuhua.kernel.page import page
from fuhua.kernel.words import t
from fuhua.parties.panels import OrganisationField
from fuhua.parties.queries import exact

_PAGE = 100


class LeadForm(forms.Form):
    """Who hears when an organisation's work is two working days late."""

    organisation = OrganisationField(label=t("单位", "Organisation"))
    person = forms.CharField(label=t("分管负责人", "Person in charge"), required=False, max_length=100,
                             help_text=t("须为该单位人员；不填即撤销", "one of its people; left empty, nobody"))

    def clean(self) -> dict[str, Any]:
        """The person must be one of the organisation's."""
        told = super().clean() or {}
        if told.get("organisation") and told.get("person"):
            try:
                told["person"] = exact.person(told["person"], of=[told["organisation"].pk])
            except exact.NoSuchParty as wrong:
                self.add_error("person", str(wrong.text))
        return told


class MuteForm(forms.Form):
    """Which kinds of notice a person does not want."""

    kinds = forms.MultipleChoiceField(
        label=t("不再提醒我", "Do not tell me of"), required=False, choices=list(NOTICES.items()),
        widget=forms.CheckboxSelectMultiple,
        help_text=t("督办单等法定提醒不能关闭；待办清单始终完整",
                    "statutory notices come through; the list of what waits is always complete"))


@page("notices/", name="desk:notices", can=access.NOTICES, title=t("提醒", "Notices"))
def listed(request: HttpRequest) -> HttpResponse:
    """The digest (one line for each thing), or with ``?view=all`` every notice."""
    every = request.GET.get("view") == "all"
    if every:
        rows = [reads.Told(row, 1, not row.seen and row.settled_at is None) for row in reads.shown(request.who)[:_PAGE]]
    else:
        rows = reads.digest(request.who)
    return render(request, "desk/notices.html", {
        "rows": [{"told": row, "kind": NOTICES[row.notice.kind]} for row in rows], "every": every,
        "tabs": [{"label": t("摘要", "Digest"), "url": "?", "active": not every},
                 {"label": t("逐条", "One by one"), "url": "?view=all", "active": every}],
    })


def count(who: Any) -> int:
    """How many unread notices wait for this person."""
    return reads.unread(who).count()


listed.count = count  # type: ignore[attr-defined]


@page("notices/<int:pk>/open/", name="desk:notice_open", can=access.NOTICES, title=t("打开提醒", "Open a notice"), methods=("POST",))
def opened(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark everything told me about this thing as read and go where to act."""
    notice = access.NOTICES.get(request.who, Notice.objects.all(), pk=pk)
    same = reads.shown(request.who).filter(about=notice.about, pk__lte=notice.pk).values_list("pk", flat=True)
    notices.read(notices=[*same], person=request.who.party_id, at=timezone.now())
    here = url_has_allowed_host_and_scheme(notice.url, allowed_hosts={request.get_host()})
    return redirect(notice.url if here else "desk:notices")


@page("notices/<int:pk>/unread/", name="desk:notice_unread", can=access.NOTICES, title=t("标为未读", "Mark as unread"),
      methods=("POST",))
def unread(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo reading."""
    notice = access.NOTICES.get(request.who, Notice.objects.all(), pk=pk)
    notices.unread(notice=notice.pk, person=request.who.party_id)
    return redirect("desk:notices")


@page("notices/read/", name="desk:notices_read", can=access.NOTICES, title=t("全部标为已读", "Mark all as read"), methods=("POST",))
def read_all(request: HttpRequest) -> HttpResponse:
    """Everything shown is read."""
    notices.read(notices=[*reads.unread(request.who).values_list("pk", flat=True)], person=request.who.party_id,
                 at=timezone.now())
    return redirect("desk:notices")


@page("notices/settings/", name="desk:notice_settings", can=access.ASKS, title=t("提醒设置", "Notice settings"), methods=("GET", "POST"))
def settings(request: HttpRequest) -> HttpResponse:
    """Which kinds of notice I silence."""
    form = MuteForm(request.POST or None, initial={"kinds": sorted(reads.muted(request.who.party_id))})
    if request.method == "POST":
        form = MuteForm(request.POST)
        if form.is_valid():
            notices.mute(person=request.who.party_id, kinds=set(form.cleaned_data["kinds"]))
            return redirect("desk:notices")
    return render(request, "desk/notice_settings.html", {"form": form}, status=422 if form.is_bound else 200)


@page("desk/leads/", name="desk:leads", can=access.ISSUES, title=t("分管负责人", "Leads"), methods=("GET", "POST"))
def leads(request: HttpRequest) -> HttpResponse:
    """Who hears, by organisation, when work is two working days late."""
    form = LeadForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        person = form.cleaned_data["person"]
        notices.name_lead(organisation=form.cleaned_data["organisation"].pk, person=person.pk if person else None)
        return redirect("desk:leads")
    return render(request, "desk/leads.html", {"form": form, "rows": reads.leads()}, status=422 if form.is_bound else 200)
