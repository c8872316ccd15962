"""Registers the front engine with Django."""

from fuhua.kernel.engine import Engine


class FrontConfig(Engine):
    """The front engine."""

    name = "fuhua.front"
    label = "front"
    default = True
