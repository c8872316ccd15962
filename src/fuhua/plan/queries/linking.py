"""Proposes the indicator that counts a target, from the words they share; an officer decides."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from math import log

from fuhua.evidence.proof.figure import INDICATORS, Indicator
from fuhua.kernel.words import Text, t

_ENOUGH = 0.3  # share of an indicator's telling words that a metric must hold
_HAN = re.compile(r"[\u4e00-\u9fff]+")


@dataclass(frozen=True)
class Proposal:
    """An indicator for a target, how sure (0 to 1) and why."""

    indicator: Indicator
    score: float
    why: Text


def indicators() -> list[Indicator]:
    """Every indicator there is, in code order as people count (I2 before I10)."""
    INDICATORS.discover("fuhua.plan.indicators")
    return sorted(INDICATORS, key=lambda each: (len(each.code), each.code))


def propose(metric: str, quote: str = "", choices: list[Indicator] | None = None) -> Proposal | None:
    """The likeliest indicator for a metric, or None when no name is near enough.

    Pairs of characters that few indicators share weigh more: 离岸 tells more than 孵化器.
    """
    choices = indicators() if choices is None else choices
    grams = {each.code: _grams(each.name.zh) for each in choices}
    spread = Counter(gram for held in grams.values() for gram in held)
    asked, around = _grams(metric), _grams(quote)
    best: Proposal | None = None
    for each in choices:
        weights = {gram: log(1 + len(choices) / spread[gram]) for gram in grams[each.code]}
        whole = sum(weights.values())
        if not whole:
            continue
        held = sum(weight for gram, weight in weights.items() if gram in asked)
        held += sum(weight / 4 for gram, weight in weights.items() if gram in around - asked)
        score = held / whole
        if score >= _ENOUGH and (best is None or score > best.score):
            best = Proposal(each, score, _why(metric + quote, each.name.zh))
    return best


def _grams(text: str) -> set[str]:
    return {run[at : at + 2] for run in _HAN.findall(text) for at in range(len(run) - 1)}


def _why(text: str, name: str) -> Text:
    words, at = [], 0
    while at < len(name):
        size = next((n for n in range(len(name) - at, 1, -1) if name[at : at + n] in text and _HAN.fullmatch(name[at : at + n])), 0)
        if size:
            words.append(name[at : at + size])
        at += size or 1
    return t("共同字词：{words}", "words in common: {words}").format(words="、".join(dict.fromkeys(words)))
