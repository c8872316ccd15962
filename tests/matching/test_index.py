"""The index gives exactly the best documents, whatever was added, replaced, taken out, put together or left out."""

from __future__ import annotations

import gc
import math
import weakref
from collections import Counter
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fuhua.matching.compiled import compiled
from fuhua.matching.index import index as module
from fuhua.matching.index.asking import FEW, MOST_TERMS, REPEATS, SCORE, SEEK, UNIT, best_of, widest
from fuhua.matching.index.index import WEIGHTS, Document, Index
from fuhua.matching.index.segment import LENGTH, SATURATION, STRENGTHS
from fuhua.matching.text.tokens import terms


def strengths(one: Document, typical: float) -> dict[str, int]:
    """The whole-number strength of each term of a document, in plain Python."""
    counts: Counter[str] = Counter()
    for text, weight in zip((one.title, one.text), WEIGHTS.tolist(), strict=True):
        for term in terms(text, joined=True):
            counts[term] += weight
    damped = SATURATION * (1 - LENGTH + LENGTH * sum(counts.values()) / typical)
    return {term: max(1, round(STRENGTHS * count / (count + damped))) for term, count in counts.items()}


class Exhaustive:
    """Adds everything up, in plain Python."""

    def __init__(self, documents: list[Document], typical: float) -> None:
        self.told = {one.key: strengths(one, typical) for one in documents}
        self.spread = Counter(term for one in self.told.values() for term in one)

    def weights(self, query: str) -> dict[str, int]:
        """The whole-number weight of each term that is scored."""
        size, most = len(self.told), widest(len(self.told))
        asked = {term: count for term, count in Counter(terms(query, joined=True)).items() if self.spread[term]}
        if any(self.spread[term] <= most for term in asked):
            asked = {term: count for term, count in asked.items() if self.spread[term] <= most}
        rarity = {term: math.log(1 + (size - self.spread[term] + 0.5) / (self.spread[term] + 0.5)) for term in asked}
        return {term: max(1, round(UNIT * rarity[term] * (count * (REPEATS + 1) / (count + REPEATS)))) for term, count in asked.items()}

    def best(self, query: str, k: int, among: set[int] | None = None) -> list[tuple[int, int]]:
        """The keys and whole-number scores of the best, best first, equal ones in the order they were put in."""
        weights = self.weights(query)
        scores = [(key, sum(weight * has.get(term, 0) for term, weight in weights.items())) for key, has in self.told.items()]
        left = [(key, score) for key, score in scores if score and (among is None or key in among)]
        return sorted(left, key=lambda one: -one[1])[:k]


def found(index: Index, query: str, k: int, among: set[int] | None = None) -> list[tuple[int, int]]:
    hits = index.search(query, k, among)
    return list(zip(hits.keys.tolist(), np.rint(hits.scores / SCORE).astype(int).tolist(), strict=True))


TEXTS = st.text(alphabet="孵化器的机人 ab，5", max_size=12)
CORPORA = st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=40).map(
    lambda texts: [Document(1_000 - 7 * at, *pair) for at, pair in enumerate(texts)]
)


WAYS = {"walked": (10**6, SEEK), "as measured": (FEW, SEEK), "swept and looked up": (0, 0), "swept with everything added up": (0, 10**6)}


def in_this_way(index: Index, query: str, k: int, way: str) -> list[tuple[int, int]]:
    keys, scores = best_of(index.segments, [one.alive for one in index.segments], [query], k, *WAYS[way])[0]
    return list(zip(keys.tolist(), np.rint(scores / SCORE).astype(int).tolist(), strict=True))


@settings(max_examples=150, deadline=None)
@given(CORPORA, TEXTS, st.integers(1, 12), st.sampled_from(sorted(WAYS)))
def test_the_best_are_those_of_adding_everything_up(documents, query, k, way):
    index = Index.build(documents)
    assert in_this_way(index, query, k, way) == Exhaustive(documents, index.typical).best(query, k)


@settings(max_examples=60, deadline=None)
@given(CORPORA, TEXTS, st.sets(st.integers(0, 40)), st.integers(1, 5))
def test_a_filter_leaves_the_best_of_those_it_names(documents, query, chosen, k):
    among = {1_000 - 7 * at for at in chosen}
    index = Index.build(documents)
    assert found(index, query, k, among) == Exhaustive(documents, index.typical).best(query, k, among)


@settings(max_examples=60, deadline=None)
@given(CORPORA, TEXTS, st.sets(st.integers(0, 40)), st.integers(1, 5))
def test_a_narrowed_index_is_one_of_those_documents_alone(documents, query, chosen, k):
    among = {1_000 - 7 * at for at in chosen}
    index = Index.build(documents)
    left = [one for one in documents if one.key in among]
    assert found(index.narrow(among), query, k) == Exhaustive(left, index.typical).best(query, k)


def many(count: int, seed: int) -> list[Document]:
    """Documents of words of very unlike frequency."""
    random = np.random.default_rng(seed)
    words = ["".join(map(chr, random.integers(0x4E00, 0x4E80, size))) for size in random.integers(1, 4, 400)]
    drawn = np.minimum(random.zipf(1.3, (count, 24)) - 1, 399)
    return [Document(key, words[row[0]] + words[row[1]], "，".join(words[at] for at in row[2:])) for key, row in enumerate(drawn)]


def test_the_best_are_exact_over_large_and_small_segments_and_long_queries():
    documents = many(2_600, 1)
    index = Index.build(documents[:700])
    for first in range(700, 2_600, 100):
        index.add(documents[first : first + 100])
    assert len(index.segments) > 2
    exhaustive = Exhaustive(documents, index.typical)
    for one in many(10, 2):
        for query in (one.title, one.text, one.text[:6], documents[one.key].text):
            expected = exhaustive.best(query, 3)
            assert [in_this_way(index, query, 3, way) for way in WAYS] == [expected] * len(WAYS)


@pytest.mark.parametrize(("apart", "size", "signs"), [(" ", 4, 120), ("", 15, 40)], ids=["common characters", "a long text of rarer pairs"])
def test_the_best_are_exact_where_a_query_touches_most_documents(apart, size, signs):
    random = np.random.default_rng(8)
    texts = ["".join(map(chr, 0x4E00 + np.minimum(random.geometric(2.4 / signs, 40), signs))) for _ in range(4_420)]
    documents = [Document(key, text[:2], text[2:]) for key, text in enumerate(texts)]
    index = Index.build(documents[:3_000])
    index.add(documents[3_000:4_400])
    index.remove(range(0, 4_400, 50))
    assert len(index.segments) == 2
    exhaustive, among = Exhaustive(documents[:4_400], index.typical), set(range(0, 4_400, 9))
    living = {key for key in range(4_400) if key % 50}
    for first in range(4_400, 4_404):
        query = apart.join("".join(texts[first : first + size]))
        assert sum(exhaustive.spread[term] for term in exhaustive.weights(query)) > 2 * FEW
        assert found(index, query, 10) == exhaustive.best(query, 10, living)
        assert found(index, query, 10, among) == exhaustive.best(query, 10, among & living)


def test_a_document_is_found_as_soon_as_it_is_added_and_no_more_once_it_is_removed():
    index = Index.build(many(300, 3))
    index.add([Document(900, "超导磁体", "低温")])
    assert index.search("超导磁体").keys[0] == 900
    index.remove([900, 12_345])
    assert 900 not in index.search("超导磁体").keys.tolist()
    assert len(index) == 300


def test_a_document_with_a_key_that_is_there_takes_its_place():
    index = Index.build([Document(1, "旧题", "旧文"), Document(2, "别的", "文")])
    index.add([Document(1, "头一次", ""), Document(1, "新题", "新文")])
    assert (len(index), index.search("旧").keys.tolist(), index.search("新题").keys.tolist()) == (2, [], [1])


def test_tidying_changes_what_is_held_and_not_what_is_found():
    documents = many(2_000, 4)
    index = Index.build(documents[:1_500])
    for first in range(1_500, 2_000, 50):
        index.add(documents[first : first + 50])
    index.remove(range(0, 2_000, 3))
    index.tidy()
    left = [one for one in documents if one.key % 3]
    assert (len(index), sum(len(one.keys) for one in index.segments)) == (len(left), len(left))
    exhaustive = Exhaustive(left, index.typical)
    for one in many(10, 5):
        assert found(index, one.text, 10) == exhaustive.best(one.text, 10)


def test_many_queries_at_once_are_answered_as_each_alone():
    index = Index.build(many(1_000, 6))
    queries = [one.title for one in many(200, 7)]
    together = index.search_many(queries)
    alone = [index.search(query) for query in queries]
    assert [one.keys.tolist() for one in together] == [one.keys.tolist() for one in alone]


def test_an_empty_index_an_empty_query_and_unknown_terms_find_nothing():
    index = Index.build([])
    assert index.search("机器").keys.tolist() == []
    index.add([Document(1, "机器")])
    assert [index.search(query).keys.tolist() for query in ("", "，", "别", "机器")] == [[], [], [], [1]]


def test_batches_are_let_go_when_their_work_is_done(monkeypatch):
    class Batch:
        """One that can be watched."""

    alive = weakref.WeakSet()

    def batches():
        for _number in range(12):
            one = Batch()
            alive.add(one)
            yield one
            del one

    monkeypatch.setattr(module, "PROCESSORS", 2)
    held = []
    for _result in module._side_by_side(id, batches()):
        gc.collect()
        held.append(len(alive))
    assert (len(held), max(held) <= 5, held[-1] <= 1) == (12, True, True)


def test_a_key_given_twice_and_no_documents_wanted_are_refused():
    with pytest.raises(ValueError, match="one document only"):
        Index.build([Document(1, "甲"), Document(1, "乙")])
    with pytest.raises(ValueError, match="at least one"):
        Index.build([Document(1, "甲")]).search("甲", k=0)


def test_more_terms_than_are_scored_leave_the_heaviest():
    far = "".join(map(chr, range(0x4E00, 0x4E00 + MOST_TERMS)))
    index = Index.build([Document(1, far), Document(2, "机器"), *(Document(key, "机") for key in range(3, 9))])
    assert index.search("机器" + far).keys.tolist()[0] == 1


def test_where_no_compiled_code_can_be_kept_it_is_compiled_all_the_same():
    names: dict[str, Any] = {}
    exec("def doubled(number):\n    return 2 * number", names)  # of no file, so there is no place for a cache
    assert compiled(names["doubled"])(21) == 42
