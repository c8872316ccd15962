"""A draw among equally good assignments from a published seed 随机抽取: nobody can know it before, everybody can repeat it after.

Every candidate gets a lot from the seed, and what counts is score × scale + lot. All lots of an assignment together are less than one unit
of score, so what is best so is best by score too, and of those the one with the largest lots. Whole numbers keep both apart exactly.
"""

from __future__ import annotations

import hashlib

import numpy as np

from fuhua.matching.assignment.problem import LARGEST, Problem

BITS = 10  # a lot is below 2 ** BITS
ROOM = 2**61  # what sums of values must stay below


def scale_of(problem: Problem) -> int:
    """By how much scores are multiplied before lots are added: the lots of all places stay below it."""
    return 2 ** (int(problem.coverage.sum()).bit_length() + BITS)


def drawn(problem: Problem, seed: str) -> np.ndarray:
    """The value of every candidate with its lot. Raises ``OverflowError`` where 64 bits cannot hold both."""
    scale = scale_of(problem)
    if min(LARGEST, int(np.abs(problem.score).max(initial=0)) + 1) * scale > ROOM // 16:
        raise OverflowError
    return problem.score * scale + lots(problem, seed)


def lots(problem: Problem, seed: str) -> np.ndarray:
    """The lot of every candidate: the top bits of SplitMix64's mixing of person × 2³² + paper + offset, modulo 2⁶⁴.

    The offset is the first eight bytes, big end first, of the SHA-256 of the seed in UTF-8.
    """
    offset = np.uint64(int.from_bytes(hashlib.sha256(seed.encode()).digest()[:8], "big"))
    mixed = (problem.person.astype(np.uint64) << np.uint64(32)) + problem.paper.astype(np.uint64) + offset
    with np.errstate(over="ignore"):
        for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB), (31, 1)):
            mixed = (mixed ^ (mixed >> np.uint64(shift))) * np.uint64(factor)
    return (mixed >> np.uint64(64 - BITS)).astype(np.int64)
