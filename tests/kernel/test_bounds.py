"""What people write is bounded before it is read, and an error repeats only its beginning."""

from __future__ import annotations

import pytest

from fuhua.kernel import money
from fuhua.kernel.questions import BadValue, Question, read
from fuhua.kernel.sheet import table, values
from fuhua.kernel.sheet.refusal import BadCell
from fuhua.kernel.words import cut, t

NINES = "9" * 900_000
WRONG = (money.BadMoney, BadValue, BadCell)


def _asked(sort: str) -> Question:
    return Question("x", t("数量", "Amount"), sort)


@pytest.mark.parametrize("reader", [
    money.fen, values.money, values.count, values.share,
    lambda written: read(_asked("money"), written), lambda written: read(_asked("number"), written),
], ids=["fen", "cell of money", "count", "share", "question of money", "question of a number"])
@pytest.mark.parametrize("written", [NINES, "人" * 32_000 + "x"], ids=["digits", "counters"])
def test_what_is_too_long_for_a_number_is_refused_with_its_beginning(reader, written):
    with pytest.raises(WRONG) as refusal:
        reader(written)
    assert f"{written[:40]}…" in refusal.value.text.zh
    assert f"{written[:40]}…" in refusal.value.text.en
    assert len(refusal.value.text.en) < 150


def test_an_amount_of_forty_characters_is_still_read():
    assert money.fen("0" * 36 + "1.50") == 150
    with pytest.raises(money.BadMoney):
        money.fen("0" * 37 + "1.50")


@pytest.mark.parametrize("written", ["1e-999999", "1e-21", "0e-999999", "1." + "1" * 28])
def test_a_number_with_more_digits_than_anything_has_is_refused(written):
    with pytest.raises(BadValue) as refusal:
        read(_asked("number"), written)
    assert refusal.value.text.zh.endswith("位数过多，请四舍五入后填写")
    assert refusal.value.text.en.endswith("has too many digits; round it")


def test_a_number_of_a_few_digits_is_kept_as_written():
    assert read(_asked("number"), "1e-20") == "0." + "0" * 19 + "1"
    assert read(_asked("number"), "1." + "1" * 27) == "1." + "1" * 27


def test_a_counter_word_after_a_number_is_still_left_off():
    assert values.count("1,200 人") == 1200
    assert values.count("3 个 项") == 3


def test_what_is_repeated_is_cut_after_forty_characters():
    assert (cut("a" * 40), cut("a" * 41), cut(5)) == ("a" * 40, "a" * 40 + "…", "5")


def test_a_header_is_compared_without_its_brackets():
    assert table.plain("注册资本（万元）【必填】") == "注册资本"
    assert table.plain("(" * 30_000 + "a") == "(" * 30_000 + "a"


@pytest.mark.parametrize("written", ["1e1000000", "1E+999999999", "0e999999999", "-1e-999999999", "1e99999999999999999999"])
def test_a_number_with_an_exponent_that_cannot_be_reckoned_with_is_refused(written):
    with pytest.raises(BadValue):
        read(_asked("number"), written)
