"""Pages of plans of uplift: gaps with their tasks, who coaches, the measurement, warnings with appeals, approvals, papers."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from fuhua.kernel import period
from fuhua.kernel.page import page
from fuhua.kernel.words import t
from fuhua.parties.panels.downloads import download
from fuhua.parties.panels.pressing import PressForm
from fuhua.parties.queries.timeline import timeline
from fuhua.schemes import access, words
from fuhua.schemes.kinds import appraising, reform
from fuhua.schemes.models import Uplift, UpliftTask, UpliftWarning
from fuhua.schemes.pages.appraisals import TITLE, TONES
from fuhua.schemes.pages.cultivating import offered, pressed, wrong_ones
from fuhua.schemes.pages.cultivation_forms import ApproveForm, EndForm, ItemForm, JudgeForm, ReportForm, TaskForm, TextForm
from fuhua.schemes.queries import cultivation, uplifts
from fuhua.schemes.queries.agreements import running

_COACHES = 12  # suggestions that the page shows
_STEPS = (("draft", t("差距转任务", "gaps to tasks")), ("proposed", t("结对", "pair")), ("agreed", t("辅导", "coaching")),
          ("measured", t("双方确认", "confirm")), ("confirmed", t("计入 I2", "counts for I2")))


@page("schemes/uplifts/<int:pk>/", name="schemes:uplift", can=access.UPLIFTS, title=t("提升方案", "Plan of uplift"))
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """One plan: whose turn it is, and everything that belongs to it."""
    return shown(request, plan_of(request, pk))


def plan_of(request: HttpRequest, pk: int) -> Uplift:
    """The plan, if the reader may see it; else 404."""
    rows = Uplift.objects.select_related("incubator", "issuer", "coach", "first", "coach_person", "coached_person")
    return access.UPLIFTS.get(request.who, rows, pk=pk)


def shown(request: HttpRequest, row: Uplift, wrong: dict[str, forms.Form] | None = None, status: int = 200) -> HttpResponse:
    """The page of a plan, with the form that came back marked."""
    now, acts = timezone.now(), acts_of(request.who, row)
    today, short = period.day(now), uplifts.gaps(row.first)
    tasks = list(row.tasks.select_related("owner").order_by("number"))
    clocks = running(each.urn for each in tasks)
    return render(request, "schemes/uplift.html", {
        "row": row, "state": words.UPLIFT_STATES[row.state], "tone": TONES[row.state], "steps": _steps(row),
        "again": wrong_ones("uplift", row, wrong), "acts": acts,
        "gaps": [{"it": each, "line": appraising.BY_CODE[each.code], "share": appraising.share(each.counted, each.target),
                  "tasks": [_task(row, one, acts, clocks.get(one.urn), today) for one in tasks if one.line == each.code]}
                 for each in short],
        **(_drafting(row, [each.code for each in short], today) if acts["draft"] else {}),
        "sides": _sides(row, acts), "first": Fraction(row.first.score or 0, 1_000_000),
        "measured": [{"it": each, "sort": words.APPRAISAL_SORTS[each.sort], "state": words.APPRAISAL_STATES[each.state],
                      "score": Fraction(each.score, 1_000_000) if each.score is not None else None}
                     for each in row.appraisals.select_related("assessor").order_by("pk")],
        "delta": None if row.delta is None else Fraction(row.delta, 1_000_000), "from": uplifts.measured_from(row),
        "reassess": _reassess(row, acts, today), "warnings": _warnings(request.who, row, acts, today), "reform": _reform(row),
        "approve": offered("uplift", row, "approve", ApproveForm(prefix="approve")) if acts["approve"] else None,
        "end": offered("uplift", row, "end", EndForm(prefix="end")) if acts["ends"] else None,
        "because": words.UPLIFT_ENDS.get(row.because, ""), "events": timeline(row.urn, ("schemes.uplift_", "schemes.reform_"), today),
        "trail": [{"label": TITLE, "url": reverse("schemes:cultivation")}, {"label": row.number, "url": ""}],
    }, status=status)


def _drafting(row: Uplift, gaps: list[str], today: dt.date) -> dict[str, Any]:
    """The form of another task, and who could coach."""
    form = TaskForm(prefix="task", owners=uplifts.staff(row.incubator_id), gaps=gaps)
    return {"add": offered("uplift", row, "task", form),
            "coaches": [_coach(row, each) for each in cultivation.coaches(row, gaps, today)[:_COACHES]]}


def acts_of(who: Any, row: Uplift) -> dict[str, Any]:
    """What the reader may do now; of a task its own state and owner decide too."""
    runs, coached, coaches = access.CULTIVATES.opens_for(who), access.COACHED.may(who, row), access.COACHES.may(who, row)
    return {"draft": runs and row.state == "draft", "coached": coached, "coaches": coaches,
            "ends": runs and row.state in ("draft", "proposed", "agreed"),
            "reassess": runs and row.state == "agreed", "approve": row.state_owned and (runs or coached),
            "live": row.state == "agreed", "me": who.party_id}


def _steps(row: Uplift) -> list[dict[str, Any]]:
    states = [state for state, _label in _STEPS]
    over, done = row.state in ("failed", "ended"), row.state == "confirmed"
    reached = "measured" if row.state == "failed" else "agreed" if row.agreed_on else "draft"  # by one that is over
    at = states.index(reached if over else row.state)
    return [{"label": label, "state": "done" if place < at or done else "skipped" if over else
             "now" if place == at else "ahead"} for place, (_state, label) in enumerate(_STEPS)]


def _task(row: Uplift, each: UpliftTask, acts: dict[str, Any], clock: Any, today: dt.date) -> dict[str, Any]:
    may_report = acts["live"] and each.state == "due" and (acts["coached"] or each.owner_id == acts["me"])
    may_judge = acts["live"] and each.state == "reported" and acts["coaches"]
    verbs = [offered("uplift", row, "report", _item(ReportForm, "report", each))] if may_report else []
    if may_judge:
        verbs += [offered("uplift", row, "confirm_task", _item(ItemForm, "confirm_task", each)),
                  offered("uplift", row, "send_back", _item(TextForm, "send_back", each))]
    return {"it": each, "state": words.UPLIFT_TASK_STATES[each.state], "tone": TONES[each.state], "clock": clock, "verbs": verbs,
            "late": each.state == "due" and each.due < today}


def _item(form: type[forms.Form], verb: str, row: Any) -> forms.Form:
    return form(prefix=verb, auto_id=f"id_{verb}_{row.pk}_%s", initial={"item": row.pk})


def _coach(row: Uplift, each: cultivation.Coach) -> dict[str, Any]:
    return {"it": each, "tier": words.TIERS[each.tier.tier],
            "reasons": [{"line": appraising.BY_CODE[line.code], "it": line} for line in each.strong],
            "form": offered("uplift", row, "propose", _item(ItemForm, "propose", each.party))}


def _sides(row: Uplift, acts: dict[str, bool]) -> list[dict[str, Any]]:
    """Both sides with whether they accepted and confirmed, and what the reader may press for theirs."""
    found = []
    for role, party, person, at, mine in (
            ("coached", row.incubator, row.coached_person, row.coached_confirmed_at, acts["coached"]),
            ("coach", row.coach, row.coach_person, row.coach_confirmed_at, acts["coaches"])):
        verbs = []
        if mine and row.state == "proposed" and person is None:
            verbs = [offered("uplift", row, verb, PressForm(prefix=verb, auto_id=f"id_{verb}_%s"))
                     for verb in (f"accept_{role}", f"decline_{role}")]
        elif mine and row.state == "measured" and at is None:
            verbs = [offered("uplift", row, f"confirm_{role}", PressForm(prefix=f"confirm_{role}"))]
        found.append({"role": words.UPLIFT_ROLES[role], "party": party, "accepted": person is not None, "confirmed": at, "verbs": verbs})
    return found


def _reassess(row: Uplift, acts: dict[str, bool], today: dt.date) -> dict[str, Any] | None:
    first_day = uplifts.measured_from(row)
    if not acts["reassess"] or first_day is None or today < first_day or row.appraisals.filter(state="open").exists():
        return None
    label = t("测评人（不能是辅导方，须与双方均无利益关系）", "Assessor (not the coach, tied to neither side)")
    return offered("uplift", row, "reassess", JudgeForm(prefix="reassess", label=label))


def _warnings(who: Any, row: Uplift, acts: dict[str, bool], today: dt.date) -> list[dict[str, Any]]:
    found = []
    for each in UpliftWarning.objects.filter(uplift=row).select_related("appeal").order_by("-pk"):
        appeal, last = getattr(each, "appeal", None), uplifts.appeal_until(each.at)
        may = acts["coached"] and appeal is None and today <= last
        sees = appeal is not None and access.APPEALS.may(who, appeal)
        found.append({"it": each, "sort": words.WARNING_SORTS[each.sort], "last": last, "appeal": appeal if sees else None,
                      "state": words.APPEAL_STATES[appeal.state] if appeal else "", "tone": TONES[appeal.state] if appeal else "",
                      "quarter": period.quarter_name(each.quarter),
                      "form": offered("uplift", row, "appeal", _item(TextForm, "appeal", each)) if may else None,
                      "over": acts["coached"] and appeal is None and today > last})
    return found


def _reform(row: Uplift) -> list[dict[str, Any]]:
    done = {each.code: each for each in row.reform.all()} if row.state_owned else {}
    return [{"it": each, "done": done.get(each.code)} for each in reform.APPROVALS] if row.state_owned else []


THING = pressed("uplift", plan_of, shown)


@page("schemes/uplifts/<int:pk>/papers/<slug:digest>/", name="schemes:uplift_paper", can=access.UPLIFTS,
      title=t("提升方案文件", "Paper of a plan"))
def paper(request: HttpRequest, pk: int, digest: str) -> HttpResponse:
    """The plan, a report, the evidence of a task, the paper of an approval."""
    return download(digest, uplifts.papers_of(plan_of(request, pk)).get(digest))
