"""Folding finds postings of the same offer; feedback improves needs it has not seen, and spam moves little."""

from __future__ import annotations

import numpy as np
import pytest

from fuhua.matching.ranking.feedback import Judged, learn
from fuhua.matching.ranking.folding import fold
from fuhua.matching.ranking.listings import Listing
from fuhua.matching.ranking.scoring import FEATURES, SHIPPED, Scoring
from matching.listings_of_a_fair import OFFERS

TEXT = "本发明公开了一种用于纺织品高光谱图像采集及数码测色的光照系统，包括光源、积分球和可调支架，照度均匀，结构简单，成本低廉。"


def test_equal_titles_and_nearly_equal_texts_fold_and_others_do_not() -> None:
    again = Listing(id="B1", title="光照系统（二）", text=TEXT)
    first = Listing(id="B0", title="一种光照系统", text=TEXT)
    other = Listing(id="B2", title="一种测色方法", text="测量织物颜色的方法，先标定白板，再测量样品。")
    assert fold([*OFFERS, first, other, again]) == [0, 1, 2, 3, 4, 5, 5, 7, 8, 7]


def test_listings_without_a_word_are_each_their_own() -> None:
    assert fold([Listing(id="1"), Listing(id="2", title="…"), Listing(id="3", title="…")]) == [0, 1, 2]


def test_a_chain_of_postings_is_one_group_even_when_found_late() -> None:
    ends = Listing(id="1", title="甲", text=TEXT), Listing(id="2", title="乙", text="全然不同的说明文字，讲的是另一件事情。")
    both = Listing(id="3", title="乙", text=TEXT)
    assert fold([*ends, both]) == [0, 0, 0]


def _feedback(needs: range, seed: int) -> list[Judged]:
    """Needs whose fitting offers differ from the others by their titles only, under noise."""
    random = np.random.default_rng(seed)
    found = []
    for need in needs:
        for offer in range(10):
            fits = offer < 3
            features = random.uniform(0.05, 0.35, len(FEATURES)).astype(np.float32)
            features[FEATURES.index("titles")] = random.normal(0.6 if fits else 0.3, 0.1)
            found.append(Judged(f"N{need}", features, fits))
    return found


def _rightly_ordered(scoring: Scoring, judged: list[Judged]) -> float:
    mixed = [(one.need, one.fits, float(scoring.mix(one.features))) for one in judged]
    pairs = [good > bad for need, fits, good in mixed if fits for other, does, bad in mixed if other == need and not does]
    return sum(pairs) / len(pairs)


def test_feedback_improves_the_ranking_of_needs_it_has_not_seen() -> None:
    learnt = learn(_feedback(range(60), seed=1))
    held = _feedback(range(100, 160), seed=2)
    assert _rightly_ordered(learnt, held) > _rightly_ordered(SHIPPED, held) + 0.03


def test_more_feedback_moves_further_and_never_out_of_the_box() -> None:
    start = np.array(SHIPPED.weights)
    moved = [np.abs(np.array(learn(_feedback(range(count), seed=3)).weights) - start) for count in (5, 50, 2000)]
    assert moved[0].max() < moved[1].max()
    assert all((each <= np.maximum(0.5 * start, 0.1) + 1e-6).all() for each in moved)


def test_a_thousand_clicks_on_one_need_weigh_as_one() -> None:
    few = _feedback(range(1), seed=4)
    assert learn(few * 100).weights == pytest.approx(learn(few).weights, abs=1e-4)


def test_spam_that_calls_bad_good_on_many_needs_does_not_turn_the_order_of_what_is_near() -> None:
    spam = [Judged(one.need, one.features, not one.fits) for one in _feedback(range(3000), seed=5)]
    near, far = np.array([0.6, 0.6, 0.5, 0.6, 0.3, 1, 0], np.float32), np.array([0.15, 0.1, 0.1, 0.1, 0.1, 0, 0], np.float32)
    learnt = learn(spam)
    assert learnt.mix(near) > 3 * learnt.mix(far)


def test_what_is_learnt_changes_the_order_and_not_how_much_is_expected() -> None:
    judged = _feedback(range(300), seed=7)
    learnt, features = learn(judged), np.array([one.features for one in judged])
    assert learnt.weights != SHIPPED.weights
    before, after = (scoring.odds(scoring.mix(features)).mean() for scoring in (SHIPPED, learnt))
    assert after == pytest.approx(before, abs=1e-3)


def test_feedback_without_both_answers_for_a_need_teaches_nothing() -> None:
    assert learn([one for one in _feedback(range(20), seed=6) if one.fits]) is SHIPPED
    assert learn([]) is SHIPPED
