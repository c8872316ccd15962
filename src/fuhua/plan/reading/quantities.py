"""Finds every printed quantity in a text: number, unit, comparison and range, whatever it later turns out to mean."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from .numerals import ARABIC, NUMBER, scale_of, value_of

_COUNTERS = (
    "个百分点|百分点|平方公里|平方千米|平方米|平米|㎡|m²|立方米|公里|千米|公顷|万亩|亩|千瓦时|千瓦|兆瓦|吉瓦|万千瓦|"
    "标准煤|吨标准煤|吨|"
    "人次|人·次|人天|人年|场次|班次|件次|台套|台|美元|欧元|元|%|‰|倍|家次|家|个|名|人|项|件|场|款|套|座|处|所|"
    "只|支|条|户|辆|架|艘|门|种|类|部|篇|"
    "对|组|片|株|头|份|本|例|位|团|队|间|床|张|枚|颗|课时|幅|宗|笔|批次|届|期|标箱|口|斤|公斤|列|趟|艘次|TEU|"
    "EFLOPS|PFLOPS|EFlops|PFlops|GFLOPS|"
    "TB|PB|EB|ZB|GB|MW|GW|kW|KW|"
    "MWh|GWh|千伏安|度|分贝|微克/立方米|毫克/升|微克|毫克|次|栋|幢|孔|眼|根|台次|机架|标准机架|架次|桩|盏|"
    "村|园区|米|升|分"
)
_LETTERS = r"[EPT] ?[Ff](?:LOPS|lops)|E(?![A-Za-z])|P(?![A-Za-z])|发(?!展|布|明|放|电|行|证|起|票|生|动|现|挥|改|言|射|掘)"
_UNIT = (
    rf"(?P<unit>(?:{'|'.join(sorted(_COUNTERS.split('|'), key=len, reverse=True))}|{_LETTERS})(?:[（(/](?:次|套|间|户|家|"
    rf"处|个|人|项|件|台|种|座|款|立方米|人|公里|公顷|亩)[）)]?)?)"
)
_DURATION = r"(?:个?工作日|个?小时|个?分钟|分钟|小时|个?月|周岁|岁|周|天|日|年|秒|季度|学时|个学期)"
_BEFORE = (
    r"(?P<before>不少于|不低于|不小于|不高于|不超过|不大于|至少|超过|突破|高于|大于|低于|少于|小于|超|逾|近|"
    r"约|将近|达到|达|≥|>=|≤|<=|＞|＜|>|<|﹥|≧|≦|控制在|"
    r"稳定在|保持在)?\s*"
)
_QUANTITY = re.compile(
    _BEFORE
    + rf"(?P<number>{NUMBER.pattern})(?P<more1>余|多)?\s*"
    + rf"(?:(?P<lowunit>%|个|家|元)?\s*(?:[—\-–~～－至到]|——)\s*(?P<high>{ARABIC}|"
    rf"[二两三四五六七八九十百千万亿]+))?(?P<more2>余|多)?\s*"
    + rf"(?P<mid>以上|左右)?(?:(?P<duration>{_DURATION})|{_UNIT})?(?P<more3>余|多)?\s*"
    + r"(?P<after>及以上|或以上|以上|以内|以下|左右|上下)?"
)
_OPS = {
    "不少于": ">=", "不低于": ">=", "不小于": ">=", "至少": ">=", "≥": ">=", ">=": ">=", "≧": ">=",
    "超过": ">", "突破": ">", "高于": ">", "大于": ">", "超": ">", "逾": ">", "＞": ">", ">": ">", "﹥": ">",
    "不高于": "<=", "不超过": "<=", "不大于": "<=", "低于": "<=", "少于": "<=", "小于": "<=",
    "≤": "<=", "<=": "<=", "≦": "<=", "＜": "<=", "<": "<=",
}  # fmt: skip


@dataclass(frozen=True)
class Quantity:
    """A printed quantity: `span` covers comparison, number and unit; `begin` the number alone."""

    span: tuple[int, int]
    begin: int
    printed: str
    value: int | Decimal
    max: int | Decimal | None
    op: str
    unit: str
    duration: bool
    comparison: str

    @property
    def is_han(self) -> bool:
        """Whether it is printed in Chinese numerals."""
        return not re.search(r"\d", self.printed)


def find_quantities(text: str) -> list[Quantity]:
    """Every quantity in a stretch of text, in order; numbers without any unit included."""
    found: list[Quantity] = []
    for match in _QUANTITY.finditer(text):
        quantity = _read(match)
        if quantity is not None:
            found.append(quantity)
    return _with_shared_units(text, found)


def _with_shared_units(text: str, found: list[Quantity]) -> list[Quantity]:
    """In 300万、400万、500万平方米 the unit of the last number is that of all."""
    for i in range(len(found) - 2, -1, -1):
        here, following = found[i], found[i + 1]
        bare = not here.unit and not here.duration and not here.is_han
        if bare and text[here.span[1] : following.begin] in ("、", "和", "及"):
            found[i] = replace(here, unit=following.unit, duration=following.duration)
    return found


def _read(match: re.Match[str]) -> Quantity | None:
    printed, high = match.group("number"), match.group("high")
    try:
        value, upper = value_of(printed), value_of(high) if high else None
    except (ValueError, ArithmeticError):
        return None
    if upper is not None and high is not None:
        value = value * scale_of(high) if scale_of(printed) == 1 and scale_of(high) > 1 and value < upper else value
        if upper <= value:
            upper = None
    unit = (match.group("unit") or "").replace(" ", "")
    if printed.startswith("百分之"):
        unit = "%" + unit
    before, after = match.group("before") or "", match.group("after") or match.group("mid") or ""
    more = match.group("more1") or match.group("more2") or match.group("more3") or ""
    op = "range" if upper is not None else _op(before, after, more, match.string[max(0, match.start() - 8) : match.start()])
    begin = match.start("number")
    return Quantity(
        span=(match.start() if before else begin, match.end()),
        begin=begin,
        printed=printed,
        value=value,
        max=upper,
        op=op,
        unit=unit,
        duration=bool(match.group("duration")),
        comparison=before + after,
    )


def _op(before: str, after: str, more: str, words: str) -> str:
    if "以上" in after:
        return ">="
    if after in ("以下", "以内"):
        return "<="
    if before in _OPS:
        return _OPS[before]
    if re.search(r"(?:不少于|不低于|至少)(?:建成|建设|培育|打造|配备|设立|有|创建|安排|举办|引进|新增|开展|完成|选派|组织|服务)?$", words):
        return ">="
    return ">" if more else "="
