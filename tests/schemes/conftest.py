"""What tests of schemes share."""

from exchange.conftest import firm
from schemes.pooling import pool
from schemes.rounds import round_of

__all__ = ["firm", "pool", "round_of"]
