"""Decisions of the theme committee about the list of future fields: enter, rename, retire, merge; each makes the next edition."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import BinaryIO

from django.db import IntegrityError, transaction

from fuhua.evidence.actions.attachments import attach
from fuhua.evidence.actions.facts import record
from fuhua.evidence.facts import BadFact, Fact
from fuhua.evidence.words import Grade
from fuhua.kernel import period
from fuhua.kernel.words import t
from fuhua.schemes.facts import fields as facts
from fuhua.schemes.flow import FIELD
from fuhua.schemes.models import FieldDecision
from fuhua.schemes.queries.fields import FIRST, standing, urn_of
from fuhua.schemes.words import FutureField

_CODE = re.compile(r"[a-z][a-z0-9_]{1,23}")
_PDF = "application/pdf"


class BadField(BadFact):
    """The list cannot be changed so; ``text`` says how to mend it."""


@dataclass(frozen=True)
class Grounds:
    """Why and by whom it was decided: the day from which it holds, the reason, the committee and its meeting, the brief (PDF)."""

    day: dt.date
    why: str
    decided: str
    brief: BinaryIO
    person: int  # party id of the officer who records it


@transaction.atomic
def enter(*, code: str, zh: str, en: str, grounds: Grounds, by: str, at: dt.datetime, former: str = "") -> FieldDecision:
    """Put a field on the list, or one that had left it back on; ``former`` is the field it follows. Raises :class:`BadField`."""
    fields, rows = _held()
    if _CODE.fullmatch(code) is None:
        raise BadField(t("代码用小写字母开头，只含小写字母、数字和下划线，2 至 24 位",
                         "a code begins with a small letter and has 2 to 24 small letters, digits and underscores"))
    if former and (former not in fields or former == code):
        raise BadField(t("所承接的领域须在目录中，且不是它自己", "the field it follows is another one of the list"))
    if code in fields:
        FIELD.after(fields[code].state, "enter")
    _require_name(fields, code, zh, en)
    row = FieldDecision(code=code, verb="entered", zh=zh.strip(), en=en.strip(), former=former)
    return _decided(row, rows, grounds, by, at)


@transaction.atomic
def rename(*, code: str, zh: str, en: str, grounds: Grounds, by: str, at: dt.datetime) -> FieldDecision:
    """Call the field otherwise from a day; what stands under the old name stays. Raises :class:`BadField` and ``WrongState``."""
    fields, rows = _held()
    FIELD.after(_field(fields, code).state, "rename")
    _require_name(fields, code, zh, en)
    if (zh.strip(), en.strip()) == (fields[code].name.zh, fields[code].name.en):
        raise BadField(t("新名称与现名相同", "that is its name already"))
    return _decided(FieldDecision(code=code, verb="renamed", zh=zh.strip(), en=en.strip()), rows, grounds, by, at)


@transaction.atomic
def retire(*, code: str, grounds: Grounds, by: str, at: dt.datetime) -> FieldDecision:
    """Take the field off the list: it is not chosen anew, and what stands in it goes on. Raises :class:`BadField` and ``WrongState``."""
    fields, rows = _held()
    FIELD.after(_field(fields, code).state, "retire")
    return _decided(FieldDecision(code=code, verb="retired"), rows, grounds, by, at)


@transaction.atomic
def merge(*, code: str, into: str, grounds: Grounds, by: str, at: dt.datetime) -> FieldDecision:
    """Let the field go into another one in force; what stands in it keeps its code. Raises :class:`BadField` and ``WrongState``."""
    fields, rows = _held()
    FIELD.after(_field(fields, code).state, "merge")
    if into == code or _field(fields, into).state != "in_force":
        raise BadField(t("只能并入另一个在列的领域", "it is merged into another field that is in force"))
    return _decided(FieldDecision(code=code, verb="merged", into=into), rows, grounds, by, at)


def _held() -> tuple[dict[str, FutureField], list[FieldDecision]]:
    """The list as it is now, its decisions locked; whoever decides at the same moment meets the number of the edition."""
    rows = list(FieldDecision.objects.select_for_update().order_by("edition"))
    return standing(rows), rows


def _field(fields: dict[str, FutureField], code: str) -> FutureField:
    if code not in fields:
        raise BadField(t("没有这个领域，请从目录选择", "there is no such field; choose one from the list"))
    return fields[code]


def _require_name(fields: dict[str, FutureField], code: str, zh: str, en: str) -> None:
    if not zh.strip() or not en.strip():
        raise BadField(t("请填写中文名和英文名", "give its Chinese and its English name"))
    others = {each.name.zh for each in fields.values() if each.code != code and each.state == "in_force"}
    if zh.strip() in others:
        raise BadField(t("“{name}”已是在列领域的名称，请用其他名称", "“{name}” is the name of a field in force; give another")
                       .format(name=zh.strip()))


def _decided(row: FieldDecision, rows: list[FieldDecision], grounds: Grounds, by: str, at: dt.datetime) -> FieldDecision:
    last = max((each.day for each in rows if each.code == row.code), default=dt.date.min)
    if not last <= grounds.day <= period.day(at):
        raise BadField(t("生效日期不能晚于今天，也不能早于该领域上一次决定", "it holds from a day that is not in the future, "
                         "nor before the last decision about the field"))
    if not grounds.why.strip() or not grounds.decided.strip():
        raise BadField(t("请写明理由和作出决定的会议", "say why, and who decided it at which meeting"))
    row.brief, media = attach(grounds.brief, by=by, at=at)
    if media != _PDF:
        raise BadField(t("领域说明须为 PDF 文件", "the field brief is a PDF"))
    row.day, row.why, row.decided = grounds.day, grounds.why.strip(), grounds.decided.strip()[:200]
    row.person_id, row.at = grounds.person, at
    row.edition = (rows[-1].edition if rows else FIRST) + 1
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as wrong:
        raise BadField(t("刚有另一项决定登记，请刷新目录后再登记",
                         "another decision was recorded just now; look at the list again")) from wrong
    record(_fact(row), by=by, at=at, grade=Grade.SYSTEM, true_from=row.day, documents=[row.brief])
    return row


def _fact(row: FieldDecision) -> Fact:
    said = {"subject": urn_of(row.code), "version": row.edition}
    match row.verb:
        case "entered":
            return facts.FieldEntered(**said, former=row.former)
        case "renamed":
            return facts.FieldRenamed(**said)
    return facts.FieldRetired(**said, into=row.into)
