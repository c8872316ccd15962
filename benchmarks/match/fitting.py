"""What the judgements would set the constants of the scoring to, and what feedback teaches, each need judged by a fit without it."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any

import numpy as np
from scipy.optimize import minimize

from fuhua.matching.ranking.feedback import Judged, learn
from fuhua.matching.ranking.measures import RELEVANT, Answer, Judgements, quality
from fuhua.matching.ranking.scoring import BEST, SHIPPED, Floats, Scoring

FOLDS = 5


def answers(mixed: dict[str, Floats], ids: list[str], scoring: Scoring) -> dict[str, Answer]:
    """What a ranker says of each need, by the mixed closeness of all offers."""
    best = {need: np.argsort(-mix, kind="stable")[:10] for need, mix in mixed.items()}
    return {need: Answer(tuple(ids[row] for row in best[need]), scoring.abstains(scoring.probability(mix))) for need, mix in mixed.items()}


def fitted(features: dict[str, Floats], ids: list[str], judged: Judgements, shipped: Scoring = SHIPPED) -> dict[str, Any]:
    """Level, slope and threshold for the shipped weights, and quality with weights learnt from the other needs' judgements."""
    mixed = {need: shipped.mix(each) for need, each in features.items()}
    level, slope = _line(mixed, ids, judged)
    learnt = _learnt_without(features, ids, judged, shipped)
    return {
        "level": round(level, 2),
        "slope": round(slope, 2),
        "expected": _threshold(mixed, judged, replace(shipped, level=level, slope=slope)),
        "shipped": asdict(quality(answers(mixed, ids, shipped), judged)),
        "learnt_from_other_needs": asdict(quality(learnt, judged)),
    }


def _line(mixed: dict[str, Floats], ids: list[str], judged: Judgements) -> tuple[float, float]:
    """Logistic regression of "worth a look" on the logarithm of the mix, over the ten best of each need that are judged."""
    near, worth = [], []
    for need, mix in mixed.items():
        for row in np.argsort(-mix, kind="stable")[:10]:
            if ids[row] in judged[need]:
                near.append(np.log(max(mix[row], 1e-6)))
                worth.append(judged[need][ids[row]] >= RELEVANT)
    sign = np.where(worth, -1.0, 1.0)
    line = minimize(lambda ab: np.logaddexp(0, sign * (ab[0] + ab[1] * np.array(near))).sum(), [0.0, 1.0]).x
    return float(line[0]), float(line[1])


def _threshold(mixed: dict[str, Floats], judged: Judgements, scoring: Scoring) -> float:
    """Where the shares rightly answered and rightly abstained are greatest together."""
    near = np.array([np.sort(scoring.probability(mix))[-BEST:].sum() for mix in mixed.values()])
    has = np.array([max(judged[need].values()) >= RELEVANT for need in mixed])
    cuts = np.arange(0.3, 1.5, 0.01)
    return round(float(max(cuts, key=lambda cut: (near[has] >= cut).mean() + (near[~has] < cut).mean())), 3)


def _learnt_without(features: dict[str, Floats], ids: list[str], judged: Judgements, shipped: Scoring) -> dict[str, Answer]:
    row = {offer: place for place, offer in enumerate(ids)}
    needs = list(np.random.default_rng(0).permutation(sorted(features)))
    found: dict[str, Answer] = {}
    for fold in range(FOLDS):
        held = set(needs[fold::FOLDS])
        taught = [
            Judged(need, features[need][row[offer]], grade >= RELEVANT)
            for need in needs
            if need not in held
            for offer, grade in judged[need].items()
        ]
        scoring = learn(taught, shipped)
        found |= answers({need: scoring.mix(features[need]) for need in held}, ids, scoring)
    return found
