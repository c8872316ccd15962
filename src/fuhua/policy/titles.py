"""What a title unlocks: the edges from titles to rules, and what one is worth a year to a given subject."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from fuhua.kernel.words import Text, t
from fuhua.policy import catalog
from fuhua.policy.reasoning.inputs import Input
from fuhua.policy.reasoning.profile import read_profile, settled
from fuhua.policy.reasoning.terms import Exact
from fuhua.policy.reasoning.verdict import Verdict, judge
from fuhua.policy.words import ELIGIBLE, UNDETERMINED

Assumed = tuple[Mapping[str, Any], Text]
"""Values in stored scale that are taken for granted beside a title, and the sentence that says so."""


@dataclass(frozen=True)
class Unlock:
    """An edge: the rule that a title opens or betters, and how. ``rule`` is blank where no rule can be computed."""

    rule: str
    how: Text


@dataclass(frozen=True)
class Title:
    """A title, the rule that grants it, the inputs that holding it answers, and what it unlocks.

    ``given`` are values in declared units; ``told_by`` names those of them that say no without the title (blank: all that
    say yes or name it); ``years`` are inputs by year in which the year of judging counts as held. ``assumes`` tells what
    judging a subject of this profile (settled) on a day with the title takes for granted beyond ``given``; None: nothing.
    """

    key: str
    text: Text
    subject: str
    granted_by: tuple[str, ...]
    given: Mapping[str, Any]
    unlocks: tuple[Unlock, ...]
    told_by: tuple[str, ...] = ()
    years: tuple[str, ...] = ()
    assumes: Callable[[Mapping[str, Any], dt.date], Assumed | None] | None = None


def _recognised_lately(known: Mapping[str, Any], on: dt.date) -> Assumed | None:
    """Recognition on the last day of the month before, so that relief runs from this month; a relief that runs keeps its day."""
    running = known.get("incubator_title") in RELIEVED and known.get("title_cancelled") != (1, 1)
    if running and "title_recognised_on" in known:
        return None
    day = on.replace(day=1) - dt.timedelta(days=1)
    return {"title_recognised_on": (day.toordinal(),) * 2}, t(
        "按 {day} 认定、自本月起免税计算", "as if recognised on {day}, so that relief runs from this month"
    ).format(day=day)


def _held_at_the_draw(known: Mapping[str, Any], _on: dt.date) -> Assumed | None:
    if known.get("innovative_sme_at_draw") == (1, 1):
        return None
    return {"interest_before_title": (0, 0)}, t(
        "首贷贴息按首次提款时已有资格计算；提款后才认定的，认定前的利息仍按 20%",
        "for the first loan, as if held when it was first drawn; interest before a later recognition stays at 20 %",
    )


def _met_when_invested(known: Mapping[str, Any], on: dt.date) -> Assumed | None:
    """The day of registration is set with the rest: young enough on whichever day the money was paid in."""
    return {"target_registered_on": known.get("invested_on", (on.toordinal(),) * 2)}, t(
        "按被投企业在投资时符合初创科技型企业的全部条件计算", "as if the target met every test of such a firm when it was invested in"
    )


RELIEVED = ("national_incubator", "provincial_incubator", "national_university_park", "university_park", "filed_makerspace")
EARLY_STAGE = {
    "target_resident": True,
    "target_book_audited": True,
    "target_staff": 1,
    "target_graduates": 1,
    "target_assets": 0,
    "target_sales": 0,
    "target_listed": False,
    "target_rd_year": 1,
    "target_rd_next": 0,
    "target_costs_year": 1,
    "target_costs_next": 0,
}

TITLES: dict[str, Title] = {
    each.key: each
    for each in (
        Title(
            "tech_sme",
            t("科技型中小企业", "technology SME"),
            "venture",
            ("tech_sme",),
            {"tech_sme_valid": True},
            (
                Unlock("loss_ten_years", t("亏损结转年限由 5 年延长到 10 年", "losses carry forward ten years instead of five")),
                Unlock("rd_super", t("2022 年起研发费用 100% 加计扣除", "R&D deducted once more in full from 2022")),
                Unlock(
                    "beijing_incubator",
                    t("计入孵化器在孵企业科技型中小企业占比", "counts towards its incubator’s share of technology SMEs"),
                ),
                Unlock(
                    "innovative_sme",
                    t("2026-04-01 起与创新型中小企业同属梯度培育基础层", "the base tier of the SME ladder from 2026-04-01"),
                ),
            ),
            years=("title_years",),
        ),
        Title(
            "hnte",
            t("高新技术企业", "high-tech enterprise"),
            "venture",
            ("hnte",),
            {"hnte_valid": True},
            (
                Unlock("hnte_rate", t("企业所得税减按 15%", "income tax at 15 %")),
                Unlock("loss_ten_years", t("亏损结转年限由 5 年延长到 10 年", "losses carry forward ten years instead of five")),
                Unlock(
                    "tech_sme",
                    t("科技型中小企业的直接条件（仍须满足规模等条件）", "a direct way to technology SME (limits of size still apply)"),
                ),
                Unlock("innovative_sme", t("2022 版创新型中小企业的直接条件", "a direct way to innovative SME (edition 2022)")),
                Unlock("beijing_incubator", t("计入孵化器在孵企业晋级数", "counts as an upgrade in its incubator’s assessment")),
                Unlock(
                    "vc_deduction",
                    t(
                        "投资未上市中小高新技术企业的创投企业另有 70% 抵扣（条件不同）",
                        "venture capital firms that invest in a small unlisted one deduct 70 % too, on conditions of their own",
                    ),
                ),
            ),
            years=("title_years",),
        ),
        Title(
            "innovative_sme",
            t("创新型中小企业", "innovative SME"),
            "venture",
            ("innovative_sme",),
            {"innovative_sme_valid": True, "innovative_sme_at_draw": True},
            (
                Unlock("first_loan", t("首贷贴息由 20% 提高到 40%", "first-loan subsidy of 40 % instead of 20 %")),
                Unlock("srdi_board", t("进入四板“专精特新”专板孵化层", "the incubation layer of the specialised board")),
                Unlock("specialised_sme", t("专精特新中小企业的前一梯度", "the rung below specialised SME")),
            ),
            assumes=_held_at_the_draw,
        ),
        Title(
            "specialised_sme",
            t("专精特新中小企业", "specialised SME"),
            "venture",
            ("specialised_sme",),
            {"specialised_sme_valid": True},
            (
                Unlock("srdi_board", t("进入“专精特新”专板规范层", "the standard layer of the specialised board")),
                Unlock("little_giant", t("“小巨人”的前一梯度", "the rung below little giant")),
            ),
        ),
        Title(
            "little_giant",
            t("专精特新“小巨人”企业", "little giant"),
            "venture",
            ("little_giant",),
            {"little_giant_valid": True},
            (Unlock("srdi_board", t("进入“专精特新”专板培育层", "the top layer of the specialised board")),),
        ),
        *(
            Title(
                key,
                text,
                "incubator",
                granted,
                {"incubator_title": code, "title_cancelled": False},
                (
                    Unlock(
                        "incubator_tax",
                        t("自认定次月起免房产税、土地使用税和孵化服务增值税", "property, land-use and VAT relief from the next month"),
                    ),
                ),
                assumes=_recognised_lately,
            )
            for key, text, code, granted in (
                (
                    "national_incubator",
                    t("国家级科技企业孵化器", "national incubator"),
                    "national_incubator",
                    ("national_comprehensive", "national_professional"),
                ),
                (
                    "beijing_incubator",
                    t("北京市科技企业孵化器", "Beijing municipal incubator"),
                    "provincial_incubator",
                    ("beijing_incubator",),
                ),
                ("filed_makerspace", t("国家备案众创空间", "nationally filed makerspace"), "filed_makerspace", ("makerspace",)),
            )
        ),
        Title(
            "early_stage_target",
            t("初创科技型企业（投资时）", "early-stage technology firm, at the date of investment"),
            "fund",
            (),
            EARLY_STAGE,
            (Unlock("vc_deduction", t("创投和天使投资人按投资额 70% 抵扣", "its venture and angel investors deduct 70 % of the money")),),
            told_by=("target_resident",),
            assumes=_met_when_invested,
        ),
        Title(
            "neeq_innovation",
            t("新三板创新层", "NEEQ innovation layer"),
            "venture",
            ("neeq_innovation",),
            {"neeq_innovation_layer": True},
            (Unlock("bse", t("累计挂牌满 12 个月可申请北交所上市", "may apply to the Beijing exchange after twelve months listed")),),
        ),
    )
}

UNLOCKS_NOTHING = (
    "benchmark_incubator",
    "bse",
    "gaoju",
    "gazelle",
    "gold_seed",
    "graduate",
    "hicool",
    "incubatee",
    "neeq_base",
    "potential_unicorn",
    "srdi_board",
    "tech_board",
    "unicorn",
    "work_permit",
    "yuying",
    "zhuque",
)
"""What rules grant besides the titles above: it opens no rule of which the public texts let anything be computed."""


@dataclass(frozen=True)
class Unlocked:
    """One edge judged without and with the title; ``gain`` fen a year, None when it is not told (see ``wanting``)."""

    unlock: Unlock
    before: Verdict | None
    after: Verdict | None
    gain: int | None = None
    wanting: tuple[Input, ...] = ()


@dataclass(frozen=True)
class Worth:
    """What a title would unlock for a subject on a day; ``total`` fen a year, counting once what excludes each other.

    ``whole`` is False while something that is not known could still change the total, or a verdict that waits for it;
    ``assumes`` says what was taken for granted beyond holding the title.
    """

    title: Title
    unlocked: tuple[Unlocked, ...]
    total: int
    whole: bool
    assumes: Text | None = None


def worth(
    title: Title,
    known: Mapping[str, Any],
    on: dt.date,
    tables: Mapping[str, Exact] | None = None,
    subject: str = "",
) -> Worth:
    """What the title would unlock for a profile (from ``read_profile``), and for how much a year.

    Rules that judge another sort of subject than ``subject`` (default: the title's holder) are named and not judged.
    """
    known = settled(known, on)
    wanted = subject or title.subject
    assumed = title.assumes(known, on) if title.assumes is not None else None
    without, holding = _without(title, known, on), _with(title, known, on, assumed)
    found, before, after = [], [], []
    for unlock in title.unlocks:
        rule = catalog.rule_of(unlock.rule)
        if rule is None or rule.subject != wanted:
            found.append(Unlocked(unlock, None, None))
            continue
        found.append(_unlocked(unlock, judge(rule, without, on, tables), judge(rule, holding, on, tables)))
        for others, profile in ((before, without), (after, holding)):
            others.extend(judge(other, profile, on, tables) for other in _family(rule.key))
    whole = not any(each.wanting for each in found) and not any(map(_untold, [*before, *after]))
    return Worth(title, tuple(found), worth_of(after) - worth_of(before), whole, assumed and assumed[1])


def worth_of(verdicts: Iterable[Verdict]) -> int:
    """Fen a year of several verdicts, each rule once; of rules that exclude each other only the best counts."""
    best = {each.rule.key: (_worth(each), each.rule) for each in verdicts}
    total, taken = 0, set()
    for key, (amount, rule) in sorted(best.items(), key=lambda item: (-item[1][0], item[0])):
        if key not in taken:
            total += amount
            taken |= {key, *rule.instead_of}
    return total


def held(title: Title, known: Mapping[str, Any]) -> bool:
    """Whether the profile says that the title is held: by the first of the inputs that it answers."""
    name, value = next(iter(title.given.items()), ("", None))
    return bool(name) and known.get(name) == (value if isinstance(value, str) else (int(value),) * 2)


def told_worth(verdict: Verdict) -> int | None:
    """Fen a year of a yes, as far as its figures are told; None when none of them is, or there are none."""
    told = [value for figure, value in verdict.figures if figure.worth and value is not None]
    return sum(told) if told and verdict.answer == ELIGIBLE else None


def _family(key: str) -> list[Any]:
    rule = catalog.rule_of(key)
    return [rule, *filter(None, map(catalog.rule_of, rule.instead_of))]


def _worth(verdict: Verdict) -> int:
    return told_worth(verdict) or 0


def _unlocked(unlock: Unlock, old: Verdict, new: Verdict) -> Unlocked:
    told = told_worth(new)
    wanting = _wanting(new) or (_wanting(old) if told is not None else ())
    gain = None if told is None or _untold(old) or _untold(new) else told - _worth(old)
    return Unlocked(unlock, old, new, gain, wanting)


def _untold(verdict: Verdict) -> bool:
    """Whether there may be money in the verdict of which less is told than there is."""
    money = verdict.edition is not None and any(figure.worth for figure in verdict.edition.figures)
    return money and (verdict.answer == UNDETERMINED or bool(_wanting(verdict)))


def _wanting(verdict: Verdict) -> tuple[Input, ...]:
    keys = {figure.key for figure, _value in verdict.figures if figure.worth}
    lacking = [one for key, inputs in verdict.wanting.items() if key in keys for one in inputs]
    return tuple(dict.fromkeys([*lacking, *verdict.missing]))


def _with(title: Title, known: Mapping[str, Any], on: dt.date, assumed: Assumed | None) -> dict[str, Any]:
    years = {name: {**(known.get(name) or {}), on.year: 1} for name in title.years}
    return {**known, **years, **read_profile(title.given, catalog.inputs()), **(assumed[0] if assumed else {})}


def _without(title: Title, known: Mapping[str, Any], on: dt.date) -> dict[str, Any]:
    """The profile as if the title were not held: its own inputs say no; what other titles say stays."""
    years = {name: {year: value for year, value in (known.get(name) or {}).items() if year != on.year} for name in title.years}
    return {**known, **years, **_refused(title, known)}


def _refused(title: Title, known: Mapping[str, Any]) -> dict[str, Any]:
    """The inputs that tell the title, answered no; a choice that names another title already says so."""
    refused: dict[str, Any] = {}
    for name in title.told_by or title.given:
        value = title.given[name]
        if isinstance(value, str):
            refused[name] = "none" if known.get(name, value) == value else known[name]
        elif value is True:
            refused[name] = (0, 0)
    return refused
