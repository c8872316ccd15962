"""The same rule in OpenFisca's own idiom: variables with formulas over numpy arrays, verdict and score only."""

from __future__ import annotations

from typing import Any

import numpy as np

from benchmarks.policy.ventures import DIRECT, INPUTS, OF_COSTS, OF_SALES, OFFENCES, STAFF, Columns

try:
    from openfisca_core import periods
    from openfisca_core.entities import build_entity
    from openfisca_core.simulation_builder import SimulationBuilder
    from openfisca_core.taxbenefitsystems import TaxBenefitSystem
    from openfisca_core.variables import Variable
except ModuleNotFoundError:  # it is in the group of peers, which a plain set-up does not install
    build_entity = None

INSTALL = "uv run --group peers python -m benchmarks.policy"
PERIOD = "2025"
AMOUNTS = ("sales", "costs", "assets", "rd")


def installed() -> bool:
    """Whether OpenFisca is there."""
    return build_entity is not None


def system() -> Any:
    """The tax and benefit system with the inputs and five formulas; amounts in yuan as floats, as OpenFisca keeps money."""
    entity = build_entity(key="venture", plural="ventures", label="A venture", is_person=True)
    found = TaxBenefitSystem([entity])

    def variable(name: str, kind: type, formula: Any = None) -> None:
        body = {"value_type": kind, "entity": entity, "definition_period": periods.DateUnit.YEAR, "label": name}
        found.add_variable(type(name, (Variable,), body | ({"formula": formula} if formula else {})))

    for name, one in INPUTS.items():
        variable(name, float if name in AMOUNTS else bool if one.kind in ("yes_no", "listing") else int)
    variable("staff_points", int, lambda venture, period: _banded(venture, period, "rd_staff", "employees", STAFF, (20, 16, 12, 8, 4)))
    variable("rd_points", int, _rd_points)
    variable("rights_points", int, _rights_points)
    variable("score", int, lambda venture, period: sum(venture(name, period) for name in ("staff_points", "rd_points", "rights_points")))
    variable("eligible", bool, _eligible)
    return found


def _banded(venture: Any, period: Any, above: str, below: str, edges: tuple[int, ...], points: tuple[int, ...]) -> np.ndarray:
    num, den = venture(above, period), venture(below, period)
    ratio = np.divide(num, den, out=np.zeros(len(num), np.result_type(num, den, np.float32)), where=den > 0)
    return np.select([ratio >= edge / 100 for edge in edges], points, 0)


def _rd_points(venture: Any, period: Any) -> np.ndarray:
    points = (50, 40, 30, 20, 10)
    return np.maximum(_banded(venture, period, "rd", "sales", OF_SALES, points), _banded(venture, period, "rd", "costs", OF_COSTS, points))


def _rights_points(venture: Any, period: Any) -> np.ndarray:
    return np.maximum(30 * (venture("class_1", period) >= 1), 6 * np.minimum(venture("class_2", period), 4))


def _eligible(venture: Any, period: Any) -> np.ndarray:
    small = (venture("employees", period) <= 500) * (venture("sales", period) <= 2e8) * (venture("assets", period) <= 2e8)
    clean = venture("resident_enterprise", period) * np.logical_not(sum(venture(name, period) for name in OFFENCES))
    direct = sum(venture(name, period) for name in DIRECT) > 0
    return small * clean * (direct + (venture("score", period) >= 60) * (venture("staff_points", period) > 0))


def simulation(columns: Columns) -> Any:
    """A simulation with every input set; a gap becomes 0 or False, which is all that OpenFisca can say of it."""
    count = len(columns["employees"])
    found = SimulationBuilder().build_default_simulation(system(), count)
    for name, column in columns.items():
        known = np.where(column == np.iinfo(column.dtype).min, 0, column)
        found.set_input(name, PERIOD, known / 100 if name in AMOUNTS else known.astype(bool) if column.dtype == np.int8 else known)
    return found
