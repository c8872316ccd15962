"""Ventures from a seed, as columns: a realistic spread, or every ratio on the edge of a band or one unit beside it."""

from __future__ import annotations

import numpy as np

from fuhua.policy.catalog import rule_of
from fuhua.policy.columns.layout import cell, missing
from fuhua.policy.reasoning.rule import Rule

RULE: Rule = rule_of("tech_sme")
EDITION = RULE.editions[0]
INPUTS = {one.name: one for one in EDITION.inputs if one in EDITION.terms}
OFFENCES = ("prohibited_trade", "major_accident", "environmental_offence", "research_misconduct", "abnormal_list")
DIRECT = ("hnte_valid", "national_award", "provincial_rd_body", "led_standard")
STAFF = (30, 25, 20, 15, 10)
OF_SALES = (6, 5, 4, 3, 2)
OF_COSTS = (30, 25, 20, 15, 10)
Columns = dict[str, np.ndarray]


def ventures(count: int, *, seed: int = 20221230, gaps: float = 0.1) -> Columns:
    """Small technology firms: some too large, some on a list, about half eligible; ``gaps`` of them lack one or two values."""
    draw = np.random.default_rng(seed)
    columns: Columns = {"resident_enterprise": (draw.random(count) < 0.99)}
    columns |= {name: draw.random(count) < 0.012 for name in OFFENCES}
    columns |= {name: draw.random(count) < share for name, share in zip(DIRECT, (0.14, 0.004, 0.03, 0.02), strict=True)}
    employees = np.minimum(np.exp(draw.normal(3.3, 1.1, count)) + 1, 5_000).astype(np.int64)
    sales = (np.exp(draw.normal(15.8, 1.4, count)) * 100).astype(np.int64)
    sales[draw.random(count) < 0.08] = 0
    columns["employees"], columns["sales"] = employees, sales
    columns["rd_staff"] = (employees * draw.beta(1.8, 4, count)).astype(np.int64)
    columns["costs"] = (sales * draw.uniform(0.7, 1.3, count)).astype(np.int64) + draw.integers(0, 3 * 10**8, count)
    columns["assets"] = (sales * np.exp(draw.normal(0.1, 0.8, count))).astype(np.int64)
    columns["rd"] = (np.maximum(sales, 10**8) * draw.beta(1.1, 16, count)).astype(np.int64)
    columns["class_1"] = draw.binomial(3, 0.1, count)
    columns["class_2"] = draw.poisson(2.4, count)
    columns = {name: np.ascontiguousarray(columns[name], cell(one)) for name, one in INPUTS.items()}
    names = list(columns)
    without = np.flatnonzero(draw.random(count) < gaps)
    for _more in range(2):
        lost = draw.integers(0, len(names), len(without))
        for place, name in enumerate(names):
            columns[name][without[lost == place]] = missing(INPUTS[name])
        without = without[: len(without) // 3]
    return columns


def on_edges(count: int, *, seed: int = 15_25_35) -> Columns:
    """Clean firms whose staff and R&D lie exactly on the edge of a band, or one person or fen to either side of it."""
    draw = np.random.default_rng(seed)
    columns = {name: np.zeros(count, cell(one)) for name, one in INPUTS.items()}
    columns["resident_enterprise"][:] = 1
    employees = draw.integers(1, 500, count)
    sales = draw.integers(10**6, 2 * 10**10, count)
    costs = draw.integers(10**6, 2 * 10**10, count)
    limits = draw.random(count)
    sales[limits < 0.1] = 2 * 10**10 + draw.integers(-1, 2, int((limits < 0.1).sum()))
    beside = draw.integers(-1, 2, (2, count))
    columns["employees"], columns["sales"], columns["costs"] = employees, sales, costs
    columns["assets"] = draw.integers(0, 2 * 10**10, count)
    columns["rd_staff"] = np.maximum(0, -(-employees * draw.choice(STAFF, count) // 100) + beside[0])
    by_sales = draw.random(count) < 0.5
    of_sales, of_costs = -(-sales * draw.choice(OF_SALES, count) // 100), -(-costs * draw.choice(OF_COSTS, count) // 100)
    columns["rd"] = np.maximum(0, np.where(by_sales, of_sales, of_costs) + beside[1])
    columns["class_1"] = draw.integers(0, 2, count)
    columns["class_2"] = draw.integers(0, 6, count)
    return columns


def _points(num: np.ndarray, den: np.ndarray, edges: tuple[int, ...], points: tuple[int, ...]) -> np.ndarray:
    met = [(den > 0) & (num * 100 >= den * edge) for edge in edges]
    return np.select(met, points, 0)


def truth(columns: Columns) -> tuple[np.ndarray, np.ndarray]:
    """Verdict and score of ventures without gaps, written once more by hand in whole numbers: the yardstick for everyone."""
    staff = _points(columns["rd_staff"], columns["employees"], STAFF, (20, 16, 12, 8, 4))
    of_sales = _points(columns["rd"], columns["sales"], OF_SALES, (50, 40, 30, 20, 10))
    of_costs = _points(columns["rd"], columns["costs"], OF_COSTS, (50, 40, 30, 20, 10))
    rights = np.maximum(np.where(columns["class_1"] >= 1, 30, 0), np.minimum(columns["class_2"], 4) * 6)
    score = staff + np.maximum(of_sales, of_costs) + rights
    sized = (columns["employees"] <= 500) & (columns["sales"] <= 2 * 10**10) & (columns["assets"] <= 2 * 10**10)
    clean = (columns["resident_enterprise"] == 1) & np.all([columns[name] == 0 for name in OFFENCES], axis=0)
    direct = np.any([columns[name] == 1 for name in DIRECT], axis=0)
    return sized & clean & (direct | ((score >= 60) & (staff > 0))), score


def without_gaps(columns: Columns) -> np.ndarray:
    """Which ventures lack nothing."""
    return np.all([columns[name] != missing(one) for name, one in INPUTS.items()], axis=0)
