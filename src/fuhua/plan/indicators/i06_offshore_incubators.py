"""I6 离岸孵化器 offshore incubators, target 3–5.

Why: posts abroad were judged by their plaques. Source: 行动方案 行动目标; measure 20. Cheat: a plaque without an
entity, or an entity through which nothing moves. An entity proved abroad and a project that came or went within 12
months.
"""

from __future__ import annotations

import datetime as dt

from fuhua.evidence.proof.figure import Definition, Example, Indicator, Terms, Told, Verdict, counted, left_out
from fuhua.journey.facts import OffshoreClosed, OffshoreOpened, OffshoreTraffic
from fuhua.kernel.period import add_months
from fuhua.kernel.words import t
from fuhua.plan.indicators.imagined import INCUBATOR, LATER, ON, START, TERMS, VENTURE, urn
from fuhua.plan.indicators.reasons import COUNTED, STATE, WHOLE, YEAR_END


def _any_traffic(told: Told, on: dt.date, _terms: Terms) -> Verdict | None:
    return _alive(told, on, both=False)


def _both_ways(told: Told, on: dt.date, _terms: Terms) -> Verdict | None:
    return _alive(told, on, both=True)


def _alive(told: Told, on: dt.date, *, both: bool) -> Verdict | None:
    opened = closed = came = went = None
    for record in told:
        kind = type(record.fact)
        if kind is OffshoreTraffic:
            if record.fact.direction == "in":
                came = record
            else:
                went = record
        elif kind is OffshoreOpened:
            opened, closed = record, None
        elif kind is OffshoreClosed:
            closed = record
    if opened is None:
        return None
    if closed is not None:
        return left_out("closed", (opened, closed))
    if opened.fact.proof != "registration":
        return left_out("no_entity", (opened,))
    traffic = [record for record in (came, went) if record and add_months(record.true_from, 12) >= on]
    if not traffic:
        return left_out("no_traffic", (opened,))
    if both and len(traffic) < 2:
        return left_out("one_way", (opened, *traffic))
    return counted((opened, *traffic), credit=((opened.fact.incubator, WHOLE),))


_UNIT = urn("offshore")
_OPENED = (OffshoreOpened(subject=_UNIT, incubator=INCUBATOR, country="SG", proof="registration"), START)
_IN = (OffshoreTraffic(subject=_UNIT, direction="in", project=VENTURE), LATER)
_OUT = (OffshoreTraffic(subject=_UNIT, direction="out", project=urn("venture", 2)), LATER)

EXAMPLES = (
    Example(
        t("有境外主体，项目双向往来", "an entity abroad, projects both ways"),
        (_OPENED, _IN, _OUT),
        ON,
        {"traffic": ("counted", 1, "counted"), "both_ways": ("counted", 1, "counted")},
        TERMS,
    ),
    Example(
        t("作弊：只挂了牌", "the cheat: only a plaque"),
        ((OffshoreOpened(subject=_UNIT, incubator=INCUBATOR, country="SG", proof="none"), START), _IN),
        ON,
        {"traffic": ("left_out", 0, "no_entity"), "both_ways": ("left_out", 0, "no_entity")},
        TERMS,
    ),
    Example(
        t("十二个月没有项目", "no project for 12 months"),
        (_OPENED, (OffshoreTraffic(subject=_UNIT, direction="in", project=VENTURE), START)),
        ON,
        {"traffic": ("left_out", 0, "no_traffic")},
        TERMS,
    ),
    Example(
        t("只有引进来", "inbound only"),
        (_OPENED, _IN),
        ON,
        {"traffic": ("counted", 1, "counted"), "both_ways": ("left_out", 0, "one_way")},
        TERMS,
    ),
)

SPEC = Indicator(
    code="I6",
    name=t("离岸孵化器", "offshore incubators"),
    unit=t("家", "units"),
    period=YEAR_END,
    baseline=STATE,
    key=t("离岸机构（一家只计一次）", "the offshore unit, once"),
    attribution=t("计给设立它的孵化器", "the incubator that opened it"),
    source=t("行动方案“行动目标”：布局 3—5 家离岸孵化器", "action plan, targets: 3 to 5 offshore incubators"),
    blocks=t("挂牌充数", "plaques"),
    reads=(OffshoreOpened, OffshoreTraffic, OffshoreClosed),
    definitions=(
        Definition(
            "traffic",
            t("有主体有项目", "entity and traffic"),
            t("有境外注册主体，12 个月内有项目往来", "a registered entity abroad and project traffic within 12 months"),
            _any_traffic,
        ),
        Definition(
            "both_ways",
            t("双向往来", "both ways"),
            t(
                "有境外注册主体，12 个月内项目有进有出",
                "a registered entity abroad and projects both in and out within 12 months",
            ),
            _both_ways,
        ),
    ),
    reasons={
        **COUNTED,
        "closed": t("已关闭", "closed"),
        "no_entity": t("没有境外注册主体的证明", "no proof of a registered entity abroad"),
        "no_traffic": t("12 个月内没有项目往来", "no project came or went within 12 months"),
        "one_way": t("12 个月内只有单向往来", "traffic in one direction only within 12 months"),
    },
    examples=EXAMPLES,
)
