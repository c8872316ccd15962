"""Reads a .docx into text: automatic numbers printed, tables as rows, deletions left out, and no trust in it."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

from defusedxml import ElementTree as SafeXml
from defusedxml.common import DefusedXmlException

from .plan_error import PlanError
from .word_numbering import Numbering, W, read_numbering

MAX_UNPACKED = 64 * 1024 * 1024
MAX_ENTRIES = 4000
MAX_RATIO = 200
_SKIPPED = {f"{W}{tag}" for tag in ("del", "moveFrom", "instrText", "delText", "pPr", "rPr")}
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_PARTS = ("word/document.xml", "word/styles.xml", "word/numbering.xml")


def text_of_docx(data: bytes) -> str:
    """The body text of a Word document; PlanError when it is broken, not Word, or unsafe to unpack."""
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
    return root


class _Writer:
    """Walks a document body and yields its lines."""

    def __init__(self, numbering: Numbering) -> None:
        self.numbering = numbering

    def blocks(self, parent: Element, depth: int = 0) -> Iterator[str]:
        """Paragraphs and table rows in their order, through content controls and inserted text."""
        if depth > 40:
            return
        for child in parent:
            if child.tag == f"{W}p":
                yield from self.paragraph(child, depth)
            elif child.tag == f"{W}tbl":
                yield from self.table(child, depth)
            elif child.tag == f"{W}sdt" and _is_contents(child):
                continue
            elif child.tag not in _SKIPPED and child.tag != _FALLBACK and child.tag != f"{W}sectPr":
                yield from self.blocks(child, depth + 1)

    def paragraph(self, element: Element, depth: int) -> Iterator[str]:
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
        for box in element.iter(f"{W}txbxContent"):
            if not _under_fallback(element, box):
                yield from self.blocks(box, depth + 1)

    def table(self, element: Element, depth: int) -> Iterator[str]:
        """A table as rows between bars; one of a single column is only a frame around paragraphs."""
        rows = [self.cells(row, depth) for row in element.iter(f"{W}tr")]
        if max((len(row) for row in rows), default=0) <= 1:
            for cell in element.iter(f"{W}tc"):
                yield from self.blocks(cell, depth + 1)
            return
        above: list[str] = []
        yield ""
        for row in rows:
            filled = [above[i] if text is None and i < len(above) else text or "" for i, text in enumerate(row)]
            above = filled
            yield "| " + " | ".join(filled) + " |"
        yield ""

    def cells(self, row: Element, depth: int) -> list[str | None]:
        """A row's cells, None where a cell carries on the merged one above, repeated where it spans columns."""
        cells: list[str | None] = []
        for cell in row.iter(f"{W}tc"):
            properties = cell.find(f"{W}tcPr")
            merge = properties.find(f"{W}vMerge") if properties is not None else None
            span = properties.find(f"{W}gridSpan") if properties is not None else None
            width = int(span.get(f"{W}val") or 1) if span is not None and (span.get(f"{W}val") or "").isdigit() else 1
            lines = [line.strip() for line in self.blocks(cell, depth + 1) if line.strip()]
            carried = merge is not None and merge.get(f"{W}val") != "restart"
            cells += [None if carried else _cell_text(lines)] * min(width, 60)
        return cells


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


def _under_fallback(paragraph: Element, box: Element) -> bool:
    return any(box in fallback.iter(box.tag) for fallback in paragraph.iter(_FALLBACK))
