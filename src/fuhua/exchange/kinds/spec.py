"""What a kind of listing declares: its fields, front, price model, clocks and examples; form, filters, table and docs derive from it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from fuhua.kernel.questions import NOTHING, Question
from fuhua.kernel.words import Text, t

BOTH = frozenset({"need", "offer"})
NEEDS, OFFERS = frozenset({"need"}), frozenset({"offer"})
QUARTER = Decimal("0.25")  # of an hour: no calendar has a shorter step
TRACE = Decimal("0.001")  # the least of a measure that is never nothing


def symbol(written: str) -> Text:
    """A unit that both languages write alike, such as ``mK``."""
    return Text(written, written)


# How an offer's value is held against a need's: “at_most”: the offer's may not exceed the need's (8 mK ≤ 10 mK).
FITS: dict[str, Text] = {
    "at_most": t("不高于需求", "at most what is needed"),
    "at_least": t("不低于需求", "at least what is needed"),
    "same": t("与需求一致", "as needed"),
    "covers": t("包含需求的全部", "holds all that is needed"),
    "by": t("不晚于需求", "no later than needed"),
}

PRICES: dict[str, Text] = {
    "hour": t("按小时", "by the hour"),
    "quote": t("逐单报价", "by quotation"),
    "ladder": t("按数量阶梯", "by a quantity ladder"),
    "session": t("按次", "by the session"),
    "month": t("按月", "by the month"),
    "licence": t("许可费或提成", "licence fee or royalty"),
    "terms": t("另议条件", "terms to be agreed"),
    "free": t("免费", "free"),
}


@dataclass(frozen=True)
class Field(Question):
    """One thing a kind asks, on which ``sides``; the rest as :class:`fuhua.kernel.questions.Question` says.

    ``unit`` of money is what the price is for, which the label says too. ``fits`` (``FITS``) says how the offer's value is held against
    the need's; ``hard`` that an offer that misses it is not shown at all. ``required`` fields must be given before a listing opens.
    ``sealed`` ones are confidential: opened per reader. ``filter``: the list can be narrowed by it. ``need`` is what it is called where
    a need is asked or shown, if that is another word than the offer's (本次数量, not 起订量); ``help`` is then the offer's alone.
    ``named``: what is sought, in free words, which are told for or against an offer. ``times``: multiplied by these fields of the need, the
    price is what the need has to pay in all, which is held against its budget; empty, the price as it stands.
    """

    need: Text = NOTHING
    sides: frozenset[str] = BOTH
    fits: str = ""
    hard: bool = False
    sealed: bool = False
    filter: bool = False
    named: bool = False
    times: tuple[str, ...] | None = None
    least: Decimal | int | None = 0  # nothing that is traded is less than nothing


@dataclass(frozen=True)
class Clocks:
    """Working days of a kind: to answer a need or a request, to quote; and the days until a listing expires."""

    answer: int = 5
    quote: int = 10
    expires: int = 90


@dataclass(frozen=True)
class Reason:
    """One checkable reason for or against an offer: whether it ``holds``, and the words ("8 mK ≤ 10 mK")."""

    holds: bool
    text: Text
    field: str = ""


@dataclass(frozen=True)
class Fit:
    """How an offer stands to a need: whether it is ``possible`` at all, ``score`` from 0 to 1, and the reasons."""

    possible: bool
    score: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Example:
    """A worked case that is a test: the two specs as people write them, whether it is possible, and the reasons expected (Chinese)."""

    need: Mapping[str, Any]
    offer: Mapping[str, Any]
    possible: bool
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Kind:
    """One kind of listing. ``why`` names the measure or finding it comes from; ``judge`` adds reasons of the kind's own.

    ``apparatus``: what is booked is a thing that samples are handed in for and that may have faults. ``trains`` is the field by which an
    offer says that training comes first, if the kind asks it. ``also``: other kinds whose offers may answer such a need. ``spends``:
    what the budget of a need is for, where that word alone would mislead.
    """

    code: str
    label: Text
    why: Text
    front: str
    price: str
    fields: tuple[Field, ...]
    examples: tuple[Example, ...]
    clocks: Clocks = Clocks()
    pool: bool = False  # needs of the same spec may be ordered together
    apparatus: bool = False
    trains: str = ""
    also: tuple[str, ...] = ()
    spends: Text = NOTHING
    judge: Callable[[Mapping[str, Any], Mapping[str, Any]], tuple[Reason, ...]] | None = None

    def on(self, side: str) -> tuple[Field, ...]:
        """The fields asked on a side, in the words of that side."""
        return tuple(replace(each, label=each.need, help=NOTHING) if side == "need" and each.need.zh else each
                     for each in self.fields if side in each.sides)

    @property
    def when(self) -> Field | None:
        """The field by which a need of slots says until when it wants the first, which a calendar knows better than the offer."""
        return next((each for each in self.fields if self.front == "slot" and each.fits == "by"), None)

    @property
    def hourly(self) -> Field | None:
        """The field of the price an hour, which a calendar with prices knows better than the offer."""
        return next((each for each in self.fields if self.price == "hour" and each.type == "money"), None)

    def one(self, name: str) -> Field:
        """The field of that name; raises ``KeyError``."""
        for each in self.fields:
            if each.name == name:
                return each
        raise KeyError(name)
