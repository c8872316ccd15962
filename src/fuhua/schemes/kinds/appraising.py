"""The sheet by which incubators are appraised (测评表), and the score as an exact function of its lines.

No public text gives a sheet for 传统孵化器提升 (京科发〔2022〕19号, measure 2, names the ends only), so lines, targets and weights are the
product's default: change them here under a new ``SHEET`` code. An appraisal keeps the targets and weights it was opened with.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from fuhua.kernel.words import Text, t
from fuhua.schemes.kinds.paying import parts_per_million

SHEET = "FH-CP-2026-1"
_PEOPLE, _FIRMS = t("人", "people"), t("家", "firms")


@dataclass(frozen=True)
class Line:
    """One line: ``target`` in ``unit``, ``weight`` in parts per million of the whole, ``source`` a key of ``known.SOURCES`` or blank.

    A line without a source is stated by the assessor with evidence; until then it counts as nothing.
    """

    code: str
    label: Text
    unit: Text
    source: str
    target: Decimal
    weight: int
    meaning: Text


LINES: tuple[Line, ...] = (
    Line("staff", t("专职运营人员", "operating staff"), _PEOPLE, "staff", Decimal(10), 150_000,
         t("能分设投资、技术、产业三类岗位", "investment, technology and industry each have people of their own")),
    Line("mentors", t("创业导师", "mentors"), _PEOPLE, "mentors", Decimal(20), 150_000,
         t("每两三家在孵企业有一名导师", "one mentor for two or three incubatees")),
    Line("tenants", t("在孵企业和团队", "incubatees"), _FIRMS, "tenants", Decimal(50), 200_000,
         t("形成稳定的在孵规模", "a steady body of incubatees")),
    Line("hatched", t("入驻后认定的高新技术企业", "high-tech firms since they moved in"), _FIRMS, "hatched", Decimal(10), 200_000,
         t("孵化能带出硬科技企业", "what is hatched becomes high-tech firms")),
    Line("area", t("孵化场地面积", "floor area"), t("平方米", "m²"), "area", Decimal(3_000), 100_000,
         t("容得下实验和中试", "there is room for laboratories and pilots")),
    Line("invested", t("近一年投资在孵企业", "invested in incubatees within a year"), t("万元", "×10,000 yuan"), "", Decimal(500), 100_000,
         t("以早期投资而不只以租金获益", "it lives by early investment, not by rent alone")),
    Line("earned", t("服务和投资收入占比", "income from services and investment"), Text("%", "%"), "", Decimal(30), 100_000,
         t("按市场化方式运营", "it is run by the market")),
)
BY_CODE = {each.code: each for each in LINES}

LEVELS: dict[str, Text] = {
    "weak": t("薄弱（不足目标的一半）", "weak (less than half of the target)"),
    "near": t("待提升（不足目标）", "to be lifted (below the target)"),
    "reached": t("达标", "reached"),
}


def share(value: Decimal | None, target: Decimal) -> Fraction:
    """How much of the target is reached, from 0 to 1; nothing on record is nothing reached, and more than the target is not more."""
    return min(Fraction(value) / Fraction(target), Fraction(1)) if value is not None else Fraction(0)


def level(value: Decimal | None, target: Decimal) -> str:
    """The level (``LEVELS``) of a value."""
    part = share(value, target)
    return "reached" if part == 1 else "near" if part >= Fraction(1, 2) else "weak"


def score(lines: Iterable[tuple[Decimal | None, Decimal, int]]) -> int:
    """The score in parts per million, rounded down, of (value, target, weight): the shares of the targets by their weights."""
    rows = list(lines)
    whole = sum(weight for _value, _target, weight in rows)
    return parts_per_million(sum((share(value, target) * weight for value, target, weight in rows), Fraction(0)) / whole)


def delta(before: int, after: int) -> int:
    """How far the score moved, in parts per million of the whole sheet (not of the former score, which may be nothing)."""
    return after - before
