"""Profiles: what is known of one subject, read from JSON by the types and units of the inputs, or refused with a reason."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from difflib import get_close_matches
from fractions import Fraction
from typing import Any

from fuhua.kernel.words import Text, listed, t
from fuhua.policy.reasoning.inputs import INPUTS, Input, folded
from fuhua.policy.reasoning.terms import Exact
from fuhua.policy.words import UNITS

# unit written → (unit declared, factor to the declared unit)
_WRITTEN: dict[str, tuple[str, Fraction]] = {
    "元": ("CNY", Fraction(1)), "CNY": ("CNY", Fraction(1)), "千元": ("CNY", Fraction(1_000)),
    "万": ("CNY", Fraction(10_000)), "万元": ("CNY", Fraction(10_000)), "亿": ("CNY", Fraction(10**8)),
    "亿元": ("CNY", Fraction(10**8)), "百万元": ("CNY", Fraction(10**6)), "fen": ("CNY", Fraction(1, 100)),
    "USD": ("USD", Fraction(1)), "美元": ("USD", Fraction(1)), "万美元": ("USD", Fraction(10_000)), "亿美元": ("USD", Fraction(10**8)),
    "%": ("percent", Fraction(1)), "percent": ("percent", Fraction(1)), "％": ("percent", Fraction(1)), "ratio": ("percent", Fraction(100)),
    "人": ("people", Fraction(1)), "people": ("people", Fraction(1)), "家": ("firms", Fraction(1)), "firms": ("firms", Fraction(1)),
    "项": ("items", Fraction(1)), "件": ("items", Fraction(1)), "个": ("items", Fraction(1)), "items": ("items", Fraction(1)),
    "m2": ("m2", Fraction(1)), "m²": ("m2", Fraction(1)), "平方米": ("m2", Fraction(1)), "万平方米": ("m2", Fraction(10_000)),
    "年": ("years", Fraction(1)), "years": ("years", Fraction(1)), "月": ("months", Fraction(1)), "个月": ("months", Fraction(1)),
    "months": ("months", Fraction(1)), "天": ("days", Fraction(1)), "days": ("days", Fraction(1)),
    "分": ("points", Fraction(1)), "points": ("points", Fraction(1)), "倍": ("ratio", Fraction(1)), "times": ("ratio", Fraction(1)),
}  # fmt: skip
_NUMBER = re.compile(r"[¥￥]?\s*([+-]?[0-9][0-9,，_]*(?:\.[0-9]+)?)\s*([^\s0-9][^\s]*)?")
_YES, _NO = {"yes", "是", "true", "有"}, {"no", "否", "false", "无"}
_YEAR = re.compile(r"(19|20)[0-9]{2}")
_DAY = re.compile(r"([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?")


_LONGEST = 40  # digits of a number, more than any amount has


class BadProfile(ValueError):
    """A profile that cannot be read; ``text`` names the input and says how to mend it."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


def read_profile(raw: Mapping[str, Any], asked: Iterable[Input] | None = None) -> dict[str, Any]:
    """Known values by input name, in stored scale: ``(low, high)``, a code, or ``{year: stored}``.

    ``null`` is unknown. Raises :class:`BadProfile` for a name that no input has (of ``asked``, else of all), for a
    unit that is not the input's, for a value out of bounds or finer than is kept.
    """
    inputs = {one.name: one for one in (INPUTS if asked is None else asked)}
    known = {}
    for name, value in raw.items():
        one = inputs.get(name)
        if one is None:
            raise BadProfile(_unknown(name, inputs))
        if value is not None:
            known[name] = read_value(one, value)
    return known


def _unknown(name: str, inputs: Mapping[str, Input]) -> Text:
    near = get_close_matches(name, inputs, n=3)
    hint = t("，是否为 {near}？", "; did you mean {near}?").format(near=", ".join(near)) if near else Text("", "")
    return t("没有名为“{name}”的输入项{hint}", "no input is called “{name}”{hint}").format(name=name, hint=hint)


def read_value(one: Input, raw: Any) -> Any:
    """One value of an input in stored scale; raises :class:`BadProfile`."""
    if one.kind == "by_year":
        return _by_year(one, raw)
    if one.kind == "choice":
        return _code(one, raw)
    if one.kind == "listing":
        return _listing(one, raw)
    if one.kind == "number" and isinstance(raw, list | tuple):
        if len(raw) != 2:
            raise _bad(one, raw, t("区间写作 [最小, 最大]", "a range is [least, most]"))
        low, high = (_bound(one, value, which) for which, value in enumerate(raw))
        if low > high:
            raise _bad(one, raw, t("区间的最小值大于最大值", "the least is above the most"))
        return low, high
    stored = {"yes_no": _yes_no, "date": _day}.get(one.kind, _number)(one, raw)
    return stored, stored


def _code(one: Input, raw: Any) -> str:
    """The code of a choice told by its code, its name in either language, or an alias."""
    word = folded(raw) if isinstance(raw, str) else ""
    if word in one.words:
        return one.words[word]
    near = dict.fromkeys(one.words[each] for each in get_close_matches(word, one.words, n=5))
    codes = t("可选代码：{codes}", "one of {codes}").format(codes=", ".join(one.choices))
    if not near:
        raise _bad(one, raw, codes)
    names = listed(Text(f"{code}（{one.choices[code].zh}）", f"{code} ({one.choices[code].en})") for code in list(near)[:3])
    raise _bad(one, raw, t("是否为 {names}？{codes}", "did you mean {names}? It is {codes}").format(names=names, codes=codes))


def _bound(one: Input, raw: Any, which: int) -> int:
    return (one.low, one.high)[which] if raw is None else _number(one, raw)


def _bad(one: Input, raw: Any, why: Text) -> BadProfile:
    return BadProfile(
        t("“{meaning}”（{name}）的值 {raw} 不能用：{why}", "{meaning} ({name}) cannot be {raw}: {why}").format(
            meaning=one.meaning, name=one.name, raw=_short(repr(raw)), why=why
        )
    )


def _short(written: str) -> str:
    return written if len(written) <= 2 * _LONGEST else f"{written[:_LONGEST]}…"


def _yes_no(one: Input, raw: Any) -> int:
    said = _said(raw)
    if said is None:
        raise _bad(one, raw, t("请填 true 或 false", "give true or false"))
    return int(said)


def _said(raw: Any) -> bool | None:
    """Yes or no as people write it; None when it is neither."""
    if isinstance(raw, bool):
        return raw
    word = folded(raw) if isinstance(raw, str) else ""
    return True if word in _YES else False if word in _NO else None


def _day(one: Input, raw: Any) -> int:
    day = _calendar(one, raw)
    if not one.low <= day <= one.high:
        raise _bad(one, raw, t("日期须在 1900 年至 2100 年之间", "the date lies between 1900 and 2100"))
    return day


def _calendar(one: Input, raw: Any) -> int:
    """The day number of a date as people write it: ``2025-03-10``, ``2025/3/10``, ``2025年3月10日``."""
    found = _DAY.fullmatch(raw.strip()) if isinstance(raw, str) else None
    try:
        if isinstance(raw, dt.date):
            return raw.toordinal()
        return dt.date(*map(int, found.groups())).toordinal() if found else dt.date.fromisoformat(raw).toordinal()
    except (TypeError, ValueError) as wrong:
        raise _bad(one, raw, t("日期写作 2025-03-10", "a date is written 2025-03-10")) from wrong


def _number(one: Input, raw: Any) -> int:
    unit = one.unit
    if isinstance(raw, Mapping):
        if set(raw) != {"value", "unit"}:
            raise _bad(one, raw, t('请写成 {{"value": …, "unit": …}}', 'write {{"value": …, "unit": …}}').format())
        raw, unit = raw["value"], raw["unit"]
        if not isinstance(unit, str):
            raise _bad(one, raw, t("单位要写成文字", "a unit is a word"))
    amount, written = _parsed(one, raw)
    declared, factor = _WRITTEN.get(written or unit, (None, Fraction(1)))
    if declared != one.unit:
        raise _bad(
            one,
            raw,
            t("单位应为{word}（{unit}），收到 {got}", "its unit is {word} ({unit}), not {got}").format(
                word=UNITS[one.unit], unit=one.unit, got=written or unit
            ),
        )
    stored = Fraction(amount) * factor * one.scale
    if stored.denominator != 1:
        raise _bad(
            one,
            raw,
            t("比保留的精度更细，请舍入到 1/{scale} {unit}", "finer than is kept; round it to 1/{scale} {unit}").format(
                scale=one.scale, unit=one.unit
            ),
        )
    if not one.low <= stored <= one.high:
        raise _bad(
            one,
            raw,
            t("应在 {low} 与 {high} 之间", "it lies between {low} and {high}").format(
                low=plain(Fraction(one.low, one.scale)), high=plain(Fraction(one.high, one.scale))
            ),
        )
    return int(stored)


def _parsed(one: Input, raw: Any) -> tuple[Decimal, str]:
    if isinstance(raw, bool) or raw is None:
        raise _bad(one, raw, t("这里要填数字", "a number is wanted"))
    if isinstance(raw, int | Decimal):
        return _sized(one, Decimal(raw)), ""
    found = _NUMBER.fullmatch(str(raw).strip()) if len(str(raw)) <= 2 * _LONGEST else None
    if found is None:
        raise _bad(one, raw, t("这里要填数字，可带单位，如 120万元", "a number is wanted, with or without a unit, like 1200000 CNY"))
    return _sized(one, Decimal(re.sub("[,，_]", "", found.group(1)))), found.group(2) or ""


def _sized(one: Input, amount: Decimal) -> Decimal:
    """The amount, unless it is no number, or of a size that only wastes time."""
    if not amount.is_finite() or abs(amount.adjusted()) > _LONGEST:
        raise _bad(one, "…", t("数字过大或过细", "the number is too large or too fine"))
    return amount


class Listing(tuple[int, int]):
    """The first and the last day on a list, as day numbers: what a listing becomes until the day of judging is known."""


def _listing(one: Input, raw: Any) -> Any:
    said = _said(raw)
    if said is not None:
        return int(said), int(said)
    if not isinstance(raw, Mapping) or not {"from", "to"} & set(raw) or set(raw) - {"from", "to", "batch", "source"}:
        raise _bad(
            one,
            raw,
            t(
                '请填 true、false 或 {{"from": 日期, "to": 日期, "batch": …, "source": …}}',
                'give true, false or {{"from": date, "to": date, "batch": …, "source": …}}',
            ).format(),
        )
    first = _calendar(one, raw["from"]) if raw.get("from") else dt.date.min.toordinal()
    last = _calendar(one, raw["to"]) if raw.get("to") else dt.date.max.toordinal()
    if first > last:
        raise _bad(one, raw, t("起始日晚于截止日", "it ends before it begins"))
    return Listing((first, last))


def _by_year(one: Input, raw: Any) -> dict[int, int]:
    if not isinstance(raw, Mapping) or not all(_YEAR.fullmatch(str(year)) for year in raw):
        raise _bad(one, raw, t('请按年份填写，如 {{"2023": 1000000}}', 'give amounts by year, like {{"2023": 1000000}}').format())
    return {int(year): _number(one, value) for year, value in raw.items()}


def settled(known: Mapping[str, Any], on: dt.date) -> dict[str, Any]:
    """The profile on a day: a listing with dates becomes yes or no."""
    return {
        name: (int(value[0] <= on.toordinal() <= value[1]),) * 2 if isinstance(value, Listing) else value for name, value in known.items()
    }


def plain(value: Any) -> Any:
    """A number as JSON shows it: an int, else an exact decimal, else one rounded to ten places."""
    if isinstance(value, Fraction):
        if value.denominator == 1:
            return int(value)
        return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(Decimal("1e-10")).normalize()
    return value


def declared(one: Input, stored: int) -> Any:
    """A stored value as its input declares it: 元, percent, a date, yes or no."""
    if one.kind == "date":
        return dt.date.fromordinal(stored).isoformat()
    if one.kind in ("yes_no", "listing"):
        return bool(stored)
    return plain(Fraction(stored, one.scale))


def in_terms(unit: str, value: Exact) -> Exact:
    """A declared value in the scale of terms: fen of 元 (cents of dollars), a ratio of percent, else as it is."""
    if unit in ("CNY", "USD"):
        return Fraction(value) * 100
    return Fraction(value) / 100 if unit == "percent" else value


def out_of_terms(unit: str, value: Exact) -> Exact:
    """A value in the scale of terms as its unit declares it: the inverse of :func:`in_terms`."""
    if unit in ("CNY", "USD"):
        return Fraction(value) / 100
    return Fraction(value) * 100 if unit == "percent" else value
