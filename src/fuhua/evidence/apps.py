"""Registers the evidence engine with Django."""

from fuhua.kernel.engine import Engine


class EvidenceConfig(Engine):
    """The evidence engine."""

    name = "fuhua.evidence"
    label = "evidence"
    default = True
