"""How policy writes values for people: inputs, terms, thresholds and money, exact and with their unit."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from fuhua.kernel.ui import formats
from fuhua.kernel.words import Text, listed, t
from fuhua.policy.reasoning.dates import Elapsed
from fuhua.policy.reasoning.inputs import Input
from fuhua.policy.reasoning.profile import Listing, out_of_terms, plain
from fuhua.policy.reasoning.terms import Exact, Growth, Least, Most, Number, Operator, Points, Ratio, Sum, Term
from fuhua.policy.reasoning.units import unit_of
from fuhua.policy.words import UNITS

YES, NO = t("是", "yes"), t("否", "no")
SOME, NONE = t("有", "yes"), t("无", "none")  # of what a clause does not want
UNKNOWN = t("未填", "not told")
_ENDLESS = {"CNY": 10**15, "USD": 10**15, "percent": 100}  # a range that reaches so far says nothing; of a count 10**9
_TINY = Fraction(1, 10_000)
_PARENTHESIS = re.compile(r"（[^（）]*）")
_REST = re.compile(r"\s*[;:(].*$")
_SINGULAR = {"people": "person", "firms": "firm", "items": "item", "points": "point", "months": "month", "years": "year", "days": "day"}
OPERATORS = {
    ">=": t("不低于", "at least"),
    "<=": t("不超过", "at most"),
    ">": t("超过", "more than"),
    "<": t("低于", "less than"),
}


def brief(meaning: Text) -> Text:
    """The meaning of an input without what stands in parentheses or after a colon."""
    return Text(_PARENTHESIS.sub("", meaning.zh) or meaning.zh, _REST.sub("", meaning.en) or meaning.en)


def amount(fen: Exact) -> Text:
    """Fen as people write money: in 亿元, else in 万元, where nothing is lost by it, else exact to the fen."""
    fen = Fraction(fen)
    if fen.denominator != 1:
        return formats.money(fen)
    whole, size = int(fen), abs(int(fen))
    short, exact = formats.money(whole), formats.yuan(whole)
    chinese = 10**8 if size >= 10**10 else 10**4 if size >= 10**6 else 1
    english = 10**9 if size >= 10**11 else 10**6 if size >= 10**8 else 1
    myriads = t("{n} 万元", "¥{n}0,000").format(n=formats.num(Fraction(whole, 10**6)))
    long = myriads.zh if size % 10**4 == 0 else exact.zh
    return Text(short.zh if size % chinese == 0 else long, short.en if size % english == 0 else exact.en)


def _counted(value: Exact, unit: str) -> Text:
    written = formats.num(value, 4)
    words = UNITS.get(unit)
    if words is None or unit in ("code", "yes_no", "listing", "date"):
        return written
    english = _SINGULAR.get(unit, words.en) if value == 1 else words.en
    return Text(f"{written.zh} {words.zh}", f"{written.en} {english}")


def _time(value: Exact, unit: str) -> Text:
    """Time as terms count it: whole months, and days over as thirty-seconds of one."""
    if unit == "days" or Fraction(value).denominator == 1:
        return _counted(value, unit)
    if value < 0:
        return t("尚未开始", "not begun")
    months = Fraction(value) * (12 if unit == "years" else 1)
    whole, days = int(months), int((months % 1) * 32)
    parts = [_counted(number, name) for number, name in ((whole // 12, "years"), (whole % 12, "months"), (days, "days")) if number]
    return Text(" ".join(part.zh for part in parts), " ".join(part.en for part in parts)) if parts else _counted(0, unit)


def in_unit(value: Exact, unit: str, *, elapsed: bool = False) -> Text:
    """A value in the scale of terms (fen, ratio, count, day number) with its unit."""
    if unit == "CNY":
        return amount(value)
    if unit == "USD":
        return _counted(Fraction(value) / 100, unit)
    if unit == "percent":
        return formats.percent(Fraction(value), 4)
    if unit == "date":
        return formats.day(dt.date.fromordinal(int(value)))
    if unit in ("yes_no", "listing"):
        return YES if value else NO
    return _time(value, unit) if elapsed else _counted(value, unit)


def told(one: Input, value: Any) -> Text:
    """A known value of an input as a profile keeps it: a range, a code, amounts by year; None is not told."""
    if value is None:
        return UNKNOWN
    if isinstance(value, str):
        return one.choices.get(value, Text(value, value))
    if isinstance(value, Mapping):
        rows = [
            t("{year}：{amount}", "{year}: {amount}").format(year=year, amount=single(one, each)) for year, each in sorted(value.items())
        ]
        return strung(rows) if rows else UNKNOWN
    low, high = value
    if isinstance(value, Listing):
        return _between(in_unit(low, "date"), in_unit(high, "date"))
    return single(one, low) if low == high else _between(single(one, low), single(one, high))


def strung(phrases: Iterable[Text]) -> Text:
    """Several phrases as one, with what each language puts between clauses."""
    phrases, between = list(phrases), t("；", "; ")
    return Text(between.zh.join(each.zh for each in phrases), between.en.join(each.en for each in phrases))


def single(one: Input, stored: int) -> Text:
    """One stored value of an input, with its unit."""
    return in_unit(stored * one.factor, one.unit)


def gap(one: Input, steps: int) -> Text:
    """A difference between two stored values of an input, with its unit."""
    if one.kind == "date":
        return _counted(abs(steps), "days")
    return in_unit(abs(steps) * one.factor, one.unit)


def _between(low: Text, high: Text) -> Text:
    return t("{low} 至 {high}", "{low} to {high}").format(low=low, high=high)


def ranged(span: tuple[Any, Any], of: Term) -> Text:
    """A range in the scale of terms as the term's unit writes it; what has no end is not told."""
    low, high = span
    unit, elapsed = unit_of(of), isinstance(of, Elapsed)
    if low == high:
        return in_unit(low, unit, elapsed=elapsed)
    if unit in ("yes_no", "listing", "date") or high >= _ENDLESS.get(unit, 10**9) or (unit == "percent" and high > 1 and low < _TINY):
        return UNKNOWN
    if unit == "points":
        least, most = formats.num(low), in_unit(high, unit)
        return Text(f"{least.zh}–{most.zh}", f"{least.en}–{most.en}")
    return _between(in_unit(low, unit, elapsed=elapsed), in_unit(high, unit, elapsed=elapsed))


def unit_between(left: Term, right: Term) -> str:
    """The unit of a comparison: that of its left side, else of its right."""
    return unit_of(left) or unit_of(right)


def declared(value: Exact, unit: str) -> str:
    """A value in the scale of terms as a form writes it: 元, percent, a plain number, always read back exactly."""
    if unit == "date":
        return dt.date.fromordinal(int(value)).isoformat()
    exact = Fraction(out_of_terms(unit, value))
    if unit == "CNY" and exact and exact % 10**8 == 0:
        return str(t("{n}亿元", "{n}00000000").format(n=int(exact / 10**8)))
    if unit == "CNY" and exact and exact % 10_000 == 0:
        return str(t("{n}万元", "{n}0000").format(n=int(exact / 10_000)))
    return f"{plain(exact):f}" if exact.denominator != 1 else str(int(exact))


def called(of: Term) -> Text:
    """A term in words: its inputs by their meaning, and how they are put together."""
    if isinstance(of, Input):
        return brief(of.meaning)
    if isinstance(of, Operator):
        return of.meaning
    if isinstance(of, Points):
        return of.text
    if isinstance(of, Number):
        return formats.num(of.value, 4)
    if isinstance(of, Ratio):
        num, den = _grouped(of.num), _grouped(of.den)
        return Text(f"{num.zh} ÷ {den.zh}", f"{num.en} ÷ {den.en}")
    if isinstance(of, Growth):
        return t("平均增长率（{parts}）", "average growth ({parts})").format(parts=listed(map(called, of.parts)))
    if isinstance(of, Elapsed):
        return _elapsed(of)
    if isinstance(of, Sum):
        return _sum(of)
    if isinstance(of, Most | Least):
        pick = t("{parts} 中较高者", "the greatest of {parts}") if isinstance(of, Most) else t("{parts} 中较低者", "the least of {parts}")
        return pick.format(parts=listed(map(called, of.parts)))
    return listed(called(part) for part in of.parts)


def _elapsed(of: Elapsed) -> Text:
    unit = UNITS[of.unit]
    if of.until is None:
        return t("自“{since}”起的时间（{unit}）", "time since “{since}” ({unit})").format(since=called(of.since), unit=unit)
    return t("自“{since}”至“{until}”（{unit}）", "time from “{since}” to “{until}” ({unit})").format(
        since=called(of.since), until=called(of.until), unit=unit
    )


def _grouped(of: Term) -> Text:
    said = called(of)
    return t("（{said}）", "({said})").format(said=said) if isinstance(of, Sum) and len(of.parts) > 1 else said


def _sum(of: Sum) -> Text:
    sides = {"zh": "", "en": ""}
    for factor, part in of.weighted:
        said = _grouped(part)
        sign = "" if not sides["zh"] and factor > 0 else "− " if factor < 0 else "+ "
        times = "" if abs(factor) == 1 else f"{Fraction(abs(factor))} × "
        for side in sides:
            sides[side] += f" {sign}{times}{getattr(said, side)}"
    return Text(sides["zh"].strip(), sides["en"].strip())
