"""Money, shares, counts and time are written as people write them, in both languages, up to every boundary."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction

import pytest

from fuhua.kernel.period import SHANGHAI
from fuhua.kernel.ui import formats
from fuhua.kernel.words import t


@pytest.mark.parametrize(
    ("fen", "zh", "en"),
    [
        (0, "0 元", "¥0"),
        (1, "0.01 元", "¥0.01"),
        (99_950, "999.50 元", "¥999.50"),
        (999_999, "9,999.99 元", "¥9,999.99"),
        (1_000_000, "1 万元", "¥10,000"),
        (123_400_000_00, "1.23 亿元", "¥123.4 million"),
        (1_234_0000_00, "1,234 万元", "¥12.34 million"),
        (9_999_999_999, "1 亿元", "¥100 million"),
        (10_000_000_000, "1 亿元", "¥100 million"),
        (320_000_000_00, "3.2 亿元", "¥320 million"),
        (100_000_000_000, "10 亿元", "¥1 billion"),
        (-123_456_789_00, "−1.23 亿元", "−¥123.46 million"),
    ],
)
def test_money_is_written_in_the_largest_unit_it_fills(fen: int, zh: str, en: str) -> None:
    assert formats.money(fen) == t(zh, en)


def test_money_can_be_written_exact_to_the_fen() -> None:
    assert formats.yuan(1_234_567_890) == t("12,345,678.90 元", "¥12,345,678.90")
    assert formats.yuan(-5) == t("−0.05 元", "−¥0.05")


@pytest.mark.parametrize(
    ("count", "zh", "en"),
    [
        (9_999, "9,999", "9,999"),
        (10_000, "1 万", "10,000"),
        (12_345, "1.23 万", "12,345"),
        (99_999_999, "1 亿", "100 million"),
        (-20_000, "−2 万", "−20,000"),
    ],
)
def test_counts_are_written_by_myriads_in_chinese(count: int, zh: str, en: str) -> None:
    assert formats.wan(count) == t(zh, en)


@pytest.mark.parametrize(
    ("share", "written"),
    [
        (Fraction(1, 3), "33.3%"),
        (Decimal("0.15"), "15%"),
        (Decimal("0.1495"), "15%"),
        (1, "100%"),
        (0, "0%"),
        (Fraction(1, 100_000), "<0.1%"),
        (Fraction(99_999, 100_000), ">99.9%"),
        (Decimal("1.004"), "100.4%"),
    ],
)
def test_a_share_never_rounds_onto_nothing_or_everything(share: formats.Number, written: str) -> None:
    assert formats.percent(share).zh == written


def test_numbers_are_rounded_half_up_and_lose_their_trailing_zeros() -> None:
    assert [formats.num(value).en for value in (Decimal("2.005"), 1234567, Fraction(1, 8), 0.1 + 0.2)] == [
        "2.01", "1,234,567", "0.13", "0.3"]  # fmt: skip


def test_what_is_not_known_is_a_dash_everywhere() -> None:
    written = (formats.money, formats.yuan, formats.wan, formats.num, formats.percent, formats.day, formats.clock)
    assert {each(None) for each in written} == {t("—", "—")}


def test_days_are_those_of_beijing() -> None:
    late = dt.datetime(2025, 2, 28, 16, 30, tzinfo=dt.UTC)
    assert formats.day(late) == t("2025年3月1日", "1 Mar 2025")
    assert formats.clock(late) == t("2025年3月1日 00:30", "1 Mar 2025, 00:30")
    assert formats.day(dt.date(2025, 2, 28)) == t("2025年2月28日", "28 Feb 2025")


def test_periods_do_not_repeat_what_they_share() -> None:
    first, last = dt.date(2025, 3, 1), dt.date(2025, 6, 30)
    assert formats.span(first, last) == t("2025年3月1日至6月30日", "1 Mar – 30 Jun 2025")
    assert formats.span(dt.date(2024, 3, 1), last) == t("2024年3月1日至2025年6月30日", "1 Mar 2024 – 30 Jun 2025")
    assert formats.span(first, first) == formats.day(first)
    assert formats.span(None, last) == t("至2025年6月30日", "until 30 Jun 2025")
    assert formats.span(first, None) == t("2025年3月1日起", "from 1 Mar 2025")
    assert (formats.quarter(last), formats.month(last)) == (t("2025年第二季度", "Q2 2025"), t("2025年6月", "Jun 2025"))


@pytest.mark.parametrize(
    ("minutes", "zh", "en"),
    [
        (0, "刚刚", "just now"),
        (1, "1 分钟前", "1 minute ago"),
        (59, "59 分钟前", "59 minutes ago"),
        (60, "1 小时前", "1 hour ago"),
        (1_439, "23 小时前", "23 hours ago"),
        (1_440, "1 天前", "1 day ago"),
        (44_640, "2025年5月30日", "30 May 2025"),
        (-180, "3 小时后", "in 3 hours"),
    ],
)
def test_how_long_ago_is_told_in_the_largest_whole_unit(minutes: int, zh: str, en: str) -> None:
    now = dt.datetime(2025, 6, 30, 12, tzinfo=SHANGHAI)
    assert formats.ago(now - dt.timedelta(minutes=minutes), now) == t(zh, en)
