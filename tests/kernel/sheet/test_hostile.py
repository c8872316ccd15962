"""Files that are cut short, hostile or not spreadsheets at all: refused with words that say how to mend it."""

from __future__ import annotations

import contextlib
import io
import tracemalloc
import zipfile

import openpyxl
import pytest

from fuhua.kernel.sheet import table
from fuhua.kernel.sheet.refusal import BadSheet, Limits

_TYPES = '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_REL = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_BOOK = f'<?xml version="1.0"?><workbook {_MAIN} {_REL}><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>'
_RELS = ('<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
         '<Relationship Id="rId1" Type="worksheet" Target="worksheets/sheet1.xml"/></Relationships>')


def package(sheet: str | bytes, **more: str | bytes) -> io.BytesIO:
    """A minimal workbook around the XML of one sheet."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as parts:
        for name, content in {"[Content_Types].xml": _TYPES, "xl/workbook.xml": _BOOK, "xl/_rels/workbook.xml.rels": _RELS,
                              "xl/worksheets/sheet1.xml": sheet, **more}.items():
            parts.writestr(name, content)
    return out


def rows(xml: str) -> str:
    return f'<?xml version="1.0"?><worksheet {_MAIN}><sheetData>{xml}</sheetData></worksheet>'


def good() -> bytes:
    out = io.BytesIO()
    book = openpyxl.Workbook()
    book.active.append(["名称", "日期"])
    for number in range(200):
        book.active.append([f"企业{number}", "2024-01-01"])
    book.save(out)
    return out.getvalue()


def read(file: io.BytesIO | bytes, limits: Limits | None = None) -> list:
    with table.opened(io.BytesIO(file) if isinstance(file, bytes) else file, limits or Limits()) as source:
        return [row for sheet in source.sheets for row in source.rows(sheet)]


def refused(file: io.BytesIO | bytes, limits: Limits | None = None) -> str:
    with pytest.raises(BadSheet) as wrong:
        read(file, limits)
    assert wrong.value.text.en
    return wrong.value.text.zh


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.999])
def test_a_file_cut_short_is_refused(share):
    content = good()
    assert "不完整或已损坏" in refused(content[: int(len(content) * share)])


def test_every_flipped_byte_either_reads_or_is_refused_in_words():
    content = good()
    for place in range(0, len(content), 97):
        broken = bytearray(content)
        broken[place] ^= 0xFF
        with contextlib.suppress(BadSheet):
            read(bytes(broken))


def test_a_zip_bomb_is_refused_before_it_is_unpacked():
    assert "解压后过大" in refused(package(rows(" " * (40 * 2**20))))


def test_a_bomb_that_lies_about_its_size_is_refused_while_it_is_unpacked():
    assert "解压后过大" in refused(package(rows("<row r='1'><c r='A1'><v>1</v></c></row>" * 50_000)), Limits(unpacked=2**20, ratio=10**9))


def test_entities_are_refused_whether_inside_or_outside():
    laughs = '<!DOCTYPE lolz [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    sheet = rows('<row r="1"><c r="A1" t="inlineStr"><is><t>&b;</t></is></c></row>').replace("<worksheet", laughs + "<worksheet", 1)
    assert "实体声明" in refused(package(sheet))
    outside = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    assert "实体声明" in refused(package(rows("").replace("<worksheet", outside + "<worksheet", 1)))


def test_a_million_columns_are_refused_and_far_empty_cells_are_not():
    wide = "".join(f'<c r="{letter}1"><v>1</v></c>' for letter in ("A", "XFD"))
    assert "超过 300 列" in refused(package(rows(f'<row r="1">{wide}</row>')))
    assert "超过 300 列" in refused(package(rows("<row>" + "<c><v>1</v></c>" * 1_000_000 + "</row>")))
    assert "不完整或已损坏" in refused(package(rows('<row r="1"><c r="ZZZZZZZZZZ1"><v>1</v></c></row>')))
    assert read(package(rows('<row r="1"><c r="A1"><v>1</v></c><c r="XFD1"/></row>'))) == [(1, [1])]
    assert "第 1 行超出限制" in refused(b"a," * 400_000)


def test_too_many_rows_are_refused():
    assert "超过 10 行" in refused(package(rows('<row r="11"><c r="A11"><v>1</v></c></row>')), Limits(rows=10))
    assert "超过 500000 行" in refused(package(rows('<row r="99999999"><c r="A1"><v>1</v></c></row>')))


def test_macros_are_refused_and_formulas_are_read_by_their_value():
    assert "含有宏" in refused(package(rows(""), **{"xl/vbaProject.bin": b"x"}))
    assert read(package(rows('<row r="1"><c r="A1"><f>1+1</f><v>2</v></c></row>'))) == [(1, [2])]


def test_old_and_protected_and_foreign_files_say_what_they_are():
    assert "旧版 .xls 或加了密码" in refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    assert "不是表格文件" in refused(b"%PDF-1.7 ...")
    assert "文件是空的" in refused(b"")
    plain_zip = io.BytesIO()
    with zipfile.ZipFile(plain_zip, "w") as parts:
        parts.writestr("readme.txt", "hello")
    assert "不是 Excel 工作簿" in refused(plain_zip)
    assert "编码" in refused("名称".encode() + b"\xff\xff\x81 \xfe,\n")


def test_thousands_of_parts_and_doubled_parts_are_refused():
    assert "部件过多" in refused(package(rows(""), **{f"xl/p{number}.xml": "" for number in range(5_001)}))


def test_a_shared_string_that_is_not_there_is_refused():
    assert "不完整或已损坏" in refused(package(rows('<row r="1"><c r="A1" t="s"><v>7</v></c></row>')))


def test_an_unclosed_quotation_mark_in_a_csv_is_refused():
    assert "引号不成对" in refused('名称,日期\n"甲,2024\n'.encode() + b"x," * 100_000)


def shared(text: str) -> str:
    return f'<?xml version="1.0"?><sst {_MAIN}><si><t>{text}</t></si></sst>'


def test_a_cell_of_a_hundred_megabytes_is_refused_while_it_is_collected():
    one = rows('<row r="1"><c r="A1" t="s"><v>0</v></c></row>')
    long = "".join(str(number % 10**6) for number in range(3_000_000))
    book = package(one, **{"xl/sharedStrings.xml": shared(long)})
    inline = package(rows(f'<row r="3"><c r="A3" t="inlineStr"><is><t>{long}</t></is></c></row>'))
    tracemalloc.start()
    assert "有一个单元格超过 32767 字" in refused(book)
    assert "第 3 行有一个单元格超过 32767 字" in refused(inline)
    assert tracemalloc.get_traced_memory()[1] < 12 * 2**20
    tracemalloc.stop()


def test_a_cell_as_long_as_spreadsheets_allow_is_read():
    book = package(rows('<row r="1"><c r="A1" t="s"><v>0</v></c></row>'), **{"xl/sharedStrings.xml": shared("甲" * 32_767)})
    assert read(book) == [(1, ["甲" * 32_767])]


def test_a_tag_that_never_ends_and_tags_of_endless_kinds_are_refused():
    assert "标记过长" in refused(package(rows(f'<row r="1" x="{random_letters(3 * 2**20)}"/>')))
    assert "标记过长" in refused(package(rows("".join(f"<a{number}/>" for number in range(100_000)))))


def random_letters(many: int) -> str:
    return "".join(str(number * 7919 % 10**6) for number in range(many // 5))


def test_a_list_of_a_million_parts_is_refused_before_it_is_read():
    end = b"PK\5\6" + b"\0" * 4 + b"\xff\xff" * 2 + (60 * 2**20).to_bytes(4, "little") + b"\0" * 6
    assert "部件过多" in refused(b"PK\3\4" + b"\0" * 100 + end)


def test_a_record_of_a_megabyte_in_a_csv_is_refused_before_it_is_whole():
    for content in (b"," * 30_000_000, b'"a\n",' * 2_000_000):
        tracemalloc.start()
        assert "一条记录超过 1048576 字" in refused(content)
        assert tracemalloc.get_traced_memory()[1] < 40 * 2**20
        tracemalloc.stop()
    assert "有一个单元格超过 32767 字" in refused(b"x" * 40_000 + b",1\n")
