"""Affinity of people to papers: what is near comes first, in English and Chinese, the same every time, and quickly enough."""

from __future__ import annotations

import random

import numpy as np
import pytest

from fuhua.matching.expertise import affinity
from fuhua.matching.expertise.affinity import affinities
from fuhua.matching.expertise.counting import read
from fuhua.matching.expertise.meaning import text_vectors
from fuhua.matching.expertise.terms import terms
from fuhua.matching.expertise.wording import answers_and_questions

FIELDS = {
    "batteries": ["lithium", "battery", "cathode", "electrolyte", "anode", "charging", "cell", "dendrite", "separator", "capacity"],
    "vision": ["image", "segmentation", "camera", "detector", "pixel", "object", "recognition", "scene", "depth", "tracking"],
    "genes": ["gene", "genome", "sequencing", "mutation", "expression", "protein", "transcription", "variant", "allele", "cell"],
}


def written(field: str, seed: int, words: int = 30) -> str:
    """A text of words of a field, always the same one for the same seed."""
    return " ".join(random.Random(f"{field} {seed}").choices(FIELDS[field], k=words))


ARCHIVES = {field: [written(field, seed) for seed in range(8)] for field in FIELDS}
PAPERS = {f"on {field}": written(field, 100) for field in FIELDS}


def test_terms_are_words_without_function_words_and_pairs_of_han_characters():
    assert terms("The Studies of gas-analysis: 2 Batteries, cells") == ["study", "gas", "analysis", "battery", "cell"]
    assert terms("锂电池 AI 与ＧＰＵ") == ["锂电", "电池", "ai", "与", "gpu"]
    assert terms("Straße, naïve 𠀀𠀁") == ["straße", "naïve", "𠀀𠀁"]
    assert terms("of the — 。") == []


def test_everybody_is_nearest_to_the_paper_of_their_own_field():
    scores = affinities(ARCHIVES, PAPERS)
    assert scores.shape == (3, 3)
    assert scores.argmax(axis=0).tolist() == scores.argmax(axis=1).tolist() == [0, 1, 2]
    assert scores.min() >= 0
    assert scores.max() <= 1


def test_chinese_work_is_near_to_a_chinese_paper_of_its_field():
    archives = {
        "电池": ["锂电池正极材料的制备方法", "固态电解质与锂电池的界面", "电池隔膜及其制备"],
        "农业": ["水稻抗病育种研究", "小麦品种的选育与栽培", "水稻种植的土壤改良"],
    }
    scores = affinities(archives, {"甲": "一种锂电池电解质", "乙": "抗病水稻品种选育"})
    assert scores.argmax(axis=0).tolist() == [0, 1]


def test_a_word_that_is_shared_by_meaning_alone_brings_texts_nearer():
    # "anion" and "electrolyte" never stand in one text, but in the same company
    company = ["lithium cathode {} capacity", "dendrite {} anode charging", "separator {} cell lithium", "capacity {} dendrite cathode"]
    texts = [each.format(word) for each in company for word in ("electrolyte", "anion")] * 2
    others = [written("vision", seed, 5) for seed in range(16)]
    vectors = text_vectors(read([*texts, *others, "electrolyte", "anion", "pixel"]))
    near, far = vectors[-3] @ vectors[-2], vectors[-3] @ vectors[-1]
    assert near > 0.5 > far


def test_exact_words_count_as_the_share_of_the_question_that_is_answered():
    texts = ["alpha beta", "alpha", "gamma"]
    answers, questions = answers_and_questions(read(texts))
    shares = (answers @ questions.T).toarray()
    assert (shares[2, :2] == 0).all()
    assert (shares[:2, 2] == 0).all()
    assert 0 < shares[0, 1] < shares[1, 1] < 1
    assert shares[1, 0] < shares[0, 0]


def test_neighbours_never_cross_from_one_text_to_the_next():
    apart, together = read(["alpha", "beta"]).with_neighbours(), read(["alpha beta"]).with_neighbours()
    assert (apart.kinds, together.kinds) == (2, 3)


def test_the_same_texts_always_get_the_same_scores_in_whatever_order_people_and_papers_stand():
    scores = affinities(ARCHIVES, PAPERS)
    assert np.array_equal(scores, affinities(ARCHIVES, PAPERS))
    turned = affinities(dict(reversed(ARCHIVES.items())), dict(reversed(PAPERS.items())))
    assert np.allclose(scores, turned[::-1, ::-1], atol=1e-9)


def test_a_person_without_works_has_nothing_and_takes_nothing_from_others():
    alone = affinities(ARCHIVES, PAPERS)
    with_one = affinities({"nobody": [], **ARCHIVES, "no one": []}, PAPERS)
    assert with_one[0].tolist() == with_one[-1].tolist() == [0, 0, 0]
    assert np.array_equal(with_one[1:-1], alone)


def test_shares_of_people_change_no_score(monkeypatch: pytest.MonkeyPatch):
    archives = {"empty first": [], **ARCHIVES, "empty": [], "one": [written("genes", 50)], "more": [written("vision", 51)] * 5}
    whole = affinities(archives, PAPERS)
    monkeypatch.setattr(affinity, "_AT_ONCE", 1)
    assert np.allclose(affinities(archives, PAPERS), whole, atol=1e-12)


@pytest.mark.parametrize(
    ("archives", "papers"),
    [({}, {}), ({"a": []}, {"p": "text"}), ({"a": ["的"]}, {"p": "of the"}), ({"a": ["one text"]}, {"p": "one text"}), ({"a": ["xy"]}, {})],
)
def test_next_to_nothing_gives_finite_scores_of_the_right_shape(archives: dict[str, list[str]], papers: dict[str, str]):
    scores = affinities(archives, papers)
    assert scores.shape == (len(archives), len(papers))
    assert np.isfinite(scores).all()


def test_many_kinds_of_words_are_decomposed_sparsely_and_still_bring_fields_together():
    rng = random.Random(7)
    fields = {name: [f"{name}{number}" for number in range(400)] for name in ("red", "green", "blue")}
    archives = {name: [" ".join(rng.choices(words, k=60)) for _ in range(25)] for name, words in fields.items()}
    papers = {name: " ".join(rng.choices(words, k=60)) for name, words in fields.items()}
    scores = affinities(archives, papers)
    assert scores.argmax(axis=0).tolist() == [0, 1, 2]
    assert np.array_equal(scores, affinities(archives, papers))
