"""JSON read exactly: numbers as they are written and of a size that can be reckoned with, every name once, not too deep."""

from __future__ import annotations

import json
import re
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any

from fuhua.kernel.words import Text, t
from fuhua.policy.reasoning.profile import BadProfile

LONGEST = 200_000  # characters of a profile; the largest real one has about ten thousand
MOST_DIGITS = 40
_HALF = re.compile(r"[\ud800-\udfff]|\\u[dD][89a-fA-F][0-9a-fA-F]{2}")  # no rule asks for what needs such pairs
_PLAIN = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")


def read_json(text: str) -> Any:
    """The value of a JSON text; raises :class:`BadProfile` for what is no JSON, too long, too deep, or names a thing twice."""
    if len(text) > LONGEST:
        raise BadProfile(t("内容过长", "the text is too long"))
    if _HALF.search(text):
        raise BadProfile(t("含有不完整的字符", "it holds half a character"))
    try:
        return json.loads(text, parse_int=_whole, parse_float=_decimal, parse_constant=_no_number, object_pairs_hook=_once)
    except RecursionError as wrong:
        raise BadProfile(t("层次过多", "it is nested too deeply")) from wrong
    except json.JSONDecodeError as wrong:
        raise BadProfile(t("不是有效的 JSON（{why}）", "not valid JSON ({why})").format(why=str(wrong))) from wrong


def read_object(text: str) -> dict[str, Any]:
    """As :func:`read_json`, and an object."""
    found = read_json(text)
    if not isinstance(found, dict):
        raise BadProfile(t("请给出 JSON 对象", "give a JSON object"))
    return found


def read_number(text: str) -> Fraction:
    """A plain number as people write it (``1,200``, ``2.5``, ``40%``), exactly; raises :class:`BadProfile`."""
    bare = re.sub(r"[%％,，\s]", "", text)
    if len(bare) > MOST_DIGITS or _PLAIN.fullmatch(bare) is None:
        raise BadProfile(
            t("请填写数字，如 30 或 2.5（收到“{text}”）", "give a number, like 30 or 2.5 (got “{text}”)").format(text=text[:MOST_DIGITS])
        )
    return Fraction(bare)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:  # one of the two would be ignored
            raise BadProfile(t("“{name}”出现了两次", "“{name}” is given twice").format(name=name))
        found[name] = value
    return found


def _whole(written: str) -> int:
    if len(written) > MOST_DIGITS:
        raise BadProfile(_too_long(written))
    return int(written)


def _decimal(written: str) -> Decimal:
    try:
        found = Decimal(written) if len(written) <= MOST_DIGITS else None
    except InvalidOperation:
        found = None
    if found is None or abs(found.adjusted()) > MOST_DIGITS:
        raise BadProfile(_too_long(written))
    return found


def _too_long(written: str) -> Text:
    return t("数字过大或过细：{number}", "the number is too large or too fine: {number}").format(number=f"{written[:20]}…")


def _no_number(name: str) -> Any:
    raise BadProfile(t("{name} 不是数字", "{name} is no number").format(name=name))
