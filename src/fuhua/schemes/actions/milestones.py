"""Milestones: claimed with the documents fixed at signing, judged by the verifier alone; what is paid follows from the judgement."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from fractions import Fraction

from django.db import transaction

from fuhua.desk.actions import clocks, notices
from fuhua.evidence.facts import BadFact
from fuhua.evidence.words import Grade
from fuhua.kernel import period
from fuhua.kernel.ui import formats
from fuhua.kernel.urn import identity_of, of
from fuhua.kernel.words import t
from fuhua.schemes.actions import agreements, task_papers, tranches
from fuhua.schemes.actions.agreements import held, is_benchmark, require_in_force, tell, url_of
from fuhua.schemes.facts import money as facts
from fuhua.schemes.flow import MILESTONE
from fuhua.schemes.kinds.measures import MEASURES
from fuhua.schemes.kinds.paying import owed, parts_per_million, share
from fuhua.schemes.models import Agreement, Milestone
from fuhua.schemes.queries.measures import counted
from fuhua.schemes.queries.proofs import company_of, proven
from fuhua.schemes.queries.rounds import clocks_of
from fuhua.schemes.words import CHECK_RESULTS, COMPANY

CLAIM, JUDGE = "milestone", "judge"
_VERBS = {"passed": "pass", "partial": "pass_in_part", "deferred": "defer", "failed": "fail"}


class BadMilestone(BadFact):
    """The milestone cannot be claimed or judged so; ``text`` says how to mend it."""


@transaction.atomic
def claim(*, milestone: Milestone, reached: int, documents: Mapping[str, str], by: str, at: dt.datetime, note: str = "") -> Milestone:
    """The party says that it was reached; ``documents``: line of the evidence list → digest. Raises :class:`BadMilestone`."""
    row, one = locked(milestone)
    require_in_force(row)
    one.state = MILESTONE.after(one.state, "claim")
    if reached < 0:
        raise BadMilestone(t("完成数不能为负数", "what was reached is not below nothing"))
    if one.role == COMPANY and not (proven(row) and company_of(row)):
        raise BadMilestone(t("请待验证通过并登记承接企业后，再申请这一里程碑",
                             "claim this once the test has passed and the company that takes it on is named"))
    missing = [each for each in one.evidence if not documents.get(each)]
    if missing or set(documents) - set(one.evidence):
        raise BadMilestone(t("须按签订的清单提交材料，缺：{names}", "hand in what the list fixed at signing names; missing: {names}")
                           .format(names="、".join(missing) or "—"))
    one.documents = [{"name": name, "digest": documents[name]} for name in one.evidence]
    one.claimed, one.claimed_at, one.note = reached, at, note.strip()
    one.save()
    quiet(one, at)
    due = period.add_working_days(period.day(at), clocks_of(row.application.call).review)
    clocks.start(about=urn_of(one), name=JUDGE, title=titled(row, one), url=url_of(row), due=due, at=at, to=row.verifier_id,
                 answers_for=row.issuer_id)
    notices.turn(about=urn_of(one), title=titled(row, one), url=url_of(row), at=at, to=row.verifier_id)
    tell(facts.MilestoneClaimed(subject=row.urn, number=one.number, reached=reached), by=by, at=at, behalf=row.party,
         documents=[each["digest"] for each in one.documents])
    return one


@transaction.atomic
def judge(
    *, milestone: Milestone, result: str, person: int, by: str, at: dt.datetime, reached: int | None = None, note: str = "",
    until: dt.date | None = None,
) -> Milestone:
    """The verifier concludes (``words.CHECK_RESULTS``): ``reached`` defaults to what facts count, else to what was claimed.

    A deferred one is due again ``until`` a new day, once; what nobody claims may fail once it is overdue.
    Raises :class:`BadMilestone`, ``WrongState``.
    """
    row, one = locked(milestone)
    require_in_force(row)
    if result not in _VERBS:
        raise BadMilestone(t("请选择考核结论", "choose the conclusion"))
    if person != row.verifier_id or person == row.steward_id:
        raise BadMilestone(t("只有任务书指定的考核人可以作出结论", "only the verifier named in the agreement judges"))
    if one.state != "claimed" and (result != "failed" or one.due >= period.day(at)):
        raise BadMilestone(t("尚未申请考核；只有逾期未申请的，才可直接作出未通过结论",
                             "nobody has claimed it; only what is overdue may be failed without"))
    found = counted(one.measure, row.party.urn, period.day(row.signed_at), period.day(at))
    one.counted, one.facts = (found.value, list(found.digests)) if found else (None, [])
    one.reached = _reached(one, result, reached, note)
    if result == "deferred":
        _defer(row, one, until)
    part = {"passed": Fraction(1), "partial": share(one.reached, one.least)}.get(result, Fraction(0))
    one.state, one.share = MILESTONE.after(one.state, _VERBS[result]), None if result == "deferred" else parts_per_million(part)
    one.judged_by_id, one.judged_at, one.note = person, at, note.strip() or one.note
    one.save()
    _conclude(row, one, result, part, by=by, at=at)
    return one


def _reached(one: Milestone, result: str, reached: int | None, note: str) -> int:
    """What the verifier found, checked against the result it is to carry."""
    found = reached if reached is not None else one.counted if one.counted is not None else one.claimed or 0
    if found < 0 or (result == "passed" and found < one.least) or (result == "partial" and not 0 < found < one.least):
        raise BadMilestone(t("结论与完成数不符：约定 {least}，认定 {found}", "the conclusion does not fit: {least} agreed, {found} found")
                           .format(least=one.least, found=found))
    if one.counted is not None and found > one.counted and not note.strip():
        raise BadMilestone(t("认定数超过系统依事实计数 {counted}，请写明依据",
                             "more than the {counted} that facts count: say on what ground")
                           .format(counted=one.counted))
    return found


def _defer(row: Agreement, one: Milestone, until: dt.date | None) -> None:
    if one.promised is not None:
        raise BadMilestone(t("已经延期过一次，请作出其他结论", "it was deferred once already; conclude otherwise"))
    if until is None or not one.due < until <= row.ends:
        raise BadMilestone(t("请填写新的期限：晚于原期限，且在执行期限之内",
                             "give the new day: after the former one and within the agreement’s term"))
    one.promised, one.due = one.due, until


def _conclude(row: Agreement, one: Milestone, result: str, part: Fraction, *, by: str, at: dt.datetime) -> None:
    quiet(one, at)
    paper = task_papers.issue(
        agreement=row, sort="conclusion", about=f"milestone {one.number}", issuer=row.issuer, by=by, at=at,
        rows=[("里程碑", f"{one.number}　{one.title}"), ("约定", f"{MEASURES[one.measure].label.zh} {one.least}"),
              ("申报完成", "—" if one.claimed is None else str(one.claimed)),
              ("系统依事实计数", "—" if one.counted is None else str(one.counted)),
              ("认定完成", str(one.reached)), ("结论", CHECK_RESULTS[result].zh), ("完成比例", f"{part.numerator}/{part.denominator}"),
              ("考核人", row.verifier.name), *([("新期限", formats.day(one.due).zh)] if result == "deferred" else [])],
        paragraphs=[one.note] if one.note else [])
    care = task_papers.keep_care(agreement=row, moment=f"milestone {one.number} {result}", by=by, at=at)
    tell(facts.MilestoneConcluded(subject=row.urn, number=one.number, result=result, least=one.least, reached=one.reached or 0,
                                       counted=one.counted or 0, share=one.share or 0), by=by, at=at, behalf=row.issuer,
         documents=[paper.document, care])
    if is_benchmark(row):
        agreements.conclude_check(subject=row.party.urn, result=result, by=by, at=at, grade=Grade.SYSTEM, documents=[paper.document],
                                  on_behalf=row.issuer.urn)
    notices.news(about=urn_of(one), title=titled(row, one), url=url_of(row), at=at, to=row.party_id)
    if result == "deferred":
        run_clock(row, one, at)
        return
    for each in one.tranches.select_related("payer", "milestone").filter(state="planned").order_by("level"):
        if result == "failed":
            tranches.withhold_one(row, each, "failed", by=by, at=at)
        else:
            tranches.fall_due(row, each, owed(each.amount, part), by=by, at=at)


def run_clock(row: Agreement, one: Milestone, at: dt.datetime) -> None:
    """The party is reminded before its day; a missed one goes up to the issuer's lead and the coordinator."""
    clocks.start(about=urn_of(one), name=CLAIM, title=titled(row, one), url=url_of(row), due=max(one.due, period.day(at)), at=at,
                 to=row.party_id, answers_for=row.issuer_id)


def quiet(one: Milestone, at: dt.datetime) -> None:
    """Nobody is reminded of it any more."""
    for name in (CLAIM, JUDGE):
        clocks.stop(about=urn_of(one), name=name, at=at)
    notices.settle(about=urn_of(one), at=at)


def locked(milestone: Milestone) -> tuple[Agreement, Milestone]:
    """The agreement and then its milestone, both held until the transaction ends."""
    row = held(milestone.agreement)
    return row, Milestone.objects.select_for_update(of=("self",)).select_related("judged_by").get(pk=milestone.pk)


def urn_of(one: Milestone) -> str:
    """What clocks and notices of a milestone are about."""
    return of("milestone", f"{identity_of(one.agreement.urn)}.{one.number}")


def titled(row: Agreement, one: Milestone) -> str:
    """What notices and clocks call it."""
    return f"{row.number} {one.number}. {one.title}"
