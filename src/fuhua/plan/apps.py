"""Registers the plan engine with Django."""

from fuhua.evidence.proof.figure import INDICATORS
from fuhua.kernel.engine import Engine


class PlanConfig(Engine):
    """The plan engine."""

    name = "fuhua.plan"
    label = "plan"
    default = True

    def ready(self) -> None:
        """Import the declaring rooms, and every indicator file into the registry."""
        super().ready()
        INDICATORS.discover("fuhua.plan.indicators")
