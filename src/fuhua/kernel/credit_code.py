"""Unified social credit codes (统一社会信用代码) and their check character, after GB 32100-2015."""

from __future__ import annotations

import re
import unicodedata

from fuhua.kernel.words import Text, t

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # no I, O, Z, S, V
_WEIGHTS = tuple(pow(3, place, 31) for place in range(17))
_SHAPE = re.compile(rf"[{ALPHABET}]{{2}}[0-9]{{6}}[{ALPHABET}]{{10}}")


class BadCreditCode(ValueError):
    """The text is not a credit code; ``text`` says what is wrong with it."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


def check_character(first_17: str) -> str:
    """The eighteenth character that belongs to the first seventeen."""
    total = sum(ALPHABET.index(sign) * weight for sign, weight in zip(first_17, _WEIGHTS, strict=True))
    return ALPHABET[-total % 31]


def tidy(written: str) -> str:
    """What a person wrote, in half-width capitals without spaces and hyphens; not checked."""
    return re.sub(r"[\s\-—–]", "", unicodedata.normalize("NFKC", written)).upper()


def is_credit_code(code: str) -> bool:
    """Whether the tidy ``code`` has the right shape and check character."""
    return _SHAPE.fullmatch(code) is not None and code[17] == check_character(code[:17])


def credit_code(written: str) -> str:
    """The tidy code in what a person wrote; raises :class:`BadCreditCode` saying what is wrong."""
    code = tidy(written)
    if len(code) != 18:
        raise BadCreditCode(
            t(
                "统一社会信用代码应为 18 位，收到 {count} 位，请核对营业执照",
                "a credit code has 18 characters, this one has {count}; check the licence",
            ).format(count=len(code))
        )
    if strange := sorted(set(code) - set(ALPHABET)):
        raise BadCreditCode(
            t(
                "统一社会信用代码不含“{signs}”（不使用 I、O、Z、S、V），请核对是否误写为数字 1、0、2、5",
                "a credit code never contains {signs} (no I, O, Z, S, V); perhaps 1, 0, 2 or 5 was meant",
            ).format(signs="".join(strange))
        )
    if not is_credit_code(code):
        raise BadCreditCode(
            t(
                "统一社会信用代码 {code} 校验不通过，请逐位核对营业执照",
                "the check character of {code} does not fit; compare it with the licence, character by character",
            ).format(code=code)
        )
    return code
