"""What a founder opens to a mentor until a day, a briefing card and earlier advice; and the interest that a mentor discloses."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from fuhua.exchange.actions.mentoring import BadMentoring
from fuhua.exchange.actions.sealed import Rivals
from fuhua.exchange.models import Briefing, Reservation
from fuhua.exchange.queries import mentoring as reads
from fuhua.exchange.queries.conflicts import rivals
from fuhua.exchange.words import MENTORING_BRIEF, MENTORING_HISTORY, MENTORING_SHARED
from fuhua.kernel import period, urn
from fuhua.kernel.words import t
from fuhua.parties.actions import consents, ties
from fuhua.parties.models import Consent, Opening, Party, Tie
from fuhua.parties.queries import live_consents
from fuhua.parties.words import TieKind


@transaction.atomic
def brief(*, reservation: Reservation, text: str, until: dt.date, by: str, at: dt.datetime) -> Briefing:
    """Write a briefing card that the mentor of the booking, and nobody else, may open until the end of a day; openings are logged.

    One card at a time is open: raises :class:`BadMentoring` until the former is withdrawn or over, :class:`Rivals` for a rival. The
    fact is the consent's.
    """
    row, mentor = _booked(reservation)
    if not text.strip():
        raise BadMentoring(t("请写明想请导师看什么", "write what the mentor should know"))
    if reads.briefing_open(row, at) is not None:
        raise BadMentoring(t("已有一张背景卡在有效期内，请先撤回再写新的", "a card is open already; withdraw it before you write another"))
    name = urn.new("briefing")
    consent = consents.give(giver=row.organisation, reader=mentor, thing=name, purpose=MENTORING_BRIEF.zh, expires=period.end_of(until),
                            by=by, at=at)
    return Briefing.objects.create(urn=name, reservation=row, consent=consent, text=text.strip()[:4_000], at=at)


@transaction.atomic
def share(*, reservation: Reservation, until: dt.date, by: str, at: dt.datetime) -> Consent:
    """Let the mentor of the booking read the advice and actions of all sessions so far and to come, never a note, until a day."""
    row, mentor = _booked(reservation)
    live = live_consents(at).filter(giver=row.organisation, reader=mentor, thing=MENTORING_HISTORY)
    if live.exists():
        raise BadMentoring(t("已授权这位导师查阅，可在“查阅授权”中撤回",
                             "this mentor may read it already; you can withdraw it among your consents"))
    return consents.give(giver=row.organisation, reader=mentor, thing=MENTORING_HISTORY, purpose=MENTORING_SHARED.zh,
                         expires=period.end_of(until), by=by, at=at)


@transaction.atomic
def read(*, reservation: Reservation, what: str, person: Party, by: str, at: dt.datetime) -> Opening:
    """The mentor opens the card (``what`` is ``briefing``) or the earlier advice (``history``); that is logged for the founder to see."""
    row, _mentor = _booked(reservation)
    found = reads.briefing_open(row, at)
    consent = (found and found.consent) if what == "briefing" else reads.history_consent(row.organisation_id, person.pk, at)
    if consent is None or consent.reader_id != person.pk:
        raise BadMentoring(t("对方没有授权查阅，或授权已到期", "nothing is opened to you, or no longer"))
    return consents.open(consent, person=person, by=by, at=at)


@transaction.atomic
def disclose(*, reservation: Reservation, share: int | None, by: str, at: dt.datetime) -> Tie:
    """The mentor says that they invested in the organisation (``share`` in parts per million, if told).

    Shown on their bookings at once; once the organisation confirms the tie, the mentor is barred from its panels.
    """
    row, mentor = _booked(reservation)
    return ties.propose(kind=TieKind.INVESTS, source=mentor, target=row.organisation, side=mentor, share=share, by=by, at=at)


def _booked(reservation: Reservation) -> tuple[Reservation, Party]:
    """The booking, locked, with the mentor who answers for it; a rival is opened nothing."""
    row = Reservation.objects.select_for_update(of=("self",)).select_related("organisation", "resource__offer__owner").get(
        pk=reservation.pk)
    mentor = reads.mentor_of(row)
    if rivals(row.organisation_id, {mentor.pk, *reads.houses_of(mentor)}):
        raise Rivals
    return row, mentor
