"""The panel of a call: people take a seat in its pool and leave it, and the draw gives every application its experts."""

from __future__ import annotations

import datetime as dt
import hashlib

from django.db import transaction

from fuhua.evidence.actions.facts import record
from fuhua.evidence.facts import BadFact
from fuhua.evidence.words import Grade
from fuhua.kernel.words import t
from fuhua.parties.models import Party
from fuhua.schemes.actions import barring, reviewers
from fuhua.schemes.actions.calls import held
from fuhua.schemes.facts.review import SeatLeft, SeatTaken
from fuhua.schemes.flow import CALL
from fuhua.schemes.models import Call, Draw, Seat

_POOL = ("open", "closed", "reviewing", "decided", "announced")


class BadPanel(BadFact):
    """The panel cannot be made like this; ``text`` says how to mend it."""


@transaction.atomic
def seat(
    *, call: Call, person: Party, most: int, by: str, at: dt.datetime, least: int = 0, senior: bool = False, house: Party | None = None,
) -> Seat:
    """Take the person into the pool, to read between ``least`` and ``most`` applications; who left may come back.

    Conflicts are computed at once, and applications that wait for an expert get one. Raises :class:`BadPanel`.
    """
    row = held(call)
    if row.state not in _POOL:
        raise BadPanel(t("评选已结束或尚未发布，不能调整专家组", "the call is over or not published yet; its panel cannot change"))
    if person.sort != "person":
        raise BadPanel(t("评审专家须是个人", "only a person sits on a panel"))
    if not 0 <= least <= most or not 1 <= most <= 200:
        raise BadPanel(t("评审量应为 1 至 200，且下限不超过上限", "let them read 1 to 200 applications, the least no more than the most"))
    if row.seats.filter(person=person, left_at=None).exists():
        raise BadPanel(t("{name}已在专家组中", "{name} sits already").format(name=person.name))
    found, _new = Seat.objects.update_or_create(call=row, person=person, defaults={
        "least": least, "most": most, "senior": senior, "house": house, "seated_at": at, "left_at": None})
    record(SeatTaken(subject=row.urn, person=person.urn, most=most, senior=senior), by=by, at=at, grade=Grade.SYSTEM)
    barring.close_conflicts(call=row, by=by, at=at)
    if row.draws.exists():
        reviewers.fill(call=row, by=by, at=at)
    return found


@transaction.atomic
def unseat(*, seat: Seat, by: str, at: dt.datetime) -> Seat:
    """Let the person leave the pool: what they handed in stays, what is open goes to others."""
    row = held(seat.call)
    found = Seat.objects.select_for_update(of=("self",)).select_related("person").get(pk=seat.pk)
    if found.left_at is not None:
        raise BadPanel(t("该专家已退出", "they have left already"))
    found.left_at = at
    found.save(update_fields=["left_at"])
    record(SeatLeft(subject=row.urn, person=found.person.urn), by=by, at=at, grade=Grade.SYSTEM)
    open_ones = found.reviews.filter(state="asked").values_list("seat", "application")
    reviewers.replace(call=row, pairs=set(open_ones), by=by, at=at)
    return found


@transaction.atomic
def draw(*, call: Call, by: str, at: dt.datetime) -> Draw:
    """Close the conflicts, open the sealed seed, and give every eligible application its experts: it is under review then.

    Raises :class:`BadPanel` when the seed is not the sealed one or nothing is left to assign, ``BadDraw`` when no assignment keeps
    every limit.
    """
    row = held(call)
    row.state = CALL.after(row.state, "draw")
    if hashlib.sha256(row.seed.encode()).hexdigest() != row.seal:
        raise BadPanel(t("随机种子与发布时封存的摘要不符，不能抽取", "the seed is not the one sealed at publishing"))
    barring.close_conflicts(call=row, by=by, at=at)
    found = reviewers.assign(call=row, by=by, at=at)
    if found is None:
        raise BadPanel(t("没有需要分配专家的申报", "no application lacks an expert"))
    row.save(update_fields=["state"])
    return found
