"""Problems of assignment of the sizes that are promised, made from a seed, and the conference's own where it is at hand."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from scipy import sparse

from fuhua.matching.assignment.problem import Problem, problem


def conference(folder: Path, *, least: bool) -> Problem:
    """177 people and 118 papers: scores from -1 to 1."""
    arrays = {name: np.load(folder / f"{name}.npy") for name in ("scores", "loads", "covs", "loads-lb")}
    return problem(arrays["scores"], arrays["loads"], arrays["covs"], least=arrays["loads-lb"] if least else None)


def dense(people: int, papers: int, *, least: int = 0) -> Problem:
    """Everybody may have everything: 25 topics, of which each has a few, and a fifth of noise; 6 papers at most, 3 people each."""
    rng = np.random.default_rng(1)
    who, what = (rng.gamma(0.3, size=(many, 25)) for many in (people, papers))
    near = (who @ what.T) / np.outer(np.linalg.norm(who, axis=1), np.linalg.norm(what, axis=1))
    scores = 0.8 * near + 0.2 * rng.random((people, papers))
    return problem(scores, np.full(people, 6), np.full(papers, 3), least=np.full(people, least))


def sparsely(people: int, papers: int, *, least: int = 0, alike: float = 0.0) -> Problem:
    """50 candidates a paper at random; ``alike``: the part of a score that all papers agree on; 10 papers at most, 3 people each."""
    rng = np.random.default_rng(1)
    rows = np.concatenate([np.sort(rng.choice(people, 50, replace=False)) for _ in range(papers)])
    scores = (1 - alike) * rng.random(len(rows)) + alike * (rng.random(people) ** 2)[rows]
    table = sparse.csc_array((scores, rows, np.arange(papers + 1) * 50), shape=(people, papers))
    return problem(table, np.full(people, 10), np.full(papers, 3), least=np.full(people, least))
