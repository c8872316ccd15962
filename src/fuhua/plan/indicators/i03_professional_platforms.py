"""I3 专业平台 professional platforms built or extended.

Why: kit is bought and stands idle. Source: 行动方案 行动目标 (“一批”: no number); measures 8, 9, 13. Cheat: old kit
under a new label. Assets acquired after the baseline and proved, and metered use by at least three ventures that are not
tied to the owner and accepted to pay for it: what nobody accepted has no fee, and what was given up is void.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from fuhua.evidence.proof.figure import Definition, Example, Indicator, Terms, Told, Verdict, counted, left_out
from fuhua.evidence.proof.records import Record
from fuhua.exchange.facts import PlatformRegistered, UseMetered
from fuhua.kernel.urn import kind_of
from fuhua.kernel.words import t
from fuhua.plan.indicators.imagined import BEFORE, HAIDIAN, INCUBATOR, LATER, ON, PLATFORM, START, TERMS, urn
from fuhua.plan.indicators.reasons import FLOW, NEW, WHOLE, YEAR_END

_PROOFS = frozenset(("invoice", "acceptance", "title"))
_USERS = 3
_ENTERPRISES = frozenset(("venture", "firm"))


def _used(told: Told, _on: dt.date, terms: Terms) -> Verdict | None:
    platform = None
    users: dict[str, Record[Any]] = {}
    late = tied = other = None
    for record in told:
        fact = record.fact
        if type(fact) is UseMetered:
            if platform is None or not fact.fee or not fact.minutes or fact.user in users:
                continue
            if fact.affiliation != "none" or fact.user == platform.fact.owner:
                tied = record
            elif record.true_from > terms.until:
                late = record
            elif kind_of(fact.user) not in _ENTERPRISES:
                other = record
            else:
                users[fact.user] = record
                if len(users) == _USERS:
                    break
        elif type(fact) is PlatformRegistered:
            platform, tied, late, other = record, None, None, None
            users = {}
    if platform is None:
        return None
    made = platform.fact
    if made.proof not in _PROOFS:
        return left_out("no_asset_proof", (platform,), district=made.district)
    if made.acquired <= terms.since:
        return left_out("not_new", (platform,), district=made.district)
    if made.acquired > terms.until:
        return left_out("too_late", (platform,), district=made.district)
    if len(users) == _USERS:
        return counted((platform, *users.values()), district=made.district, credit=((made.owner, WHOLE),))
    if users or other is not None:
        return left_out("too_few_users", (platform, *(users.values() or (other,))), district=made.district)
    if late is not None:
        return left_out("too_late", (platform, late), district=made.district)
    if tied is not None:
        return left_out("affiliated_use", (platform, tied), district=made.district)
    return left_out("unused", (platform,), district=made.district)


def _registered(acquired: dt.date, proof: str = "invoice") -> tuple[PlatformRegistered, dt.date]:
    return PlatformRegistered(subject=PLATFORM, owner=INCUBATOR, novelty="new", proof=proof, acquired=acquired, district=HAIDIAN), START


def _uses(*numbers: int, sort: str = "venture", affiliation: str = "none", fee: int = 80_000) -> tuple[tuple[UseMetered, dt.date], ...]:
    return tuple(
        (UseMetered(subject=PLATFORM, user=urn(sort, n), minutes=210, fee=fee, affiliation=affiliation), LATER) for n in numbers
    )


EXAMPLES = (
    Example(
        t("新购设备，三家无关联企业付费使用", "new kit, three unaffiliated ventures paid"),
        (_registered(START), *_uses(1, 2, 3)),
        ON,
        {"used": ("counted", 1, "counted")},
        TERMS,
    ),
    Example(
        t("作弊：旧设备换个牌子", "the cheat: old kit under a new label"),
        (_registered(BEFORE), *_uses(1, 2, 3)),
        ON,
        {"used": ("left_out", 0, "not_new")},
        TERMS,
    ),
    Example(
        t("同一家企业用了三次", "one venture came three times"),
        (_registered(START), *_uses(1, 1, 1)),
        ON,
        {"used": ("left_out", 0, "too_few_users")},
        TERMS,
    ),
    Example(
        t("只有关联企业使用", "only affiliated firms used it"),
        (_registered(START), *_uses(1, 2, 3, affiliation="owner")),
        ON,
        {"used": ("left_out", 0, "affiliated_use")},
        TERMS,
    ),
    Example(
        t("三所高校付费使用，没有企业", "three universities paid, and no venture"),
        (_registered(START), *_uses(1, 2, 3, sort="university")),
        ON,
        {"used": ("left_out", 0, "too_few_users")},
        TERMS,
    ),
    Example(
        t("免费试用，或结算单未获验收", "free trials, or statements that nobody accepted"),
        (_registered(START), *_uses(1, 2, 3, fee=0)),
        ON,
        {"used": ("left_out", 0, "unused")},
        TERMS,
    ),
    Example(
        t("没有资产证明", "no proof of assets"),
        (_registered(START, "none"), *_uses(1, 2, 3)),
        ON,
        {"used": ("left_out", 0, "no_asset_proof")},
        TERMS,
    ),
)

SPEC = Indicator(
    code="I3",
    name=t("新建或扩建的专业平台", "professional platforms built or extended"),
    unit=t("个", "platforms"),
    period=YEAR_END,
    baseline=FLOW,
    key=t("平台（一个只计一次）", "the platform, once"),
    attribution=t("计给平台所有者", "the platform's owner"),
    source=t(
        "行动方案“行动目标”：孵化器新建和改扩建一批专业技术平台",
        "action plan, targets: a batch of platforms built and extended",
    ),
    blocks=t("旧设备换牌充新", "relabelled old kit"),
    reads=(PlatformRegistered, UseMetered),
    definitions=(
        Definition(
            "used",
            t("有证明且被使用", "proved and used"),
            t(
                "基期后取得资产并有证明，至少三家无关联企业计时使用并验收付费",
                "assets acquired after the baseline and proved, use that three or more unaffiliated ventures accepted to pay",
            ),
            _used,
        ),
    ),
    reasons={
        **NEW,
        "no_asset_proof": t("没有取得资产的证明", "no proof that assets were acquired"),
        "too_few_users": t("无关联付费企业不足三家", "fewer than three unaffiliated paying ventures"),
        "affiliated_use": t("只有自用或关联方使用", "used only by the owner or those tied to it"),
        "unused": t("没有付费使用记录", "no paid use on record"),
    },
    examples=EXAMPLES,
)
