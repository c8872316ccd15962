"""Joins lines that were broken by a page or a fixed width back into the paragraphs they came from."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from .numbering import Marker, leading_marker

_TERMINAL = "。！？；：!?;:"
_CONNECTING = "，、,（(《“〔[【—－-和与及"
_CLOSERS = "”’」』）)》】〕]〉"
_OPEN = {"（": "）", "(": "）", "〔": "〕", "[": "〕", "【": "〕", "《": "》", "“": "”"}
_CLOSE = {"）": "）", ")": "）", "〕": "〕", "]": "〕", "】": "〕", "》": "》", "”": "”"}
_OWN_LINE = re.compile(
    r"(?:[（(〔\[【]?\s*)(?:责任|牵头|配合|主办|协办|主责|参与|参加|支持|落实|实施)(?:单位|部门|处室|领导)?\s*[:：]"
    r"|(?:完成时限|完成时间|时间节点|时限要求|时限|目标|主要目标|进度安排)\s*[:：]|——|[●■◆▲★•·]\s*\S|"
    r"附\s*件|\d{4}年\d{1,2}月\d{1,2}日"
)
_UNIT_LINE = re.compile(r"(?:责任|牵头|配合|主办|协办|主责|参与|参加|支持|落实|实施)(?:单位|部门)\s*[:：]")
_LABEL_END = re.compile(r"(?:责任|牵头|配合|主办|协办|主责|参与|参加|支持)(?:单位|部门)\s*[:：]$")
_LONE = ("han", "hanparen", "num", "numparen", "circle")
_DOC_NUMBER = re.compile(r"[\u4e00-\u9fff]{1,14}\s?[〔\[（(【]\s*20\d\d\s*[〕\]）)】]\s*第?\s*\d+\s*号")
_DATE = re.compile(r"[二〇○零\d]{4}\s*年\s*[一二三四五六七八九十\d]{1,3}\s*月\s*[一二三四五六七八九十\d]{1,3}\s*日")


@dataclass(frozen=True)
class Line:
    """A clean line: `kind` is text, heading (marked as such by its format) or row; `gap`: a blank line stood before."""

    text: str
    kind: str = "text"
    gap: bool = False


def join_wrapped(lines: list[Line]) -> list[str]:
    """The lines as paragraphs: a broken sentence or list of units is made whole again."""
    lines = with_their_numbers(lines)
    width = wrap_width(lines)
    joined: list[Line] = []
    last_line = ""
    last_values: dict[str, int] = {}
    for line in lines:
        if joined and _continues(joined[-1], last_line, line, width, last_values):
            before = joined.pop()
            joined.append(Line(_glue(before.text, line.text), before.kind, before.gap))
        else:
            joined.append(line)
            marker = leading_marker(line.text)
            if marker:
                last_values[marker.style] = marker.value
        last_line = line.text
    return [line.text for line in joined]


def with_their_numbers(lines: list[Line]) -> list[Line]:
    """The lines with a number that was left alone on its line (`6.`) put back before its words."""
    kept: list[Line] = []
    number: Line | None = None
    for line in lines:
        if number is not None:
            follows = line.kind == "text" and leading_marker(line.text) is None
            kept.append(Line(number.text + line.text, line.kind, number.gap) if follows else number)
            number = None
            if follows:
                continue
        marker = leading_marker(line.text) if line.kind == "text" else None
        if marker is not None and marker.end >= len(line.text) and marker.style in _LONE:
            number = line
        else:
            kept.append(line)
    return kept if number is None else [*kept, number]


def wrap_width(lines: list[Line]) -> int:
    """The fixed width at which a text was wrapped, in half-width columns; 0 when it was not."""
    prose = [columns(line.text) for line in lines if line.kind == "text"]
    open_ended = sorted(columns(line.text) for line in lines if line.kind == "text" and not _is_closed(line.text))
    if len(open_ended) < 5 or len(open_ended) < 0.3 * len(prose):
        return 0
    width = open_ended[int(len(open_ended) * 0.75)]
    too_long = sum(1 for length in prose if length > width * 1.12)
    full = sum(1 for length in open_ended if length > width * 0.85)
    return width if width >= 24 and too_long <= 0.05 * len(prose) and full >= 0.3 * len(open_ended) else 0


def columns(text: str) -> int:
    """Printed width: two columns for a Chinese character, one for a Latin one."""
    return sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in text)


def _continues(before: Line, last: str, line: Line, width: int, values: dict[str, int]) -> bool:
    if before.kind != "text" or line.kind != "text":
        return False
    marker = leading_marker(line.text)
    if marker and not _is_chance_marker(marker, before.text, values):
        return False
    if _has_open_bracket(before.text):
        return True
    if (
        (_OWN_LINE.match(line.text) and not (width and before.text[-1] in "；;" and columns(last) >= width * 0.8))
        or _DOC_NUMBER.fullmatch(line.text)
        or _DATE.fullmatch(line.text)
    ):
        return False
    full = bool(width) and columns(last) >= width * 0.8
    if _LABEL_END.search(before.text) or (full and before.text[-1] in "；;：:"):
        return True
    if _is_closed(before.text):
        return full and before.text[-1] in "）)" and bool(_UNIT_LINE.match(before.text))
    if _is_bare_title(before.text):
        return full
    if before.text[-1] in _CONNECTING:
        return True
    return full or (not (width and line.gap) and not _OWN_LINE.match(before.text) and _reads_as_prose(before.text))


def _is_closed(text: str) -> bool:
    end = text.rstrip(_CLOSERS)
    if not end:
        return False
    if len(end) < len(text) and text[-1] in "）)】〕]":
        return True
    return end[-1] in _TERMINAL


def _is_bare_title(text: str) -> bool:
    """A numbered heading that fills its line: no sentence ends or pauses inside."""
    marker = leading_marker(text)
    body = text[marker.end :] if marker else text
    return marker is not None and not re.search(r"[。；！？]", body) and len(body) <= 60


def _reads_as_prose(text: str) -> bool:
    """Whether an unfinished line is the first part of a sentence: titles and signatures seldom hold a comma."""
    return len(text) >= 90 or bool(re.search(r"[，。；,;]", text) and len(text) >= 25)


def _has_open_bracket(text: str) -> bool:
    stack: list[tuple[str, int]] = []
    marker = leading_marker(text)
    for at, c in enumerate(text):
        if marker and at < marker.end:
            continue
        if c in _OPEN:
            stack.append((_OPEN[c], at))
        elif c in _CLOSE and stack and stack[-1][0] == _CLOSE[c]:
            stack.pop()
    return any(len(text) - at < 300 for _, at in stack[-1:])


def _is_chance_marker(marker: Marker, before: str, values: dict[str, int]) -> bool:
    """Whether a wrapped line only happens to begin like `3、`: out of sequence, after an unfinished sentence."""
    if marker.style not in ("num", "decimal", "numparen", "numhalf", "han") or _is_closed(before):
        return False
    expected = values.get(marker.style, 0) + 1
    return marker.value not in (1, expected) and _reads_as_prose(before)


def _glue(before: str, after: str) -> str:
    latin = re.search(r"[A-Za-z]$", before) and re.match(r"[A-Za-z]", after)
    return f"{before} {after}" if latin else before + after
