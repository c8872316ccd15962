"""The terms of a text: words without English function words and plural endings, and pairs of Han characters."""

from __future__ import annotations

import re

from fuhua.matching.text.tokens import normal

# English words that say nothing of a subject. Chinese needs no such list: a pair with 的 or 了 in it is rare, or as common as any.
_FUNCTION = """
a about above after again against all also although am among an and any are as at be because been before being below between both but by
can cannot could did do does doing done down during each either else etc even ever every few for from further had has have having he hence
her here hers him his how however i if in into is it its itself just may me might more moreover most much must my neither no nor not of
off on once one only onto or other our ours out over own per rather same shall she should since so some still such than that the their
theirs them then there thereby therefore these they this those through thus to too toward towards under until up upon us very via was we
well were what when where whereas whether which while who whom whose why will with within without would yet you your
"""
FUNCTION_WORDS = frozenset(_FUNCTION.split())

_HAN = "\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff"
_RUN = re.compile(f"(?P<han>[{_HAN}]+)|[^\\W_{_HAN}]+")


def terms(text: str) -> list[str]:
    """The terms of ``text`` in reading order: a run of Han characters gives its pairs (one alone: itself), all else gives words."""
    found: list[str] = []
    for run in _RUN.finditer(normal(text)):
        word = run[0]
        if run["han"]:
            found += [word[at : at + 2] for at in range(max(1, len(word) - 1))]
        elif len(word) > 1 and word not in FUNCTION_WORDS:
            found.append(_singular(word))
    return found


def _singular(word: str) -> str:
    """Without an English plural ending, after Harman ("How effective is suffixing?", 1991): -ies is -y, -s goes but for -is, -ss, -us."""
    if len(word) < 4 or word[-1] != "s" or word[-2] in "isu":
        return word
    return f"{word[:-3]}y" if word.endswith("ies") else word[:-1]
