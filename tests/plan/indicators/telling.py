"""Records made without a database, and strategies that imagine facts of any kind from its declared limits."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import Any

import msgspec
from hypothesis import strategies as st

from fuhua.evidence.facts import BadFact, Between, CodeOf, DivisionCode, Fact, Listed, UrnOf, fields_of, limits_of
from fuhua.evidence.proof.figure import Example, Indicator
from fuhua.evidence.proof.records import Record
from fuhua.journey.facts import CountryCode
from fuhua.kernel.period import noon
from fuhua.kernel.urn import of
from fuhua.schemes.words import FIRST_FIELDS

ON = dt.date(2025, 6, 30)


def told(fact: Fact, on: dt.date, seq: int, *, replaces: str | None = None) -> Record[Any]:
    """The record of a fact that was told on the day it became true, as the ``seq``-th."""
    return Record(
        kind=fact.KIND,
        known_at=noon(on).astimezone(dt.UTC),
        true_from=on,
        grade=seq % 4,
        by=of("person", "teller"),
        salt="",
        fact=fact,
        replaces=replaces,
        seq=seq,
        digest=f"{seq:064d}",
    )


def records_of(example: Example) -> list[Record[Any]]:
    """The example's facts as records, told in the order given."""
    return [told(fact, on, seq) for seq, (fact, on) in enumerate(example.facts)]


def _values(hint: Any, limit: Any, may_be_blank: bool) -> st.SearchStrategy[Any]:
    match limit:
        case UrnOf(sorts=sorts):
            values: st.SearchStrategy[Any] = st.sampled_from([of(sort, f"p{n}") for sort in sorts for n in range(3)])
        case CodeOf():
            values = st.sampled_from(list(limit.codes))
        case Listed():
            values = st.sampled_from(list(FIRST_FIELDS))
        case Between(low=low, high=high):
            values = st.integers(low, min(high, low + 2_000_000))
        case DivisionCode():
            values = st.sampled_from(["110108", "110114"])
        case CountryCode():
            values = st.sampled_from(["SG", "DE"])
        case _ if hint is bool:
            values = st.booleans()
        case _ if hint is dt.date:
            values = st.dates(dt.date(2022, 1, 1), ON)
        case _:
            values = st.just("code")
    return values | st.just("") if may_be_blank else values


@cache  # what hypothesis learns of a strategy it learns once
def facts_of(kind: type[Fact], subject: str) -> st.SearchStrategy[Fact]:
    """Facts of one kind about ``subject`` with values that their limits allow."""
    hints, limits = fields_of(kind), limits_of(kind)
    fields = {name: _values(hint, *limits.get(name, (None, False))) for name, hint in hints.items() if name != "subject"}
    return st.builds(kind, subject=st.just(subject), **fields).filter(_possible)


def _possible(fact: Fact) -> bool:
    try:
        sorts = limits_of(type(fact))["subject"][0].sorts
        msgspec.structs.replace(fact, subject=of(sorts[0], fact.subject.rpartition(":")[2])).check()
    except BadFact:
        return False
    return True


def tales(indicator: Indicator, subject: str) -> st.SearchStrategy[list[Record[Any]]]:
    """Records of what the indicator reads about one subject, numbered in the order told."""
    return _tales(tuple(indicator.reads), subject)


@cache
def _tales(kinds: tuple[type[Fact], ...], subject: str) -> st.SearchStrategy[list[Record[Any]]]:
    facts = st.one_of([facts_of(kind, subject) for kind in kinds])
    days = st.dates(dt.date(2022, 1, 1), ON)
    return st.lists(st.tuples(facts, days), max_size=8).map(lambda pairs: [told(fact, on, seq) for seq, (fact, on) in enumerate(pairs)])
