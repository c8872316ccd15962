"""Knows the printed numbers that open a heading, a measure or an item: 一、 （一） 1. 1． （1） ① 措施1 一是."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .numerals import han_to_int

_HAN = "[一二三四五六七八九十百]"
_LABEL = r"(?:重点任务|主要任务|专项行动|重点工程|重点行动|任务|措施|举措|行动|工程|专项|政策)"
_STYLES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (style, re.compile(pattern))
    for style, pattern in (
        ("chapter", rf"第\s*({_HAN}{{1,3}}|\d{{1,2}})\s*(?:章|部分|篇|节)\s*[:：、]?\s*"),
        ("article", rf"第\s*({_HAN}{{1,4}}|\d{{1,3}})\s*条\s*[:：、]?\s*"),
        ("box", rf"[【\[]?专\s*栏\s*({_HAN}{{1,3}}|\d{{1,2}})[】\]]?\s*[:：、.．]?\s*"),
        (
            "label",
            rf"[【\[]?(?:{_LABEL})\s*({_HAN}{{1,3}}|\d{{1,2}})(?:\s*[】\]]\s*[:：、]?|\s*[:：、.．]|\s+(?=\S)|$)\s*",
        ),
        ("hanparen", rf"[（(〔\[【﹙]\s*({_HAN}{{1,4}})\s*[）)〕\]】﹚]\s*[、.．]?\s*"),
        ("hanparen", r"([㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩])\s*"),
        ("ordinal", rf"({_HAN}{{1,2}})是(?=[^否])\s*[:：，]?"),
        ("ordinal", rf"第({_HAN}{{1,2}})[，,、：:]\s*"),
        ("han", rf"({_HAN}{{1,4}})\s*[、.．﹑:：]\s*"),
        ("numparen", r"[（(]\s*(\d{1,2})\s*[）)]\s*[、.．]?\s*"),
        ("numparen", r"([⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇])\s*"),
        ("numhalf", r"(\d{1,2})\s*[)）]\s*"),
        ("circle", r"([①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳❶❷❸❹❺❻❼❽❾❿])\s*"),
        (
            "decimal",
            r"\d{1,2}[.．](\d{1,2})(?:[.．](?!\d)|\s+(?=[^\d\s])|(?=[\u4e00-\u9fff“《])(?!万|亿|倍|个|元|吨|"
            r"米|公|千|百|平|折|级|"
            r"版|小时|年|度|以))\s*",
        ),
        ("num", r"(\d{1,3})\s*[.．、](?:(?!\d)|(?=\d{2,4}(?:人才|工程|计划|行动|平台))|(?=[1-9]G(?!B)))\s*"),
        ("num", r"([⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛])\s*"),
    )
)
_SYMBOLS = {
    c: i
    for symbols in (
        "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳", "❶❷❸❹❺❻❼❽❾❿", "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇",
        "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛", "㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩",
    )
    for i, c in enumerate(symbols, start=1)
}  # fmt: skip

INLINE_ORDINAL = re.compile(rf"(?:(?<=[。；：:;）)])|(?<=[，,]))({_HAN}{{1,2}})(?:是|要)(?=[^否])")


@dataclass(frozen=True)
class Marker:
    """A number at the head of a line: its style, its value, and where the words after it begin."""

    style: str
    value: int
    end: int


def leading_marker(line: str) -> Marker | None:
    """The number a line opens with, or None: `（十二）加快…` is hanparen 12."""
    for style, pattern in _STYLES:
        found = pattern.match(line)
        if found:
            word = re.match(rf"[【\[]?({_LABEL})", line) if style == "label" else None
            return Marker(f"label:{word.group(1)}" if word else style, _value(found.group(1)), found.end())
    return None


def _value(printed: str) -> int:
    if printed in _SYMBOLS:
        return _SYMBOLS[printed]
    return int(printed) if printed.isdigit() else han_to_int(printed)
