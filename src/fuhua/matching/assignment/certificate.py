"""A certificate 分配证书 of a solution: anonymous scores, limits, the assignment and prices, all whole numbers, for :mod:`checking`."""

from __future__ import annotations

from typing import Any

import numpy as np

from fuhua.matching.assignment.checking import digest
from fuhua.matching.assignment.draw import scale_of
from fuhua.matching.assignment.floors import Prices
from fuhua.matching.assignment.solve import Solution


def certificate(solution: Solution) -> dict[str, Any]:
    """The certificate as plain data; people and papers are told by their positions alone."""
    problem, seed = solution.problem, solution.seed
    papers = range(problem.papers)
    told: dict[str, Any] = {
        "format": "fuhua-assignment-1",
        "decimals": problem.decimals,
        "least": problem.least.tolist(),
        "most": problem.most.tolist(),
        "coverage": problem.coverage.tolist(),
        "quotas": [
            {"members": np.flatnonzero(each.members).tolist(), "least": int(each.least), "most": int(each.most)} for each in problem.quotas
        ],
        "candidates": [
            [part[problem.start[paper] : problem.start[paper + 1]].tolist() for part in (problem.person, problem.score)] for paper in papers
        ],
        "assignment": solution.pairs,
        "floor": solution.floor,
        "draw": None if seed is None else {"seed": seed, "scale": scale_of(problem)},
        "total": {"found": solution.total, "bound": solution.total_bound, **_prices(solution.total_proof)},
        "worst": {"found": solution.worst, "bound": solution.worst_bound, **_prices(solution.worst_proof)},
    }
    return told | {"digest": digest(told)}


def _prices(proof: Prices) -> dict[str, Any]:
    return {"per": proof.per, "weight": proof.weight, "prices": proof.whole.tolist()}
