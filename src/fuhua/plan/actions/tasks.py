"""Annual tasks: issued, accepted, submitted, verified by another, closed; and explanations asked of exceptions alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.urls import reverse

from fuhua.desk.actions import asks, clocks, notices
from fuhua.desk.queries import clocks as running
from fuhua.desk.words import OPEN, NoticeKind
from fuhua.evidence.actions.facts import record
from fuhua.evidence.facts import BadFact, Fact
from fuhua.evidence.proof.figure import INDICATORS
from fuhua.evidence.words import Grade
from fuhua.kernel import period, urn
from fuhua.kernel.words import t
from fuhua.plan import facts
from fuhua.plan.flow import TASK
from fuhua.plan.models import Edition, Measure, Task, TaskLink, TaskPart
from fuhua.plan.queries.editions import first_of
from fuhua.plan.queries.linking import indicators
from fuhua.plan.queries.progress import AT_RISK, OVERDUE
from fuhua.plan.queries.supervision import exceptions, lines
from fuhua.plan.words import TaskState


class BadTask(BadFact):
    """The task cannot be issued or moved like this; ``text`` says how to mend it."""


class NothingToExplain(BadTask):
    """The task is on track: nothing is asked of it."""


@dataclass(frozen=True)
class Linked:
    """Work to derive progress from: an indicator (``goal`` and ``base`` in its unit, fen for money) or an ask's URN."""

    indicator: str = ""
    definition: str = ""
    goal: int | None = None
    base: int = 0
    ask: str = ""


@transaction.atomic
def issue(
    *, edition: Edition, title: str, lead: int, verifier: int, due: dt.date, year: int, by: str, at: dt.datetime,
    measure: Measure | None = None, co_units: Sequence[int] = (), links: Sequence[Linked] = (),
) -> Task:
    """Give the unit ``lead`` (party id) a task due at the end of ``due``, to be verified by the unit ``verifier``.

    Numbers run on through the editions of a programme, as unfinished tasks do. Each of ``co_units`` is asked to confirm
    its own part. Raises :class:`BadTask` when lead and verifier are one, the measure is another edition's or an indicator is unknown.
    """
    _check(edition, title, lead, verifier, measure, links)
    number = asks.next_number(f"task.{first_of(edition)}.{year}")
    task = Task(urn=urn.new("task"), edition=edition, measure=measure, year=year, no=number, title=title.strip(),
                lead_id=lead, verifier_id=verifier, due=due, issued_at=at)
    task.fact = record(facts.TaskIssued(subject=task.urn, edition=edition.urn, year=year, lead=task.lead.urn, due=due,
                                        verifier=task.verifier.urn, measure=measure.no if measure else 0),
                       by=by, at=at, grade=Grade.SYSTEM)
    task.save()
    TaskPart.objects.bulk_create([TaskPart(task=task, organisation_id=unit) for unit in dict.fromkeys(co_units) if unit != lead])
    TaskLink.objects.bulk_create([TaskLink(task=task, indicator=each.indicator, definition=each.definition, goal=each.goal,
                                           base=each.base, ask=each.ask) for each in links])
    clocks.start(about=task.urn, name="task", title=task.title, url=url_of(task), due=due, at=at, to=lead, answers_for=lead)
    notices.turn(about=task.urn, title=task.title, url=url_of(task), at=at, to=lead)
    for unit in task.parts.values_list("organisation_id", flat=True):
        notices.part(about=task.urn, title=task.title, url=url_of(task), at=at, to=unit)
    return task


def _check(edition: Edition, title: str, lead: int, verifier: int, measure: Measure | None, links: Sequence[Linked]) -> None:
    indicators()
    if not title.strip():
        raise BadTask(t("请填写任务名称", "give the task a title"))
    if lead == verifier:
        raise BadTask(t("核验单位不能是牵头单位，请另选一家", "the lead cannot verify itself; choose another verifier"))
    if measure is not None and measure.edition_id != edition.pk:
        raise BadTask(t("举措不属于这一版方案", "the measure belongs to another edition"))
    for each in links:
        if each.indicator and each.indicator not in INDICATORS:
            raise BadTask(t("没有指标 {code}，可选：{codes}", "there is no indicator {code}; one of {codes}")
                          .format(code=each.indicator, codes=", ".join(INDICATORS.keys())))


def url_of(task: Task) -> str:
    """The page of the task."""
    return reverse("plan:task", kwargs={"pk": task.pk})


@transaction.atomic
def accept(*, task: Task, owner: int, by: str, at: dt.datetime) -> Task:
    """The person ``owner`` (party id) of the lead unit takes the task on; reminders go to that person."""
    row = _step(task, "accept")
    row.owner_id = owner
    clocks.hand_over(about=row.urn, name="task", to=owner)
    notices.turn(about=row.urn, title=row.title, url=url_of(row), at=at, to=owner)
    return _moved(row, facts.TaskAccepted(subject=row.urn, owner=row.owner.urn), by=by, at=at)


@transaction.atomic
def submit(*, task: Task, person: int, by: str, at: dt.datetime) -> Task:
    """The lead unit's ``person`` (party id) asks for verification; the clock stands still while the verifier has it."""
    row = _step(task, "submit")
    if waiting := list(row.parts.filter(confirmed_at=None).values_list("organisation__name", flat=True)):
        raise BadTask(t("请先由配合单位确认各自部分：{units}", "co-units must confirm their own parts first: {units}")
                      .format(units="、".join(waiting)))
    row.submitted_by_id = person
    clocks.pause(about=row.urn, name="task", at=at)
    notices.turn(about=row.urn, title=row.title, url=url_of(row), at=at, to=row.verifier_id)
    return _moved(row, facts.TaskSubmitted(subject=row.urn), by=by, at=at)


@transaction.atomic
def send_back(*, task: Task, by: str, at: dt.datetime) -> Task:
    """The verifier returns it, or the lead unit takes it back: the clock runs again."""
    row = _step(task, "send_back")
    row.submitted_by = None
    clocks.go_on(about=row.urn, name="task", at=at)
    notices.turn(about=row.urn, title=row.title, url=url_of(row), at=at, to=row.owner_id)
    return _moved(row, facts.TaskSentBack(subject=row.urn), by=by, at=at)


@transaction.atomic
def verify(*, task: Task, person: int, by: str, at: dt.datetime) -> Task:
    """Somebody of the verifying unit finds it done; never the owner or whoever submitted it (:class:`BadTask`)."""
    row = _step(task, "verify")
    if person in (row.owner_id, row.submitted_by_id):
        raise BadTask(t("核验人不能是任务负责人或提请人，请由他人核验", "the owner or submitter cannot verify; let somebody else do it"))
    row.verified_by_id, row.verified_at = person, at
    clocks.stop(about=row.urn, name="task", at=at)
    notices.turn(about=row.urn, title=row.title, url=url_of(row), at=at, office="coordinator")
    return _moved(row, facts.TaskVerified(subject=row.urn, verifier=row.verifier.urn), by=by, at=at)


@transaction.atomic
def close(*, task: Task, by: str, at: dt.datetime) -> Task:
    """The coordinator takes it off the list; it was on time when it was submitted in time, however slow the verifier was."""
    row = _step(task, "close")
    notices.settle(about=row.urn, at=at)
    clock = running.newest("task", [row.urn])[row.urn]  # it has stood still since the task was last submitted
    on_time = int((clock.paused_since or period.day(row.verified_at)) <= clock.due)
    return _moved(row, facts.TaskClosed(subject=row.urn, on_time=on_time), by=by, at=at)


@transaction.atomic
def confirm_part(*, part: TaskPart, person: int, by: str, at: dt.datetime) -> TaskPart:
    """A co-unit confirms its own part of the task, once; after the last part it is the lead's turn."""
    row = TaskPart.objects.select_for_update(of=("self",)).select_related("task", "organisation").get(pk=part.pk)
    if row.confirmed_at is not None:
        raise BadTask(t("本单位部分已经确认", "this part is confirmed already"))
    row.confirmed_by_id, row.confirmed_at = person, at
    row.save(update_fields=["confirmed_by", "confirmed_at"])
    record(facts.TaskPartConfirmed(subject=row.task.urn, unit=row.organisation.urn), by=by, at=at, grade=Grade.SYSTEM)
    task = Task.objects.select_for_update().get(pk=row.task_id)
    notices.settle(about=task.urn, at=at, kinds=(NoticeKind.PART,), to=row.organisation_id)
    if task.state in (TaskState.ISSUED, TaskState.ACCEPTED) and not task.parts.filter(confirmed_at=None).exists():
        notices.turn(about=task.urn, title=task.title, url=url_of(task), at=at, to=task.owner_id or task.lead_id)
    return row


@transaction.atomic
def explain(*, task: Task, asker: int, by: str, at: dt.datetime) -> asks.Ask:
    """Ask the lead unit why the task is overdue or at risk; co-units confirm their own part.

    Raises :class:`NothingToExplain` for a task on track or on the verifier's desk, :class:`BadTask` while an explanation is awaited.
    """
    row = Task.objects.select_for_update().get(pk=task.pk)
    line = lines(Task.objects.filter(pk=row.pk), period.day(at))[0]
    if line.progress.state not in (OVERDUE, AT_RISK):
        raise NothingToExplain(t("该任务正常推进，不需要说明", "the task is on track; nothing is asked of it"))
    if line.progress.waiting_on != row.lead:
        raise NothingToExplain(t("该任务已提请核验，请向核验单位了解情况",
                                 "the task waits for the verifier; ask the verifying unit how it stands"))
    if line.explanation is not None and line.explanation.state in OPEN:
        raise BadTask(t("已要求说明，正在等待答复", "an explanation is already awaited"))
    why = "\n".join(f"{reason.zh} / {reason.en}" for reason in line.progress.reasons)
    return asks.ask(kind="explanation", title=f"{row.number} {row.title}"[:200], body=why, asker=asker, asked=row.lead_id,
                    co_units=list(row.parts.values_list("organisation_id", flat=True)), about=row.urn,
                    about_url=url_of(row), by=by, at=at)


@transaction.atomic
def explain_exceptions(*, edition: Edition, asker: int, by: str, at: dt.datetime) -> list[asks.Ask]:
    """Ask for explanations of every overdue or endangered task on its lead's desk that owes none yet, and of no other."""
    found = exceptions(edition, period.day(at))
    return [explain(task=line.task, asker=asker, by=by, at=at) for line in found
            if line.progress.waiting_on == line.task.lead
            and (line.explanation is None or line.explanation.state == "withdrawn")]


def _step(task: Task, verb: str) -> Task:
    row = Task.objects.select_for_update().get(pk=task.pk)
    row.state = TASK.after(row.state, verb)
    return row


def _moved(row: Task, fact: Fact, *, by: str, at: dt.datetime) -> Task:
    row.save()
    record(fact, by=by, at=at, grade=Grade.SYSTEM)
    return row
