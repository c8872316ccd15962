"""Exact words: what share of a text's terms, weighted by how rare they are, another text has (BM25 with the text as the question)."""

from __future__ import annotations

import numpy as np
from scipy import sparse

from fuhua.matching.expertise.counting import Running, damped, rarity

# Robertson and Zaragoza ("The probabilistic relevance framework: BM25 and beyond", 2009): how soon repetition stops to count,
# and how much a long text has to say for it. Their usual values; no others were clearly better.
SATURATION = 1.2
LENGTH = 0.75


def answers_and_questions(texts: Running) -> tuple[sparse.csr_array, sparse.csr_array]:
    """Two matrices, texts × terms, ``A`` and ``Q``: ``(A @ Q.T)[i, j]`` (0 … 1) is how much of text ``j`` is worded in text ``i``.

    Terms are single ones and neighbours.
    """
    counts = texts.with_neighbours().counted()
    lengths = counts.sum(axis=1)
    drag = SATURATION * (1 - LENGTH + LENGTH * lengths * len(lengths) / max(lengths.sum(), 1))
    answers = counts.copy()
    answers.data = answers.data / (answers.data + np.repeat(drag, np.diff(counts.indptr)))
    questions = damped(counts) * rarity(counts)
    mass = np.maximum(questions.sum(axis=1), 1e-9)
    return answers, sparse.csr_array(questions / mass[:, None])
