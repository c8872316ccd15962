"""Correct what was read: add, edit, remove, confirm, match to organisations, link to indicators, settle doubts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Max, Q

from fuhua.evidence.words import Grade
from fuhua.kernel import urn as urns
from fuhua.kernel.words import t
from fuhua.parties.actions import organisations
from fuhua.parties.queries.matching import match
from fuhua.plan.actions.revisions import KINDS, BadItem, change, held, log, snapshot, stored
from fuhua.plan.models import Doubt, Edition, Measure, Responsibility, Revision, Target
from fuhua.plan.words import DECISIONS, UNIT_GROUPS

FIELDS: dict[str, frozenset[str]] = {
    "edition": frozenset({"slug", "title", "city", "issued_by", "doc_number", "start", "end", "coordinator"}),
    "measure": frozenset({"no", "title", "text", "section", "begin", "end", "title_begin", "title_end", "continues"}),
    "unit": frozenset({"printed", "role", "part", "everywhere", "begin", "end", "order"}),
    "target": frozenset({"measure", "metric", "op", "value", "upper", "unit", "deadline", "period", "quote", "begin", "end",
                         "continues"}),
}
LINK_FIELDS = frozenset({"indicator", "definition", "baseline_on", "baseline_value", "baseline_note", "trajectory"})


@transaction.atomic
def edit_item(
    edition: Edition, *, kind: str, pk: int, values: Mapping[str, Any], seen: int, by: str, at: dt.datetime
) -> Any:
    """Change the named fields of a measure, unit, target or of the edition itself; counts as reviewed.

    Raises :class:`BadItem` for impossible values, :class:`~revisions.Overtaken` when the item changed since ``seen``.
    """
    edition = held(edition, "correct", seen=seen, keys=[(kind, pk)])
    row = _row(edition, kind, pk)
    before = snapshot(row)
    _set(edition, kind, row, values)
    _look(row, by, at)
    if kind == "unit" and before["printed"] != row.printed:
        row.party, row.group = None, ""
    if kind == "edition" and row.predecessor_id is None:
        row.programme = row.slug
    row.version = edition.version if kind == "edition" else getattr(row, "version", None)
    stored(kind, row)
    edition = row if kind == "edition" else edition
    changes = [change(kind, before, snapshot(row)), *_settle_with(edition, row, "corrected", by, at)]
    log(edition, "edit", changes, by=by, at=at)
    return row


@transaction.atomic
def add_item(edition: Edition, *, kind: str, values: Mapping[str, Any], by: str, at: dt.datetime) -> Any:
    """Add a measure, a unit (``values["measure"]``) or a target that the reading missed; raises :class:`BadItem`."""
    edition = held(edition, "correct")
    if kind == "measure":
        row: Any = Measure(edition=edition, urn=urns.new("measure"))
    elif kind == "target":
        row = Target(edition=edition, urn=urns.new("target"))
    elif kind == "unit":
        row = Responsibility(measure=_row(edition, "measure", values["measure"].pk), role_printed=True)
        row.order = (row.measure.responsibilities.aggregate(last=Max("order"))["last"] or 0) + 1
        values = {name: value for name, value in values.items() if name != "measure"}
    else:
        raise BadItem(t("不能新增这种条目", "this kind of item cannot be added"))
    _set(edition, kind, row, values)
    _look(row, by, at)
    stored(kind, row)
    log(edition, "add", [change(kind, None, snapshot(row))], by=by, at=at)
    return row


@transaction.atomic
def remove_item(edition: Edition, *, kind: str, pk: int, seen: int, by: str, at: dt.datetime) -> Revision:
    """Remove a measure with its units and targets, a unit or a target; :func:`~revisions.undo` brings all back."""
    edition = held(edition, "correct", seen=seen, keys=[(kind, pk)])
    if kind not in ("measure", "unit", "target"):
        raise BadItem(t("这种条目不能删除", "this kind of item cannot be removed"))
    row = _row(edition, kind, pk)
    rows = [("unit", each) for each in row.responsibilities.all()] if kind == "measure" else []
    rows += [("target", each) for each in row.targets.all()] if kind == "measure" else []
    rows.append((kind, row))
    changes = [change(each_kind, snapshot(each), None) for each_kind, each in rows]
    for doubts in [_settle_with(edition, each, "not_item", by, at) for _, each in rows]:
        changes += doubts
    row.delete()
    return log(edition, "remove", changes, by=by, at=at)


@transaction.atomic
def confirm_items(edition: Edition, *, items: Iterable[tuple[str, int]], by: str, at: dt.datetime, seen: int) -> Revision | None:
    """Mark measures and targets as looked at and right, and settle the doubts about them; None when all were already."""
    wanted = list(items)
    edition = held(edition, "correct", seen=seen, keys=wanted)
    changes = []
    for kind, pk in wanted:
        row = _row(edition, kind, pk)
        if kind not in ("measure", "target") or row.reviewed_at is not None:
            continue
        before = snapshot(row)
        _look(row, by, at)
        row.save(update_fields=["reviewed_at", "reviewed_by"])
        changes += [change(kind, before, snapshot(row)), *_settle_with(edition, row, "fine", by, at)]
    return log(edition, "confirm", changes, by=by, at=at) if changes else None


@transaction.atomic
def match_unit(
    edition: Edition, *, printed: str, party: Any = None, group: str = "", by: str, at: dt.datetime
) -> Revision:
    """Say who every unit printed so is: an organisation, or a group of them; neither takes the match back."""
    edition = held(edition, "correct")
    return _match(edition, printed, party, group, by, at)


def _match(edition: Edition, printed: str, party: Any, group: str, by: str, at: dt.datetime) -> Revision:
    if party is not None and (group or party.sort == "person"):
        raise BadItem(t("责任单位须是一个机构，或一组单位，二者选一",
                        "a unit is one organisation or a group of them, not a person and not both"))
    if group and group not in UNIT_GROUPS:
        raise BadItem(t("没有这种单位组", "there is no such group of units"))
    changes = []
    for row in Responsibility.objects.filter(measure__edition=edition, printed=printed).select_for_update(of=("self",)):
        before = snapshot(row)
        row.party, row.group = party, group
        row.save(update_fields=["party", "group"])
        changes.append(change("unit", before, snapshot(row)))
    if not changes:
        raise BadItem(t("方案中已没有“{name}”，可能已被他人修改，请刷新",
                        "“{name}” is no longer in the plan; somebody may have changed it, reload")
                      .format(name=printed))
    return log(edition, "match", changes, by=by, at=at)


@transaction.atomic
def register_unit(
    edition: Edition, *, printed: str, names: list[str], sort: str = "agency", district: str = "", by: str, at: dt.datetime
) -> Any:
    """Register the organisation behind a printed unit and match it; the first of ``names`` is official, the rest plates."""
    edition = held(edition, "correct")
    for name in names:
        taken = match(name=name).sure
        if taken is not None:
            raise BadItem(t("“{name}”已经登记为“{party}”，请直接选用，无需新建",
                            "“{name}” is registered already as “{party}”; choose it instead of creating another")
                          .format(name=name, party=taken.name))
    party = organisations.register(sort=sort, name=names[0], plates=names[1:], district=district, by=by, at=at,
                                   grade=Grade.DECLARED)
    _match(edition, printed, party, "", by, at)
    return party


@transaction.atomic
def link_target(
    edition: Edition, *, pk: int, values: Mapping[str, Any], seen: int, by: str, at: dt.datetime
) -> Target:
    """Say which indicator counts a target, from which baseline and along which path; possible while published too."""
    edition = held(edition, "link", seen=seen, keys=[("target", pk)])
    row = _row(edition, "target", pk)
    _only(values, LINK_FIELDS)
    before = snapshot(row)
    for name, value in values.items():
        setattr(row, name, value)
    stored("target", row)
    log(edition, "link", [change("target", before, snapshot(row))], by=by, at=at)
    return row


@transaction.atomic
def settle_doubt(
    edition: Edition, *, pk: int, decision: str, note: str = "", seen: int, by: str, at: dt.datetime
) -> Doubt:
    """Close a doubt with a decision of ``words.DECISIONS`` and perhaps a note; raises :class:`BadItem`."""
    edition = held(edition, "correct", seen=seen, keys=[("doubt", pk)])
    row = _row(edition, "doubt", pk)
    if decision not in DECISIONS:
        raise BadItem(t("请选择处理结论", "choose how the doubt was settled"))
    if row.decision:
        raise BadItem(t("这处存疑已经处理过；如需改动请先撤销", "this doubt is settled already; undo that first to decide anew"))
    before = snapshot(row)
    row.decision, row.decision_note, row.settled_at, row.settled_by = decision, note[:300], at, by
    row.save()
    log(edition, "settle", [change("doubt", before, snapshot(row))], by=by, at=at)
    return row


def _row(edition: Edition, kind: str, pk: int) -> Any:
    if kind == "edition":
        return edition
    inside = Q(measure__edition=edition) if kind == "unit" else Q(edition=edition)
    row = KINDS[kind].objects.filter(inside, pk=pk).first()
    if row is None:
        raise BadItem(t("该条目已不存在，可能已被他人删除；可在修改记录中撤销删除",
                        "that item is gone; somebody may have removed it, which the change log can undo"))
    return row


def _only(values: Mapping[str, Any], allowed: frozenset[str]) -> None:
    wrong = set(values) - allowed
    if wrong:
        raise BadItem(t("这些字段不能修改：{names}", "these fields cannot be changed: {names}").format(names=", ".join(sorted(wrong))))


def _set(edition: Edition, kind: str, row: Any, values: Mapping[str, Any]) -> None:
    _only(values, FIELDS[kind])
    for name, value in values.items():
        setattr(row, name, value)
    if kind == "target":
        _check_target(edition, row)
    if kind == "measure":
        _check_measure(edition, row)
    if kind != "edition" and not 0 <= row.begin <= row.end <= len(edition.source_text):
        raise BadItem(t("原文位置超出全文，请重新选择", "the place lies outside the text; select it again"))


def _check_target(edition: Edition, row: Target) -> None:
    if row.measure is not None and row.measure.edition_id != edition.pk:
        raise BadItem(t("所属举措不在本方案中，请重新选择", "that measure is not in this plan; choose another"))
    if row.op == "range" and (row.upper is None or row.upper < row.value):
        raise BadItem(t("区间须填写上限，且不小于下限", "a range needs an upper end that is not below the lower one"))
    if row.op != "range" and row.upper is not None:
        raise BadItem(t("只有区间才填上限；请改为“区间”或清空上限", "only a range has an upper end; choose “between” or clear it"))
    if not isinstance(row.value, Decimal | int) or abs(row.value) >= Decimal(10) ** 15:
        raise BadItem(t("目标值须是小于一千万亿的数", "the value must be a number below 10^15"))


def _check_measure(edition: Edition, row: Measure) -> None:
    if row.continues is not None and row.continues.edition_id != edition.predecessor_id:
        raise BadItem(t("只能沿用上一版的举措", "a measure can only continue one of the previous edition"))
    if edition.measures.filter(no=row.no).exclude(pk=row.pk).exists():
        raise BadItem(t("编号 {no} 已被另一项举措占用，请换一个",
                        "number {no} is taken by another measure; choose another").format(no=row.no))


def _look(row: Any, by: str, at: dt.datetime) -> None:
    if hasattr(row, "reviewed_at"):
        row.reviewed_at, row.reviewed_by = at, by


def _settle_with(edition: Edition, row: Any, decision: str, by: str, at: dt.datetime) -> list[dict[str, Any]]:
    """Settle the open doubts about exactly this item's place; returns those changes."""
    places = {(row.begin, row.end)} if isinstance(row, Target) else (
        {(row.title_begin, row.title_end)} if isinstance(row, Measure) else set())
    changes = []
    for begin, end in places - {(0, 0)}:
        for doubt in edition.doubts.filter(begin=begin, end=end, decision=""):
            before = snapshot(doubt)
            doubt.decision, doubt.settled_at, doubt.settled_by = decision, at, by
            doubt.save()
            changes.append(change("doubt", before, snapshot(doubt)))
    return changes
