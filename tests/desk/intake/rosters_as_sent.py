"""Rosters as people send them: workbooks and rows for the tests of the intake."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import openpyxl

from fuhua.kernel.credit_code import check_character

STAYS = ("企业名称", "统一社会信用代码", "孵化器名称", "入驻方式", "入驻日期", "离驻日期", "离驻原因")
HOST = "北京启明芯孵化器有限公司"


def code(number: int) -> str:
    """A credit code that checks, different for every number."""
    first = f"91110108MA{number:07d}"
    return first + check_character(first)


def workbook(*rows: Sequence[Any], title: str = "Sheet1") -> bytes:
    """An .xlsx with these rows."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def stay(number: int, began: Any = "2024-03-01", **more: Any) -> list[Any]:
    """One row of a stays roster."""
    return [more.get("name", f"北京{number}号示例科技有限公司"), more.get("code", code(number)), more.get("host", HOST), "实体入驻", began,
            more.get("ended"), more.get("reason")]
