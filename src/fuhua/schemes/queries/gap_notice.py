"""What the notice of gaps says (补正通知书): the one list, what to do about each, and by when."""

from __future__ import annotations

from typing import Any

from fuhua.kernel.ui import formats
from fuhua.schemes.kinds.schemes import scheme_kinds
from fuhua.schemes.models import Application


def said_of(row: Application) -> dict[str, Any]:
    """The notice as data, in Chinese, which is the text in force; the same gaps give the same words."""
    kind, gaps = scheme_kinds()[row.call.kind], list(row.gaps.order_by("pk"))
    labels = {each.name: each.label.zh for each in kind.asks} | {each.code: each.label.zh for each in kind.evidence} | {"title": "项目名称"}
    return {
        "number": f"{row.number}-BZ", "foot": row.call.title, "title": "补正通知书", "issuer": row.call.issuer.name,
        "day": formats.day(gaps[0].asked_at).zh,
        "rows": [["申报单位", row.applicant.name], ["申报编号", row.number], ["补正期限", formats.day(gaps[0].due).zh],
                 *([labels.get(each.name, each.name), each.text] for each in gaps)],
        "paragraphs": ["以上为一次性告知的全部补正事项，不再另行要求补正。",
                       "请在补正期限内登录平台补正并提交；逾期未补正的，视为不符合申报条件。"],
    }
