"""What a cell means: text, days, months, money, counts, shares, credit codes and yes/no, in the ways people write them."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from fuhua.kernel import credit_code as codes
from fuhua.kernel import money as amounts
from fuhua.kernel.digits import ungrouped
from fuhua.kernel.sheet.refusal import BadCell
from fuhua.kernel.words import Text, cut, listed, t

Reader = Callable[[Any, str], Any]

_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})(?:\s*[-/.月]\s*(\d{1,2})?\s*日?)?\s*月?(?:[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_UNIT = re.compile(r"(亿元|百万元|万元|千元|元)")
_YES = frozenset(("是", "有", "yes", "y", "true", "1", "√", "✓", "v"))
_NO = frozenset(("否", "无", "no", "n", "false", "0", "×", "x", "✗"))
_NONE = frozenset(("-", "--", "—", "——", "/", "无", "n/a", "na", "null", "none", "待定", "暂无"))
_MOST = 10**13  # fen: 1000 亿元
_LONGEST = 40  # characters of a number
_COUNTERS = "家个人项件名户平方米㎡"
_SERIALS = (20_000, 80_000)  # 1954 to 2119


def folded(value: Any) -> str:
    """The cell as text: full-width folded, line breaks and runs of blanks made one blank, trimmed."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return " ".join(unicodedata.normalize("NFKC", "" if value is None else str(value)).split())


def is_blank(value: Any) -> bool:
    """Whether a cell says nothing: empty, or one of the marks people put for nothing."""
    return value is None or (isinstance(value, str) and (not value.strip() or folded(value).lower() in _NONE))


def text(value: Any, _header: str = "") -> str:
    """Text as written, trimmed, at most 200 characters."""
    if isinstance(value, str) and value.startswith("#") and value.endswith(("!", "?", "A")):
        raise BadCell(t("公式出错（{value}），请改为数值或文字", "the formula failed ({value}); put in a value").format(value=cut(value)))
    written = value.isoformat() if isinstance(value, dt.date) else " ".join(str(value).split())
    if len(written) > 200:
        raise BadCell(t("文字过长（{n} 字，最多 200 字），请缩短", "too long ({n} characters, at most 200); shorten it")
                      .format(n=len(written)))
    if any(unicodedata.category(letter) == "Cc" for letter in written):
        raise BadCell(t("含有不可见的控制字符，请重新输入", "holds invisible control characters; type it again"))
    return folded(value) if isinstance(value, float | int) else written


def name(value: Any, _header: str = "") -> str:
    """An organisation's name: text with full-width letters folded, Chinese brackets kept as （）."""
    written = text(value)
    return folded(written).replace("(", "（").replace(")", "）")


def day(value: Any, _header: str = "") -> dt.date:
    """A day: an Excel date or serial, ``2024-03-01``, ``2024/3/1``, ``2024年3月1日``, ``20240301``; a month is its first day."""
    if isinstance(value, dt.date):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool) and _SERIALS[0] <= value < _SERIALS[1]:
        return dt.date(1899, 12, 30) + dt.timedelta(days=int(value))
    written = folded(value)
    found = _DAY.fullmatch(written) or _COMPACT.fullmatch(written)
    if found is None and written.isdecimal() and len(written) == 5 and _SERIALS[0] <= int(written) < _SERIALS[1]:
        return dt.date(1899, 12, 30) + dt.timedelta(days=int(written))
    if found is None:
        raise BadCell(t("“{value}”不是日期，请写成 2024-03-01 或 2024年3月1日", "“{value}” is not a date; write 2024-03-01")
                      .format(value=cut(written)))
    try:
        made = dt.date(int(found[1]), int(found[2]), int(found[3] or 1))
    except ValueError as wrong:
        raise BadCell(t("“{value}”不是存在的日期，请核对年月日", "“{value}” is no day of the calendar; check it")
                      .format(value=cut(written))) from wrong
    if not 1949 <= made.year <= 2100:
        raise BadCell(t("“{value}”的年份不合理，请核对", "the year of “{value}” is implausible; check it").format(value=cut(written)))
    return made


def money(value: Any, header: str = "", *, example: Text = amounts.EXAMPLE) -> int:
    """Integer fen; a bare number is in the unit that the header names (元 when none), ``1,200万元`` says its own.

    Nothing that a roster lists is above 1000 亿元: such an amount has a wrong unit.
    """
    if isinstance(value, dt.date | bool):
        raise BadCell(t("“{value}”不是金额", "“{value}” is not an amount").format(value=value))
    unit = _UNIT.search(unicodedata.normalize("NFKC", header))
    written = folded(value).replace("人民币", "").replace(" ", "").removesuffix("整")
    if isinstance(value, float):
        written = f"{Decimal(str(value)):f}"
    try:
        fen = amounts.fen(written, unit=unit[1] if unit else "元", example=example)
    except amounts.BadMoney as wrong:
        raise BadCell(wrong.text) from wrong
    if abs(fen) > _MOST:
        raise BadCell(t("“{value}”超过 1000 亿元，请核对金额和单位", "“{value}” is above 100 billion yuan; check amount and unit")
                      .format(value=written))
    return fen


def count(value: Any, _header: str = "") -> int:
    """A whole number from zero up; thousands separators and a counter word at the end are understood."""
    number = _decimal(value)
    if number != number.to_integral_value() or number < 0:
        raise BadCell(t("“{value}”应为不小于 0 的整数", "“{value}” must be a whole number from 0 up").format(value=cut(folded(value))))
    return int(number)


def share(value: Any, header: str = "") -> int:
    """Parts per million of a share: ``12.5%``, ``0.125``; a bare number under a header with % is per cent."""
    number = _decimal(folded(value).rstrip("%"))
    percent = folded(value).endswith("%") or "%" in unicodedata.normalize("NFKC", header)
    parts = number * (10_000 if percent else 1_000_000)
    if not 0 <= parts <= 1_000_000 or parts != parts.to_integral_value():
        raise BadCell(t("“{value}”不是 0 到 100% 之间的比例，请写成 12.5%", "“{value}” is not a share; write 12.5%")
                      .format(value=cut(folded(value))))
    return int(parts)


def credit_code(value: Any, _header: str = "") -> str:
    """An 18-character unified social credit code whose check character fits, in half-width capitals."""
    if isinstance(value, int | float):
        raise BadCell(t("信用代码被存成了数字，末尾几位已丢失；请把该列设为“文本”后重新填写",
                        "the code was stored as a number and lost its last digits; make the column text and type it again"))
    try:
        return codes.credit_code(str(value))
    except codes.BadCreditCode as wrong:
        raise BadCell(wrong.text) from wrong


def yes_no(value: Any, _header: str = "") -> bool:
    """是/否 in the usual marks."""
    written = folded(value).lower()
    if isinstance(value, bool) or written in _YES or written in _NO:
        return value if isinstance(value, bool) else written in _YES
    raise BadCell(t("“{value}”应为 是 或 否", "“{value}” must be yes (“是”) or no (“否”)").format(value=cut(written)))


def choice(options: Mapping[str, Text], synonyms: Mapping[str, str] | None = None) -> Reader:
    """A reader of one of ``options`` (code → label): by code, by either label, or by a synonym (text → code)."""
    known = {folded(code).lower(): code for code in options}
    for code, label in options.items():
        known.setdefault(folded(label.zh).lower(), code)
        known.setdefault(folded(label.en).lower(), code)
    known |= {folded(word).lower(): code for word, code in (synonyms or {}).items()}

    def read(value: Any, _header: str = "") -> str:
        code = known.get(folded(value).lower())
        if code is None:
            raise BadCell(t("“{value}”不在可选范围内，可填：{options}", "“{value}” is not one of: {options}").format(
                value=cut(folded(value)), options=listed(options.values())))
        return code

    return read


def _decimal(value: Any) -> Decimal:
    written = ungrouped(folded(value).replace(" ", "")).rstrip(_COUNTERS)
    if isinstance(value, dt.date | bool) or len(written) > _LONGEST or not re.fullmatch(r"-?\d+(\.\d+)?", written):
        raise BadCell(t("“{value}”不是数字", "“{value}” is not a number").format(value=cut(folded(value))))
    try:
        return Decimal(written)
    except InvalidOperation as wrong:  # pragma: no cover - the pattern admits only numbers
        raise BadCell(t("无法识别的数字", "unreadable number")) from wrong
