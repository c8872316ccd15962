"""The lexical rankers that ours is measured beside: BM25 over words and over pairs of characters, titles, and five fused by rank."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

import numpy as np
import rjieba
from numpy.typing import NDArray
from scipy import sparse

from fuhua.matching.ranking.listings import Listing
from fuhua.matching.text.tokens import normal, terms

Scores = NDArray[np.float64]
K1, B, FUSED = 1.2, 0.75, 60


def words(text: str) -> list[str]:
    return [word for word in rjieba.cut(normal(text)) if any(map(str.isalnum, word))]


def pairs(text: str) -> list[str]:
    return [term for term in terms(text) if len(term) > 1]


def bm25(split: Callable[[str], list[str]], queries: Sequence[str], documents: Sequence[str]) -> Scores:
    """Okapi BM25 of every query (rows) and document (columns)."""
    counted = [Counter(split(document)) for document in documents]
    column = {term: place for place, term in enumerate(sorted({term for count in counted for term in count}))}
    rows = _matrix([{column[term]: float(many) for term, many in count.items()} for count in counted], len(column))
    length = np.array([count.total() for count in counted])
    frequency = rows.count_nonzero(axis=0)
    rarity = np.log(1 + (len(documents) - frequency + 0.5) / (frequency + 0.5))
    slope = np.repeat(K1 * (1 - B + B * length / length.mean()), np.diff(rows.indptr))
    rows.data = rows.data * (K1 + 1) / (rows.data + slope) * rarity[rows.indices]
    asked = _matrix([{column[term]: 1.0 for term in set(split(query)) if term in column} for query in queries], len(column))
    return (asked @ rows.T.tocsr()).toarray()


def _matrix(rows: list[dict[int, float]], columns: int) -> sparse.csr_array:
    ends = np.cumsum([0, *map(len, rows)])
    places = np.array([place for row in rows for place in row], np.int64)
    values = np.array([value for row in rows for value in row.values()])
    return sparse.csr_array((values, places, ends), shape=(len(rows), columns))


def rankers(needs: Sequence[Listing], offers: Sequence[Listing]) -> dict[str, Scores]:
    """Scores of needs × offers by each peer."""
    whole, offered = [need.words for need in needs], [offer.words for offer in offers]
    title, titles = [need.title for need in needs], [offer.title for offer in offers]
    found = {
        "word BM25": bm25(words, whole, offered),
        "pair BM25": bm25(pairs, whole, offered),
        "titles only": bm25(terms, title, titles),
        "titles, words": bm25(words, title, titles),
        "need's title, whole offer": bm25(pairs, title, offered),
    }
    fused = sum(1 / (FUSED + 1 + np.argsort(np.argsort(-scores, axis=1, kind="stable"), axis=1)) for scores in found.values())
    return {name: found[name] for name in ("word BM25", "pair BM25", "titles only")} | {"five fused by rank": fused}
