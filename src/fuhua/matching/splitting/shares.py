"""Share an amount by weight so that the parts sum to it, to the last unit."""

from __future__ import annotations

from collections.abc import Sequence


def shares(total: int, weights: Sequence[int]) -> list[int]:
    """Whole parts of ``total`` in proportion to ``weights``, by the largest remainder; of equal remainders the first.

    ``total`` is not negative and the weights are not, one of them positive: else ``ValueError``. Each part is within one unit of
    its exact share and the parts sum to ``total``.
    """
    whole = sum(weights)
    if total < 0 or whole <= 0 or min(weights) < 0:
        raise ValueError("a total that is no debt is shared by weights of which one is positive")
    parts = [total * weight // whole for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda index: -(total * weights[index] % whole))
    for index in by_remainder[: total - sum(parts)]:
        parts[index] += 1
    return parts
