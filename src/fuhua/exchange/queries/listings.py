"""Find listings: by words, by side, kind and field, and by what a kind's filters ask."""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import FloatField, Q, QuerySet, TextField
from django.db.models.fields.json import KT
from django.db.models.functions import Cast

from fuhua.exchange import access
from fuhua.exchange.kinds.listings import listing_kinds
from fuhua.exchange.kinds.spec import Field
from fuhua.exchange.models import Listing
from fuhua.exchange.queries import finding
from fuhua.exchange.words import LIVE, NEED
from fuhua.kernel.period import SHANGHAI
from fuhua.kernel.words import t
from fuhua.matching.text.tokens import simplified
from fuhua.parties.models import Party, Tie
from fuhua.parties.words import TieKind, TieState

_NUMBERS = {"number", "money"}
MOST = 1_000  # hits of the index that are looked at
ENOUGH = 100  # of them that a reader with filters should still have


def found(who: Any, words: str = "", *, side: str = "", kind: str = "", chosen: Mapping[str, Any] | None = None, field: str = "",
          district: str = "", view: str = "open") -> QuerySet[Listing]:
    """The listings that ``who`` may see, newest first; drafts and one's own hold every one of the ``words``.

    Open ones of a side are found by words through the index: :func:`best`.
    ``chosen``: field name → stored value that the listing must fit (:func:`fits`). ``field`` is a GB/T 4754 code or the
    beginning of one. ``view``: open ones, ``ours`` of one's own organisations in any state, or ``drafts`` that lack something.
    """
    rows = (access.OWNS if view == "ours" else access.LISTINGS).filter(who, Listing.objects.all())
    if view != "ours":
        rows = rows.filter(state__in=("draft",) if view == "drafts" else LIVE)
    if view != "open" or not side:
        shown = Q() if view == "ours" or access.BROKERS.opens_for(who) else ~finding.without_names()
        for word in words.split():
            rows = rows.filter(reduce(or_, (Q(title__icontains=form) | Q(text__icontains=form) | (Q(party__name__icontains=form) & shown)
                                            for form in {word, simplified(word)})))
    for name, value in (("side", side), ("kind", kind), ("district", district), ("field__startswith", field)):
        rows = rows.filter(**{name: value}) if value else rows
    if kind in listing_kinds():
        for each in listing_kinds()[kind].on(side or NEED):
            value = (chosen or {}).get(each.name)
            if value not in (None, "", []):
                rows = fits(rows, each, value, side)
    return rows.select_related("party", "owner").order_by("-pk")


def named(who: Any, row: Listing) -> bool:
    """Whether the reader may know who posted it.

    A need of a kind that is ordered together names nobody, or two of the same spec would be one search apart: its own people and
    brokers know whose it is, and a provider learns it where the rules of the request for quotes say so.
    """
    if not finding.nameless(row.side, row.kind) or access.BROKERS.opens_for(who):
        return True
    return who.signed_in and row.party_id in who.acts_for()


def poster(who: Any, row: Listing) -> str:
    """Who posted it as the reader may know it, in words."""
    return row.party.name if named(who, row) else str(t("不公开（可拼单）", "not shown (may be pooled)"))


def best(rows: QuerySet[Listing], side: str, words: str) -> list[int]:
    """Ids of those of ``rows`` that fit the words, best first, at most :data:`MOST`; what was just saved is among them.

    The best of the whole side are looked at first, and only when filters leave too few of them the rows alone. There are none where
    all share nothing but single characters of longer words.
    """
    hits = finding.search(side, words, most=MOST).keys.tolist()
    seen = set(rows.filter(pk__in=hits).order_by().values_list("pk", flat=True))
    if len(hits) == MOST and len(seen) < ENOUGH:
        hits = finding.search(side, words, most=MOST, among=rows.order_by().values_list("pk", flat=True)).keys.tolist()
        seen = set(rows.filter(pk__in=hits).order_by().values_list("pk", flat=True))
    ids = [pk for pk in hits if pk in seen]
    return ids if finding.met(side, words, ids) else []


def fits(rows: QuerySet[Listing], field: Field, value: Any, side: str) -> QuerySet[Listing]:
    """The rows whose ``field`` fits ``value``: among offers the value is what is needed, among needs what is offered."""
    key = f"spec_{field.name}"
    numeric = field.type in _NUMBERS or field.fits in ("at_most", "at_least")
    rows = rows.annotate(**{key: Cast(KT(f"spec__{field.name}"), FloatField() if numeric else TextField())})
    if field.fits in ("at_most", "at_least", "by"):
        least = (field.fits == "at_least") == (side != NEED)
        return rows.filter(**{f"{key}__{'gte' if least else 'lte'}": value if field.fits == "by" else float(value)})
    if field.type == "choices":
        for code in value if isinstance(value, list) else [value]:
            rows = rows.filter(**{f"{key}__contains": f'"{code}"'})
        return rows
    if field.type == "yes":
        return rows.filter(**{f"spec__{field.name}": bool(value)})
    if field.type in ("words", "long"):
        return rows.filter(**{f"{key}__icontains": value})
    return rows.filter(**{key: float(value) if numeric else value})


def public() -> QuerySet[Listing]:
    """What anybody may read: open listings whose audience is everybody, oldest first."""
    return Listing.objects.filter(state__in=LIVE, audience="public").order_by("pk")


def day_of(listing: Listing) -> str:
    """The Beijing day on which it last changed, as ISO text."""
    return listing.changed_at.astimezone(SHANGHAI).date().isoformat()


def answerers(party: int) -> QuerySet[Party]:
    """Who may answer for the listings of the party (id): everybody who holds an office there now."""
    offices = Tie.objects.filter(kind=TieKind.EMPLOYS, source=party, state=TieState.CONFIRMED, until=None).exclude(office="")
    return Party.objects.filter(pk__in=offices.values("target_id")).order_by("pk")
