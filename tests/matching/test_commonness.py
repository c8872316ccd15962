"""How common terms are is told by the index as counting would, also after changes; and a few hits are then ranked as among all."""

from __future__ import annotations

import numpy as np

from fuhua.matching.index.index import Document, Index
from fuhua.matching.ranking.channels import characters
from fuhua.matching.ranking.commonness import Indexed
from fuhua.matching.ranking.listings import Listing
from fuhua.matching.ranking.ranker import Ranker
from fuhua.matching.ranking.scoring import HITS
from matching.listings_of_a_fair import NEEDS, OFFERS


def _index(listings: list[Listing] | tuple[Listing, ...]) -> Index:
    return Index.build(Document(place, one.title, one.text) for place, one in enumerate(listings))


def test_characters_pairs_and_words_are_counted_exactly_over_several_indexes() -> None:
    every = [*OFFERS, *NEEDS]
    terms = sorted({term for one in every for term in characters(one.words) if term[0] != "="} | {"缺席", "absent"})
    exact = [sum(term in characters(one.words) for one in every) for term in terms]
    told = Indexed(_index(OFFERS), _index(NEEDS))
    assert (told(terms).tolist(), told.documents) == (exact, len(every))


def test_a_longer_word_is_as_common_as_its_rarest_pair_and_a_group_as_its_members_at_most_half() -> None:
    told = Indexed(_index([Listing(id=str(n), title=title) for n, title in enumerate(("污水处理", "废水", "处理器", "污泥", "水"))]))
    assert told(["污水处理", "处理", "污泥处理", "=废水", "=芯片", "…"]).tolist() == [1, 2, 0, 2, 0, 0]
    crowd = Indexed(_index([Listing(id=str(n), title="废水") for n in range(8)]))
    assert crowd(["废水", "=废水"]).tolist() == [8, 4]


def test_what_is_added_counts_at_once() -> None:
    index = _index(OFFERS)
    before = Indexed(index)(["磷石"])[0]
    index.add([Document(1_000, "磷石膏砌块")])
    assert Indexed(index)(["磷石"])[0] == before + 1


def test_hits_alone_are_ranked_as_among_all_offers() -> None:
    common = Indexed(_index(OFFERS), _index(NEEDS))
    for need in NEEDS[:3]:
        among_all = Ranker(OFFERS, [need], HITS, common).rank(need, 3)
        few = [found.offer for found in among_all.found]
        alone = Ranker(few, [need], HITS, common).rank(need, 3)
        assert [found.offer for found in alone.found] == few
        assert np.allclose([found.score for found in alone.found], [found.score for found in among_all.found], atol=0.15)
