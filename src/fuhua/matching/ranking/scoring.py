"""From the features of a pair to one score in [0, 1] that reads as a probability, and when to say that nothing fits."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

# What a pair is known by; each is 0 for nothing in common and 1 for the same.
FEATURES = ("characters", "words", "topics", "titles", "texts", "field")
BEST = 3  # offers that decide together whether anything fits


@dataclass(frozen=True)
class Scoring:
    """The weights of :data:`FEATURES`; the line from the logarithm of their mix to log odds; and how near the best must come.

    The weights are round numbers chosen where cross-validation over needs is flat. ``level`` and ``slope`` are the logistic
    regression of "grade ≥ 1" on the ten best of each judged need. ``answered_from`` is where the mean mix of the three best parts
    needs with an offer from needs without: one near offer may be chance, three are not. ``python -m benchmarks.match --fit``
    prints what it would set them to.
    """

    weights: tuple[float, ...] = (1.0, 0.6, 0.12, 0.0, 0.15, 0.01)
    level: float = 4.08
    slope: float = 3.37
    answered_from: float = 0.21

    def mix(self, features: Floats) -> Floats:
        """Pairs × features (last axis) → the mixed closeness of each pair, which alone decides the order."""
        return features @ np.asarray(self.weights, np.float32)

    def probability(self, mixed: Floats) -> Floats:
        """How probable it is that the offer is worth a look (grade ≥ 1), by the mixed closeness."""
        odds = self.level + self.slope * np.log(np.maximum(mixed, 1e-6))
        return 1 / (1 + np.exp(-odds))

    def abstains(self, mixed: Floats) -> bool:
        """Whether nothing fits, by the mixed closeness of all offers for one need."""
        best = np.sort(mixed)[-BEST:]
        return not len(best) or float(best.mean()) < self.answered_from


SHIPPED = Scoring()
