"""Register organisations, change their names, plates and districts, merge duplicates and undo a merge."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import IntegrityError, transaction

from fuhua.evidence.actions.facts import record
from fuhua.evidence.facts import BadFact, Merged, Unmerged
from fuhua.evidence.words import Grade
from fuhua.kernel import urn as urns
from fuhua.kernel.credit_code import BadCreditCode, credit_code
from fuhua.kernel.words import t
from fuhua.parties import facts, models
from fuhua.parties.queries import naming
from fuhua.parties.words import NameKind, Sort


class BadOrganisation(BadFact):
    """The organisation cannot be registered, renamed or merged like this; ``text`` says how to mend it."""


class CodeTaken(BadOrganisation):
    """Another organisation already has that credit code."""


@transaction.atomic
def register(
    *,
    sort: str,
    name: str,
    by: str,
    at: dt.datetime,
    code: str = "",
    district: str = "",
    plates: Sequence[str] = (),
    english: str = "",
    grade: Grade = Grade.DECLARED,
    urn: str | None = None,
) -> models.Party:
    """Register an organisation or a project under its official ``name``; returns its row.

    ``code`` is checked (GB 32100-2015) and must be free: :class:`CodeTaken` otherwise; :class:`BadOrganisation` for an
    impossible sort, code or district. ``plates`` and ``english`` are found by :func:`queries.match` too.
    """
    if sort not in Sort.values or sort == Sort.PERSON:
        raise BadOrganisation(t("主体类别无效：{sort}", "no such sort of organisation: {sort}").format(sort=sort))
    name, code = _given(name), _checked(code)
    party = models.Party(urn=urn or urns.new(sort), sort=sort, name=name, code=code, district=district, entered_at=at)
    _keep(party)
    _call(party, name, NameKind.OFFICIAL)
    for plate in plates:
        _call(party, _given(plate), NameKind.PLATE)
    if english:
        _call(party, _given(english), NameKind.ENGLISH)
    record(
        facts.OrganisationRegistered(subject=party.urn, sort=sort, code=code, district=district),
        by=by,
        at=at,
        grade=grade,
    )
    return party


@transaction.atomic
def rename(
    party: models.Party, *, name: str, since: dt.date, by: str, at: dt.datetime, grade: Grade = Grade.REGISTRY
) -> models.Party:
    """Give the organisation another official name from ``since``; the former one stays in its history and matches."""
    party, name = _held(party), _given(name)
    current = party.names.get(kind=NameKind.OFFICIAL, until=None)
    if naming.plain(current.text) == naming.plain(name):
        raise BadOrganisation(t("新名称与现名称相同，无需更名", "that is already its name; nothing to change"))
    if current.since and since <= current.since:
        raise BadOrganisation(
            t(
                "更名日期须晚于现名称启用日（{day}）", "the new name must begin after the present one did ({day})"
            ).format(day=current.since.isoformat())
        )
    current.until = since
    current.save(update_fields=["until"])
    _call(party, name, NameKind.OFFICIAL, since)
    party.name = name
    party.save(update_fields=["name"])
    record(facts.OrganisationRenamed(subject=party.urn), by=by, at=at, grade=grade, true_from=since)
    return party


@transaction.atomic
def add_plate(
    party: models.Party,
    *,
    name: str,
    by: str,
    at: dt.datetime,
    since: dt.date | None = None,
    grade: Grade = Grade.REGISTRY,
) -> models.Name:
    """The organisation also works under the plate ``name``; raises :class:`BadOrganisation` if it already does."""
    party, name = _held(party), _given(name)
    if any(naming.plain(each.text) == naming.plain(name) for each in party.names.filter(until=None)):
        raise BadOrganisation(t("该名称已登记，无需重复添加", "it is already known by that name; nothing to add"))
    plate = _call(party, name, NameKind.PLATE, since)
    record(facts.PlateAdded(subject=party.urn), by=by, at=at, grade=grade, true_from=since)
    return plate


@transaction.atomic
def set_district(
    party: models.Party,
    *,
    district: str,
    by: str,
    at: dt.datetime,
    since: dt.date | None = None,
    grade: Grade = Grade.REGISTRY,
) -> models.Party:
    """The organisation is in ``district`` (a code of ``words.DISTRICTS``, or blank) from ``since``."""
    party = _held(party)
    if party.district == district:
        raise BadOrganisation(t("该主体已在此区，无需变更", "it is there already; nothing to change"))
    party.district = district
    record(facts.DistrictSet(subject=party.urn, district=district), by=by, at=at, grade=grade, true_from=since)
    party.save(update_fields=["district"])
    return party


@transaction.atomic
def correct_code(
    party: models.Party, *, code: str, by: str, at: dt.datetime, grade: Grade = Grade.REGISTRY
) -> models.Party:
    """The organisation's credit code is ``code`` (blank: it has none); :class:`CodeTaken` when another has it."""
    party, code = _held(party), _checked(code)
    if party.code == code:
        raise BadOrganisation(t("信用代码没有变化，无需更正", "that is already its credit code; nothing to correct"))
    party.code = code
    _keep(party)
    record(facts.CodeCorrected(subject=party.urn, code=code), by=by, at=at, grade=grade)
    return party


@transaction.atomic
def merge(
    duplicate: models.Party, into: models.Party, *, by: str, at: dt.datetime, grade: Grade = Grade.SYSTEM
) -> models.Party:
    """Read ``duplicate`` as ``into`` from now on; its row, names and ties stay, and :func:`unmerge` undoes it.

    The credit code of the duplicate passes to ``into`` when that has none. Two different codes are two legal
    persons and are never merged: :class:`BadOrganisation`.
    """
    first, second = sorted((duplicate.pk, into.pk))  # one order of locking, whichever is the duplicate
    rows = {
        row.pk: row for row in models.Party.objects.select_for_update().filter(pk__in=(first, second)).order_by("pk")
    }
    duplicate, into = rows[duplicate.pk], rows[into.pk]
    _check_merge(duplicate, into)
    duplicate.merged_into = into
    duplicate.save(update_fields=["merged_into"])
    if duplicate.code and not into.code:
        into.code = duplicate.code
        _keep(into)
    record(Merged(subject=duplicate.urn, into=into.urn), by=by, at=at, grade=grade)
    return into


@transaction.atomic
def unmerge(duplicate: models.Party, *, by: str, at: dt.datetime, grade: Grade = Grade.SYSTEM) -> models.Party:
    """Undo a merge: the two are two again, each with the credit code it had."""
    duplicate = models.Party.objects.select_for_update().get(pk=duplicate.pk)
    into = duplicate.merged_into
    if into is None:
        raise BadOrganisation(t("该主体没有被合并，无需撤销", "it is not merged into another; nothing to undo"))
    if into.merged_into_id is not None:
        raise BadOrganisation(
            t(
                "合并后的主体“{name}”又被合并，请先撤销后一次合并",
                "“{name}” has itself been merged since; undo that merge first",
            ).format(name=into.name)
        )
    if into.code and into.code == duplicate.code:
        into.code = ""
        into.save(update_fields=["code"])
    duplicate.merged_into = None
    _keep(duplicate)
    record(Unmerged(subject=duplicate.urn, into=into.urn), by=by, at=at, grade=grade)
    return duplicate


def _check_merge(duplicate: models.Party, into: models.Party) -> None:
    if duplicate.pk == into.pk:
        raise BadOrganisation(
            t("不能把主体合并到自身，请选择另一个主体", "it cannot be merged into itself; choose another")
        )
    if duplicate.merged_into_id or into.merged_into_id:
        raise BadOrganisation(
            t(
                "其中一个主体已被合并，请选择合并后的主体",
                "one of them has already been merged; choose the one it became",
            )
        )
    if Sort.PERSON in (duplicate.sort, into.sort):
        raise BadOrganisation(t("个人不能按组织合并", "people are not merged as organisations are"))
    if duplicate.code and into.code and duplicate.code != into.code:
        raise BadOrganisation(
            t(
                "统一社会信用代码不同（{one}、{other}），是两个法人，不能合并",
                "two different credit codes ({one}, {other}) are two legal persons and cannot be merged",
            ).format(one=duplicate.code, other=into.code)
        )


def _held(party: models.Party) -> models.Party:
    held = models.Party.objects.select_for_update().get(pk=party.pk)
    if held.merged_into_id is not None:
        raise BadOrganisation(
            t("该主体已被合并，请修改合并后的主体", "it has been merged into another; change that one instead")
        )
    return held


def _given(name: str) -> str:
    name = " ".join(name.split())
    if not name or len(name) > 200:
        raise BadOrganisation(t("请填写名称（1 至 200 字）", "give a name of 1 to 200 characters"))
    return name


def _checked(code: str) -> str:
    try:
        return credit_code(code) if code else ""
    except BadCreditCode as wrong:
        raise BadOrganisation(wrong.text) from wrong


def _keep(party: models.Party) -> None:
    try:
        with transaction.atomic():
            party.save()
    except IntegrityError as wrong:
        taken = models.Party.objects.filter(code=party.code, merged_into=None).exclude(pk=party.pk or 0).first()
        if party.code and taken is not None:
            raise CodeTaken(
                t(
                    "统一社会信用代码 {code} 已由“{name}”使用，请直接选用该主体",
                    "credit code {code} already belongs to “{name}”; use that one",
                ).format(code=party.code, name=taken.name)
            ) from wrong
        raise BadOrganisation(t("该主体已经登记：{urn}", "already registered: {urn}").format(urn=party.urn)) from wrong


def _call(party: models.Party, text: str, kind: str, since: dt.date | None = None) -> models.Name:
    name = models.Name.objects.create(party=party, text=text, key=naming.key(text), kind=kind, since=since)
    models.Gram.objects.bulk_create([models.Gram(text=gram, name=name) for gram in sorted(naming.grams(text))])
    return name
