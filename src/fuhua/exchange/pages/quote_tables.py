"""The comparison of quotes as a workbook."""

from __future__ import annotations

from typing import Any, BinaryIO

from fuhua.exchange.models import Rfq
from fuhua.exchange.queries.comparing import Comparison
from fuhua.exchange.words import VAT
from fuhua.kernel.sheet import writing
from fuhua.kernel.words import t


def write(file: BinaryIO, rfq: Rfq, found: Comparison) -> None:
    """Rows as they were asked, a column for every provider's price of one unit, then totals and terms; yuan."""
    names = [each.invitation.provider.name for each in found.columns]
    headers = [str(t("内容", "What")), str(t("数量", "Quantity")), str(t("单位", "Unit")), *names]
    rows: list[list[Any]] = [[line.row["item"], line.row["quantity"], str(line.unit), *(_yuan(cell.price) for cell in line.cells)]
                             for line in found.lines]
    quotes = [each.quote for each in found.columns]
    below = [
        (t("合计（元）", "Total (yuan)"), [_yuan(each.total) for each in found.columns]),
        (t("缺项", "Rows missing"), [each.missing for each in found.columns]),
        (t("模具与工装（元）", "Tooling (yuan)"), [_yuan(each.tooling) for each in quotes] if rfq.ladder else None),
        (t("起订量", "Least order"), [each.least for each in quotes] if rfq.ladder else None),
        (t("增值税税率（价格含税）", "VAT included at"), [str(VAT[each.vat]) for each in quotes]),
        (t("交样时间（天）", "Sample in (days)"), [each.sample_days for each in quotes] if rfq.sample else None),
        (t("交期（天）", "Lead time (days)"), [each.lead_days for each in quotes]),
        (t("有效期至", "Valid until"), [each.valid_until.isoformat() for each in quotes]),
    ]
    rows += [[str(label), rfq.quantity if index == 0 else None, None, *values] for index, (label, values) in enumerate(below)
             if values is not None]
    writing.write(file, [writing.Sheet(str(t("比价表", "Comparison")), headers, rows)])


def _yuan(fen: int | None) -> int | float | None:
    return fen if fen is None else fen // 100 if fen % 100 == 0 else fen / 100
