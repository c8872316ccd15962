"""Quantities: values with units and bounds are read, compared in one unit, and only for the same property."""

from __future__ import annotations

import math

import pytest

from fuhua.matching.ranking.quantities import Quantity, meets, quantities


def _one(text: str) -> Quantity:
    (found,) = quantities(text)
    return found


@pytest.mark.parametrize(
    ("text", "property", "low", "high", "strict"),
    [
        ("温度不高于10mK", "温度", -math.inf, 0.01, False),
        ("抗压强度≥20 MPa", "抗压强度", 2e7, math.inf, False),
        ("溫度不超過10mK", "温度", -math.inf, 0.01, False),
        ("噪声低于60dB", "噪声", -math.inf, 60, True),
        ("使用寿命超过3小时", "使用寿命", 10800, math.inf, True),
        ("精度达到5μm以内", "精度", -math.inf, 5e-6, False),
        ("厚度为1.2~1.4mm", "厚度", 1.2e-3, 1.4e-3, False),
        ("厚度80μm至1mm", "厚度", 8e-5, 1e-3, False),
        ("净化效率９５％以上", "净化效率", 95, math.inf, False),
        ("温度不得低于95°C", "温度", 95, math.inf, False),
        ("误差不能超过5%", "误差", -math.inf, 5, False),
        ("此外当反应温度低于250°C", "反应温度", -math.inf, 250, True),
        ("棚的最低温度升至3°C以上", "最低温度", 3, math.inf, False),
        ("钾肥总需求量的95%", "", 95, 95, False),
        ("转速：3000r/min", "转速", 3000, 3000, False),
    ],
)
def test_a_quantity_is_read_with_its_bound_and_property(text: str, property: str, low: float, high: float, strict: bool) -> None:
    found = _one(text)
    assert (found.property, found.strict) == (property, strict)
    assert (found.low, found.high) == (pytest.approx(low), pytest.approx(high))


@pytest.mark.parametrize(
    "text", ["误差±0.5mm", "GB7588-2003标准", "型号XA5m", "提高2倍", "流量5m3/h", "速度9kmx", "10mm~5s", "电阻不低于10⁶Ω"]
)
def test_tolerances_names_and_numbers_without_a_known_unit_are_left_out(text: str) -> None:
    assert list(quantities(text)) == []


@pytest.mark.parametrize(
    ("wanted", "had", "met"),
    [
        ("温度不高于10mK", "最低温度8mK", True),
        ("温度不高于10mK", "最低温度0.01K", True),
        ("温度不高于10mK", "最低温度12mK", False),
        ("温度低于10mK", "最低温度10mK", False),
        ("温度低于10mK", "温度低于10mK", True),
        ("强度不低于20MPa", "强度15~25MPa", False),
        ("强度不低于20MPa", "强度25MPa", True),
        ("强度超过20MPa", "强度20MPa", False),
        ("强度不低于20MPa", "压力25MPa", False),
        ("强度不低于20MPa", "强度25mPa", False),
        ("强度20MPa", "强度20MPa", False),
        ("强度不低于20MPa", "强度25mm", False),
        ("温度不得低于95°C", "温度20°C", False),
        ("最低温度不低于3°C", "温度升至90°C", False),
        ("蛋白质含量不超过10%", "粗纤维含量4.7%", False),
        ("需求量的70%以上", "需求量的95%", False),
    ],
)
def test_a_figure_satisfies_a_bound_on_the_same_property_in_the_same_unit(wanted: str, had: str, met: bool) -> None:
    assert meets(_one(wanted), _one(had)) is met
