"""Corporate challenge (企业出题): a business unit asks, a named sponsor answers, and details open in two steps.

Source: measure 12 of the plan (reverse incubation). Ventures fear theatre, lost ideas and slow pay: hence a sponsor, a first tier
everybody may read and a sealed second one, and the payment term shown beside its limit: 60 days from delivery
(保障中小企业款项支付条例, 2025 edition, article 9).
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from fuhua.exchange.kinds.payment_terms import LIMITS
from fuhua.exchange.kinds.scales import READINESS
from fuhua.exchange.kinds.spec import NEEDS, OFFERS, Example, Field, Kind, Reason
from fuhua.kernel.words import t

_LONGEST = LIMITS[-1].days


def _pays(need: Mapping[str, Any], _offer: Mapping[str, Any]) -> tuple[Reason, ...]:
    """Whether the venture would be paid within the limit."""
    days = need.get("payment")
    if not days:
        return ()
    holds = Decimal(days) <= _LONGEST
    said = t("付款期限：{days} 天 ≤ {most} 天", "payment term: {days} days ≤ {most} days") if holds else t(
        "付款期限：{days} 天 > {most} 天，超过条例上限", "payment term: {days} days > {most} days, above what the regulation allows")
    return (Reason(holds, said.format(days=days, most=_LONGEST), "payment"),)


SPEC = Kind(
    code="challenge",
    label=t("企业出题", "corporate challenge"),
    why=t("第 12 条：大企业出题，创业团队答题", "measure 12: large firms ask, ventures answer"),
    front="brokered",
    price="terms",
    also=("result", "contract_service"),
    fields=(
        Field("domain", t("领域", "domain"), filter=True, required=True,
              help=t("如 电池回收、工业质检", "such as battery recycling, inspection")),
        Field("unit", t("业务部门", "business unit"), sides=NEEDS, required=True),
        Field("sponsor", t("部门发起人", "sponsor"), sides=NEEDS, required=True,
              help=t("业务部门里拍板的人，写职务即可，不是创新部联络人；请选其本人为联系人，答复和逾期付款都提醒该人",
                     "the post that decides in the business unit, not a liaison; choose that person as who answers: asks and late "
                     "payments go there")),
        Field("payment", t("付款期限", "payment term"), "number", sides=NEEDS, unit=t("天", "days"), most=3_650, required=True,
              help=t("自交付之日起；条例规定最长 60 天", "from delivery; the regulation allows 60 days at most")),
        Field("rights", t("知识产权归属", "rights in the result"), "choice", filter=True, fits="same", required=True, choices={
            "venture": t("归创业团队，企业获许可", "the venture's, licensed to the firm"), "joint": t("共有", "joint"),
            "firm": t("归企业，另行付费", "the firm's, paid for"), "split": t("背景与前景分开约定", "background and foreground apart")}),
        Field("invests", t("本企业同时投资该领域", "the firm also invests in this field"), "yes", sides=NEEDS, required=True),
        Field("readiness", t("技术成熟度", "readiness"), "choice", choices=READINESS, fits="at_least", filter=True),
        Field("weeks", t("交付周期", "time to deliver"), "number", unit=t("周", "weeks"), most=520, fits="at_most", least=1,
              need=t("可接受交付周期", "time to deliver at most")),
        Field("budget_pilot", t("试点费用", "pilot fee"), "money", fits="at_most", need=t("可接受试点费用", "pilot fee at most")),
        Field("answer", t("方案要点（可公开）", "the answer, open part"), "long", sides=OFFERS, required=True),
        Field("details", t("题目细节（第二层）", "details (second tier)"), "long", sides=NEEDS, sealed=True),
        Field("technique", t("技术细节（第二层）", "technique (second tier)"), "long", sides=OFFERS, sealed=True),
    ),
    judge=_pays,
    examples=(
        Example({"domain": "电池回收", "readiness": "5", "payment": "45", "weeks": "16"}, {"readiness": "6", "weeks": "12"}, True,
                ("技术成熟度：6 级 样机演示 ≥ 5 级 模拟环境验证", "付款期限：45 天 ≤ 60 天")),
        Example({"payment": "120"}, {}, True, ("付款期限：120 天 > 60 天，超过条例上限",)),
    ),
)
