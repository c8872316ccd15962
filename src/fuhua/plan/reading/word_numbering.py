"""Resolves Word's automatic numbers to the characters a reader sees: 一、 （三） 2. 第四章."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HAN_DIGITS = "〇一二三四五六七八九"
_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


@dataclass
class Level:
    """One level of a list: its number format, its pattern such as （%2）, and where it starts."""

    format: str = "decimal"
    text: str = ""
    start: int = 1


@dataclass
class Style:
    """A paragraph style: its name, list and outline level, and the style it builds on."""

    name: str = ""
    based_on: str = ""
    num_id: str = ""
    level: int | None = None
    outline: bool = False


@dataclass
class Numbering:
    """A document's lists and styles, counting as paragraphs go by."""

    abstract: dict[str, dict[int, Level]] = field(default_factory=dict)
    lists: dict[str, str] = field(default_factory=dict)
    overrides: dict[str, dict[int, int]] = field(default_factory=dict)
    styles: dict[str, Style] = field(default_factory=dict)
    counts: dict[str, dict[int, int]] = field(default_factory=dict)
    begun: set[tuple[str, int]] = field(default_factory=set)

    def style_of(self, paragraph: Element) -> tuple[str, bool]:
        """The lower-case name of a paragraph's style and whether it is an outline heading."""
        style = self.styles.get(_value(paragraph, "pPr", "pStyle"), Style())
        own = paragraph.find(f"{W}pPr/{W}outlineLvl")
        outline = own is not None and (own.get(f"{W}val") or "9") < "9"
        return style.name.lower(), style.outline or outline

    def label(self, paragraph: Element) -> str:
        """The printed number of a paragraph, counted on; empty when it has none or only a bullet."""
        num_id, depth = self._place(paragraph)
        abstract = self.lists.get(num_id, "")
        levels = self.abstract.get(abstract)
        if not levels or depth not in levels:
            return ""
        counts = self.counts.setdefault(abstract, {})
        override = self.overrides.get(num_id, {}).get(depth)
        if override is not None and (num_id, depth) not in self.begun:
            counts[depth] = override
        else:
            counts[depth] = counts.get(depth, levels[depth].start - 1) + 1
        self.begun.add((num_id, depth))
        for deeper in [level for level in counts if level > depth]:
            del counts[deeper]
        return self._printed(levels, counts, depth)

    def _printed(self, levels: dict[int, Level], counts: dict[int, int], depth: int) -> str:
        if levels[depth].format in ("bullet", "none"):
            return ""

        def number(match: re.Match[str]) -> str:
            at = int(match.group(1)) - 1
            level = levels.get(at, Level())
            return printed_number(counts.get(at, level.start), level.format)

        return re.sub(r"%([1-9])", number, levels[depth].text)

    def _place(self, paragraph: Element) -> tuple[str, int]:
        """The list and level of a paragraph, its own or those of its style and the styles below."""
        num_id = _value(paragraph, "pPr", "numPr", "numId")
        level = _value(paragraph, "pPr", "numPr", "ilvl")
        style = self.styles.get(_value(paragraph, "pPr", "pStyle"))
        for _ in range(10):
            if style is None or (num_id and level):
                break
            num_id = num_id or style.num_id
            level = level or ("" if style.level is None else str(style.level))
            style = self.styles.get(style.based_on)
        return ("" if num_id == "0" else num_id), int(level) if level.isdigit() else 0


def read_numbering(numbering: Element | None, styles: Element | None) -> Numbering:
    """The lists and styles of a document from its numbering and style parts; either may be missing."""
    found = Numbering()
    if numbering is not None:
        for element in numbering.iter(f"{W}abstractNum"):
            found.abstract[element.get(f"{W}abstractNumId") or ""] = _levels(element)
        for element in numbering.iter(f"{W}num"):
            _read_list(element, found)
    if styles is not None:
        for element in styles.iter(f"{W}style"):
            found.styles[element.get(f"{W}styleId") or ""] = _style(element)
    return found


def printed_number(value: int, format_name: str) -> str:
    """A count in one of Word's number formats, Arabic for those not known."""
    if format_name.startswith(("chinese", "japanese", "taiwanese", "korean")) or format_name == "ideographTraditional":
        return _han(value)
    if format_name == "ideographDigital":
        return "".join(_HAN_DIGITS[int(c)] for c in str(value))
    if format_name.startswith("decimalEnclosedCircle") and 1 <= value <= 20:
        return chr(0x2460 + value - 1)
    if format_name in ("upperLetter", "lowerLetter") and 1 <= value <= 26:
        return chr((65 if format_name == "upperLetter" else 97) + value - 1)
    if format_name in ("upperRoman", "lowerRoman") and 1 <= value < 40:
        roman = _roman(value)
        return roman.upper() if format_name == "upperRoman" else roman
    return f"{value:02d}" if format_name == "decimalZero" else str(value)


def _roman(value: int) -> str:
    printed = ""
    for worth, letters in _ROMAN:
        while value >= worth:
            printed += letters
            value -= worth
    return printed


def _han(value: int) -> str:
    if not 0 < value < 100:
        return str(value)
    tens, ones = divmod(value, 10)
    head = "" if tens == 0 else "十" if tens == 1 else _HAN_DIGITS[tens] + "十"
    return head + (_HAN_DIGITS[ones] if ones else "")


def _levels(element: Element) -> dict[int, Level]:
    levels = {}
    for level in element.iter(f"{W}lvl"):
        start = _value(level, "start")
        levels[int(level.get(f"{W}ilvl") or 0)] = Level(
            format=_value(level, "numFmt") or "decimal",
            text=_value(level, "lvlText"),
            start=int(start) if start.isdigit() else 1,
        )
    return levels


def _read_list(element: Element, found: Numbering) -> None:
    num_id = element.get(f"{W}numId") or ""
    found.lists[num_id] = _value(element, "abstractNumId")
    for override in element.iter(f"{W}lvlOverride"):
        start = _value(override, "startOverride")
        if start.isdigit():
            found.overrides.setdefault(num_id, {})[int(override.get(f"{W}ilvl") or 0)] = int(start)


def _style(element: Element) -> Style:
    level = _value(element, "pPr", "numPr", "ilvl")
    return Style(
        name=_value(element, "name"),
        based_on=_value(element, "basedOn"),
        num_id=_value(element, "pPr", "numPr", "numId"),
        level=int(level) if level.isdigit() else None,
        outline=bool(_value(element, "pPr", "outlineLvl")),
    )


def _value(element: Element, *path: str) -> str:
    found = element.find("/".join(f"{W}{step}" for step in path))
    return "" if found is None else found.get(f"{W}val") or ""
