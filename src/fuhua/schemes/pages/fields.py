"""Pages of the list of future fields: the list as it is or was, one field with its history, and the committee's decisions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from fuhua.evidence.actions import documents, papers
from fuhua.kernel import period
from fuhua.kernel.page import Menu, number, page
from fuhua.kernel.words import Text, t
from fuhua.parties.panels.pressing import PressForm, press
from fuhua.parties.queries import in_bulk
from fuhua.parties.words import DISTRICTS
from fuhua.schemes import access
from fuhua.schemes.actions import fields as verbs
from fuhua.schemes.actions import themed
from fuhua.schemes.models import FieldDecision
from fuhua.schemes.pages.field_forms import DecisionForm, EnterForm, MergeForm, RenameForm
from fuhua.schemes.queries import fields
from fuhua.schemes.words import FIELD_STATES, FIELD_VERBS, FIRST_FIELDS, FutureField

_TITLE = t("未来产业领域目录", "Future fields")
_TONES = {"in_force": "jade", "retired": "plain", "merged": "ochre"}


@page("schemes/fields/", name="schemes:fields", can=access.APPLIES, title=_TITLE, menu=Menu(_TITLE, "flag", 39))
def listed(request: HttpRequest) -> HttpResponse:
    """The list in force, or an earlier edition of it, and who decided what."""
    return _list(request)


def _list(request: HttpRequest, wrong: forms.Form | None = None, status: int = 200) -> HttpResponse:
    decided = fields.decisions()
    last = decided[-1].edition if decided else fields.FIRST
    edition = min(max(number(request, "edition") or last, fields.FIRST), last)
    known = fields.standing(decided)
    then = fields.standing([each for each in decided if each.edition <= edition])
    writes = access.FIELDS.opens_for(request.who)
    today = period.day(timezone.now())
    return render(request, "schemes/fields.html", {
        "rows": [_row(each, known) for each in then.values()], "edition": edition, "last": last, "past": edition < last,
        "count": sum(each.state == "in_force" for each in then.values()),
        "decisions": [_decision(each, known) for each in reversed(decided)],
        "form": (wrong or EnterForm(prefix="enter", today=today)) if writes and edition == last else None,
        "editions": [{"label": t("第 {n} 版", "edition {n}").format(n=n), "url": f"?edition={n}", "active": n == edition}
                     for n in _near(edition, last)],
        "trail": [{"label": t("项目申报", "Schemes"), "url": reverse("schemes:calls")}, {"label": _TITLE, "url": ""}],
    }, status=status)


def _near(edition: int, last: int) -> list[int]:
    """The first, the last, and the editions around the one shown."""
    return sorted({fields.FIRST, last, *range(max(fields.FIRST, edition - 2), min(last, edition + 2) + 1)})


def _row(each: FutureField, known: dict[str, FutureField]) -> dict[str, Any]:
    now, name = known[each.code].name, each.name
    return {"code": each.code, "name": name, "now": now if now != name else "", "state": FIELD_STATES[each.state],
            "tone": _TONES[each.state], "url": reverse("schemes:field", kwargs={"code": each.code}),
            "into": known[each.into].name if each.into else "", "former": known[each.former].name if each.former else ""}


def _decision(each: FieldDecision, known: dict[str, FutureField]) -> dict[str, Any]:
    name = Text(each.zh, each.en) if each.zh else known[each.code].name_on(each.day)
    return {"it": each, "verb": FIELD_VERBS[each.verb], "name": name, "url": reverse("schemes:field", kwargs={"code": each.code}),
            "into": known[each.into].name_on(each.day) if each.into else "",
            "former": known[each.former].name_on(each.day) if each.former else "",
            "brief": reverse("schemes:field_brief", kwargs={"edition": each.edition})}


@page("schemes/fields/of/<slug:code>/", name="schemes:field", can=access.APPLIES, title=t("未来产业领域", "Future field"))
def one(request: HttpRequest, code: str) -> HttpResponse:
    """One field: its names, every decision about it with its grounds, and for officers what may be decided next."""
    return _shown(request, code)


def _shown(request: HttpRequest, code: str, wrong: dict[str, forms.Form] | None = None, status: int = 200) -> HttpResponse:
    decided = fields.decisions()
    known = fields.standing(decided)
    if code not in known:
        raise Http404
    field, wrong, today = known[code], wrong or {}, period.day(timezone.now())
    able = access.FIELDS.opens_for(request.who) and field.state == "in_force"
    return render(request, "schemes/field.html", {
        "field": field, "state": FIELD_STATES[field.state], "tone": _TONES[field.state],
        "names": [{"since": "" if n == 0 and code in FIRST_FIELDS else since, "name": name}
                  for n, (since, name) in enumerate(field.names)],
        "into": known[field.into] if field.into else None, "former": known[field.former] if field.former else None,
        "merged": [each for each in known.values() if each.into == code],
        "decisions": [_decision(each, known) for each in reversed(decided) if each.code == code or each.into == code],
        "first": code in FIRST_FIELDS,
        "verbs": [{"verb": verb, "label": title, "form": wrong.get(verb) or form(prefix=verb, today=today, **_given(verb, code)),
                   "url": reverse(f"schemes:field_{verb}", kwargs={"code": code})}
                  for verb, (title, form) in _VERBS.items()] if able else [],
        "press": PressForm() if able else None,
        "trail": [{"label": _TITLE, "url": reverse("schemes:fields")}, {"label": field.name, "url": ""}],
    }, status=status)


_VERBS: dict[str, tuple[Text, type[DecisionForm]]] = {
    "rename": (t("更名", "Rename"), RenameForm), "merge": (t("并入另一领域", "Merge into another"), MergeForm),
    "retire": (t("退出目录", "Retire"), DecisionForm),
}


def _given(verb: str, code: str) -> dict[str, str]:
    return {"code": code} if verb == "merge" else {}


@page("schemes/fields/enter/", name="schemes:field_enter", can=access.FIELDS, title=t("列入新领域", "Enter a field"),
      methods=("POST",), files=True)
def enter(request: HttpRequest) -> HttpResponse:
    """Put a field on the list."""
    form = EnterForm(request.POST, request.FILES, prefix="enter", today=period.day(timezone.now()))

    def act(said: dict[str, Any], by: str, at: Any) -> str:
        row = verbs.enter(code=said["code"], zh=said["zh"], en=said["en"], former=said["former"],
                          grounds=form.grounds(request.who.party_id), by=by, at=at)
        return reverse("schemes:field", kwargs={"code": row.code})

    return press(request, form, act, "", t("已列入目录", "it is on the list")) or _list(request, form, 422)


def _verb(verb: str, done: Text) -> None:
    """Declare the page of one decision about a field that is in force."""
    title, form_of = _VERBS[verb]

    def view(request: HttpRequest, code: str) -> HttpResponse:
        if code not in fields.every():
            raise Http404
        form = form_of(request.POST, request.FILES, prefix=verb, today=period.day(timezone.now()), **_given(verb, code))

        def act(said: dict[str, Any], by: str, at: Any) -> None:
            names = {name: said[name] for name in ("zh", "en", "into") if name in said}
            getattr(verbs, verb)(code=code, grounds=form.grounds(request.who.party_id), by=by, at=at, **names)

        url = reverse("schemes:field", kwargs={"code": code})
        return press(request, form, act, url, done) or _shown(request, code, {verb: form}, 422)

    view.__name__, view.__doc__ = verb, title.en
    page(f"schemes/fields/of/<slug:code>/{verb}/", name=f"schemes:field_{verb}", can=access.FIELDS, title=title, methods=("POST",),
         files=True)(view)


_verb("rename", t("已更名，曾用名保留", "renamed; its former name is kept"))
_verb("merge", t("已并入", "merged"))
_verb("retire", t("已退出目录", "it is on the list no longer"))


@page("schemes/fields/briefs/<int:edition>/", name="schemes:field_brief", can=access.APPLIES, title=t("领域说明", "Field brief"))
def brief(request: HttpRequest, edition: int) -> HttpResponse:  # noqa: ARG001
    """The brief of a decision, as PDF."""
    row = FieldDecision.objects.filter(edition=edition).first()
    if row is None:
        raise Http404
    return FileResponse(documents.open_document(row.brief), as_attachment=True, filename=f"field-{row.code}-{edition}.pdf",
                        content_type=papers.PDF)


@page("schemes/fields/of/<slug:code>/call/", name="schemes:field_call", can=access.FIELDS, title=t("起草专题征集", "Draft a themed call"),
      methods=("POST",))
def call(request: HttpRequest, code: str) -> HttpResponse:
    """Draft a call for future-field incubators in this field, to be finished and published by the officer."""
    who, form = request.who, PressForm(request.POST)
    issuers = in_bulk.by_ids(who.acts_for(*access.ISSUING))
    if code not in fields.every() or not issuers:
        raise Http404
    district = request.POST.get("district", "")

    def act(_said: dict[str, Any], by: str, at: Any) -> str:
        row = themed.draft(code=code, issuer=issuers[0], district=district if district in DISTRICTS else "", by=by, at=at)
        return reverse("schemes:call_edit", kwargs={"pk": row.pk})

    done = t("已起草，请补充后发布", "drafted; finish it, then publish it")
    return press(request, form, act, "", done) or _shown(request, code, status=422)
