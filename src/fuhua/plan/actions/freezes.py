"""Freeze a quarter's readings as they are known, and restate one with author and reason; nothing is overwritten."""

from __future__ import annotations

import datetime as dt
import hashlib

import msgspec
from django.db import transaction

from fuhua.evidence.actions import sequence
from fuhua.evidence.actions.facts import record
from fuhua.evidence.facts import BadFact
from fuhua.evidence.proof.figure import INDICATORS
from fuhua.evidence.words import Grade
from fuhua.kernel import period, urn
from fuhua.kernel.words import t
from fuhua.plan import facts
from fuhua.plan.models import Edition, Freeze, Reading
from fuhua.plan.queries import figures
from fuhua.plan.queries.linking import indicators
from fuhua.plan.queries.objectives import target_of, targets_of, terms_of
from fuhua.plan.words import RESTATE_REASONS


class BadFreeze(BadFact):
    """The quarter cannot be frozen, or the reading restated, like this; ``text`` says how to mend it."""


@transaction.atomic
def freeze(*, edition: Edition, day: dt.date, person: int, by: str, at: dt.datetime) -> Freeze:
    """Freeze every indicator of the edition's targets, under every definition, for the quarter ending on ``day``.

    The values are those of all facts committed by now and known at ``at``: the sequencer catches up first. Raises
    :class:`BadFreeze` for a day that is no quarter's end, is not over, lies outside of the edition's time, or is frozen
    already.
    """
    if day != period.quarter_end(day) or day >= period.day(at):
        raise BadFreeze(t("只能冻结已经结束的季度，请选择季末日期", "only a quarter that is over can be frozen; choose its last day"))
    if (edition.start and day < edition.start) or (edition.end and day > period.quarter_end(edition.end)):
        raise BadFreeze(t("该季度不在方案实施期内（{start} 至 {end}），请选择期内的季度",
                          "that quarter is outside of the plan's time ({start} to {end}); choose one within it")
                        .format(start=edition.start or "…", end=edition.end or "…"))
    if Freeze.objects.filter(edition=edition, day=day).exists():
        raise BadFreeze(t("该季度已冻结；如需修改请重述单个读数", "that quarter is frozen; restate single readings instead"))
    readings = _readings(edition, day, at, person)
    if not readings:
        raise BadFreeze(t("方案的目标尚未对应任何指标，无可冻结", "no target of the plan is linked to an indicator yet"))
    content = [(row.indicator, row.definition, row.value, row.counted) for row in readings]
    digest = hashlib.sha256(msgspec.json.encode(content)).hexdigest()
    row = Freeze(urn=urn.new("freeze"), edition=edition, day=day, known=at, author_id=person)
    row.fact = record(facts.QuarterFrozen(subject=row.urn, edition=edition.urn, day=day, readings=len(readings),
                                          content=digest), by=by, at=at, grade=Grade.SYSTEM)
    row.save()
    for reading in readings:
        reading.freeze = row
    Reading.objects.bulk_create(readings)
    return row


def _readings(edition: Edition, day: dt.date, at: dt.datetime, person: int) -> list[Reading]:
    indicators()
    by_code = {code: target for (_edition, code), target in targets_of([edition.pk]).items() if code in INDICATORS}
    asks = [figures.ask(code, definition.version, terms_of(edition, by_code[code]), day)
            for code in sorted(by_code) for definition in INDICATORS[code].definitions]
    sequence.catch_up(at=at)
    found = figures.answers(asks, at) if asks else []
    return [Reading(indicator=answer.ask.indicator.code, definition=answer.ask.definition.version, day=day, known=at,
                    value=answer.figure.value, counted=answer.figure.counted, author_id=person) for answer in found]


@transaction.atomic
def restate(
    *, reading: Reading, reason: str, note: str, person: int, by: str, at: dt.datetime, definition: str | None = None
) -> Reading:
    """Read the same day anew, as known at ``at`` (under ``definition``, if another): the former reading stays.

    The value is computed, never typed. Raises :class:`BadFreeze` without a coded reason and a note, when nothing changed,
    or when the reading was restated before.
    """
    row = Reading.objects.select_for_update(of=("self",)).select_related("freeze__edition").get(pk=reading.pk)
    version = definition or row.definition
    _check(row, reason, note, version)
    target = target_of(row.freeze.edition, row.indicator)
    if target is None:
        raise BadFreeze(t("方案中已没有对应 {code} 的目标，请先在校核页重新关联",
                          "no target of the plan is linked to {code} any more; link one again in the review").format(code=row.indicator))
    sequence.catch_up(at=at)
    ask = figures.ask(row.indicator, version, terms_of(row.freeze.edition, target), row.day)
    figure = figures.answers([ask], at)[0].figure
    if version == row.definition and (figure.value, figure.counted) == (row.value, row.counted):
        raise BadFreeze(t("按现有事实重算后读数没有变化，无需重述", "read anew, nothing changed; there is nothing to restate"))
    digest = record(facts.ReadingRestated(subject=row.freeze.urn, indicator=row.indicator, definition=version, day=row.day,
                                          reason=reason, value=figure.value, former=row.value), by=by, at=at,
                    grade=Grade.SYSTEM)
    return Reading.objects.create(freeze=row.freeze, indicator=row.indicator, definition=version, day=row.day, known=at,
                                  value=figure.value, counted=figure.counted, author_id=person, restates=row,
                                  reason=reason, note=note.strip(), fact=digest)


def _check(row: Reading, reason: str, note: str, version: str) -> None:
    indicators()
    if reason not in RESTATE_REASONS or not note.strip():
        raise BadFreeze(t("重述须选择原因并写明说明", "a restatement needs a reason and a note"))
    if Reading.objects.filter(restates=row).exists():
        raise BadFreeze(t("该读数已被重述，请在最新的读数上重述", "it was restated before; restate the newest reading"))
    if version not in {each.version for each in INDICATORS[row.indicator].definitions}:
        raise BadFreeze(t("没有统计口径 {version}", "there is no definition {version}").format(version=version))
