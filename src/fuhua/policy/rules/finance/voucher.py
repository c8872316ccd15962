"""科技创新券 innovation voucher for pilot-scale services: how much room a firm has left this year.

Why: it lets a young firm buy what a platform offers. Source: Beijing's measures on pilot scale of 2026-01-04, which give the
limit of ¥500,000 a firm and year. Who may apply and what share is paid stand in yearly notices that were not read.
"""

from __future__ import annotations

import datetime as dt

from fuhua.kernel.words import t
from fuhua.policy.inputs import market, platform
from fuhua.policy.reasoning.conditions import Clause, Open, all_of, less_than, yes
from fuhua.policy.reasoning.rule import APPLICATION, Case, Edition, Example, Figure, Note, Rule
from fuhua.policy.reasoning.terms import wan
from fuhua.policy.rules.finance.pilot_scale import SOURCE

MOST = wan(50)

CONDITIONS = all_of(
    yes("beijing", market.beijing_firm, Clause("支持对象", t("在北京注册的企业", "a firm registered in Beijing"), "derived")),
    less_than(
        "room",
        platform.vouchers_this_year,
        MOST,
        Clause("支持标准", t("每家企业每年最高 50 万元，尚有余额", "¥500,000 a firm and year at most, and some is left")),
    ),
    Open(
        "yearly_notice",
        Clause(
            "当年通知",
            t(
                "适用企业、服务范围和支付比例见当年通知，未见",
                "which firms and services, and what share is paid, stand in the yearly notice, which was not found",
            ),
            "gap",
        ),
    ),
)


def _left(case: Case) -> int:
    return max(0, MOST - case[platform.vouchers_this_year])


EDITIONS = (
    Edition(
        "2026",
        dt.date(2026, 1, 4),
        None,
        SOURCE,
        CONDITIONS,
        figures=(
            Figure(
                "left",
                t("本年最多还可获批", "most that can still be granted this year"),
                "CNY",
                (platform.vouchers_this_year,),
                _left,
                Clause("支持标准", t("每家企业每年最高 50 万元", "¥500,000 a firm and year at most")),
                always=True,
            ),
        ),
        notes=(
            Note(
                t(
                    "只见到每家企业每年 50 万元的上限；能否获批和支付比例以当年通知为准",
                    "only the limit of ¥500,000 a firm and year was read; the yearly notice decides the rest",
                )
            ),
        ),
    ),
)

FRESH = {"beijing_firm": True, "vouchers_this_year": 0}
ON = dt.date(2026, 3, 1)

EXAMPLES = (
    Example("unused", t("本年未用", "none used"), ON, FRESH, "undetermined", missing=(), figures={"left": 500_000}),
    Example(
        "some left",
        t("已批 499,999 元", "¥499,999 granted"),
        ON,
        {**FRESH, "vouchers_this_year": 499_999},
        "undetermined",
        figures={"left": 1},
    ),
    Example(
        "none left",
        t("已批满 50 万元", "¥500,000 granted"),
        ON,
        {**FRESH, "vouchers_this_year": "50万元"},
        "not_eligible",
        unmet=("room",),
        figures={"left": 0},
    ),
    Example("elsewhere", t("外地企业", "a firm elsewhere"), ON, {**FRESH, "beijing_firm": False}, "not_eligible", unmet=("beijing",)),
    Example(
        "unknown",
        t("已批金额未填", "amount granted not told"),
        ON,
        {"beijing_firm": True},
        "undetermined",
        missing=("vouchers_this_year",),
        figures={"left": None},
    ),
    Example("before", t("措施之前", "before the measures"), dt.date(2026, 1, 3), FRESH, "not_eligible"),
)

SPEC = Rule(
    key="voucher",
    topic="finance",
    name=t("科技创新券（中试服务）", "innovation voucher (pilot-scale services)"),
    about=t(
        "企业购买中试服务可用科技创新券，每家每年最高 50 万元；其余条件见当年通知。",
        "A firm pays for pilot-scale services with vouchers, ¥500,000 a year at most; the yearly notice has the other conditions.",
    ),
    subject="venture",
    chosen_by=APPLICATION,
    editions=EDITIONS,
    examples=EXAMPLES,
    how=t("按当年创新券通知，在购买服务前申领", "apply under the yearly notice before the service is bought"),
)
