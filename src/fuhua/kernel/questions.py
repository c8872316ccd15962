"""Questions of forms that kinds declare: what may be asked, read as people write it, kept as JSON, shown in the reader's words."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from fuhua.kernel.digits import ungrouped
from fuhua.kernel.money import EXAMPLE
from fuhua.kernel.seen import seen
from fuhua.kernel.sheet import values
from fuhua.kernel.sheet.refusal import BadCell
from fuhua.kernel.ui import formats
from fuhua.kernel.urn import is_urn, kind_of
from fuhua.kernel.words import Text, cut, listed, t

_LONG = 4_000
_SIZE, _DIGITS, _NUMBER = 20, 28, 40  # of a number: places before or after the point, digits, and characters as written
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")  # Cc and Cs but breaks and tabs
NOTHING = Text("", "")

TYPES: dict[str, Text] = {
    "words": t("文字", "words"),
    "long": t("长文字", "long text"),
    "number": t("数值", "number"),
    "money": t("金额", "money"),
    "day": t("日期", "day"),
    "choice": t("单选", "one of several"),
    "choices": t("多选", "any of several"),
    "yes": t("是或否", "yes or no"),
    "party": t("在册单位", "an organisation on the register"),
}


@dataclass(frozen=True)
class Question:
    """One thing that is asked: ``name``, ``label``, ``type`` (``TYPES``); ``unit`` is shown behind a number.

    Of a ``party`` the ``choices`` are the sorts that it may be; what is stored is its URN. ``least`` and ``most`` (in the unit, of money
    in fen) are the smallest and the largest number that make sense; of a text ``most`` is how many characters are kept.
    """

    name: str
    label: Text
    type: str = "words"
    unit: Text = NOTHING
    choices: Mapping[str, Text] = field(default_factory=dict)
    required: bool = False
    help: Text = NOTHING
    least: Decimal | int | None = None
    most: Decimal | int | None = None


class BadValue(ValueError):
    """A value that its field cannot hold; ``text`` says how to mend it."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


def read(question: Question, written: Any) -> Any:
    """The stored value (JSON) of what somebody wrote, or None for nothing; raises :class:`BadValue`.

    Stored: words and codes as text, numbers as exact decimal text, money as integer fen, days as ISO text, choices as a list.
    """
    if written is None or written == "" or written == []:
        return None
    try:
        value = _READERS[question.type](question, written)
    except BadCell as wrong:
        raise BadValue(wrong.text) from wrong
    if value == "":  # nothing in it is seen
        return None
    if question.type in ("number", "money"):
        _bounded(question, Decimal(value))
    elif question.most is not None and len(value) > question.most:
        raise BadValue(_too_long(len(value), int(question.most)))
    return value


def _bounded(question: Question, value: Decimal) -> None:
    if question.least is not None and value < question.least:
        raise BadValue(t("“{label}”不能小于 {least}，请核对", "{label}: {least} or more; check it")
                       .format(label=question.label, least=shown(question, question.least)))
    if question.most is not None and value > question.most:
        raise BadValue(t("“{label}”不能大于 {most}，请核对数值和单位", "{label}: {most} or less; check the number and its unit")
                       .format(label=question.label, most=shown(question, question.most)))


def tidy(text: str) -> str:
    """Text of several lines as it is :func:`seen`, trimmed; raises :class:`BadValue` for control characters other than breaks and tabs."""
    text = text.replace("\r\n", "\n").strip()
    if _CONTROLS.search(text):
        raise BadValue(t("含有不可见的控制字符，请重新输入", "holds invisible control characters; type it again"))
    return seen(text).strip()


def line(text: str) -> str:
    """Text of one line, as :func:`tidy` keeps it."""
    return " ".join(tidy(text).split())


def _words(_field: Question, written: Any) -> str:
    return seen(values.text(written)).strip()


def _long(_field: Question, written: Any) -> str:
    text = str(written)
    if len(text) <= 2 * _LONG:  # what is far too long is not looked through first
        text = tidy(text)
    if len(text) > _LONG:
        raise BadValue(_too_long(len(text), _LONG))
    return text


def _too_long(length: int, most: int) -> Text:
    return t("文字过长（{n} 字，最多 {most} 字），请缩短或作为附件上传",
             "too long ({n} characters, at most {most}); shorten it or attach a file").format(n=length, most=most)


def _number(field: Question, written: Any) -> str:
    text = ungrouped(values.folded(written))
    for unit in (field.unit.zh, field.unit.en):
        text = text.removesuffix(values.folded(unit)).strip() if unit else text
    if len(text) > _NUMBER:
        raise BadValue(t("“{value}”过长，数值最多 {most} 个字符", "“{value}” is too long; a number has at most {most} characters")
                       .format(value=cut(text), most=_NUMBER))
    try:
        number = Decimal(text)
    except InvalidOperation as wrong:
        raise BadValue(t("“{value}”不是数值，请只写数字（单位：{unit}）", "“{value}” is not a number; write digits only (unit: {unit})")
                       .format(value=cut(text), unit=field.unit)) from wrong
    if not number.is_finite() or number.adjusted() > _SIZE or abs(number) > Decimal(10) ** 15:  # too large an exponent overflows
        raise BadValue(t("“{value}”超出范围，请核对", "“{value}” is out of range; check it").format(value=cut(text)))
    if number.adjusted() < -_SIZE or len(number.as_tuple().digits) > _DIGITS:
        raise BadValue(t("“{value}”位数过多，请四舍五入后填写", "“{value}” has too many digits; round it").format(value=cut(text)))
    return f"{number.normalize():f}"


def amount_like(field: Question) -> Text:
    """How an amount may be written: a small one where it is the price of one unit, else one in 万元."""
    if not field.unit.zh:
        return EXAMPLE
    return t("120 或 85.5（元/{unit}）", "120 or 85.5 (yuan per {unit})").format(unit=field.unit)


def _money(field: Question, written: Any) -> int:
    if any(sign in str(written) for sign in "$€£") or any(word in str(written).upper() for word in ("USD", "EUR", "美元", "欧元", "港")):
        raise BadValue(t("请用人民币填写：{value}", "give the amount in yuan: {value}").format(value=cut(written)))
    return values.money(written, example=amount_like(field))


def _day(_field: Question, written: Any) -> str:
    return values.day(written).isoformat()


def _choice(field: Question, written: Any) -> str:
    return values.choice(field.choices)(written, "")


def _choices(field: Question, written: Any) -> list[str]:
    each = written if isinstance(written, list | tuple) else [part for part in str(written).replace("，", "、").split("、") if part]
    return sorted({_choice(field, part) for part in each})


def _yes(_field: Question, written: Any) -> bool:
    return values.yes_no(written)


def _party(field: Question, written: Any) -> str:
    urn = str(written).strip()
    if not is_urn(urn) or kind_of(urn) not in field.choices:
        raise BadValue(t("请从名录中选择（{sorts}）", "choose from the register ({sorts})").format(sorts=listed(field.choices.values())))
    return urn


_READERS = {"words": _words, "long": _long, "number": _number, "money": _money, "day": _day, "choice": _choice, "choices": _choices,
            "yes": _yes, "party": _party}


def shown(field: Question, stored: Any) -> Text:
    """A stored value in words, with its unit."""
    if stored is None or stored == []:
        return formats.NONE
    if field.type == "money":
        return formats.money(stored)
    if field.type == "day":
        return formats.day(dt.date.fromisoformat(stored))
    if field.type == "choice":
        return field.choices.get(stored, Text(stored, stored))
    if field.type == "choices":
        return listed(field.choices.get(each, Text(each, each)) for each in stored)
    if field.type == "yes":
        return t("是", "yes") if stored else t("否", "no")
    return Text(f"{stored} {field.unit.zh}".strip(), f"{stored} {field.unit.en}".strip())


def spoken(fields: Iterable[Question], spec: Mapping[str, Any]) -> str:
    """What people wrote in words into the fields, a line each: it is read with the text when listings are found and matched."""
    return "\n".join(spec[each.name] for each in fields if each.type in ("words", "long") and spec.get(each.name))


def missing(fields: Iterable[Question], spec: Mapping[str, Any]) -> list[Question]:
    """The required fields that are not given."""
    return [each for each in fields if each.required and spec.get(each.name) in (None, "", [])]
