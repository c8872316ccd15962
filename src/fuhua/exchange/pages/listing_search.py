"""What a list of listings was asked for, read once for the page, the spreadsheet and the machine's address."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import HttpRequest

from fuhua.exchange.kinds.listings import listing_kinds
from fuhua.exchange.kinds.spec import Kind
from fuhua.exchange.models import Listing
from fuhua.exchange.pages.listing_forms import FilterForm
from fuhua.exchange.queries import listings as reads
from fuhua.exchange.words import NEED, OFFER, SIDES
from fuhua.kernel.questions import NOTHING, shown
from fuhua.kernel.ui import formats
from fuhua.kernel.words import Text, t

VIEWS = ("open", "ours", "drafts")


@dataclass(frozen=True)
class Asked:
    """The form as filled in, the side, view and kind that it chose, and the listings that the reader may see of those.

    ``best``: ids of those that fit the words, best first; None where nothing orders them but their age.
    """

    form: FilterForm
    side: str
    view: str
    kind: Kind | None
    rows: QuerySet[Listing]
    best: list[int] | None = None

    def page(self, start: int, count: int) -> list[Listing]:
        """The listings from ``start`` on in the order of how well they fit."""
        ids = (self.best or [])[start : start + count]
        found = {row.pk: row for row in self.rows.filter(pk__in=ids)}
        return [found[pk] for pk in ids if pk in found]


def asked(request: HttpRequest) -> Asked:
    """What the address asks; a filter that cannot be read stays out, and its field says why."""
    side = request.GET.get("side") if request.GET.get("side") in SIDES else OFFER
    view = request.GET.get("view") if request.GET.get("view") in VIEWS else "open"
    form = FilterForm(request.GET, side=side)
    form.is_valid()
    given = form.cleaned_data
    kind = listing_kinds().get(given.get("kind", ""))
    rows = reads.found(request.who, given.get("q", ""), side=side, view=view, kind=kind.code if kind else "", chosen=form.chosen(),
                       field=given.get("field", ""), district=given.get("district", ""))
    words = given.get("q", "").strip()
    if not words or view != "open":
        return Asked(form, side, view, kind, rows)
    best = reads.best(rows, side, words)
    return Asked(form, side, view, kind, rows.filter(pk__in=best), best)


def columns(kind: Kind | None, side: str) -> list[tuple[str, Text]]:
    """Name and label of what the table shows of a kind: its filter fields that are not confidential."""
    return [(each.name, each.label) for each in kind.on(side) if each.filter and not each.sealed] if kind else []


def cells(row: Listing, kind: Kind | None) -> list[Text]:
    """The row's values in those columns, in words."""
    return [shown(kind.one(name), row.spec.get(name)) for name, _label in columns(kind, row.side)] if kind else []


def price_of(row: Listing) -> Text:
    """What a need may cost, or an offer asks, as far as it is told."""
    price, unit = amount_of(row)
    if row.side == NEED:
        return formats.money(price)
    if price is None:
        return t("面议", "on request")
    if price == 0:
        return t("免费", "free")
    told = formats.money(price)
    return Text(f"{told.zh}/{unit.zh}", f"{told.en} per {unit.en}") if unit.zh else told


def amount_of(row: Listing) -> tuple[int | None, Text]:
    """The need's budget or the offer's price in fen, None where it is not told, and what it is for one of."""
    if row.side == NEED:
        return row.budget, NOTHING
    field = next((each for each in listing_kinds()[row.kind].on(OFFER) if each.name in ("price", "unit_price")), None)
    price = row.spec.get(field.name) if field else None
    return (price, field.unit) if field and isinstance(price, int) else (None, NOTHING)
