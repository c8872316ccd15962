"""The ranking as a shortlist of the exchange does it: only hits of an index are scored, by rarities that the index tells."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from benchmarks.measure import percentile, timed
from fuhua.matching.dense import Kept, nearer
from fuhua.matching.index.index import Document, Index
from fuhua.matching.ranking.commonness import Indexed
from fuhua.matching.ranking.listings import Listing
from fuhua.matching.ranking.ranker import Ranker
from fuhua.matching.ranking.scoring import FEATURES, HITS, Floats

WHOLE, TITLE = 40, 20  # hits for all that the need says, and for its title alone


def features(needs: Sequence[Listing], every: Sequence[Listing], offers: Sequence[Listing]) -> tuple[dict[str, Floats], float]:
    """Need → offers × features, 0 for what was not hit, and the median processor milliseconds of a need.

    ``every`` need is in the index whose rarities count.
    """
    offered, needed = (Index.build(Document(place, one.title, one.text) for place, one in enumerate(side)) for side in (offers, every))
    found: dict[str, Floats] = {}
    spent = []
    for need in needs:
        with timed() as took:
            hits = [offered.search(words, most).keys for words, most in ((need.words, WHOLE), (need.title, TITLE))]
            rows = np.unique(np.concatenate(hits))
            near = Ranker([offers[row] for row in rows], [need], HITS, Indexed(offered, needed)).features([need])[0]
        found[need.id] = np.zeros((len(offers), len(FEATURES)), np.float32)
        found[need.id][rows] = near
        spent.append(took.cpu * 1000)
    return found, round(percentile(spent, 0.5), 1)


def meant(found: dict[str, Floats], needs: Sequence[Listing], offers: Sequence[Listing], kept: Kept) -> dict[str, Floats]:
    """The features with what an embedder tells of the offers that were hit; raises ``NoEmbedding``."""
    told = {}
    for need in needs:
        told[need.id] = found[need.id].copy()
        rows = np.flatnonzero(told[need.id].any(axis=1))
        told[need.id][rows, FEATURES.index("meaning")] = nearer(kept.embed([need.words, *(offers[row].words for row in rows)]))
    return told
