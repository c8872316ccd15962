"""Blockers of tasks: raised, escalated to a meeting, removed, raised again; the issue log is what they leave."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from fuhua.desk.actions import clocks, notices
from fuhua.evidence.actions.facts import record
from fuhua.evidence.facts import BadFact, Fact
from fuhua.evidence.words import Grade
from fuhua.kernel import period, urn
from fuhua.kernel.words import t
from fuhua.plan import facts
from fuhua.plan.actions.tasks import url_of
from fuhua.plan.flow import BLOCKER
from fuhua.plan.models import Blocker, Meeting, Task
from fuhua.plan.words import BLOCKER_CODES

_DAYS = 5  # working days in which a blocker should be removed


class BadBlocker(BadFact):
    """The blocker cannot be raised or moved like this; ``text`` says how to mend it."""


@transaction.atomic
def raise_blocker(*, task: Task, code: str, text: str, person: int, by: str, at: dt.datetime) -> Blocker:
    """Something coded stands in the way; it runs against the lead unit for five working days, then upwards."""
    if code not in BLOCKER_CODES:
        raise BadBlocker(t("问题类别无效：{code}", "unknown kind of blocker: {code}").format(code=code))
    if not text.strip():
        raise BadBlocker(t("请写明卡在哪里", "say what is in the way"))
    if task.state in ("done", "closed"):
        raise BadBlocker(t("任务已完成，不能再登记问题", "the task is done; no blocker can be raised"))
    row = Blocker(urn=urn.new("blocker"), task=task, code=code, text=text.strip(), raised_by_id=person, raised_at=at)
    row.fact = record(facts.BlockerRaised(subject=row.urn, task=task.urn, code=code), by=by, at=at, grade=Grade.SYSTEM)
    row.save()
    clocks.start(about=row.urn, name="blocker", title=row.text[:200], url=url_of(task), at=at,
                 due=period.add_working_days(period.day(at), _DAYS), to=task.owner_id or task.lead_id, answers_for=task.lead_id)
    notices.turn(about=row.urn, title=row.text[:200], url=url_of(task), at=at, office="coordinator")
    return row


@transaction.atomic
def escalate(*, blocker: Blocker, meeting: Meeting, by: str, at: dt.datetime) -> Blocker:
    """Put the blocker before ``meeting``, which must be of the same edition and not yet have issued its agenda."""
    meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if meeting.edition_id != blocker.task.edition_id or meeting.state != "called":
        raise BadBlocker(t("请选择同一方案、议程尚未印发的会议", "choose a meeting of the same plan whose agenda is not issued yet"))
    row = _step(blocker, "escalate")
    row.meeting = meeting
    notices.settle(about=row.urn, at=at, kinds=("turn",))
    return _moved(row, facts.BlockerEscalated(subject=row.urn, meeting=meeting.urn), by=by, at=at)


@transaction.atomic
def remove(*, blocker: Blocker, by: str, at: dt.datetime) -> Blocker:
    """It no longer stands in the way."""
    row = _step(blocker, "remove")
    row.removed_at = at
    clocks.stop(about=row.urn, name="blocker", at=at)
    notices.settle(about=row.urn, at=at)
    return _moved(row, facts.BlockerRemoved(subject=row.urn), by=by, at=at)


@transaction.atomic
def reopen(*, blocker: Blocker, by: str, at: dt.datetime) -> Blocker:
    """It does stand in the way after all: undo the removal."""
    row = _step(blocker, "reopen")
    row.removed_at, row.meeting = None, None
    clocks.start(about=row.urn, name="blocker", title=row.text[:200], url=url_of(row.task), at=at,
                 due=period.add_working_days(period.day(at), _DAYS), to=row.task.owner_id or row.task.lead_id,
                 answers_for=row.task.lead_id)
    return _moved(row, facts.BlockerReopened(subject=row.urn), by=by, at=at)


def _step(blocker: Blocker, verb: str) -> Blocker:
    row = Blocker.objects.select_for_update(of=("self",)).select_related("task").get(pk=blocker.pk)
    row.state = BLOCKER.after(row.state, verb)
    return row


def _moved(row: Blocker, fact: Fact, *, by: str, at: dt.datetime) -> Blocker:
    row.save()
    record(fact, by=by, at=at, grade=Grade.SYSTEM)
    return row
