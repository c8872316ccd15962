"""The terms of a text: what is a term, what is folded, what only separates."""

from __future__ import annotations

import pytest

from fuhua.matching.text.tokens import normal, stem, terms


def test_a_run_of_han_gives_its_characters_and_its_pairs_of_neighbours():
    assert terms("孵化器") == ["孵", "孵化", "化", "化器", "器"]


def test_a_character_alone_is_a_term_and_punctuation_separates():
    assert terms("酶，镍；“人工”") == ["酶", "镍", "人", "人工", "工"]


def test_full_width_and_compatibility_forms_and_capitals_are_folded():
    assert terms("ＬＥＤ ㎡ Ⅳ") == terms("led m2 iv") == ["led", "m2", "iv"]
    assert normal("ＡＢ①") == "ab1"


def test_traditional_characters_are_read_as_simplified_ones_one_by_one():
    assert terms("感測器與極低溫") == terms("感测器与极低温")
    assert normal("𨋢臺灣") == "𨋢台湾"


def test_han_beside_latin_needs_no_space():
    assert terms("5G基站pm2.5") == ["5g", "基", "基站", "站", "pm2.5"]


def test_a_word_joined_with_the_character_it_touches_is_a_term_when_asked_for():
    assert terms("防爆LED灯", joined=True) == ["防", "防爆", "爆", "爆led", "led", "led灯", "灯"]
    assert terms("LED 灯、3.5 mm孔, robots的", joined=True) == ["led", "灯", "3.5mm", "3.5mm孔", "孔", "robot", "robot的", "的"]


@pytest.mark.parametrize("written", ["3.5mm", "3.5 mm", "３．５ＭＭ"])
def test_a_number_and_its_unit_are_one_term_with_or_without_a_space(written):
    assert terms(written) == ["3.5mm"]


def test_a_word_after_a_number_that_is_no_unit_stays_a_term_of_its_own():
    assert terms("3 robots, 10 , mm") == ["3", "robot", "10", "mm"]


@pytest.mark.parametrize(
    ("word", "stemmed"),
    [("companies", "company"), ("robots", "robot"), ("classes", "classe"), ("glass", "glass"), ("virus", "virus"), ("gas", "gas"),
     ("shoes", "shoe"), ("zombies", "zomby"), ("σοφίας", "σοφίας"), ("h5n1s", "h5n1s")],
)  # fmt: skip
def test_the_stem_takes_away_plural_endings_only(word, stemmed):
    assert stem(word) == stemmed


def test_an_empty_text_and_one_of_symbols_have_no_terms():
    assert terms("") == terms("？！ — 😀 % _") == []
