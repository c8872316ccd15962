"""Money as integer fen (分), read from what people write (元, 万元, 亿元), written out in capitals, and the references it is paid by."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal, InvalidOperation

from fuhua.kernel.digits import ungrouped
from fuhua.kernel.words import Text, cut, t

LONGEST = 40  # characters of an amount; more digits than any has only take time to read

_UNITS = {"": 1, "元": 1, "块": 1, "千元": 1_000, "W": 10_000, "万": 10_000, "万元": 10_000, "百万元": 1_000_000,
          "亿": 100_000_000, "亿元": 100_000_000}
_SHAPE = re.compile(r"¥?\s*(-?[0-9]+(?:\.[0-9]+)?)\s*(亿元|亿|百万元|万元|万|W|千元|元|块)?")
EXAMPLE = t("120 万元 或 1200000", "1200000 or “120万元”")


class BadMoney(ValueError):
    """The text is not an amount of money; ``text`` says how to mend it."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


def reference_of(written: str) -> str:
    """A bank's reference or an invoice's number as it is kept: wide signs, spaces and small letters do not make it another one."""
    return "".join(unicodedata.normalize("NFKC", written).split()).upper()


def fen(written: str | int | float | Decimal, *, unit: str = "元", example: Text = EXAMPLE) -> int:
    """Integer fen of an amount such as ``"1,200.5万元"`` or ``"3w"`` (3 万); a bare number is in ``unit``.

    Raises :class:`BadMoney` when it is not an amount, which says how to write one by the ``example``, or is finer than one fen.
    """
    text = str(written).strip()
    if len(text) > LONGEST:
        raise BadMoney(t("“{written}”过长，金额最多 {most} 个字符", "“{written}” is too long; an amount has at most {most} characters")
                       .format(written=cut(text), most=LONGEST))
    found = _SHAPE.fullmatch(ungrouped(unicodedata.normalize("NFKC", text)).upper())
    if found is None:
        raise BadMoney(t("“{written}”不是金额，请写成 {example}", "“{written}” is not an amount; write {example}")
                       .format(written=written, example=example))
    try:
        amount = Decimal(found.group(1))
    except InvalidOperation as wrong:  # pragma: no cover - the pattern admits only numbers
        raise BadMoney(t("金额无法识别", "unreadable amount")) from wrong
    exact = amount * _UNITS[found.group(2) or unit] * 100
    if exact != exact.to_integral_value():
        raise BadMoney(t("“{written}”小于一分，请写到分为止", "“{written}” is finer than one fen; round it to the fen")
                       .format(written=written))
    return int(exact)


_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_STEPS = ((10**8, "亿"), (10**4, "万"), (1000, "仟"), (100, "佰"), (10, "拾"))


def capitals(fen: int) -> str:
    """The Chinese capital form (大写金额) of a non-negative amount: ``壹万陆仟肆佰零玖元零贰分``.

    Source: 《支付结算办法》附一 正确填写票据和结算凭证的基本规定; 整 follows 元 and 角, never 分.
    """
    whole, (jiao, rest) = fen // 100, divmod(fen % 100, 10)
    written = f"{_counted(whole)}元" if whole or not fen else ""
    if jiao:
        written += f"{_DIGITS[jiao]}角"
    elif rest and whole:
        written += "零"
    return written + (f"{_DIGITS[rest]}分" if rest else "整")


def _counted(number: int) -> str:
    for size, unit in _STEPS:
        if number >= size:
            high, low = divmod(number, size)
            return _counted(high) + unit + ("零" if 0 < low < size // 10 else "") + (_counted(low) if low else "")
    return _DIGITS[number]
