"""Ranking: the right offer first, duplicates beside each other, abstention, reasons, calibration, all at once as one by one."""

from __future__ import annotations

import time

import numpy as np
import pytest

from fuhua.matching.ranking.listings import Listing, listing
from fuhua.matching.ranking.near import members, near
from fuhua.matching.ranking.ranker import Ranker
from fuhua.matching.ranking.reasons import Explainer
from fuhua.matching.ranking.scoring import FEATURES, SHIPPED
from matching.listings_of_a_fair import NEEDS, OFFERS


@pytest.fixture(scope="module")
def ranker() -> Ranker:
    return Ranker(OFFERS, NEEDS)


def _first(ranker: Ranker, need: Listing) -> str:
    return ranker.rank(need).found[0].offer.id


def test_the_offer_of_the_same_thing_comes_first(ranker: Ranker) -> None:
    assert [_first(ranker, NEEDS[place]) for place in (0, 4)] == ["A1", "A5"]


def test_near_terms_find_an_offer_that_shares_hardly_a_word(ranker: Ranker) -> None:
    assert [_first(ranker, NEEDS[place]) for place in (1, 2)] == ["A2", "A3"]


def test_all_needs_at_once_are_ranked_as_each_alone(ranker: Ranker) -> None:
    alone = [[(found.offer.id, round(found.score, 5)) for found in ranker.rank(need).found] for need in NEEDS]
    together = [[(found.offer.id, round(found.score, 5)) for found in each.found] for each in ranker.rank_all(NEEDS)]
    assert together == alone


def test_scores_are_probabilities_that_fall_along_the_list(ranker: Ranker) -> None:
    for ranking in ranker.rank_all(NEEDS):
        scores = [found.score for found in ranking.found]
        assert scores == sorted(scores, reverse=True)
        assert all(0 <= score <= 1 for score in scores)


def test_the_same_offer_posted_twice_stands_side_by_side_in_the_order_of_posting(ranker: Ranker) -> None:
    order = [found.offer.id for found in ranker.rank(Listing(id="N", title="工业机器人焊接工作站")).found]
    assert order[:2] == ["A7", "A6"] or order[:2] == ["A6", "A7"]


def test_a_need_that_no_offer_speaks_of_is_left_unanswered_but_shows_the_nearest(ranker: Ranker) -> None:
    ranking = ranker.rank(NEEDS[3], most=4)
    assert ranking.abstain
    assert len(ranking.found) == 4


def test_one_offer_that_is_sure_answers_and_so_do_three_that_may_be_but_not_one_alone() -> None:
    given = {"sure": [0.8, 0.0], "three": [0.3, 0.25, 0.2, 0.0], "one": [0.6, 0.01, 0.01], "many poor": [0.2] * 9, "none": []}
    abstained = {name: SHIPPED.abstains(np.array(each, np.float32)) for name, each in given.items()}
    assert abstained == {"sure": False, "three": False, "one": True, "many poor": True, "none": True}


def test_without_offers_there_is_nothing_and_it_says_so() -> None:
    ranking = Ranker([]).rank(NEEDS[0])
    assert (ranking.abstain, ranking.found) == (True, ())


def test_one_offer_without_words_is_no_obstacle() -> None:
    ranking = Ranker([Listing(id="A")]).rank(Listing(id="N"))
    assert (ranking.abstain, [found.score < 0.01 for found in ranking.found]) == (True, [True])


def test_fewer_are_given_when_fewer_are_asked(ranker: Ranker) -> None:
    assert [len(ranker.rank(NEEDS[0], most).found) for most in (0, 1, 5, 50)] == [0, 1, 5, len(OFFERS)]
    assert ranker.rank(NEEDS[0], 1).abstain == ranker.rank(NEEDS[0], 50).abstain


def test_features_of_a_listing_against_itself_are_one() -> None:
    same = Ranker(OFFERS).features([OFFERS[0]])[0, 0]
    assert same.shape == (len(FEATURES),)
    assert same[3:] == pytest.approx([1, 1, 1, 0], abs=1e-5)  # no embedder is asked
    assert (same[:2] > 0.9).all()  # not quite one: a need's title weighs less than an offer's


def test_reasons_name_the_shared_terms_once_where_they_stand(ranker: Ranker) -> None:
    (reasons,) = Explainer(ranker.words).reasons(NEEDS[0], [OFFERS[0]])
    told = [str(reason.told.zh) for reason in reasons]
    assert told[-3:] == ["指标满足：抗压强度 25MPa ≥ 20MPa", "同属行业：制造业", "成熟度：通过中试"]
    assert told[0] == "标题同有：磷石膏" or told[0].startswith("标题同有：")
    named = [value for reason in reasons[:-3] if reason.kind != "near" for value in reason.values]
    assert len(named) == len(set(named))


def test_reasons_are_told_in_english_too(ranker: Ranker) -> None:
    (reasons,) = Explainer(ranker.words).reasons(NEEDS[4], [OFFERS[4]])
    assert [reason.told.en for reason in reasons if reason.kind in ("quantity", "field", "maturity")] == [
        "Figure satisfied: 最低温度 8mK ≤ 10mK", "Same industry: 制造业", "Maturity: 已有样品"
    ]  # fmt: skip


def test_a_word_inside_a_longer_word_of_the_other_is_shared_too(ranker: Ranker) -> None:
    need, offer = Listing(id="N", title="餐厨垃圾"), Listing(id="A", title="有机质垃圾处理设备")
    (reasons,) = Explainer(ranker.words).reasons(need, [offer])
    assert ["垃圾" in value for reason in reasons if reason.kind == "titles" for value in reason.values] == [True]


def test_reasons_for_listings_of_nothing_but_figures_are_given_at_once(ranker: Ranker) -> None:
    bounds, figures = ("".join(f"温度{sign}{each} mm，" for each in range(4_000)) for sign in ("≥9", ""))
    need, offer = Listing(id="N", title="设备", text=f"温度≥5 mm，{bounds}"), Listing(id="A", title="设备", text=figures)
    began = time.process_time()
    (reasons,) = Explainer(ranker.words).reasons(need, [offer])
    assert time.process_time() - began < 3  # held against each other one by one they take half a minute
    assert [reason.values for reason in reasons if reason.kind == "quantity"] == [("温度 5 mm ≥ 5 mm",)]


def test_near_terms_are_a_reason_with_both_words(ranker: Ranker) -> None:
    (reasons,) = Explainer(ranker.words).reasons(NEEDS[1], [OFFERS[1]])
    assert "近义：小龙虾 ≈ 克氏原螯虾" in [reason.told.zh for reason in reasons]


def test_a_latin_near_term_counts_as_a_whole_word_only() -> None:
    assert (near("LED灯"), near("called"), near("AI质检")) == (("=led",), (), ("=人工智能",))
    assert members("锂电与锂离子电池") == {"=锂电池": {"锂电", "锂离子电池"}}


def test_a_record_may_lack_all_but_its_id() -> None:
    assert listing({"id": 7, "name": None, "price": "面议"}) == Listing(id="7")
    found = listing({"id": "A", "title": "题", "context": "文", "industry": "新材料"})
    assert found == Listing(id="A", title="题", text="文", area="新材料")
    with pytest.raises(ValueError, match="no “id”"):
        listing({"name": "题"})
