"""Registers the capital engine with Django."""

from fuhua.kernel.engine import Engine


class CapitalConfig(Engine):
    """The capital engine."""

    name = "fuhua.capital"
    label = "capital"
    default = True
