"""The compiled keys are those of the terms, whatever the text."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from fuhua.matching.text.keys import keys_of
from fuhua.matching.text.tokens import terms


def key(term: str) -> int:
    """FNV-1a over code points, mixed, in plain Python."""
    state = 0xCBF29CE484222325
    for sign in term:
        state = (state ^ ord(sign)) * 0x100000001B3 % 2**64
    state = (state ^ state >> 32) * 0x9E3779B97F4A7C15 % 2**64
    return state >> 16


def keys_by_text(texts: list[str]) -> list[list[int]]:
    found, ends = keys_of(texts)
    return [found[first:last].tolist() for first, last in pairwise(ends.tolist())]


SIGNS = "孵化器，。 的5.mMkK°①㎡ﾞｶ가각ᄀ𠮷𝐀😀Ａéé́ΣσİﬁΩµ%_-　\ud800"
PIECES = st.sampled_from([*SIGNS, "buses ", "companies", " 3.5 ", "mm ", "pm2.5", "ies", "us", "ss"])


@settings(max_examples=300, deadline=None)
@given(st.lists(st.one_of(st.text(max_size=12), st.lists(PIECES, max_size=12).map("".join)), max_size=6))
def test_compiled_keys_are_those_of_the_terms(texts):
    assert keys_by_text(texts) == [[key(term) for term in terms(text, joined=True)] for text in texts]


def test_every_sign_of_the_basic_plane_folds_as_it_does_in_python():
    texts = [chr(point) + "a " + chr(point) for point in range(0x10000)]
    assert keys_by_text(texts) == [[key(term) for term in terms(text, joined=True)] for text in texts]
