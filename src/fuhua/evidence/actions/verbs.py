"""A verb that records one kind of fact: told, corrected and voided in one way, with the state it keeps, if any."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import msgspec
from django.db import transaction

from fuhua.evidence.actions import facts
from fuhua.evidence.facts import BadFact, Fact
from fuhua.evidence.proof.records import Record
from fuhua.evidence.queries import told_of
from fuhua.evidence.words import Grade
from fuhua.kernel import period
from fuhua.kernel.registry import Registry
from fuhua.kernel.words import t


class NotYet(BadFact):
    """What this fact builds on is not on record, or only from a later day."""


class State(Protocol):
    """A row that follows a fact because a constraint needs it; both methods run in the verb's transaction."""

    def keep(self, fact: Any, on: dt.date, digest: str, replaced: str | None) -> None:
        """The fact was told under ``digest``, instead of ``replaced`` when it corrects that one."""

    def drop(self, fact: Any, digest: str) -> None:
        """The fact was voided."""


VERBS: Registry[Verb] = Registry("verbs", key=lambda verb: verb.kind.KIND)


@dataclass(frozen=True)
class Verb:
    """Records facts of ``kind``; called with the fact's fields, ``subject`` among them.

    ``after`` is the kind that must stand for the same subject by that day, else :class:`NotYet`. ``fill`` computes
    fields that nobody types in, from the others and the day. ``state`` keeps a row in step with the facts.
    """

    kind: type[Fact]
    after: type[Fact] | None = None
    fill: Callable[[dict[str, Any], dt.date], dict[str, Any]] | None = None
    state: State | None = None
    require: Callable[[Any, dt.date], None] | None = None

    def __post_init__(self) -> None:
        VERBS.add(self)

    @transaction.atomic
    def __call__(
        self,
        *,
        by: str,
        at: dt.datetime,
        on: dt.date | None = None,
        grade: Grade = Grade.DECLARED,
        documents: Sequence[str] = (),
        on_behalf: str | None = None,
        **fields: Any,
    ) -> str:
        """Record the fact, true from the Beijing day ``on`` (default: the day of ``at``); returns its digest.

        Raises :class:`BadFact` (bilingual, says how to mend) for impossible values and for what came too early.
        """
        day = on or period.day(at)
        fact = self._fact(fields, day)
        digest = facts.record(fact, by=by, at=at, grade=grade, true_from=day, documents=documents, on_behalf=on_behalf)
        if self.state is not None:
            self.state.keep(fact, day, digest, None)
        return digest

    @transaction.atomic
    def correct(
        self,
        digest: str,
        *,
        by: str,
        at: dt.datetime,
        on: dt.date | None = None,
        grade: Grade = Grade.DECLARED,
        documents: Sequence[str] = (),
        on_behalf: str | None = None,
        **fields: Any,
    ) -> str:
        """Replace a fact that this verb told; fields that are not given, and the day, stay. Returns the new digest."""
        told = self._told(digest)
        day = on or told.true_from
        fact = self._fact({**msgspec.structs.asdict(told.fact), **fields}, day)
        new = facts.correct(
            digest, fact, by=by, at=at, grade=grade, true_from=day, documents=documents, on_behalf=on_behalf
        )
        if self.state is not None:
            self.state.keep(fact, day, new, digest)
        return new

    @transaction.atomic
    def void(self, digest: str, *, reason: str, by: str, at: dt.datetime, documents: Sequence[str] = ()) -> str:
        """A fact that this verb told counts no longer, for a coded reason; returns the digest of the voiding."""
        told = self._told(digest)
        if self.state is not None:
            self.state.drop(told.fact, digest)
        return facts.void(digest, reason=reason, by=by, at=at, documents=documents)

    def _told(self, digest: str) -> Record[Any]:
        told = facts.standing(digest)
        if told.kind != self.kind.KIND:
            raise BadFact(
                t(
                    "这条记录是“{told}”，不是“{label}”，请用对应的操作修改",
                    "this record is “{told}”, not “{label}”; use its own verb",
                ).format(told=type(told.fact).LABEL, label=self.kind.LABEL)
            )
        return told

    def _fact(self, fields: dict[str, Any], day: dt.date) -> Fact:
        unknown = fields.keys() - set(self.kind.__struct_fields__)
        if unknown:
            raise BadFact(
                t("“{label}”没有这些栏目：{names}", "“{label}” has no such fields: {names}").format(
                    label=self.kind.LABEL, names=", ".join(sorted(unknown))
                )
            )
        try:
            whole = {**fields, **self.fill(fields, day)} if self.fill is not None else fields
            fact = msgspec.convert(whole, self.kind)
        except (msgspec.ValidationError, KeyError) as wrong:
            raise BadFact(
                t(
                    "“{label}”的栏目缺失或类型不对：{why}",
                    "a field of “{label}” is missing or of the wrong type: {why}",
                ).format(label=self.kind.LABEL, why=str(wrong))
            ) from wrong
        fact.check()
        if self.require is not None:
            self.require(fact, day)
        if self.after is not None and not told_of(fact.subject, self.after, on=day):
            raise NotYet(
                t(
                    "{day} 之前没有“{label}”的记录，请先补录，或更正日期",
                    "nothing says “{label}” by {day}; record that first, or mend the date",
                ).format(day=day.isoformat(), label=self.after.LABEL)
            )
        return fact


def void(digest: str, *, reason: str, by: str, at: dt.datetime, documents: Sequence[str] = ()) -> str:
    """Void any fact by the verb that told it, so that the row it keeps goes too; others by :func:`facts.void`."""
    verb = VERBS.get(facts.stored(digest).kind)
    return (facts if verb is None else verb).void(digest, reason=reason, by=by, at=at, documents=documents)
