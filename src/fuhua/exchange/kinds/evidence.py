"""What fields say for or against an offer, as log odds: one that holds tells the more, the fewer of the other offers hold it."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from fuhua.exchange.kinds.fitting import comparisons
from fuhua.exchange.kinds.spec import Kind

MISSED = 0.2  # how often an offer that is worth a look misses a soft field all the same
EXPECTED, LIKELY = 2, 0.1  # offers of a kind that are expected to do before anything is known of them, at most such a share
# What is thought of a field until other offers are known, as if so many were: a hard field is held by one in ten, a soft one by half.
OTHERS, HARD, SOFT = 4, 0.1, 0.5


class Evidence:
    """The ``offers`` of a kind (by key, their stored specs) held against the spec of a need.

    Bayes' rule with every field by itself. An offer that holds a field which the share *s* of the others holds is the likelier by
    ``(1 - MISSED (1 - s)) / s``, one that misses it by ``MISSED``, one that does not tell it by nothing: the eighth millikelvin tells
    much where few cool so far, and a licence that everybody gives tells nothing. Reasons of a kind's own (``judge``) warn and do not count.
    """

    def __init__(self, kind: Kind, need: Mapping[str, Any], offers: Mapping[int, Mapping[str, Any]]) -> None:
        asked = tuple(field for field in kind.fields if field.fits and need.get(field.name) not in (None, "", []))
        self._kind, self._need = replace(kind, fields=asked), need
        self._told = {key: list(comparisons(self._kind, need, spec)) for key, spec in offers.items()}
        self._hold = Counter(field.name for told in self._told.values() for field, _given, holds in told if holds)

    def retell(self, offers: Mapping[int, Mapping[str, Any]]) -> None:
        """Hold these offers by other specs than they state; how rare a field is stays as stated."""
        self._told |= {key: list(comparisons(self._kind, self._need, spec)) for key, spec in offers.items()}

    @property
    def floor(self) -> float:
        """Log odds before anything is known: two offers of the kind are expected to do, at best one in ten of them."""
        chance = min(LIKELY, EXPECTED / max(len(self._told), 1))
        return math.log(chance / (1 - chance))

    def possible(self, key: int) -> bool:
        """Whether no hard field is missed; always so for an offer of another kind."""
        return not any(field.hard and holds is False for field, _given, holds in self._told.get(key, ()))

    def odds(self, key: int) -> float | None:
        """What all fields together add to the log odds; None for an offer of another kind."""
        if key not in self._told:
            return None
        return sum(self._one(field.name, field.hard, holds) for field, _given, holds in self._told[key] if holds is not None)

    def _one(self, name: str, hard: bool, holds: bool) -> float:
        if not holds:
            return math.log(MISSED)
        share = (self._hold[name] - 1 + OTHERS * (HARD if hard else SOFT)) / (len(self._told) - 1 + OTHERS)
        return math.log((1 - MISSED * (1 - share)) / share)
