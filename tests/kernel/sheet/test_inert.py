"""What we write never runs: whatever a cell begins with, a spreadsheet program shows it as text."""

from __future__ import annotations

import io

import openpyxl
import pytest

from fuhua.kernel.sheet.writing import Sheet, write

_FORMULAS = ["=1+1", '=HYPERLINK("http://x","y")', "+1", "-1+2", "@SUM(A1)", "\t=1", "\r=1", "＝1+1"]


@pytest.mark.parametrize("where", ["headers", "notes", "rows"])
def test_what_looks_like_a_formula_is_written_as_text(where):
    out = io.BytesIO()
    given = {"headers": ["a"] * len(_FORMULAS), "rows": [["b"] * len(_FORMULAS)], "notes": (), where: _FORMULAS}
    if where == "rows":
        given["rows"] = [_FORMULAS]
    write(out, [Sheet("=1", **given)])
    cells = [cell for row in openpyxl.load_workbook(out).active.iter_rows() for cell in row if cell.value not in ("a", "b")]
    assert [cell.value.replace("\r", "\n") for cell in cells] == [each.replace("\r", "\n") for each in _FORMULAS]
    assert {cell.data_type for cell in cells} == {"inlineStr"} or {cell.data_type for cell in cells} == {"s"}


def test_control_characters_and_halves_of_characters_are_left_out():
    out = io.BytesIO()
    write(out, [Sheet("S", ["甲\x00\x0b乙\ud800\uffff"], [["<b>&\x1f"]])])
    assert [[cell.value for cell in row] for row in openpyxl.load_workbook(out).active.iter_rows()] == [["甲乙"], ["<b>&"]]
