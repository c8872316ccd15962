"""Pages of annual tasks: the list with derived states, one task with its verbs, import, exceptions, the issue log."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from fuhua.evidence.facts import BadFact
from fuhua.kernel import period
from fuhua.kernel.access import Forbidden
from fuhua.kernel.page import number, page
from fuhua.kernel.words import Text, t
from fuhua.plan import access
from fuhua.plan.actions import blockers, tasks
from fuhua.plan.actions.task_import import import_tasks
from fuhua.plan.models import Blocker, Edition, Meeting, Task, TaskPart
from fuhua.plan.pages.supervision_forms import BlockerForm, ImportForm
from fuhua.plan.queries import supervision as reads
from fuhua.plan.words import BLOCKER_CODES, BLOCKER_STATES, PROGRESS, TASK_STATES

VERBS: dict[str, Text] = {
    "accept": t("接收任务", "Accept"), "submit": t("提请核验", "Submit for verification"),
    "send_back": t("退回继续办理", "Send back"), "verify": t("核验完成", "Verify as done"), "close": t("销号", "Close"),
}


def _crumbs(edition: Edition, label: Any, *, within: bool = False) -> list[dict[str, Any]]:
    steps = [{"label": edition.title, "url": reverse("plan:edition", kwargs={"slug": edition.slug})}]
    if within:
        steps.append({"label": t("年度任务", "Annual tasks"), "url": reverse("plan:tasks", kwargs={"slug": edition.slug})})
    return [*steps, {"label": label, "url": ""}]


def _shown(line: reads.Line) -> dict[str, Any]:
    return {"line": line, "task": line.task, "progress": PROGRESS[line.progress.state], "light": line.progress.light,
            "state": TASK_STATES[line.task.state], "reasons": line.progress.reasons}


def _tasks(request: HttpRequest, edition: Edition, form: forms.Form | None = None, status: int = 200) -> HttpResponse:
    found = reads.listed(request.who, edition, period.day(timezone.now()))
    counts = reads.summary(found)
    wanted = request.GET.get("state", "")
    tabs = [{"label": t("全部", "All"), "url": "?", "active": wanted not in PROGRESS, "count": len(found)}]
    tabs += [{"label": label, "url": f"?state={code}", "active": code == wanted, "count": counts.get(code, 0)}
             for code, label in PROGRESS.items()]
    rows = [_shown(line) for line in found if wanted not in PROGRESS or line.progress.state == wanted]
    return render(request, "plan/tasks.html", {
        "edition": edition, "rows": rows, "tabs": tabs, "trail": _crumbs(edition, t("年度任务", "Annual tasks")),
        "supervises": access.SUPERVISES.opens_for(request.who), "form": form or ImportForm(),
    }, status=status)


@page("plans/<slug:slug>/tasks/", name="plan:tasks", can=access.TASKS, title=t("年度任务", "Annual tasks"))
def listed(request: HttpRequest, slug: str) -> HttpResponse:
    """The annual tasks I may see, with states derived from linked work."""
    return _tasks(request, get_object_or_404(reads.supervised(slug)))


@page("plans/<slug:slug>/tasks/import/", name="plan:task_import", can=access.SUPERVISES, methods=("POST",), files=True,
      title=t("导入年度任务", "Import annual tasks"))
def imported(request: HttpRequest, slug: str) -> HttpResponse:
    """Issue every task of a spreadsheet, or none."""
    edition = get_object_or_404(reads.supervised(slug))
    form = ImportForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            import_tasks(edition=edition, file=form.cleaned_data["file"], by=request.who.urn, at=timezone.now())
            return redirect("plan:tasks", slug=slug)
        except BadFact as wrong:
            form.add_error("file", str(wrong.text))
    return _tasks(request, edition, form, status=422)


@page("plans/<slug:slug>/tasks/exceptions/", name="plan:task_exceptions", can=access.SUPERVISES, methods=("POST",),
      title=t("对例外要求说明", "Ask about exceptions"))
def ask_exceptions(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask for explanations of overdue and endangered tasks; all others are left in peace."""
    who = request.who
    tasks.explain_exceptions(edition=get_object_or_404(reads.supervised(slug)), asker=who.party_id, by=who.urn, at=timezone.now())
    return redirect("plan:tasks", slug=slug)


def _task(request: HttpRequest, pk: int) -> Task:
    return access.TASKS.get(request.who, Task.objects.select_related("edition", "lead", "verifier", "owner"), pk=pk)


def _task_page(request: HttpRequest, task: Task, form: forms.Form | None = None, status: int = 200) -> HttpResponse:
    who = request.who
    found = reads.task_page(who, task, period.day(timezone.now()))
    log = [{"row": row, "code": BLOCKER_CODES[row.code], "state": BLOCKER_STATES[row.state],
            "may": access.BLOCKERS.may(who, row)} for row in task.blockers.select_related("meeting").order_by("-pk")]
    supervises = access.SUPERVISES.opens_for(who)
    return render(request, "plan/task.html", {
        **_shown(found.line), "parts": [{"part": part, "own": part.pk in found.own_parts} for part in found.parts],
        "verbs": [{"url": f"plan:task_{verb}", "label": VERBS[verb]} for verb in found.verbs], "asks": found.asks,
        "work": found.line.progress.work, "log": log, "form": form or BlockerForm(),
        "may_raise": task.state not in ("done", "closed") and access.LEADS.may(who, task), "supervises": supervises,
        "meetings": list(Meeting.objects.filter(edition=task.edition, state="called").order_by("day")) if supervises else [],
        "may_explain": supervises and found.line.progress.state in ("overdue", "at_risk") and found.line.progress.waiting_on == task.lead,
        "trail": _crumbs(task.edition, task.number, within=True),
    }, status=status)


@page("supervision/tasks/<int:pk>/", name="plan:task", can=access.TASKS, title=t("年度任务", "Annual task"))
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """One task: derived state with every reason, linked work, parts, blockers, and what I may do."""
    return _task_page(request, _task(request, pk))


def _verb(verb: str, act: Callable[[Task, Any], Any]) -> None:
    rule = reads.rule_of(verb)

    def view(request: HttpRequest, pk: int) -> HttpResponse:
        task = _task(request, pk)
        if not rule.may(request.who, task):
            raise Forbidden(rule.reason)
        act(task, request.who)
        return redirect("plan:task", pk=pk)

    view.__name__, view.__doc__ = verb, VERBS[verb].en
    page(f"supervision/tasks/<int:pk>/{verb.replace('_', '-')}/", name=f"plan:task_{verb}", can=rule,
         title=VERBS[verb], methods=("POST",))(view)


def _by(who: Any) -> dict[str, Any]:
    return {"by": who.urn, "at": timezone.now()}


_verb("accept", lambda task, who: tasks.accept(task=task, owner=who.party_id, **_by(who)))
_verb("submit", lambda task, who: tasks.submit(task=task, person=who.party_id, **_by(who)))
_verb("send_back", lambda task, who: tasks.send_back(task=task, **_by(who)))
_verb("verify", lambda task, who: tasks.verify(task=task, person=who.party_id, **_by(who)))
_verb("close", lambda task, who: tasks.close(task=task, **_by(who)))


@page("supervision/tasks/<int:pk>/explain/", name="plan:task_explain", can=access.SUPERVISES, methods=("POST",),
      title=t("要求说明", "Ask why"))
def explain(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask the lead unit why this one task is overdue or at risk."""
    tasks.explain(task=_task(request, pk), asker=request.who.party_id, **_by(request.who))
    return redirect("plan:task", pk=pk)


@page("supervision/parts/<int:pk>/confirm/", name="plan:task_part", can=access.OWN_PART, methods=("POST",),
      title=t("确认本单位部分", "Confirm our part"))
def confirm_part(request: HttpRequest, pk: int) -> HttpResponse:
    """A co-unit confirms its own part of the task."""
    part = get_object_or_404(TaskPart, pk=pk)
    _task(request, part.task_id)
    access.OWN_PART.require(request.who, part)
    tasks.confirm_part(part=part, person=request.who.party_id, **_by(request.who))
    return redirect("plan:task", pk=part.task_id)


@page("supervision/tasks/<int:pk>/blockers/", name="plan:blocker_raise", can=access.LEADS, methods=("POST",),
      title=t("登记问题", "Raise a blocker"))
def raise_blocker(request: HttpRequest, pk: int) -> HttpResponse:
    """The lead unit says what is in the way."""
    task = _task(request, pk)
    access.LEADS.require(request.who, task)
    form = BlockerForm(request.POST)
    if not form.is_valid():
        return _task_page(request, task, form, status=422)
    blockers.raise_blocker(task=task, person=request.who.party_id, **form.cleaned_data, **_by(request.who))
    return redirect("plan:task", pk=pk)


@page("supervision/blockers/<int:pk>/escalate/", name="plan:blocker_escalate", can=access.SUPERVISES, methods=("POST",),
      title=t("提交会议", "Put before a meeting"))
def escalate(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a blocker before a meeting."""
    blocker = get_object_or_404(Blocker.objects.select_related("task"), pk=pk)
    meeting = get_object_or_404(Meeting, pk=number(request, "meeting") or 0)
    blockers.escalate(blocker=blocker, meeting=meeting, **_by(request.who))
    return redirect("plan:task", pk=blocker.task_id)


def _blocker(request: HttpRequest, pk: int) -> Blocker:
    blocker = get_object_or_404(Blocker, pk=pk)
    _task(request, blocker.task_id)
    access.BLOCKERS.require(request.who, blocker)
    return blocker


@page("supervision/blockers/<int:pk>/remove/", name="plan:blocker_remove", can=access.BLOCKERS, methods=("POST",),
      title=t("问题已解决", "Blocker removed"))
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """It no longer stands in the way."""
    blocker = blockers.remove(blocker=_blocker(request, pk), **_by(request.who))
    return redirect("plan:task", pk=blocker.task_id)


@page("supervision/blockers/<int:pk>/reopen/", name="plan:blocker_reopen", can=access.BLOCKERS, methods=("POST",),
      title=t("撤销解决", "Reopen the blocker"))
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """It stands in the way after all."""
    blocker = blockers.reopen(blocker=_blocker(request, pk), **_by(request.who))
    return redirect("plan:task", pk=blocker.task_id)


@page("plans/<slug:slug>/issues/", name="plan:issues", can=access.BLOCKERS, title=t("问题台账", "Issue log"))
def issues(request: HttpRequest, slug: str) -> HttpResponse:
    """Every blocker I may see, from raised to removed."""
    edition = get_object_or_404(reads.supervised(slug))
    rows = [{"row": row, "code": BLOCKER_CODES[row.code], "state": BLOCKER_STATES[row.state]}
            for row in reads.issue_log(request.who, edition)[:200]]
    return render(request, "plan/issues.html", {"edition": edition, "rows": rows,
                                                "trail": _crumbs(edition, t("问题台账", "Issue log"), within=True)})
