"""What the notice of comments says (评审意见告知书): the decision with its reason, and every review of the application without names."""

from __future__ import annotations

from typing import Any

from fuhua.kernel.ui import formats
from fuhua.schemes.models import Announcement, Application
from fuhua.schemes.queries.printed import points
from fuhua.schemes.queries.rounds import rubric_of
from fuhua.schemes.words import RESULTS


def said_of(row: Application, notice: Announcement) -> dict[str, Any]:
    """The notice as data, in Chinese, of the day on which the decisions were announced; the same reviews give the same words."""
    rubric, paragraphs = rubric_of(row.call), []
    for place, each in enumerate(row.reviews.filter(revealed_at__isnull=False).order_by("round", "pk"), 1):
        marks = "，".join(f"{line.label.zh} {each.marks.get(line.code, 0)}/{line.most}" for line in rubric)
        again = "（复审）" if each.round > 1 else ""
        paragraphs.append(f"第 {place} 位专家{again}：{points(each.total)} 分（{marks}）。{each.comment}")
    return {
        "number": f"{row.number}-PY", "foot": row.call.title, "title": "评审意见告知书", "issuer": row.call.issuer.name,
        "day": formats.day(notice.at).zh, "paragraphs": [*paragraphs, f"对结果有异议的，可在公示期内提出（公示 {notice.number}）。"],
        "rows": [["申报单位", row.applicant.name], ["申报编号", row.number], ["项目名称", row.title],
                 ["结果", RESULTS[row.decision.result].zh], ["理由", row.decision.why]],
    }
