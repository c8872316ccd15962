"""The list of plans, importing one, an edition as everybody reads it, what changed in it, and its exports."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from fuhua.evidence.facts import BadFact
from fuhua.kernel.access import anybody, rule
from fuhua.kernel.page import Menu, page
from fuhua.kernel.sheet.writing import Sheet, write
from fuhua.kernel.words import Text, t
from fuhua.parties import queries as parties
from fuhua.plan.access import EDIT, READ, REVIEW
from fuhua.plan.actions.editions import import_plan
from fuhua.plan.models import Edition
from fuhua.plan.pages.forms import UploadForm
from fuhua.plan.queries import editions as reads
from fuhua.plan.queries.linking import indicators
from fuhua.plan.queries.succession import difference, goal_words
from fuhua.plan.reading import PlanError
from fuhua.plan.words import FATES, OPS, PERIODS, ROLES, STATUSES, UNIT_GROUPS

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TONES = {"draft": "ochre", "published": "jade", "superseded": "plain", "discarded": "plain"}
_FATE_TONES = {"kept": "plain", "changed": "indigo", "new": "jade", "ended": "zhu"}


def listing(request: HttpRequest, form: UploadForm | None = None, status: int = 200) -> HttpResponse:
    """The list page, with the upload form for those who may import."""
    rows = list(reads.listed(READ.filter(request.who, Edition.objects.exclude(status="discarded"))))
    names = {"draft": t("校核中", "In review"), "published": t("现行方案", "In force"), "superseded": t("历史方案", "Past editions")}
    groups = [{"code": code, "label": label, "rows": [row for row in rows if row.status == code]} for code, label in names.items()]
    for row in rows:
        row.progress = reads.progress(row) if row.status == "draft" else None
    may = EDIT.opens_for(request.who)
    return render(request, "plan/editions.html", {
        "groups": [group for group in groups if group["rows"]], "may_import": may,
        "form": (form or UploadForm()) if may else None,
    }, status=status)


@page("plans/", name="plan:editions", can=rule("plan.list", t("任何人都可查看", "open to everybody"), anybody),
      title=t("行动方案", "Action plans"), menu=Menu(t("行动方案", "Action plans"), "plan", 20))
def editions(request: HttpRequest) -> HttpResponse:
    """Every plan the reader may see: in review, in force, past."""
    return listing(request)


@page("plans/import/", name="plan:import", can=EDIT, title=t("导入方案", "Import a plan"), methods=("POST",), files=True)
def bring(request: HttpRequest) -> HttpResponse:
    """Read the uploaded document into a draft, and go to its review."""
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return listing(request, form, 422)
    file = form.cleaned_data["file"]
    try:
        edition = import_plan(Path(file.temporary_file_path()), by=request.who.urn, at=timezone.now(), name=file.name,
                              slug=form.cleaned_data["slug"], predecessor=form.cleaned_data["predecessor"])
    except PlanError as wrong:
        form.add_error("file", str(Text(wrong.zh, wrong.en)))
    except BadFact as wrong:
        form.add_error("slug" if "/" not in wrong.text.en and "web name" in wrong.text.en else "file", str(wrong.text))
    else:
        messages.success(request, t("已读出 {n} 项举措、{m} 个目标，请逐项核对后发布",
                                    "{n} measures and {m} targets read; check them, then publish")
                         .format(n=edition.measures.count(), m=edition.targets.count()))
        return redirect("plan:review", slug=edition.slug)
    return listing(request, form, 422)


def edition_of(request: HttpRequest, slug: str) -> Edition:
    """The edition with that slug, 404 when the reader may not see it."""
    rows = Edition.objects.select_related("predecessor", "coordinator")
    return READ.get(request.who, rows, slug=slug)


def goal(target: Any, codes: dict[str, Any]) -> dict[str, Any]:
    """A target as a page shows it."""
    return {"row": target, "words": goal_words(target), "op": OPS[target.op], "period": PERIODS.get(target.period, ""),
            "indicator": codes.get(target.indicator)}


@page("plans/<slug:slug>/", name="plan:edition", can=READ, title=t("行动方案", "Action plan"))
def edition(request: HttpRequest, slug: str) -> HttpResponse:
    """One edition: its goals, its measures with their units and targets; ``?q=`` searches in it."""
    row = edition_of(request, slug)
    asked = request.GET.get("q", "").strip()[:80]
    codes = {each.code: each for each in indicators()}
    measures = reads.measures_of(row)
    for measure in measures:
        measure.shown_goals = [goal(each, codes) for each in measure.goals]
        measure.shown_units = [{"row": unit, "role": ROLES[unit.role], "group": UNIT_GROUPS.get(unit.group)} for unit in measure.units]
    found = [measure for measure in measures if _holds(measure, asked)]
    return render(request, "plan/edition.html", {
        "edition": row, "status": STATUSES[row.status], "tone": TONES[row.status], "asked": asked, "total": len(measures),
        "measures": found, "goals": [goal(each, codes) for each in reads.overall_targets(row)] if not asked else [],
        "everywhere": reads.everywhere(row), "may_review": REVIEW.opens_for(request.who),
        "successor": row.successors.filter(status__in=("published", "superseded")).first(),
        "units": sorted({unit.printed for measure in measures for unit in measure.units}),
    })


def _holds(measure: Any, asked: str) -> bool:
    words = [measure.title, measure.text, *(unit.printed for unit in measure.units),
             *(unit.party.name for unit in measure.units if unit.party), *(target.metric for target in measure.goals)]
    return not asked or any(asked.casefold() in text.casefold() for text in words)


@page("plans/<slug:slug>/changes/", name="plan:changes", can=READ, title=t("与上一版比较", "Compared with the previous edition"))
def changes(request: HttpRequest, slug: str) -> HttpResponse:
    """What the edition keeps, changes, adds and ends."""
    row = edition_of(request, slug)
    if row.predecessor is None:
        raise Http404
    labels = {"title": t("标题", "Title"), "text": t("内容", "Text"),
              "units": t("责任单位", "Responsible units"), "targets": t("目标", "Targets")}
    lines = difference(row)
    counts = {fate: sum(line["fate"] == fate for line in lines) for fate in FATES}
    for line in lines:
        line["label"], line["tone"] = FATES[line["fate"]], _FATE_TONES[line["fate"]]
        line["rows"] = [{**each, "label": labels[each["field"]]} for each in line["rows"] if each["before"] != each["after"]]
    return render(request, "plan/changes.html", {
        "edition": row, "lines": lines, "counts": [{"label": FATES[fate], "n": n, "tone": _FATE_TONES[fate]} for fate, n in counts.items()],
    })


@page("plans/<slug:slug>/export.<str:form>", name="plan:export", can=READ, title=t("导出方案", "Export the plan"))
def export(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    """The edition as JSON or as a workbook."""
    row = edition_of(request, slug)
    found = reads.content(row)
    if form == "json":
        body, kind = json.dumps(found, ensure_ascii=False, indent=2).encode(), "application/json"
    elif form == "xlsx":
        body, kind = _workbook(found), _XLSX
    else:
        raise Http404
    return HttpResponse(body, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{row.slug}.{form}"'})


def _workbook(found: dict[str, Any]) -> bytes:
    names = parties.names([urn for measure in found["measures"] for urn in measure["organisations"].values() if urn])
    measures = [(measure["no"], measure["title"], measure["text"], "; ".join(measure["units"]), "; ".join(measure.get("lead", [])),
                 "; ".join(names.get(urn, "") for urn in measure["organisations"].values() if names.get(urn)))
                for measure in found["measures"]]
    targets = [(each["measure"], each["metric"], each["op"], each["value"], each.get("max"), each["unit"], each["deadline"],
                each["period"], each["quote"]) for each in found["targets"]]
    heads = [t("编号", "No."), t("举措", "Measure"), t("内容", "Text"),
             t("责任单位", "Responsible units"), t("牵头单位", "Lead"), t("对应机构", "Organisations")]
    goals = [t("举措编号", "Measure no."), t("指标", "Metric"), t("要求", "Requirement"), t("目标值", "Value"), t("上限", "Upper end"),
             t("单位", "Unit"), t("期限", "Deadline"), t("频次", "How often"), t("原文", "Words of the plan")]
    file = io.BytesIO()
    write(file, [Sheet(str(t("举措", "Measures")), [str(each) for each in heads], measures),
                 Sheet(str(t("目标", "Targets")), [str(each) for each in goals], targets)])
    return file.getvalue()
