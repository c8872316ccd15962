"""Slots to which nobody came: marked after the grace time, with a fee that may be appealed, waived, upheld and is then charged."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q

from fuhua.desk.actions import asks, notices
from fuhua.desk.models import Ask
from fuhua.desk.words import OPEN
from fuhua.evidence.actions.facts import record
from fuhua.evidence.words import Grade
from fuhua.exchange.actions import statements, waiting
from fuhua.exchange.actions.holding import BadSlot, rate_agreed
from fuhua.exchange.actions.reservations import end_with, stepped
from fuhua.exchange.facts import booking as facts
from fuhua.exchange.kinds.charging import part
from fuhua.exchange.kinds.hours import minutes
from fuhua.exchange.models import Closure, Fault, Reservation
from fuhua.exchange.queries import calendars
from fuhua.exchange.queries import slots as reads
from fuhua.exchange.words import MENTORED
from fuhua.kernel import chores, period
from fuhua.kernel.ui import formats
from fuhua.kernel.words import t

_BATCH = 500


def overdue(at: dt.datetime) -> list[Reservation]:
    """Slots that were still going on when the grace time was over, without anybody coming.

    As in NEMO the host's own people may stay away, and nobody is blamed while somebody uses the resource, or when it was used since,
    closed, or out of order. Whether a session of mentoring took place the two sides say themselves.
    """
    since = Reservation.objects.filter(resource=OuterRef("resource"), started_at__isnull=False).filter(
        Q(state="running") | Q(ended_at__gt=OuterRef("start")))
    closed = Closure.objects.filter(resource=OuterRef("resource"), start__lt=at, end__gt=OuterRef("start"))
    broken = Fault.objects.filter(resource=OuterRef("resource"), stops=True, since__lt=at, until__gt=OuterRef("start"))
    late = Q(pk=None)
    for minute in Reservation.objects.filter(state="held").exclude(grace=None).values_list("grace", flat=True).distinct():
        grace = dt.timedelta(minutes=minute)
        late |= Q(grace=minute, start__lte=at - grace, end__gt=F("start") + grace)
    rows = Reservation.objects.filter(late, state="held")
    rows = rows.exclude(resource__offer__kind__in=MENTORED).exclude(organisation=F("resource__offer__party")).select_related("resource")
    rows = rows.exclude(Exists(since)).exclude(Exists(closed)).exclude(Exists(broken))
    return list(rows.order_by("start")[:_BATCH])


@transaction.atomic
def miss(*, reservation: Reservation, by: str, at: dt.datetime) -> Reservation:
    """Nobody came in the grace time: the rest of the slot is free for others, and the fee of the rules agreed at booking is due."""
    row = stepped(reservation, "miss")
    if at < missed_from(row):
        raise BadSlot(t("{at} 之后仍未到场才能记为爽约", "it is a no-show when nobody came by {at}").format(
            at=formats.clock(reads.local(missed_from(row), row.resource))))
    same = row.organisation_id == row.resource.offer.party_id
    fee = 0 if same else part(rate_agreed(row).of(minutes((row.start, row.end))), row.miss_percent)
    end_with(row, because="absent", fee=fee, by=by, at=at)
    notices.news(about=row.urn, title=waiting.title_of(row), url=calendars.url_of(row), at=at, to=row.person_id)
    waiting.freed(row.resource, (at, row.end), at=at)
    return row


def missed_from(row: Reservation) -> dt.datetime:
    """When it is a no-show if nobody came: after the grace time of the rules, without one at the end of the slot."""
    return row.end if row.grace is None else row.start + dt.timedelta(minutes=row.grace)


@transaction.atomic
def appeal(*, reservation: Reservation, text: str, by: str, at: dt.datetime) -> Ask:
    """The user appeals against the fee: an ask to the host, and nothing is charged until it is decided."""
    row = _fee(reservation, "due")
    if row.appeal_until is None or period.day(at) > row.appeal_until:
        raise BadSlot(t("申诉期已过", "the time for appeals is over"))
    if not text.strip():
        raise BadSlot(t("请写明申诉理由", "say why"))
    made = asks.ask(kind="fee_appeal", title=waiting.title_of(row), body=text, asker=row.person_id, asker_for=row.organisation_id,
                    asked=row.resource.offer.party_id, about=row.urn, about_url=calendars.url_of(row), by=by, at=at)
    _decide(row, "appealed", by=by, at=at)
    return made


@transaction.atomic
def waive(*, reservation: Reservation, person: int, text: str, by: str, at: dt.datetime) -> Reservation:
    """The host lets the fee go; an open appeal is answered with it."""
    row = _fee(reservation, "due", "appealed")
    row.fee = 0
    _answer(row, "solved", person, text, by=by, at=at)
    _decide(row, "waived", by=by, at=at)
    return row


@transaction.atomic
def uphold(*, reservation: Reservation, person: int, text: str, by: str, at: dt.datetime) -> Reservation:
    """The host keeps the fee, saying why; it is charged now."""
    row = _fee(reservation, "appealed")
    if not text.strip():
        raise BadSlot(t("维持收费须说明理由", "say why the fee stands"))
    _answer(row, "explained", person, text, by=by, at=at)
    return _charged(row, by=by, at=at)


def charge_due(*, by: str, at: dt.datetime) -> int:
    """Charge the fees whose time for appeals has passed (safe to repeat); returns how many."""
    rows = Reservation.objects.filter(fee_state="due", appeal_until__lt=period.day(at)).order_by("pk")[:_BATCH]
    return chores.each(list(rows), lambda row: _charge(row, by=by, at=at))


@transaction.atomic
def _charge(reservation: Reservation, *, by: str, at: dt.datetime) -> bool:
    try:
        row = _fee(reservation, "due")
    except BadSlot:  # appealed or waived meanwhile
        return False
    _charged(row, by=by, at=at)
    return True


def _charged(row: Reservation, *, by: str, at: dt.datetime) -> Reservation:
    _decide(row, "charged", by=by, at=at)
    what = t("爽约费：{title}", "no-show fee: {title}") if row.state == "no_show" else t("晚取消费：{title}", "late cancellation: {title}")
    statements.draw_up(row, what.format(title=waiting.title_of(row)).zh, row.fee, at)
    return row


def _decide(row: Reservation, state: str, *, by: str, at: dt.datetime) -> None:
    row.fee_state = state
    row.save(update_fields=["fee", "fee_state"])
    record(facts.SlotFeeDecided(subject=row.urn, state=state, fee=row.fee), by=by, at=at, grade=Grade.SYSTEM,
           on_behalf=row.organisation.urn)
    notices.news(about=row.urn, title=waiting.title_of(row), url=calendars.url_of(row), at=at, to=row.person_id)


def _answer(row: Reservation, answer: str, person: int, text: str, *, by: str, at: dt.datetime) -> None:
    case = Ask.objects.filter(about=row.urn, kind="fee_appeal", state__in=OPEN).first()
    if case is not None:
        mine = case if case.state == "owned" else asks.own(ask=case, owner=person, by=by, at=at)
        asks.answer(ask=mine, answer=answer, text=text.strip() or t("已免除", "waived").zh, by=by, at=at)


def _fee(reservation: Reservation, *states: str) -> Reservation:
    rows = Reservation.objects.select_for_update(of=("self",)).select_related("resource__offer__party", "organisation")
    row = rows.get(pk=reservation.pk)
    if row.fee_state not in states:
        raise BadSlot(t("这笔费用当前不能这样处理，请刷新查看", "the fee cannot be handled so now; reload to see where it stands"))
    return row
