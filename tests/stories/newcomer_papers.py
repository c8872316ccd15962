"""What the newcomer brings along: the text of a plan, and a roster of incubators with ten bad rows."""

from __future__ import annotations

import io
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl

from fuhua.kernel.credit_code import check_character

HEADS = ("单位名称", "统一社会信用代码", "所在区", "梯次", "批次", "任务书签订日期", "未来产业领域", "考核结论", "考核日期")
WRONG = "91110108MA0000000X"
TITLE = "标杆孵化器名单（2023）"


def plan_text() -> Path:
    """The public text of the Beijing plan where the machine has it, else the short plan kept with the tests."""
    root = Path(__file__).resolve().parents[2]
    shared = Path(os.environ.get("FUHUA_SHARED_DATA") or root.parent / "shared" / "data")
    public = shared / "plans" / "beijing_biaogan_2022_2025.txt"
    return public if public.exists() else Path(__file__).parent / "data" / "plan.txt"


def code(number: int) -> str:
    """A credit code that checks, different for every number."""
    first = f"91110108MA{number:07d}"
    return first + check_character(first)


def row(number: int, **changed: Any) -> list[Any]:
    """A good row: a leading incubator with agreement and passed check."""
    good = dict(zip(HEADS, (f"北京{number}号示例孵化器有限公司", code(number), "海淀区", "引领类", "2023", "2023-01-15", None, "通过",
                            "2023-12-20"), strict=True))
    return list((good | changed).values())


GOOD = [row(1), row(2), row(3)]
# each bad row in its own way, and the words that tell the officer what is wrong and how to mend it
BAD: list[tuple[list[Any], str, str]] = [
    (row(11, 单位名称=None), "单位名称", "北京11号示例孵化器有限公司"),
    (row(12, 统一社会信用代码=code(12)[:-1] + ("0" if code(12)[-1] != "0" else "1")), "统一社会信用代码", code(12)),
    (row(13, 统一社会信用代码="91110108MA"), "统一社会信用代码", code(13)),
    (row(14, 所在区="火星区"), "所在区", "海淀区"),
    (row(15, 梯次="甲级"), "梯次", "引领类"),
    (row(16, 批次="第一批！"), "批次", "2023"),
    (row(17, 任务书签订日期="去年"), "任务书签订日期", "2023-02-01"),
    (row(18, 任务书签订日期="2023-02-30"), "任务书签订日期", "2023-02-28"),
    (row(19, 未来产业领域="元宇宙房地产"), "未来产业领域", None),
    (row(20, 考核日期=None), "考核日期", "2023-12-21"),
]


def workbook(rows: Sequence[Sequence[Any]], *, heads: Sequence[str] = HEADS, title: str = TITLE) -> bytes:
    """An .xlsx with a heading line if there is one, the column heads, and the rows."""
    book = openpyxl.Workbook()
    sheet = book.active
    if title:
        sheet.append([title])
    sheet.append(list(heads))
    for each in rows:
        sheet.append(list(each))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def roster() -> bytes:
    """Three good rows and ten bad ones, mixed as they come."""
    bad = [cells for cells, _column, _mended in BAD]
    return workbook([GOOD[0], *bad[:5], GOOD[1], *bad[5:], GOOD[2]])


def mended(returned: bytes) -> bytes:
    """The workbook that came back, put right in the columns it names; its column of errors is left as it is."""
    book = openpyxl.load_workbook(io.BytesIO(returned))
    sheet = book.active
    heads = [cell.value for cell in sheet[1]]
    for line, (_cells, column, value) in enumerate(BAD, start=2):
        sheet.cell(line, heads.index(column) + 1).value = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
