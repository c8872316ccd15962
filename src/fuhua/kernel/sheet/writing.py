"""Writes .xlsx row by row: a header that stays in sight, text that is never a formula, drop-down lists and notes."""

from __future__ import annotations

import datetime as dt
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO
from unicodedata import normalize
from xml.sax.saxutils import escape, quoteattr

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_STYLES = (
    f'{_HEAD}<styleSheet xmlns="{_MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts>'
    '<fonts count="4"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font>'
    '<font><i/><sz val="10"/><color rgb="FF666666"/><name val="Calibri"/></font>'
    '<font><sz val="11"/><color rgb="FFB3261E"/><name val="Calibri"/></font></fonts>'
    '<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '<fill><patternFill patternType="solid"><fgColor rgb="FFE8EDF5"/></patternFill></fill></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0"/></cellStyleXfs><cellXfs count="6">'
    '<xf/><xf fontId="1" fillId="2" applyFont="1" applyFill="1"><alignment wrapText="1" vertical="center"/></xf>'
    '<xf fontId="2" applyFont="1"><alignment wrapText="1" vertical="top"/></xf>'
    '<xf numFmtId="164" applyNumberFormat="1"/><xf fontId="3" applyFont="1"><alignment wrapText="1" vertical="top"/></xf>'
    '<xf numFmtId="49" applyNumberFormat="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)
PLAIN, HEADER, NOTE, DAY, WRONG, TEXT = range(6)
_EPOCH = dt.date(1899, 12, 30)


@dataclass(frozen=True)
class Sheet:
    """One sheet to write: rows of values below a header; ``lists`` gives drop-down choices by column index from 0.

    ``notes`` is an optional row above the header in small type. ``wrong`` is the index of a column shown in red.
    """

    title: str
    headers: Sequence[str]
    rows: Iterable[Sequence[Any]]
    notes: Sequence[str] = ()
    lists: dict[int, Sequence[str]] | None = None
    wrong: int | None = None
    texts: frozenset[int] = frozenset()


def write(file: BinaryIO, sheets: Sequence[Sheet]) -> None:
    """Write the workbook to ``file``; memory stays flat however many rows there are."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as out:
        out.writestr("[Content_Types].xml", _content_types(len(sheets)))
        out.writestr("_rels/.rels", _relationships([("officeDocument", "xl/workbook.xml")]))
        parts = [("worksheet", f"worksheets/sheet{index}.xml") for index in range(1, len(sheets) + 1)]
        out.writestr("xl/_rels/workbook.xml.rels", _relationships([*parts, ("styles", "styles.xml")]))
        listed = "".join(f'<sheet name={quoteattr(_title(sheet.title))} sheetId="{index}" r:id="rId{index}"/>'
                         for index, sheet in enumerate(sheets, start=1))
        out.writestr("xl/workbook.xml",
                     f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}"><sheets>{listed}</sheets></workbook>')
        out.writestr("xl/styles.xml", _STYLES)
        for index, sheet in enumerate(sheets, start=1):
            with out.open(f"xl/worksheets/sheet{index}.xml", "w", force_zip64=True) as part:
                for piece in _pieces(sheet):
                    part.write(piece.encode())


def _pieces(sheet: Sheet) -> Iterable[str]:
    letters = [letter(index) for index in range(len(sheet.headers))]
    as_text = f' style="{TEXT}"'
    texts = "".join(f'<col min="{i + 1}" max="{i + 1}" width="{_width(title, i == sheet.wrong)}" customWidth="1"'
                    f'{as_text if i in sheet.texts else ""}/>' for i, title in enumerate(sheet.headers))
    top = 2 if sheet.notes else 1
    yield (f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="{top}" '
           f'topLeftCell="A{top + 1}" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
           f"<cols>{texts}</cols><sheetData>")
    if sheet.notes:
        yield _row(1, letters, sheet.notes, lambda _index: NOTE)
    yield _row(top, letters, sheet.headers, lambda _index: HEADER)

    def style(index: int) -> int:
        return WRONG if index == sheet.wrong else TEXT if index in sheet.texts else PLAIN

    for number, values in enumerate(sheet.rows, start=top + 1):
        yield _row(number, letters, values, style)
    yield "</sheetData>"
    if sheet.lists:
        yield f'<dataValidations count="{len(sheet.lists)}">'
        for index, options in sheet.lists.items():
            chosen = escape('"' + ",".join(option.replace('"', "").replace(",", " ") for option in options) + '"')
            yield (f'<dataValidation type="list" allowBlank="1" showErrorMessage="1" sqref="{letters[index]}{top + 1}:'
                   f'{letters[index]}100000"><formula1>{chosen}</formula1></dataValidation>')
        yield "</dataValidations>"
    yield "</worksheet>"


def _row(number: int, letters: Sequence[str], values: Sequence[Any], style: Any) -> str:
    cells = "".join(_cell(f"{column}{number}", value, style(index))
                    for index, (column, value) in enumerate(zip(letters, values, strict=False)) if value is not None and value != "")
    return f'<row r="{number}">{cells}</row>'


def _cell(place: str, value: Any, style: int) -> str:
    if isinstance(value, bool):
        return f'<c r="{place}" t="b"><v>{int(value)}</v></c>'
    if isinstance(value, int | float):
        return f'<c r="{place}"{_style(style)}><v>{value!r}</v></c>'
    if isinstance(value, dt.date):
        return f'<c r="{place}"{_style(DAY)}><v>{(value - _EPOCH).days}</v></c>'
    return f'<c r="{place}" t="inlineStr"{_style(style)}><is><t xml:space="preserve">{escape(_clean(str(value)))}</t></is></c>'


def _style(style: int) -> str:
    return f' s="{style}"' if style else ""


def _clean(text: str) -> str:
    return "".join(each for each in text[:32_767] if each in "\t\n\r" or (each >= " " and each not in "\ufffe\uffff"
                                                                          and not "\ud800" <= each <= "\udfff"))


def harmless(cell: str) -> str:
    """Text that a spreadsheet would take for a formula when it opens a .csv, with a mark before it; other text as it is."""
    return f"'{cell}" if normalize("NFKC", cell[:1]) in ("=", "+", "-", "@", "\t", "\r", "\n") else cell


def letter(index: int) -> str:
    """``A`` of 0, ``AA`` of 26."""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(65 + rest) + name
    return name


def _title(title: str) -> str:
    return "".join(" " if each in "[]:*?/\\" else each for each in title).strip()[:31] or "Sheet"


def _width(title: str, wide: bool) -> int:
    return 60 if wide else min(40, max(12, sum(2 if each > "\xff" else 1 for each in title) + 4))


def _content_types(sheets: int) -> str:
    parts = "".join(f'<Override PartName="/xl/worksheets/sheet{index}.xml" ContentType="{_TYPES}.worksheet+xml"/>'
                    for index in range(1, sheets + 1))
    return (f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPES}.sheet.main+xml"/>'
            f'<Override PartName="/xl/styles.xml" ContentType="{_TYPES}.styles+xml"/>{parts}</Types>')


def _relationships(parts: Sequence[tuple[str, str]]) -> str:
    listed = "".join(f'<Relationship Id="rId{index}" Type="{_RELATIONS}/{kind}" Target="{target}"/>'
                     for index, (kind, target) in enumerate(parts, start=1))
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{listed}</Relationships>'
