"""Whether a task is on track, at risk or overdue: derived from its day, its blockers and the work linked to it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from fuhua.desk.models import Clock
from fuhua.desk.queries import asks as desk
from fuhua.desk.queries import clocks
from fuhua.desk.words import BECAUSE
from fuhua.evidence.proof.figure import INDICATORS, Figure, Terms
from fuhua.kernel import period
from fuhua.kernel.words import Text, t
from fuhua.parties.models import Party
from fuhua.plan.models import Edition, Target, Task, TaskLink
from fuhua.plan.queries import figures
from fuhua.plan.queries.lights import GOOD, Course, light
from fuhua.plan.queries.linking import indicators
from fuhua.plan.queries.objectives import course_of, targets_of, terms_of
from fuhua.plan.words import BLOCKER_CODES, TaskState

ON_TRACK, AT_RISK, OVERDUE, DONE = "on_track", "at_risk", "overdue", "done"
_LAST_DAYS = 10  # working days before the due day in which a task without linked work counts as at risk


@dataclass(frozen=True)
class Work:
    """One linked thing as it stands: an indicator's figure with its course, or an ask; ``bad`` if it endangers the task."""

    link: TaskLink
    label: Text
    detail: Text
    bad: bool
    ask: desk.Ask | None = None
    figure: Figure | None = None


@dataclass(frozen=True)
class Progress:
    """A task's derived state, every reason for it in one sentence each, and the work it was derived from.

    ``waiting_on`` is the unit on whose desk it is: the lead, or the verifier ``since`` the day it was submitted (None once
    done). ``due`` is the day that counts: the days it lay with the verifier are added when it is sent back.
    """

    state: str
    reasons: tuple[Text, ...]
    due: dt.date
    work: tuple[Work, ...] = ()
    waiting_on: Party | None = None
    since: dt.date | None = None

    @property
    def light(self) -> str:
        """The traffic light of the state."""
        return {ON_TRACK: "good", AT_RISK: "behind", OVERDUE: "critical", DONE: "good"}[self.state]


def progress(tasks: Sequence[Task], on: dt.date) -> dict[int, Progress]:
    """Task id → progress on the day ``on``; tasks should come with ``links`` and ``blockers`` prefetched."""
    links = [link for task in tasks for link in task.links.all()]
    asks = desk.by_urn([link.ask for link in links if link.ask])
    read = _figures(tasks, on)
    running = clocks.newest("task", [task.urn for task in tasks])
    return {task.pk: _of(task, on, running.get(task.urn), [_work(task, link, asks, read, on) for link in task.links.all()])
            for task in tasks}


def _of(task: Task, on: dt.date, clock: Clock | None, work: list[Work]) -> Progress:
    due = clock.due if clock else task.due
    if task.state in (TaskState.DONE, TaskState.CLOSED):
        return Progress(DONE, (), due, tuple(work))
    state, reasons = _judged(task, on, due, clock.paused_since if clock else None, work)
    if task.state == TaskState.SUBMITTED:
        return Progress(state, reasons, due, tuple(work), task.verifier, clock.paused_since if clock else None)
    return Progress(state, reasons, due, tuple(work), task.lead)


def _judged(task: Task, on: dt.date, due: dt.date, submitted: dt.date | None, work: list[Work]) -> tuple[str, tuple[Text, ...]]:
    reasons = [each.detail for each in work if each.bad]
    reasons += [t("问题未解决：{what}", "a blocker is open: {what}").format(what=BLOCKER_CODES[blocker.code])
                for blocker in task.blockers.all() if blocker.state != "removed"]
    stood = submitted or on  # while the verifier has it, the clock stands still
    if stood > due:
        return OVERDUE, (t("逾期 {n} 天", "{n} days overdue").format(n=(stood - due).days), *reasons)
    if submitted:
        if on > due:
            reasons.insert(0, t("{day} 已按期提请核验，待{unit}核验", "submitted in time on {day}, waits for {unit} to verify it")
                           .format(day=submitted.isoformat(), unit=task.verifier.name))
        return AT_RISK if reasons else ON_TRACK, tuple(reasons)
    left = period.working_days_between(on, due)
    if not work and left <= _LAST_DAYS:
        reasons.append(t("距到期仅 {n} 个工作日，尚无可核对的关联工作", "due in {n} working days and no linked work to judge by")
                       .format(n=left))
    return AT_RISK if reasons else ON_TRACK, tuple(reasons)


def _figures(tasks: Sequence[Task], on: dt.date) -> dict[int, tuple[Figure, Target | None]]:
    """Link id → the figure it watches and the edition's target of that indicator."""
    indicators()
    wanted = [(task, link) for task in tasks for link in task.links.all() if link.indicator in INDICATORS]
    targets = targets_of({task.edition_id for task, _link in wanted})
    found = [(link, targets.get((task.edition_id, link.indicator)), task) for task, link in wanted]
    asks = [figures.ask(link.indicator, link.definition or (target.definition if target else "") or None,
                        _terms(task.edition, target), on) for link, target, task in found]
    answers = figures.answers(asks) if asks else []
    return {link.pk: (answer.figure, target) for (link, target, _task), answer in zip(found, answers, strict=True)}


def _terms(edition: Edition, target: Target | None) -> Terms:
    return terms_of(edition, target) if target else Terms(since=edition.start or dt.date.min, until=edition.end or dt.date.max)


def _work(task: Task, link: TaskLink, asks: dict[str, desk.Ask], read: dict[int, tuple[Figure, Target | None]],
          on: dt.date) -> Work:
    if link.ask:
        return _ask_work(link, asks.get(link.ask), on)
    if link.pk not in read:
        missing = t("指标 {code} 尚未定义", "indicator {code} is not defined").format(code=link.indicator)
        return Work(link, missing, missing, True)
    figure, target = read[link.pk]
    indicator = INDICATORS[link.indicator]
    state = light(figure, indicator, _course(task, link, target), on)
    label = Text(f"{link.indicator} {indicator.name.zh}", f"{link.indicator} {indicator.name.en}")
    detail = Text(f"{link.indicator}：" + "；".join(reason.zh for reason in state.reasons),
                  f"{link.indicator}: " + "; ".join(reason.en for reason in state.reasons))
    return Work(link, label, detail, state.state != GOOD, figure=figure)


def _course(task: Task, link: TaskLink, target: Target | None) -> Course | None:
    if link.goal is not None:
        return Course(base=link.base, since=dt.date(task.year, 1, 1), goal=link.goal, until=task.due)
    return course_of(task.edition, target) if target else None


def _ask_work(link: TaskLink, ask: desk.Ask | None, on: dt.date) -> Work:
    if ask is None:
        missing = t("关联事项不存在", "the linked ask does not exist")
        return Work(link, missing, missing, True)
    label = t("事项：{title}", "ask: {title}").format(title=ask.title)
    if ask.answer == "cannot":
        why = t("事项“{title}”暂不能办：{why}", "ask “{title}” cannot be done: {why}")
        return Work(link, label, why.format(title=ask.title, why=BECAUSE[ask.because]), True, ask)
    clock = ask.clock
    late = clock is not None and clock.stopped_at is None and clock.paused_since is None and on > clock.due
    if late:
        detail = t("事项“{title}”已超过答复期限", "ask “{title}” is past its day").format(title=ask.title)
    else:
        detail = t("事项“{title}”在时限内", "ask “{title}” is within its time").format(title=ask.title)
    return Work(link, label, detail, late, ask)
