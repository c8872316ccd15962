"""Pages of appraisals: the list of incubators from which they are opened, one with its sheet, and its verbs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from fractions import Fraction
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from fuhua.evidence.actions.attachments import attach
from fuhua.evidence.words import CONTEST_REASONS, Grade
from fuhua.kernel import period
from fuhua.kernel.page import PAGES, Menu, newest, page
from fuhua.kernel.words import t
from fuhua.parties.panels.downloads import download
from fuhua.parties.panels.pressing import PressForm, press
from fuhua.parties.queries import in_bulk
from fuhua.parties.queries.timeline import timeline
from fuhua.schemes import access, words
from fuhua.schemes.actions import appeals, appraisals, measuring, uplift_plans
from fuhua.schemes.kinds import appraising
from fuhua.schemes.kinds.known import SOURCES
from fuhua.schemes.models import Appraisal, AppraisalLine, Uplift
from fuhua.schemes.pages.cultivating import offered, plain, pressed, verb_page, wrong_ones
from fuhua.schemes.pages.cultivation_forms import ConcludeForm, DraftForm, JudgeForm, LineForm
from fuhua.schemes.queries import cultivation, uplifts

TITLE = t("梯次培育", "Cultivation")
TONES = {"open": "ochre", "concluded": "jade", "dropped": "plain", "draft": "ochre", "proposed": "ochre", "agreed": "indigo",
         "measured": "ochre", "confirmed": "jade", "failed": "zhu", "weak": "zhu", "near": "ochre", "reached": "jade", "ended": "zhu",
         "due": "ochre", "reported": "indigo", "raised": "ochre", "reviewing": "indigo", "upheld": "jade", "dismissed": "plain"}
_PAGE = 50
_CONCLUDES = {"first": appraisals.conclude, "after": measuring.conclude_after, "appeal": appeals.conclude_appraisal}


class _Filter(forms.Form):
    q = forms.CharField(label=t("名称", "Name"), required=False, max_length=80)


@page("schemes/cultivation/", name="schemes:cultivation", can=access.CULTIVATION, title=TITLE, menu=Menu(TITLE, "scheme", 39))
def listed(request: HttpRequest) -> HttpResponse:
    """What waits for me, and the incubators that I may see with tier, last appraisal and plan."""
    who, form = request.who, _Filter(request.GET or None)
    asked = form.cleaned_data.get("q", "") if form.is_valid() else ""
    rows = cultivation.incubators(None if who.offices & {*access.ISSUING, "auditor"} else who.districts)
    rows = (rows | cultivation.incubators().filter(pk__in=who.acts_for())).filter(name__icontains=asked).order_by("-pk")
    found, older = newest(request, rows, _PAGE, q=asked)
    todo, plans = cultivation.mine(who.party_id, who.acts_for())
    return render(request, "schemes/cultivation.html", {
        "rows": [_row(each) for each in cultivation.listed(found, period.day(timezone.now()))], "form": form,
        "older": older, "opens": access.CULTIVATES.opens_for(who),
        "todo": [{"it": each, "sort": words.APPRAISAL_SORTS[each.sort]} for each in todo[:_PAGE]],
        "plans": [{"it": each, "state": words.UPLIFT_STATES[each.state], "tone": TONES[each.state]} for each in plans[:_PAGE]],
    })


def _row(each: cultivation.Row) -> dict[str, Any]:
    return {"it": each, "tier": words.TIERS[each.tier.tier] if each.tier else "",
            "score": Fraction(each.last.score or 0, 1_000_000) if each.last else None,
            "plan": words.UPLIFT_STATES[each.plan.state] if each.plan else "", "tone": TONES[each.plan.state] if each.plan else ""}


@page("schemes/appraisals/new/<int:pk>/", name="schemes:appraisal_new", can=access.CULTIVATES, title=t("开展测评", "Open an appraisal"),
      methods=("GET", "POST"))
def new(request: HttpRequest, pk: int) -> HttpResponse:
    """Appoint who appraises an incubator."""
    party = access.CULTIVATES.get(request.who, cultivation.incubators(), pk=pk)
    label = t("测评人（专家或市级主管人员，须与该孵化器无利益关系）", "Assessor (expert or city officer, not tied to it)")
    form = JudgeForm(request.POST or None, label=label)

    def opened(said: dict[str, Any], by: str, at: dt.datetime) -> str:
        row = appraisals.open_appraisal(incubator=party, assessor=said["person"], issuer=_agency(request.who), by=by, at=at)
        return appraisals.url_of(row)

    if form.is_bound and (led := press(request, form, opened, "", t("测评已开展，各项已按事实预填", "opened; the lines are prefilled"))):
        return led
    return render(request, "schemes/appraisal_new.html", {
        "party": party, "form": form, "lines": appraising.LINES, "trail": _trail(PAGES["schemes:appraisal_new"].title),
    }, status=422 if form.is_bound else 200)


def _agency(who: Any) -> in_bulk.Party:
    """The agency for which the officer acts."""
    return in_bulk.by_ids(who.acts_for(*access.ISSUING))[0]


def _trail(last: Any) -> list[dict[str, Any]]:
    return [{"label": TITLE, "url": reverse("schemes:cultivation")}, {"label": last, "url": ""}]


@page("schemes/appraisals/<int:pk>/", name="schemes:appraisal", can=access.APPRAISALS, title=t("测评", "Appraisal"))
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """One appraisal: the sheet with what is on record and what the assessor states, and the score."""
    return _shown(request, _of(request, pk))


def _of(request: HttpRequest, pk: int) -> Appraisal:
    rows = Appraisal.objects.select_related("incubator", "issuer", "assessor", "uplift", "plan")
    return access.APPRAISALS.get(request.who, rows, pk=pk)


def _shown(request: HttpRequest, row: Appraisal, wrong: dict[str, forms.Form] | None = None, status: int = 200) -> HttpResponse:
    who, today = request.who, period.day(timezone.now())
    assesses = row.state == "open" and access.ASSESSES.may(who, row)
    lines = list(row.lines.order_by("place"))
    score = appraising.score((each.counted, each.target, each.weight) for each in lines)
    plan = row.uplift or getattr(row, "plan", None)
    return render(request, "schemes/appraisal.html", {
        "row": row, "state": words.APPRAISAL_STATES[row.state], "tone": TONES[row.state], "assesses": assesses,
        "sort": words.APPRAISAL_SORTS[row.sort],
        "again": wrong_ones("appraisal", row, wrong), "lines": [_line(row, each, assesses) for each in lines],
        "score": Fraction(score, 1_000_000), "verbs": _verbs(who, row, lines, plan, today, assesses), "levels": appraising.LEVELS.values(),
        "plan": plan if plan is not None and access.UPLIFTS.may(who, plan) else None,
        "events": timeline(row.urn, ("schemes.appraisal_",), today), "trail": _trail(row.number),
    }, status=status)


def _line(row: Appraisal, each: AppraisalLine, assesses: bool) -> dict[str, Any]:
    line, level = appraising.BY_CODE[each.code], appraising.level(each.counted, each.target)
    form = LineForm(prefix="state", auto_id=f"id_{each.code}_%s", initial={"item": each.code, "own": each.own, "note": each.note,
                                                                           "reason": each.reason})
    return {"it": each, "line": line, "level": appraising.LEVELS[level], "tone": TONES[level],
            "source": SOURCES[line.source].label if line.source else "", "grade": Grade(each.grade or 0).name.lower(),
            "reason": CONTEST_REASONS.get(each.reason, ""), "share": appraising.share(each.counted, each.target),
            "weight": Fraction(each.weight, 1_000_000), "form": offered("appraisal", row, "state", form) if assesses else None}


def _verbs(who: Any, row: Appraisal, lines: Collection[AppraisalLine], plan: Uplift | None, today: dt.date,
           assesses: bool) -> list[dict[str, Any]]:
    """What the reader may do with the appraisal as a whole."""
    found = [offered("appraisal", row, "conclude", ConcludeForm(prefix="conclude"))] if assesses else []
    if not access.CULTIVATES.opens_for(who):
        return found
    if row.state == "open":
        found.append(offered("appraisal", row, "drop", PressForm(prefix="drop")))
    if row.state == "concluded" and cultivation.tier_of(row.incubator, today) is None:
        found.append(offered("appraisal", row, "reserve", PressForm(prefix="reserve")))
    short = any(appraising.level(each.counted, each.target) != "reached" for each in lines)
    if row.state == "concluded" and row.sort == "first" and plan is None and short:
        found.append(offered("appraisal", row, "plan", DraftForm(prefix="plan")))
    return found


THING = pressed("appraisal", _of, _shown)


def _state(row: Appraisal, _who: Any, said: dict[str, Any], told: dict[str, Any]) -> None:
    digest, _media = attach(said["file"].file, **told)
    appraisals.state_line(appraisal=row, code=said["item"], own=said["own"], reason=said["reason"], note=said["note"], evidence=digest,
                          **told)


def _conclude(row: Appraisal, _who: Any, said: dict[str, Any], told: dict[str, Any]) -> None:
    _CONCLUDES[row.sort](appraisal=row, text=said["text"], **told)


def _reserve(row: Appraisal, _who: Any, _said: dict[str, Any], told: dict[str, Any]) -> None:
    appraisals.enter_reserve(appraisal=row, **told)


def _plan(row: Appraisal, _who: Any, said: dict[str, Any], told: dict[str, Any]) -> str:
    return uplift_plans.url_of(uplift_plans.draft(appraisal=row, state_owned=said["state_owned"], **told))


def _drop(row: Appraisal, _who: Any, _said: dict[str, Any], told: dict[str, Any]) -> None:
    appraisals.drop(appraisal=row, **told)


verb_page(THING, "state", access.ASSESSES, (t("认定该项", "State the line"), t("已记录认定值", "recorded; both values stay")),
          plain("state", LineForm), _state)
verb_page(THING, "conclude", access.ASSESSES, (t("出具测评结论", "Conclude the appraisal"), t("测评报告已出具", "the report is issued")),
          plain("conclude", ConcludeForm), _conclude)
verb_page(THING, "drop", access.CULTIVATES, (t("取消测评", "Drop the appraisal"), t("测评已取消", "dropped")),
          plain("drop", PressForm), _drop)
verb_page(THING, "reserve", access.CULTIVATES, (t("列入入库梯次", "Enter it into the reserve"), t("已入库", "it is in the reserve now")),
          plain("reserve", PressForm), _reserve)
verb_page(THING, "plan", access.CULTIVATES, (t("编制提升方案", "Make a plan of uplift"), t("方案已建立，请把差距转为任务",
                                                                              "begun; make the gaps tasks next")),
          plain("plan", DraftForm), _plan)


@page("schemes/appraisals/<int:pk>/papers/<slug:digest>/", name="schemes:appraisal_paper", can=access.APPRAISALS,
      title=t("测评文件", "Paper of an appraisal"))
def paper(request: HttpRequest, pk: int, digest: str) -> HttpResponse:
    """The report, or the evidence of a line."""
    return download(digest, uplifts.papers_of_appraisal(_of(request, pk)).get(digest))
