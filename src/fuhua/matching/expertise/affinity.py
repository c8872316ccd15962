"""The affinity of people to papers: how near each person's nearest works are to a paper, in words and in meaning."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from fuhua.matching.expertise.counting import read
from fuhua.matching.expertise.meaning import text_vectors
from fuhua.matching.expertise.wording import answers_and_questions

NEAREST = 3  # works of a person that count for a paper: one may be chance, all of them would punish a second subject
_AT_ONCE = 8_000_000  # nearnesses of works to papers held in memory at one time


def affinities(archives: Mapping[str, Sequence[str]], papers: Mapping[str, str]) -> np.ndarray:
    """How near the works of each person are to each paper: people × papers, from 0 (nothing in common) to 1, in the order given.

    ``archives`` holds the texts of a person's works, ``papers`` a text each. Everything is learnt from the texts of this call alone:
    values of one call compare with each other, not with those of another. A person without works has 0 for every paper.

    Two views count alike, whatever their scale: the words a paper shares with a work, and the nearness of their meanings. Each is
    taken as the mean of the person's nearest works, then weighted by one over its spread.
    """
    sizes = [len(works) for works in archives.values()]
    texts = read([*(text for works in archives.values() for text in works), *papers.values()])
    works = sum(sizes)
    answers, questions = answers_and_questions(texts)
    vectors = text_vectors(texts)
    worded = np.zeros((len(sizes), len(papers)))
    meant = np.zeros_like(worded)
    asked = questions[works:].T.tocsc()
    for people, first, last in _shares(sizes, len(papers)):
        ends = np.cumsum([sizes[each] for each in people])[:-1]
        worded[people] = _nearest((answers[first:last] @ asked).toarray(), ends)
        meant[people] = _nearest((1 + vectors[first:last] @ vectors[works:].T) / 2, ends)
    return _together(worded, meant, np.flatnonzero(sizes))


def _shares(sizes: Sequence[int], papers: int) -> Iterator[tuple[list[int], int, int]]:
    """People who have works, so many as are looked at together: their numbers, and their first and last work."""
    people: list[int] = []
    first = last = 0
    for person, size in enumerate(sizes):
        if people and (last + size - first) * papers > _AT_ONCE:
            yield people, first, last
            people, first = [], last
        last += size
        if size:
            people.append(person)
    if people:
        yield people, first, last


def _nearest(works: np.ndarray, ends: np.ndarray) -> np.ndarray:
    """The mean of each person's nearest works for each paper; ``works`` is works × papers, parted among people at ``ends``."""
    return np.array([_greatest(own).mean(axis=0) for own in np.split(works, ends)])


def _greatest(own: np.ndarray) -> np.ndarray:
    return own if len(own) <= NEAREST else np.partition(own, -NEAREST, axis=0)[-NEAREST:]


def _together(worded: np.ndarray, meant: np.ndarray, known: np.ndarray) -> np.ndarray:
    """The mean of both views, each weighted by one over its spread among the people who have works; a view without spread says nothing."""
    found = np.zeros_like(worded)
    spreads = [view[known].std() if view[known].size else 0.0 for view in (worded, meant)]
    weights = [1 / spread if spread > 1e-9 else 0.0 for spread in spreads]
    if sum(weights) == 0:
        weights = [1.0, 1.0]
    found[known] = (weights[0] * worded[known] + weights[1] * meant[known]) / sum(weights)
    return found
