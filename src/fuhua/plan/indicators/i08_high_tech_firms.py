"""I8 新孵化国家高新技术企业 newly incubated high and new technology enterprises, target 2,000.

Why: hosts move certified firms in and count them. Source: 行动方案 行动目标; measures 3, 7, 15. Cheat: moved-in
certified firms, virtual tenants, one firm at two hosts. The firm's first certificate must be dated after a physical
stay began and during it; the firm counts once, and its hosts of that day share the credit in equal parts.
"""

from __future__ import annotations

import datetime as dt

from fuhua.evidence.proof.figure import Definition, Example, Indicator
from fuhua.journey.facts import StayBegan, StayEnded, TitleAwarded
from fuhua.kernel.words import t
from fuhua.plan.indicators.imagined import BEFORE, CHANGPING, HAIDIAN, INCUBATOR, LATER, ON, START, TERMS, VENTURE, urn
from fuhua.plan.indicators.incubated import READS, REASONS, incubated
from fuhua.plan.indicators.reasons import FLOW, YEAR_END


def _stay(number: int = 1, began: dt.date = BEFORE, stay: str = "physical") -> tuple[StayBegan, dt.date]:
    return StayBegan(subject=VENTURE, host=urn("incubator", number), stay=stay, district=HAIDIAN if number == 1 else CHANGPING), began


def _certified(on: dt.date, basis: str = "certificate") -> tuple[TitleAwarded, dt.date]:
    return TitleAwarded(subject=VENTURE, title="hnte", basis=basis), on


EXAMPLES = (
    Example(
        t("入驻后获证", "certified during its stay"),
        (_stay(), _certified(START)),
        ON,
        {"first": ("counted", 1, "counted")},
        TERMS,
    ),
    Example(
        t("作弊：把已有证书的企业搬进来", "the cheat: a certified firm moved in"),
        (_certified(START), _stay(began=LATER)),
        ON,
        {"first": ("left_out", 0, "moved_in")},
        TERMS,
    ),
    Example(
        t("两家载体，企业只计一次，各得一半", "two hosts: one firm, half the credit each"),
        (_stay(1), _stay(2), _certified(START)),
        ON,
        {"first": ("counted", 1, "counted")},
        TERMS,
    ),
    Example(
        t("只有虚拟入驻", "a virtual tenant"),
        (_stay(stay="virtual"), _certified(START)),
        ON,
        {"first": ("left_out", 0, "virtual_only")},
        TERMS,
    ),
    Example(
        t("离驻之后才获证", "certified after it had left"),
        (
            _stay(),
            (StayEnded(subject=VENTURE, host=INCUBATOR, stay="physical", reason="exited"), START),
            _certified(LATER),
        ),
        ON,
        {"first": ("left_out", 0, "not_in_stay")},
        TERMS,
    ),
    Example(
        t("基期前获证，之后续证", "certified before the baseline, renewed after"),
        (_stay(began=dt.date(2021, 1, 1)), _certified(BEFORE), _certified(LATER)),
        ON,
        {"first": ("left_out", 0, "not_new")},
        TERMS,
    ),
)

SPEC = Indicator(
    code="I8",
    name=t("新孵化国家高新技术企业", "newly incubated high-tech firms"),
    unit=t("家", "firms"),
    period=YEAR_END,
    baseline=FLOW,
    key=t("企业（首次获证，只计一次）", "the firm: its first certificate, once"),
    attribution=t("在获证当日的实体入驻载体之间等分", "in equal parts to the hosts of its physical stays on that day"),
    source=t(
        "行动方案“行动目标”：新孵化国家高新技术企业 2000 家",
        "action plan, targets: 2,000 newly incubated high-tech firms",
    ),
    blocks=t("搬入已认定企业；虚拟入驻充数", "moved-in certified firms; virtual tenants"),
    reads=READS,
    definitions=(
        Definition(
            "first",
            t("在孵期间首次获证", "first certified while incubated"),
            t(
                "首张证书的日期在基期之后、在实体入驻开始之后并在入驻期间",
                "the first certificate is dated after the baseline, after a physical stay began and during it",
            ),
            incubated(frozenset({"hnte"}), frozenset({"certificate"}), frozenset({"physical"})),
        ),
    ),
    reasons=REASONS,
    examples=EXAMPLES,
)
