"""Turns a file of bytes into text: tells Word, PDF and plain text apart by content and decodes each."""

from __future__ import annotations

from pathlib import Path

from .pdf import text_of_pdf
from .plan_error import PlanError
from .word import text_of_docx

MAX_BYTES = 32 * 1024 * 1024
_ENCODINGS = ("utf-8-sig", "gb18030")
_COMMON = set("的和一在是有为中不人国大与建设发展工作任务责任单位市局委，。、：年")


def text_of(path: Path) -> str:
    """The text of a plan file of at most 32 MB; PlanError when it is empty, of no known kind or broken."""
    if path.stat().st_size > MAX_BYTES:
        raise PlanError("too_large", limit="32 MB")
    return text_of_bytes(path.read_bytes())


def text_of_bytes(data: bytes) -> str:
    """The text in a file's bytes, its kind told by its first bytes and not by its name."""
    if not data.strip(b"\x00\t\r\n "):
        raise PlanError("empty")
    if b"%PDF-" in data[:1024]:
        return text_of_pdf(data)
    if data.startswith(b"PK"):
        return text_of_docx(data)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise PlanError("old_word")
    if data.startswith((b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!", b"7z\xbc\xaf", b"{\\rtf", b"\x1f\x8b", b"MZ")):
        raise PlanError("unknown_format", what=data[:4].decode("latin-1").strip("\x00"))
    return decode(data)


def decode(data: bytes) -> str:
    """Plain text in UTF-8, GB 18030 or UTF-16, with or without a byte-order mark."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _decoded(data, "utf-16")
    zeros = data[:4000].count(0)
    if zeros > len(data[:4000]) * 0.1 or (len(data) % 2 == 0 and zeros and _looks_wide(data)):
        wide = [_decoded(data, encoding, errors="replace") for encoding in ("utf-16-le", "utf-16-be")]
        return _best(wide)
    for encoding in _ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    cut = _cut_short(data)
    return cut if cut is not None else _best([_decoded(data, encoding, errors="replace") for encoding in ("utf-8", "gb18030")])


def _looks_wide(data: bytes) -> bool:
    return any(_likeness(data[:4000].decode(encoding, errors="replace")) > 0.05 for encoding in ("utf-16-le", "utf-16-be"))


def _decoded(data: bytes, encoding: str, errors: str = "strict") -> str:
    try:
        return data.decode(encoding, errors=errors)
    except UnicodeDecodeError as error:
        raise PlanError("undecodable") from error


def _cut_short(data: bytes) -> str | None:
    """A file that broke off inside a character: the same bytes without the last few."""
    for encoding in _ENCODINGS:
        for missing in (1, 2, 3):
            try:
                return data[:-missing].decode(encoding)
            except UnicodeDecodeError:
                continue
    return None


def _best(candidates: list[str]) -> str:
    best = max(candidates, key=_likeness)
    if _likeness(best) < 0.03:
        raise PlanError("undecodable")
    return best


def _likeness(text: str) -> float:
    """The share of characters that every Chinese plan is full of."""
    sample = text[:4000]
    return sum(1 for c in sample if c in _COMMON) / max(1, len(sample))
