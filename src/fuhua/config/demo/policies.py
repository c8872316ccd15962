"""What demo ventures and incubators told of themselves for policy: sizes, staff, R&D, rights, papers, and who may see it."""

from __future__ import annotations

import datetime as dt
import io
import random
from functools import partial
from typing import Any

from fuhua.config.demo.city import CITY_OFFICER, Host, World
from fuhua.config.demo.papers import text
from fuhua.evidence.words import Grade
from fuhua.journey.actions import papers, profiles, titles, verdicts
from fuhua.journey.queries import benefits
from fuhua.journey.queries.binders import binder
from fuhua.journey.words import BENEFITS
from fuhua.kernel import period
from fuhua.parties.actions import consents
from fuhua.parties.actions.cast import ORGANISATIONS, PLAYERS
from fuhua.parties.models import Party

SEED, VENTURES, INCUBATORS = 2026, 48, 6
TOLD = dt.date(2026, 1, 12)
CLEAN = {
    "resident_enterprise": True, "prohibited_trade": False, "major_accident": False, "environmental_offence": False,
    "research_misconduct": False, "abnormal_list": False, "listed_company": False, "acquired": False, "listed_on_market": False,
    "sales_fell_sharply": False, "independent_legal_person": True, "trouble_before_application": False,
}  # fmt: skip
# what the founder of the cast knows: a growing firm without a certificate, two points short of one
OURS: dict[str, Any] = {
    **CLEAN, "registered_on": "2021-06-18", "employees": 46, "employees_1": 38, "employees_3": 20, "rd_staff": 19,
    "sales": "2860万元", "sales_1": "2150万元", "sales_2": "1640万元", "sales_3": "1210万元", "assets": "3900万元",
    "net_assets": "2300万元", "net_assets_1": "1880万元", "net_assets_2": "1500万元", "costs": "2700万元", "rd": "412万元",
    "rd_1": "318万元", "rd_2": "251万元", "rd_abroad_3y": 0, "profit": "135万元", "profit_1": "88万元", "taxable_income": "120万元",
    "class_1": 4, "class_2": 6, "class_1_own": 3, "class_1_in_use": 2, "class_1_self_applied": 3, "class_1_high_value": 1,
    "key_tech_field": "electronics", "owns_core_right": True, "high_tech_income": "2300万元", "total_income": "2860万元",
    "right_self_developed": True, "transfers_3y": 14, "st_spend_share": 13, "main_industry": "other", "provincial_rd_body": False,
    "national_award": False, "led_standard": False, "private_equity_raised": True, "new_equity_2y": "1200万元", "new_equity_3y": "1600万元",
    "main_share": 91, "debt_ratio": 41, "niche_years": 4, "rd_expensed": "412万元", "rd_amortised": 0, "income_before_rd_extra": "532万元",
    "quarterly_staff": 46, "quarterly_assets": "3900万元", "cit_rate": 25, "works_in_incubator": True, "tech_sme_requirements": True,
    "incubation_trade": "other", "venture_capital_total": "1600万元", "beijing_firm": True, "high_precision_industry": "frontier",
    "future_industry": "brain_science", "strategic_industry": "1.5", "gold_seed_listed": False, "valuation_usd": "5200万美元",
    "right_advance_points": 6, "right_core_points": 6, "right_quantity_points": 7, "right_source_points": 5, "standard_bonus_points": 0,
    "transfer_points": 22, "organisation_points": 11, "net_assets_growth_points": 5, "sales_growth_points": 7,
    "share_capital": "800万元", "full_fiscal_years": 4, "market_makers": 0, "listing_cap": 0, "new_economy_firm": False,
    "operating_cash_flow": "60万元", "professional_investment_24m": "1200万元", "small_or_medium": True, "dishonest_list": False,
    "no_earlier_loan": True, "loan_centre": True, "similar_aid": False, "first_drawn_on": "2025-06-10", "first_loan_amount": "300万元",
    "first_loan_drawn": "300万元", "first_year_interest": "9.6万元", "innovative_sme_at_draw": False, "interest_before_title": 0,
}  # fmt: skip


def told(world: World) -> None:
    """Tell the profiles of some ventures and incubators, the founder's and the operator's of the cast first."""
    chance = random.Random(SEED)  # noqa: S311 - invention, not a secret; its own, so that the rest of the city stays as it is
    for index, urn in enumerate(world.ventures[:VENTURES]):
        day = TOLD + dt.timedelta(days=index % 40)
        values = OURS if index == 0 else firm(chance)
        by = PLAYERS["founder"].urn if index == 0 else urn
        world.timeline.add(day, partial(profiles.answer, subject=urn, values=values, by=by, on=day, on_behalf=urn, judged=False), late=0)
    for index, host in enumerate(world.hosts[:INCUBATORS]):
        _house(world, host, index, chance)


def _house(world: World, host: Host, index: int, chance: random.Random) -> None:
    """An incubator of the city: its title, and what its operator knows."""
    title = "national_incubator" if index % 3 == 1 else "municipal_incubator"
    recognised = dt.date(2024 + index % 2, 5, 20)
    world.timeline.add(
        recognised,
        partial(titles.award, subject=host.urn, title=title, basis="list", on=recognised, by=CITY_OFFICER, grade=Grade.REGISTRY),
        late=9,
    )
    values = house(chance)
    by = PLAYERS["operator"].urn if index == 0 else host.urn
    world.timeline.add(
        TOLD, partial(profiles.answer, subject=host.urn, values=values, by=by, on=TOLD, on_behalf=host.urn, judged=False), late=0
    )


def firm(chance: random.Random) -> dict[str, Any]:
    """What one venture knows of itself; no two alike, and most leave something out."""
    staff = chance.choice((9, 16, 24, 38, 60, 110, 180, 420))
    sales = staff * chance.randrange(12, 95) * 10_000
    growth = chance.choice((0.85, 1.02, 1.12, 1.22, 1.31, 1.55))
    rd = round(sales * chance.choice((0.01, 0.028, 0.041, 0.055, 0.07, 0.14, 0.3)))
    rights = chance.choice((0, 1, 2, 5, 12))
    profit = round(sales * chance.choice((-0.3, -0.05, 0.03, 0.08, 0.16)))
    values = {
        **CLEAN, "registered_on": dt.date(chance.randrange(2012, 2024), chance.randrange(1, 13), 15).isoformat(), "employees": staff,
        "employees_1": round(staff / growth), "employees_3": round(staff / growth**2),
        "rd_staff": round(staff * chance.choice((0.06, 0.12, 0.25, 0.45))), "beijing_firm": True, "small_or_medium": staff < 300,
        "future_industry": chance.choice(("none", "quantum", "synthetic_biology", "hydrogen")), "gold_seed_listed": False,
        "sales": sales, "sales_1": round(sales / growth), "sales_2": round(sales / growth**2), "sales_3": round(sales / growth**3),
        "assets": round(sales * 1.3), "net_assets": round(sales * 0.7), "net_assets_1": round(sales * 0.6),
        "net_assets_2": round(sales * 0.5),
        "costs": max(sales - profit, 0), "rd": rd, "rd_1": round(rd / growth), "rd_2": round(rd / growth**2), "rd_abroad_3y": 0,
        "profit": profit, "profit_1": round(profit / growth), "taxable_income": max(profit, 0), "class_1": rights,
        "class_1_own": rights, "class_1_in_use": rights // 2, "class_1_self_applied": rights, "class_2": chance.choice((0, 1, 3, 6, 20)),
        "high_tech_income": round(sales * chance.choice((0.4, 0.7, 0.9))), "total_income": sales, "rd_expensed": rd, "rd_amortised": 0,
        "income_before_rd_extra": profit + rd, "main_industry": chance.choice(("manufacturing", "other")), "quarterly_staff": staff,
        "quarterly_assets": round(sales * 1.3), "cit_rate": chance.choice((15, 25)), "main_share": chance.choice((62, 81, 93)),
        "debt_ratio": chance.choice((22, 45, 78)), "st_spend_share": chance.choice((1, 3, 9)), "niche_years": chance.choice((1, 3, 6)),
        "new_equity_2y": chance.choice((0, 3_000_000, 20_000_000)), "new_equity_3y": chance.choice((0, 9_000_000, 60_000_000)),
        "venture_capital_total": chance.choice((0, 5_000_000, 40_000_000)), "private_equity_raised": chance.random() < 0.6,
        "national_award": False, "provincial_rd_body": chance.random() < 0.1, "led_standard": chance.random() < 0.08,
        "works_in_incubator": True, "tech_sme_requirements": True, "owns_core_right": rights > 0, "incubation_trade": "other",
    }  # fmt: skip
    left_out = set(chance.sample(sorted(values), chance.randrange(0, 9)))
    return {name: value for name, value in values.items() if name not in left_out}


def house(chance: random.Random) -> dict[str, Any]:
    """What the operator of an incubator knows of it."""
    tenants = chance.randrange(24, 80)
    return {
        "beijing_legal_person": True, "independent_legal_person": True, "incubator_running_since": "2018-04-02", "statistics_years": 5,
        "statistics_filed": True, "focus_future_industry": True, "mentor_programme": True, "early_investment": True,
        "professional_team": True, "technical_platform": chance.random() < 0.6, "site_area": chance.randrange(3_000, 16_000),
        "incubatee_area": chance.randrange(2_000, 9_000), "desks": 120, "incubator_fund": chance.choice((3_000_000, 20_000_000)),
        "incubator_staff": 18, "professional_staff": chance.choice((9, 15)), "full_time_staff": 16, "mentors": chance.choice((4, 12)),
        "incubatees": tenants, "incubatees_tech_sme": round(tenants * chance.choice((0.3, 0.45, 0.6))),
        "incubatees_one_industry": round(tenants * 0.8), "incubatees_financed": round(tenants * 0.3),
        "incubatees_ip_valid": round(tenants * 0.6), "graduates": chance.choice((8, 22, 40)), "premises_use": "both",
        "property_tax_month": "3万元", "land_tax_month": 5_000, "incubation_vat_month": 2_000, "incubation_income_separate": True,
    }  # fmt: skip


def settled(world: World, *, at: dt.datetime) -> None:
    """Judge everybody who told a profile: first by the editions of March, then by today's, which tells those it changes."""
    subjects = [*world.ventures[:VENTURES], *(host.urn for host in world.hosts[:INCUBATORS])]
    for subject in subjects:
        verdicts.judge_subject(subject=subject, by=subject, at=at, on=dt.date(2026, 3, 31))
    verdicts.rejudge(by=CITY_OFFICER, at=at, subjects=subjects)
    _bound(at)
    _shared(world, at)


def _bound(at: dt.datetime) -> None:
    """The operator's tax binder: everything is there but the last lease."""
    operator, house_urn = PLAYERS["operator"].urn, ORGANISATIONS["incubator"].urn
    for paper in binder(house_urn, "incubator_tax", period.day(at)).papers[:-1]:
        content = io.BytesIO(text(f"{paper.text.zh} {paper.tenant_name}", ORGANISATIONS["incubator"].name, period.day(at)))
        papers.file(
            subject=house_urn,
            rule="incubator_tax",
            paper=paper.code,
            tenant=paper.tenant,
            content=content,
            by=operator,
            at=at,
            on_behalf=house_urn,
        )


def _shared(world: World, at: dt.datetime) -> None:
    """Every other venture of the first ones lets its incubator see what it could benefit from, for a year."""
    for urn in world.ventures[:VENTURES:2]:
        giver = Party.objects.get(urn=urn)
        for reader, live in benefits.readers(giver, at):
            if live is None:
                consents.give(
                    giver=giver,
                    reader=reader,
                    thing=BENEFITS,
                    purpose="查看我们可能受益的政策",
                    by=urn,
                    at=at,
                    expires=at + dt.timedelta(days=365),
                )
