"""Sessions of mentoring: told by one side and confirmed by the other, with notes, actions that are asked about once, and a rating."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.db import transaction

from fuhua.desk.actions import notices
from fuhua.evidence.actions import facts as evidence
from fuhua.evidence.actions.facts import record
from fuhua.evidence.facts import BadFact
from fuhua.evidence.words import Grade
from fuhua.exchange.actions import metering
from fuhua.exchange.actions.holding import locked
from fuhua.exchange.facts import mentoring as facts
from fuhua.exchange.flow import MENTORING
from fuhua.exchange.kinds.hours import minutes
from fuhua.exchange.models import ActionItem, Mentoring, MentorRating, Reservation, SessionNote
from fuhua.exchange.queries import mentoring as reads
from fuhua.exchange.queries import slots
from fuhua.exchange.words import ACTION_ANSWERS, MENTORED, MENTORING_SIDES
from fuhua.kernel import chores, period, urn
from fuhua.kernel.words import t

ASK_AFTER = 30  # days after which what was agreed is asked about, once (product default, measure 15: “actions asked once at 30 days”)
_BATCH = 500


class BadMentoring(BadFact):
    """The session cannot be told, confirmed, written in, answered or rated like this; ``text`` says how to mend it."""


@transaction.atomic
def tell(*, reservation: Reservation, side: str, person: int, by: str, at: dt.datetime) -> Mentoring:
    """``side`` says that the session took place; a slot that still runs is finished with it, as long as it was booked.

    The other side is asked to confirm; when it tells the same session meanwhile, that confirms it. What was denied may be told anew: the
    former word is voided. Raises :class:`BadMentoring` before the slot is over, for a slot that nobody came to, and when the mentor works
    for the organisation; ``WrongState`` when it is told already.
    """
    locked(reservation.resource_id)
    slot = Reservation.objects.select_for_update(of=("self",)).select_related(
        "resource__offer__owner", "organisation", "use").get(pk=reservation.pk)
    former = Mentoring.objects.select_for_update().filter(reservation=slot).first()
    if former is not None and former.state == "told" and former.told_side != side:
        return confirm(session=former, side=side, person=person, by=by, at=at)
    _require_over(slot, at)
    mentor = slot.resource.offer.owner
    if reads.works_for(mentor, slot.organisation):
        raise BadMentoring(t("导师在该单位任职，不能作为对外辅导登记", "the mentor works for this organisation; that is no mentoring"))
    if former is None:
        row = Mentoring(urn=urn.new("mentoring"), reservation=slot, mentor=mentor, mentee=slot.organisation)
    else:
        row, row.state = former, MENTORING.after(former.state, "tell")
        row.answered_by = row.answered_at = None
        evidence.void(row.digest, reason="untrue", by=by, at=at)
    used = slot.use if slot.state == "used" else metering.tell_minutes(
        reservation=slot, used=minutes((slot.start, slot.end)), meter=person, by=by, at=at)
    row.held_on, row.minutes = slots.day_there(slot.start, slot.resource), used.minutes
    row.told_side, row.told_by_id, row.told_at = side, person, at
    fact = facts.MentoringHeld(subject=row.mentor.urn, session=row.urn, mentee=row.mentee.urn, minutes=row.minutes)
    row.digest = record(fact, by=by, at=at, grade=Grade.DECLARED, true_from=row.held_on)
    row.save()
    to = slot.person_id if side == "mentor" else row.mentor_id
    said = t("确认辅导：{name}", "confirm the session: {name}").format(name=slot.resource.offer.title)
    notices.turn(about=row.urn, title=said, url=reads.url_of(slot), at=at, to=to)
    return row


def _require_over(slot: Reservation, at: dt.datetime) -> None:
    if slot.resource.offer.kind not in MENTORED or slot.resource.offer.owner is None:
        raise BadMentoring(t("只有导师时间可以登记辅导", "only a mentor’s hours are sessions"))
    if slot.state not in ("held", "running", "used"):
        raise BadMentoring(t("这次预约没有履行，不能登记辅导", "this booking came to nothing, so there was no session"))
    if slot.state != "used" and at < slot.end:
        raise BadMentoring(t("预约时段结束后再登记", "wait until the slot is over"))


@transaction.atomic
def confirm(*, session: Mentoring, side: str, person: int, by: str, at: dt.datetime) -> Mentoring:
    """The other side says so too: the fact rises to counterpart-confirmed and counts."""
    row = _answered(session, "confirm", side, person, at)
    evidence.confirm(row.digest, by=by, at=at)
    return row


@transaction.atomic
def deny(*, session: Mentoring, side: str, person: int, by: str, at: dt.datetime) -> Mentoring:
    """The other side says that there was no such session: the fact is contested and never counts."""
    row = _answered(session, "deny", side, person, at)
    evidence.contest(row.digest, reason="untrue", by=by, at=at)
    notices.news(about=row.urn, title=reads.title_of(row), url=reads.url_of(row.reservation), at=at, to=row.told_by_id)
    return row


def _answered(session: Mentoring, verb: str, side: str, person: int, at: dt.datetime) -> Mentoring:
    row = held(session)
    row.state = MENTORING.after(row.state, verb)
    if side == row.told_side or person == row.told_by_id:
        raise BadMentoring(t("须由对方确认，登记方不能代替", "the other side answers; whoever told it cannot do so for them"))
    row.answered_by_id, row.answered_at = person, at
    row.save()
    notices.settle(about=row.urn, at=at)
    return row


@transaction.atomic
def note(*, session: Mentoring, side: str, text: str, by: str, at: dt.datetime) -> SessionNote:
    """Keep one side's private note of the session, in place of what that side wrote before."""
    row = writable(session)
    if not text.strip():
        raise BadMentoring(t("请填写记录", "write something"))
    found, _new = SessionNote.objects.update_or_create(session=row, side=side, defaults={"text": text.strip()[:4_000], "at": at})
    written(row=row, part="note", by=by, at=at)
    return found


@transaction.atomic
def agree(*, session: Mentoring, owner: str, text: str, due: dt.date, by: str, at: dt.datetime) -> ActionItem:
    """Something is to be done by the side ``owner`` until the end of ``due``; it is asked about once, :data:`ASK_AFTER` days on."""
    row = writable(session)
    if owner not in MENTORING_SIDES or not text.strip():
        raise BadMentoring(t("请写明做什么、由谁做", "say what is to be done, and by whom"))
    if due < row.held_on:
        raise BadMentoring(t("期限不能早于辅导当天（{day}）", "it cannot be due before the session ({day})").format(day=row.held_on))
    made = ActionItem.objects.create(session=row, side=owner, text=text.strip()[:500], due=due, made_at=at)
    written(row=row, part="action", by=by, at=at)
    return made


@transaction.atomic
def answer(*, session: Mentoring, side: str, answers: Mapping[int, tuple[str, str]], by: str, at: dt.datetime) -> Mentoring:
    """``side`` answers for its actions: id → (a key of ``words.ACTION_ANSWERS``, a word). What is done stays done.

    Raises :class:`BadMentoring` for nothing, for the other side's actions, and for “not done” without a word.
    """
    row = writable(session)
    items = {each.pk: each for each in row.items.select_for_update().filter(side=side).exclude(answer="done")}
    if not answers or answers.keys() - items.keys():
        raise BadMentoring(t("请回答本方尚未完成的行动项", "answer actions of your own side that are not done yet"))
    for pk, (said, word) in answers.items():
        if said not in ACTION_ANSWERS:
            raise BadMentoring(t("请选择是否完成", "say whether it is done"))
        if said == "not_done" and not word.strip():
            raise BadMentoring(t("未完成的请写一句原因", "say in a word why it is not done"))
        each = items[pk]
        each.answer, each.word, each.answered_at = said, word.strip()[:500], at
        each.save(update_fields=["answer", "word", "answered_at"])
    if not any(each.answer == "" and each.asked_at for each in items.values()):
        notices.settle(about=reads.asked_about(row, side), at=at)
    done, every = row.items.filter(answer="done").count(), row.items.count()
    record(facts.ActionsAnswered(subject=row.mentor.urn, session=row.urn, done=done, open=every - done), by=by, at=at,
           grade=Grade.DECLARED)
    return row


def ask_due(*, by: str = "", at: dt.datetime) -> int:  # noqa: ARG001 - every chore takes who and when
    """Ask about actions agreed :data:`ASK_AFTER` days ago that nobody answered, each once however often this runs; returns how many."""
    due = period.end_of(period.day(at) - dt.timedelta(days=ASK_AFTER))
    rows = ActionItem.objects.filter(asked_at=None, answer="", made_at__lte=due).exclude(session__state="denied").order_by("session", "pk")
    sessions = Mentoring.objects.filter(pk__in=set(rows.values_list("session", flat=True)[:_BATCH])).order_by("pk")
    return chores.each(list(sessions), lambda session: _ask(session, due, at))


@transaction.atomic
def _ask(session: Mentoring, due: dt.datetime, at: dt.datetime) -> int:
    row = Mentoring.objects.select_for_update(of=("self",)).select_related("reservation__resource__offer").get(pk=session.pk)
    items = list(row.items.filter(asked_at=None, answer="", made_at__lte=due))
    for side in sorted({each.side for each in items}):
        to = row.mentor_id if side == "mentor" else row.reservation.person_id
        said = t("行动项回访：{name}", "what became of the actions: {name}").format(name=reads.title_of(row))
        notices.turn(about=reads.asked_about(row, side), title=said, url=reads.url_of(row.reservation), at=at, to=to)
    return row.items.filter(pk__in=[each.pk for each in items]).update(asked_at=at)


@transaction.atomic
def rate(*, session: Mentoring, points: int, person: int, by: str, at: dt.datetime) -> MentorRating:
    """The organisation gives 1 to 5 points, once, for a session that both sides confirmed."""
    row = held(session)
    if row.state != "confirmed":
        raise BadMentoring(t("双方确认后才能评价", "a session is rated once both sides confirmed it"))
    if not 1 <= points <= 5:
        raise BadMentoring(t("请打 1 至 5 分", "give 1 to 5 points"))
    if MentorRating.objects.filter(session=row).exists():
        raise BadMentoring(t("这次辅导已经评价过", "this session is rated already"))
    made = MentorRating.objects.create(session=row, points=points, person_id=person, at=at)
    record(facts.MentorRated(subject=row.urn), by=by, at=at, grade=Grade.SYSTEM, on_behalf=row.mentee.urn)
    return made


def held(session: Mentoring) -> Mentoring:
    """The session as it is now, locked until the transaction ends."""
    return Mentoring.objects.select_for_update(of=("self",)).select_related("mentor", "mentee", "reservation__resource__offer").get(
        pk=session.pk)


def writable(session: Mentoring) -> Mentoring:
    """The session, locked; raises :class:`BadMentoring` when the other side denied it."""
    row = held(session)
    if row.state == "denied":
        raise BadMentoring(t("对方不认可这次辅导，不能再记录", "the other side denied this session; nothing is written in it"))
    return row


@transaction.atomic
def written(*, row: Mentoring, part: str, by: str, at: dt.datetime) -> None:
    """Tell that something was written in the session, without what it says."""
    record(facts.MentoringWritten(subject=row.urn, part=part), by=by, at=at, grade=Grade.SYSTEM)
