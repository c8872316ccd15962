"""Locks an edition for a change, tells who was overtaken by whom, and logs every change so that it can be undone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import IntegrityError, models, transaction

from fuhua.evidence.actions.facts import record
from fuhua.evidence.facts import BadFact
from fuhua.evidence.words import Grade
from fuhua.kernel.flow import WrongState
from fuhua.kernel.words import Text, t
from fuhua.plan.facts import PlanRevised
from fuhua.plan.flow import EDITION
from fuhua.plan.models import Doubt, Edition, Measure, Responsibility, Revision, Target
from fuhua.plan.queries.history import said

KINDS: dict[str, type[models.Model]] = {
    "edition": Edition, "measure": Measure, "unit": Responsibility, "target": Target, "doubt": Doubt,
}
_UNDOABLE = ("add", "edit", "remove", "confirm", "match", "link", "settle", "undo")
_NOT_LOGGED = frozenset({"source_text", "version", "status", "published_at", "superseded_at", "imported_at"})
Snapshot = dict[str, Any]


class Overtaken(WrongState):
    """Somebody else changed the same thing first; ``changes`` are their revisions, newest first."""

    def __init__(self, changes: Sequence[Revision]) -> None:
        lines = [said(change) for change in changes[:5]]
        super().__init__(t("您打开页面之后，别人已先行修改：{what}。您的操作没有执行，请刷新后核对再做",
                           "somebody else changed this after you opened it: {what}. Nothing of yours was done; reload and check")
                         .format(what=Text("；".join(line.zh for line in lines), "; ".join(line.en for line in lines))))
        self.changes = tuple(changes)


class BadItem(BadFact):
    """The item cannot be so; ``text`` says how to mend it."""


class NotUndoable(WrongState):
    """The change cannot be undone (any more)."""


def held(edition: Edition, verb: str, *, seen: int | None = None, keys: Iterable[tuple[str, int]] | None = None) -> Edition:
    """The edition, locked for the caller's transaction.

    ``seen`` is the version the caller looked at: :class:`Overtaken` when one of the rows ``keys`` (any row when None)
    was changed since. Raises :class:`~fuhua.kernel.flow.WrongState` when ``verb`` does not exist in its state.
    """
    edition = Edition.objects.select_for_update(of=("self",)).get(pk=edition.pk)
    if seen is not None and seen != edition.version:
        wanted = None if keys is None else set(keys)
        newer = [each for each in edition.revisions.filter(version__gt=seen) if wanted is None or wanted & _keys(each)]
        if newer:
            raise Overtaken(newer)
    EDITION.after(edition.status, verb)
    return edition


def snapshot(row: models.Model) -> Snapshot:
    """The row's fields as JSON values."""
    return {field.attname: _json(field, row) for field in row._meta.concrete_fields if field.attname not in _NOT_LOGGED}


def _json(field: models.Field[Any, Any], row: models.Model) -> Any:
    value = getattr(row, field.attname)
    return value if value is None or isinstance(value, bool | int) else field.value_to_string(row)


def change(kind: str, before: Snapshot | None, after: Snapshot | None) -> dict[str, Any]:
    """One row's change as the log keeps it."""
    return {"kind": kind, "pk": (before or after or {})["id"], "before": before, "after": after}


def stored(kind: str, row: models.Model) -> None:
    """Save the row; raises :class:`BadItem` when the database refuses it."""
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise BadItem(_refusal(kind)) from error


def _refusal(kind: str) -> Text:
    if kind == "measure":
        return t("举措编号已被占用，或该上一版举措已被另一项沿用；请换一个编号或改选",
                 "that number is taken, or another measure already continues that one; choose another")
    if kind == "edition":
        return t("网址标识已被占用，或日期前后颠倒，请修改后重试",
                 "that web name is taken, or the dates are the wrong way round; mend and retry")
    return t("内容自相矛盾：区间须有上限且不小于下限，基期日期与数值须同时填写",
             "the values contradict each other: a range needs an upper end not below the lower, a baseline needs day and value")


@transaction.atomic
def log(
    edition: Edition, verb: str, changes: list[dict[str, Any]], *, by: str, at: dt.datetime, undoes: Revision | None = None,
    told: bool = True,
) -> Revision:
    """Count the edition's version up, keep the change, and (``told``) record it as a fact."""
    edition.version += 1
    edition.save(update_fields=["version"])
    revision = Revision.objects.create(edition=edition, version=edition.version, verb=verb, changes=changes, by=by, at=at,
                                       undoes=undoes)
    if told:
        record(PlanRevised(subject=edition.urn, verb=verb, version=edition.version), by=by, at=at, grade=Grade.SYSTEM)
    return revision


@transaction.atomic
def undo(edition: Edition, *, version: int, by: str, at: dt.datetime) -> Revision:
    """Undo the change that made ``version``; an undo can itself be undone.

    Raises :class:`NotUndoable` when it is undone already, is no change of items, or later changes build on it.
    """
    edition = held(edition, "correct")
    revision = edition.revisions.filter(version=version).first()
    if revision is None or revision.verb not in _UNDOABLE:
        raise NotUndoable(t("这一步不能撤销，只有对条目的修改可以撤销", "this step cannot be undone; only changes of items can"))
    if hasattr(revision, "undone_by"):
        raise NotUndoable(t("这一步已经撤销过了", "this step was undone already"))
    blocking = _built_on(edition, revision)
    if blocking:
        raise NotUndoable(t("之后的修改依赖这一步，请先撤销：{what}", "later changes build on this one; undo first: {what}")
                          .format(what=said(blocking[0])))
    changes = []
    try:
        with transaction.atomic():
            for each in reversed(revision.changes):
                changes.append(_back(each))
    except (IntegrityError, models.ProtectedError) as error:
        raise NotUndoable(t("撤销会与现有条目冲突（如编号重复），请先处理冲突的条目",
                            "undoing would clash with what is there (such as a number used twice); mend that first")) from error
    return log(edition, "undo", changes, by=by, at=at, undoes=revision)


def _built_on(edition: Edition, revision: Revision) -> list[Revision]:
    """Later changes of the same rows that still stand."""
    later = edition.revisions.filter(version__gt=revision.version).select_related("undoes", "undone_by")
    return [each for each in later if _keys(each) & _keys(revision) and not hasattr(each, "undone_by")
            and not (each.undoes is not None and each.undoes.version > revision.version)]


def _back(each: dict[str, Any]) -> dict[str, Any]:
    """Bring one row back to what it was before; returns that as a change."""
    model = KINDS[each["kind"]]
    if each["before"] is None:
        model.objects.get(pk=each["pk"]).delete()
    elif each["after"] is None:
        _from(model, each["before"]).save(force_insert=True)
    else:
        row = model.objects.get(pk=each["pk"])
        for field in model._meta.concrete_fields:
            if field.attname in each["before"] and each["before"][field.attname] != each["after"][field.attname]:
                setattr(row, field.attname, field.to_python(each["before"][field.attname]))
        row.save()
    return {"kind": each["kind"], "pk": each["pk"], "before": each["after"], "after": each["before"]}


def _from(model: type[models.Model], kept: Snapshot) -> models.Model:
    return model(**{field.attname: field.to_python(kept[field.attname]) for field in model._meta.concrete_fields
                    if field.attname in kept})


def _keys(revision: Revision) -> set[tuple[str, int]]:
    return {(each["kind"], each["pk"]) for each in revision.changes}
