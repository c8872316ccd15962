"""Who brokers: the organisation where the first steward sits."""

from __future__ import annotations

from fuhua.parties.models import Party, Tie
from fuhua.parties.words import TieKind, TieState


def broker() -> Party | None:
    """The organisation with a steward, the one appointed first; None without any."""
    seats = Tie.objects.filter(kind=TieKind.EMPLOYS, office="steward", state=TieState.CONFIRMED, until=None)
    seat = seats.select_related("source").order_by("pk").first()
    return seat and seat.source
