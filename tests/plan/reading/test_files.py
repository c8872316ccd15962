"""Files of every kind, whole, broken and hostile: what is read is equal, what is refused says how to mend it."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from fuhua.plan.reading import PlanError, read_file

PLAN = """新桥市数字商贸三年行动计划（2024—2026年）
为促进数字商贸发展，制定本计划。
一、工作目标
到2026年，全市网络零售额突破500亿元，培育数字商贸企业100家以上。
二、主要任务
（一）建设数字商圈。支持商圈智慧化改造，到2025年建成智慧商圈5个。（责任单位：市商务局、市工业和信息化局，各区人民政府）
（二）培育直播基地。每年举办直播带货活动不少于20场。（责任单位：市商务局、市人力资源社会保障局）
三、组织保障
加强统筹协调，形成工作合力。
"""
TITLES = ["建设数字商圈", "培育直播基地"]
UNITS = ("市商务局", "市工业和信息化局", "各区人民政府")
VALUES = [50_000_000_000, 100, 5, 20]


def write(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def check(path: Path) -> None:
    reading = read_file(path)
    assert [measure.title for measure in reading.measures] == TITLES
    assert reading.measures[0].units == UNITS
    assert [target.value for target in reading.targets] == VALUES
    assert reading.period == (2024, 2026)


def refused(path: Path) -> PlanError:
    with pytest.raises(PlanError) as caught:
        read_file(path)
    assert caught.value.zh
    assert caught.value.en
    return caught.value


def docx_of(document: Any) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def word_plan() -> Any:
    document = Document()
    for line in PLAN.splitlines():
        document.add_paragraph(line)
    return document


def repacked(data: bytes, part: str, change: Any) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(old.read(name)) if name == part else old.read(name))
    return stream.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
def test_plain_text_is_read_in_every_usual_encoding(tmp_path: Path, encoding: str) -> None:
    check(write(tmp_path, "plan.txt", PLAN.encode(encoding)))


def test_content_counts_and_not_the_name_of_the_file(tmp_path: Path) -> None:
    check(write(tmp_path, "plan.txt", docx_of(word_plan())))
    check(write(tmp_path, "plan.docx", PLAN.encode()))


def test_a_text_cut_off_inside_a_character_is_still_read(tmp_path: Path) -> None:
    check(write(tmp_path, "plan.txt", PLAN.encode() + "力".encode()[:2]))


def test_windows_line_ends_and_blank_lines_change_nothing(tmp_path: Path) -> None:
    check(write(tmp_path, "plan.txt", PLAN.replace("\n", "\r\n\r\n").encode()))


NUMBERING = f"""<w:numbering {nsdecls("w")}>
<w:abstractNum w:abstractNumId="7">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="%1、"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="（%2）"/></w:lvl>
</w:abstractNum><w:num w:numId="7"><w:abstractNumId w:val="7"/></w:num></w:numbering>"""


def numbered(document: Any, words: str, level: int) -> None:
    paragraph = document.add_paragraph(words)
    properties = paragraph._p.get_or_add_pPr()
    properties.append(parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="7"/></w:numPr>'))


def test_automatic_numbers_of_word_are_printed(tmp_path: Path) -> None:
    document = Document()
    for line in PLAN.splitlines():
        for level, marks in ((0, ("一、", "二、", "三、")), (1, ("（一）", "（二）"))):
            if line.startswith(marks):
                numbered(document, line[len(marks[0]) :], level)
                break
        else:
            document.add_paragraph(line)
    data = repacked(docx_of(document), "word/numbering.xml", lambda _: NUMBERING.encode())
    check(write(tmp_path, "plan.docx", data))
    assert "（二）培育直播基地" in read_file(tmp_path / "plan.docx").source_text


def test_deleted_text_of_tracked_changes_is_not_read(tmp_path: Path) -> None:
    document = word_plan()
    document.paragraphs[5]._p.append(
        parse_xml(f"<w:del {nsdecls('w')}><w:r><w:delText>（责任单位：市旧局）</w:delText></w:r></w:del>")
    )
    document.paragraphs[3]._p.append(
        parse_xml(f"<w:ins {nsdecls('w')}><w:r><w:t>其中独角兽企业2家。</w:t></w:r></w:ins>")
    )
    reading = read_file(write(tmp_path, "plan.docx", docx_of(document)))
    assert "市旧局" not in reading.source_text
    assert 2 in [target.value for target in reading.targets]


def test_a_division_table_gives_measures_their_units(tmp_path: Path) -> None:
    document = Document()
    for line in PLAN.splitlines():
        document.add_paragraph(line.split("（责任单位")[0])
    table = document.add_table(rows=3, cols=3)
    rows = (
        ("重点任务", "牵头单位", "配合单位"),
        ("建设数字商圈", "市商务局", "市工业和信息化局、各区人民政府"),
        ("培育直播基地", "市商务局", "市人力资源社会保障局"),
    )
    for row, cells in zip(table.rows, rows, strict=True):
        for cell, words in zip(row.cells, cells, strict=True):
            cell.text = words
    path = write(tmp_path, "plan.docx", docx_of(document))
    check(path)
    assert read_file(path).measures[1].support == ("市人力资源社会保障局",)


def test_a_macro_is_never_looked_at(tmp_path: Path) -> None:
    data = docx_of(word_plan())
    stream = io.BytesIO(data)
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr("word/vbaProject.bin", b"\x00" * 100)
    check(write(tmp_path, "plan.docx", stream.getvalue()))


FONT = (
    "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [<< /Type /Font "
    "/Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 "
    ">> /DW 1000 /FontDescriptor << /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [0 -200 1000 900] "
    "/ItalicAngle 0 /Ascent 800 /Descent -200 /CapHeight 800 /StemV 80 >> >>] >>"
)


def pdf_of(lines: list[str], *, header: str = "", width: int = 28, per_page: int = 9) -> bytes:
    """A PDF set by hand, as no library is needed: each line in a Chinese font, wrapped, with header and page number."""
    wrapped = [line[at : at + width] for line in lines for at in range(0, len(line), width)]
    pages = [wrapped[at : at + per_page] for at in range(0, len(wrapped), per_page)] or [[]]
    kids = " ".join(f"{4 + 2 * i} 0 R" for i in range(len(pages)))
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>", FONT]
    for number, page in enumerate(pages, start=1):
        printed = [
            (800, header),
            *((760 - 24 * i, line) for i, line in enumerate(page)),
            (40, f"— {number} —" if lines else ""),
        ]
        drawn = "\n".join(
            f"BT /F1 14 Tf 60 {y} Td <{words.encode('utf-16-be').hex()}> Tj ET" for y, words in printed if words
        )
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {len(objects) + 2} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>"
        )
        objects.append(f"<< /Length {len(drawn)} >>\nstream\n{drawn}\nendstream")
    data, places = b"%PDF-1.4\n", []
    for i, words in enumerate(objects, start=1):
        places.append(len(data))
        data += f"{i} 0 obj\n{words}\nendobj\n".encode()
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    start = len(data)
    data += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}".encode()
    return data + f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF".encode()


def test_a_text_pdf_is_read_across_wrapped_lines_and_pages(tmp_path: Path) -> None:
    check(write(tmp_path, "plan.pdf", pdf_of(PLAN.splitlines(), per_page=6)))


def test_running_headers_of_a_pdf_are_left_out(tmp_path: Path) -> None:
    path = write(tmp_path, "plan.pdf", pdf_of(PLAN.splitlines(), header="新桥市人民政府公报 2024年", per_page=5))
    check(path)
    assert "公报" not in read_file(path).source_text


def test_a_scanned_pdf_is_refused_with_advice_to_recognise_its_text(tmp_path: Path) -> None:
    error = refused(write(tmp_path, "scan.pdf", pdf_of([])))
    assert error.code == "scanned_pdf"
    assert "OCR" in error.zh


def test_a_truncated_pdf_is_refused(tmp_path: Path) -> None:
    whole = pdf_of(PLAN.splitlines())
    assert refused(write(tmp_path, "b.pdf", whole[: len(whole) // 8])).code in ("broken_pdf", "scanned_pdf")
    assert refused(write(tmp_path, "a.pdf", b"%PDF-1.7\n" + b"\x00\xff" * 500)).code == "broken_pdf"


def test_a_pdf_of_too_many_pages_is_refused(tmp_path: Path) -> None:
    error = refused(write(tmp_path, "long.pdf", pdf_of(["页"] * 301, per_page=1)))
    assert error.code == "too_many_pages"
    assert "301" in error.zh


def test_a_truncated_docx_is_refused(tmp_path: Path) -> None:
    data = docx_of(word_plan())
    assert refused(write(tmp_path, "a.docx", data[: len(data) // 2])).code == "broken_docx"


def test_a_zip_that_is_no_word_file_is_refused(tmp_path: Path) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("hello.txt", "你好")
    assert refused(write(tmp_path, "a.docx", stream.getvalue())).code == "unknown_format"


def test_external_entities_in_a_docx_are_refused(tmp_path: Path) -> None:
    evil = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    data = repacked(docx_of(word_plan()), "word/document.xml", lambda old: evil + old.split(b"?>", 1)[1])
    assert refused(write(tmp_path, "a.docx", data)).code == "unsafe_docx"


def test_a_zip_bomb_is_refused_before_it_unpacks(tmp_path: Path) -> None:
    data = repacked(docx_of(word_plan()), "word/document.xml", lambda old: old + b" " * (70 * 1024 * 1024))
    assert refused(write(tmp_path, "a.docx", data)).code == "unsafe_docx"


def test_too_many_entries_are_refused(tmp_path: Path) -> None:
    stream = io.BytesIO(docx_of(word_plan()))
    with zipfile.ZipFile(stream, "a") as archive:
        for i in range(4001):
            archive.writestr(f"x/{i}", b"")
    assert refused(write(tmp_path, "a.docx", stream.getvalue())).code == "unsafe_docx"


def test_an_old_word_file_is_refused_with_advice_to_save_it_anew(tmp_path: Path) -> None:
    error = refused(write(tmp_path, "a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600))
    assert error.code == "old_word"
    assert ".docx" in error.zh


@pytest.mark.parametrize("data", [b"", b"\n \r\n", b"\x00" * 40])
def test_an_empty_file_is_refused(tmp_path: Path, data: bytes) -> None:
    assert refused(write(tmp_path, "a.txt", data)).code == "empty"


def test_a_picture_is_refused_as_an_unknown_kind(tmp_path: Path) -> None:
    assert refused(write(tmp_path, "a.txt", b"\x89PNG\r\n\x1a\n" + b"\x01" * 50)).code == "unknown_format"


def test_a_text_without_chinese_is_refused(tmp_path: Path) -> None:
    assert refused(write(tmp_path, "a.txt", b"1. An English plan. 2. More of it.")).code == "not_chinese"


def test_a_text_without_measures_is_refused(tmp_path: Path) -> None:
    words = "关于召开会议的通知。请各单位派一名负责同志参加，地点另行通知，特此函告，请予支持配合。"
    assert refused(write(tmp_path, "a.txt", words.encode())).code == "no_measures"


def test_random_bytes_are_refused_and_never_crash(tmp_path: Path) -> None:
    noise = bytes((i * 7919 + i // 3) % 251 for i in range(3000))
    assert refused(write(tmp_path, "a.txt", noise)).code in ("undecodable", "not_chinese", "no_measures")
