"""Tables as offices send them: encodings, separators, title rows, totals, dates and money in every spelling."""

from __future__ import annotations

import datetime as dt
import io

import openpyxl
import pytest

from fuhua.kernel.sheet import table, values, writing
from fuhua.kernel.sheet.refusal import BadCell


def source_rows(content: bytes, marks: tuple[str, ...] = ("企业名称", "入驻日期")) -> list:
    with table.opened(io.BytesIO(content)) as source:
        found = table.locate(source, lambda headers: sum(header in marks for header in headers))
        return [found.sheet, found.header_row, *source.data(found)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_a_csv_reads_in_every_encoding_and_with_every_separator(encoding, separator):
    text = "\r\n".join(separator.join(row) for row in (("企业名称", "入驻日期"), ('"甲,乙;丙\t|公司"', "2024-01-01")))
    assert source_rows(text.encode(encoding)) == ["", 1, (2, ["甲,乙;丙\t|公司", "2024-01-01"])]


def test_a_title_row_blank_rows_totals_and_other_sheets_are_passed_over():
    book = openpyxl.Workbook()
    book.active.title = "说明"
    book.active.append(["请按要求填写", "联系人"])
    sheet = book.create_sheet("名单")
    sheet.append(["2024 年在孵企业名单"])
    sheet.merge_cells("A1:C1")
    sheet.append([])
    sheet.append(["企业名称", "入驻日期", "实缴金额（万元）"])
    sheet.append(["甲公司", dt.date(2024, 3, 1), 12.5])
    sheet.append([])
    sheet.append(["企业名称", "入驻日期", "实缴金额（万元）"])
    sheet.append(["乙公司", dt.datetime.fromisoformat("2024-03-02T10:30"), "1,200"])
    sheet.append(["合计", None, 1212.5])
    hidden = book.create_sheet("旧")
    hidden.append(["企业名称", "入驻日期"])
    hidden.sheet_state = "hidden"
    out = io.BytesIO()
    book.save(out)
    assert source_rows(out.getvalue()) == [
        "名单", 3, (4, ["甲公司", dt.date(2024, 3, 1), 12.5]), (7, ["乙公司", dt.date(2024, 3, 2), "1,200"])]


def test_what_is_written_reads_back_and_is_never_a_formula():
    out = io.BytesIO()
    row = ["=cmd|' /C calc'!A1", 3, 2.5, dt.date(2024, 2, 29), None, True, "<&>\x0b\n新"]
    writing.write(out, [writing.Sheet("表[1]", ["企业名称", "入驻日期", "c", "d", "e", "f", "错误"], [row], wrong=6,
                                      lists={0: ("甲", "乙")})])
    assert source_rows(out.getvalue())[2] == (2, ["=cmd|' /C calc'!A1", 3, 2.5, dt.date(2024, 2, 29), None, True, "<&>\n新"])
    sheet = openpyxl.load_workbook(io.BytesIO(out.getvalue())).active
    assert (sheet["A2"].value, sheet["A2"].data_type, sheet.freeze_panes, sheet.title) == ("=cmd|' /C calc'!A1", "s", "A2", "表 1")
    assert [each.formula1 for each in sheet.data_validations.dataValidation] == ['"甲,乙"']


@pytest.mark.parametrize("written", [
    dt.date(2024, 3, 1), 45352, "45352", "2024-03-01", "2024/3/1", "2024年3月1日", "2024.3.1", "2024.3", "2024年3月",
    "２０２４－０３－０１",
    "20240301", "2024-03-01 00:00:00", " 2024年 3月 1日 ",
])
def test_a_day_reads_in_every_spelling(written):
    assert values.day(written) == dt.date(2024, 3, 1)


@pytest.mark.parametrize("written", ["去年", "2024-02-30", "2024-13", "45", 3, "1024-01-01", "2024年"])
def test_what_is_no_day_is_refused(written):
    with pytest.raises(BadCell):
        values.day(written)


@pytest.mark.parametrize(("written", "header", "fen"), [
    (1200, "实缴金额（万元）", 1_200_000_000), ("1,200", "实缴金额(万元)", 1_200_000_000), ("1,200万元", "实缴金额", 1_200_000_000),
    ("１２００", "金额（千元）", 120_000_000),
    (0.1 + 0.2, "金额（元）", None), (12.34, "金额", 1234), ("5亿元", "规模（万元）", 50_000_000_000),
    ("¥ 3.50", "金额", 350),
    ("人民币1000元整", "金额", 100_000), (1e6, "金额（万元）", 1_000_000_000_000),
])
def test_money_reads_in_the_unit_of_the_cell_or_of_the_header(written, header, fen):
    if fen is None:
        with pytest.raises(BadCell):
            values.money(written, header)
    else:
        assert values.money(written, header) == fen


def test_codes_stored_as_numbers_are_refused_and_others_are_tidied():
    with pytest.raises(BadCell) as wrong:
        values.credit_code(9.111010800000001e17)
    assert "存成了数字" in wrong.value.text.zh
    assert values.credit_code(" ９１350100-m000100y43 ") == "91350100M000100Y43"


def test_counts_shares_and_yes_or_no_read_as_people_write_them():
    assert [values.count(each) for each in (12, "1,200", "３ 家", "15人")] == [12, 1200, 3, 15]
    assert [values.share("12.5%"), values.share(0.125), values.share(12.5, "占比（%）")] == [125_000] * 3
    assert [values.yes_no(each) for each in ("是", "否", True, "√", "N")] == [True, False, True, True, False]
    for wrong in ("-1", "1.5", "abc"):
        with pytest.raises(BadCell):
            values.count(wrong)


def test_a_number_reads_as_the_sheet_shows_it():
    out = io.BytesIO()
    book = openpyxl.Workbook()
    book.active.append(["企业名称", "入驻日期"])
    book.active.append([0.1 + 0.2, 3.0])
    book.save(out)
    assert source_rows(out.getvalue())[2] == (2, [0.3, 3])
