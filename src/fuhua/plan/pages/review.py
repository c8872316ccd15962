"""The review of a draft: text and items side by side, correcting, matching units, linking targets, publishing."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from fuhua.evidence.facts import BadFact
from fuhua.kernel.flow import WrongState
from fuhua.kernel.page import page, whole
from fuhua.kernel.words import Text, t
from fuhua.plan.access import EDIT, REVIEW
from fuhua.plan.actions import corrections
from fuhua.plan.actions.editions import NotReady, discard, publish
from fuhua.plan.actions.revisions import Overtaken, undo
from fuhua.plan.models import Doubt, Edition, Measure, Responsibility, Target
from fuhua.plan.pages.editions import TONES
from fuhua.plan.pages.forms import FORMS, initial_of, start_of
from fuhua.plan.queries import review as cards
from fuhua.plan.queries.editions import measures_of, open_points, progress
from fuhua.plan.queries.history import history, said
from fuhua.plan.queries.linking import indicators, propose
from fuhua.plan.words import ITEMS, STATUSES

Refused = (BadFact, WrongState)
_MODELS: dict[str, Any] = {"measure": Measure, "unit": Responsibility, "target": Target, "link": Target, "doubt": Doubt}


def edition_of(request: HttpRequest, slug: str) -> Edition:
    """The edition under review, 404 when the reader may not see it."""
    return REVIEW.get(request.who, Edition.objects.select_related("predecessor", "coordinator"), slug=slug)


@page("plans/<slug:slug>/review/", name="plan:review", can=REVIEW, title=t("校核方案", "Review the plan"))
def review(request: HttpRequest, slug: str) -> HttpResponse:
    """The text with every item highlighted, the items beside it, and what is still open."""
    return _review(request, edition_of(request, slug))


def _review(request: HttpRequest, edition: Edition, problem: Text | str = "", points: Any = None, status: int = 200) -> HttpResponse:
    may = EDIT.may(request.who, edition)
    return render(request, "plan/review.html", {
        "edition": edition, "status": STATUSES[edition.status], "tone": TONES[edition.status], "problem": problem,
        "points": points if points is not None else open_points(edition), "progress": progress(edition),
        "may": may and edition.status == "draft", "may_link": may and edition.status in ("draft", "published"),
        **cards.board(edition),
    }, status=status)


def _row(edition: Edition, kind: str, pk: int) -> Any:
    if kind == "edition" and pk == edition.pk:
        return edition
    if kind not in _MODELS:
        raise Http404
    inside = {"measure__edition": edition} if kind == "unit" else {"edition": edition}
    row = _MODELS[kind].objects.filter(pk=pk, **inside).first()
    if row is None:
        raise Http404
    return row


@page("plans/<slug:slug>/review/<str:kind>/<int:pk>/", name="plan:item", can=EDIT, title=t("修改条目", "Change an item"),
      methods=("GET", "POST"))
def item(request: HttpRequest, slug: str, kind: str, pk: int) -> HttpResponse:
    """Change one item; with htmx the form and then the card are swapped into the review page."""
    edition = edition_of(request, slug)
    row = _row(edition, kind, pk)
    data = request.POST if request.method == "POST" else None
    initial = {**initial_of(kind, row), **(_proposed(row) if kind == "link" else {})}
    form = FORMS[kind](data, edition=edition, near=getattr(row, "begin", 0), initial=initial, auto_id=f"{kind}-{pk}-%s")
    seen = _number(request.POST.get("seen"), edition.version)
    problem: Text | str = ""
    if form.is_valid():
        try:
            _save(edition, kind, pk, form.cleaned_data, seen, request.who.urn)
        except Refused as wrong:
            problem = wrong.text
        else:
            return _done(request, edition, kind, row)
    status = 200 if data is None or request.htmx else 409 if problem else 422
    return _item(request, edition, kind, form, row=row, problem=problem, seen=seen, status=status)


def _proposed(row: Target) -> dict[str, Any]:
    proposal = None if row.indicator else propose(row.metric, row.quote)
    return {"counts": f"{proposal.indicator.code} {proposal.indicator.definition().version}"} if proposal else {}


def _save(edition: Edition, kind: str, pk: int, values: dict[str, Any], seen: int, by: str) -> None:
    at = timezone.now()
    if kind == "link":
        corrections.link_target(edition, pk=pk, values=values, seen=seen, by=by, at=at)
    elif kind == "doubt":
        corrections.settle_doubt(edition, pk=pk, decision=values["decision"], note=values["note"], seen=seen, by=by, at=at)
    else:
        corrections.edit_item(edition, kind=kind, pk=pk, values=values, seen=seen, by=by, at=at)


def _item(request: HttpRequest, edition: Edition, kind: str, form: Any, **more: Any) -> HttpResponse:
    status = more.pop("status", 200)
    template = "plan/item.html#form" if request.htmx else "plan/item.html"
    return render(request, template, {
        "edition": edition, "kind": kind, "form": form,
        "words": Text(more["row"].zh, more["row"].en) if kind == "doubt" else "",
        "label": t("对应指标", "Indicator") if kind == "link" else ITEMS[kind], **more,
    }, status=status)


def _done(request: HttpRequest, edition: Edition, kind: str, row: Any) -> HttpResponse:
    edition.refresh_from_db()
    if not request.htmx or kind == "edition":
        fresh = redirect(f"{reverse('plan:review', kwargs={'slug': edition.slug})}#i-{_anchor(kind, row)}")
        if request.htmx:
            fresh["HX-Redirect"] = fresh["Location"]
        return fresh
    return card(request, edition, kind, row)


def _anchor(kind: str, row: Any) -> str:
    return f"measure-{row.measure_id}" if kind == "unit" else "edition" if kind == "edition" else (
        f"{'target' if kind == 'link' else kind}-{row.pk}")


def card(request: HttpRequest, edition: Edition, kind: str, row: Any) -> HttpResponse:
    """One card of the review, with the progress beside it, for htmx."""
    reasons = {(each.begin, each.end): Text(each.zh, each.en) for each in edition.doubts.all()}
    codes = indicators()
    context = {"edition": edition, "progress": progress(edition), "points": open_points(edition), "swapped": True,
               "may": edition.status == "draft", "may_link": edition.status in ("draft", "published")}
    if kind in ("measure", "unit"):
        pk = row.measure_id if kind == "unit" else row.pk
        measure = next(each for each in measures_of(edition) if each.pk == pk)
        context["measure"], part = cards.dress_measure(measure, reasons, codes), "measure"
    elif kind in ("target", "link"):
        context["card"], part = cards.target_card(edition.targets.get(pk=row.pk), reasons, codes), "target"
    else:
        context["card"], part = cards.doubt_card(edition.doubts.get(pk=row.pk)), "doubt"
    answer = render(request, f"plan/review.html#{part}-card", context)
    progress_part = render(request, "plan/review.html#standing", context)
    answer.content += progress_part.content
    answer["HX-Retarget"] = f"#i-{_anchor(kind, row)}"
    return answer


@page("plans/<slug:slug>/review/<str:kind>/add/", name="plan:add", can=EDIT, title=t("补充条目", "Add an item"), methods=("GET", "POST"))
def add(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """Add a measure, a unit or a target; ``?from=&to=`` are offsets of the words selected in the text."""
    edition = edition_of(request, slug)
    if kind not in ("measure", "unit", "target"):
        raise Http404
    begin, end = (_number(request.GET.get(name), 0) for name in ("from", "to"))
    begin, end = (begin, end) if 0 <= begin < end <= len(edition.source_text) else (0, 0)
    data = request.POST if request.method == "POST" else None
    form = FORMS[kind](data, edition=edition, near=begin, initial=start_of(kind, edition, begin, end))
    measure = _owner(request, edition, kind, begin)
    problem: Text | str = ""
    if form.is_valid():
        values = dict(form.cleaned_data)
        if kind == "unit":
            values["measure"] = measure
        try:
            row = corrections.add_item(edition, kind=kind, values=values, by=request.who.urn, at=timezone.now())
        except Refused as wrong:
            problem = wrong.text
        else:
            return redirect(f"{reverse('plan:review', kwargs={'slug': slug})}#i-{_anchor(kind, row)}")
    status = 200 if data is None else 409 if problem else 422
    return _item(request, edition, kind, form, measure=measure, adding=True, problem=problem, status=status)


def _owner(request: HttpRequest, edition: Edition, kind: str, begin: int) -> Measure | None:
    """The measure a new unit belongs to: named in the address, or the one around the selected words."""
    if kind != "unit":
        return None
    named = _number(request.GET.get("measure") or request.POST.get("measure"), 0)
    found = edition.measures.filter(pk=named).first() or edition.measures.filter(begin__lte=begin, end__gt=begin).first()
    if found is None:
        raise Http404
    return found


@page("plans/<slug:slug>/review/<str:kind>/<int:pk>/remove/", name="plan:remove", can=EDIT, title=t("删除条目", "Remove an item"),
      methods=("POST",))
def remove(request: HttpRequest, slug: str, kind: str, pk: int) -> HttpResponse:
    """Remove an item; the message offers to undo it."""
    edition = edition_of(request, slug)
    seen = _number(request.POST.get("seen"), edition.version)
    return _then(request, slug, lambda: corrections.remove_item(
        edition, kind=kind, pk=pk, seen=seen, by=request.who.urn, at=timezone.now()),
                 t("已删除，可在修改记录中撤销", "removed; the change log can undo it"))


@page("plans/<slug:slug>/review/<str:kind>/<int:pk>/confirm/", name="plan:confirm", can=EDIT, title=t("确认无误", "Confirm an item"),
      methods=("POST",))
def confirm(request: HttpRequest, slug: str, kind: str, pk: int) -> HttpResponse:
    """Mark a measure (with its targets when asked) or a target as right."""
    edition = edition_of(request, slug)
    row = _row(edition, kind, pk)
    wanted = [(kind, pk)]
    if kind == "measure" and request.POST.get("all"):
        wanted += [("target", each) for each in row.targets.values_list("pk", flat=True)]
    seen = _number(request.POST.get("seen"), edition.version)
    try:
        corrections.confirm_items(edition, items=wanted, seen=seen, by=request.who.urn, at=timezone.now())
    except Refused as wrong:
        if request.htmx:
            messages.error(request, wrong.text)
            return HttpResponse(headers={"HX-Redirect": reverse("plan:review", kwargs={"slug": slug})})
        return _review(request, edition, wrong.text, status=409)
    return _done(request, edition, kind, row)


@page("plans/<slug:slug>/undo/<int:version>/", name="plan:undo", can=EDIT, title=t("撤销修改", "Undo a change"), methods=("POST",))
def take_back(request: HttpRequest, slug: str, version: int) -> HttpResponse:
    """Undo one change of the log."""
    edition = edition_of(request, slug)
    return _then(request, slug, lambda: undo(edition, version=version, by=request.who.urn, at=timezone.now()),
                 t("已撤销", "undone"), to="plan:history")


@page("plans/<slug:slug>/publish/", name="plan:publish", can=EDIT, title=t("发布方案", "Publish the plan"), methods=("POST",))
def put_in_force(request: HttpRequest, slug: str) -> HttpResponse:
    """Publish the edition as the officer saw it; 409 with what changed when somebody was first."""
    edition = edition_of(request, slug)
    try:
        publish(edition, version=_number(request.POST.get("version"), 0), by=request.who.urn, at=timezone.now())
    except Overtaken as wrong:
        edition.refresh_from_db()
        return render(request, "plan/overtaken.html", {"edition": edition, "changes": [said(each) for each in wrong.changes]}, status=409)
    except NotReady as wrong:
        return _review(request, edition, t("还不能发布，请先完成下列事项",
                                           "not ready to be published; these come first"), wrong.points, 409)
    messages.success(request, t("方案已发布，所有人可见", "published: everybody can read it now"))
    return redirect("plan:edition", slug=slug)


@page("plans/<slug:slug>/discard/", name="plan:discard", can=EDIT, title=t("弃用草稿", "Discard the draft"), methods=("POST",))
def throw_away(request: HttpRequest, slug: str) -> HttpResponse:
    """Discard the draft."""
    edition = edition_of(request, slug)
    version = _number(request.POST.get("version"), 0)
    return _then(request, slug, lambda: discard(edition, version=version, by=request.who.urn, at=timezone.now()),
                 t("草稿已弃用，修改记录保留", "the draft is discarded; its log is kept"), to="plan:editions")


@page("plans/<slug:slug>/history/", name="plan:history", can=REVIEW, title=t("修改记录", "Change log"))
def log(request: HttpRequest, slug: str) -> HttpResponse:
    """Who changed what when, each change undoable while the edition is a draft."""
    edition = edition_of(request, slug)
    return render(request, "plan/history.html", {"edition": edition, "lines": history(edition), "may": EDIT.may(request.who, edition)})


def _then(request: HttpRequest, slug: str, act: Any, done: Text, to: str = "plan:review") -> HttpResponse:
    """Do it and go on with a message; a refusal is told on the same page."""
    try:
        act()
    except Refused as wrong:
        messages.error(request, wrong.text)
    else:
        messages.success(request, done)
    return redirect(to) if to == "plan:editions" else redirect(to, slug=slug)


def _number(text: str | None, otherwise: int) -> int:
    found = whole(text or "")
    return otherwise if found is None else found
