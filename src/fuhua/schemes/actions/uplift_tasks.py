"""Tasks of a plan of uplift: reported done by their owner with evidence, confirmed or sent back by the coach."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from fuhua.desk.actions import clocks, notices
from fuhua.evidence.actions.facts import record
from fuhua.evidence.words import Grade
from fuhua.kernel.words import t
from fuhua.schemes.actions.uplift_plans import TASK, BadUplift, held, url_of
from fuhua.schemes.facts import uplifts as facts
from fuhua.schemes.flow import UPLIFT_TASK as FLOW
from fuhua.schemes.models import Uplift, UpliftTask


@transaction.atomic
def report(*, task: UpliftTask, text: str, document: str, by: str, at: dt.datetime) -> UpliftTask:
    """The task is done, by the evidence ``document`` (SHA-256); its clock stops and the coach is asked. Raises :class:`BadUplift`."""
    plan, row = _locked(task)
    row.state = FLOW.after(row.state, "report")
    if not text.strip() or not document:
        raise BadUplift(t("请写明完成情况并附证据", "say what was done and attach evidence"))
    row.report, row.document, row.reported_at, row.answer = text.strip()[:2_000], document, at, ""
    row.save()
    clocks.stop(about=row.urn, name=TASK, at=at)
    notices.settle(about=row.urn, at=at)
    notices.part(about=row.urn, title=f"{plan.number} {row.title}", url=url_of(plan), at=at, to=plan.coach_id)
    record(facts.UpliftTaskReported(subject=plan.urn, number=row.number), by=by, at=at, grade=Grade.DECLARED, on_behalf=plan.incubator.urn,
           documents=[document])
    return row


@transaction.atomic
def confirm(*, task: UpliftTask, by: str, at: dt.datetime) -> UpliftTask:
    """The coach holds the task to be done."""
    plan, row = _locked(task)
    row.state, row.confirmed_at = FLOW.after(row.state, "confirm"), at
    row.save(update_fields=["state", "confirmed_at"])
    notices.settle(about=row.urn, at=at)
    notices.news(about=row.urn, title=f"{plan.number} {row.title}", url=url_of(plan), at=at, to=row.owner_id)
    record(facts.UpliftTaskConfirmed(subject=plan.urn, number=row.number), by=by, at=at, grade=Grade.COUNTERPART, on_behalf=plan.coach.urn)
    return row


@transaction.atomic
def send_back(*, task: UpliftTask, text: str, by: str, at: dt.datetime) -> UpliftTask:
    """The coach does not hold the task to be done and says what is missing; its clock runs again to the same day."""
    plan, row = _locked(task)
    row.state = FLOW.after(row.state, "send_back")
    if not text.strip():
        raise BadUplift(t("请写明还缺什么", "say what is missing"))
    row.answer, row.reported_at = text.strip()[:500], None
    row.save(update_fields=["state", "answer", "reported_at"])
    notices.settle(about=row.urn, at=at)
    clocks.start(about=row.urn, name=TASK, title=f"{plan.number} {row.title}", url=url_of(plan), due=row.due, at=at, to=row.owner_id,
                 answers_for=plan.incubator_id)
    notices.news(about=row.urn, title=f"{plan.number} {row.title}", url=url_of(plan), at=at, to=row.owner_id)
    record(facts.UpliftTaskReturned(subject=plan.urn, number=row.number), by=by, at=at, grade=Grade.COUNTERPART, on_behalf=plan.coach.urn)
    return row


def _locked(task: UpliftTask) -> tuple[Uplift, UpliftTask]:
    plan = held(task.uplift)
    if plan.state != "agreed":
        raise BadUplift(t("提升方案不在辅导期，不能办理", "the plan is not being carried out now"))
    return plan, UpliftTask.objects.select_for_update().get(pk=task.pk)
