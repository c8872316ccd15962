"""Scores a reading against a hand-checked gold: F1 of measures, of their units and of targets."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, TypedDict


class GoldMeasure(TypedDict):
    """A measure as a person read it."""

    no: int
    title: str
    units: list[str]


class Gold(TypedDict):
    """What a person read in a plan; a target has ``measure``, ``metric``, ``value`` and what else is known of it."""

    measures: list[GoldMeasure]
    targets: list[dict[str, Any]]


@dataclass(frozen=True)
class Score:
    """Hits among what was found and what was wanted; `missed` and `invented` say which."""

    hits: int
    found: int
    wanted: int
    missed: tuple[str, ...] = ()
    invented: tuple[str, ...] = ()

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall, 1 when nothing was wanted and nothing found."""
        return 2 * self.hits / (self.found + self.wanted) if self.found + self.wanted else 1.0


def score_measures(reading: dict[str, Any], gold: Gold) -> Score:
    """Measures that agree in number and, but for punctuation, in title."""
    found = [(measure["no"], plain(measure["title"])) for measure in reading["measures"]]
    wanted = [(measure["no"], plain(measure["title"])) for measure in gold["measures"]]
    return _matched(found, wanted, lambda a, b: a == b)


def score_units(reading: dict[str, Any], gold: Gold) -> Score:
    """Units that stand in the right measure under their printed name."""
    found = [(measure["no"], plain(unit)) for measure in reading["measures"] for unit in measure["units"]]
    wanted = [(measure["no"], plain(unit)) for measure in gold["measures"] for unit in measure["units"]]
    return _matched(found, wanted, lambda a, b: a == b)


def score_targets(reading: dict[str, Any], gold: Gold, *, strict: bool = False) -> Score:
    """Targets equal in measure, value and unit with a like metric; `strict` also asks op, deadline, period and max."""

    def same(a: dict[str, Any], b: dict[str, Any]) -> bool:
        keys = ("measure", "value", "unit", "op", "max", "deadline", "period") if strict else ("measure", "value", "unit")
        return all(a.get(key) == b.get(key) for key in keys) and likeness(a["metric"], b.get("metric") or "") >= 0.5

    return _matched(reading["targets"], gold["targets"], same, show=_show)


def likeness(a: str, b: str) -> float:
    """How alike two metric names are, 1 when one holds the other."""
    a, b = plain(a), plain(b)
    if a and b and (a in b or b in a):
        return 1.0
    return SequenceMatcher(None, a, b).ratio()


def plain(text: str) -> str:
    """A name without spaces and punctuation."""
    return re.sub(r"[\s，。、：；“”‘’\"'（）()〔〕\[\]《》,.:;·]", "", text)


def _show(target: dict[str, Any]) -> str:
    return " ".join(str(target.get(key)) for key in ("measure", "metric", "op", "value", "max", "unit", "deadline", "period"))


def _matched(found: Sequence[Any], wanted: Sequence[Any], same: Callable[[Any, Any], bool], show: Callable[[Any], str] = str) -> Score:
    left = list(found)
    missed = []
    for want in wanted:
        match = next((i for i, candidate in enumerate(left) if same(candidate, want)), None)
        if match is None:
            missed.append(show(want))
        else:
            left.pop(match)
    return Score(len(wanted) - len(missed), len(found), len(wanted), tuple(missed), tuple(show(candidate) for candidate in left))
