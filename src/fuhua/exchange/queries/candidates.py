"""Offers that may answer a need, best first, each with reasons that a person can check; nothing when nothing fits."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np
from django.db.models import Q, QuerySet

from fuhua.exchange.kinds.evidence import Evidence
from fuhua.exchange.kinds.fitting import comparisons, cost, fit, multiplied, said
from fuhua.exchange.kinds.industries import SECTIONS
from fuhua.exchange.kinds.listings import listing_kinds
from fuhua.exchange.kinds.spec import Kind, Reason
from fuhua.exchange.models import Feedback, Listing
from fuhua.exchange.queries import finding, learning, meaning
from fuhua.exchange.queries.conflicts import rivals_of
from fuhua.exchange.queries.openings import Opening, openings, prices
from fuhua.exchange.queries.postings import Posting, posting
from fuhua.exchange.words import LIVE, OFFER
from fuhua.kernel import period
from fuhua.kernel.ui import formats
from fuhua.kernel.words import Text, t
from fuhua.matching.ranking import reasons as told
from fuhua.matching.ranking.folding import fold
from fuhua.matching.ranking.ranker import Ranker
from fuhua.matching.ranking.scoring import FEATURES, Floats, probability

LEAST = 0.2  # an offer that is less probably worth a look is not shown
_HITS, _TITLED = 200, 60  # hits of the index that are held against the gates: for all that the need says, and for its title alone
_KIND = 300  # the newest of the need's own kind, whose fields may fit where no word does
_SCORED = (40, 20, 15)  # of those that are possible, how many are scored: hits, hits of the title, and by their fields
_ASKED = 2_000  # characters of a need by which offers are looked for
_LONG = 60  # characters of a text that two organisations hardly write by chance


class Candidate(NamedTuple):
    """An offer with how probably it is worth a look (0 to 1), the reasons for and against it, and the ids of its copies."""

    offer: Listing
    score: float
    reasons: tuple[Reason, ...]
    copies: tuple[int, ...] = ()


class Calendar(NamedTuple):
    """What the calendar of an offer knows better than the offer: from when it is free, and fen an hour for the need's organisation."""

    opening: Opening | None = None
    price: int | None = None


def candidates(need: Listing, *, at: dt.datetime, most: int = 20) -> list[Candidate]:
    """Open offers for the need, best first: found by words or kind, scored by what both say and by how the fields fit.

    Of what is booked the calendar tells from when it is free and what it costs, whatever the offer states. Left out are its own
    organisation's and its rivals' offers, what misses a hard field, and what was found irrelevant. Copies are named with the best of
    them. The list is empty when too little is to be expected of the best: the matcher abstains rather than guess.
    """
    common = finding.commonness()
    evidence, chosen = _possible(need)
    offers = list(Listing.objects.filter(pk__in=chosen).select_related("party").order_by("pk"))
    if not offers:
        return []
    asked, postings = posting(need), [posting(each) for each in offers]
    ranker = Ranker(postings, [asked], learning.scoring(), common)
    calendars = _calendars(need, offers, evidence, at)
    scores = _scores(offers, evidence, ranker, asked)
    order = [place for place in np.argsort(-scores, kind="stable").tolist() if scores[place] >= LEAST]
    groups = _folded([offers[place] for place in order])
    if ranker.scoring.abstains(scores[[order[group[0]] for group in groups]]):
        return []
    shown = [[order[place] for place in group] for group in groups[:most]]
    why = told.Explainer(ranker.words).reasons(asked, [postings[best] for best, *_copies in shown])
    return [Candidate(offers[best], float(scores[best]), _reasons(need, offers[best], calendars.get(offers[best].pk, Calendar()), each),
                      tuple(offers[copy].pk for copy in copies)) for (best, *copies), each in zip(shown, why, strict=True)]


def _possible(need: Listing) -> tuple[Evidence, set[int]]:
    """What the fields of offers of the need's kind say, and the offers worth scoring: by their rank among the hits, or by fields."""
    index = finding.of(OFFER).index
    hits, titled = (index.search(words, most).keys.tolist() for words, most in (
        (posting(need).words[:_ASKED], _HITS), (need.title, _TITLED)))
    rows = _open_to(need)
    alike = rows.filter(side=OFFER, state__in=LIVE, kind=need.kind).order_by("-pk")[:_KIND]
    hit = rows.filter(pk__in={*hits, *titled})  # asked for its state too, SQLite would read the whole side
    sought = listing_kinds()[need.kind]
    kinds = {need.kind, *sought.also}
    found = {pk: (kind, spec) for part in (hit, alike)
             for pk, kind, spec, state in part.values_list("pk", "kind", "spec", "state") if state in LIVE and kind in kinds}
    evidence = Evidence(sought, need.spec, {pk: spec for pk, (kind, spec) in found.items() if kind == need.kind})
    fields = {pk: evidence.odds(pk) or 0.0 for pk in found}
    fitting = sorted((pk for pk, odds in fields.items() if odds > 0), key=lambda pk: (-fields[pk], -pk))
    chosen = (_first((pk for pk in ranked if pk in found and evidence.possible(pk)), most)
              for ranked, most in zip((hits, titled, fitting), _SCORED, strict=True))
    return evidence, {pk for part in chosen for pk in part}


class Misses(NamedTuple):
    """How many open offers of the need's kind miss what it requires, and by which figures, of those the nearest first."""

    offers: int
    reasons: tuple[Text, ...]


def misses(need: Listing, most: int = 3) -> Misses:
    """What keeps offers of the need's own kind from being considered at all: their hard fields."""
    kind = listing_kinds()[need.kind]
    specs = _open_to(need).filter(side=OFFER, state__in=LIVE, kind=need.kind).order_by("-pk").values_list("spec", flat=True)[:_KIND]
    missed = [[said(field, given, need.spec[field.name], False) for field, given, holds in comparisons(kind, need.spec, spec)
               if field.hard and holds is False] for spec in specs]
    nearest = sorted(filter(None, missed), key=len)
    return Misses(len(nearest), tuple(dict.fromkeys(text for texts in nearest for text in texts))[:most])


def _open_to(need: Listing) -> QuerySet[Listing]:
    """Listings that may be shown to the need: not its own, not a rival's, not found irrelevant."""
    refused = Feedback.objects.filter(need=need).values("offer")
    return Listing.objects.exclude(Q(party=need.party_id) | Q(party__in=rivals_of(need.party_id))).exclude(pk__in=refused)


def _first(keys: Iterable[int], most: int) -> list[int]:
    return [pk for pk, _place in zip(keys, range(most), strict=False)]


def _scores(offers: Sequence[Listing], evidence: Evidence, ranker: Ranker, asked: Posting) -> Floats:
    """How probably each offer is worth a look.

    What is said gives log odds; what the fields say is added. Where both are of one kind, words that differ tell nothing against
    what fits: what is said counts at least as if nothing were known.
    """
    features = ranker.features([asked])[0]
    features[:, FEATURES.index("meaning")] = near = meaning.near(asked.words, [offer.words for offer in ranker.offers])
    odds = ranker.scoring.odds(ranker.scoring.mix(features), meant=bool(near.any()))
    fields = [evidence.odds(offer.pk) for offer in offers]
    return probability(np.array([said if added is None else max(said, evidence.floor) + added
                                 for said, added in zip(odds.tolist(), fields, strict=True)]))


def _calendars(need: Listing, offers: Sequence[Listing], evidence: Evidence, at: dt.datetime) -> dict[int, Calendar]:
    """From when the calendars of ``offers`` are free and what they charge the need's organisation, where the need asks that."""
    kind = listing_kinds()[need.kind]
    alike = {each.pk: each for each in offers if each.kind == need.kind}
    wanted, most = (need.spec.get(field.name) if field else None for field in (kind.when, kind.hourly))
    # a calendar that is full for a month says nothing of a day after that
    free = {pk: each for pk, each in openings(alike, at).items() if not each.full or each.day.isoformat() > wanted} if wanted else {}
    asked = most not in (None, "") or (kind.hourly and need.budget is not None and multiplied(kind.hourly, need.spec) is not None)
    paid = prices(alike, need.party, period.day(at)) if asked else {}
    told = {pk: Calendar(free.get(pk), paid.get(pk)) for pk in free.keys() | paid.keys()}
    evidence.retell({pk: _by_calendar(kind, alike[pk], each) for pk, each in told.items()})
    return told


def _by_calendar(kind: Kind, offer: Listing, calendar: Calendar) -> Mapping[str, Any]:
    day = {kind.when.name: calendar.opening.day.isoformat()} if kind.when and calendar.opening else {}
    return {**offer.spec, **day, **({kind.hourly.name: calendar.price} if kind.hourly and calendar.price is not None else {})}


def _folded(offers: Sequence[Listing]) -> list[list[int]]:
    """The places of the same offer together, in their order: the same kind and fields, and nearly the same text.

    Two organisations that say little in the same words have two offers.
    """
    alike: dict[tuple[object, ...], list[int]] = {}
    for place, each in enumerate(offers):
        by = None if len(each.text) >= _LONG else each.party_id
        alike.setdefault((each.kind, json.dumps(each.spec, sort_keys=True), by), []).append(place)
    groups: dict[int, list[int]] = {}
    for places in alike.values():
        firsts = fold([posting(offers[place]) for place in places], by_title=False)
        for place, first in zip(places, firsts, strict=True):
            groups.setdefault(places[first], []).append(place)
    return [groups[first] for first in sorted(groups)]


def _reasons(need: Listing, offer: Listing, calendar: Calendar, found: Iterable[told.Reason]) -> tuple[Reason, ...]:
    """What the fields and the calendar say, if they are of one kind, then what both texts have."""
    kind = listing_kinds()[need.kind]
    fields: list[Reason] = []
    if offer.kind == need.kind:
        spec = _by_calendar(kind, offer, calendar)
        fields = [*fit(kind, need.spec, spec).reasons, *cost(kind, need.spec, spec, need.budget)]
    return (*(_told(kind, each, calendar) for each in fields),
            *(Reason(True, each.told if each.kind != "field" else told.KINDS["field"].format(values=SECTIONS[each.values[0]]))
              for each in found))


def _told(kind: Kind, reason: Reason, calendar: Calendar) -> Reason:
    by = t("{said}（按预约日历）", "{said} (by its calendar)")
    if kind.hourly and calendar.price is not None and reason.field == kind.hourly.name:
        return replace(reason, text=by.format(said=reason.text))
    opening = calendar.opening
    if opening is None or kind.when is None or reason.field != kind.when.name:
        return reason
    full = t("{label}：按预约日历，{day}前没有空档", "{label}: nothing is free before {day} by its calendar")
    return replace(reason, text=(full if opening.full else by).format(
        label=kind.when.label, day=formats.day(opening.day), said=reason.text))
