"""I7 海外人才和项目落地 overseas people and projects landed, target 400.

Why: contest winners are listed and vanish. Source: 行动方案 行动目标; measures 20, 21. Cheat: winner lists, and a
founder counted once as talent and again as project. The subject is the landing case, which holds the person and the
project; it counts with a registered entity and activity found at six months or later. The first finding that meets this
stays, whatever is found after it, unless the landing lapses.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from fuhua.evidence.proof.figure import Definition, Example, Indicator, Terms, Told, Verdict, counted, left_out
from fuhua.evidence.proof.records import Record
from fuhua.journey.facts import Landed, LandingActive, LandingLapsed
from fuhua.kernel.period import add_months
from fuhua.kernel.words import t
from fuhua.plan.indicators.imagined import HAIDIAN, INCUBATOR, LATER, ON, START, TERMS, VENTURE, urn
from fuhua.plan.indicators.reasons import FLOW, NEW, WHOLE, YEAR_END

_MONTHS = 6


def _landed(told: Told, _on: dt.date, terms: Terms) -> Verdict | None:
    landed = active = lapsed = None
    for record in told:
        kind = type(record.fact)
        if kind is Landed:
            landed, active, lapsed = record, None, None
        elif kind is LandingActive and landed is not None:
            active = active if active and _in_time(landed, active, terms) else record
        elif kind is LandingLapsed:
            lapsed = record
    if landed is None:
        return None
    case = landed.fact
    if landed.true_from <= terms.since:
        return left_out("not_new", (landed,), district=case.district)
    if lapsed is not None:
        return left_out("lapsed", (landed, lapsed), district=case.district)
    if not case.entity:
        return left_out("provisional", (landed,), district=case.district)
    if active is None or _too_early(landed, active):
        return left_out("not_active_yet", (landed, active) if active else (landed,), district=case.district)
    if active.true_from > terms.until:
        return left_out("too_late", (landed, active), district=case.district)
    return counted((landed, active), district=case.district, credit=((case.host or case.subject, WHOLE),))


def _too_early(landed: Record[Any], active: Record[Any]) -> bool:
    return active.fact.month < _MONTHS or active.true_from < add_months(landed.true_from, active.fact.month)


def _in_time(landed: Record[Any], active: Record[Any], terms: Terms) -> bool:
    return active.true_from <= terms.until and not _too_early(landed, active)


_CASE = urn("landing")
_LANDED = (
    Landed(subject=_CASE, person=urn("person"), project=urn("project"), entity=VENTURE, host=INCUBATOR, district=HAIDIAN),
    START,
)
_HALF, _TOO_SOON = dt.date(2023, 9, 1), dt.date(2024, 2, 1)
_ACTIVE = (LandingActive(subject=_CASE, month=6), LATER)

EXAMPLES = (
    Example(
        t(
            "已注册主体，六个月后仍活跃；人才与项目合为一例",
            "entity registered, active at six months; person and project are one",
        ),
        (_LANDED, _ACTIVE),
        ON,
        {"active": ("counted", 1, "counted")},
        TERMS,
    ),
    Example(
        t("作弊：获奖名单，没有主体", "the cheat: a list of winners, no entity"),
        ((Landed(subject=_CASE, person=urn("person")), START), _ACTIVE),
        ON,
        {"active": ("left_out", 0, "provisional")},
        TERMS,
    ),
    Example(
        t("已注册，六个月活跃尚未确认", "registered, activity at six months not found yet"),
        (_LANDED,),
        ON,
        {"active": ("left_out", 0, "not_active_yet")},
        TERMS,
    ),
    Example(
        t("提前确认不算", "found active too early"),
        (_LANDED, (LandingActive(subject=_CASE, month=6), dt.date(2023, 6, 1))),
        ON,
        {"active": ("left_out", 0, "not_active_yet")},
        TERMS,
    ),
    Example(
        t("满六个月已确认，其后的确认填早了", "found active at six months; a later finding was filed too early"),
        (_LANDED, (LandingActive(subject=_CASE, month=6), _HALF), (LandingActive(subject=_CASE, month=12), _TOO_SOON)),
        ON,
        {"active": ("counted", 1, "counted")},
        TERMS,
    ),
    Example(
        t("截止日之后再次确认，不影响已计入的", "found active again after the deadline: what counted stays"),
        (_LANDED, (LandingActive(subject=_CASE, month=6), _HALF), (LandingActive(subject=_CASE, month=12), LATER)),
        ON,
        {"active": ("counted", 1, "counted")},
        Terms(TERMS.since, _TOO_SOON),
    ),
    Example(
        t("落地后失效", "landed and lapsed"),
        (_LANDED, _ACTIVE, (LandingLapsed(subject=_CASE, reason="left"), ON)),
        ON,
        {"active": ("left_out", 0, "lapsed")},
        TERMS,
    ),
)

SPEC = Indicator(
    code="I7",
    name=t("落地的海外人才和项目", "overseas people and projects landed"),
    unit=t("个", "cases"),
    period=YEAR_END,
    baseline=FLOW,
    key=t("落地案例：同一人才与其项目只计一次", "the landing case: a person and their project are one"),
    attribution=t("计给承接载体", "the host"),
    source=t(
        "行动方案“行动目标”：在京落地海外创新创业人才和项目 400 个",
        "action plan, targets: 400 overseas people and projects landed",
    ),
    blocks=t("以获奖名单充数；人才与项目重复计算", "winner lists; person and project counted twice"),
    reads=(Landed, LandingActive, LandingLapsed),
    definitions=(
        Definition(
            "active",
            t("落地且活跃", "landed and active"),
            t(
                "基期后落地、已注册主体、满六个月时仍活跃",
                "landed after the baseline, entity registered, active at six months",
            ),
            _landed,
        ),
    ),
    reasons={
        **NEW,
        "provisional": t("尚未注册主体，暂算意向", "no entity registered yet: provisional"),
        "not_active_yet": t("满六个月的活跃尚未确认", "activity at six months not confirmed"),
        "lapsed": t("落地已失效", "the landing lapsed"),
    },
    examples=EXAMPLES,
)
