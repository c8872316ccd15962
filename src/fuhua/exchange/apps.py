"""Registers the exchange engine with Django."""

from fuhua.kernel.engine import Engine


class ExchangeConfig(Engine):
    """The exchange engine."""

    name = "fuhua.exchange"
    label = "exchange"
    default = True
