"""Reads of mentoring: a booking's session as each side may see it, earlier advice under consent, interests, and how a mentor stands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet, Sum
from django.urls import reverse

from fuhua.exchange.models import ActionItem, Advice, Briefing, Clash, Mentoring, MentorRating, Reservation
from fuhua.exchange.words import MENTORING_HISTORY, MENTORING_STATES, MENTORING_YOURS
from fuhua.kernel.words import Text
from fuhua.parties.models import Consent, Party, Tie
from fuhua.parties.queries import READING, live_consents, mine
from fuhua.parties.queries.conflicts import Conflict, conflicts
from fuhua.parties.words import TieKind, TieState

LEAST_RATERS = 5  # organisations; below that a mean would tell who said what (product default, measure 15)
_EARLIER = 50  # sessions that are shown as earlier ones


# --- who the two are ---


def bookings() -> QuerySet[Reservation]:
    """Every booking with the mentor, the organisation and the session, for access rules to narrow."""
    return Reservation.objects.select_related("resource__offer__party", "resource__offer__owner", "organisation", "person",
                                              "mentoring__mentor", "mentoring__mentee", "mentoring__told_by")


def session_of(row: Reservation) -> Mentoring | None:
    """The session that was told of a booking."""
    return getattr(row, "mentoring", None)


def mentor_of(row: Reservation) -> Party:
    """Whose time it is: the mentor of the session, before there is one whoever answers for the offer."""
    session = session_of(row)
    return session.mentor if session is not None else row.resource.offer.owner


def side_of(who: Any, row: Reservation) -> str:
    """On which side the reader stands: ``mentor`` or ``venture``."""
    return "mentor" if mentor_of(row).pk == who.party_id else "venture"


def houses_of(person: Party) -> set[int]:
    """Ids of the organisations that employ a person now."""
    return set(_employed(person).values_list("source", flat=True))


def works_for(person: Party, house: Party) -> bool:
    """Whether the organisation employs the person now."""
    return _employed(person).filter(source=house).exists()


def _employed(person: Party) -> QuerySet[Tie]:
    return Tie.objects.filter(kind=TieKind.EMPLOYS, target=person, state=TieState.CONFIRMED, until=None)


def url_of(row: Reservation) -> str:
    """The page of a booking's session."""
    return reverse("exchange:mentoring", kwargs={"pk": row.pk})


def title_of(session: Mentoring) -> str:
    """How notices call the session."""
    return session.reservation.resource.offer.title


def state_said(session: Mentoring, side: str) -> Text:
    """How the session stands, in the words for that side (blank: of neither)."""
    yours = session.state == "told" and side and side != session.told_side
    return MENTORING_YOURS if yours else MENTORING_STATES[session.state]


def asked_about(session: Mentoring, side: str) -> str:
    """What the question to one side is about, so that the answer of one never silences the other."""
    return f"{session.urn}.{side}"


# --- what one opened to the other ---


def briefings(row: Reservation) -> list[Briefing]:
    """Every card of a booking with its consent and openings, newest first."""
    opened = Prefetch("consent", mine.consents(Consent.objects.all()))
    return list(row.briefings.prefetch_related(opened).order_by("-pk"))


def briefing_open(row: Reservation, at: dt.datetime) -> Briefing | None:
    """The card that the mentor may open now; what was given to another, who answered for the offer before, stays theirs."""
    rows = row.briefings.filter(consent__in=live_consents(at), consent__reader=mentor_of(row))
    return rows.select_related("consent").order_by("-pk").first()


def history_consent(mentee: int, mentor: int, at: dt.datetime) -> Consent | None:
    """The consent under which the mentor may read the organisation's earlier advice now."""
    return live_consents(at).filter(giver=mentee, reader=mentor, thing=MENTORING_HISTORY).order_by("-expires").first()


def opened(consent: Consent | None, person: int, at: dt.datetime) -> bool:
    """Whether the person has logged an opening that still lasts."""
    return consent is not None and consent.openings.filter(by=person, at__gt=at - READING).exists()


# --- sessions and what was said in them ---


def sessions() -> QuerySet[Mentoring]:
    """Every session with its two parties, and how many actions were agreed, are done and are not, for access rules to narrow."""
    return Mentoring.objects.select_related("mentor", "mentee", "reservation__resource").annotate(
        agreed=Count("items"), done=Count("items", filter=Q(items__answer="done")))


@dataclass(frozen=True)
class Said:
    """What the reader may see beside the session itself: earlier sessions, all advice on the page, and contradictions in it."""

    earlier: list[Mentoring]
    advice: list[Advice]
    clashes: list[Clash]


def said(row: Reservation, side: str, history: bool) -> Said:
    """The organisation sees every session of its own; a mentor their own, and with ``history`` opened those of others; no notes."""
    rows = Mentoring.objects.filter(mentee=row.organisation_id).exclude(state="denied")
    if side == "mentor" and not history:
        rows = rows.filter(mentor=mentor_of(row))
    advice = Prefetch("advice", Advice.objects.select_related("person").order_by("pk"))
    items = Prefetch("items", ActionItem.objects.order_by("due", "pk"))
    found = list(rows.select_related("mentor").prefetch_related(advice, items).order_by("-held_on", "-pk")[:_EARLIER])
    seen = {each.pk: each for session in found for each in session.advice.all()}
    clashes = list(Clash.objects.filter(first__in=seen, second__in=seen).select_related("person", "chosen_by").order_by("pk"))
    for each in clashes:  # as they were read, with their sessions and authors
        each.first, each.second = seen[each.first_id], seen[each.second_id]
    return Said([each for each in found if each.reservation_id != row.pk], list(seen.values()), clashes)


# --- interests ---


def interests(mentor: Party, mentee: Party, on: dt.date) -> tuple[Conflict | None, list[Tie]]:
    """What ties the mentor to the organisation beside mentoring: the shortest confirmed path, and what is only told by one side yet."""
    found = conflicts({mentor.pk}, {0: {mentee.pk}}, on).get((mentor.pk, 0))
    told = Tie.objects.filter(source=mentor, target=mentee, kind__in=(TieKind.INVESTS, TieKind.OWNS), state=TieState.PROPOSED)
    return (found if found is not None and found.why != "mentoring" else None), list(told.order_by("pk"))


# --- how mentors stand ---


@dataclass(frozen=True)
class MentorStanding:
    """What everybody may know of a mentor: counts, and the mean of the ratings once :data:`LEAST_RATERS` organisations rated."""

    sessions: int = 0
    mentees: int = 0
    raters: int = 0
    mean: Fraction | None = None
    last: dt.date | None = None

    @property
    def points(self) -> str:
        """The mean to one decimal, blank while there is none."""
        return "" if self.mean is None else f"{float(self.mean):.1f}"


def standings(mentors: Collection[int]) -> dict[int, MentorStanding]:
    """Mentor (party id) → how they stand by sessions that both sides confirmed; two queries."""
    held: dict[int, list[Any]] = {}
    rows = Mentoring.objects.filter(mentor__in=mentors, state="confirmed").order_by()
    for mentor, mentee, day in rows.values_list("mentor", "mentee", "held_on"):
        held.setdefault(mentor, []).append((mentee, day))
    rated = {row["session__mentor"]: row for row in MentorRating.objects.filter(session__mentor__in=mentors).order_by().values(
        "session__mentor").annotate(raters=Count("session__mentee", distinct=True), count=Count("pk"), total=Sum("points"))}
    found = {}
    for mentor, days in held.items():
        row = rated.get(mentor)
        mean = Fraction(row["total"], row["count"]) if row and row["raters"] >= LEAST_RATERS else None
        found[mentor] = MentorStanding(len(days), len({mentee for mentee, _day in days}), row["raters"] if row else 0, mean,
                                       max(day for _mentee, day in days))
    return found
