"""What the report of an appraisal, the plan of uplift and the answer to an appeal say, as data for their PDF; in Chinese, as is binding."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from fuhua.evidence.words import CONTEST_REASONS, Grade
from fuhua.kernel import period
from fuhua.kernel.ui import formats
from fuhua.schemes.kinds import appraising, reform
from fuhua.schemes.kinds.known import SOURCES
from fuhua.schemes.models import Appraisal, AppraisalLine, Uplift
from fuhua.schemes.words import APPRAISAL_SORTS

_RULE = ("得分规则：每项得分为认定值与目标值之比，不超过 1，无记录的记 0；总分为各项得分按权重加权之和，向下取整到百万分之一。"
         "本测评表、目标值和权重为平台默认设置，公开文件没有统一规定。")


def report(row: Appraisal, at: dt.datetime) -> dict[str, Any]:
    """The report of an appraisal: each line with the source of its value, what the assessor states, and the score."""
    lines = list(row.lines.order_by("place"))
    short = [appraising.BY_CODE[each.code].label.zh for each in lines if appraising.level(each.counted, each.target) != "reached"]
    return {
        **_head(row.number, f"孵化器测评报告（{APPRAISAL_SORTS[row.sort].zh}）", row.issuer.name, at),
        "rows": [["被测评孵化器", row.incubator.name], ["测评人", row.assessor.name], ["测评表", row.sheet],
                 ["开展日期", formats.day(row.opened_at).zh], ["总分", percent(row.score or 0)], ["待提升项", "、".join(short) or "无"]],
        "tables": [{"heading": "各项得分及来源", "head": ["项目", "系统预填及来源", "测评人认定", "目标", "权重", "得分"],
                    "columns": [4, 7, 6, 3, 2, 2], "rows": [_scored(each) for each in lines], "note": _RULE}],
        "paragraphs": [row.text] if row.text else [],
    }


def plan(row: Uplift, at: dt.datetime) -> dict[str, Any]:
    """The plan of uplift: the pair, the gaps with their tasks, and the approvals that a state-owned incubator needs."""
    tasks = [[str(each.number), appraising.BY_CODE[each.line].label.zh, each.title, each.owner.name, _quarter(each.due),
              formats.day(each.due).zh] for each in row.tasks.select_related("owner").order_by("number")]
    tables = [{"heading": "差距与任务", "head": ["号", "差距", "任务", "责任人", "季度", "期限"], "columns": [1, 4, 6, 3, 4, 4],
               "rows": tasks, "note": "连续两个季度未完成任务的，予以预警；被预警方可在十个工作日内申诉。"}]
    if row.state_owned:
        tables.append({"heading": "国企改革清单", "head": ["事项", "审批单位", "依据文件"], "columns": [4, 4, 3],
                       "rows": [[each.label.zh, each.decides.zh, each.paper.zh] for each in reform.APPROVALS],
                       "note": "本清单为平台默认设置，以国资监管机构规定为准。"})
    return {
        **_head(row.number, "孵化器提升方案", row.issuer.name, at),
        "rows": [["被辅导方", row.incubator.name], ["辅导方", row.coach.name if row.coach else "—"],
                 ["依据", f"测评报告 {row.first.number}，总分 {percent(row.first.score or 0)}"],
                 ["再次测评", f"{formats.day(period.add_months(period.day(at), 12)).zh}起，由独立测评人进行"]],
        "tables": tables, "paragraphs": ["双方接受本方案后结对辅导；提升幅度由前后两次测评的总分之差得出，由辅导方和被辅导方分别确认。"],
    }


def answer(*, number: str, issuer: str, rows: list[list[str]], text: str, at: dt.datetime) -> dict[str, Any]:
    """The answer to an appeal."""
    return {**_head(number, "申诉复核结论", issuer, at), "rows": rows, "tables": [], "paragraphs": [text] if text else []}


def percent(millionths: int) -> str:
    """Parts per million as a percentage with two places, rounded down, in digits."""
    sign, rest = ("-" if millionths < 0 else ""), abs(millionths)
    return f"{sign}{rest // 10_000}.{rest % 10_000 // 100:02d}%"


def written(value: Decimal | None) -> str:
    """A value in plain digits without trailing noughts."""
    return "—" if value is None else f"{value:f}".rstrip("0").rstrip(".") if value % 1 else f"{value:.0f}"


def _scored(each: AppraisalLine) -> list[str]:
    line = appraising.BY_CODE[each.code]
    known = "无记录" if not line.source else f"{SOURCES[line.source].label.zh}：无记录"
    if each.value is not None and each.day is not None:
        known = f"{SOURCES[line.source].label.zh}：{written(each.value)}；{Grade(each.grade or 0).label.zh}，{each.day.isoformat()}"
        known += f"；事实 {each.digest[:16]}" if each.digest else "；按在册记录计数"
    own = "—"
    if each.own is not None:
        why = f"；异议：{CONTEST_REASONS[each.reason].zh}" if each.reason else ""
        own = f"{written(each.own)}{why}；证据 {each.evidence[:16]}{'；' + each.note if each.note else ''}"
    part = appraising.share(each.counted, each.target)
    return [f"{line.label.zh}（{line.unit.zh}）", known, own, written(each.target), percent(each.weight),
            percent(int(part * 1_000_000))]


def _quarter(on: dt.date) -> str:
    return f"{on.year} 年第 {(on.month + 2) // 3} 季度"


def _head(number: str, title: str, issuer: str, at: dt.datetime) -> dict[str, Any]:
    return {"number": number, "foot": f"{number} · {formats.day(at).zh}", "title": title, "issuer": issuer, "day": formats.day(at).zh}
