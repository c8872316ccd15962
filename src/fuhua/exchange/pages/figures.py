"""Figures of the exchange for officers, each opening to the needs behind it, on the page or as CSV."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from fuhua.exchange import access
from fuhua.exchange.kinds.industries import DIVISIONS
from fuhua.exchange.kinds.listings import listing_kinds
from fuhua.exchange.queries import calendars, figures, overview
from fuhua.exchange.words import CLOSINGS, LISTING_STATES
from fuhua.kernel import period
from fuhua.kernel.page import Menu, number, page
from fuhua.kernel.sheet.writing import harmless
from fuhua.kernel.words import Text, t

_PAGE = 100
_SPAN = dt.timedelta(days=29)  # utilisation is told of thirty days, today included
_TITLE = t("供需成效", "What the exchange achieves")
_OF = {
    "opened": t("开放过的需求", "needs opened"), "answered": t("已答复的需求", "needs answered"),
    "waiting": t("尚未答复的需求", "needs without an answer"), "contracted": t("已签约的需求", "needs contracted"),
    "closed": t("已结束的需求", "needs that ended"), "live": t("开放中的需求", "open needs"),
}
_NARROWED = ("kind", "division", "month", "readiness", "because")


@page("exchange/figures/", name="exchange:ledger", can=access.LEDGER, title=_TITLE, menu=Menu(_TITLE, "chart", 43))
def ledger(request: HttpRequest) -> HttpResponse:
    """Time to the first answer, need → contract, why needs end, where supply is short, and how much others use what can be booked."""
    rows = figures.needs(access.LEDGER.rows(request.who))
    by = request.GET.get("by") if request.GET.get("by") in figures.BY else "kind"
    answered, today = figures.answers(rows), period.day(timezone.now())
    bookable = access.UTILISATION.filter(request.who, calendars.once_open())
    used = overview.by_kind(overview.utilisation(bookable, today - _SPAN, today))
    return render(request, "exchange/figures.html", {
        "answers": answered, "opened": len(rows), "contracted": sum(each.contracted for each in rows), "by": figures.BY[by][0],
        "to_sign": figures.days_to_sign(rows), "whole": overview.whole(used.values()), "first": today - _SPAN, "last": today,
        "used": [{"it": each, "label": listing_kinds()[kind].label} for kind, each in used.items()],
        "urls": {of: _rows_url(of) for of in _OF},
        "tabs": [{"label": label, "url": f"?by={code}", "active": code == by} for code, (label, _of, _said) in figures.BY.items()],
        "rates": [{"it": rate, "url": _rows_url("opened", **{by: rate.code}), "done_url": _rows_url("contracted", **{by: rate.code})}
                  for rate in figures.rates(rows, by)],
        "closures": [{"label": CLOSINGS[code], "count": count, "url": _rows_url("closed", because=code)}
                     for code, count in figures.closures(rows)],
        "gaps": [{"it": gap, "url": _rows_url("live", division=gap.division, readiness=gap.readiness)}
                 for gap in figures.gaps(rows)[:_PAGE]],
    })


def _rows_url(of: str, **only: str) -> str:
    return f"{reverse('exchange:ledger_rows')}?{urlencode({'of': of, **only})}"


@page("exchange/figures/rows/", name="exchange:ledger_rows", can=access.LEDGER, title=t("明细", "Rows"))
def rows(request: HttpRequest) -> HttpResponse:
    """The needs behind one figure; ``as=csv`` gives them all to keep."""
    of = request.GET.get("of", "opened")
    if of not in _OF:
        raise Http404
    only = {name: request.GET[name] for name in _NARROWED if name in request.GET}
    found = figures.behind(figures.needs(access.LEDGER.rows(request.who)), of, only)
    if request.GET.get("as") == "csv":
        answer = HttpResponse(_csv(found), content_type="text/csv; charset=utf-8")
        answer["Content-Disposition"] = f'attachment; filename="needs-{of}.csv"'
        return answer
    start = number(request, "from") or 0
    query = request.GET.copy()
    query["from"] = str(start + _PAGE)
    kept = request.GET.copy()
    kept["as"] = "csv"
    return render(request, "exchange/figure_rows.html", {
        "title": _OF[of], "count": len(found), "csv": f"?{kept.urlencode()}",
        "only": [_said(name, value) for name, value in only.items()],
        "rows": [{"it": each, **_words(each)} for each in found[start:start + _PAGE]],
        "older": f"?{query.urlencode()}" if len(found) > start + _PAGE else "",
        "trail": [{"label": _TITLE, "url": reverse("exchange:ledger")}, {"label": _OF[of], "url": ""}],
    })


def _said(name: str, value: str) -> Text | str:
    tables = {"division": DIVISIONS, "because": CLOSINGS, "readiness": figures.READINESS}
    if name == "kind":
        return listing_kinds()[value].label if value in listing_kinds() else value
    return tables.get(name, {}).get(value, value or figures.UNTOLD)


def _words(each: figures.Need) -> dict[str, Any]:
    return {"kind": _said("kind", each.kind), "division": DIVISIONS.get(each.division, figures.UNTOLD),
            "state": LISTING_STATES[each.state], "because": CLOSINGS.get(each.because, "")}


def _csv(found: Iterable[figures.Need]) -> str:
    lines = io.StringIO()
    table = csv.writer(lines)
    table.writerow([t("需求", "need"), t("类别", "kind"), t("行业", "field"), t("开放日期", "opened"), t("首次答复", "first answer"),
                    t("工作日", "working days"), t("签约日期", "signed"), t("状态", "state"), t("结束原因", "why it ended")])
    for each in found:
        said = _words(each)
        table.writerow([harmless(each.title), said["kind"], said["division"], each.opened, each.answered or "",
                        "" if each.days is None else each.days, each.signed or "", said["state"], said["because"]])
    return "\ufeff" + lines.getvalue()
