"""Ways to solve a draw, one file each, whose libraries are loaded when something is first drawn: they are slow to load."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from fuhua.kernel.registry import Registry
from fuhua.schemes.kinds.drawing import Drawn, Round


@dataclass(frozen=True)
class Solver:
    """One way: its code, the draw of a round by a seed, and worked examples: a round with the (worst, total) that is best."""

    code: str
    draw: Callable[[Round, str], Drawn]
    examples: tuple[tuple[Round, tuple[int, int]], ...] = ()


_SOLVERS: Registry[Solver] = Registry("solvers of draws", key=lambda solver: solver.code)


def solvers() -> Registry[Solver]:
    """Every way, by code."""
    _SOLVERS.discover(__name__)
    return _SOLVERS


def drawn(task: Round, seed: str, code: str = "exact") -> Drawn:
    """The best assignment; among equals the one that ``seed`` draws. Raises :class:`BadDraw`."""
    return solvers()[code].draw(task, seed)
