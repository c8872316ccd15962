"""Listings and their kinds for spreadsheets and machines: the same rows as on the page, as CSV and as JSON."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, JsonResponse, StreamingHttpResponse
from django.urls import reverse

from fuhua.exchange import access
from fuhua.exchange.actions.listings import url_of
from fuhua.exchange.kinds.asked import asked_of
from fuhua.exchange.kinds.charging import yuan
from fuhua.exchange.kinds.listings import listing_kinds
from fuhua.exchange.kinds.spec import Field, Kind
from fuhua.exchange.models import Listing
from fuhua.exchange.pages import listing_search, listing_view
from fuhua.exchange.queries.listings import named, poster
from fuhua.exchange.words import LISTING_STATES, NEED, SIDES
from fuhua.kernel.page import number, page
from fuhua.kernel.questions import NOTHING, shown
from fuhua.kernel.sheet.writing import harmless
from fuhua.kernel.words import Text, t

_ROWS = 100  # in one answer
_MOST = 50_000  # in one spreadsheet


class _Echo:
    """What the CSV writer writes to: hands every line on at once."""

    def write(self, line: str) -> str:
        return line


@page("exchange/listings.csv", name="exchange:listings_csv", can=access.LISTINGS, title=t("导出供需信息", "Export listings"))
def table(request: HttpRequest) -> StreamingHttpResponse:
    """The list as it is narrowed, as CSV (UTF-8 with a mark, so that spreadsheets read it), with the kind's own columns."""
    asked = listing_search.asked(request)
    answer = StreamingHttpResponse(_lines(asked, request.who), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="listings.csv"'
    return answer


def _lines(asked: listing_search.Asked, who: Any) -> Iterator[str]:
    lines = csv.writer(_Echo())
    own = [each for each in asked.kind.on(asked.side) if not each.sealed] if asked.kind else []
    heads = [t("编号", "number"), t("供需", "side"), t("种类", "kind"), t("标题", "title"), t("发布单位", "posted by"), t("状态", "state"),
             t("价格或预算（元）", "price or budget (yuan)"), t("计价单位", "for one"), t("期限", "deadline"), *map(_head, own)]
    yield "\ufeff" + lines.writerow([str(head) for head in heads])
    for row in asked.rows[:_MOST].iterator(chunk_size=1000):
        cells = [row.pk, SIDES[row.side], listing_kinds()[row.kind].label, row.title, poster(who, row), LISTING_STATES[row.state],
                 *_price(row), row.deadline or "", *(_cell(each, row.spec.get(each.name)) for each in own)]
        yield lines.writerow([harmless(str(cell)) for cell in cells])


def _price(row: Listing) -> tuple[str, Text]:
    amount, unit = listing_search.amount_of(row)
    return "" if amount is None else yuan(amount), unit


def _head(field: Field) -> Text:
    unit = t("元", "yuan") if field.type == "money" else field.unit if field.type == "number" else NOTHING
    told = t("{label}（{unit}）", "{label} ({unit})").format(label=field.label, unit=unit)
    return told if unit.zh else field.label


def _cell(field: Field, stored: Any) -> Any:
    """A value that spreadsheets can reckon with: money in yuan and numbers without their unit, days as ISO text."""
    if stored is None or stored == []:
        return ""
    if field.type == "money":
        return yuan(stored)
    return stored if field.type in ("number", "day") else shown(field, stored)


@page("api/exchange/kinds/", name="exchange:api_kinds", can=access.LISTINGS, title=t("供需种类（JSON）", "Kinds of listing as JSON"))
def kinds(_request: HttpRequest) -> JsonResponse:
    """Every kind with its fields, units, codes and how an offer is held against a need."""
    return _json({"kinds": [_kind(each) for each in listing_kinds()]})


@page("api/exchange/listings/", name="exchange:api_listings", can=access.LISTINGS, title=t("供需信息（JSON）", "Listings as JSON"))
def listings(request: HttpRequest) -> JsonResponse:
    """The listings that the reader may see, a hundred at a time, by the same filters as the page; ``next`` leads on."""
    asked, before = listing_search.asked(request), number(request, "before")
    if asked.form.errors:
        return _json({"error": {name: list(map(str, each)) for name, each in asked.form.errors.items()}}, 400)
    found = list((asked.rows.filter(pk__lt=before) if before is not None else asked.rows)[: _ROWS + 1])
    query = request.GET.copy()
    query["before"] = str(found[_ROWS - 1].pk) if len(found) > _ROWS else ""
    return _json({"listings": [_listing(row, request.who) for row in found[:_ROWS]],
                  "next": f"{reverse('exchange:api_listings')}?{query.urlencode()}" if query["before"] else None})


@page("api/exchange/listings/<int:pk>/", name="exchange:api_listing", can=access.LISTINGS,
      title=t("一条供需信息（JSON）", "A listing as JSON"))  # fmt: skip
def listing(request: HttpRequest, pk: int) -> JsonResponse:
    """One listing, without what is confidential."""
    return _json(_listing(listing_view.seen(request, pk), request.who))


def _json(data: Any, status: int = 200) -> JsonResponse:
    return JsonResponse(data, status=status, json_dumps_params={"ensure_ascii": False})


def _both(text: Text) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}


def _kind(each: Kind) -> dict[str, Any]:
    return {"code": each.code, "label": _both(each.label), "why": _both(each.why), "front": each.front, "price": each.price,
            "expires_after_days": each.clocks.expires, "pool": each.pool,
            "fields": [_field(one) for one in each.fields], "asked_of_every_need": [_field(one) for one in asked_of(each)]}


def _field(each: Field) -> dict[str, Any]:
    return {"name": each.name, "label": _both(each.label), "label_of_need": _both(each.need) if each.need.zh else None, "type": each.type,
            "sides": sorted(each.sides), "unit": _both(each.unit),
            "choices": {code: _both(label) for code, label in each.choices.items()}, "fits": each.fits or None, "hard": each.hard,
            "required": each.required, "confidential": each.sealed, "filter": each.filter,
            "least": f"{each.least}" if each.type in ("number", "money") else None}


def _listing(row: Listing, who: Any) -> dict[str, Any]:
    """What anybody who sees the page reads there: money in fen, numbers as exact decimals, days as ISO text."""
    asked = {name: getattr(row, name) for name in ("budget", "deadline", "success", "decides")} if row.side == NEED else {}
    return {"id": row.pk, "urn": row.urn, "url": url_of(row), "side": row.side, "kind": row.kind, "state": row.state, "title": row.title,
            "text": row.text, "organisation": row.party.name if named(who, row) else None,
            "field": row.field, "district": row.district, "spec": row.spec, **asked,
            "confidential": sorted(row.sealed), "opened_at": row.opened_at, "holds_until": row.reconfirm}
