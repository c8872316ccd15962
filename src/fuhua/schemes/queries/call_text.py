"""What a call says as a paper (申报通知): who may apply, by when to the second, conditions, evidence, rubric, and the seal of the draw."""

from __future__ import annotations

import datetime as dt
from typing import Any

from fuhua.kernel import period
from fuhua.kernel.ui import formats
from fuhua.kernel.words import listed
from fuhua.parties.words import DISTRICTS, SORTS
from fuhua.policy import catalog
from fuhua.schemes.kinds.spec import Kind
from fuhua.schemes.models import Call
from fuhua.schemes.queries import rounds
from fuhua.schemes.words import FUTURE_FIELDS


def moment(at: dt.datetime) -> str:
    """A moment to the second in Beijing: ``2026-06-30 17:00:00``."""
    return at.astimezone(period.SHANGHAI).strftime("%Y-%m-%d %H:%M:%S")


def said_of(call: Call, kind: Kind) -> dict[str, Any]:
    """The paper as data, in Chinese, which is the text in force."""
    clocks, panel = rounds.clocks_of(call), rounds.panel_of(call)
    conditions = [[each.text.zh, each.clause.zh] for each in kind.requirements]
    for key in kind.rules:
        rule = catalog.rule_of(key)
        conditions.append([rule.name.zh, rule.about.zh])
    return {
        "number": call.number, "foot": call.issuer.name, "title": call.title, "facts": _facts(call, kind), "text": _paragraphs(call.text),
        "conditions": conditions,
        "evidence": [[each.label.zh, "必备" if each.required else "选交"] for each in kind.evidence],
        "rubric": [[each.label.zh, str(each.most)] for each in rounds.rubric_of(call)],
        "steps": [
            f"截止时间精确到秒，以服务器时间为准：{moment(call.closes_at)} 当秒提交有效，次秒即为逾期。",
            f"截止后 {clocks.gaps} 个工作日内一次性告知补正，逾期不再要求补正；申报单位在 {clocks.mend} 个工作日内补正。",
            f"每份申报由 {panel.coverage} 名专家评审，存在利益关联的专家回避；评分在全部提交前密封。",
            *([f"截止后 {clocks.decide} 个工作日内作出决定。"] if clocks.decide else []),
            f"结果公示 {clocks.announce} 个工作日，异议在 {clocks.answer} 个工作日内答复。",
            f"评审抽签种子已封存，封签（SHA-256）：{call.seal}",
        ],
    }


def _facts(call: Call, kind: Kind) -> list[list[str]]:
    found = [["类别", kind.label.zh], ["组织单位", call.issuer.name],
             ["申报主体", listed([SORTS[each] for each in sorted(kind.applicants)]).zh],
             ["申报时间", f"{moment(call.opens_at)} 至 {moment(call.closes_at)}"]]
    if call.themes:
        names = FUTURE_FIELDS.ever()
        found.append(["征集领域", listed([names[each] for each in call.themes]).zh])
    if call.district:
        found.append(["征集区域", DISTRICTS[call.district].zh])
    if call.places:
        found.append(["支持数量", f"不超过 {call.places} 项"])
    if call.budget:
        found.append(["预算", formats.money(call.budget).zh])
    if kind.recommended:
        found.append(["推荐与配套", "须由所在区推荐并承诺配套资金"])
    return found


def _paragraphs(text: str) -> list[str]:
    return [each.strip() for each in text.split("\n") if each.strip()]
