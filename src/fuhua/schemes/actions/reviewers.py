"""Who reviews which application: drawn by the sealed seed, replaced with as few moves as possible when somebody drops out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.db import transaction
from django.urls import reverse

from fuhua.desk.actions import clocks, notices
from fuhua.desk.models import Clock
from fuhua.desk.words import NoticeKind
from fuhua.evidence.actions import documents
from fuhua.evidence.actions.facts import record, record_many
from fuhua.evidence.words import Grade
from fuhua.kernel import period
from fuhua.schemes.facts.review import PanelDrawn, ReviewerReplaced
from fuhua.schemes.flow import APPLICATION
from fuhua.schemes.kinds.draw_record import written
from fuhua.schemes.kinds.drawing import BadDraw, Drawn
from fuhua.schemes.kinds.solvers import drawn
from fuhua.schemes.models import Application, Call, Draw, Review, Seat
from fuhua.schemes.queries.panels import Standing, seed_of, standing
from fuhua.schemes.queries.rounds import clocks_of, office_of


@transaction.atomic
def assign(*, call: Call, by: str, at: dt.datetime, again: Application | None = None) -> Draw | None:
    """Give every application the experts that it lacks; None when none lacks any. ``again``: a new panel for that application.

    The call is locked by the caller's action. Raises :class:`BadDraw` when no assignment keeps every limit.
    """
    seed = seed_of(call, call.draws.count() + 1)
    now = standing(call, seed, again.pk if again is not None else None)
    if not now.applications or len(now.reviews) == sum(now.round.coverage):
        return None
    found = drawn(now.round, seed)
    row = Draw.objects.create(
        call=call, seed=seed, worst=found.worst, total=found.total, proved=found.proved, moved=found.moved, made_at=at,
        certificate=documents.keep(written(now.round, found, seed), media_type="application/json", by=by, at=at))
    _give(now, found, at)
    record(PanelDrawn(subject=call.urn, applications=len(now.applications), worst=found.worst, total=found.total, proved=found.proved,
                      moved=found.moved), by=by, at=at, grade=Grade.SYSTEM, documents=[row.certificate])
    remind(call=call, at=at)
    return row


@transaction.atomic
def replace(*, call: Call, pairs: Collection[tuple[int, int]], state: str = "dropped", by: str, at: dt.datetime) -> int:
    """Take sealed reviews from seats (pairs of seat and application ids) and find others for them; returns how many were taken.

    Where nobody is left to take one, the application waits and the issuer is told to seat more.
    """
    taken = [each for each in Review.objects.select_for_update(of=("self",)).select_related("application", "seat__person").filter(
        application__in={application for _seat, application in pairs}, state__in=["asked", "scored"], revealed_at=None)
        if (each.seat_id, each.application_id) in pairs]
    if not taken:
        return 0
    Review.objects.filter(pk__in=[each.pk for each in taken]).update(state=state, marks={}, total=None, comment="")
    record_many([(ReviewerReplaced(subject=each.application.urn, person=each.seat.person.urn), period.day(at)) for each in taken],
                by=by, at=at, grade=Grade.SYSTEM)
    fill(call=call, by=by, at=at)
    return len(taken)


@transaction.atomic
def fill(*, call: Call, by: str, at: dt.datetime) -> Draw | None:
    """Assign what lacks; when that cannot be done, tell the issuer instead."""
    try:
        with transaction.atomic():
            found = assign(call=call, by=by, at=at)
    except BadDraw:
        notices.news(about=call.urn, title=call.title, url=reverse("schemes:panel", kwargs={"pk": call.pk}), at=at, to=call.issuer_id,
                     office=office_of(call))
        found = None
    remind(call=call, at=at)
    return found


def remind(*, call: Call, at: dt.datetime) -> None:
    """Each expert with reviews to hand in has a clock and one notice about the call; who has none left is not bothered."""
    waiting = dict(Seat.objects.filter(call=call, reviews__state="asked").values_list("pk", "person"))
    running = dict(Clock.objects.filter(about=call.urn, name__startswith="review.", stopped_at=None).values_list("name", "to"))
    due = period.add_working_days(period.day(at), clocks_of(call).review)
    said = {"about": call.urn, "title": call.title, "url": reverse("schemes:reviews"), "at": at}
    for seat, person in waiting.items():
        if _clock(seat) not in running:
            clocks.start(name=_clock(seat), due=due, to=person, answers_for=call.issuer_id, **said)
            notices.part(to=person, **said)
    for name in running.keys() - {_clock(seat) for seat in waiting}:
        clocks.stop(about=call.urn, name=name, at=at)
        notices.settle(about=call.urn, at=at, kinds=(NoticeKind.PART,), to=running[name])


def _clock(seat: int) -> str:
    return f"review.{seat}"


def _give(now: Standing, found: Drawn, at: dt.datetime) -> None:
    """Make the new reviews, drop the open ones that moved, and take eligible applications under review."""
    gone = [now.reviews[pair].pk for pair in now.round.kept - set(found.pairs)]
    Review.objects.filter(pk__in=gone).update(state="dropped")
    Review.objects.bulk_create([
        Review(application=now.applications[what], seat=now.seats[who], round=now.rounds[now.applications[what].pk], asked_at=at)
        for who, what in found.pairs if (who, what) not in now.reviews])
    for each in now.applications:
        if each.state == "eligible":
            each.state = APPLICATION.after(each.state, "review")
            each.save(update_fields=["state"])
