"""Postings of another exchange, read as listings: what their words for field, maturity, price and cooperation mean here.

Of a posting only the fields named here are read: people and their addresses stay behind, and telephone numbers and e-mail
addresses inside texts are taken out.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from fuhua.exchange.kinds.industries import industry_of
from fuhua.kernel import money
from fuhua.kernel.seen import seen
from fuhua.kernel.sheet import values
from fuhua.kernel.sheet.refusal import BadCell
from fuhua.kernel.words import Text, t

_TEXT = 20_000  # characters
KIND = "result"  # a technology wanted, or a result on offer
COLUMNS = {  # field of a listing → the column that says it
    "licences": "cooperationMethod", "domain": "industry", "readiness": "maturity", "readiness_most": "maturity", "price": "price",
    "price_most": "price", "rights": "zlxx", "uses": "scope"}
_WAYS = {"完全转让": "transfer", "技术转让": "transfer", "许可转让": "licence", "技术许可": "licence", "技术入股": "equity",
         "委托开发": "development", "合作生产": "production", "其他": "other"}
# Maturity as exchanges write it → the range of technology readiness (GB/T 22900-2022) that it can mean
_MATURITY = {"正在研发": ("1", "3"), "通过小试": ("4", "5"), "已有样品": ("4", "6"), "通过中试": ("6", "7"), "可以量产": ("8", "9")}
_RIGHTS = {"发明专利": "invention", "实用新型专利": "utility", "外观专利": "design", "外观设计专利": "design", "软件著作权": "software",
           "非专利技术": "know_how"}
_CONTACT = re.compile(r"(?<!\d)(?:\+?86[- ]?)?1[3-9]\d{9}(?!\d)|(?<!\d)0\d{2,3}-\d{7,8}(?!\d)|[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")
_PRICE = re.compile(r"([\d.]+)万元-([\d.]+)万元")
_CALLED = t("来源注明成熟度：{maturity}", "the source calls it: {maturity}")
_NOT_SAID = t("来源未说明，请向发布单位核实", "the source does not say; ask whoever posted it")


@dataclass(frozen=True)
class Problem:
    """What is wrong with a row: the field, and how to mend it; ``refused`` when the row was not taken in because of it, ``changed``
    when it was taken in before and what it says now was not."""

    field: str
    text: Text
    refused: bool = False
    changed: bool = False


@dataclass
class Posting:
    """A posting as a listing: ``key`` is its number over there; ``spec`` holds stored values."""

    key: str
    title: str
    text: str
    industry: str
    posted: dt.date | None
    deadline: dt.date | None
    spec: dict[str, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


class Refused(ValueError):
    """The row cannot be taken in; ``problem`` says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.text.en)
        self.problem = problem


def posting(row: Mapping[str, Any], side: str) -> Posting:
    """The posting ``row`` (as it was in the file) read as a need or an offer; raises :class:`Refused`.

    What is doubtful but does not stand in the way is listed in ``problems``.
    """
    problems: list[Problem] = []
    key, title = _text(row, "id", problems, most=60), " ".join(_text(row, "name", problems, most=200).split())
    text = "\n\n".join(filter(None, [_text(row, name, problems) for name in ("context", "earlyApplication", "funding")]))
    if not re.fullmatch(r"[\w.-]{1,60}", key, re.ASCII):
        raise Refused(Problem("id", t("缺少编号，或编号含有字母、数字、点、横线以外的字符",
                                      "no number, or one with signs other than letters, digits, dots and hyphens"), True))
    if not title and not text:
        raise Refused(Problem("name", t("没有标题和说明，请补上后重新导入", "neither title nor text; add one and import again"), True))
    if not title:
        title = " ".join(text.split())[:40]
        problems.append(Problem("name", t("没有标题，取了说明的开头，请改写", "no title; the text's beginning was taken, rewrite it")))
    if len(text) > _TEXT:
        raise Refused(Problem("context", t("说明共 {n} 字，最多 {most} 字，请缩短后重新导入",
                                           "the texts have {n} characters, at most {most}; shorten them and import again")
                              .format(n=len(text), most=_TEXT), True))
    found = Posting(key, title, text, "", _day(row, "postTime", problems), _ends(row, problems), problems=problems)
    written = _text(row, "classification", problems)
    found.industry, whole = industry_of(written)
    if not whole:
        problems.append(Problem("classification", t("行业“{text}”不能完全识别，记为“{code}”，请核对",
                                                    "industry “{text}” is not wholly known and kept as “{code}”; check it")
                                .format(text=written[:60], code=found.industry or "—")))
    found.spec = {name: value for name, value in _spec(row, side, problems).items() if value not in (None, "", [])}
    return found


def _spec(row: Mapping[str, Any], side: str, problems: list[Problem]) -> dict[str, Any]:
    ways = _text(row, "cooperationMethod", problems)
    spec: dict[str, Any] = {"licences": sorted({code for word, code in _WAYS.items() if word in ways}),
                            "domain": _text(row, "industry", problems)[:200]}
    if side == "need":
        return spec
    maturity = _text(row, "maturity", problems)
    if maturity and maturity not in _MATURITY:
        problems.append(_unknown("maturity", maturity))
    least, most = _MATURITY.get(maturity, ("", ""))
    low, high = _price(row, problems)
    rights = _text(row, "zlxx", problems)
    if rights and rights not in _RIGHTS:
        problems.append(_unknown("zlxx", rights))
    return spec | {
        "readiness": least, "readiness_most": most, "price": low, "price_most": high, "rights": _RIGHTS.get(rights, ""),
        "uses": _text(row, "scope", problems, most=4_000),
        "proven": _CALLED.format(maturity=maturity).zh if maturity else _NOT_SAID.zh, "unproven": _NOT_SAID.zh,
    }


def _text(row: Mapping[str, Any], name: str, problems: list[Problem], most: int = _TEXT) -> str:
    """One field as text, without telephone numbers and e-mail addresses."""
    value = row.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise Refused(Problem(name, t("应为文字，请加引号", "must be text; put it in quotes"), True))
    written = value.replace("\r\n", "\n").replace("\r", "\n").strip()
    text = seen(written).strip()
    if text != written:
        problems.append(Problem(name, t("不可见的字符已删去", "invisible characters were taken out")))
    if len(text) > most:
        raise Refused(Problem(name, t("过长（{n} 字，最多 {most} 字），请缩短后重新导入",
                                      "too long ({n} characters, at most {most}); shorten it and import again")
                              .format(n=len(text), most=most), True))
    plain = _CONTACT.sub("", text).strip()
    if plain != text:
        problems.append(Problem(name, t("文字中的电话或邮箱已删去", "telephone numbers or e-mail addresses in it were taken out")))
    return plain


def _unknown(name: str, written: str) -> Problem:
    return Problem(name, t("“{text}”不能识别，已留空，请在页面上补充", "“{text}” is not known and was left empty; fill it in on the page")
                   .format(text=written[:60]))


def _day(row: Mapping[str, Any], name: str, problems: list[Problem]) -> dt.date | None:
    written = _text(row, name, problems)
    try:
        return values.day(written) if written else None
    except BadCell as wrong:
        problems.append(Problem(name, wrong.text))
        return None


def _ends(row: Mapping[str, Any], problems: list[Problem]) -> dt.date | None:
    """The last day of ``2020-01-1310:49:39.0至2021-01-1310:49:41.0``."""
    written = _text(row, "time", problems)
    if not written:
        return None
    try:
        return dt.date.fromisoformat(written.rpartition("至")[2][:10])
    except ValueError:
        problems.append(_unknown("time", written))
        return None


def _price(row: Mapping[str, Any], problems: list[Problem]) -> tuple[int | None, int | None]:
    """Lowest and highest price in fen of ``30.0万元-100.0万元``; 面议 is none."""
    written = _text(row, "price", problems)
    if written in ("", "面议"):
        return None, None
    found = _PRICE.fullmatch(written)
    if found is None:
        problems.append(_unknown("price", written))
        return None, None
    try:
        low, high = sorted(money.fen(each, unit="万元") for each in found.groups())
    except money.BadMoney:
        problems.append(_unknown("price", written))
        return None, None
    return low, high
