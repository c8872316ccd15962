"""Chinese and Arabic numbers as they are printed in plans: 三千, 1.2亿, 百亿, 3—5, 百分之八十."""

from __future__ import annotations

import re
from decimal import Decimal

HAN_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "○": 0}
SMALL_SCALES = {"十": 10, "百": 100, "千": 1000}
LARGE_SCALES = {"万": 10**4, "亿": 10**8}

_HAN = "零〇一二两三四五六七八九十百千万亿"
_PHYSICAL = r"(?!瓦|米|克|伏|焦|卡|升|帕|赫|兆|字|比特|安)"
SCALE = rf"(?:万亿|千亿|百亿|十亿|亿|千万|百万|十万|万|千{_PHYSICAL}|百(?!分)|十)"
ARABIC = rf"(?:\d{{1,3}}(?:,\d{{3}})+(?!\d)|\d+)(?:\.\d+)?\s?{SCALE}?"
HAN_NUMBER = rf"(?:百分之)?[{_HAN}]+"
NUMBER = re.compile(rf"(?:百分之)?{ARABIC}|{HAN_NUMBER}")


def han_to_int(text: str) -> int:
    """The value of a Chinese numeral such as 二十六, 三千五百, 一百零二 or 百亿; ValueError when it is not one."""
    if not text or any(c not in HAN_DIGITS and c not in SMALL_SCALES and c not in LARGE_SCALES for c in text):
        raise ValueError(text)
    if len(text) > 1 and all(c in HAN_DIGITS for c in text):
        return int("".join(str(HAN_DIGITS[c]) for c in text))
    total = section = 0
    digit: int | None = None
    for c in text:
        if c in HAN_DIGITS:
            digit = HAN_DIGITS[c]
        elif c in SMALL_SCALES:
            section += (1 if digit is None else digit) * SMALL_SCALES[c]
            digit = None
        else:
            part = section + (digit or 0)
            total = (total + part or 1) * LARGE_SCALES[c] if c == "亿" else total + (part or 1) * LARGE_SCALES[c]
            section, digit = 0, None
    return total + section + (digit or 0)


def value_of(text: str) -> int | Decimal:
    """The value of one printed number, scales expanded: `1.2亿` is 120000000, `百分之八十` is 80."""
    text = text.replace(",", "").replace("，", "").replace(" ", "").removeprefix("百分之")
    arabic = re.match(r"\d+(?:\.\d+)?", text)
    if arabic is None:
        return han_to_int(text)
    scale = han_to_int(text[arabic.end() :]) if text[arabic.end() :] else 1
    value = Decimal(arabic.group()) * scale
    return int(value) if value == value.to_integral_value() else value


def scale_of(text: str) -> int:
    """The trailing scale of a printed number, 1 when it has none: the 万 of `5万` also belongs to the 3 of `3-5万`."""
    tail = re.search(rf"{SCALE}$", text.strip())
    if tail is None or not re.match(r"\d", text.strip()):
        return 1
    return han_to_int(tail.group())
