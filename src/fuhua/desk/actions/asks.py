"""Every verb of an ask: it is asked, looked at, owned, waited on, answered, confirmed, reopened, withdrawn."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.db.models import F
from django.urls import reverse

from fuhua.desk import facts
from fuhua.desk.actions import clocks, notices
from fuhua.desk.flow import ASK, TURN
from fuhua.desk.kinds.asks import ask_kinds
from fuhua.desk.models import Ask, Entry, Part, Series, titled
from fuhua.desk.words import AskKind, NoticeKind
from fuhua.evidence.actions.facts import record
from fuhua.evidence.facts import BadFact, Fact
from fuhua.evidence.words import Grade
from fuhua.kernel import period, urn
from fuhua.kernel.words import Text, t


class BadAsk(BadFact):
    """The ask cannot be made so; the text says what is missing."""


@transaction.atomic
def next_number(series: str) -> int:
    """The next number of a gap-free series, such as ``supervision.2026``; a rollback gives it back."""
    Series.objects.get_or_create(name=series)
    row = Series.objects.select_for_update().get(name=series)
    row.last = F("last") + 1
    row.save(update_fields=["last"])
    row.refresh_from_db()
    return row.last


def numbered(letters: str, series: str, at: dt.datetime, *, digits: int = 4) -> str:
    """The next number of a series that begins anew each year, as papers bear it: ``RW-2026-0007``."""
    year = period.day(at).year
    return f"{letters}-{year}-{next_number(f'{series}.{year}'):0{digits}d}"


@transaction.atomic
def ask(
    *, kind: str, title: str | Text, asker: int, asked: int, by: str, at: dt.datetime, body: str = "",
    asker_for: int | None = None, issuer: int | None = None, due: dt.date | None = None, co_units: Sequence[int] = (),
    about: str = "", about_url: str = "",
) -> Ask:
    """Put an ask to the organisation ``asked`` (party id); it has one working day to look at it.

    ``due`` defaults to the kind's working days; a supervision order must have ``issuer`` and ``due`` and gets a number.
    Each of ``co_units`` is asked to confirm its own part. Raises :class:`BadAsk`.
    """
    columns = titled(title)
    spec = _spec(kind, columns["title"], issuer, due)
    today = period.day(at)
    promised = due or period.add_working_days(today, spec.answer_days)
    number = next_number(f"supervision.{today.year}") if spec.order else None
    row = Ask.objects.create(
        urn=urn.new("ask"), kind=kind, **columns, body=body.strip(), asker_id=asker, asker_for_id=asker_for,
        asked_id=asked, handler_id=asked, issuer_id=issuer, order_year=today.year if number else None, order_no=number,
        about=about, about_url=about_url, asked_at=at, promised=promised,
    )
    Part.objects.bulk_create([Part(ask=row, organisation_id=unit) for unit in dict.fromkeys(co_units) if unit != asked])
    _told(row, "ask", facts.AskRaised(subject=row.urn, sort=kind, asked=row.asked.urn, due=promised, about=about,
                                      issuer=row.issuer.urn if row.issuer else ""), by=by, at=at)
    triage_due = min(period.add_working_days(today, spec.triage_days), promised)
    _start(row, "triage", triage_due, at=at)
    _pass_turn(row, at)
    for part in row.parts.all():
        notices.part(about=row.urn, title=row.said, url=_url(row), at=at, to=part.organisation_id, statutory=spec.statutory)
    return row


def _spec(kind: str, title: str, issuer: int | None, due: dt.date | None) -> AskKind:
    spec = ask_kinds().get(kind)
    if spec is None:
        raise BadAsk(t("没有这种事项：{kind}", "there is no such kind of ask: {kind}").format(kind=kind))
    if not title:
        raise BadAsk(t("请填写事项标题", "give the ask a title"))
    if spec.order and (issuer is None or due is None):
        raise BadAsk(t("督办单必须有签发单位和办理期限", "a supervision order needs an issuer and a deadline"))
    if not spec.order and issuer is not None:
        raise BadAsk(t("只有督办单才有签发单位", "only a supervision order has an issuer"))
    return spec


@transaction.atomic
def triage(*, ask: Ask, by: str, at: dt.datetime) -> Ask:
    """The handler looked at it and keeps it: the triage clock stops, the answer clock runs."""
    row = _step(ask, "triage")
    _to_answer_clock(row, at)
    return _moved(row, "triage", facts.AskTriaged(subject=row.urn, handler=row.handler.urn), by=by, at=at)


@transaction.atomic
def pass_on(*, ask: Ask, to: int, by: str, at: dt.datetime, text: str = "") -> Ask:
    """Let the organisation ``to`` (party id) handle it; the one first asked stays responsible, the deadline stands."""
    if to == ask.handler_id:
        raise BadAsk(t("该单位已在承办，请选择另一家单位", "it already handles the ask; choose another organisation"))
    row = _step(ask, "pass_on")
    row.handler_id, row.owner = to, None
    _to_answer_clock(row, at)
    return _moved(row, "pass_on", facts.AskPassedOn(subject=row.urn, handler=row.handler.urn), by=by, at=at, text=text)


@transaction.atomic
def own(*, ask: Ask, owner: int, by: str, at: dt.datetime) -> Ask:
    """The person ``owner`` (party id) takes it on; reminders go to that person from now on."""
    row = _step(ask, "own")
    row.owner_id = owner
    _to_answer_clock(row, at)
    return _moved(row, "own", facts.AskOwned(subject=row.urn, owner=row.owner.urn), by=by, at=at)


@transaction.atomic
def hand_back(*, ask: Ask, by: str, at: dt.datetime) -> Ask:
    """Undo taking it on: the handling organisation finds another owner."""
    row = _step(ask, "hand_back")
    row.owner = None
    _to_answer_clock(row, at)
    return _moved(row, "hand_back", facts.AskHandedBack(subject=row.urn, handler=row.handler.urn), by=by, at=at)


@transaction.atomic
def wait(*, ask: Ask, on: int, by: str, at: dt.datetime, text: str = "") -> Ask:
    """Wait for the party ``on`` (its id) to supply what ``text`` says; the clock stands still if that is the asker."""
    row = _step(ask, "wait")
    if on == row.owner_id:
        raise BadAsk(t("不能等待自己，请选择提出人或其他单位", "one cannot wait for oneself; choose the asker or another"))
    row.waiting_on_id = on
    if row.waits_on_asker:
        clocks.pause(about=row.urn, name="answer", at=at)
    return _moved(row, "wait", facts.AskWaited(subject=row.urn, on=row.waiting_on.urn), by=by, at=at, text=text)


@transaction.atomic
def resume(*, ask: Ask, by: str, at: dt.datetime, text: str = "") -> Ask:
    """What was waited for has come (or the owner goes on without it); the clock runs again."""
    row = _step(ask, "resume")
    row.waiting_on = None
    clock = clocks.go_on(about=row.urn, name="answer", at=at)
    return _moved(row, "resume", facts.AskResumed(subject=row.urn, due=clock.due), by=by, at=at, text=text)


@transaction.atomic
def answer(*, ask: Ask, answer: str, text: str, by: str, at: dt.datetime, because: str = "") -> Ask:
    """Answer: solved, explained, or ``cannot`` with a coded ``because``; the clock stops and the asker decides."""
    row = _step(ask, "answer")
    if not text.strip():
        raise BadAsk(t("请写明答复内容", "write the answer"))
    row.answer, row.because = answer, because
    fact = facts.AskAnswered(subject=row.urn, answer=answer, because=because)
    fact.check()
    clocks.stop(about=row.urn, name="answer", at=at)
    return _moved(row, "answer", fact, by=by, at=at, text=text)


@transaction.atomic
def confirm(*, ask: Ask, by: str, at: dt.datetime, text: str = "") -> Ask:
    """The asker holds it to be done."""
    row = _step(ask, "confirm")
    row.closed_at = at
    return _moved(row, "confirm", facts.AskConfirmed(subject=row.urn), by=by, at=at, text=text)


@transaction.atomic
def reopen(*, ask: Ask, reason: str, by: str, at: dt.datetime, text: str = "") -> Ask:
    """The asker does not accept the answer: the owner has the kind's working days once more."""
    row = _step(ask, "reopen")
    due = period.add_working_days(period.day(at), ask_kinds()[row.kind].answer_days)
    row.answer = row.because = ""
    row.closed_at = None
    fact = facts.AskReopened(subject=row.urn, reason=reason, due=due)
    fact.check()
    _start(row, "answer", due, at=at)
    return _moved(row, "reopen", fact, by=by, at=at, text=text)


@transaction.atomic
def withdraw(*, ask: Ask, by: str, at: dt.datetime, text: str = "") -> Ask:
    """The asker no longer asks; every clock stops and nobody is bothered further."""
    row = _step(ask, "withdraw")
    row.waiting_on, row.closed_at = None, at
    for name in ("triage", "answer"):
        clocks.stop(about=row.urn, name=name, at=at)
    moved = _moved(row, "withdraw", facts.AskWithdrawn(subject=row.urn), by=by, at=at, text=text)
    notices.settle(about=row.urn, at=at)
    return moved


@transaction.atomic
def confirm_part(*, part: Part, by: str, person: int, at: dt.datetime, note: str = "") -> Part:
    """A co-unit confirms its own part, once; raises :class:`BadAsk` when it already has."""
    row = Part.objects.select_for_update().select_related("ask", "organisation").get(pk=part.pk)
    if row.confirmed_at is not None:
        raise BadAsk(t("本单位部分已经确认", "this part is confirmed already"))
    row.confirmed_by_id, row.confirmed_at, row.note = person, at, note.strip()
    row.save(update_fields=["confirmed_by", "confirmed_at", "note"])
    notices.settle(about=row.ask.urn, at=at, kinds=(NoticeKind.PART,), to=row.organisation_id)
    _told(row.ask, "confirm_part", facts.PartConfirmed(subject=row.ask.urn, unit=row.organisation.urn), by=by, at=at,
          text=note)
    return row


@transaction.atomic
def unconfirm_part(*, part: Part, by: str, at: dt.datetime) -> Part:
    """Take the confirmation of one's own part back."""
    row = Part.objects.select_for_update().select_related("ask", "organisation").get(pk=part.pk)
    if row.confirmed_at is None:
        raise BadAsk(t("本单位部分尚未确认", "this part is not confirmed yet"))
    row.confirmed_by, row.confirmed_at = None, None
    row.save(update_fields=["confirmed_by", "confirmed_at"])
    notices.part(about=row.ask.urn, title=row.ask.said, url=_url(row.ask), at=at, to=row.organisation_id)
    _told(row.ask, "unconfirm_part", facts.PartUnconfirmed(subject=row.ask.urn, unit=row.organisation.urn), by=by, at=at)
    return row


def _step(ask: Ask, verb: str) -> Ask:
    """The ask, locked, in the state that ``verb`` leads to; raises ``WrongState``."""
    row = Ask.objects.select_for_update().get(pk=ask.pk)
    row.state = ASK.after(row.state, verb)
    return row


def _moved(row: Ask, verb: str, fact: Fact, *, by: str, at: dt.datetime, text: str = "") -> Ask:
    row.save()
    _told(row, verb, fact, by=by, at=at, text=text)
    _pass_turn(row, at)
    return row


def _told(row: Ask, verb: str, fact: Fact, *, by: str, at: dt.datetime, text: str = "") -> None:
    digest = record(fact, by=by, at=at, grade=Grade.SYSTEM)
    Entry.objects.create(ask=row, at=at, by=by, verb=verb, text=text.strip(), fact=digest)


def _to_answer_clock(row: Ask, at: dt.datetime) -> None:
    """Stop the triage clock, let the answer clock run, and let it remind whoever has the ask now."""
    if row.clock is None or row.clock.name == "triage":
        clocks.stop(about=row.urn, name="triage", at=at)
        _start(row, "answer", row.promised, at=at)
    else:
        clocks.hand_over(about=row.urn, name="answer", to=row.owner_id or row.handler_id)


def _start(row: Ask, name: str, due: dt.date, *, at: dt.datetime) -> None:
    row.clock = clocks.start(
        about=row.urn, name=name, title=row.said, url=_url(row), due=due, at=at, to=row.owner_id or row.handler_id,
        answers_for=row.asked_id, statutory=ask_kinds()[row.kind].statutory,
    )
    row.save(update_fields=["clock"])


def _pass_turn(row: Ask, at: dt.datetime) -> None:
    """Tell whoever must act next; when nobody must, what was told is settled."""
    whose = TURN[row.state]
    to = {"handler": row.handler_id, "owner": row.owner_id, "waiting_on": row.waiting_on_id,
          "asker": row.asker_id}.get(whose)
    if to is None:
        notices.settle(about=row.urn, at=at, kinds=(NoticeKind.TURN,))
    else:
        notices.turn(about=row.urn, title=row.said, url=_url(row), at=at, to=to,
                     statutory=ask_kinds()[row.kind].statutory)


def _url(row: Ask) -> str:
    return reverse("desk:ask", kwargs={"pk": row.pk})
