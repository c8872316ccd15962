"""The worker of the intake: one dry run or one entering at a time, batch by batch, taken up again wherever it stopped."""

from __future__ import annotations

import datetime as dt
import secrets
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.conf import settings
from django.db import DatabaseError, transaction

from fuhua.desk import facts, models
from fuhua.desk.actions.intake_rows import Batch, Checking, Entering
from fuhua.desk.flow import INTAKE
from fuhua.desk.queries.rosters import picks_of
from fuhua.desk.words import IntakeState, Verdict
from fuhua.evidence.actions.documents import NoSuchDocument, open_document
from fuhua.evidence.actions.facts import record
from fuhua.evidence.words import Grade
from fuhua.kernel.roster import ROSTERS, Loading
from fuhua.kernel.sheet import table
from fuhua.kernel.sheet.refusal import BadSheet
from fuhua.kernel.words import Text, t

_BATCH = 500
_LONG_AGO = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
_WORK = (IntakeState.CHECKING, IntakeState.ENTERING)

Told = Callable[[models.Intake], None]


def lease() -> dt.timedelta:
    """How long a worker may be silent before another takes over: FUHUA_INTAKE_LEASE seconds, 90 when not set."""
    return dt.timedelta(seconds=getattr(settings, "FUHUA_INTAKE_LEASE", 90))


class TurnLost(Exception):
    """Another worker took over because this one was silent for too long; it goes on where the last batch ended."""


@dataclass
class Turn:
    """The right to work, held until a moment that every batch puts off; ``now`` is the caller's clock going on."""

    holder: str
    began: dt.datetime
    started: float

    def now(self) -> dt.datetime:
        """The moment the caller gave, and what has passed since."""
        return self.began + dt.timedelta(seconds=time.monotonic() - self.started)

    def prolong(self) -> None:
        """Inside a batch's transaction: keep the turn, or raise :class:`TurnLost` so that the batch is undone."""
        mine = models.IntakeTurn.objects.filter(pk=1, holder=self.holder)
        if not mine.update(until=self.now() + lease()):
            raise TurnLost

    def give_back(self) -> None:
        """Let the next worker begin at once."""
        models.IntakeTurn.objects.filter(pk=1, holder=self.holder).update(holder="", until=_LONG_AGO)


def take_turn(at: dt.datetime) -> Turn | None:
    """The turn, or None while another worker has it."""
    models.IntakeTurn.objects.get_or_create(pk=1, defaults={"until": _LONG_AGO})
    holder = secrets.token_hex(16)
    taken = models.IntakeTurn.objects.filter(pk=1, until__lt=at).update(holder=holder, until=at + lease())
    return Turn(holder, at, time.monotonic()) if taken else None


def work_once(
    at: dt.datetime, *, intake: models.Intake | None = None, seconds: float | None = None, told: Told | None = None
) -> bool:
    """Do the next piece of work (of ``intake`` only, if given); False when there is none or another worker has the turn.

    ``seconds`` bounds how long it may take: it stops after the batch that passes it and goes on at the next call.
    ``told`` hears of every finished batch. Killed at any instant, what is left is taken up after the lease (90 s).
    """
    turn = take_turn(at)
    if turn is None:
        return False
    try:
        chosen = _next(intake)
        if chosen is None:
            return False
        _work(chosen, turn, seconds, told or (lambda _intake: None))
        return True
    except TurnLost:
        return False
    finally:
        turn.give_back()


def _next(only: models.Intake | None) -> models.Intake | None:
    intakes = models.Intake.objects.order_by("uploaded_at", "pk")
    if only is not None:
        intakes = intakes.filter(pk=only.pk)
    return (intakes.filter(state__in=_WORK).first()
            or intakes.filter(state=IntakeState.DONE, rows__verdict=Verdict.PICKED).first())


def _work(intake: models.Intake, turn: Turn, seconds: float | None, told: Told) -> None:
    try:
        with open_document(intake.document) as file, table.opened(file) as source:
            rows = _Rows(intake, source)
            if intake.state == IntakeState.CHECKING:
                _check(intake, rows, turn, told)
            elif intake.state == IntakeState.ENTERING:
                _enter(intake, rows, turn, seconds, told)
            else:
                _enter_picked(intake, turn, told)
    except BadSheet as wrong:
        _fail(intake, wrong.text)
    except NoSuchDocument:
        _fail(intake, t("文件已不在库中，请重新上传", "the file is gone from the store; upload it again"))
    except (DatabaseError, TurnLost):
        raise  # nothing of the batch was kept; the next run takes it up again
    except Exception:
        _fail(intake, t("处理时出现内部错误，已完成的行不受影响；请联系管理员后重新上传同一文件",
                        "an internal error; rows already entered stand. Tell the administrator, then upload the same file again"))
        raise


class _Rows:
    """The rows of the intake's table in batches, from any row number on."""

    def __init__(self, intake: models.Intake, source: table.Source) -> None:
        self.table = table.Table(intake.sheet, intake.header_row, tuple(intake.headers))
        self.source = source

    def count(self) -> int:
        return sum(1 for _row in self.source.data(self.table))

    def after(self, reached: int) -> Iterator[list[tuple[int, list[Any]]]]:
        rows = (row for row in self.source.data(self.table) if row[0] > reached)
        while batch := list(islice(rows, _BATCH)):
            yield batch


def loading_of(intake: models.Intake, at: dt.datetime) -> Loading:
    """Who enters the rows of the intake, at ``at``."""
    return Loading(by=intake.by.urn, at=at, grade=intake.grade, document=intake.document,
                   on_behalf=intake.on_behalf.urn if intake.on_behalf else None,
                   own=None if intake.own is None else frozenset(intake.own),
                   districts=None if intake.districts is None else frozenset(intake.districts))


def _check(intake: models.Intake, rows: _Rows, turn: Turn, told: Told) -> None:
    """The dry run keeps nothing between batches but its counts, so one that was cut short begins anew."""
    total = rows.count()
    with transaction.atomic():
        turn.prolong()
        intake.rows.all().delete()
        counts = dict.fromkeys(("done", "reached", "new", "changed", "unchanged", "repeated", "wrong", "waiting"), 0)
        _keep(intake, total=total, **counts)
    work = Checking(intake, ROSTERS[intake.roster], loading_of(intake, turn.now()), picks_of(intake))
    for batch in rows.after(0):
        with transaction.atomic():
            turn.prolong()
            _held(intake, IntakeState.CHECKING)
            _progress(intake, batch, work.batch(batch))
        told(intake)
    with transaction.atomic():
        turn.prolong()
        _held(intake, IntakeState.CHECKING)
        _keep(intake, state=INTAKE.after(intake.state, "report"), total=intake.done)
    told(intake)


def _enter(intake: models.Intake, rows: _Rows, turn: Turn, seconds: float | None, told: Told) -> None:
    work = Entering(intake, ROSTERS[intake.roster], loading_of(intake, turn.now()), picks_of(intake))
    for batch in rows.after(intake.reached):
        with transaction.atomic():
            turn.prolong()
            _held(intake, IntakeState.ENTERING)
            work.loading = loading_of(intake, turn.now())
            _progress(intake, batch, work.batch(batch))
        told(intake)
        if seconds is not None and time.monotonic() - turn.started > seconds:
            return
    with transaction.atomic():
        turn.prolong()
        _held(intake, IntakeState.ENTERING)
        _finish(intake, turn.now())
    told(intake)


def _finish(intake: models.Intake, at: dt.datetime) -> None:
    _keep(intake, state=INTAKE.after(intake.state, "finish"), finished_at=at)
    told = facts.RosterEntered(subject=intake.urn, new=intake.new, changed=intake.changed, unchanged=intake.unchanged,
                               wrong=intake.wrong, waiting=intake.waiting)
    record(told, by=intake.by.urn, at=at, grade=Grade.SYSTEM, documents=[intake.document],
           on_behalf=intake.on_behalf.urn if intake.on_behalf else None)


def _enter_picked(intake: models.Intake, turn: Turn, told: Told) -> None:
    """Enter the rows for which somebody has meanwhile said which organisation they mean."""
    work = Entering(intake, ROSTERS[intake.roster], loading_of(intake, turn.now()), picks_of(intake))
    while True:
        with transaction.atomic():
            turn.prolong()
            _held(intake, IntakeState.DONE)
            rows = list(intake.rows.filter(verdict=Verdict.PICKED).order_by("number")[:_BATCH])
            if not rows:
                return
            intake.rows.filter(pk__in=[row.pk for row in rows]).delete()
            tally = work.batch([(row.number, row.cells) for row in rows])
            _keep(intake, new=intake.new + tally.new, changed=intake.changed + tally.changed,
                  unchanged=intake.unchanged + tally.unchanged, wrong=intake.wrong + tally.wrong,
                  waiting=max(0, intake.waiting - len(rows) + tally.waiting))
        told(intake)


def _progress(intake: models.Intake, batch: list[tuple[int, list[Any]]], tally: Batch) -> None:
    _keep(intake, done=intake.done + len(batch), reached=batch[-1][0], new=intake.new + tally.new,
          changed=intake.changed + tally.changed, unchanged=intake.unchanged + tally.unchanged,
          repeated=intake.repeated + tally.repeated, wrong=intake.wrong + tally.wrong, waiting=intake.waiting + tally.waiting)


def _held(intake: models.Intake, state: str) -> None:
    """Somebody may have dropped or re-mapped it meanwhile: then the batch is undone and the turn given back."""
    intake.refresh_from_db(from_queryset=models.Intake.objects.select_for_update())
    if intake.state != state:
        raise TurnLost


def _keep(intake: models.Intake, **fields: Any) -> None:
    for name, value in fields.items():
        setattr(intake, name, value)
    intake.save(update_fields=list(fields))


@transaction.atomic
def _fail(intake: models.Intake, why: Text) -> None:
    intake.refresh_from_db()
    if intake.state in _WORK:
        _keep(intake, state=INTAKE.after(intake.state, "fail"), trouble=[why.zh, why.en])
