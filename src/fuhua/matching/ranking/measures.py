"""Measures of a ranking against graded judgements, as trec_eval defines them."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

RELEVANT = 1  # the least grade that is worth a look
CUT = 10

_GRADE = re.compile(r"-?[0-9]{1,3}")

Judgements = dict[str, dict[str, int]]  # need → offer → grade


@dataclass(frozen=True)
class Answer:
    """What a run says of one need: its offers, best first, and whether it says that none fits."""

    offers: tuple[str, ...]
    abstain: bool


@dataclass(frozen=True)
class Quality:
    """Means over the judged needs that have a relevant offer (``needs``), and what became of those that have none (``empty``).

    ``ndcg`` has the grade as gain, as trec_eval has by default, ``ndcg_exponential`` has 2^grade − 1. ``abstained`` counts among
    ``empty`` the needs the run abstained on, ``answered`` among ``needs`` those it did not abstain on. Abstaining does not touch the
    means: the offers listed are judged all the same. A judged need that the run leaves out counts 0, and as abstained. Only the first
    ten offers of a need count.
    """

    needs: int
    ndcg: float
    ndcg_exponential: float
    precision_at_1: float
    mrr: float
    answered: int
    empty: int
    abstained: int


def read_qrels(lines: Iterable[str]) -> Judgements:
    """Judgements in TREC's form: ``need 0 offer grade`` a line; empty lines do not count.

    A grade is a whole number of three digits at most. Raises :class:`ValueError` with the number of the line that is none, or that
    judges a pair a second time.
    """
    found: Judgements = {}
    for number, line in enumerate(lines, 1):
        parts = line.split()
        if not parts:
            continue
        if len(parts) != 4 or not _GRADE.fullmatch(parts[3]):
            raise ValueError(f"第 {number} 行不是 “need 0 offer grade” / line {number} is not “need 0 offer grade”")
        grades = found.setdefault(parts[0], {})
        if parts[2] in grades:
            raise ValueError(f"第 {number} 行重复评判 / line {number} judges again {parts[0]} {parts[2]}")
        grades[parts[2]] = int(parts[3])
    return found


def quality(answers: Mapping[str, Answer], judged: Judgements) -> Quality:
    """How good ``answers`` (by need) are for the judged needs; needs nobody judged do not count, offers nobody judged have grade 0."""
    nothing = Answer((), True)
    full = {need: grades for need, grades in judged.items() if any(grade >= RELEVANT for grade in grades.values())}
    rows = [(_grades(answers.get(need, nothing), grades), grades) for need, grades in full.items()]
    count = max(1, len(rows))
    return Quality(
        needs=len(rows),
        ndcg=sum(ndcg(got, grades.values()) for got, grades in rows) / count,
        ndcg_exponential=sum(ndcg(list(map(_doubling, got)), map(_doubling, grades.values())) for got, grades in rows) / count,
        precision_at_1=sum(bool(got) and got[0] >= RELEVANT for got, _ in rows) / count,
        mrr=sum(_reciprocal(got) for got, _ in rows) / count,
        answered=sum(not answers.get(need, nothing).abstain for need in full),
        empty=len(judged) - len(full),
        abstained=sum(answers.get(need, nothing).abstain for need in judged.keys() - full.keys()),
    )


def ndcg(gains: Sequence[float], ideal: Iterable[float], cut: int = CUT) -> float:
    """Normalised discounted cumulative gain: ``gains`` in the order of the run over the best order of all ``ideal``, both at ``cut``.

    The gain at rank r (from 1) is divided by log2(r + 1); a negative gain counts 0 (Järvelin & Kekäläinen 2002, as trec_eval).
    """
    best = _discounted(sorted(ideal, reverse=True)[:cut])
    return _discounted(gains[:cut]) / best if best else 0.0


def _discounted(gains: Sequence[float]) -> float:
    return sum(max(0.0, gain) / math.log2(rank + 2) for rank, gain in enumerate(gains))


def _doubling(grade: int) -> float:
    return 2.0 ** max(0, grade) - 1


def _grades(answer: Answer, grades: Mapping[str, int]) -> list[int]:
    return [grades.get(offer, 0) for offer in answer.offers[:CUT]]


def _reciprocal(grades: Sequence[int]) -> float:
    return next((1 / rank for rank, grade in enumerate(grades, 1) if grade >= RELEVANT), 0.0)
