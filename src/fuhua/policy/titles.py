"""What a title unlocks: the edges from titles to rules, and what one is worth a year to a given subject."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from fuhua.kernel.words import Text, t
from fuhua.policy import catalog
from fuhua.policy.reasoning.inputs import Input
from fuhua.policy.reasoning.profile import settled
from fuhua.policy.reasoning.terms import Exact
from fuhua.policy.reasoning.verdict import Verdict, judge
from fuhua.policy.words import ELIGIBLE


@dataclass(frozen=True)
class Unlock:
    """An edge: the rule that a title opens or betters, and how. ``rule`` is blank where no rule can be computed."""

    rule: str
    how: Text


@dataclass(frozen=True)
class Title:
    """A title, the rule that grants it, the inputs that holding it answers, and what it unlocks.

    ``given`` are values in declared units; ``years`` are inputs by year in which the year of judging counts as held.
    """

    key: str
    text: Text
    subject: str
    granted_by: tuple[str, ...]
    given: Mapping[str, Any]
    unlocks: tuple[Unlock, ...]
    years: tuple[str, ...] = ()


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
            ("title_years",),
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
            ),
            ("title_years",),
        ),
        Title(
            "innovative_sme",
            t("创新型中小企业", "innovative SME"),
            "venture",
            ("innovative_sme",),
            {"innovative_sme_valid": True},
            (
                Unlock("first_loan", t("首贷贴息由 20% 提高到 40%", "first-loan subsidy of 40 % instead of 20 %")),
                Unlock("srdi_board", t("进入四板“专精特新”专板孵化层", "the incubation layer of the specialised board")),
                Unlock("specialised_sme", t("专精特新中小企业的前一梯度", "the rung below specialised SME")),
            ),
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
            {},
            (Unlock("vc_deduction", t("创投和天使投资人按投资额 70% 抵扣", "its venture and angel investors deduct 70 % of the money")),),
        ),
        Title(
            "neeq_innovation",
            t("新三板创新层", "NEEQ innovation layer"),
            "venture",
            ("neeq_innovation",),
            {"neeq_innovation_layer": True},
            (Unlock("bse", t("累计挂牌满 12 个月可申请北交所上市", "may apply to the Beijing exchange after twelve months listed")),),
        ),
        Title(
            "work_permit",
            t("外国人工作许可积分", "points for a foreign work permit"),
            "person",
            ("work_permit",),
            {},
            (Unlock("work_permit", t("85 分为 A 类，60 分为 B 类", "85 points: class A; 60 points: class B")),),
        ),
    )
}


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
    """What a title would unlock for a subject on a day; ``total`` fen a year, counting once what excludes each other."""

    title: Title
    unlocked: tuple[Unlocked, ...]
    total: int
    whole: bool


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
    without, holding = _without(title, known, on), _with(title, known, on)
    found, before, after = [], [], []
    for unlock in title.unlocks:
        rule = catalog.rule_of(unlock.rule)
        if rule is None or rule.subject != wanted:
            found.append(Unlocked(unlock, None, None))
            continue
        old, new = judge(rule, without, on, tables), judge(rule, holding, on, tables)
        wanting = _wanting(new)
        found.append(Unlocked(unlock, old, new, None if wanting or not _tells(new) else _worth(new) - _worth(old), wanting))
        for others, profile in ((before, without), (after, holding)):
            others.extend(judge(other, profile, on, tables) for other in _family(rule.key))
    whole = not any(each.wanting for each in found)
    return Worth(title, tuple(found), worth_of(after) - worth_of(before), whole)


def worth_of(verdicts: Iterable[Verdict]) -> int:
    """Fen a year of several verdicts, each rule once; of rules that exclude each other only the best counts."""
    best = {each.rule.key: (_worth(each), each.rule) for each in verdicts}
    total, taken = 0, set()
    for key, (amount, rule) in sorted(best.items(), key=lambda item: (-item[1][0], item[0])):
        if key not in taken:
            total += amount
            taken |= {key, *rule.instead_of}
    return total


def told_worth(verdict: Verdict) -> int | None:
    """Fen a year of a yes, as far as its figures are told; None when none of them is, or there are none."""
    told = [value for figure, value in verdict.figures if figure.worth and value is not None]
    return sum(told) if told and verdict.answer == ELIGIBLE else None


def _family(key: str) -> list[Any]:
    rule = catalog.rule_of(key)
    return [rule, *filter(None, map(catalog.rule_of, rule.instead_of))]


def _worth(verdict: Verdict) -> int:
    return told_worth(verdict) or 0


def _tells(verdict: Verdict) -> bool:
    return verdict.answer == ELIGIBLE and any(figure.worth for figure, _value in verdict.figures)


def _wanting(verdict: Verdict) -> tuple[Input, ...]:
    keys = {figure.key for figure, _value in verdict.figures if figure.worth}
    lacking = [one for key, inputs in verdict.wanting.items() if key in keys for one in inputs]
    return tuple(dict.fromkeys([*lacking, *verdict.missing]))


def _with(title: Title, known: Mapping[str, Any], on: dt.date) -> dict[str, Any]:
    years = {name: {**(known.get(name) or {}), on.year: 1} for name in title.years}
    return {**known, **years, **{name: _stored(value) for name, value in title.given.items()}}


def _without(title: Title, known: Mapping[str, Any], on: dt.date) -> dict[str, Any]:
    """The profile as if the title were not held: its own inputs say no; what other titles say stays."""
    years = {name: {year: value for year, value in (known.get(name) or {}).items() if year != on.year} for name in title.years}
    refused = {name: "none" if isinstance(value, str) else (0, 0) for name, value in title.given.items() if name != "title_cancelled"}
    return {**known, **years, **refused}


def _stored(value: Any) -> Any:
    return value if isinstance(value, str) else (int(value),) * 2


def titles_of(subjects: Collection[str]) -> list[Title]:
    """The titles that these sorts of subject can hold."""
    return [each for each in TITLES.values() if each.subject in subjects]
