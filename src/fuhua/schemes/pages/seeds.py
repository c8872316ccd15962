"""Pages of gold seeds: the public list, one seed with its history, and the yearly recheck with what may follow it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from fuhua.kernel import period
from fuhua.kernel.page import number, page
from fuhua.kernel.words import Text, t
from fuhua.parties.panels.pressing import Pressed
from fuhua.parties.words import DISTRICTS
from fuhua.schemes import access
from fuhua.schemes.actions import gold_seeds
from fuhua.schemes.models import GoldSeed, SeedCheck
from fuhua.schemes.pages.field_forms import HearForm, LeaveForm, RecheckForm
from fuhua.schemes.queries.seeds import history, lines_of
from fuhua.schemes.words import CHECK_RESULTS, FUTURE_FIELDS, HOLDS, LEAVING_REASONS, SEED_STATES

_TITLE = t("金种子名单", "Gold seeds")
_PAGE = 50
_TONES = {"listed": "jade", "failed": "zhu", "left": "plain"}
_VIEWS: dict[str, Text] = {"listed": t("在库", "on the list"), "left": t("已出库", "left")}


@page("schemes/gold-seeds/", name="schemes:gold_seeds", can=access.PUBLIC, title=_TITLE)
def listed(request: HttpRequest) -> HttpResponse:
    """Who is on the list, in which field and since when, and who was; reasons are for those who may open the seed."""
    who, view = request.who, "left" if request.GET.get("view") == "left" else "listed"
    rows = GoldSeed.objects.select_related("party").order_by("-since", "-pk")
    rows = rows.filter(state="left") if view == "left" else rows.exclude(state="left")
    start = number(request, "start") or 0
    found = list(rows[start:start + _PAGE + 1])
    said = FUTURE_FIELDS.telling()
    opened = set(access.SEEDS.filter(who, GoldSeed.objects.filter(pk__in=[each.pk for each in found])).values_list("pk", flat=True))
    officer = access.RECHECKS.opens_for(who)
    return render(request, "schemes/gold_seeds.html", {
        "rows": [{"it": each, "field": said(each.field, each.since), "district": DISTRICTS.get(each.district, ""),
                  "url": gold_seeds.url_of(each) if each.pk in opened else "",
                  "state": SEED_STATES[each.state] if officer and each.state == "failed" else ""} for each in found[:_PAGE]],
        "tabs": [{"label": label, "url": f"?view={code}", "active": code == view} for code, label in _VIEWS.items()],
        "left": view == "left", "officer": officer,
        "newer": f"?view={view}&start={max(start - _PAGE, 0)}" if start else "",
        "older": f"?view={view}&start={start + _PAGE}" if len(found) > _PAGE else "",
        "trail": [{"label": t("项目申报", "Schemes"), "url": reverse("schemes:calls")}, {"label": _TITLE, "url": ""}]})


def _seed(request: HttpRequest, pk: int) -> GoldSeed:
    rows = GoldSeed.objects.select_related("party", "issuer", "application__call")
    return access.SEEDS.get(request.who, rows, pk=pk)


@page("schemes/gold-seeds/<int:pk>/", name="schemes:gold_seed", can=access.SEEDS, title=t("金种子", "Gold seed"))
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """One seed: since when and by which award, its rechecks with their grounds, and what an officer does next."""
    return _shown(request, _seed(request, pk))


_VERBS: dict[str, tuple[Text, type[forms.Form]]] = {
    "recheck": (t("复核入库条件", "Recheck the entry rule"), RecheckForm), "hear": (t("安排听取意见", "Set a hearing"), HearForm),
    "leave": (t("出库", "Take it off the list"), LeaveForm),
}


def _able(row: GoldSeed) -> list[str]:
    """The verbs that its state lets an officer press."""
    if row.state == "left":
        return []
    return ["recheck", *(["hear"] if row.state == "failed" and row.hearing is None else []), "leave"]


def _shown(request: HttpRequest, row: GoldSeed, wrong: dict[str, forms.Form] | None = None, status: int = 200) -> HttpResponse:
    wrong, today = wrong or {}, period.day(timezone.now())
    able = _able(row) if access.RECHECKS.may(request.who, row) else []
    return render(request, "schemes/gold_seed.html", {
        "row": row, "field": FUTURE_FIELDS.telling()(row.field, row.since), "state": SEED_STATES[row.state], "tone": _TONES[row.state],
        "district": DISTRICTS.get(row.district, ""), "because": LEAVING_REASONS.get(row.because, ""),
        "late": row.state == "listed" and row.due < today,
        "lines": [_line(each) for each in lines_of(row, today)] if able else [],
        "history": [_told(each["record"], each["check"]) for each in history(row)],
        "verbs": [{"verb": verb, "label": _VERBS[verb][0], "form": wrong.get(verb) or _VERBS[verb][1](prefix=verb),
                   "url": reverse(f"schemes:gold_seed_{verb}", kwargs={"pk": row.pk})} for verb in able],
        "trail": [{"label": _TITLE, "url": reverse("schemes:gold_seeds")}, {"label": row.party.name, "url": ""}],
    }, status=status)


def _told(record: Any, check: SeedCheck | None) -> dict[str, Any]:
    """One entry of its history: what was told, how it ended, and the grounds where they were written here."""
    code = getattr(record.fact, "result", "") or getattr(record.fact, "reason", "")
    return {"label": type(record.fact).LABEL, "on": record.true_from, "url": reverse("front:fact", kwargs={"digest": record.digest}),
            "said": {**CHECK_RESULTS, **LEAVING_REASONS}.get(code, ""), "check": check,
            "lines": [_line(one) for one in check.lines] if check else []}


def _line(each: dict[str, Any]) -> dict[str, Any]:
    return {"label": Text(each["zh"], each["en"]), "value": Text(each["value_zh"], each["value_en"]),
            "says": HOLDS.get(each["says"], ""), "tone": {"yes": "jade", "no": "zhu"}.get(each["says"], "ochre"),
            "day": each["day"], "digest": each["digest"]}


_PRESSED = Pressed("schemes/gold-seeds/", "schemes:gold_seed", _seed, _shown, lambda row, _found: gold_seeds.url_of(row))


def _verb(verb: str, done: Text, act: Callable[[GoldSeed, dict[str, Any], dict[str, Any]], Any]) -> None:
    """Declare the page of one verb; ``act`` gets the seed, what the form said, and ``by``, ``at`` and the officer as ``person``."""
    title, form_of = _VERBS[verb]
    _PRESSED.verb(verb, access.RECHECKS, title, done, lambda request, _row: form_of(request.POST, prefix=verb),
                  lambda request, row, form, told: act(row, form.cleaned_data, {**told, "person": request.who.party_id}))


_verb("recheck", t("复核结论已记录", "the recheck is on record"), lambda row, said, told: gold_seeds.conclude_recheck(
    seed=row, result=said["result"], why=said["why"], heard=said["heard"], **told))
_verb("hear", t("已通知企业", "the firm is told"), lambda row, said, told: gold_seeds.call_hearing(
    seed=row, day=said["day"], by=told["by"], at=told["at"]))
_verb("leave", t("已出库，原因留存", "it is off the list; the reason is kept"), lambda row, said, told: gold_seeds.take_off(
    seed=row, reason=said["reason"], why=said["why"], heard=said["heard"], **told))
