"""Reads a .docx into text: automatic numbers printed, tables as rows, deletions left out, and no trust in it."""

from __future__ import annotations

import io
import re
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError

from defusedxml import ElementTree as SafeXml
from defusedxml.common import DefusedXmlException

from .aside import read_aside
from .plan_error import PlanError
from .word_numbering import Numbering, W, read_numbering

MAX_UNPACKED = 64 * 1024 * 1024
MAX_ENTRIES = 4000
MAX_RATIO = 200
MAX_DEPTH = 120  # of elements; tables five deep in content controls need about forty
SECONDS = 30
_SKIPPED = {f"{W}{tag}" for tag in ("del", "moveFrom", "instrText", "delText", "pPr", "rPr")}
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_PARTS = ("word/document.xml", "word/styles.xml", "word/numbering.xml")


def text_of_docx(data: bytes) -> str:
    """The body text of a Word document; PlanError when it is broken, not Word, too slow, or unsafe to unpack.

    It is read in a process of its own, with a limit on time and memory.
    """
    root = str(Path(__file__).parents[3])
    answer = read_aside([sys.executable, "-P", "-m", f"{__package__}.word_text"], data, seconds=SECONDS, broken="broken_docx",
                        path=root)
    text: str = answer["text"]
    return text


def body_text(data: bytes) -> str:
    """What :func:`text_of_docx` gives, read here and now."""
    document, styles, numbering = _parts(data)
    if document is None:
        raise PlanError("broken_docx", what="word/document.xml")
    body = document.find(f"{W}body")
    if body is None:
        raise PlanError("broken_docx", what="w:body")
    return "\n".join(_Writer(read_numbering(numbering, styles)).blocks(body))


def _parts(data: bytes) -> list[Element | None]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check(archive)
            names = set(archive.namelist())
            if not any(name.startswith("word/") for name in names):
                raise PlanError("unknown_format", what="zip")
            return [_xml(archive, part) if part in names else None for part in _PARTS]
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, RuntimeError, ValueError) as error:
        if isinstance(error, PlanError):
            raise
        raise PlanError("broken_docx", what=type(error).__name__) from error


def _check(archive: zipfile.ZipFile) -> None:
    """Refuses what would unpack to too much before a byte of it is unpacked."""
    entries = archive.infolist()
    if len(entries) > MAX_ENTRIES:
        raise PlanError("unsafe_docx", what=f"{len(entries)} entries")
    if sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise PlanError("unsafe_docx", what="> 64 MB")
    for entry in entries:
        if entry.file_size > 1024 * 1024 and entry.file_size > MAX_RATIO * max(1, entry.compress_size):
            raise PlanError("unsafe_docx", what=f"{entry.filename[:40]}: zip bomb")


def _xml(archive: zipfile.ZipFile, part: str) -> Element:
    """One part as XML; its true size is checked too, for the directory may lie. DTDs and entities are refused."""
    try:
        with archive.open(part) as stream:
            data = stream.read(MAX_UNPACKED + 1)
    except zipfile.zlib.error as error:  # type: ignore[attr-defined]
        raise PlanError("broken_docx", what=part) from error
    if len(data) > MAX_UNPACKED:
        raise PlanError("unsafe_docx", what="> 64 MB")
    try:
        root: Element = SafeXml.fromstring(data, forbid_dtd=True, forbid_entities=True, forbid_external=True)
    except DefusedXmlException as error:
        raise PlanError("unsafe_docx", what="DTD") from error
    except (ParseError, UnicodeDecodeError, RecursionError) as error:
        raise PlanError("broken_docx", what=part) from error
    _check_depth(root)
    return root


def _check_depth(root: Element) -> None:
    """Refuses what is nested deeper than people nest, for everything below walks by recursion."""
    level, depth = list(root), 1
    while level:
        depth += 1
        if depth > MAX_DEPTH:
            raise PlanError("unsafe_docx", what=f"> {MAX_DEPTH} levels")
        level = [below for element in level for below in element]


class _Writer:
    """Walks a document body and yields its lines."""

    def __init__(self, numbering: Numbering) -> None:
        self.numbering = numbering

    def blocks(self, parent: Element) -> Iterator[str]:
        """Paragraphs and table rows in their order, through content controls and inserted text."""
        for child in parent:
            if child.tag == f"{W}p":
                yield from self.paragraph(child)
            elif child.tag == f"{W}tbl":
                yield from self.table(child)
            elif child.tag == f"{W}sdt" and _is_contents(child):
                continue
            elif child.tag not in _SKIPPED and child.tag != _FALLBACK and child.tag != f"{W}sectPr":
                yield from self.blocks(child)

    def paragraph(self, element: Element) -> Iterator[str]:
        """A paragraph with its automatic number, then the text boxes that hang on it."""
        style, outline = self.numbering.style_of(element)
        if re.match(r"toc ?\d", style):
            return
        words = "".join(_words(element)).strip(" \t")
        number = self.numbering.label(element) if words.strip() else ""
        lines = (number + words).split("\n")
        if (outline or style.startswith(("heading", "标题"))) and len(lines[0]) <= 60 and "。" not in lines[0][:-1] and lines[0]:
            lines[0] = "# " + lines[0]
        yield from lines
        for box in _boxes(element):
            yield from self.blocks(box)

    def table(self, element: Element) -> Iterator[str]:
        """A table as rows between bars; one of a single column is only a frame around paragraphs."""
        printed = [list(_parts_of(row, f"{W}tc")) for row in _parts_of(element, f"{W}tr")]
        if max((sum(map(_width, row)) for row in printed), default=0) <= 1:
            for row in printed:
                for cell in row:
                    yield from self.blocks(cell)
            return
        rows = [self.cells(row) for row in printed]
        above: list[str] = []
        yield ""
        for row in rows:
            filled = [above[i] if text is None and i < len(above) else text or "" for i, text in enumerate(row)]
            above = filled
            yield "| " + " | ".join(filled) + " |"
        yield ""

    def cells(self, row: list[Element]) -> list[str | None]:
        """A row's cells, None where a cell carries on the merged one above, repeated where it spans columns."""
        cells: list[str | None] = []
        for cell in row:
            merge = cell.find(f"{W}tcPr/{W}vMerge")
            lines = [line.strip() for line in self.blocks(cell) if line.strip()]
            carried = merge is not None and merge.get(f"{W}val") != "restart"
            cells += [None if carried else _cell_text(lines)] * _width(cell)
        return cells


def _parts_of(parent: Element, tag: str) -> Iterator[Element]:
    """The rows of a table or the cells of a row, through content controls and inserted ones, but not of tables within."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag not in _SKIPPED and child.tag not in (_FALLBACK, f"{W}tc", f"{W}tr"):
            yield from _parts_of(child, tag)


def _width(cell: Element) -> int:
    """How many columns a cell spans, at most 60."""
    span = cell.find(f"{W}tcPr/{W}gridSpan")
    printed = (span.get(f"{W}val") or "") if span is not None else ""
    return min(int(printed), 60) if re.fullmatch(r"[0-9]{1,4}", printed) else 1


def _cell_text(lines: list[str]) -> str:
    lines = [line.removeprefix("# ").replace("|", "／") for line in lines]
    short = all(len(line) <= 20 and not re.search(r"[。；，、]$", line) for line in lines)
    return ("、" if short and len(lines) > 1 and _are_names(lines) else "").join(lines)


def _are_names(lines: list[str]) -> bool:
    return all(re.search(r"[局委办厅部会院署府区县市镇心司团行]$", line) for line in lines)


def _words(element: Element) -> Iterator[str]:
    """The visible words of a paragraph; deleted ones, field codes and text boxes are passed over."""
    for child in element:
        if child.tag in _SKIPPED or child.tag == _FALLBACK or child.tag == f"{W}txbxContent":
            continue
        if child.tag == f"{W}t":
            yield child.text or ""
        elif child.tag == f"{W}tab":
            yield " "
        elif child.tag == f"{W}cr" or (child.tag == f"{W}br" and child.get(f"{W}type") not in ("page", "column")):
            yield "\n"
        elif child.tag == f"{W}noBreakHyphen":
            yield "-"
        else:
            yield from _words(child)


def _is_contents(control: Element) -> bool:
    gallery = control.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
    return gallery is not None and "Contents" in (gallery.get(f"{W}val") or "")


def _boxes(element: Element) -> Iterator[Element]:
    """The text boxes that hang on a paragraph, without those within them and those for older programs."""
    for child in element:
        if child.tag == f"{W}txbxContent":
            yield child
        elif child.tag != _FALLBACK:
            yield from _boxes(child)
