"""What tests of schemes share."""

from exchange.conftest import firm
from schemes.rounds import round_of

__all__ = ["firm", "round_of"]
