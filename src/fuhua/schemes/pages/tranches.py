"""The board of tranches: what is due, on whose desk it lies, how late it is."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from fuhua.kernel import period
from fuhua.kernel.page import page
from fuhua.kernel.words import Text, t
from fuhua.schemes import access, words
from fuhua.schemes.queries import board

_VIEWS: dict[str, Text] = {"due": t("待拨付", "due"), "late": t("已逾期", "late"), "planned": t("未到条件", "planned"),
                           "paid": t("已拨付", "paid"), "recovering": t("追回中", "being recovered")}
_TITLE = t("拨款看板", "Tranches")


@page("schemes/tranches/", name="schemes:tranches", can=access.TRANCHES, title=_TITLE)
def listed(request: HttpRequest) -> HttpResponse:
    """The tranches of the city and the districts that I may see, the longest due first."""
    today = period.day(timezone.now())
    view = request.GET.get("view", "")
    view = view if view in board.VIEWS else "due"
    return render(request, "schemes/tranches.html", {
        "rows": [{"it": each.tranche, "late": each.late, "level": words.LEVELS[each.tranche.level],
                  "state": words.TRANCHE_STATES[each.tranche.state]} for each in board.lines(request.who, view, today)],
        "sums": [{"it": each, "level": words.LEVELS[each.level]} for each in board.sums(request.who, today)],
        "tabs": [{"label": label, "url": f"?view={code}", "active": code == view} for code, label in _VIEWS.items()],
        "trail": [{"label": t("任务书", "Task agreements"), "url": reverse("schemes:agreements")}, {"label": _TITLE, "url": ""}],
    })
