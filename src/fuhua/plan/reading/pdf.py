"""Reads a text PDF in a separate process with a time limit, and takes off headers, footers and page numbers."""

from __future__ import annotations

import re
import sys
from collections import Counter
from pathlib import Path

from .aside import read_aside
from .plan_error import PlanError

SECONDS = 30
_SCRIPT = Path(__file__).with_name("pdf_pages.py")
_HAN = re.compile(r"[\u4e00-\u9fff\u2f00-\u2fdf]")
_EDGE = 2


def text_of_pdf(data: bytes) -> str:
    """The words of a PDF page after page; PlanError when it is broken, locked, scanned, too long or too slow."""
    pages = _pages(data)
    if sum(len(_HAN.findall(page)) for page in pages) < 20:
        raise PlanError("scanned_pdf")
    return "\n".join(without_running_lines(pages))


def without_running_lines(pages: list[str]) -> list[str]:
    """The pages without the lines at their top and bottom that come back on most of them."""
    split = [[line.strip() for line in page.splitlines() if line.strip()] for page in pages]
    if len(split) < 3:
        return ["\n".join(lines) for lines in split]
    heads = Counter(key for lines in split for key in {_key(line) for line in lines[:_EDGE]})
    feet = Counter(key for lines in split for key in {_key(line) for line in lines[-_EDGE:]})
    running = {key for counts in (heads, feet) for key, count in counts.items() if count >= max(3, len(split) * 0.6)}
    cleaned = []
    for lines in split:
        top = [line for line in lines[:_EDGE] if _key(line) not in running]
        bottom = [line for line in lines[max(_EDGE, len(lines) - _EDGE) :] if _key(line) not in running]
        cleaned.append("\n".join([*top, *lines[_EDGE : max(_EDGE, len(lines) - _EDGE)], *bottom]))
    return cleaned


def _key(line: str) -> str:
    return re.sub(r"[\d\s]+", "#", line)


def _pages(data: bytes) -> list[str]:
    answer = read_aside([sys.executable, "-I", str(_SCRIPT)], data, seconds=SECONDS, broken="broken_pdf")
    pages: list[str] = answer["pages"]
    return pages
