"""Registers the desk engine with Django."""

from fuhua.kernel.engine import Engine


class DeskConfig(Engine):
    """The desk engine."""

    name = "fuhua.desk"
    label = "desk"
    default = True
