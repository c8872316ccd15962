"""Change requests: a pivot, more time or other terms, one at a time; asking is no breach, and both texts are kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction

from fuhua.desk.actions import clocks, notices
from fuhua.evidence.facts import BadFact
from fuhua.kernel import period, urn
from fuhua.kernel.words import listed, t
from fuhua.schemes.actions import milestones, task_papers
from fuhua.schemes.actions.agreements import held, kind_of, require_in_force, tell, title_of, url_of
from fuhua.schemes.facts import money as facts
from fuhua.schemes.flow import CHANGE
from fuhua.schemes.kinds.measures import MEASURES
from fuhua.schemes.models import Agreement, Change, Milestone
from fuhua.schemes.queries.rounds import clocks_of
from fuhua.schemes.words import CHANGE_SORTS, CHANGE_STATES, PIVOTS

ANSWER = "answer"
_MAY = {"pivot": {"title", "measure", "least", "due"}, "extension": {"due", "ends"}, "terms": {"title", "least", "evidence", "ends"}}
_LABELS = {"title": "内容", "measure": "指标", "least": "数量", "due": "期限", "evidence": "证明材料", "ends": "执行期限止"}


class BadChange(BadFact):
    """The change cannot be asked for or decided so; ``text`` says how to mend it."""


@transaction.atomic
def ask(
    *, agreement: Agreement, sort: str, text: str, after: Mapping[str, Any], by: str, at: dt.datetime, milestone: Milestone | None = None,
    pivot: str = "",
) -> Change:
    """Ask for a change (``words.CHANGE_SORTS``): ``after`` are the new values by name, days as ISO text.

    Where the agreement names the changes of direction that it allows, a pivot is one of them (``words.PIVOTS``). Raises
    :class:`BadChange`.
    """
    row = held(agreement)
    require_in_force(row)
    one = Milestone.objects.select_for_update().get(pk=milestone.pk, agreement=row) if milestone else None
    if sort not in CHANGE_SORTS or not text.strip():
        raise BadChange(t("请选择变更类别并说明理由", "choose the sort of change and say why"))
    _require(row, one, sort, after)
    _require_allowed(row, sort, pivot)
    today = period.day(at)
    before = {name: _now(row, one, name) for name in after}
    try:
        with transaction.atomic():
            made = Change.objects.create(urn=urn.new("change"), number=task_papers.numbered("change", at), agreement=row, milestone=one,
                                         sort=sort, pivot=pivot, text=text.strip(), before=before, after=dict(after), asked_at=at)
    except IntegrityError as wrong:
        raise BadChange(t("已有一项变更待批复，请等待批复或先撤回",
                          "one change is asked for already; wait for the answer, or withdraw it")) from wrong
    clocks.start(about=made.urn, name=ANSWER, title=title_of(row), url=url_of(row), at=at, to=row.issuer_id, answers_for=row.issuer_id,
                 due=period.add_working_days(today, clocks_of(row.application.call).answer))
    notices.turn(about=made.urn, title=title_of(row), url=url_of(row), at=at, to=row.issuer_id)
    tell(facts.ChangeAsked(subject=row.urn, change=made.urn, sort=sort, number=one.number if one else 0, pivot=pivot), by=by, at=at,
         behalf=row.party)
    return made


def _require(row: Agreement, one: Milestone | None, sort: str, after: Mapping[str, Any]) -> None:
    if not after or set(after) - _MAY[sort] or ("ends" in after) == (one is not None):
        raise BadChange(t("这类变更不能改这些内容，请核对", "this sort of change cannot touch that; check it"))
    if one is not None and one.state not in ("due", "deferred"):
        raise BadChange(t("该里程碑已提交考核，不能变更", "the milestone was claimed already and cannot change"))
    if after.get("measure", "stated") not in {each.measure for each in kind_of(row).milestones} | {"stated"}:
        raise BadChange(t("该指标不适用于本类项目", "that is no measure of this kind"))
    if "least" in after and (not isinstance(after["least"], int) or after["least"] <= 0):
        raise BadChange(t("数量应大于零", "the number is above nothing"))
    if any(name in after and not after[name] for name in ("title", "evidence")):
        raise BadChange(t("内容和证明材料不能为空", "title and evidence are not blank"))
    if "ends" in after and dt.date.fromisoformat(after["ends"]) < max(row.milestones.values_list("due", flat=True), default=row.starts):
        raise BadChange(t("执行期限不能早于里程碑期限", "the term does not end before its milestones are due"))
    if "due" in after and not row.starts < dt.date.fromisoformat(after["due"]) <= row.ends:
        raise BadChange(t("新期限须在执行期限之内", "the new day lies within the agreement’s term"))


def _require_allowed(row: Agreement, sort: str, pivot: str) -> None:
    """A pivot is one that the agreement allows; where it names none, whatever it touches is asked for in words."""
    allowed = row.terms.get("pivots", ()) if sort == "pivot" else ()
    if pivot not in (allowed or ("",)):
        raise BadChange(t("任务书允许的方向调整是：{names}；请选择其一，其他调整请按“其他条款”申请",
                          "the agreement allows these changes of direction: {names}; choose one, or ask for other terms")
                        .format(names=listed([PIVOTS[each] for each in allowed]) if allowed else t("无", "none")))


def _now(row: Agreement, one: Milestone | None, name: str) -> Any:
    value = getattr(row if one is None else one, name)
    return value.isoformat() if isinstance(value, dt.date) else value


@transaction.atomic
def decide(*, change: Change, approve: bool, answer: str, by: str, at: dt.datetime) -> Change:
    """The issuer approves or refuses with its answer, by a numbered paper; an approved change takes effect at once."""
    row, one = _locked(change)
    require_in_force(row)
    one.state = CHANGE.after(one.state, "approve" if approve else "refuse")
    if not answer.strip():
        raise BadChange(t("请写明批复意见", "write the answer"))
    one.answer, one.decided_at = answer.strip(), at
    if approve:
        _require(row, one.milestone, one.sort, one.after)
        _apply(row, one, at)
    said = [(_LABELS[name], f"{_said(name, one.before[name])} → {_said(name, one.after[name])}") for name in one.after]
    about = f"milestone {one.milestone.number}" if one.milestone else "agreement"
    paper = task_papers.issue(
        agreement=row, sort="change", about=about, issuer=row.issuer, by=by, at=at, paragraphs=[one.answer],
        rows=[("申请编号", one.number), ("类别", CHANGE_SORTS[one.sort].zh + (f"：{PIVOTS[one.pivot].zh}" if one.pivot else "")),
              ("理由", one.text), *said,
              ("批复", CHANGE_STATES[one.state].zh)])
    one.document = paper.document
    one.save()
    care = task_papers.keep_care(agreement=row, moment=f"change {one.number} {one.state}", by=by, at=at)
    _over(row, one, by=by, at=at, documents=(one.document, care))
    return one


@transaction.atomic
def withdraw(*, change: Change, by: str, at: dt.datetime) -> Change:
    """The party no longer asks for it."""
    row, one = _locked(change)
    one.state, one.decided_at = CHANGE.after(one.state, "withdraw"), at
    one.save()
    _over(row, one, by=by, at=at)
    return one


def _apply(row: Agreement, change: Change, at: dt.datetime) -> None:
    target = row if change.milestone is None else change.milestone
    for name, value in change.after.items():
        setattr(target, name, dt.date.fromisoformat(value) if name in ("due", "ends") else value)
    target.save()
    if change.milestone is not None and "due" in change.after:
        milestones.quiet(change.milestone, at)
        milestones.run_clock(row, change.milestone, at)


def _over(row: Agreement, one: Change, *, by: str, at: dt.datetime, documents: tuple[str, ...] = ()) -> None:
    clocks.stop(about=one.urn, name=ANSWER, at=at)
    notices.settle(about=one.urn, at=at)
    withdrawn = one.state == "withdrawn"
    if not withdrawn:
        notices.news(about=one.urn, title=title_of(row), url=url_of(row), at=at, to=row.party_id)
    tell(facts.ChangeDecided(subject=row.urn, change=one.urn, result=one.state), by=by, at=at,
         behalf=row.party if withdrawn else row.issuer, documents=documents)


def _said(name: str, value: Any) -> str:
    if name == "measure":
        return MEASURES[value].label.zh
    return "、".join(value) if isinstance(value, list) else str(value)


def _locked(change: Change) -> tuple[Agreement, Change]:
    row = held(change.agreement)
    return row, Change.objects.select_for_update(of=("self",)).select_related("milestone").get(pk=change.pk)
