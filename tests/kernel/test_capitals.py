"""Amounts in Chinese capitals, as contracts and cheques write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fuhua.kernel.money import capitals

_DIGITS = {sign: value for value, sign in enumerate("零壹贰叁肆伍陆柒捌玖")}
_UNITS = {"拾": 10, "佰": 100, "仟": 1000}


@pytest.mark.parametrize(("fen", "written"), [
    (0, "零元整"), (1, "壹分"), (32, "叁角贰分"), (100, "壹元整"), (120, "壹元贰角整"), (1000, "壹拾元整"),
    (1_640_902, "壹万陆仟肆佰零玖元零贰分"),
    (140_950, "壹仟肆佰零玖元伍角整"), (32_504, "叁佰贰拾伍元零肆分"), (600_714_00, "陆拾万零柒佰壹拾肆元整"), (6_000_000, "陆万元整"),
    (10_000_000_000, "壹亿元整"), (10_000_000_100, "壹亿零壹元整"), (10_050_00 * 10_000, "壹亿零伍拾万元整"), (10**14, "壹万亿元整"),
])
def test_the_examples_of_the_payment_rules_are_written_so(fen: int, written: str) -> None:
    assert capitals(fen) == written


def _read(written: str) -> int:
    """Fen of an amount in capitals, read sign by sign."""
    whole, _, rest = written.rpartition("元") if "元" in written else ("", "", written)
    total = section = digit = 0
    for sign in whole:
        if sign in _DIGITS:
            digit = _DIGITS[sign]
        elif sign in _UNITS:
            section, digit = section + digit * _UNITS[sign], 0
        elif sign == "万":
            section, digit = (section + digit) * 10_000, 0
            total, section = total + section, 0
        else:
            total, section, digit = (total + section + digit) * 10**8, 0, 0
    fen = (total + section + digit) * 100
    for sign, unit in (("角", 10), ("分", 1)):
        if sign in rest:
            fen += _DIGITS[rest[rest.index(sign) - 1]] * unit
    return fen


@given(st.integers(0, 10**15))
def test_every_amount_reads_back_as_it_was(fen: int) -> None:
    assert _read(capitals(fen)) == fen
