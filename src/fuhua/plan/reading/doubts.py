"""Says what a person should look at: each doubt's code with its words in Chinese and English."""

from __future__ import annotations

from .structure import Doubt, Span

_WORDS: dict[str, tuple[str, str]] = {
    "measure_without_units": ("第{no}项举措没有写责任单位。", "Measure {no} names no responsible unit."),
    "numbering_jump": (
        "举措编号从{before}跳到{after}，请核对是否漏读。",
        "Measures jump from {before} to {after}: one may be missing.",
    ),
    "numbering_restarts": (
        "原文编号分节重排，这里按顺序重新编号。",
        "The plan restarts its numbers, so measures were numbered in order.",
    ),
    "inferred_title": (
        "第{no}项举措没有单独的标题，取了首句。",
        "Measure {no} has no title of its own; its opening words were taken.",
    ),
    "odd_unit": ("“{unit}”不像单位名称，请核对。", "“{unit}” does not look like a unit."),
    "unclosed_bracket": (
        "责任单位的括号没有合上，读到行末为止。",
        "The bracket of units is not closed; it was read to the end of the line.",
    ),
    "unplaced_units": ("这处责任单位不属于任何一项举措。", "These units belong to no measure."),
    "unsure_target": ("这个数字可能不是目标（{why}），请核对。", "This number may not be a target ({why})."),
    "number_not_taken": ("这个数字没有当作目标（{why}），请核对。", "This number was not taken as a target ({why})."),
    "measures_by_section": (
        "全文没有责任单位，举措按章节标题判断，请核对。",
        "No units are printed, so measures were judged by headings.",
    ),
    "no_title": ("没有找到方案标题。", "The plan's title was not found."),
}
_REASONS: dict[str, tuple[str, str]] = {
    "rank": ("排名", "a rank"),
    "bracket": ("在括号里", "inside brackets"),
    "existing": ("像是现状", "it seems to be the present state"),
    "condition": ("像是条件", "it seems to be a condition"),
    "ceiling": ("像是上限", "it seems to be a ceiling"),
    "subsidy": ("像是补贴标准", "it seems to be a subsidy"),
    "small numeral": ("小数目", "a small numeral"),
    "no verb": ("没有动词", "no verb commits to it"),
    "undated": ("没有期限", "no deadline"),
    "backing": ("在保障或步骤部分", "outside goals and measures"),
}


def doubt(code: str, span: Span, **details: object) -> Doubt:
    """A doubt of a known code; `why` is given as a reason's name."""
    zh, en = _WORDS[code]
    why = str(details.get("why", ""))
    reason_zh, reason_en = _REASONS.get(why, (why, why))
    return Doubt(span, code, zh.format(**{**details, "why": reason_zh}), en.format(**{**details, "why": reason_en}))
