"""Registers the schemes engine with Django."""

from fuhua.kernel.engine import Engine


class SchemesConfig(Engine):
    """The schemes engine."""

    name = "fuhua.schemes"
    label = "schemes"
    default = True
