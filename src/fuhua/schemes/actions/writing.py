"""Writing an application: saved by several people at once without loss, what is on record confirmed or contested, documents, writers."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from django.db import transaction

from fuhua.evidence.actions import facts as evidence
from fuhua.evidence.actions.attachments import attach as keep_file
from fuhua.evidence.facts import BadFact
from fuhua.evidence.words import CONTEST_REASONS
from fuhua.kernel.questions import BadValue, Question
from fuhua.kernel.words import Text, t
from fuhua.parties.models import Party
from fuhua.parties.words import Sort
from fuhua.schemes.actions.applications import BadApplication, held
from fuhua.schemes.kinds.schemes import scheme_kinds
from fuhua.schemes.models import Application, Attachment, Coauthor
from fuhua.schemes.queries.answers import read
from fuhua.schemes.queries.files import canonical

TITLE = Question("title", t("项目名称", "title"), required=True)
_MOST_FILES = 40


class NotWritable(BadApplication):
    """It was handed in, and what is to be changed is not among its gaps."""


@dataclass(frozen=True)
class Clash:
    """A question that two people answered otherwise since the slower one opened the form."""

    name: str
    label: Text
    mine: Any
    theirs: Any


@dataclass(frozen=True)
class Saved:
    """What came of saving: the application; what clashes (kept as the other wrote it); what could not be read, by name; ``behind``:
    questions that others answered meanwhile; ``base``: question → mark, with which the same form saves next.
    """

    application: Application
    clashes: tuple[Clash, ...] = ()
    wrong: Mapping[str, Text] = field(default_factory=dict)
    behind: tuple[Text, ...] = ()
    base: Mapping[str, str] = field(default_factory=dict)


@transaction.atomic
def write(*, application: Application, written: Mapping[str, Any], base: Mapping[str, str], version: int, by: str,  # noqa: ARG001
          at: dt.datetime) -> Saved:
    """Keep answers as people write them; what cannot be read is named and left as it was.

    ``base`` (question → :func:`mark` of the answer) and ``version`` are those of the form when it was opened; ``version`` stands for
    questions that ``base`` does not name. An answer that only one of two writers changed is kept; one that both changed is a clash: it
    stays as the other wrote it until the writer, who now sees both, saves again with the mark of theirs. Raises :class:`NotWritable`
    and, for an unknown name, :class:`BadApplication`.
    """
    row = held(application)
    asks = writable(row)
    if unknown := sorted(set(written) - {TITLE.name, *(each.name for each in scheme_kinds()[row.call.kind].asks)}):
        raise BadApplication(t("没有这些问题：{names}", "there are no such questions: {names}").format(names=", ".join(unknown)))
    given, wrong = _given(asks, written)
    changed, clashes, behind, marks = {}, [], [], dict(base)
    for ask, mine in given:
        theirs = _stored(row, ask.name)
        opened = base.get(ask.name, mark(theirs) if version == row.version else "")
        if mine == theirs or mark(theirs) == opened:
            changed |= {} if mine == theirs else {ask.name: mine}
            marks[ask.name] = mark(mine)
        elif mark(mine) == opened:
            behind.append(ask.label)
        else:
            clashes.append(Clash(ask.name, ask.label, mine, theirs))
    _put(row, changed, at)
    return Saved(row, tuple(clashes), wrong, tuple(behind), marks)


def _given(asks: Iterable[Question], written: Mapping[str, Any]) -> tuple[list[tuple[Question, Any]], dict[str, Text]]:
    """The answers that can be read, and of the others why not."""
    given, wrong = [], {}
    for ask in asks:
        if ask.name in written:
            try:
                given.append((ask, read(ask, written[ask.name])))
            except BadValue as bad:
                wrong[ask.name] = bad.text
    return given, wrong


@transaction.atomic
def confirm(*, application: Application, names: Iterable[str], by: str, at: dt.datetime) -> Application:  # noqa: ARG001
    """What is on record is right: it is the answer, also where it was contested before."""
    row = held(application)
    for name in names:
        known = _known(row, name)
        known["says"] = "confirmed"
        known.pop("reason", None)
        row.values[name] = known["value"]
    _keep(row, at)
    return row


@transaction.atomic
def contest(*, application: Application, name: str, reason: str, written: Any, by: str, at: dt.datetime) -> Application:
    """What is on record is wrong, for a coded ``reason``: the applicant's own value stands beside it, and the fact is contested.

    Raises :class:`BadApplication`, and :class:`fuhua.kernel.questions.BadValue` for a value that cannot be read.
    """
    if reason not in CONTEST_REASONS:
        raise BadApplication(t("请选择异议原因", "choose why you contest it"))
    row = held(application)
    known = _known(row, name)
    row.values[name] = read(scheme_kinds()[row.call.kind].ask(name), written)
    dispute(known, reason, by=by, at=at)
    _keep(row, at)
    return row


@transaction.atomic
def attach(*, application: Application, code: str, name: str, file: BinaryIO, by: str, at: dt.datetime) -> Attachment:
    """Keep a document under a code of the kind's evidence; what it is, is told by its first bytes. Sent twice it is there once."""
    row = held(application)
    _require(row, code)
    if code not in {each.code for each in scheme_kinds()[row.call.kind].evidence}:
        raise BadApplication(t("没有这类证明材料", "there is no such document"))
    if row.attachments.count() >= _MOST_FILES:
        raise BadApplication(t("最多上传 {n} 个文件，请合并", "at most {n} files; put some together").format(n=_MOST_FILES))
    digest, _media = keep_file(file, by=by, at=at)
    found, _new = Attachment.objects.get_or_create(application=row, code=code, digest=digest, defaults={"name": name[:200], "at": at})
    _touch(row, at)
    return found


@transaction.atomic
def detach(*, attachment: Attachment, by: str, at: dt.datetime) -> None:  # noqa: ARG001
    """Take a document back out of the application."""
    row = held(attachment.application)
    _require(row, attachment.code)
    Attachment.objects.filter(pk=attachment.pk, application=row).delete()
    _touch(row, at)


@transaction.atomic
def invite(*, application: Application, person: Party, by: str, at: dt.datetime) -> Coauthor:  # noqa: ARG001
    """Let a person write it too."""
    row = held(application)
    if person.sort != Sort.PERSON or person.erased_at is not None or person.pk == row.lead_id:
        raise BadApplication(t("请填写另一位在册人员", "name another person who is on the register"))
    found, _new = Coauthor.objects.get_or_create(application=row, person=person, defaults={"at": at})
    return found


@transaction.atomic
def dismiss(*, application: Application, person: Party, by: str, at: dt.datetime) -> None:  # noqa: ARG001
    """Somebody who was asked to write it writes it no longer."""
    Coauthor.objects.filter(application=held(application), person=person).delete()


@transaction.atomic
def dispute(known: dict[str, Any], reason: str, *, by: str, at: dt.datetime) -> None:
    """Mark a prefilled value as contested, and contest the fact it comes from, if it comes from one."""
    known["says"], known["reason"] = "contested", reason
    if known["digest"]:
        try:
            evidence.contest(known["digest"], reason=reason, by=by, at=at)
        except BadFact:  # this person contested it before, or it was corrected since: their own value stands beside it all the same
            return


def mark(stored: Any) -> str:
    """A short digest of a stored answer, by which a form tells what it was opened with."""
    return hashlib.sha256(canonical(stored)).hexdigest()[:12]


def writable(row: Application) -> list[Question]:
    """The questions that may be written now: of a draft all but those that are answered from what is on record; later the gaps only.

    Raises :class:`NotWritable` when nothing may be.
    """
    kind = scheme_kinds()[row.call.kind]
    asks = [TITLE, *(each for each in kind.asks if row.known.get(each.name, {}).get("says", "contested") == "contested")]
    if row.state == "draft":
        return asks
    names = set(row.gaps.filter(mended_at=None).values_list("name", flat=True)) if row.state == "gaps" else set()
    if not names:
        raise NotWritable(t("申报书已提交，不能再修改；需要更正请先撤回", "it was handed in and is not changed; withdraw it to correct it"))
    return [each for each in asks if each.name in names]


def _require(row: Application, name: str) -> None:
    """The document or prefilled answer may be changed now."""
    if row.state != "draft" and not (row.state == "gaps" and row.gaps.filter(name=name, mended_at=None).exists()):
        raise NotWritable(t("申报书已提交，只能按补正通知修改所列事项", "it was handed in; only the gaps that were told can be mended"))


def _known(row: Application, name: str) -> dict[str, Any]:
    _require(row, name)
    known: dict[str, Any] | None = row.known.get(name)
    if known is None:
        raise BadApplication(t("该项没有预填内容", "nothing was prefilled there"))
    return known


def _stored(row: Application, name: str) -> Any:
    return (row.title or None) if name == TITLE.name else row.values.get(name)


def _put(row: Application, changed: dict[str, Any], at: dt.datetime) -> None:
    if not changed:
        return
    if TITLE.name in changed:
        row.title = (changed.pop(TITLE.name) or "")[:200]
    row.values = {name: value for name, value in {**row.values, **changed}.items() if value is not None}
    _keep(row, at)


def _touch(row: Application, at: dt.datetime) -> None:
    row.saved_at = at
    row.save(update_fields=["saved_at"])


def _keep(row: Application, at: dt.datetime) -> None:
    row.version += 1
    row.saved_at = at
    row.save()
