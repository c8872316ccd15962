"""Registers the journey engine with Django."""

from fuhua.kernel.engine import Engine


class JourneyConfig(Engine):
    """The journey engine."""

    name = "fuhua.journey"
    label = "journey"
    default = True
