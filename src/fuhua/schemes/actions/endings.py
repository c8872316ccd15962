"""How an agreement closes: finished when all is concluded and paid, or ended before its time for a coded reason."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from fuhua.desk.actions import clocks, notices
from fuhua.evidence.words import Grade
from fuhua.kernel.words import t
from fuhua.schemes.actions import agreements, changes, milestones, task_papers, tranches
from fuhua.schemes.actions.agreements import SIGNING, BadAgreement, held, incubator_of, is_benchmark, tell, title_of, url_of
from fuhua.schemes.facts import money as facts
from fuhua.schemes.flow import AGREEMENT, MILESTONE
from fuhua.schemes.models import Agreement
from fuhua.schemes.words import END_REASONS, TASK_ENDS, TEST

_KNOWN_AS = {"failed": "failed_check", "left": "withdrawn", "pivot_refused": "withdrawn", "disproved": "failed_check"}


@transaction.atomic
def finish(*, agreement: Agreement, by: str, at: dt.datetime) -> Agreement:
    """Every milestone is concluded and nothing is left to pay or to come back. Raises :class:`BadAgreement` otherwise."""
    row = held(agreement)
    row.state = AGREEMENT.after(row.state, "finish")
    if row.milestones.filter(state__in=["due", "claimed", "deferred"]).exists():
        raise BadAgreement(t("尚有里程碑未出结论", "a milestone is not concluded yet"))
    if row.tranches.filter(state__in=["planned", "due", "recovering"]).exists():
        raise BadAgreement(t("尚有资金未拨付或未退回", "money is still to be paid, or to come back"))
    if row.changes.filter(state="asked").exists():
        raise BadAgreement(t("尚有变更待批复", "a change waits for its answer"))
    row.ended_at = at
    row.save(update_fields=["state", "ended_at"])
    notices.settle(about=row.urn, at=at)
    tell(facts.TaskFinished(subject=row.urn), by=by, at=at, behalf=row.issuer)
    return row


@transaction.atomic
def end(*, agreement: Agreement, because: str, by: str, at: dt.datetime) -> Agreement:
    """End it for a coded reason (``words.TASK_ENDS``): open milestones drop, and what is not paid by now is never paid.

    Raises :class:`BadAgreement` while a milestone waits for its judgement: what was done is judged first.
    """
    row = held(agreement)
    was_signed = row.state == "signed"
    row.state = AGREEMENT.after(row.state, "end")
    if because not in TASK_ENDS:
        raise BadAgreement(t("请选择终止原因", "choose why it ends"))
    tests = row.milestones.filter(role=TEST)
    if because == "disproved" and tests.exists() and not tests.filter(state="failed").exists():
        raise BadAgreement(t("验证不成立须先由考核人对照验证方案作出未通过结论",
                             "it is disproved only by the verifier, who fails the test by its protocol first"))
    if row.milestones.filter(state="claimed").exists():
        raise BadAgreement(t("有里程碑正在考核，请先出结论", "a milestone is being judged; conclude it first"))
    for change in row.changes.filter(state="asked"):
        changes.withdraw(change=change, by=by, at=at)
    row.because, row.ended_at = because, at
    row.save(update_fields=["state", "because", "ended_at"])
    clocks.stop(about=row.urn, name=SIGNING, at=at)
    notices.settle(about=row.urn, at=at)
    for milestone in row.milestones.select_for_update().filter(state__in=["due", "deferred"]):
        milestone.state = MILESTONE.after(milestone.state, "drop")
        milestone.save(update_fields=["state"])
        milestones.quiet(milestone, at)
    for tranche in row.tranches.select_for_update(of=("self",)).select_related("payer").filter(state__in=["planned", "due"]):
        tranches.withhold_one(row, tranche, "ended", by=by, at=at)
    care = task_papers.keep_care(agreement=row, moment=f"ended {because}", by=by, at=at)
    tell(facts.TaskEnded(subject=row.urn, because=because), by=by, at=at, behalf=row.issuer, documents=[care])
    if was_signed:
        _tell_incubator(row, because, care, by=by, at=at)
    notices.news(about=row.urn, title=title_of(row), url=url_of(row), at=at, to=row.party_id)
    return row


def _tell_incubator(row: Agreement, because: str, care: str, *, by: str, at: dt.datetime) -> None:
    """The fact by which indicators know that an incubator's agreement is over; a future-field one is named by its field."""
    incubator = row.party if is_benchmark(row) else incubator_of(row)
    if incubator is None:
        return
    agreements.end(subject=incubator.urn, reason=because if because in END_REASONS else _KNOWN_AS[because],
                   field="" if is_benchmark(row) else row.application.values["field"], by=by, at=at, grade=Grade.SYSTEM, documents=[care],
                   on_behalf=row.issuer.urn)
