"""Cuts a plan's text into passages for showing it with every read item highlighted in its sentence."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from fuhua.kernel.words import Text


@dataclass(frozen=True)
class Place:
    """Where an item stands in the text: ``key`` names it (``target-7``), ``tone`` colours it, ``label`` is read out."""

    key: str
    tone: str
    begin: int
    end: int
    label: Text
    sure: bool = True
    why: Text | str = ""


@dataclass
class Passage:
    """A run of text inside one paragraph; ``place`` is the innermost item over it, ``first`` where that item begins."""

    text: str
    begin: int
    place: Place | None = None
    first: bool = False
    anchors: list[Place] = field(default_factory=list)


def paragraphs(text: str, places: Sequence[Place]) -> list[list[Passage]]:
    """The text as paragraphs of passages; where items overlap, the shorter one is on top and both keep their anchor."""
    places = sorted((each for each in places if 0 <= each.begin < each.end <= len(text)), key=lambda each: (each.begin, each.end))
    cuts = sorted({0, len(text), *(each.begin for each in places), *(each.end for each in places)})
    tops = _tops(cuts, places)
    seen: set[str] = set()
    result, at = [], 0
    for line in text.split("\n"):
        if line.strip():
            result.append(list(_passages(text, at, at + len(line), cuts, tops, seen)))
        at += len(line) + 1
    return result


def _tops(cuts: list[int], places: Sequence[Place]) -> list[list[Place]]:
    """For every stretch between two cuts the items over it, the shortest first."""
    over: list[list[Place]] = [[] for _ in cuts]
    for each in places:
        for index in range(bisect_right(cuts, each.begin) - 1, bisect_right(cuts, each.end) - 1):
            over[index].append(each)
    return [sorted(held, key=lambda each: each.end - each.begin) for held in over]


def _passages(text: str, begin: int, end: int, cuts: list[int], tops: list[list[Place]], seen: set[str]) -> list[Passage]:
    found = []
    at = begin
    while at < end:
        index = bisect_right(cuts, at) - 1
        stop = min(end, cuts[index + 1] if index + 1 < len(cuts) else end)
        over = tops[index]
        new = [each for each in over if each.key not in seen]
        seen.update(each.key for each in new)
        found.append(Passage(text[at:stop], at, over[0] if over else None, bool(over) and over[0] in new, new))
        at = stop
    return found


def located(text: str, words: str, near: int = 0) -> tuple[int, int] | None:
    """Where ``words`` stand in the text, the place nearest to ``near``; white space may differ. None when they do not."""
    signs = [re.escape(sign) for sign in words if not sign.isspace()]
    if not signs:
        return None
    found = [match.span() for match in re.finditer(r"\s*".join(signs[:1000]), text)]
    return min(found, key=lambda span: abs(span[0] - near)) if found else None
