"""The index of live listings in this process, kept in step with the table: a listing is found by the next search after it is saved."""

from __future__ import annotations

import datetime as dt
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import Max, Q

from fuhua.exchange.kinds.listings import listing_kinds
from fuhua.exchange.models import Listing
from fuhua.exchange.words import LIVE, NEED, OFFER
from fuhua.kernel.questions import spoken
from fuhua.matching.index.index import Document, Hits, Index
from fuhua.matching.index.keeping import Unreadable
from fuhua.matching.ranking.commonness import Indexed
from fuhua.matching.text.tokens import RUN, normal, terms

_OVERLAP = dt.timedelta(minutes=2)  # how late a change may be committed, or how far clocks may be apart, and still be seen
_NEVER = dt.datetime.min.replace(tzinfo=dt.UTC)
_CHUNK = 500
_READ = ("pk", "title", "text", "party__name", "side", "kind", "spec")
_MAKE = "3"  # of the documents: an index that was written down with others is made anew


class Side:
    """The live listings of one side (needs or offers) by their words.

    ``mark`` is the latest change that is known; ``recent`` the changes near it that are in already, by URN and moment.
    """

    def __init__(self, side: str) -> None:
        self.side, self.index, self.mark = side, Index(), _NEVER
        self.recent: set[tuple[str, dt.datetime]] = set()
        self._following = threading.Lock()
        self._begun = False
        self._moved = time.monotonic()

    def search(self, words: str, *, most: int, among: Iterable[int] | None = None) -> Hits:
        """The best listings for the words: their ids and scores, best first; what was saved before now is found."""
        self.follow()
        return self.index.search(words, most, among)

    def follow(self) -> int:
        """Take in every change since the last time; returns how many listings changed."""
        with self._following:
            if not self._begun:
                self._begin()
            changed = [(pk, urn, at) for pk, urn, at in self._changes() if (urn, at) not in self.recent]
            for start in range(0, len(changed), _CHUNK):
                self._take([pk for pk, _urn, _at in changed[start : start + _CHUNK]])
            self._moved = time.monotonic() if changed else self._moved
            self.mark = max((at for _pk, _urn, at in changed), default=self.mark)
            near = self.mark - _OVERLAP if self.mark > _NEVER else _NEVER
            self.recent = {(urn, at) for urn, at in self.recent if at >= near} | {(urn, at) for _pk, urn, at in changed if at >= near}
            return len(changed)

    def save(self, folder: Path) -> None:
        """Write it down, so that the next process need not read the whole table; a torn copy is noticed and not used."""
        self.follow()
        self.index.save(folder, f"{_MAKE} {self.mark.isoformat()}")

    def _begin(self) -> None:
        """Start from what was written down, or else from the whole table."""
        try:
            self.index = Index.load(place_of(self.side))
            make, mark = self.index.stamp.split()
            self.mark = dt.datetime.fromisoformat(mark if make == _MAKE else "")
        except (Unreadable, ValueError):
            latest = Listing.objects.filter(side=self.side).aggregate(at=Max("changed_at"))["at"]  # before reading: nothing is missed
            self.index, self.mark = Index.build(self._documents()), latest or _NEVER
        self._begun = True

    def _documents(self) -> Iterator[Document]:
        rows = Listing.objects.filter(side=self.side, state__in=LIVE).order_by("pk").values_list(*_READ)
        return (_document(*row) for row in rows.iterator(2_000))

    def _changes(self) -> list[tuple[int, str, dt.datetime]]:
        """What may not be known: all that changed near the mark or later, and later only once the mark has stood still for long."""
        rows = Listing.objects.filter(side=self.side)
        if self.mark > _NEVER:
            settled = time.monotonic() - self._moved > 2 * _OVERLAP.total_seconds()
            rows = rows.filter(changed_at__gt=self.mark) if settled else rows.filter(changed_at__gte=self.mark - _OVERLAP)
        return list(rows.order_by("changed_at", "pk").values_list("pk", "urn", "changed_at"))

    def _take(self, ids: list[int]) -> None:
        live = [_document(*row) for row in Listing.objects.filter(pk__in=ids, state__in=LIVE).values_list(*_READ)]
        self.index.remove(set(ids) - {each.key for each in live})
        self.index.add(live)


def nameless(side: str, kind: str) -> bool:
    """Whether listings like this do not show who posted them: needs of a kind that may be ordered together."""
    return side == NEED and kind in listing_kinds() and listing_kinds()[kind].pool


def without_names() -> Q:
    """The listings that :func:`nameless` tells of."""
    return Q(side=NEED, kind__in=[kind.code for kind in listing_kinds() if kind.pool])


def _document(pk: int, title: str, text: str, party: str, side: str, kind: str, spec: dict[str, Any]) -> Document:
    told = spoken(listing_kinds()[kind].fields, spec) if kind in listing_kinds() else ""
    return Document(pk, title, f"{text}\n{told}\n{'' if nameless(side, kind) else party}")


_SIDES: dict[str, Side] = {}


def of(side: str) -> Side:
    """The index of the side in this process."""
    if side not in _SIDES:
        _SIDES[side] = Side(side)
    return _SIDES[side]


def search(side: str, words: str, *, most: int = 1_000, among: Iterable[int] | None = None) -> Hits:
    """Ids and scores of the best live listings of a side for the words; whoever asks still filters them by access."""
    return of(side).search(words, most=most, among=among)


def met(side: str, words: str, hits: Sequence[int]) -> bool:
    """Whether any of these hits (ids) shares more with the words than single characters of longer runs."""
    runs = [run[0] for run in RUN.finditer(normal(words))]
    asked = {term for term in terms(words) if len(term) > 1} | {run for run in runs if len(run) == 1 or run.isascii()}
    if not of(side).index.spread(sorted(asked)).any():
        return False
    first, size = 0, 1  # mostly the best hit settles it
    while some := hits[first : first + size]:
        for one in (_document(*row) for row in Listing.objects.filter(pk__in=some).values_list(*_READ)):
            said = normal(f"{one.title}\n{one.text}")
            if any(term in said for term in asked):
                return True
        first, size = first + size, min(4 * size, _CHUNK)
    return False


def commonness() -> Indexed:
    """How common terms are among all live listings of both sides, each of which knows every change after this."""
    for side in (NEED, OFFER):
        of(side).follow()
    return Indexed(of(OFFER).index, of(NEED).index)


def place_of(side: str) -> Path:
    """The folder in which the side's index is written down."""
    return Path(settings.FUHUA_DATA) / "index" / side


def keep_all() -> int:
    """Write every side's index down; returns how many listings they hold."""
    for side in (NEED, OFFER):
        of(side).save(place_of(side))
    return sum(len(of(side).index) for side in (NEED, OFFER))


def forget() -> None:
    """Begin anew at the next search, as a new process would."""
    _SIDES.clear()
