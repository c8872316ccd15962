"""Rosters made to hurt: they are looked at before anything is locked, cost little, and what goes back is inert."""

from __future__ import annotations

import io
import time

import openpyxl
import pytest
from django.db import connection
from tests.desk.intake.rosters_as_sent import STAYS, stay, workbook

from fuhua.desk.actions import intake as desk
from fuhua.desk.models import Intake
from fuhua.desk.queries.returned import write_bad_rows
from fuhua.kernel.roster import ROSTERS, find, propose
from fuhua.kernel.sheet import table
from fuhua.parties.queries import who


class _Watched(io.BytesIO):
    """A file that notes how many transactions are open while it is read."""

    def __init__(self, content: bytes) -> None:
        super().__init__(content)
        self.inside: set[int] = set()

    def read(self, size: int | None = -1) -> bytes:
        self.inside.add(len(connection.savepoint_ids))
        return super().read(size)


def _wide() -> bytes:
    book = openpyxl.Workbook()
    for number in range(4):
        sheet = book.create_sheet(f"S{number}")
        for row in range(30):
            sheet.append([f"{'企业名称统一社会信用代码' * 15}{row}-{column}" for column in range(300)])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_file_is_looked_at_before_anything_is_locked(cast, at):
    asker = who(cast["city_officer"])
    outside = len(connection.savepoint_ids)
    file = _Watched(workbook(["备忘", "天气"], ["一", "晴"]))
    with pytest.raises(desk.BadRoster):
        desk.hand_in(file, file_name="x.xlsx", who=asker, by=asker.urn, at=at())
    assert file.inside == {outside}
    assert not Intake.objects.exists()


def test_thousands_of_long_headers_cost_seconds_at_most_and_are_refused(hand_in):
    content, before = _wide(), time.thread_time()
    with pytest.raises(desk.BadRoster):
        hand_in(content)
    assert time.thread_time() - before < 6


def test_a_header_below_titles_and_notes_is_found_and_headers_with_remarks_are_likely():
    kinds = [ROSTERS["stays"]]
    headers = ["企业名称（必填，请与营业执照上的名称一致，不要使用简称）", "统一社会信用代码", "入驻的日期", "备注"]
    content = workbook(["在孵企业统计表", "2024 年"], ["填表人", "张三"], headers, ["甲公司", "91110108MA0000000X", "2024-03-01", ""])
    with table.opened(io.BytesIO(content)) as source:
        found, kind = find(source, kinds)
    assert (found.header_row, kind) == (3, kinds[0])
    guesses = propose(kinds[0], found.headers)
    assert [guesses[index].column for index in (0, 1, 2)] == ["venture", "venture_code", "began"]
    assert guesses[2].confidence < 100


def test_a_formula_in_a_row_that_stays_out_comes_back_as_text(hand_in, check):
    evil = '=HYPERLINK("http://x","y")'
    intake = check(hand_in(workbook(STAYS, stay(1), stay(2, began=evil, name="+甲公司", reason="@SUM(A1)")), "stays"))
    out = io.BytesIO()
    write_bad_rows(intake, out)
    cells = [cell for row in openpyxl.load_workbook(out).active.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} <= {"s", "inlineStr", "n", "d"}
    assert "+甲公司" in [cell.value for cell in cells]
