"""Registers the plan engine with Django."""

from fuhua.kernel.engine import Engine


class PlanConfig(Engine):
    """The plan engine."""

    name = "fuhua.plan"
    label = "plan"
    default = True
