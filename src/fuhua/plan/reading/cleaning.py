"""Turns raw text into clean lines: folded characters, no page furniture, no markdown, one paragraph per line."""

from __future__ import annotations

import html
import re
import unicodedata

from .wrapping import Line, join_wrapped

_FOLDS = {
    "\ufeff": "", "\u200b": "", "\u200c": "", "\u200d": "", "\u2060": "", "\u00ad": "", "\u00a0": " ", "\u3000": " ",
    "\u2002": " ", "\u2003": " ", "\u2009": " ", "\t": " ", "\v": "\n", "\u2028": "\n", "\u2029": "\n",
    "\u0085": "\n", "\f": "\n", "\r": "\n", "％": "%", "﹒": "．", "﹑": "、", "﹐": "，", "﹔": "；",
    "﹕": "：", "［": "[", "］": "]", "﹙": "（", "﹚": "）", "⻅": "见", "⻓": "长", "⻔": "门", "⻛": "风", "⻚": "页",
    "⻜": "飞", "⻋": "车", "⻢": "马", "⻥": "鱼", "⻬": "齐", "⻰": "龙", "⺠": "民", "⻘": "青", "⻄": "西",
    "⻉": "贝", "⻁": "虎", "⻆": "角",
}  # fmt: skip
_FOLD_TABLE = str.maketrans(
    _FOLDS
    | {chr(code): unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)}
    | {chr(0xFF10 + i): str(i) for i in range(10)}
    | {chr(code): chr(code - 0xFEE0) for base in (0xFF21, 0xFF41) for code in range(base, base + 26)}
)
_HAN = r"[\u3400-\u9fff]"
_PAGE_NUMBER = re.compile(
    r"(?:[-－—–―_·•\s]*\d{1,3}[-－—–―_·•\s]*|第\s*\d+\s*页(?:[,，/\s]*共\s*\d+\s*页)?|\d+\s*/\s*\d+|Page\s*\d+.*)", re.I
)
_CONTENTS_LINE = re.compile(r".{2,60}?(?:[.．…·‥]\s*){3,}\s*\d{1,3}")
_MARKDOWN_RULE = re.compile(r"(?:[-*_=]\s*){3,}|\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?|```.*")
_UNIT_WORDS = re.compile(r"责\s*任|牵\s*头|配\s*合|负\s*责|单\s*位|部\s*门")
_BOLD_OPENING = re.compile(r"^(\s*(?:[（(]?[一二三四五六七八九十\d]+[）)、.．]\s*)?)(\*\*|__)([^*_\n]{2,60}?)\2\s*(?=\S)")


def clean_text(raw: str) -> str:
    """The text all spans refer to: one paragraph, heading or table row a line, no blank lines."""
    return "\n".join(_closed_up(line) for line in join_wrapped(clean_lines(raw)))


def clean_lines(raw: str) -> list[Line]:
    """Raw text as lines without page numbers, tables of contents, markdown marks or stray spaces."""
    text = html.unescape(re.sub(r"<br\s*/?>", "\n", raw.replace("\r\n", "\n"))).translate(_FOLD_TABLE)
    text = "".join(c for c in text if c in "\n " or unicodedata.category(c)[0] != "C")
    lines: list[Line] = []
    gap = False
    for printed in text.split("\n"):
        for line in _tidy(printed):
            if not line.text:
                gap = True
                continue
            lines.append(Line(line.text, line.kind, gap))
            gap = False
    return lines


def _tidy(printed: str) -> list[Line]:
    """One printed line as none, one or two clean ones (two when a bold run stands before its paragraph)."""
    stripped = printed.strip()
    if not stripped or _PAGE_NUMBER.fullmatch(stripped):
        return [Line("")] if not stripped else []
    if _MARKDOWN_RULE.fullmatch(stripped) or _CONTENTS_LINE.fullmatch(stripped):
        return []
    if stripped.startswith("|") and stripped.count("|") >= 3:
        return [Line(_row(stripped), "row")]
    heading = re.match(r"#{1,6}\s+", stripped)
    body = stripped[heading.end() :] if heading else re.sub(r"^(?:>\s*)+|^[-*+]\s+(?=\S)", "", stripped)
    kind = "heading" if heading else "text"
    bold = _BOLD_OPENING.match(body)
    if bold and not heading and bold.group(3)[-1] not in "。：:；，、！？":
        head, tail = bold.group(1) + bold.group(3), body[bold.end() :]
        if not re.match(r"[。：:；，、！？）)]", tail):
            return [Line(_plain(head), "heading"), Line(_plain(tail), "text")]
    return [Line(_plain(body), kind)]


def _row(printed: str) -> str:
    cells = [_plain(cell) for cell in printed.strip().strip("|").split("|")]
    return "| " + " | ".join(cells) + " |"


def _plain(text: str) -> str:
    """Text without emphasis marks, links, escapes and runs of spaces."""
    text = re.sub(r"\*\*|__|`|~~", "", text)
    text = re.sub(r"!?\[([^\]\[\n]{0,300})\]\((?:https?://|#|/)[^)\n]{0,2000}\)", r"\1", text)
    text = re.sub(r"\\([\\.*_#()\[\]-])", r"\1", text)
    text = re.sub(r"</?[a-zA-Z][^<>\n]{0,80}>", "", text)
    text = re.sub(r"\s+", " ", text).strip()
    text = re.sub(r"\s*([，。；：、！？（）《》“”【】〔〕])\s*", r"\1", text)
    return re.sub(r"责\s*任\s*(单\s*位|部\s*门)", lambda match: match.group().replace(" ", ""), text)


def _closed_up(line: str) -> str:
    """A paragraph without the spaces that scanning leaves between characters; lists of units may need theirs."""
    return line if _UNIT_WORDS.search(line) else re.sub(rf"(?<={_HAN}) +(?={_HAN})", "", line)
