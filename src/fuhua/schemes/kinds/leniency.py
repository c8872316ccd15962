"""Scores beside which each reviewer's leniency is taken away (宽严校正): additive effects by least squares with shrinkage.

The model says: points = what the application is worth + how lenient the reviewer is + chance. Both are fitted together over the whole
round, so that an application is not better off for having drawn lenient reviewers. A reviewer's effect is drawn towards nothing as if
``SHRINK`` more reviews of theirs had shown none: who read three applications is corrected by half of what they show, who read twelve by
four fifths. The raw mean always stands beside it.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Generic, NamedTuple, TypeVar

import numpy as np

A = TypeVar("A", bound=Hashable)
R = TypeVar("R", bound=Hashable)
SHRINK = 3
MOST = 10_000


class Scored(NamedTuple, Generic[A, R]):
    """``points`` (hundredths) that a reviewer gave an application."""

    application: A
    reviewer: R
    points: int


def leniency(scores: Sequence[Scored[A, R]]) -> dict[R, float]:
    """How many hundredths of a point each reviewer gives more (or, negative, less) than others would; their mean over reviews is 0."""
    applications = {each: at for at, each in enumerate(dict.fromkeys(one.application for one in scores))}
    reviewers = {each: at for at, each in enumerate(dict.fromkeys(one.reviewer for one in scores))}
    table = np.zeros((len(applications), len(reviewers)))
    given = np.zeros_like(table)
    for application, reviewer, points in scores:
        table[applications[application], reviewers[reviewer]] = points
        given[applications[application], reviewers[reviewer]] = 1
    if not scores:
        return {}
    means = (table.sum(axis=1) / given.sum(axis=1))[:, None]
    within = (table - means) * given  # what an application is worth falls out of the differences from its own mean
    normal = np.diag(given.sum(axis=0) + SHRINK) - given.T @ (given / given.sum(axis=1)[:, None])
    effects = np.linalg.solve(normal, within.sum(axis=0))
    effects -= (effects * given.sum(axis=0)).sum() / given.sum()
    return {each: float(effects[at]) for each, at in reviewers.items()}


def normalised(scores: Sequence[Scored[A, R]]) -> dict[A, int]:
    """Application → the mean of its points less its reviewers' leniency, in hundredths from 0 to 10,000."""
    effects = leniency(scores)
    corrected: dict[A, list[float]] = {}
    for application, reviewer, points in scores:
        corrected.setdefault(application, []).append(points - effects[reviewer])
    return {each: min(MOST, max(0, round(sum(points) / len(points)))) for each, points in corrected.items()}
