"""Inputs: what a rule asks about, with type, unit and meaning; each is defined once and means one thing everywhere."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from fuhua.kernel.registry import Registry
from fuhua.kernel.words import Text
from fuhua.policy.reasoning.terms import Exact, Range, Sight, Term, yuan

FIRST_DAY, LAST_DAY = dt.date(1900, 1, 1).toordinal(), dt.date(2100, 12, 31).toordinal()
_PPM, _CENT = Fraction(1, 10**6), Fraction(1, 100)
MOST_MONEY = 10**15  # fen: ten trillion yuan; nothing a rule looks at is larger


@dataclass(frozen=True)
class Change:
    """How its holder can change an input: upwards or down, in ``step`` (stored scale), each costing ``cost`` fen.

    The defaults stand until an officer sets others; they only rank ways, and never decide a verdict.
    """

    step: int
    cost: int
    up: bool = True


@dataclass(frozen=True, eq=False)
class Input(Term):
    """One thing a rule asks about; values are stored as integers: ``stored = declared × scale``.

    ``kind`` is one of number, yes_no, date, listing, choice, by_year; ``unit`` a code of ``words.UNITS``; ``low`` and ``high``
    bound it in stored scale. As a term it gives stored × ``factor``: fen for money, a plain ratio for a percentage.
    ``words`` is what people may write for one of the ``choices``, :func:`folded`, word → code.
    """

    name: str
    kind: str
    unit: str
    meaning: Text
    low: int
    high: int
    scale: int = 1
    factor: Exact = 1
    choices: Mapping[str, Text] = field(default_factory=dict)
    change: Change | None = None
    judged: bool = False  # an expert's judgement, so a range is a natural answer
    words: Mapping[str, str] = field(default_factory=dict)

    @property
    def changeable(self) -> bool:
        """Whether its holder may change it by steps."""
        return self.kind in ("number", "yes_no", "listing")

    def range(self, sight: Sight) -> Range:
        low, high = sight.known.get(self.name) or (self.low, self.high)
        return (low, high) if self.factor == 1 else (low * self.factor, high * self.factor)


def folded(word: str) -> str:
    """A word as it is compared with others: no outer spaces, no capitals."""
    return word.strip().casefold()


INPUTS: Registry[Input] = Registry("inputs", key=lambda one: one.name)


def count(name: str, meaning: Text, *, unit: str = "items", change: Change | None = None, high: int = 10**9) -> Input:
    """A whole number of people, firms or things."""
    return INPUTS.add(Input(name, "number", unit, meaning, 0, high, change=change))


def money(name: str, meaning: Text, *, unit: str = "CNY", change: Change | None = None, below_zero: bool = False) -> Input:
    """An amount of money, declared in 元 (or US dollars), kept in fen (or cents); ``below_zero`` for profits."""
    return INPUTS.add(Input(name, "number", unit, meaning, -MOST_MONEY if below_zero else 0, MOST_MONEY, 100, change=change))


def percentage(name: str, meaning: Text, *, change: Change | None = None, low: int = 0, high: int = 100_000) -> Input:
    """A rate declared in percent, to four decimals of a percent; bounds in percent."""
    from_percent = Input(name, "number", "percent", meaning, low * 10_000, high * 10_000, 10_000, _PPM, change=change)
    return INPUTS.add(from_percent)


def measure(name: str, meaning: Text, *, unit: str, change: Change | None = None) -> Input:
    """A quantity to two decimals: m², years, months, times."""
    return INPUTS.add(Input(name, "number", unit, meaning, 0, 10**11, 100, _CENT, change=change))


def judged(name: str, meaning: Text, *, high: int, low: int = 0, change: Change | None = None) -> Input:
    """Points that experts give, from ``low`` to ``high``; a range ``[5, 7]`` is a proper answer."""
    return INPUTS.add(Input(name, "number", "points", meaning, low, high, change=change, judged=True))


def yes_no(name: str, meaning: Text, *, change: Change | None = None) -> Input:
    """A question answered yes or no; a leaf says which answer it wants."""
    return INPUTS.add(Input(name, "yes_no", "yes_no", meaning, 0, 1, change=change))


def listing(name: str, meaning: Text) -> Input:
    """Being on a list or holding a title: true, false, or ``{"from": …, "to": …, "batch": …, "source": …}``."""
    return INPUTS.add(Input(name, "listing", "listing", meaning, 0, 1))


def choice(name: str, meaning: Text, choices: Mapping[str, Text], *, aliases: Mapping[str, str] | None = None) -> Input:
    """One of several codes; it may also be told by its name in either language, or by an alias (word → code).

    Raises ValueError for a word that would stand for two codes, and for an alias of no code.
    """
    return INPUTS.add(Input(name, "choice", "code", meaning, 0, 0, choices=choices, words=_words(name, choices, aliases or {})))


def _words(name: str, choices: Mapping[str, Text], aliases: Mapping[str, str]) -> dict[str, str]:
    found: dict[str, str] = {}
    told = [(word, code) for code, text in choices.items() for word in (code, text.zh, text.en)]
    for word, code in (*told, *aliases.items()):
        if code not in choices or found.setdefault(folded(word), code) != code:
            raise ValueError(f"{name}: “{word}” cannot stand for {code!r}")
    return found


def by_year(name: str, meaning: Text, *, unit: str = "CNY") -> Input:
    """Amounts by calendar year, ``{"2023": 1000000}``; for figures only."""
    return INPUTS.add(Input(name, "by_year", unit, meaning, 0, MOST_MONEY, 100 if unit == "CNY" else 1))


def date(name: str, meaning: Text) -> Input:
    """A calendar day, ``2025-03-10``."""
    return INPUTS.add(Input(name, "date", "date", meaning, FIRST_DAY, LAST_DAY))


def each(cost: int | str, *, step: int = 1, up: bool = True) -> Change:
    """Changed in whole ``step``s (stored scale) at ``cost`` 元 each."""
    return Change(step, yuan(cost), up)


def spending(*, step: int = 1_000, price: str = "1") -> Change:
    """Money raised in steps of ``step`` 元, every 元 of it costing ``price`` 元."""
    return Change(yuan(step), int(yuan(step) * Fraction(price)))
