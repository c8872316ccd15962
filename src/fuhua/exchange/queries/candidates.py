"""Offers that may answer a need, best first, each with reasons that a person can check; nothing when nothing fits."""

from __future__ import annotations

import re
from typing import NamedTuple

from django.db.models import Q

from fuhua.exchange.kinds.fitting import fit
from fuhua.exchange.kinds.listings import listing_kinds
from fuhua.exchange.kinds.spec import Reason
from fuhua.exchange.models import Feedback, Listing
from fuhua.exchange.queries import finding
from fuhua.exchange.queries.conflicts import rivals_of
from fuhua.exchange.words import LIVE, OFFER
from fuhua.kernel.words import t

_HAN, _WORD = re.compile(r"[\u4e00-\u9fff]+"), re.compile(r"[a-z0-9]{2,}")
_LEAST = 0.2  # below this the matcher abstains
_READ = 300  # best hits of the index that are looked at
_PUBLIC = 2_000  # characters of a need by which offers are looked for
_SHOWN = 5  # shared terms that are named


class Candidate(NamedTuple):
    """An offer with its score from 0 to 1 and the reasons for and against it."""

    offer: Listing
    score: float
    reasons: tuple[Reason, ...]


def candidates(need: Listing, *, most: int = 40) -> list[Candidate]:
    """Open offers for the need, best first: found by words or kind, ordered by how fields fit and what terms both texts share.

    Left out are its own organisation's and its rivals' offers, what misses a hard field, and what was found irrelevant. The list
    is empty when nothing is good enough: the matcher abstains rather than guess.
    """
    refused = Feedback.objects.filter(need=need).values("offer")
    hits = finding.search(OFFER, f"{need.title} {need.text}"[:_PUBLIC], most=_READ).keys.tolist()
    rows = (Listing.objects.filter(pk__in={*hits, *_of_kind(need)}, side=OFFER, state__in=LIVE)
            .exclude(Q(party=need.party_id) | Q(party__in=rivals_of(need.party_id))).exclude(pk__in=refused).select_related("party"))
    wanted = terms(need)
    found = [held for row in rows if (held := _held(need, wanted, row)) is not None]
    return sorted(found, key=lambda each: (-each.score, each.offer.pk))[:most]


def _of_kind(need: Listing) -> list[int]:
    """The newest offers of the need's own kind, whose fields may fit where no word does."""
    rows = Listing.objects.filter(side=OFFER, kind=need.kind, state__in=LIVE).order_by("-pk")
    return list(rows.values_list("pk", flat=True)[:_READ])


def _held(need: Listing, wanted: set[str], offer: Listing) -> Candidate | None:
    shared = wanted & terms(offer)
    text = min(1.0, 2 * len(shared) / max(len(wanted), 1))
    score, reasons = text, []
    if offer.kind == need.kind:
        fits = fit(listing_kinds()[need.kind], need.spec, offer.spec)
        if not fits.possible:
            return None
        score, reasons = (fits.score + text) / 2 if fits.reasons else text, list(fits.reasons)
    if score < _LEAST or (not shared and not any(reason.holds for reason in reasons)):
        return None
    if shared:
        reasons.append(Reason(True, t("共同关键词：{terms}", "shared terms: {terms}").format(terms=" · ".join(_named(need, shared)))))
    return Candidate(offer, score, tuple(reasons))


def terms(listing: Listing) -> set[str]:
    """Pairs of Han characters and words of a listing's title and text."""
    text = _text(listing)
    pairs = {run[at:at + 2] for run in _HAN.findall(text) for at in range(len(run) - 1)}
    return pairs | set(_WORD.findall(text))


def _named(need: Listing, shared: set[str]) -> list[str]:
    """The shared terms as the need writes them, pairs that overlap joined into one word, the longest first."""
    text = _text(need)
    found = set(_WORD.findall(text)) & shared
    for run in _HAN.findall(text):
        start = 0
        for at in range(1, len(run) + 1):
            if run[at - 1:at + 1] not in shared or at == len(run):
                found |= {run[start:at]} if at - start > 1 else set()
                start = at
    longest = sorted(found, key=lambda term: (-len(term), term))
    return [term for place, term in enumerate(longest) if not any(term in longer for longer in longest[:place])][:_SHOWN]


def _text(listing: Listing) -> str:
    return f"{listing.title} {listing.text}".lower()
