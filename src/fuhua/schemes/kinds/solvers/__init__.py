"""Ways to solve a draw, one file each, whose libraries are loaded when something is first drawn: they are slow to load."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from fuhua.kernel.registry import Registry
from fuhua.schemes.kinds.drawing import Drawn, Round


@dataclass(frozen=True)
class Solver:
    """One way: its code, the draw of a round by a seed, how near works of people are to texts, and worked examples.

    ``near``: (person → works, key → text) → people × texts from 0 to 1. An example is a round with the (worst, total) that is best.
    """

    code: str
    draw: Callable[[Round, str], Drawn]
    near: Callable[[Mapping[str, Sequence[str]], Mapping[str, str]], np.ndarray]
    examples: tuple[tuple[Round, tuple[int, int]], ...] = ()


_SOLVERS: Registry[Solver] = Registry("solvers of draws", key=lambda solver: solver.code)


def solvers() -> Registry[Solver]:
    """Every way, by code."""
    _SOLVERS.discover(__name__)
    return _SOLVERS


def nearness(works: Mapping[str, Sequence[str]], texts: Mapping[str, str], code: str = "exact") -> np.ndarray:
    """How near the works of each person are to each text, people × texts from 0 to 1."""
    return solvers()[code].near(works, texts)


def drawn(task: Round, seed: str, code: str = "exact") -> Drawn:
    """The best assignment; among equals the one that ``seed`` draws. Raises :class:`BadDraw`."""
    return solvers()[code].draw(task, seed)
