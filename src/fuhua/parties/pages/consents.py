"""Consents: give one, see what one gave with every opening, take it back; read what one was given, leaving a trace."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from fuhua.evidence import queries as evidence
from fuhua.evidence.actions import documents
from fuhua.evidence.facts import BadFact
from fuhua.kernel.access import Forbidden
from fuhua.kernel.page import page
from fuhua.kernel.urn import is_urn
from fuhua.kernel.words import Text, t
from fuhua.parties import access, models
from fuhua.parties.actions import consents as actions
from fuhua.parties.pages.consent_forms import NewConsent, one_reader
from fuhua.parties.queries import READING, mine
from fuhua.parties.queries import people as reads


@page("me/consents/", name="parties:consents", can=access.SIGNED_IN, title=t("查阅授权", "Consents"))
def consents(request: HttpRequest) -> HttpResponse:
    """What I let others read, with every opening, and what I may read."""
    who, now = request.who, timezone.now()
    given = mine.consents(access.CONSENTS.filter(who, models.Consent.objects.all()))
    readable = mine.consents(access.READINGS.filter(who, models.Consent.objects.all()))
    return render(
        request,
        "parties/consents.html",
        {
            "given": [_described(row, now) for row in given],
            "readable": [_described(row, now) for row in readable],
        },
    )


def _what(row: models.Consent) -> Text:
    """What the consent opens: the giver's whole record, one document by its digest, or what its purpose names."""
    if row.thing == row.giver.urn:
        return t("全部事实", "every fact")
    return t("一份文件", "one document") if _opens_here(row) else t("仅限所列用途的内容", "only what its purpose names")


def _opens_here(row: models.Consent) -> bool:
    """Whether it is read on this page; what a purpose names is read where that purpose is, by the rules of that place."""
    return row.thing == row.giver.urn or (len(row.thing) == 64 and row.thing.isalnum())


def _described(row: models.Consent, now: Any) -> dict[str, Any]:
    live = row.withdrawn_at is None and row.expires > now
    over = t("已撤回", "withdrawn") if row.withdrawn_at else t("已到期", "expired")
    return {
        "row": row,
        "key": str(row.pk),
        "live": live,
        "state": t("有效", "in force") if live else over,
        "what": _what(row),
        "openings": list(row.openings.all()),
    }


@page(
    "me/consents/new/",
    name="parties:new_consent",
    can=access.SIGNED_IN,
    methods=("GET", "POST"),
    title=t("授权查阅", "Give a consent"),
)
def new_consent(request: HttpRequest) -> HttpResponse:
    """Let somebody read; several who may be meant are offered to choose from."""
    who = request.who
    givers = access.OWN.filter(who, models.Party.objects.filter(merged_into=None)).order_by("pk")
    form = NewConsent(request.POST or None, givers=list(givers))
    candidates: list[models.Party] = []
    if request.method == "POST" and form.is_valid():
        written = request.POST.get("chosen") or form.cleaned_data["reader"]
        candidates = reads.readers(access.ORGANISATIONS.filter(who, models.Party.objects.all()), written)
        now = timezone.now()
        try:
            reader = one_reader(candidates, written)
            actions.give(**form.consent(now), reader=reader, by=who.urn, at=now)
        except BadFact as wrong:
            form.add_error(None, str(wrong.text))
        except ValidationError as wrong:
            form.add_error("reader", wrong)
        else:
            said = t("已授权 {name} 查阅，可随时撤回", "{name} may read it now; you can withdraw at any time")
            messages.success(request, said.format(name=reader.name))
            return redirect("parties:consents")
    return render(request, "parties/new_consent.html", {"form": form, "candidates": candidates if len(candidates) > 1 else []})


@page(
    "me/consents/<int:pk>/withdraw/",
    name="parties:withdraw_consent",
    can=access.CONSENTS,
    methods=("GET", "POST"),
    title=t("撤回授权", "Withdraw a consent"),
)
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Nothing opens under this consent any more; asked once more first."""
    consent = access.CONSENTS.get(request.who, models.Consent.objects.select_related("reader"), pk=pk)
    if request.method == "GET":
        return render(request, "parties/sure.html", {
            "title": t("撤回对 {name} 的授权？", "Withdraw the consent to {name}?").format(name=consent.reader),
            "why": t("对方立即不能再查阅；已有的查阅记录保留。需要时可重新授权。",
                     "They can read no more at once; what they opened stays logged. You can give it again."),
            "verb": t("撤回授权", "Withdraw"), "back": reverse("parties:consents"), "danger": True,
        })
    try:
        actions.withdraw(consent, by=request.who.urn, at=timezone.now())
    except BadFact as wrong:
        messages.error(request, wrong.text)
    else:
        messages.success(request, t("已撤回授权", "the consent is withdrawn"))
    return redirect("parties:consents")


@page(
    "me/readings/<int:pk>/",
    name="parties:reading",
    can=access.READINGS,
    methods=("GET", "POST"),
    title=t("查阅", "Read under a consent"),
)
def reading(request: HttpRequest, pk: int) -> HttpResponse:
    """What the consent opens; it opens by a POST, which is logged for the giver to see."""
    who, now = request.who, timezone.now()
    consent = access.READINGS.get(who, mine.consents(models.Consent.objects.all()), pk=pk)
    if request.method == "POST":
        if not _opens_here(consent):
            raise Forbidden(t("请在授权用途所在的页面查阅", "read it on the page where its purpose is"))
        actions.open(consent, person=request.user.party, by=who.urn, at=now)
        return redirect("parties:reading", pk=pk)
    opened = consent.openings.filter(by=who.party_id, at__gt=now - READING).order_by("-at").first()
    described = _described(consent, now)
    return render(
        request,
        "parties/reading.html",
        {
            **described,
            "here": _opens_here(consent),
            "opened": opened if described["live"] else None,
            "closes": opened.at + READING if opened else None,
            "facts_url": _facts_url(consent),
            "document": evidence.documents().filter(digest=consent.thing).first(),
        },
    )


def _facts_url(consent: models.Consent) -> str:
    if consent.thing != consent.giver.urn or not is_urn(consent.thing):
        return ""
    try:
        return reverse("front:subject", kwargs={"urn": consent.thing})
    except NoReverseMatch:
        return ""


@page(
    "me/readings/<int:pk>/document/",
    name="parties:reading_document",
    can=access.READINGS,
    title=t("下载授权文件", "Download the document"),
)
def document(request: HttpRequest, pk: int) -> FileResponse:
    """The document itself, to whoever has logged that they open it."""
    now = timezone.now()
    rows = models.Consent.objects.filter(
        withdrawn_at=None, expires__gt=now, openings__by=request.who.party_id, openings__at__gt=now - READING
    )
    consent = access.READINGS.get(request.who, rows, pk=pk)
    kept = evidence.documents().filter(digest=consent.thing).first()
    if kept is None:
        raise Http404
    return FileResponse(
        documents.open_document(kept.digest), as_attachment=True, filename=kept.digest[:16], content_type=kept.media_type
    )
