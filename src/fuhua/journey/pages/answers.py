"""Policy for machines: the same rules, verdicts and ways as JSON, by addresses that anybody can call without a session."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import wraps
from typing import Any

import msgspec
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from fuhua.journey import access
from fuhua.journey.queries import numbers
from fuhua.kernel import period
from fuhua.kernel.page import page
from fuhua.kernel.words import Text, t
from fuhua.policy import catalog, told
from fuhua.policy.reasoning.exact import read_json
from fuhua.policy.reasoning.inputs import FIRST_DAY, LAST_DAY
from fuhua.policy.reasoning.profile import BadProfile, read_profile
from fuhua.policy.reasoning.rule import Rule
from fuhua.policy.reasoning.verdict import judge
from fuhua.policy.reasoning.ways import nearest
from fuhua.policy.titles import TITLES, worth

_ENCODER = msgspec.json.Encoder(decimal_format="number")
Answer = Callable[..., Any]


class _Refused(Exception):
    def __init__(self, text: Text, status: int) -> None:
        super().__init__(text.en)
        self.text, self.status = text, status


def _json(view: Answer) -> Callable[..., HttpResponse]:
    """The answer of a view as exact JSON; a refusal as ``{"error": {"zh", "en"}}``."""

    @wraps(view)
    def respond(request: HttpRequest, **given: Any) -> HttpResponse:
        try:
            data, status = view(request, **given), 200
        except _Refused as refused:
            data, status = {"error": told.both(refused.text)}, refused.status
        return HttpResponse(_ENCODER.encode(data), content_type="application/json", status=status)

    return respond


@page("policy/api/rules/", name="journey:api_rules", can=access.PUBLIC, title=t("政策规则（JSON）", "Policy rules as JSON"))
@_json
def listed(_request: HttpRequest) -> Any:
    """Every rule with its documents and dates."""
    return [told.brief(each) for each in catalog.rules()]


@page("policy/api/rules/<slug:rule>/", name="journey:api_rule", can=access.PUBLIC, title=t("一条规则（JSON）", "A rule as JSON"))
@_json
def one(_request: HttpRequest, rule: str) -> Any:
    """A rule with inputs, editions, clauses, sources and worked cases."""
    return told.rule(_rule(rule))


@page("policy/api/rules/<slug:rule>/check/", name="journey:api_check", can=access.PUBLIC, title=t("判断（JSON）", "A verdict as JSON"))
@_json
def check(request: HttpRequest, rule: str) -> Any:
    """The verdict of a profile given as parameters: ``?on=2026-04-01&employees=40&sales=1000万元``."""
    chosen, day = _rule(rule), _day(request)
    known = _profile(request)
    return {**told.verdict(judge(chosen, known, day, numbers.tables_on(day))), "not_asked": told.not_asked(chosen, known)}


@page("policy/api/rules/<slug:rule>/nearest/", name="journey:api_nearest", can=access.SIGNED_IN,
      title=t("最近的办法（JSON）", "The nearest ways as JSON"))  # fmt: skip
@_json
def ways(request: HttpRequest, rule: str) -> Any:
    """The cheapest ways to yes for a profile given as parameters; it may take a while, so one signs in for it."""
    chosen, day = _rule(rule), _day(request)
    known, tables = _profile(request), numbers.tables_on(day)
    return told.verdict(judge(chosen, known, day, tables), nearest(chosen, known, day, tables, numbers.costs_on(day)))


@page("policy/api/titles/<slug:title>/worth/", name="journey:api_worth", can=access.PUBLIC,
      title=t("称号的价值（JSON）", "What a title is worth, as JSON"))  # fmt: skip
@_json
def title_worth(request: HttpRequest, title: str) -> Any:
    """What a title would unlock for a profile given as parameters, and for how much a year."""
    if title not in TITLES:
        raise _Refused(t("没有这个称号，可选：{keys}", "there is no such title; one of {keys}").format(keys=", ".join(TITLES)), 404)
    day = _day(request)
    return told.worth(worth(TITLES[title], _profile(request), day, numbers.tables_on(day)))


def _rule(key: str) -> Rule:
    found = catalog.rule_of(key)
    if found is None:
        raise _Refused(t("没有这条规则：{key}", "there is no rule {key}").format(key=key), 404)
    return found


def _day(request: HttpRequest) -> dt.date:
    written = request.GET.get("on", "")
    try:
        day = dt.date.fromisoformat(written) if written else period.day(timezone.now())
    except ValueError as wrong:
        raise _Refused(t("on 应为日期，如 2026-04-01", "on is a date, like 2026-04-01"), 400) from wrong
    if not FIRST_DAY <= day.toordinal() <= LAST_DAY:
        raise _Refused(t("日期须在 1900 年至 2100 年之间", "the date lies between 1900 and 2100"), 400)
    return day


def _profile(request: HttpRequest) -> dict[str, Any]:
    given: dict[str, str] = {}
    for name, written in request.GET.lists():
        if name != "on":
            if len(written) != 1:
                raise _Refused(t("“{name}”出现了多次", "{name} is given more than once").format(name=name), 400)
            given[name] = written[0]
    try:
        return read_profile({name: _value(text) for name, text in given.items()}, catalog.inputs())
    except BadProfile as wrong:
        raise _Refused(wrong.text, 400) from wrong


def _value(written: str) -> Any:
    """A range, a listing or amounts by year are JSON; everything else is text as people write it."""
    if written[:1] in ("[", "{"):
        return read_json(written)
    return {"true": True, "false": False}.get(written, written)
