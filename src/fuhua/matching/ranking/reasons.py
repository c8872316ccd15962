"""Reasons a person can check: what a need and an offer share, where it stands, and the numbers that satisfy."""

from __future__ import annotations

import math
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator

import msgspec

from fuhua.kernel.words import Text, listed, t
from fuhua.matching.ranking.channels import Channel, words
from fuhua.matching.ranking.listings import Listing, major
from fuhua.matching.ranking.near import members
from fuhua.matching.ranking.quantities import Quantity, meets, quantities
from fuhua.matching.text.tokens import normal, simplified

TELLING = 0.35  # least weight of a term worth naming: one that stands in fewer than about a twentieth of the listings
NAMED = 5  # terms named in one reason
LOOKED_FOR = 600  # telling words of one text that are looked for in the other; real texts have fewer
COMPARED = 60  # bounds of a need, and figures of an offer in one measure, that are held against each other; real ones have half of that

KINDS = {
    "titles": t("标题同有：{values}", "Both titles have: {values}"),
    "need_title": t("供给正文有需求标题的：{values}", "The offer's text has of the need's title: {values}"),
    "offer_title": t("需求正文有供给标题的：{values}", "The need's text has of the offer's title: {values}"),
    "texts": t("正文同有：{values}", "Both texts have: {values}"),
    "near": t("近义：{values}", "Near terms: {values}"),
    "quantity": t("指标满足：{values}", "Figure satisfied: {values}"),
    "field": t("同属行业：{values}", "Same industry: {values}"),
    "maturity": t("成熟度：{values}", "Maturity: {values}"),
}


class Reason(msgspec.Struct, frozen=True):
    """One reason: a kind of :data:`KINDS` and what was found, most telling first, as it stands in the listings."""

    kind: str
    values: tuple[str, ...]

    @property
    def told(self) -> Text:
        """The reason as a phrase."""
        return KINDS[self.kind].format(values=listed([Text(value, value) for value in self.values]))


class _Part(msgspec.Struct, frozen=True):
    """A title or a text as it is written and in its normal form, and its telling words in that."""

    written: str
    whole: str
    words: frozenset[str]

    def shared(self, other: _Part) -> set[str]:
        """Telling words of either that stand in the other: 垃圾 stands in 垃圾处理, but a Latin word only as a word."""
        return {
            *(self.words & other.words),
            *(word for word in self.words if not word.isascii() and word in other.whole),
            *(word for word in other.words if not word.isascii() and word in self.whole),
        }


class _Read(msgspec.Struct, frozen=True):
    """What can be pointed at in a listing: its parts, members of groups of near terms, quantities by what they measure, bounds."""

    words: str
    title: _Part
    text: _Part
    near: dict[str, set[str]]
    figures: dict[str, list[Quantity]]
    bounds: list[Quantity]


class Explainer:
    """Gives the reasons for pairs; remembers what it read of each offer. ``channel`` (of words) knows how telling a term is."""

    def __init__(self, channel: Channel) -> None:
        self._channel = channel
        self._offers: dict[str, _Read] = {}

    def reasons(self, need: Listing, offers: Iterable[Listing]) -> list[list[Reason]]:
        """For each of ``offers`` why it was ranked for ``need``, strongest first. A term is named once, at the strongest place."""
        asked = self._read(need)
        return [self._pair(need, asked, offer) for offer in offers]

    def _pair(self, need: Listing, asked: _Read, offer: Listing) -> list[Reason]:
        if offer.id not in self._offers:
            self._offers[offer.id] = self._read(offer)
        offered = self._offers[offer.id]
        found = [*self._shared(asked, offered), Reason("near", tuple(_near(asked, offered))[:NAMED])]
        found.append(Reason("quantity", tuple(_satisfied(asked, offered))))
        if major(need.field) == major(offer.field):
            found.append(Reason("field", tuple(filter(None, [major(need.field)]))))
        found.append(Reason("maturity", tuple(filter(None, [offer.maturity]))))
        return [reason for reason in found if reason.values]

    def _shared(self, asked: _Read, offered: _Read) -> Iterator[Reason]:
        places = {
            "titles": (asked.title, offered.title),
            "need_title": (asked.title, offered.text),
            "offer_title": (asked.text, offered.title),
            "texts": (asked.text, offered.text),
        }
        named: set[str] = set()
        for kind, sides in places.items():
            both = sides[0].shared(sides[1])
            telling = sorted(both - named, key=lambda term: (-self._channel.weight(term), term))
            named |= both
            yield Reason(kind, tuple(_written(term, *(part.written for part in sides)) for term in telling[:NAMED]))

    def _read(self, listing: Listing) -> _Read:
        words, figures, bounds = listing.words, defaultdict[str, list[Quantity]](list), list[Quantity]()
        for each in dict.fromkeys(quantities(words)):
            for kept in (figures[each.measure], *([bounds] if each.is_bound else [])):
                if len(kept) < COMPARED:
                    kept.append(each)
        return _Read(words, self._part(listing.title), self._part(listing.text), members(words), figures, bounds)

    def _part(self, text: str) -> _Part:
        weights = {word: self._channel.weight(word) for word in set(words(text)) if len(word) > 1 and word[0].isalpha()}
        telling = sorted((word for word in weights if weights[word] >= TELLING), key=lambda word: (-weights[word], word))
        return _Part(text, normal(text), frozenset(telling[:LOOKED_FOR]))


def _near(asked: _Read, offered: _Read) -> Iterator[str]:
    for group in sorted(asked.near.keys() & offered.near.keys()):
        if not asked.near[group] & offered.near[group]:
            yield " ≈ ".join("/".join(_written(term, side.words) for term in sorted(side.near[group])) for side in (asked, offered))


def _written(term: str, *texts: str) -> str:
    """The term as the first of the texts that has it writes it: mK, not mk."""
    for text in texts:
        folded = unicodedata.normalize("NFKC", text)
        at = normal(folded).find(term)
        if at >= 0 and simplified(folded[at : at + len(term)].lower()) == term:
            return folded[at : at + len(term)]
    return term


def _satisfied(asked: _Read, offered: _Read) -> Iterator[str]:
    need, offer = simplified(asked.words), simplified(offered.words)
    for wanted in asked.bounds:
        best = next((each for each in offered.figures.get(wanted.measure, []) if meets(wanted, each, need, offer)), None)
        if best is not None:
            bound = f"{_sign(wanted)} {wanted.written}"
            yield f"{best.property} {_sign(best)}{best.written} ({bound})" if best.is_bound else f"{best.property} {best.written} {bound}"


def _sign(figure: Quantity) -> str:
    """How the bound of a figure is written; blank for a value."""
    if not figure.is_bound:
        return ""
    return ("<" if figure.strict else "≤") if math.isinf(figure.low) else (">" if figure.strict else "≥")
