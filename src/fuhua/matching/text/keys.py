"""The terms of many texts, joined ones too, as 48-bit keys: the same as `tokens.terms`, compiled, tens of millions of signs a second."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

import numpy as np

from fuhua.matching.compiled import compiled
from fuhua.matching.text.tokens import RUN, UNITS, normal

SEPARATOR, UNSPACED, WORD = 0, 1, 2
PLANE = 0x10000  # the tables cover the basic plane; what lies beyond is rare and goes the slow way
SEED, PRIME, MIX = np.uint64(0xCBF29CE484222325), np.uint64(0x100000001B3), np.uint64(0x9E3779B97F4A7C15)
HALF, SHORT, NONE, ONE = np.uint64(32), np.uint64(16), np.uint64(0), np.uint64(1)
SPACE, POINT, ZERO, NINE = (ord(sign) for sign in " .09")
SMALL_A, SMALL_E, SMALL_I, SMALL_S, SMALL_U, SMALL_Y, SMALL_Z = (ord(sign) for sign in "aeisuyz")
HAN_BEYOND, HAN_ENDS = 0x20000, 0x3FFFF


def keys_of(texts: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
    """The keys of the terms of each text: uint64 keys one text after the other, and int64 bounds, one more than texts.

    A key is 48 bits of a hash (FNV-1a, then mixed), never 0. In a vocabulary of a million, the chance that any two terms share
    one is 1 in 560; they would then count as one term.
    """
    return keys_within(*packed(texts))


def packed(texts: Sequence[str]) -> tuple[str, np.ndarray]:
    """The texts one after the other, and the int64 bounds of each in them: one object instead of many small ones."""
    bounds = np.zeros(len(texts) + 1, np.int64)
    np.cumsum(np.fromiter(map(len, texts), np.int64, len(texts)), out=bounds[1:])
    return "".join(texts), bounds


def keys_within(whole: str, bounds: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """As :func:`keys_of` for texts that are :func:`packed`."""
    fold, kind, odd = _tables()
    points, slow = _points(whole), np.zeros(len(bounds) - 1, np.bool_)
    if _folded(points, bounds, fold, odd, slow):
        texts = (whole[first:last] for first, last in pairwise(bounds.tolist()))
        whole, bounds = packed([normal(text) if is_slow else text for text, is_slow in zip(texts, slow.tolist(), strict=True)])
        points = _points(whole)
        _folded(points, bounds, fold, odd, slow)
    found = np.empty(2 * len(points), np.uint64)
    ends = np.zeros(len(bounds), np.int64)
    total = _scan(points, bounds, kind, _units(), found, ends)
    return found[:total], ends


def _points(whole: str) -> np.ndarray:
    """The code points of a text, uint32."""
    return np.frombuffer(bytearray(whole.encode("utf-32-le", "surrogatepass")), np.uint32)


@cache
def _tables() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """For each code point of the basic plane: its normal form, the kind of that, and whether it needs its neighbours to tell."""
    signs = [chr(point) for point in range(PLANE)]
    kind = np.zeros(PLANE, np.uint8)
    for point, sign in enumerate(signs):
        run = RUN.fullmatch(sign)
        if run:
            kind[point] = UNSPACED if run["unspaced"] else WORD
    forms = [normal(sign) for sign in signs]
    odd = np.fromiter((_odd(sign, form) for sign, form in zip(signs, forms, strict=True)), np.bool_, PLANE)
    fold = np.fromiter((ord(form) if not strange else 0 for form, strange in zip(forms, odd, strict=True)), np.uint32, PLANE)
    return fold, kind, odd


def _odd(sign: str, form: str) -> bool:
    """Whether the normal form is not one character, or may depend on those beside it: marks, Hangul letters, the final sigma."""
    jamo = 0x1100 <= ord(form[:1] or " ") <= 0x11FF
    return len(form) != 1 or ord(form) >= PLANE or jamo or sign == "Σ" or unicodedata.category(form).startswith("M")


@cache
def _units() -> np.ndarray:
    """The hashes of the units, uint64."""
    return np.array([_fnv(np.array([ord(sign) for sign in unit], np.uint32)) for unit in UNITS], np.uint64)


@compiled
def _folded(points, bounds, fold, odd, slow):
    """Folds the texts that are not ``slow`` in place; marks those that cannot be folded sign by sign, and returns how many."""
    marked = 0
    for text in range(len(bounds) - 1):
        if slow[text]:
            continue
        for at in range(bounds[text], bounds[text + 1]):
            point = points[at]
            if point >= PLANE or odd[point]:
                slow[text] = True
                marked += 1
                break
            points[at] = fold[point]
    return marked


@compiled
def _hash(points, first, last, state):
    for at in range(first, last):
        state = (state ^ np.uint64(points[at])) * PRIME
    return state


@compiled
def _fnv(points):
    return _hash(points, 0, len(points), SEED)


@compiled
def _mixed(state):
    """The hash spread over 48 bits; 0 is kept free to mean an empty slot."""
    state = ((state ^ (state >> HALF)) * MIX) >> SHORT
    return state if state != NONE else ONE


@compiled
def _kind(point, kind):
    if point < PLANE:
        return kind[point]
    return UNSPACED if HAN_BEYOND <= point <= HAN_ENDS else SEPARATOR


@compiled
def _digit(point):
    return ZERO <= point <= NINE


@compiled
def _word_end(points, first, last, kind):
    """Where the word that begins at ``first`` ends; a point between digits is part of it."""
    at = first + 1
    while at < last:
        inner = points[at] == POINT and at + 1 < last and _digit(points[at - 1]) and _digit(points[at + 1])
        if not inner and _kind(points[at], kind) != WORD:
            break
        at += 1
    return at


@compiled
def _stemmed(points, first, last, state):
    """The hash of a word after its stem (see `tokens.stem`), going on from ``state``."""
    if last - first < 4 or points[last - 1] != SMALL_S or points[last - 2] == SMALL_S or points[last - 2] == SMALL_U:
        return _hash(points, first, last, state)
    for at in range(first, last):
        if points[at] < SMALL_A or points[at] > SMALL_Z:
            return _hash(points, first, last, state)
    if points[last - 2] == SMALL_E and points[last - 3] == SMALL_I and points[last - 4] != SMALL_A and points[last - 4] != SMALL_E:
        return (_hash(points, first, last - 3, state) ^ np.uint64(SMALL_Y)) * PRIME
    return _hash(points, first, last - 1, state)


@compiled
def _number(points, first, last):
    at = first
    while at < last and (_digit(points[at]) or points[at] == POINT):
        at += 1
    return at == last


@compiled
def _unit(state, units):
    at = 0
    while at < len(units) and units[at] != state:
        at += 1
    return at < len(units)


@compiled
def _pairs(points, first, last, found, total):
    """The keys of each sign of a run and of each pair of neighbours; returns the new total."""
    for at in range(first, last):
        one = _hash(points, at, at + 1, SEED)
        found[total] = _mixed(one)
        total += 1
        if at + 1 < last:
            found[total] = _mixed(_hash(points, at + 1, at + 2, one))
            total += 1
    return total


@compiled
def _scan(points, bounds, kind, units, found, ends):
    """Writes the keys of all texts to ``found`` and where each text's end to ``ends``; returns how many there are."""
    total = 0
    for text in range(len(bounds) - 1):
        at, last = bounds[text], bounds[text + 1]
        waiting, state = np.int64(-1), SEED  # where a number without a unit ended, and its hash
        run, word, spoken = np.int64(-1), np.int64(-1), SEED  # where a run ended, where a word did, and the word's hash
        while at < last:
            what = _kind(points[at], kind)
            first = at
            if what == SEPARATOR:
                at += 1
            elif what == UNSPACED:
                while at < last and _kind(points[at], kind) == UNSPACED:
                    at += 1
                if first == word:
                    found[total] = _mixed(_hash(points, first, first + 1, spoken))
                    total += 1
                total = _pairs(points, first, at, found, total)
                run = at
            else:
                at = word = _word_end(points, first, last, kind)
                if first == run:
                    found[total] = _mixed(_stemmed(points, first, at, _hash(points, first - 1, first, SEED)))
                    total += 1
                after = waiting >= 0 and first == waiting + 1 and points[waiting] == SPACE
                if after and _unit(_hash(points, first, at, SEED), units):
                    spoken = _hash(points, first, at, state)
                    found[total - 1] = _mixed(spoken)
                else:
                    spoken = _stemmed(points, first, at, SEED)
                    found[total] = _mixed(spoken)
                    total += 1
                state = _hash(points, first, at, SEED)
                waiting = at if _number(points, first, at) else np.int64(-1)
        ends[text + 1] = total
    return total
