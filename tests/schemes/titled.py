"""For tests of titles: an application for gold mentors in any state, made directly in the tables."""

from __future__ import annotations

import datetime as dt

from fuhua.kernel import period, urn
from fuhua.parties.models import Party
from fuhua.schemes.models import Application, Call

NOON = period.noon(dt.date(2025, 6, 30))


def application(person: Party, issuer: Party, state: str = "awarded", kind: str = "gold_mentor") -> Application:
    """An application of the person to a call of its own."""
    call = Call.objects.create(urn=urn.new("call"), number=urn.new("call")[-32:], kind=kind, issuer=issuer, title="金牌导师遴选",
                               opens_at=NOON - dt.timedelta(days=40), closes_at=NOON - dt.timedelta(days=10), made_at=NOON,
                               state="concluded")
    return Application.objects.create(urn=urn.new("application"), number=urn.new("application")[-32:], call=call, applicant=person,
                                      lead=person, begun_at=NOON, saved_at=NOON, submitted_at=NOON, state=state)
