"""Near meanings: vectors of words learnt from which words the texts at hand use together, and of texts as the sum of their words."""

from __future__ import annotations

import numpy as np
from scipy import sparse
from scipy.sparse.linalg import svds

from fuhua.matching.expertise.counting import Running, damped, rarity, texts_with

# Usual values for vectors learnt from counts (Levy, Goldberg and Dagan, "Improving distributional similarity with lessons learned
# from word embeddings", 2015): half the weight of the singular values, contexts smoothed to the power 3/4, near words count more.
DIMENSIONS = 100
WINDOW = 10
SMOOTHING = 0.75
WEIGHT = 0.5
LEAST_TEXTS = 2  # a word of one text alone ties it to no other
MOST_TERMS = 1_000_000  # of more text, an even sample teaches as much
DENSE = 500  # so few kinds of words are decomposed exactly


def text_vectors(texts: Running) -> np.ndarray:
    """Vectors of length 1, texts × dimensions, whose product is the nearness of two texts (−1 … 1); all 0 without shared words.

    The mean of all texts is taken off first: what all of them share tells none from another.
    """
    known = texts.kept(texts_with(texts.counted()) >= LEAST_TEXTS)
    counts = known.counted()
    weights = sparse.csr_array(damped(counts) * rarity(counts))
    vectors = _unit(weights @ _word_vectors(known))
    return _unit(vectors - vectors.mean(axis=0)) if len(vectors) else vectors


def _word_vectors(texts: Running) -> np.ndarray:
    """A vector for each kind of term: the positive pointwise mutual information of terms that stand near, decomposed."""
    together = _near_each_other(texts).tocoo()
    often = np.bincount(together.row, weights=together.data, minlength=texts.kinds)
    context = often**SMOOTHING
    information = np.log(together.data * context.sum() / (often[together.row] * context[together.col]))
    told = information > 0
    where = (together.row[told], together.col[told])
    return _decomposed(sparse.csr_array((information[told], where), shape=together.shape))


def _near_each_other(texts: Running) -> sparse.csr_array:
    """Kinds × kinds: how often two stand in one text within the window, each time weighted by one over their distance."""
    sampled = texts.text % -(-max(len(texts.term), 1) // MOST_TERMS) == 0
    term, text = texts.term[sampled], texts.text[sampled]
    shape = (texts.kinds, texts.kinds)
    found = sparse.csr_array(shape)
    for distance in range(1, WINDOW + 1):
        same = text[distance:] == text[:-distance]
        left, right = term[:-distance][same], term[distance:][same]
        found += sparse.csr_array((np.full(len(left), 1 / distance), (left, right)), shape=shape)
    return sparse.csr_array(found + found.T)


def _decomposed(matrix: sparse.csr_array) -> np.ndarray:
    if min(matrix.shape) <= DENSE:
        left, values, _right = np.linalg.svd(matrix.toarray(), full_matrices=False)
    else:  # the start is given, so that the same texts always give the same vectors
        left, values, _right = svds(matrix, DIMENSIONS, v0=np.ones(matrix.shape[0]))
    greatest = np.argsort(-values, kind="stable")[:DIMENSIONS]
    return left[:, greatest] * values[greatest] ** WEIGHT


def _unit(vectors: np.ndarray) -> np.ndarray:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.divide(vectors, lengths, out=np.zeros_like(vectors), where=lengths > 1e-9)
