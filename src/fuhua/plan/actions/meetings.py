"""Meetings: called, the agenda generated from what is open, decisions that become tasks or orders, minutes."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import Max
from django.urls import reverse

from fuhua.desk.actions import asks
from fuhua.desk.queries import asks as desk
from fuhua.desk.words import BECAUSE
from fuhua.evidence.actions.facts import record
from fuhua.evidence.facts import BadFact
from fuhua.evidence.words import Grade
from fuhua.kernel import period, urn
from fuhua.kernel.words import t
from fuhua.plan import facts
from fuhua.plan.actions import tasks
from fuhua.plan.flow import MEETING
from fuhua.plan.models import AgendaItem, Decision, Edition, Measure, Meeting, Task
from fuhua.plan.queries.editions import first_of
from fuhua.plan.queries.progress import OVERDUE
from fuhua.plan.queries.supervision import Line, exceptions
from fuhua.plan.words import BLOCKER_CODES


class BadMeeting(BadFact):
    """The meeting cannot go on like this; ``text`` says how to mend it."""


@transaction.atomic
def call(*, edition: Edition, title: str, day: dt.date, chair: int, by: str, at: dt.datetime, place: str = "") -> Meeting:
    """Call a meeting of the edition on ``day``; ``chair`` is the organisation that chairs it (party id)."""
    if not title.strip():
        raise BadMeeting(t("请填写会议名称", "give the meeting a title"))
    row = Meeting.objects.create(urn=urn.new("meeting"), edition=edition, no=asks.next_number(f"meeting.{first_of(edition)}"),
                                 title=title.strip(), day=day, place=place.strip(), chair_id=chair)
    record(facts.MeetingCalled(subject=row.urn, edition=edition.urn, day=day), by=by, at=at, grade=Grade.SYSTEM)
    return row


@transaction.atomic
def prepare(*, meeting: Meeting, by: str, at: dt.datetime) -> Meeting:
    """Generate the agenda anew from what is open on the day of ``at``; an agenda once issued stays as it was."""
    row = _step(meeting, "prepare")
    row.items.all().delete()
    items = [*_blockers(row), *_exceptions(row, period.day(at)), *_earlier(row)]
    for position, item in enumerate(items, start=1):
        item.meeting, item.position = row, position
    AgendaItem.objects.bulk_create(items)
    record(facts.AgendaPrepared(subject=row.urn, items=len(items)), by=by, at=at, grade=Grade.SYSTEM)
    return row


def _blockers(meeting: Meeting) -> list[AgendaItem]:
    rows = meeting.blockers.filter(state="escalated").select_related("task", "task__lead").order_by("pk")
    return [AgendaItem(section="blocker", title=f"{row.task.number} {row.task.title}"[:300], task=row.task, blocker=row,
                       why_zh=f"{BLOCKER_CODES[row.code].zh}：{row.text}（{row.task.lead.name}）"[:1000],
                       why_en=f"{BLOCKER_CODES[row.code].en}: {row.text} ({row.task.lead.name})"[:1000],
                       url=tasks.url_of(row.task), fact=row.fact) for row in rows]


def _exceptions(meeting: Meeting, on: dt.date) -> list[AgendaItem]:
    found = exceptions(meeting.edition, on)
    late = [line for line in found if line.progress.state == OVERDUE]
    items = [_exception(line) for line in (*late, *(line for line in found if line not in late))]
    return items + _gaps({line.task.urn: line.task for line in found})


def _exception(line: Line) -> AgendaItem:
    task, progress = line.task, line.progress
    desk_of = (progress.waiting_on or task.lead).name
    url, fact = _cause(line)
    return AgendaItem(section=progress.state, title=f"{task.number} {task.title}"[:300], task=task, url=url, fact=fact,
                      why_zh="；".join([desk_of, *(reason.zh for reason in progress.reasons)])[:1000],
                      why_en="; ".join([desk_of, *(reason.en for reason in progress.reasons)])[:1000])


def _cause(line: Line) -> tuple[str, str]:
    """The page and the fact of what makes the task late: its blocker, the ask or the indicator it rests on, else its day."""
    task = line.task
    blocker = next((each for each in task.blockers.all() if each.state != "removed"), None)
    if blocker is not None:
        return tasks.url_of(task), blocker.fact
    bad = next((work for work in line.progress.work if work.bad), None)
    if bad is not None and bad.ask is not None:
        return reverse("desk:ask", kwargs={"pk": bad.ask.pk}), desk.answered_by([bad.ask]).get(bad.ask.pk, task.fact)
    if bad is not None and bad.figure is not None:
        return reverse("front:indicator", kwargs={"slug": task.edition.slug, "code": bad.link.indicator}), task.fact
    return tasks.url_of(task), task.fact


def _gaps(found: dict[str, Task]) -> list[AgendaItem]:
    asked = [ask for rows in desk.about(found).values() for ask in rows if ask.answer == "cannot"]
    answered = desk.answered_by(asked)
    return [AgendaItem(section="gap", title=ask.title, why_zh=BECAUSE[ask.because].zh, why_en=BECAUSE[ask.because].en,
                       fact=answered.get(ask.pk, ""),
                       url=reverse("desk:ask", kwargs={"pk": ask.pk}), task=found[ask.about]) for ask in asked]


def _earlier(meeting: Meeting) -> list[AgendaItem]:
    rows = (Decision.objects.filter(meeting__edition__programme=meeting.edition.programme, meeting__no__lt=meeting.no)
            .select_related("task", "organisation", "meeting").order_by("pk"))
    orders = desk.by_urn(row.ask for row in rows if row.ask)
    still = [row for row in rows if _is_open(row, orders)]
    return [AgendaItem(section="decision", title=row.text[:300], url=row.url, fact=row.fact, task=row.task,
                       why_zh=f"第{row.meeting.no}次会议议定，{row.organisation.name}，{row.due:%Y-%m-%d} 前",
                       why_en=f"meeting {row.meeting.no}, {row.organisation.name}, by {row.due:%Y-%m-%d}") for row in still]


def _is_open(row: Decision, orders: dict[str, asks.Ask]) -> bool:
    if row.task is not None:
        return row.task.state not in ("done", "closed")
    order = orders.get(row.ask)
    return order is not None and order.state not in ("confirmed", "withdrawn")


@transaction.atomic
def issue_agenda(*, meeting: Meeting, by: str, at: dt.datetime) -> Meeting:
    """Issue the agenda as it stands; it cannot be generated anew afterwards."""
    row = _step(meeting, "issue_agenda")
    count = row.items.count()
    if not count:
        raise BadMeeting(t("议程为空，请先生成议程", "the agenda is empty; generate it first"))
    row.agenda_at = at
    row.save()
    record(facts.AgendaIssued(subject=row.urn, items=count), by=by, at=at, grade=Grade.SYSTEM)
    return row


@transaction.atomic
def decide(
    *, meeting: Meeting, text: str, organisation: int, due: dt.date, becomes: str, person: int, by: str, at: dt.datetime,
    verifier: int | None = None, measure: Measure | None = None, item: AgendaItem | None = None,
) -> Decision:
    """The meeting decides: ``organisation`` does ``text`` by ``due``, as a ``task`` or as an ``order`` (督办单).

    A task is verified by ``verifier`` (default: the chair). ``item`` is the agenda line it settles. Raises
    :class:`BadMeeting`.
    """
    row = _step(meeting, "decide")
    if not text.strip() or becomes not in ("task", "order"):
        raise BadMeeting(t("请写明议定事项，并选择转为任务或督办单", "write the decision and choose a task or an order"))
    if item is not None and item.meeting_id != row.pk:
        raise BadMeeting(t("该议题不属于本次会议", "that item is not on this meeting’s agenda"))
    decision = Decision(urn=urn.new("decision"), meeting=row, text=text.strip(), organisation_id=organisation, due=due,
                        position=(row.decisions.aggregate(last=Max("position"))["last"] or 0) + 1, item=item)
    if becomes == "task":
        decision.task = tasks.issue(edition=row.edition, title=text.strip()[:300], lead=organisation, due=due, by=by, at=at,
                                    verifier=verifier or row.chair_id, measure=measure, year=due.year)
        became, decision.url = decision.task.urn, tasks.url_of(decision.task)
    else:
        order = asks.ask(kind="supervision", title=text.strip()[:200], asker=person, asked=organisation, issuer=row.chair_id,
                         due=due, about=row.urn, about_url=url_of(row), by=by, at=at)
        became, decision.ask, decision.url = order.urn, order.urn, reverse("desk:ask", kwargs={"pk": order.pk})
    decision.fact = record(facts.DecisionTaken(subject=decision.urn, became=became, due=due,
                                               organisation=decision.organisation.urn), by=by, at=at, grade=Grade.SYSTEM)
    decision.save()
    return decision


@transaction.atomic
def issue_minutes(*, meeting: Meeting, by: str, at: dt.datetime) -> Meeting:
    """Issue the minutes with every decision taken; raises :class:`BadMeeting` when there is none."""
    row = _step(meeting, "issue_minutes")
    count = row.decisions.count()
    if not count:
        raise BadMeeting(t("还没有议定事项，请先录入", "no decision was taken; enter one first"))
    row.minutes_at = at
    row.save()
    record(facts.MinutesIssued(subject=row.urn, decisions=count), by=by, at=at, grade=Grade.SYSTEM)
    return row


def url_of(meeting: Meeting) -> str:
    """The page of the meeting."""
    return reverse("plan:meeting", kwargs={"pk": meeting.pk})


def _step(meeting: Meeting, verb: str) -> Meeting:
    row = Meeting.objects.select_for_update().get(pk=meeting.pk)
    row.state = MEETING.after(row.state, verb)
    return row
