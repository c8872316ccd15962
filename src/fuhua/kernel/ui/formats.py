"""How people write money, counts, shares and time, in Chinese and in English; every function is pure."""

from __future__ import annotations

import datetime as dt
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from fuhua.kernel.period import SHANGHAI
from fuhua.kernel.words import Text, t

Number = int | float | Decimal | Fraction

NONE = Text("—", "—")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_QUARTERS = "一二三四"
_ENGLISH = ((10**6, " million"), (10**9, " billion"))


def decimal(value: Number) -> Decimal:
    """``value`` as a Decimal; a fraction is cut only beyond 28 significant digits, a float reads as it prints."""
    if isinstance(value, Fraction):
        return Decimal(value.numerator) / Decimal(value.denominator)
    return Decimal(str(value)) if isinstance(value, float) else Decimal(value)


def grouped(value: Number, places: int = 2) -> str:
    """``value`` rounded half up to at most ``places`` decimals, thousands separated, trailing zeros dropped."""
    rounded = decimal(value).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    whole, _, rest = f"{abs(rounded):,f}".partition(".")
    rest = rest.rstrip("0")
    return ("−" if rounded < 0 else "") + whole + ("." + rest if rest else "")


def num(value: Number | None, places: int = 2) -> Text:
    """A plain number: ``12,345`` in both languages."""
    if value is None:
        return NONE
    written = grouped(value, places)
    return Text(written, written)


def wan(value: Number | None) -> Text:
    """A count by its Chinese myriads: ``1.23 万`` / ``12,345``; English turns to millions from one million."""
    if value is None:
        return NONE
    return Text(_scaled(value, (10**4, " 万"), (10**8, " 亿")), _scaled(value, *_ENGLISH))


def money(fen: int | Fraction | None) -> Text:
    """An amount of integer fen as people write it: ``1,234 万元``, ``3.2 亿元`` / ``¥12.34 million``.

    Rounded half up to two decimals of the unit; for the exact amount use :func:`yuan`.
    """
    if fen is None:
        return NONE
    amount = decimal(fen) / 100
    chinese = _scaled(amount, (10**4, " 万元"), (10**8, " 亿元"))
    english = _signed(_cents(_scaled(amount, *_ENGLISH)))
    return Text(chinese if chinese.endswith("元") else _cents(chinese) + " 元", english)


def yuan(fen: int | None) -> Text:
    """An amount of integer fen, exact to the fen: ``12,345,678.90 元`` / ``¥12,345,678.90``."""
    if fen is None:
        return NONE
    sign, (whole, rest) = "−" if fen < 0 else "", divmod(abs(fen), 100)
    written = f"{sign}{whole:,}.{rest:02d}"
    return Text(f"{written} 元", _signed(written))


def percent(share: Number | None, places: int = 1) -> Text:
    """A share of one as a percentage: ``12.5%``. Never rounds onto 0% or 100%: ``<0.1%`` and ``>99.9%`` say so."""
    if share is None:
        return NONE
    exact, step = decimal(share) * 100, Decimal(1).scaleb(-places)
    shown = exact.quantize(step, ROUND_HALF_UP)
    if exact > 0 and shown == 0:
        written = f"<{step.normalize():f}%"
    elif exact < 100 and shown == 100:
        written = f">{100 - step:f}%"
    else:
        written = grouped(exact, places) + "%"
    return Text(written, written)


def day(at: dt.date | dt.datetime | None) -> Text:
    """A day in Beijing: ``2025年3月1日`` / ``1 Mar 2025``."""
    if at is None:
        return NONE
    on = beijing(at)
    return Text(f"{on.year}年{on.month}月{on.day}日", f"{on.day} {_MONTHS[on.month - 1]} {on.year}")


def clock(at: dt.datetime | dt.date | None, zone: dt.tzinfo = SHANGHAI) -> Text:
    """A moment in Beijing, or on the wall of ``zone``: ``2025年3月1日 14:05`` / ``1 Mar 2025, 14:05``; of a day, the day."""
    if not isinstance(at, dt.datetime):
        return day(at)
    there = at.astimezone(zone)
    time, on = there.strftime("%H:%M"), day(there.date())
    return Text(f"{on.zh} {time}", f"{on.en}, {time}")


def month(on: dt.date | None) -> Text:
    """``2025年3月`` / ``Mar 2025``."""
    return NONE if on is None else Text(f"{on.year}年{on.month}月", f"{_MONTHS[on.month - 1]} {on.year}")


def quarter(on: dt.date | None) -> Text:
    """``2025年第一季度`` / ``Q1 2025`` for a day in it."""
    if on is None:
        return NONE
    index = (on.month - 1) // 3
    return Text(f"{on.year}年第{_QUARTERS[index]}季度", f"Q{index + 1} {on.year}")


def span(first: dt.date | None, last: dt.date | None) -> Text:
    """From one day to another, both included, without repeating what they share."""
    if first is None and last is None:
        return NONE
    if first is None:
        return t("至{day}", "until {day}").format(day=day(last))
    if last is None:
        return t("{day}起", "from {day}").format(day=day(first))
    if first == last:
        return day(first)
    end = day(last).zh.removeprefix(f"{first.year}年") if first.year == last.year else day(last).zh
    start = day(first).en.removesuffix(f" {last.year}") if first.year == last.year else day(first).en
    return Text(f"{day(first).zh}至{end}", f"{start} – {day(last).en}")


def ago(at: dt.datetime | None, now: dt.datetime) -> Text:
    """How long before (or after) ``now``: minutes, hours, days; beyond thirty days the day itself."""
    if at is None:
        return NONE
    gap = now - at
    ahead, minutes = gap < dt.timedelta(0), abs(int(gap.total_seconds())) // 60
    if minutes < 1:
        return t("刚刚", "just now")
    for size, limit, zh, en in ((1, 60, "分钟", "minute"), (60, 1440, "小时", "hour"), (1440, 44_640, "天", "day")):
        if minutes < limit:
            count = minutes // size
            many = en if count == 1 else en + "s"
            return Text(f"{count} {zh}后", f"in {count} {many}") if ahead else Text(f"{count} {zh}前", f"{count} {many} ago")
    return day(at)


def beijing(at: dt.date | dt.datetime) -> dt.date:
    """The calendar day in Beijing of an aware moment; a plain date is already one."""
    return at.astimezone(SHANGHAI).date() if isinstance(at, dt.datetime) else at


def _scaled(value: Number, *units: tuple[int, str]) -> str:
    """``value`` in the largest unit (listed upwards) it fills once rounded: 99,999,999.99 is 1 亿, not 10,000 万."""
    amount, size, word = decimal(value), Decimal(1), ""
    for larger, larger_word in units:
        if abs((amount / size).quantize(Decimal("0.01"), ROUND_HALF_UP)) * size < larger:
            break
        size, word = Decimal(larger), larger_word
    return grouped(amount / size) + word


def _cents(written: str) -> str:
    """Money that has a fraction shows both of its digits: ``9.5`` is written ``9.50``."""
    whole, dot, rest = written.partition(".")
    return written if not dot or not rest.isdigit() else f"{whole}.{rest:0<2}"


def _signed(written: str) -> str:
    """The yuan sign goes after the minus sign and before the digits."""
    return "−¥" + written[1:] if written.startswith("−") else "¥" + written
