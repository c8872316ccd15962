"""Learning from people's "fits" and "does not fit": the weights move a little towards what tells the two apart, and never far."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from fuhua.matching.ranking.scoring import SHIPPED, Scoring

Floats = NDArray[np.float64]

STEEPNESS = 20.0  # log odds that the better of two is ranked first, for a difference of 1 in the mix
TRUST = 20.0  # needs with feedback that weigh as much as what is shipped
REACH, LEAST_REACH = 0.5, 0.1  # a weight moves by at most this part of itself, and at least this much is open to it


@dataclass(frozen=True)
class Judged:
    """An offer that a person judged for a need: the features the ranker gave the pair, and whether it fits."""

    need: str
    features: NDArray[np.float32]
    fits: bool


def learn(feedback: Iterable[Judged], shipped: Scoring = SHIPPED) -> Scoring:
    """``shipped`` with weights that rank fitting offers above others of the same need more often.

    Logistic regression on differences within a need (RankNet's loss) with a ridge towards the shipped weights, inside a box around
    them (:data:`REACH`). Each need counts once however many judged it and however often, so that one person's many clicks on
    one need weigh little, and no amount of them leaves the box. A need that got only one of the two answers teaches nothing.
    ``level`` moves so that the judged pairs promise on average what they did: answers change the order, not how much is expected.
    """
    feedback = list(feedback)
    start = np.asarray(shipped.weights)
    groups = [difference for difference in map(_differences, _by_need(feedback)) if len(difference)]
    if not groups:
        return shipped
    reach = np.maximum(REACH * np.abs(start), LEAST_REACH)
    low = np.maximum(start - reach, 0)

    def loss(weights: Floats) -> tuple[float, Floats]:
        moved = (weights - start) / reach
        total, slope = TRUST * float(moved @ moved) / 2, TRUST * moved / reach
        for difference in groups:
            margin = STEEPNESS * (difference @ weights)
            total += float(np.logaddexp(0, -margin).mean())
            slope = slope - STEEPNESS * (difference.T @ (1 / (1 + np.exp(margin)))) / len(margin)
        return total, slope

    best = minimize(loss, start, jac=True, bounds=list(zip(low, start + reach, strict=True)), method="L-BFGS-B")
    learnt = replace(shipped, weights=tuple(map(float, best.x)))
    pairs = np.array([one.features for one in feedback])
    return replace(learnt, level=learnt.level + float((shipped.odds(shipped.mix(pairs)) - learnt.odds(learnt.mix(pairs))).mean()))


def _by_need(feedback: Iterable[Judged]) -> list[list[Judged]]:
    needs: dict[str, list[Judged]] = defaultdict(list)
    for one in feedback:
        needs[one.need].append(one)
    return list(needs.values())


def _differences(judged: list[Judged]) -> Floats:
    """Every fitting offer's features less every other's: pairs × features."""
    fitting = [one.features for one in judged if one.fits]
    others = [one.features for one in judged if not one.fits]
    return np.array([np.subtract(fit, other, dtype=np.float64) for fit in fitting for other in others])
