"""How policy writes values: money, terms and thresholds in their units, and forms that read back what they show."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import Any

import pytest
from django.utils.translation import override

from fuhua.journey.pages import values
from fuhua.journey.pages.input_forms import InputsForm
from fuhua.journey.pages.what_if import read
from fuhua.kernel.words import Text
from fuhua.policy.catalog import rule_of, rules
from fuhua.policy.inputs import firm, incubator, tax
from fuhua.policy.reasoning.amend import amendable
from fuhua.policy.reasoning.dates import Elapsed
from fuhua.policy.reasoning.profile import read_profile
from fuhua.policy.reasoning.terms import Most, Ratio

RULES = [pytest.param(rule, id=rule.key) for rule in rules()]


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_profile_shown_in_a_form_and_sent_unchanged_tells_nothing_new(rule: Any, language: str):
    with override(language):
        for example in rule.examples:
            stored = read_profile(example.profile, rule.inputs)
            blank = InputsForm(rule.inputs, stored)
            sent = InputsForm(rule.inputs, stored, {name: blank[name].value() for name in blank.fields})
            assert (sent.is_valid(), sent.errors, sent.changed()) == (True, {}, {}), example.key


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_what_a_form_shows_of_a_profile_is_read_back_as_the_same_profile(rule: Any, language: str):
    with override(language):
        for example in rule.examples:
            stored = read_profile(example.profile, rule.inputs)
            shown = InputsForm(rule.inputs, stored)
            typed = InputsForm(rule.inputs, {}, {name: shown[name].value() for name in shown.fields})
            assert typed.is_valid(), (example.key, typed.errors)
            again = {name: value for name, value in _undated(rule, stored).items() if value != {}}
            assert read_profile(typed.changed(), rule.inputs) == again, example.key


def _undated(rule: Any, stored: dict[str, Any]) -> dict[str, Any]:
    """A listing with dates is shown as a yes: its dates are told by the register that keeps the list."""
    listings = {one.name for one in rule.inputs if one.kind == "listing"}
    return {name: (1, 1) if name in listings and value[1] > 1 else value for name, value in stored.items()}


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_threshold_is_written_so_that_it_is_read_back_exactly(rule: Any, language: str):
    with override(language):
        for edition in rule.editions:
            for leaf in amendable(edition):
                unit = values.unit_between(leaf.of, leaf.bound)
                assert read(values.declared(leaf.bound.value, unit), unit) == leaf.bound.value, (edition.key, leaf.key)


@pytest.mark.parametrize(
    ("fen", "zh", "en"),
    [
        (100, "1 元", "¥1"),
        (1_234_567_89, "1,234,567.89 元", "¥1,234,567.89"),
        (20_000_000_000, "2 亿元", "¥200 million"),
        (19_999_999_900, "199,999,999.00 元", "¥199,999,999.00"),
        (1_200_000, "1.2 万元", "¥12,000"),
        (-50_000_000, "−50 万元", "−¥500,000"),
    ],
)
def test_money_is_rounded_only_where_nothing_is_lost(fen: int, zh: str, en: str):
    assert values.amount(fen) == Text(zh, en)


@pytest.mark.parametrize(
    ("term", "value", "zh", "en"),
    [
        (Ratio(firm.rd_staff, firm.employees), Fraction(1, 10), "10%", "10%"),
        (firm.employees, 1, "1 人", "1 person"),
        (firm.registered_on, dt.date(2024, 2, 29).toordinal(), "2024年2月29日", "29 Feb 2024"),
        (Elapsed(firm.registered_on, "months"), 24, "24 个月", "24 months"),
        (Elapsed(firm.registered_on, "months"), 24 + Fraction(3, 32), "2 年 3 天", "2 years 3 days"),
        (Elapsed(firm.registered_on, "years"), Fraction(25, 12), "2 年 1 个月", "2 years 1 month"),
        (Most((firm.sales, firm.costs)), 10**10, "1 亿元", "¥100 million"),
        (incubator.site_area, 100, "100 平方米", "100 m²"),
    ],
)
def test_a_term_is_written_in_its_unit(term: Any, value: Any, zh: str, en: str):
    assert values.ranged((value, value), term) == Text(zh, en)


def test_a_value_that_nobody_told_is_not_shown_as_a_range():
    assert values.ranged((0, 10**17), firm.sales) == values.UNKNOWN
    assert values.ranged((0, 1), firm.resident) == values.UNKNOWN
    assert values.ranged((Fraction(0), Fraction(40)), Ratio(firm.rd_staff, firm.employees)) == values.UNKNOWN
    assert values.ranged((40, 60), firm.employees) == Text("40 人 至 60 人", "40 people to 60 people")


def test_amounts_by_year_are_one_phrase():
    (one,) = [each for each in rule_of("loss_ten_years").inputs if each is tax.unabsorbed_losses]
    assert values.told(one, {2024: 30_000_000, 2023: 20_000_000}).zh == "2023：20 万元；2024：30 万元"
