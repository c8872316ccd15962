"""What becomes of a batch of roster rows: a verdict on each in the dry run, and in earnest the facts they tell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from fuhua.desk import models
from fuhua.desk.queries.rosters import NEW, Finder, Found, differences, on_record
from fuhua.desk.words import Verdict
from fuhua.evidence.facts import BadFact
from fuhua.evidence.words import Grade
from fuhua.kernel.flow import WrongState
from fuhua.kernel.roster import Line, Loading, Roster, RowRefused, Telling, read_line
from fuhua.kernel.words import t
from fuhua.parties.actions import organisations
from fuhua.parties.queries.in_bulk import Party

_REFUSALS = (BadFact, WrongState, RowRefused)
Cells = list[tuple[int, list[Any]]]


@dataclass
class Batch:
    """How many rows of a batch got which verdict; ``waiting`` may be negative when rows that waited were entered."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    repeated: int = 0
    wrong: int = 0
    waiting: int = 0

    def count(self, verdict: str) -> None:
        """One more row with that verdict."""
        setattr(self, verdict, getattr(self, verdict) + 1)


class _Reading:
    """What checking and entering share: cells to lines, lines to organisations, rows that a person must see."""

    def __init__(self, intake: models.Intake, roster: Roster, loading: Loading, picks: dict[str, str | None]) -> None:
        self.intake = intake
        self.roster = roster
        self.loading = loading
        self.mapping = {int(index): name for index, name in intake.mapping.items()}
        self.finder = Finder(roster, loading, picks)
        self.tally = Batch()
        self.shown: list[models.IntakeRow] = []

    def read(self, batch: Cells) -> list[tuple[Line, list[Any]]]:
        """The lines whose cells are in order, with their cells; the others are put down as wrong."""
        good = []
        for number, cells in batch:
            line, wrong = read_line(self.roster, self.mapping, self.intake.headers, number, cells)
            if wrong:
                self.show(number, cells, Verdict.WRONG, problems=wrong)
            else:
                good.append((line, cells))
        self.finder.prefetch([line for line, _cells in good])
        return good

    def show(self, number: int, cells: list[Any], verdict: str, problems: Sequence[RowRefused] = (), **more: Any) -> None:
        """Put a row down for a person to see, and count it."""
        self.tally.count(verdict)
        self.shown.append(models.IntakeRow(
            intake=self.intake, number=number, verdict=verdict, cells=[_kept(cell) for cell in cells],
            problems=[[each.column, each.text.zh, each.text.en] for each in problems], **more))

    def settled(self, line: Line, cells: list[Any]) -> Found | None:
        """The row's organisations, or None when it is wrong or waits for somebody to say which one is meant."""
        found = self.finder.find(line)
        if found.wrong:
            self.show(line.number, cells, Verdict.WRONG, problems=found.wrong)
            return None
        if found.candidates:
            self.show(line.number, cells, Verdict.WAITING, candidates=found.candidates, question=found.question)
            return None
        line.parties = found.parties
        return found

    def close(self) -> Batch:
        """Write the rows put down, and give the counts."""
        models.IntakeRow.objects.bulk_create(self.shown, batch_size=500)
        tally, self.tally, self.shown = self.tally, Batch(), []
        return tally


class Checking(_Reading):
    """The dry run: says what each row is, writes nothing but that."""

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self._seen: dict[int, tuple[int, int]] = {}

    def batch(self, batch: Cells) -> Batch:
        """The verdicts on one batch."""
        keyed = [(self.roster.key_of(line), line, cells) for line, cells in self.read(batch)
                 if self.settled(line, cells) is not None]
        records = on_record(self.roster, [key for key, _line, _cells in keyed])
        for key, line, cells in keyed:
            if not self._repeats(key, line, cells):
                self._judge(records.get(key), line, cells)
        return self.close()

    def _repeats(self, key: str, line: Line, cells: list[Any]) -> bool:
        short, content = int(key[:15], 16), hash(repr(line.kept()))
        first, told = self._seen.setdefault(short, (line.number, content))
        if first == line.number:
            return False
        if told == content:
            self.show(line.number, cells, Verdict.REPEATED, problems=[RowRefused(
                t("与第 {row} 行相同，只计一次", "the same as row {row}; it counts once").format(row=first))])
        else:
            self.show(line.number, cells, Verdict.WRONG, problems=[conflict(first)])
        return True

    def _judge(self, record: models.RosterRecord | None, line: Line, cells: list[Any]) -> None:
        if record is None:
            self._try(line, cells)
        elif record.values == line.kept():
            self.tally.count(Verdict.UNCHANGED)
        else:
            self.show(line.number, cells, Verdict.CHANGED, changes=differences(self.roster, record.values, line.kept()))

    def _try(self, line: Line, cells: list[Any]) -> None:
        """Facts that do not need an organisation still to be registered are checked for impossible values."""
        try:
            if not any(urn.startswith(NEW) for urn in line.parties.values()):
                self.roster.tell(line)
        except _REFUSALS as wrong:
            self.show(line.number, cells, Verdict.WRONG, problems=[refusal(wrong)])
        else:
            self.tally.count(Verdict.NEW)


class Entering(_Reading):
    """In earnest: registers new organisations, tells new facts, corrects those that changed, and keeps what became of it.

    A batch is tried as a whole; if a row in it is refused, the batch is undone and done again row by row.
    """

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self._together: list[tuple[Line, models.RosterRecord]] | None = None

    def batch(self, batch: Cells) -> Batch:
        """Enter one batch inside the caller's transaction."""
        before = self._put_aside(batch)
        todo = [(number, cells) for number, cells in batch if before.get(number) not in (
            Verdict.WRONG, Verdict.REPEATED, Verdict.WAITING)]
        good = self.read(todo)
        self._together = [] if self.roster.many else None
        start = (list(self.shown), Batch(**vars(self.tally)), dict(self.finder.picks))
        try:
            with transaction.atomic():
                self._all(good, careful=False)
        except _REFUSALS:
            self.shown, self.tally, self.finder.picks = start
            self.finder.prefetch([line for line, _cells in good])
            self._together = None
            self._all(good, careful=True)
        self.tally.waiting -= sum(1 for verdict in before.values() if verdict == Verdict.PICKED)
        return self.close()

    def _put_aside(self, batch: Cells) -> dict[int, str]:
        """What the dry run said of the batch's rows; those that are judged anew are taken off the list."""
        rows = self.intake.rows.filter(number__gte=batch[0][0], number__lte=batch[-1][0])
        before = dict(rows.values_list("number", "verdict"))
        rows.filter(verdict__in=(Verdict.CHANGED, Verdict.PICKED)).delete()
        return before

    def _all(self, good: list[tuple[Line, list[Any]]], *, careful: bool) -> None:
        fresh: dict[str, models.RosterRecord] = {}
        records: dict[str, models.RosterRecord] = {}
        ready = [(line, cells, found) for line, cells in good if (found := self.settled(line, cells)) is not None]
        keys = {line.number: self.roster.key_of(line) for line, _cells, found in ready if not found.fresh}
        records = on_record(self.roster, keys.values())
        known = self.roster.known([line for line, _cells, found in ready
                                   if not found.fresh and keys[line.number] not in records])
        for line, cells, found in ready:
            try:
                with transaction.atomic(savepoint=careful):
                    self._one(line, cells, found, records, fresh, known.get(line.number))
            except _REFUSALS as wrong:
                if not careful:
                    raise
                self.show(line.number, cells, Verdict.WRONG, problems=[refusal(wrong)])
        self._tell_together()
        models.RosterRecord.objects.bulk_create(fresh.values(), batch_size=500)

    def _one(
        self, line: Line, cells: list[Any], found: Found, records: dict[str, models.RosterRecord],
        fresh: dict[str, models.RosterRecord], known: dict[str, str] | None,
    ) -> None:
        if found.fresh:
            again = self.settled(line, cells)  # an earlier row of the batch may have registered it meanwhile
            if again is None:
                return
            registered = [(reference, self._register(line, reference)) for reference in again.fresh]
            for reference, party in registered:
                line.parties[reference.role] = party.urn
        else:
            registered = []
        key = self.roster.key_of(line)
        record = fresh.get(key) or records.get(key)
        if record is None and found.fresh:
            record = on_record(self.roster, [key]).get(key)
        if record is None:
            fresh[key] = self._enter(line, key, known)
            self.tally.count(Verdict.NEW)
        elif record.values == line.kept():
            self.tally.count(Verdict.UNCHANGED)
        elif record.intake_id == self.intake.pk:
            raise conflict(record.number)
        else:
            self._change(line, cells, record)
        for reference, party in registered:
            question = self.finder.remember(line, reference, party)
            models.Pick.objects.filter(intake=self.intake, question=question).update(party=party)

    def _register(self, line: Line, reference: Any) -> Party:
        return organisations.register(
            sort=reference.sorts[0], name=line.values[reference.name],
            code=line.values.get(reference.code, "") if reference.code else "",
            district=line.values.get(reference.district, "") if reference.district else "",
            by=self.loading.by, at=self.loading.at, grade=Grade(self.loading.grade))

    def _enter(self, line: Line, key: str, known: dict[str, str] | None) -> models.RosterRecord:
        record = models.RosterRecord(
            roster=self.roster.name, key=key, values=line.kept(), subject=self.roster.about_whom(line), facts={},
            intake=self.intake, number=line.number)
        if self._together is not None and not known:
            self._together.append((line, record))
            return record
        for telling in self.roster.tell(line):
            digest = (known or {}).get(telling.name) or self._tell(telling)
            record.facts[telling.name] = [digest, telling.mark()]
        return record

    def _tell_together(self) -> None:
        """The new rows of the batch in one go, where the roster can."""
        if not self._together or self.roster.many is None:
            return
        told = self.roster.many([line for line, _record in self._together], self.loading)
        for (line, record), digests in zip(self._together, told, strict=True):
            record.facts = {telling.name: [digests[telling.name], telling.mark()] for telling in self.roster.tell(line)}

    def _tell(self, telling: Telling) -> str:
        return telling.verb(**self._told(), on=telling.on, **telling.fields)

    def _told(self) -> dict[str, Any]:
        return {"by": self.loading.by, "at": self.loading.at, "grade": Grade(self.loading.grade),
                "documents": [self.loading.document], "on_behalf": self.loading.on_behalf}

    def _change(self, line: Line, cells: list[Any], record: models.RosterRecord) -> None:
        """Correct what differs, tell what is new, void what the row no longer says."""
        tellings = {telling.name: telling for telling in self.roster.tell(line)}
        kept = dict(record.facts)
        for name in [name for name in reversed(list(kept)) if name not in tellings]:
            self._void(name, kept.pop(name)[0])
        for name, telling in tellings.items():
            digest, mark = kept.get(name, ("", ""))
            if mark == telling.mark():
                continue
            kept[name] = [self._correct(digest, telling) if digest else self._tell(telling), telling.mark()]
        self.show(line.number, cells, Verdict.CHANGED, changes=differences(self.roster, record.values, line.kept()))
        record.values, record.facts, record.intake, record.number = line.kept(), kept, self.intake, line.number
        record.save()

    def _correct(self, digest: str, telling: Telling) -> str:
        return telling.verb.correct(digest, **self._told(), on=telling.on, **telling.fields)

    def _void(self, name: str, digest: str) -> None:
        verb = self.roster.verbs.get(name)
        if digest and verb is not None:
            verb.void(digest, reason="mistake", by=self.loading.by, at=self.loading.at, documents=[self.loading.document])


def conflict(row: int) -> RowRefused:
    """Two rows of one file say different things of the same."""
    return RowRefused(t("与第 {row} 行是同一条记录，但内容不同，请核对后只保留一行",
                        "row {row} is the same record with other contents; check them and keep one").format(row=row))


def refusal(wrong: Exception) -> RowRefused:
    """A domain refusal as what is wrong with the row."""
    return wrong if isinstance(wrong, RowRefused) else RowRefused(wrong.text)  # type: ignore[attr-defined]


def _kept(cell: Any) -> Any:
    return cell if cell is None or isinstance(cell, str | int | float | bool) else cell.isoformat()
