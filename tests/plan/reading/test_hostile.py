"""Documents made to hurt: nested, endless, or slow by design; each is refused within seconds and says how to mend it."""

from __future__ import annotations

import io
import time
import zipfile
from pathlib import Path

import pytest

from fuhua.plan.reading import PlanError, read_file
from fuhua.plan.reading.reading import read_text
from fuhua.plan.reading.word import body_text, text_of_docx

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
PLAN = """新桥市数字商贸三年行动计划（2024—2026年）
一、工作目标
到2026年，全市网络零售额突破500亿元。
二、主要任务
（一）建设数字商圈。到2025年建成智慧商圈5个。（责任单位：市商务局、市工业和信息化局）
"""


def docx(body: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("word/document.xml", f'<?xml version="1.0"?><w:document {_W}><w:body>{body}</w:body></w:document>')
    return out.getvalue()


def paragraph(words: str) -> str:
    return f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>"


def nested(depth: int, cells: int) -> str:
    inside = paragraph("内")
    for _ in range(depth):
        inside = f"<w:tbl><w:tr>{f'<w:tc>{inside}</w:tc>' + '<w:tc/>' * (cells - 1)}</w:tr></w:tbl>"
    return inside


def refused(data: bytes) -> str:
    with pytest.raises(PlanError) as caught:
        text_of_docx(data)
    return caught.value.code


@pytest.mark.parametrize("cells", [1, 2])
def test_tables_within_tables_take_time_by_their_number_only(cells: int) -> None:
    before = time.thread_time()
    text = body_text(docx(nested(30, cells)))
    assert text.count("内") == 1
    assert time.thread_time() - before < 1


def test_boxes_within_boxes_are_read_once() -> None:
    inside = paragraph("内")
    for _ in range(18):
        inside = f"<w:p><w:r><w:t>外</w:t><w:pict><w:txbxContent>{inside}</w:txbxContent></w:pict></w:r></w:p>"
    assert body_text(docx(inside)).count("内") == 1


def test_a_frame_counts_its_automatic_numbers_once() -> None:
    framed = f"<w:tbl><w:tr><w:tc>{paragraph('一')}{paragraph('二')}</w:tc></w:tr></w:tbl>"
    assert body_text(docx(framed)) == "一\n二"


@pytest.mark.parametrize("tag", ["r", "ins", "tbl", "sdt"])
def test_five_thousand_levels_are_refused_in_words(tag: str) -> None:
    assert refused(docx(f"<w:p>{f'<w:{tag}>' * 5000}{f'</w:{tag}>' * 5000}</w:p>")) == "unsafe_docx"


@pytest.mark.parametrize(("tail", "code"), [
    ("建设智慧商圈，" * 60_000, "too_long"),
    ("到2026年建成智慧商圈5个，" * 8_000, "long_sentence"),
    ("（" * 150_000, "long_sentence"),
    ("[" * 150_000, "long_sentence"),
    ("（责任单位：" + "市商务局、" * 20_000 + "）", "long_sentence"),
    ("| 建 " * 40_000, "long_sentence"),
])
def test_a_text_made_to_be_slow_is_refused_at_once(tail: str, code: str) -> None:
    before = time.thread_time()
    with pytest.raises(PlanError) as caught:
        read_text(PLAN + tail)
    assert caught.value.code == code
    assert time.thread_time() - before < 3


def test_four_times_as_many_lines_take_no_more_than_their_share_of_time() -> None:
    def spent(lines: int) -> float:
        before = time.thread_time()
        read_text(PLAN + "（二）建设数字商圈。支持改造，到2025年建成智慧商圈5个。（责任单位：市商务局）\n" * lines)
        return time.thread_time() - before

    assert spent(4_000) < 9 * spent(1_000)  # the square of them would be sixteen times


def test_hostile_pdfs_are_refused_within_the_limits_of_their_process(tmp_path: Path) -> None:
    many = b"%PDF-1.4\n" + b"".join(b"%d 0 obj\n<< /A %d 0 R >>\nendobj\n" % (n, n + 1) for n in range(1, 100_000))
    deep = b"%PDF-1.4\n1 0 obj\n" + b"[" * 200_000 + b"]" * 200_000 + b"\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF"
    loop = (b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>\n"
            b"endobj\ntrailer << /Root 1 0 R /Size 3 >>\n%%EOF")
    for name, data in (("many", many), ("deep", deep), ("loop", loop), ("cut", many[:5000])):
        path = tmp_path / f"{name}.pdf"
        path.write_bytes(data)
        before = time.monotonic()
        with pytest.raises(PlanError) as caught:
            read_file(path)
        assert caught.value.code in ("broken_pdf", "scanned_pdf", "too_slow"), name
        assert time.monotonic() - before < 40
