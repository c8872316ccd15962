"""Take an exported application in: into a draft, value by value, and everything that cannot be taken is named."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from typing import Any, BinaryIO

from django.db import transaction

from fuhua.evidence.words import CONTEST_REASONS
from fuhua.kernel.questions import BadValue, Question
from fuhua.kernel.words import Text, t
from fuhua.kernel.written import rewritten
from fuhua.schemes.actions.applications import BadApplication, held
from fuhua.schemes.actions.writing import TITLE, NotWritable, dispute
from fuhua.schemes.kinds.schemes import scheme_kinds
from fuhua.schemes.models import Application, Attachment
from fuhua.schemes.queries.answers import read
from fuhua.schemes.queries.files import FORMAT, canonical

MOST = 2**20  # bytes of a file: a hundred times what a full form needs
_STORED: dict[str, type | tuple[type, ...]] = {"money": int, "yes": bool, "choices": list}


class BadFile(BadApplication):
    """The file is no exported application."""


@dataclass(frozen=True)
class TakenIn:
    """What came of it: how many answers and documents were taken, and what was not, each with why."""

    application: Application
    answers: int
    documents: int
    refused: tuple[tuple[str, Text], ...]


@transaction.atomic
def take_in(*, application: Application, file: BinaryIO, by: str, at: dt.datetime) -> TakenIn:
    """Fill a draft from an exported file of the same kind; answers that the file does not hold stay as they are.

    Documents are taken only when they were handed in by the same applicant before; whoever knows a digest alone gets nothing by it.
    What is on record here is not overwritten unless it was contested there; then it is contested here too. Raises :class:`BadFile`
    and :class:`NotWritable`.
    """
    said, row = _read(file), held(application)
    if row.state != "draft":
        raise NotWritable(t("只能导入到草稿", "a file is taken into a draft only"))
    if said.get("kind") != row.call.kind:
        raise BadFile(t("文件属于另一类申报，不能导入", "the file is of another kind of scheme"))
    refused: list[tuple[str, Text]] = []
    _checked(row, said, by, at)
    answers = _answers(row, said, refused)
    row.title = answers.pop(TITLE.name, row.title)
    row.values |= answers
    row.version += 1
    row.saved_at = at
    row.save()
    return TakenIn(row, len(answers), _documents(row, said, refused, at), tuple(refused))


def _read(file: BinaryIO) -> dict[str, Any]:
    file.seek(0)
    content = file.read(MOST + 1)
    if len(content) > MOST:
        raise BadFile(t("文件超过 1 MB，不是导出的申报书", "the file is above 1 MB: it is no exported application"))
    try:
        said = json.loads(content.decode())
        canonical(said)  # refuses half characters, which no database keeps
    except (ValueError, RecursionError) as wrong:
        raise BadFile(t("文件不是有效的 JSON，请选择导出的申报书", "the file is no JSON; choose an exported application")) from wrong
    if not isinstance(said, dict) or said.get("format") != FORMAT:
        raise BadFile(t("文件不是导出的申报书", "the file is no exported application"))
    return said


def _checked(row: Application, said: dict[str, Any], by: str, at: dt.datetime) -> None:
    """What the applicant said there of prefilled values is said here too, where the value on record is the same."""
    told = said.get("known")
    for name, known in row.known.items():
        there = told.get(name) if isinstance(told, dict) else None
        if not isinstance(there, dict) or there.get("value") != known["value"]:
            continue
        if there.get("says") == "confirmed":
            known["says"] = "confirmed"
        elif there.get("says") == "contested" and str(there.get("reason")) in CONTEST_REASONS:
            dispute(known, there["reason"], by=by, at=at)


def _answers(row: Application, said: dict[str, Any], refused: list[tuple[str, Text]]) -> dict[str, Any]:
    """Readable answers by name; of the others it is told why."""
    asks = {each.name: each for each in scheme_kinds()[row.call.kind].asks} | {TITLE.name: TITLE}
    given = said.get("answers")
    if not isinstance(given, dict):
        raise BadFile(t("文件中没有答案", "the file holds no answers"))
    found = {}
    for name, value in {**given, TITLE.name: said.get("title")}.items():
        if name not in asks:
            refused.append((str(name)[:40], t("没有这个问题", "there is no such question")))
        elif row.known.get(name, {}).get("says", "contested") != "contested":
            if value != row.known[name]["value"]:
                refused.append((name, t("以登记内容为准；有异议请在页面提出", "what is on record stands; contest it on the page")))
        elif value not in (None, ""):
            try:
                found[name] = stored(asks[name], value)
            except BadValue as wrong:
                refused.append((name, wrong.text))
    return found


def stored(ask: Question, value: Any) -> Any:
    """A value from a file as the question stores it; raises :class:`BadValue` for another type or one it cannot hold."""
    wanted = _STORED.get(ask.type, str)
    if not isinstance(value, wanted) or (wanted is int and isinstance(value, bool)):
        raise BadValue(t("类型不对", "of the wrong type"))
    if isinstance(value, list) and not all(isinstance(each, str) for each in value):
        raise BadValue(t("类型不对", "of the wrong type"))
    return read(ask, rewritten(ask, value))


def _documents(row: Application, said: dict[str, Any], refused: list[tuple[str, Text]], at: dt.datetime) -> int:
    codes = {each.code for each in scheme_kinds()[row.call.kind].evidence}
    given = said.get("attachments")
    own = {each.digest: each for each in Attachment.objects.filter(application__applicant=row.applicant_id)}
    taken = 0
    for each in given[:100] if isinstance(given, list) else []:
        code, digest = (each.get("code"), each.get("digest")) if isinstance(each, dict) else (None, None)
        if not isinstance(code, str) or code not in codes or not isinstance(digest, str) or digest not in own:
            refused.append((str(code)[:24], t("文件须重新上传", "upload the document again")))
            continue
        Attachment.objects.get_or_create(application=row, code=code, digest=digest, defaults={"name": own[digest].name, "at": at})
        taken += 1
    return taken
