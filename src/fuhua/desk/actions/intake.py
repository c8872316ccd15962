"""What people do with a roster: hand it in, say how its columns are read, confirm, drop, say which organisation is meant."""

from __future__ import annotations

import datetime as dt
import io
import os
from dataclasses import dataclass
from itertools import islice
from typing import Any, BinaryIO

from django.db import transaction

from fuhua.desk import facts, models
from fuhua.desk.flow import INTAKE
from fuhua.desk.words import IntakeState, Verdict
from fuhua.evidence.actions.documents import keep, open_document
from fuhua.evidence.actions.facts import record
from fuhua.evidence.facts import BadFact
from fuhua.evidence.words import Grade
from fuhua.kernel import urn as urns
from fuhua.kernel.roster import ROSTERS, Roster, find, propose
from fuhua.kernel.sheet import table
from fuhua.kernel.sheet.refusal import BadSheet
from fuhua.kernel.words import listed, t
from fuhua.parties.queries import Who
from fuhua.parties.queries.in_bulk import Party, by_ids, live

_MEDIA = {True: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", False: "text/csv"}
_CITY = frozenset(("coordinator", "city_officer"))
_OF_DEPARTMENTS = frozenset(("funds", "payments"))


class BadRoster(BadFact):
    """The file or what was asked of it cannot be taken; ``text`` says how to mend it. Nothing was entered."""


@dataclass(frozen=True)
class _Looked:
    """What a file turned out to be: the roster, its table, the first rows, header index → field, .xlsx or not."""

    kind: Roster
    found: table.Table
    samples: list[list[str]]
    mapping: dict[str, str]
    is_zip: bool


def allowed(who: Who) -> list[Roster]:
    """The rosters that this person may hand in, in order of rank."""
    return sorted((roster for roster in ROSTERS if _standing(who, roster) is not None), key=lambda each: each.rank)


def _standing(who: Who, roster: Roster) -> str | None:
    """The office in which the person may hand in the roster: the one that is bound least; None when there is none."""
    if who.offices & _CITY:
        return "city_officer"
    if "district_officer" in who.offices:
        return "district_officer"
    if "department_officer" in who.offices and roster.name in _OF_DEPARTMENTS:
        return "department_officer"
    return "operator" if "operator" in who.offices and roster.operators else None


def hand_in(content: BinaryIO | bytes, *, file_name: str, who: Who, by: str, at: dt.datetime, roster: str = "") -> models.Intake:
    """Keep the file and propose how its columns are read; ``roster`` (recognised when blank) says what it lists.

    Raises :class:`BadRoster` for a file that cannot be read, a roster that is not recognised or not allowed. The file is
    looked at before the transaction begins, for on SQLite everybody who writes would wait for it.
    """
    kinds = [kind for kind in allowed(who) if not roster or kind.name == roster]
    if not kinds:
        raise BadRoster(t("您不能提交这种名册，请联系主管部门", "you may not hand in this roster; ask your officer"))
    source_file = _seekable(content)
    return _handed_in(source_file, _looked_at(source_file, kinds), file_name, who, by, at)


@transaction.atomic
def _handed_in(source_file: BinaryIO, looked: _Looked, file_name: str, who: Who, by: str, at: dt.datetime) -> models.Intake:
    kind, found = looked.kind, looked.found
    office = _standing(who, kind)
    registry = office in ("city_officer", "district_officer")
    digest = keep(source_file, media_type=_MEDIA[looked.is_zip], by=by, at=at)
    own = by_ids(who.acts_for("operator")) if office == "operator" else None
    intake = models.Intake.objects.create(
        urn=urns.new("intake"), roster=kind.name, document=digest, file_name=file_name[:200], sheet=found.sheet,
        header_row=found.header_row, headers=list(found.headers), samples=looked.samples, mapping=looked.mapping,
        by=_person(by), on_behalf=own[0] if own else None,
        own=None if own is None else [party.urn for party in own],
        districts=sorted(who.districts) if office == "district_officer" else None,
        grade=int(Grade.REGISTRY if registry else Grade.DECLARED),
        state=IntakeState.UPLOADED, uploaded_at=at,
    )
    record(facts.RosterHandedIn(subject=intake.urn, roster=kind.name), by=by, at=at, grade=Grade.SYSTEM,
           on_behalf=intake.on_behalf and intake.on_behalf.urn, documents=[digest])
    return intake


def _looked_at(file: BinaryIO, kinds: list[Roster]) -> _Looked:
    try:
        with table.opened(file) as source:
            found, kind = find(source, kinds)
            kind = kinds[0] if len(kinds) == 1 else kind
            if kind is None:
                raise BadRoster(t("没有认出这是哪种名册：表头为“{headers}”。请选择名册种类，或下载模板填写",
                                  "this is no roster we know; its headers are “{headers}”. Choose the kind, or use a template")
                                .format(headers="、".join(each for each in found.headers if each)[:120]))
            samples = [[_sample(value) for value in values] for _number, values in islice(source.data(found), 3)]
            if not samples:
                raise BadRoster(t("表头下面没有数据行，请检查文件", "there is no row below the headers; check the file"))
            mapping = {str(index): guess.column for index, guess in propose(kind, found.headers).items()}
            return _Looked(kind, found, samples, mapping, source.sheets != [""])
    except BadSheet as wrong:
        raise BadRoster(wrong.text) from wrong


def _sample(value: Any) -> str:
    return "" if value is None else str(value)[:60]


def _seekable(content: BinaryIO | bytes) -> BinaryIO:
    if isinstance(content, bytes):
        return io.BytesIO(content)
    content.seek(0)
    return content


@transaction.atomic
def map_columns(intake: models.Intake, *, mapping: dict[int, str], by: str, at: dt.datetime) -> models.Intake:
    """Say which column holds which field (header index from 0 → field) and start the dry run from its first row.

    Raises :class:`BadRoster` when a field is taken twice or a required one is left out, ``WrongState`` once entered.
    """
    intake, kind = _held(intake), ROSTERS[intake.roster]
    taken = list(mapping.values())
    twice = next((name for name in taken if taken.count(name) > 1), None)
    if twice is not None:
        raise BadRoster(t("“{title}”对应了两列，请只保留一列", "two columns are read as “{title}”; keep one of them")
                        .format(title=kind.column(twice).title))
    missing = [column.title for column in kind.columns if column.required and column.name not in taken]
    if missing:
        raise BadRoster(t("还没有指定这些必填列：{titles}", "these required columns are not assigned yet: {titles}").format(
            titles=listed(missing)))
    intake.state = INTAKE.after(intake.state, "map")
    intake.mapping = {str(index): name for index, name in sorted(mapping.items()) if index < len(intake.headers)}
    _restart(intake)
    intake.rows.all().delete()
    intake.save()
    record(facts.RosterMapped(subject=intake.urn, columns=len(mapping)), by=by, at=at, grade=Grade.SYSTEM, documents=[intake.document])
    return intake


def _restart(intake: models.Intake) -> None:
    intake.done = intake.reached = 0
    intake.new = intake.changed = intake.unchanged = intake.repeated = intake.wrong = intake.waiting = 0


@transaction.atomic
def confirm(intake: models.Intake, *, by: str, at: dt.datetime) -> models.Intake:
    """Have the good rows entered, after the dry run; a worker does it (:func:`intake_pass.work_once`)."""
    intake = _held(intake)
    intake.state = INTAKE.after(intake.state, "confirm")
    intake.done = intake.reached = intake.new = intake.changed = intake.unchanged = 0
    intake.save()
    record(facts.RosterConfirmed(subject=intake.urn), by=by, at=at, grade=Grade.SYSTEM, documents=[intake.document])
    return intake


@transaction.atomic
def drop(intake: models.Intake, *, by: str, at: dt.datetime) -> models.Intake:
    """Give the roster up before anything of it is entered; the file stays kept."""
    intake = _held(intake)
    intake.state = INTAKE.after(intake.state, "drop")
    intake.finished_at = at
    intake.save(update_fields=["state", "finished_at"])
    record(facts.RosterDropped(subject=intake.urn), by=by, at=at, grade=Grade.SYSTEM)
    return intake


@transaction.atomic
def pick(intake: models.Intake, *, question: str, party: str, by: str, at: dt.datetime) -> int:
    """Say which organisation (URN, or "" for a new one) the rows that ask ``question`` mean; returns how many they are.

    Rows of a roster that is already entered are entered by the next run of the worker. Raises :class:`BadRoster`.
    """
    intake = _held(intake)
    asking = intake.rows.filter(verdict=Verdict.WAITING, question=question)
    if not asking.exists():
        raise BadRoster(t("这些行已经有人确认过，请刷新页面", "somebody has answered this already; reload the page"))
    chosen = live(party) if party else None
    if party and chosen is None:
        raise BadRoster(t("所选主体不存在或已被合并，请重新选择", "the chosen organisation is gone or was merged; choose again"))
    models.Pick.objects.update_or_create(intake=intake, question=question, defaults={
        "party": chosen, "by": _person(by), "at": at})
    count = asking.update(verdict=Verdict.PICKED)
    record(facts.OrganisationPicked(subject=intake.urn, party=party), by=by, at=at, grade=Grade.SYSTEM)
    return count


def _held(intake: models.Intake) -> models.Intake:
    return models.Intake.objects.select_for_update().get(pk=intake.pk)


def size_of(intake: models.Intake) -> int:
    """The size of the intake's file in bytes."""
    with open_document(intake.document) as file:
        return file.seek(0, os.SEEK_END)


def _person(urn: str) -> Party:
    person = live(urn)
    if person is None:
        raise BadRoster(t("该账号没有对应的人员，请联系管理员", "this account belongs to nobody on record; ask the administrator"))
    return person
