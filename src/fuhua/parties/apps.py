"""Registers the parties engine with Django."""

from fuhua.kernel.engine import Engine


class PartiesConfig(Engine):
    """The parties engine."""

    name = "fuhua.parties"
    label = "parties"
    default = True
