"""Which credentials an organisation holds, and which of those asked for it lacks on a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Max, QuerySet

from fuhua.exchange.models import Credential


@dataclass(frozen=True)
class Lack:
    """A credential (code) that is not there: ``expired`` on a day, or never held when None."""

    kind: str
    expired: dt.date | None


def held() -> QuerySet[Credential]:
    """Credentials that were not taken back, the one that holds longest first."""
    return Credential.objects.filter(ended_at=None).select_related("party", "checked_by").order_by("kind", "-expires", "pk")


def lacks(party: int, required: Collection[str], on: dt.date) -> list[Lack]:
    """Which of the ``required`` credentials the party (id) does not hold on a day; the day they expire still counts."""
    best = dict(Credential.objects.filter(party=party, kind__in=required, ended_at=None).values_list("kind").annotate(Max("expires")))
    return [Lack(kind, best.get(kind)) for kind in required if kind not in best or best[kind] < on]
