"""Where a holder stands, read from facts alone: what came in, what went out, what it holds for it, and what came back."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from fractions import Fraction

from fuhua.capital import facts
from fuhua.evidence.queries import told_of


@dataclass(frozen=True)
class Stake:
    """A share of ``venture`` (URN) that ``amount`` fen of a grant became on ``day``; later rounds dilute it, which nobody tells here."""

    venture: str
    share: Fraction
    amount: int
    day: dt.date
    digest: str


@dataclass(frozen=True)
class Position:
    """Fen ``paid_in`` and ``deployed`` (what grants became included), fen ``returned``, and the ``stakes`` held for grants."""

    paid_in: int
    deployed: int
    returned: int
    stakes: tuple[Stake, ...]


def position(urn: str, on: dt.date) -> Position:
    """The position of a fund, body or firm on a day; nothing is kept, every number is the sum of standing facts."""
    stakes = tuple(Stake(each.fact.venture, Fraction(int(each.fact.numerator), int(each.fact.denominator)), each.fact.amount,
                         each.true_from, each.digest) for each in told_of(urn, facts.StakeTaken, on=on))
    paid_in, deployed, returned = (sum(each.fact.amount for each in told_of(urn, kind, on=on))
                                   for kind in (facts.FundPaidIn, facts.FundDeployed, facts.GrantReturned))
    return Position(paid_in, deployed + sum(each.amount for each in stakes), returned, stakes)
