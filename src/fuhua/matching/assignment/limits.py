"""How large an assignment may be."""

from __future__ import annotations

MOST_PLACES = 10_000  # people of one paper
