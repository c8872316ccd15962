"""The scoring of candidates, with weights moved by what people found to fit and not to fit."""

from __future__ import annotations

from functools import lru_cache

from fuhua.exchange.models import Feedback, Listing, Shortlisted
from fuhua.exchange.queries import finding
from fuhua.exchange.queries.postings import posting
from fuhua.exchange.words import SUBJECT
from fuhua.matching.ranking.feedback import Judged, learn
from fuhua.matching.ranking.ranker import Ranker
from fuhua.matching.ranking.scoring import HITS, Scoring

_ANSWERS, _NEEDS = 1_000, 50  # the latest answers that are read, and the needs with answers that teach
Answers = tuple[tuple[str, bool], ...]  # URNs of offers, and whether each fits


def scoring() -> Scoring:
    """The shipped scoring of hits, taught by the latest answers: what brokers put on a shortlist fits, what was refused for its subject
    does not. It is derived whenever an answer is new, and never moves far (:func:`~fuhua.matching.ranking.feedback.learn`)."""
    return _taught(_answers())


def _answers() -> tuple[tuple[str, Answers], ...]:
    """The needs with both answers, by URN, the latest first, each with what was said of its offers."""
    refused = Feedback.objects.filter(reason__in=SUBJECT).order_by("-at", "-pk").values_list("need_id", "need__urn", "offer__urn")
    told: dict[int, tuple[str, dict[str, bool]]] = {}
    for pk, need, offer in refused[:_ANSWERS]:
        if pk in told or len(told) < _NEEDS:
            told.setdefault(pk, (need, {}))[1][offer] = False
    for pk, offer in Shortlisted.objects.filter(need__in=list(told)).order_by("need", "rank").values_list("need_id", "offer__urn"):
        told[pk][1].setdefault(offer, True)
    return tuple((need, tuple(offers.items())) for need, offers in told.values() if len(set(offers.values())) == 2)


@lru_cache(4)
def _taught(answers: tuple[tuple[str, Answers], ...]) -> Scoring:
    return learn([judged for need, offers in answers for judged in _judged(need, offers)], HITS) if answers else HITS


@lru_cache(2 * _NEEDS)
def _judged(need: str, offers: Answers) -> tuple[Judged, ...]:
    """What the ranker sees of a need and its judged offers, as they stood when this process first asked."""
    rows = Listing.objects.in_bulk([need, *(urn for urn, _fits in offers)], field_name="urn")
    asked = posting(rows[need])
    ranker = Ranker([posting(rows[urn]) for urn, _fits in offers], [asked], HITS, finding.commonness())
    return tuple(Judged(need, features, fits) for features, (_urn, fits) in zip(ranker.features([asked])[0], offers, strict=True))
