"""From the features of a pair to one score in [0, 1] that reads as a probability, and when to say that nothing fits."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

# What a pair is known by; each is 0 for nothing in common and 1 for the same. The last is a dense embedder's, 0 without one.
FEATURES = ("characters", "words", "topics", "titles", "texts", "field", "meaning")
BEST = 3  # offers that decide together whether anything fits


@dataclass(frozen=True)
class Scoring:
    """The weights of :data:`FEATURES`; the line from the logarithm of their mix to log odds; and how much the best must promise.

    The weights are round numbers chosen where cross-validation over needs is flat. ``level`` and ``slope`` are the logistic
    regression of "grade ≥ 1" on the ten best of each judged need. ``expected`` is how many of the three best are expected to be worth
    a look where needs with an offer part from needs without. ``python -m benchmarks.match --fit`` prints what it would set them to.
    ``meant``: how much steeper the line is where an embedder adds to the mix, so that it answers as many; ``--embeddings`` tells.
    """

    weights: tuple[float, ...] = (1.0, 0.5, 0.12, 0.0, 0.2, 0.01, 0.2)
    level: float = 4.11
    slope: float = 3.14
    meant: float = 1.1
    expected: float = 0.7

    def mix(self, features: Floats) -> Floats:
        """Pairs × features (last axis) → the mixed closeness of each pair, which alone decides the order."""
        return features @ np.asarray(self.weights, np.float32)

    def odds(self, mixed: Floats, *, meant: bool = False) -> Floats:
        """Log odds that the offer is worth a look (grade ≥ 1), by the mixed closeness; ``meant``: an embedder's part is in it."""
        return self.level + self.slope * (self.meant if meant else 1.0) * np.log(np.maximum(mixed, 1e-6))

    def probability(self, mixed: Floats) -> Floats:
        """:meth:`odds` as a probability."""
        return probability(self.odds(mixed))

    def abstains(self, probabilities: Floats) -> bool:
        """Whether nothing fits, by how probably each offer is worth a look: one that is sure answers, three that may be do too."""
        return float(np.sort(probabilities)[-BEST:].sum()) < self.expected


def probability(odds: Floats) -> Floats:
    """The probabilities of log odds."""
    return 1 / (1 + np.exp(-odds))


SHIPPED = Scoring()
# For a few hits ranked as among all: topics are learnt from all listings only, and without them words count less.
HITS = Scoring(weights=(1.0, 0.4, 0.0, 0.0, 0.15, 0.01, 0.2), level=4.93, slope=3.12)
