"""Which characters the fonts of papers have, and how one that they lack is printed all the same."""

from __future__ import annotations

import struct
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import Any

from fuhua.kernel.seen import seen
from fuhua.kernel.ui.assets import paper_fonts

_SET = frozenset(map(ord, "\t\n\r\u2028\u2029\u200c\u200d")) | frozenset((*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)))  # no glyph
_UNICODE, _GROUPS = (3, 10), 12  # the table of characters that every font has for all of Unicode, and its form


def lacking(said: Any) -> list[str]:
    """The characters of all texts in ``said`` (JSON) that cannot be printed, each once."""
    return list(dict.fromkeys(letter for text in _texts(said) for letter in _plain(text) if not _prints(letter)))


def printable(said: Any) -> Any:
    """``said`` (JSON) with every character that cannot be printed written by its number: ``[U+1F600]``."""
    if isinstance(said, str):
        return "".join(letter if _prints(letter) else f"[U+{ord(letter):04X}]" for letter in _plain(said))
    if isinstance(said, dict):
        return {name: printable(each) for name, each in said.items()}
    return [printable(each) for each in said] if isinstance(said, list | tuple) else said


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", seen(text))


def _prints(letter: str) -> bool:
    """Whether the fonts have the letter, or it can be set from its parts."""
    return ord(letter) in _known() or all(ord(part) in _known() for part in unicodedata.normalize("NFD", letter))


def _texts(said: Any) -> Iterator[str]:
    if isinstance(said, str):
        yield said
    elif isinstance(said, dict | list | tuple):
        for each in said.values() if isinstance(said, dict) else said:
            yield from _texts(each)


@cache
def _known() -> frozenset[int]:
    return frozenset.intersection(*(frozenset(_characters(file.read_bytes())) for file in paper_fonts())) | _SET


def _characters(font: bytes) -> Iterator[int]:
    """The characters of a TrueType font, as its ``cmap`` table lists them in groups (OpenType, ``cmap`` form 12)."""
    tables = {font[at : at + 4]: struct.unpack_from(">I", font, at + 8)[0] for at in range(12, 12 + 16 * font[5], 16)}
    start = tables[b"cmap"]
    for at in range(start + 4, start + 4 + 8 * font[start + 3], 8):
        *sort, offset = struct.unpack_from(">HHI", font, at)
        if tuple(sort) == _UNICODE and struct.unpack_from(">H", font, start + offset)[0] == _GROUPS:
            groups = start + offset + 16
            for group in range(groups, groups + 12 * struct.unpack_from(">I", font, groups - 4)[0], 12):
                first, last, glyph = struct.unpack_from(">III", font, group)
                yield from range(first + (glyph == 0), last + 1)
