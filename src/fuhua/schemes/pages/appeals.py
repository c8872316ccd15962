"""Pages of appeals: what is appealed against and why, who reviews it, and the decision."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from fuhua.kernel import period
from fuhua.kernel.page import page
from fuhua.kernel.words import Text, t
from fuhua.parties.panels.downloads import download
from fuhua.parties.queries.timeline import timeline
from fuhua.schemes import access, words
from fuhua.schemes.actions import appeals
from fuhua.schemes.models import Appeal
from fuhua.schemes.pages.appraisals import TITLE, TONES
from fuhua.schemes.pages.cultivating import offered, plain, pressed, verb_page, wrong_ones
from fuhua.schemes.pages.cultivation_forms import DecideForm, JudgeForm

_NAMING = t("复核人（专家或市级主管人员，不是原测评人，且无利益关系）",
            "Reviewer (expert or city officer, another than before, tied to no side)")


@page("schemes/appeals/<int:pk>/", name="schemes:appeal", can=access.APPEALS, title=t("申诉", "Appeal"))
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """One appeal."""
    return _shown(request, _of(request, pk))


def _of(request: HttpRequest, pk: int) -> Appeal:
    rows = Appeal.objects.select_related("party", "reviewer", "appraisal", "warning__uplift", "assessment__agreement")
    return access.APPEALS.get(request.who, rows, pk=pk)


def _shown(request: HttpRequest, row: Appeal, wrong: dict[str, forms.Form] | None = None, status: int = 200) -> HttpResponse:
    who = request.who
    verbs = []
    if row.state == "raised" and access.CULTIVATES.opens_for(who):
        verbs.append(offered("appeal", row, "name", JudgeForm(prefix="name", label=_NAMING)))
    if row.state == "reviewing" and row.appraisal_id is None and access.REVIEWS_APPEALS.may(who, row):
        verbs.append(offered("appeal", row, "decide", DecideForm(prefix="decide")))
    appraisal = row.appraisal if row.appraisal and access.APPRAISALS.may(who, row.appraisal) else None
    plan = row.warning.uplift if row.warning and access.UPLIFTS.may(who, row.warning.uplift) else None
    task = row.assessment.agreement if row.assessment and access.AGREEMENTS.may(who, row.assessment.agreement) else None
    return render(request, "schemes/appeal.html", {
        "row": row, "state": words.APPEAL_STATES[row.state], "tone": TONES[row.state], "again": wrong_ones("appeal", row, wrong),
        "about": _about(row), "verbs": verbs, "appraisal": appraisal, "plan": plan, "task": task,
        "events": timeline(row.urn, ("schemes.appeal_", "schemes.uplift_appealed"), period.day(timezone.now())),
        "trail": [{"label": TITLE, "url": reverse("schemes:cultivation") if access.CULTIVATION.opens_for(who) else ""},
                  {"label": row.number, "url": ""}],
    }, status=status)


def _about(row: Appeal) -> Text:
    if row.assessment:
        return t("{number} {year} 年度评估：{result}", "{number}, assessment of {year}: {result}").format(
            number=row.assessment.agreement.number, year=row.assessment.year, result=words.ASSESSED[row.assessment.result])
    return t("{number}：{sort}", "{number}: {sort}").format(number=row.warning.uplift.number, sort=words.WARNING_SORTS[row.warning.sort])


THING = pressed("appeal", _of, _shown)


def _name(row: Appeal, _who: Any, said: dict[str, Any], told: dict[str, Any]) -> None:
    appeals.name_reviewer(appeal=row, person=said["person"], **told)


def _decide(row: Appeal, _who: Any, said: dict[str, Any], told: dict[str, Any]) -> None:
    appeals.decide(appeal=row, upheld=said["upheld"], text=said["text"], **told)


verb_page(THING, "name", access.CULTIVATES, (t("指定复核人", "Name the reviewer"), t("已指定复核人", "the reviewer is named")),
          plain("name", JudgeForm), _name)
verb_page(THING, "decide", access.REVIEWS_APPEALS, (t("作出复核结论", "Decide the appeal"), t("复核结论已出具", "the decision is issued")),
          plain("decide", DecideForm), _decide)


@page("schemes/appeals/<int:pk>/papers/<slug:digest>/", name="schemes:appeal_paper", can=access.APPEALS,
      title=t("申诉文件", "Paper of an appeal"))
def paper(request: HttpRequest, pk: int, digest: str) -> HttpResponse:
    """The decision."""
    row = _of(request, pk)
    return download(digest, f"{row.number}.pdf" if digest == row.document else None)
