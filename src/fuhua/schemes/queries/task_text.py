"""What a task agreement (任务书) says, as data for its PDF; in Chinese, as the binding text is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from fuhua.kernel import period
from fuhua.kernel.money import capitals
from fuhua.kernel.ui import formats
from fuhua.parties.queries import names
from fuhua.schemes.kinds.conversion import BASES, rule_of
from fuhua.schemes.kinds.measures import MEASURES
from fuhua.schemes.kinds.schemes import scheme_kinds
from fuhua.schemes.kinds.spec import Kind
from fuhua.schemes.models import Agreement, Milestone, Tranche
from fuhua.schemes.words import FUTURE_FIELDS, LEVELS, PIVOTS

TEMPLATE = "FH-TASK-2026-2"  # a new wording gets a new version: what was signed names the one it used
_CLAUSES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("考核", (
        "里程碑的指标、数量、期限和证明材料清单以本任务书为准，签订后不因一方要求而增减；确需调整的，由乙方申请变更，经甲方批复后生效。"
        "方向调整申请不视为违约。",
        "考核由甲方指定的考核人作出，考核人与项目管家不得为同一人。结论为通过、部分通过、延期或未通过；部分通过的，按实际完成数与约定数之比确认。")),
    ("拨款", (
        "签订后拨付首期；其余各期按对应里程碑的结论拨付：通过的全额拨付，部分通过的按完成比例拨付，未通过的不再拨付。",
        "市级、区级资金由各自拨款单位通过银行直接拨付，孵化平台不经手资金，仅记录银行流水号。同一支出不得在不同层级、不同项目重复列支。")),
    ("终止与追回", (
        "本任务书终止后不再拨付任何款项。资金使用违规、材料不实或重复列支的，甲方可以书面追回已拨资金。",
        "乙方勤勉尽责但验证不成立的，如实结题，不因失败追回已按规定使用的资金。")),
    ("签署与生效", (
        "本任务书以电子形式签署，自双方签署之日起生效。平台对签署文本加盖电子封签，文本摘要（SHA-256）留存备查。",)),
)
_NUMERALS = "一二三四五六七八九十"


def printed(agreement: Agreement) -> dict[str, Any]:
    """What the template prints; the same agreement gives the same."""
    kind = scheme_kinds()[agreement.application.call.kind]
    milestones, tranches = list(agreement.milestones.order_by("number")), list(agreement.tranches.order_by("number", "level"))
    sections = [*_proving(agreement, kind), *_CLAUSES[:3], *_converting(agreement), _CLAUSES[3]]
    return {
        "number": agreement.number, "title": f"{kind.label.zh}任务书",
        "foot": f"范本 {TEMPLATE} · {formats.day(agreement.drawn_at).zh} 拟定",
        "tables": [_sides(agreement), _goals(milestones), _money(agreement, tranches)],
        "sections": [{"heading": f"{_NUMERALS[no]}、{heading}", "paragraphs": list(said)}
                     for no, (heading, said) in enumerate(sections, 3)],
        "signing": {"title": "签署页", "note": f"本页为编号 {agreement.number} 任务书的签署页，无正文。",
                    "sides": [["甲方（下达单位）", agreement.issuer.name], ["乙方（承担单位）", agreement.party.name]],
                    "box": "双方签署后，平台在此处加盖电子封签，并注明签署人与签署时间。"},
    }


def _sides(row: Agreement) -> dict[str, Any]:
    lines = [["甲方（下达单位）", row.issuer.name], ["乙方（承担单位）", f"{row.party.name}　{row.party.code}"]]
    lines += [["配套单位", row.district.name]] if row.district else []
    lines += [["项目管家", row.steward.name if row.steward else "—"], ["考核人", row.verifier.name if row.verifier else "—"],
              ["项目名称", row.application.title or row.application.call.title], *_field(row), ["申报编号", row.application.number or "—"],
              ["执行期限", formats.span(row.starts, row.ends).zh]]
    return {"heading": "一、双方与项目", "head": ["事项", "内容"], "columns": [1, 3], "rows": lines, "note": ""}


def _field(row: Agreement) -> list[list[str]]:
    """The field of the future that the agreement is for, by its name on the day it was drawn up; what is signed says it."""
    field = FUTURE_FIELDS.every().get(row.application.values.get("field") or "")
    return [["未来产业领域", f"{field.name_on(period.day(row.drawn_at)).zh}（{field.code}）"]] if field else []


def _goals(milestones: Iterable[Milestone]) -> dict[str, Any]:
    rows = [[str(each.number), each.title, f"{MEASURES[each.measure].label.zh}不少于 {each.least} {MEASURES[each.measure].unit.zh}",
             _day(each.due), "、".join(each.evidence), formats.percent(each.weight / 1_000_000, 4).zh] for each in milestones]
    return {"heading": "二、里程碑", "head": ["号", "内容", "指标", "期限", "证明材料", "权重"], "columns": [2, 6, 6, 5, 6, 3],
            "rows": rows, "note": "指标从签订次日起计。" if rows else "本任务书不设里程碑。"}


def _money(row: Agreement, tranches: Iterable[Tranche]) -> dict[str, Any]:
    rows = [[LEVELS[each.level].zh, each.payer.name, f"里程碑 {each.milestone.number}" if each.milestone else "签订后",
             formats.yuan(each.amount).zh] for each in tranches]
    total = row.city_amount + row.district_amount
    return {"heading": "三、资金", "head": ["层级", "拨款单位", "拨付条件", "金额"], "columns": [1, 3, 2, 3], "rows": rows,
            "note": f"市级 {formats.yuan(row.city_amount).zh}，区级配套 {formats.yuan(row.district_amount).zh}，"
                    f"合计人民币 {formats.yuan(total).zh}（大写：{capitals(total)}）。"}


def _proving(row: Agreement, kind: Kind) -> list[tuple[str, tuple[str, ...]]]:
    """What the application said and both sign: hypothesis, protocol, when it is given up; and which changes of direction are allowed."""
    said = row.terms.get("said", {})
    if not said:
        return []
    found = [("验证方案", tuple(f"{kind.ask(name).label.zh}：{said[name]}" for name in kind.carries if name in said))]
    pivots = "、".join(PIVOTS[each].zh for each in row.terms.get("pivots", ()))
    found.append(("终止与方向调整", (
        "考核人对照验证方案作出结论。触发终止标准的，本任务书即行终止，按验证不成立如实结题，平台固定尽职留痕，不追回已按规定使用的资金。",
        f"允许申请的方向调整：{pivots}。" if pivots else "本任务书未约定方向调整的范围，乙方可就任何方向调整提出申请。")))
    return found


def _converting(row: Agreement) -> list[tuple[str, tuple[str, ...]]]:
    rule = rule_of(row.terms)
    if rule is None:
        return []
    said = [f"价格依据：{BASES[rule.basis].zh}。"]
    said += [f"约定估值：{formats.yuan(rule.valuation).zh}。"] if rule.valuation else []
    said += [f"折扣：{formats.percent(rule.discount / 1_000_000, 4).zh}。"] if rule.discount else []
    said += [f"估值上限：{formats.yuan(rule.cap).zh}。"] if rule.cap else []
    said.append(f"持股主体：{names([rule.holder]).get(rule.holder, rule.holder)}。")
    state = ("持股主体属国有资本，转股须附经备案的资产评估（国务院国资委令第12号第四条、第六条）。",) if rule.state else ()
    return [("资助转股", ("".join(said), *state, "验证通过、成果转化公司设立并经考核认定、资金拨付办结后，一次转股；追回资金的，不再转股。",
                      "持股比例＝已拨资助 ÷（计价估值＋已拨资助），按精确分数计算；转股前向乙方出具测算。"))]


def _day(on: dt.date) -> str:
    return formats.day(on).zh
