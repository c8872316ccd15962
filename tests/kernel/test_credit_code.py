"""Credit codes: known ones are accepted however they are written, others are refused with what is wrong."""

from __future__ import annotations

import pytest

from fuhua.kernel.credit_code import ALPHABET, BadCreditCode, check_character, credit_code, is_credit_code

KNOWN = [
    "91110000802100433B",
    "91110108551385082Q",
    "9144030071526726XG",
    "91330100799655058B",
    "12100000400000624D",
    "12100000400002259P",
    "91350100M000100Y43",
]


@pytest.mark.parametrize("code", KNOWN)
def test_known_codes_are_valid(code):
    assert credit_code(code) == code


@pytest.mark.parametrize(
    "written",
    ["91110000 802100433b", "９１１１００００８０２１００４３３Ｂ", "91110000-8021-0043-3B", " 91110000802100433B\n"],
)
def test_a_code_is_read_however_it_is_written(written):
    assert credit_code(written) == "91110000802100433B"


@pytest.mark.parametrize("code", KNOWN)
def test_any_single_wrong_character_is_noticed(code):
    for place in range(17):
        signs = ALPHABET[:10] if 2 <= place < 8 else ALPHABET
        other = signs[(signs.index(code[place]) + 1) % len(signs)]
        assert not is_credit_code(code[:place] + other + code[place + 1 :])


def test_two_neighbours_swapped_are_noticed():
    assert not is_credit_code("91110000802104033B")


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("9111000080210043", "16"),
        ("9111O000802100433B", "O"),
        ("91110000802100433A", "校验不通过"),
        ("", "0"),
    ],
)
def test_a_refusal_says_what_is_wrong_in_both_languages(written, said):
    with pytest.raises(BadCreditCode) as refusal:
        credit_code(written)
    assert said in refusal.value.text.zh
    assert refusal.value.text.en
    assert refusal.value.text.en != refusal.value.text.zh


def test_the_check_character_of_a_zero_sum_is_zero():
    assert check_character("0" * 17) == "0"
