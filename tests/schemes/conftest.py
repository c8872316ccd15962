"""What tests of schemes share."""

from schemes.rounds import round_of

__all__ = ["round_of"]
