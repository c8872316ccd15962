"""What a draw is asked and what it answers: who may review what, within which limits, and who got what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from fuhua.evidence.facts import BadFact

Pair = tuple[int, int]


class BadDraw(BadFact):
    """No assignment keeps every limit; ``text`` says which cannot hold."""


@dataclass(frozen=True)
class Expert:
    """One person of the pool: ``least`` to ``most`` applications, ``senior`` or not; ``house`` is their organisation (0: none)."""

    least: int
    most: int
    senior: bool = False
    house: int = 0


@dataclass(frozen=True)
class Round:
    """Experts × applications: whole ``affinity``, ``coverage`` of each application, and the pairs (expert, application) that are settled.

    ``barred`` pairs must not be, ``fixed`` ones must, of ``kept`` ones as many as can be. At least ``seniors`` of an application are
    senior, at most ``together`` of one house. ``names`` of applications are for messages.
    """

    experts: Sequence[Expert]
    coverage: Sequence[int]
    affinity: np.ndarray
    barred: frozenset[Pair] = frozenset()
    fixed: frozenset[Pair] = frozenset()
    kept: frozenset[Pair] = frozenset()
    seniors: int = 0
    together: int = 0
    names: Sequence[str] = field(default=())


@dataclass(frozen=True)
class Drawn:
    """The pairs, ascending; ``worst`` and ``total`` are sums of affinity; ``proved``: nothing better exists.

    ``moved`` of the kept pairs were given up. ``proof`` is the solver's certificate (docs/assignment.md); None for a repair.
    """

    pairs: tuple[Pair, ...]
    worst: int
    total: int
    proved: bool
    moved: int
    proof: dict[str, Any] | None = None
