"""Made listings whose words are spread as words are in texts: Zipf's law, fields with words of their own, some English and numbers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import product

import numpy as np

VOCABULARY, FIELDS, OF_A_FIELD = 60_000, 500, 400
WORDS = 69  # of a document: about 160 characters with the punctuation
GENERAL, PARTICULAR, SIGNS = 1.2, 1.2, 1.0  # powers of Zipf's law: all words, a field's words, the characters they are made of
OWN = 0.5  # the share of a document's words that are its field's
FOLLOWING = 0.58  # how often a word is followed by the one it likes
BATCH = 10_000
COMMON = tuple("的和与在对了为及等可是中")
COMMON += ("技术", "系统", "产品", "进行", "研究", "应用", "采用", "提供", "具有", "生产", "设备", "企业", "实现", "方法", "材料", "需要")
LATIN = ("led", "5g", "pvc", "cad", "iot", "gps", "plc", "rfid", "sensor", "battery", "robot", "laser", "model", "cloud", "enzyme")
UNITS = ("mm", "kw", "℃", "%", "mpa", "吨", "万元", "米")


@dataclass(frozen=True)
class Corpus:
    """The language that documents and queries are written in; everything follows from the seed."""

    seed: int = 7

    @cached_property
    def words(self) -> np.ndarray:
        """The vocabulary by rank: the commonest words of listings first, then made ones of two to four characters."""
        random = np.random.default_rng(self.seed)
        signs = np.array([bytes(pair).decode("gb2312") for pair in product(range(0xB0, 0xD7), range(0xA1, 0xFA))])
        random.shuffle(signs)
        sizes = random.choice([2, 3, 4], VOCABULARY, p=[0.74, 0.16, 0.10])
        drawn = signs[np.searchsorted(np.cumsum(_zipf(len(signs), SIGNS)), random.random((VOCABULARY, 4)))]
        made = ["".join(row[:size]) for row, size in zip(drawn.tolist(), sizes.tolist(), strict=True)]
        for at in range(50, VOCABULARY, 25):
            made[at] = LATIN[at // 25 % len(LATIN)] + ("" if at < 3_000 else str(at))
        for at in range(60, VOCABULARY, 40):
            made[at] = f"{random.integers(1, 500)}{UNITS[at // 40 % len(UNITS)]}"
        return np.array([*COMMON, *made[len(COMMON) :]], dtype=object)

    @cached_property
    def fields(self) -> np.ndarray:
        """The words of each field, the most typical first: [fields, words of a field]."""
        random = np.random.default_rng(self.seed + 1)
        return len(COMMON) + (random.random((FIELDS, OF_A_FIELD)) ** 1.5 * (VOCABULARY - len(COMMON))).astype(np.int64)

    @cached_property
    def next(self) -> np.ndarray:
        """The word that each word likes to be followed by, by rank."""
        return np.random.default_rng(self.seed + 2).permutation(VOCABULARY)

    def _drawn(self, count: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
        random = np.random.default_rng(seed)
        field = random.integers(0, FIELDS, count)
        everyone = np.searchsorted(np.cumsum(_zipf(VOCABULARY, GENERAL)), random.random((count, WORDS))).clip(0, VOCABULARY - 1)
        typical = np.searchsorted(np.cumsum(_zipf(OF_A_FIELD, PARTICULAR)), random.random((count, WORDS))).clip(0, OF_A_FIELD - 1)
        own = random.random((count, WORDS)) < OWN
        drawn = np.where(own, self.fields[field[:, None], typical], everyone)
        for at in range(1, WORDS):
            follows = random.random(count) < FOLLOWING
            drawn[follows, at], own[follows, at] = self.next[drawn[follows, at - 1]], own[follows, at - 1]
        return drawn, own

    def documents(self, count: int, seed: int = 0) -> Iterator[tuple[list[str], list[str]]]:
        """Each document as the words of its title and those of its text; punctuation is a word."""
        for first in range(0, count, BATCH):
            drawn, own = self._drawn(min(BATCH, count - first), self.seed * 1_000_003 + seed * 10_007 + first)
            for row, mine in zip(self.words[drawn].tolist(), own, strict=True):
                title = [row[at] for at in np.flatnonzero(mine)[:4].tolist()]
                for at in range(8, WORDS, 9):
                    row[at] = "。" if at % 4 == 0 else "，"
                yield title, row


def _zipf(count: int, power: float) -> np.ndarray:
    chances = 1.0 / np.arange(1, count + 1) ** power
    return chances / chances.sum()


def short_queries(corpus: Corpus, count: int) -> list[list[str]]:
    """Two to four words as people type them: the typical words of a need that is not in the index."""
    return [title[: 2 + at % 3] for at, (title, _text) in enumerate(corpus.documents(count, seed=101))]


def long_queries(corpus: Corpus, count: int) -> list[list[str]]:
    """The words of a whole need that is not in the index, 100 to 160 characters."""
    return [text[: 47 + at % 26] for at, (_title, text) in enumerate(corpus.documents(count, seed=202))]
