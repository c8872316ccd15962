"""Who serves a project: hand it over for good, or to a cover until a day; what waits in the steward's queue goes along."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from fuhua.desk.actions import asks, notices
from fuhua.desk.models import Ask
from fuhua.evidence.facts import BadFact
from fuhua.kernel import chores, period
from fuhua.kernel.words import t
from fuhua.parties.models import Party, Tie
from fuhua.parties.words import TieKind, TieState
from fuhua.schemes.actions.agreements import held, tell, title_of, url_of
from fuhua.schemes.actions.milestones import urn_of
from fuhua.schemes.facts import money as facts
from fuhua.schemes.models import Agreement, Barred, Handover

_QUEUED = ("owned", "waiting")


class BadHandover(BadFact):
    """The project cannot be handed over so; ``text`` says how to mend it."""


@transaction.atomic
def hand_over(
    *, agreement: Agreement, steward: Party, by: str, at: dt.datetime, why: str = "", until: dt.date | None = None,
) -> Handover:
    """Another steward serves the project from now on; with ``until`` only up to that day, as leave cover. Raises :class:`BadHandover`."""
    row = held(agreement)
    if row.state not in ("draft", "signed"):
        raise BadHandover(t("任务书已结束，无需交接", "the agreement is over; there is nothing to hand over"))
    _require(row, steward)
    if until is not None and until < period.day(at):
        raise BadHandover(t("代管截止日不能早于今天", "a cover ends no earlier than today"))
    Handover.objects.filter(agreement=row, until__isnull=False, returned_at=None).update(returned_at=at)
    return _hand(row, steward, why, until, by=by, at=at)


@transaction.atomic
def return_covers(*, at: dt.datetime) -> int:
    """Give every project whose cover has ended back to who had it before, in its issuer's name; returns how many went back."""
    over = Handover.objects.select_related("former").filter(until__lt=period.day(at), returned_at=None, former__isnull=False)
    return chores.each(over.order_by("pk"), lambda cover: _returned(cover, at))


def _returned(cover: Handover, at: dt.datetime) -> bool:
    row = held(cover.agreement)
    cover.returned_at = at
    cover.save(update_fields=["returned_at"])
    if row.steward_id != cover.steward_id or row.state not in ("draft", "signed") or row.verifier_id == cover.former_id:
        return False
    _hand(row, cover.former, "", None, by=row.issuer.urn, at=at)
    return True


def _hand(row: Agreement, steward: Party, why: str, until: dt.date | None, *, by: str, at: dt.datetime) -> Handover:
    former, row.steward = row.steward, steward
    row.save(update_fields=["steward"])
    made = Handover.objects.create(agreement=row, former=former, steward=steward, why=why.strip()[:300], until=until, at=at)
    moved = _queue(row, former, steward, by=by, at=at) if former else 0
    notices.news(about=row.urn, title=title_of(row), url=url_of(row), at=at, to=steward.pk)
    tell(facts.StewardSet(subject=row.urn, steward=steward.urn, cover=until is not None, asks=moved), by=by, at=at, behalf=row.issuer)
    return made


def _queue(row: Agreement, former: Party, steward: Party, *, by: str, at: dt.datetime) -> int:
    """Asks about the project that the former steward owns become the new one's; what is waited for is waited for still."""
    about = [row.urn, row.application.urn, row.party.urn, *(urn_of(each) for each in row.milestones.all())]
    houses = list(Tie.objects.filter(kind=TieKind.EMPLOYS, target=steward, state=TieState.CONFIRMED, until=None)
                  .exclude(office="").order_by("pk").values_list("source_id", flat=True))
    queue = list(Ask.objects.filter(about__in=about, owner=former, state__in=_QUEUED).order_by("pk"))
    for each in queue:
        waits = each.waiting_on_id if each.state == "waiting" else None
        ask = asks.resume(ask=each, by=by, at=at) if waits else each
        if houses and ask.handler_id not in houses:
            ask = asks.pass_on(ask=ask, to=houses[0], by=by, at=at)
        else:
            ask = asks.hand_back(ask=ask, by=by, at=at)
        ask = asks.own(ask=ask, owner=steward.pk, by=by, at=at)
        if waits and waits != steward.pk:
            asks.wait(ask=ask, on=waits, by=by, at=at)
    return len(queue)


def _require(row: Agreement, steward: Party) -> None:
    if steward.pk in (row.verifier_id, row.party_id):
        raise BadHandover(t("管家不能是考核人或承担单位", "the steward is neither the verifier nor who was awarded"))
    if steward.pk == row.steward_id:
        raise BadHandover(t("该人已是本项目管家", "they are the steward already"))
    if Barred.objects.filter(application=row.application_id, person=steward).exists():
        raise BadHandover(t("该人须回避本项目，请另选", "they must keep out of it; choose another"))
