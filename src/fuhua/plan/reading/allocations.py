"""Finds every place in a text that allots responsibility: brackets of any shape, labelled lines, and their spans."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .duties import LABEL_LINE, Duty, is_duty, lead_rule, read_duty, with_leader
from .structure import Span
from .units import Pairs, comma_pairs

_OPENING = {"（": "round", "(": "round", "〔": "square", "[": "square", "【": "square", "〈": "angle", "﹝": "square"}
_CLOSING = {"）": "round", ")": "round", "〕": "square", "]": "square", "】": "square", "〉": "angle", "﹞": "square"}
_MARK = re.compile(r"[\n（(〔\[【〈﹝）)〕\]】〉﹞]")
_LONGEST = 700  # characters of a list in brackets


@dataclass(frozen=True)
class Allocation:
    """One printed list of responsible units: its span includes brackets or label."""

    span: Span
    duty: Duty
    closed: bool = True
    own_line: bool = False


def find_allocations(text: str, start: int = 0) -> list[Allocation]:
    """All allocations from `start` on; two that touch (牵头单位 and 配合单位 on lines of their own) are one."""
    lines = _label_lines(text, start)
    places = [
        (span, content, closed)
        for span, content, closed in _brackets(text, start)
        if LABEL_LINE.match(content) or not any(begin < span[0] < end for (begin, end), _ in lines)
    ]
    taken = [span for span, _, _ in places]
    places += [
        (span, content, True) for span, content in lines if not any(begin <= span[0] < end for begin, end in taken)
    ]
    places.sort()
    pairs = Pairs(comma_pairs([re.sub(r"^[^:：]{2,8}[:：]", "", content) for _, content, _ in places]))
    rule, said_at = lead_rule(text)
    found: list[Allocation] = []
    for span, content, closed in places:
        duty = with_leader(read_duty(content, pairs), content, rule if span[1] > said_at else None, pairs)
        own_line = span[0] == 0 or text[span[0] - 1] == "\n"
        allocation = Allocation(span, duty, closed, own_line)
        if found and not text[found[-1].span[1] : span[0]].strip("；;。，, \n") and duty.units:
            before = found.pop()
            allocation = Allocation((before.span[0], span[1]), _adjoined(before.duty, duty), closed, before.own_line)
        if allocation.duty.units:
            found.append(allocation)
    return found


def _adjoined(first: Duty, second: Duty) -> Duty:
    """Two touching lists as one: beside a 配合单位 the plain 责任单位 leads."""
    joined = first.joined(second)
    rest = tuple(unit for unit in joined.units if unit not in joined.lead + joined.support)
    if joined.support and rest and not joined.lead:
        return Duty(joined.units, rest, joined.support, joined.inherited)
    return joined


def _brackets(text: str, start: int) -> list[tuple[Span, str, bool]]:
    """Bracketed lists of units as (span, words inside, whether the bracket is closed)."""
    found: list[tuple[Span, str, bool]] = []
    closings = _closings(text, start)
    at = start
    while at < len(text):
        if text[at] not in _OPENING:
            at += 1
            continue
        end = closings.get(at)
        content = text[at + 1 : end - 1] if end else ""
        if end and is_duty(content, ends_sentence=_ends_sentence(text, at, end)):
            found.append(((at, end), content, True))
            at = end
            continue
        if end is None and re.match(r"\s*(?:责任|牵头|配合|主责|主办)(?:单位|部门)", text[at + 1 : at + 12]):
            stop = text.find("\n", at)
            stop = len(text) if stop < 0 else stop
            found.append(((at, stop), text[at + 1 : stop].rstrip("。"), False))
            at = stop
            continue
        at += 1
    return found


def _ends_sentence(text: str, begin: int, end: int) -> bool:
    before = text[begin - 1 : begin]
    return before in ("。", "；", "\n", "！", "") or (text[end : end + 1] in ("\n", "") and before != "")


def _closings(text: str, start: int) -> dict[int, int]:
    """Where each bracket has closed, within its line and ``_LONGEST``; those of the other shape inside may be unpaired."""
    found: dict[int, int] = {}
    opened: dict[str, list[int]] = {}
    for match in _MARK.finditer(text, start):
        c, at = match.group(), match.start()
        if c == "\n":
            opened.clear()
        elif c in _OPENING:
            opened.setdefault(_OPENING[c], []).append(at)
        elif opened.get(_CLOSING[c]):
            opening = opened[_CLOSING[c]].pop()
            if at < opening + _LONGEST:
                found[opening] = at + 1
    return found


def _label_lines(text: str, start: int) -> list[tuple[Span, str]]:
    """Lists that follow 责任单位： outside brackets, up to the end of their line."""
    found: list[tuple[Span, str]] = []
    at = start
    while label := LABEL_LINE.search(text, at):
        stop = text.find("\n", label.end())
        stop = len(text) if stop < 0 else stop
        begin = label.start() + len(label.group()) - len(label.group().lstrip("\n 　"))
        if text[text.rfind("\n", 0, begin) + 1 : begin].startswith("|"):
            at = label.end()
            continue
        words = text[begin:stop].lstrip("●■◆·★ ").rstrip("。")
        if len(words) <= 400:
            found.append(((begin, stop), words))
        at = max(stop, label.end())
    return found
