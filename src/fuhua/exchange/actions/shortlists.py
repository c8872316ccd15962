"""The shortlist of a need: at most five offers chosen by its broker with reasons, by when, and what was found irrelevant."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.urls import reverse

from fuhua.desk.actions import clocks, notices
from fuhua.evidence.actions.facts import record
from fuhua.evidence.facts import BadFact
from fuhua.evidence.words import Grade
from fuhua.exchange.facts import brokered as facts
from fuhua.exchange.flow import OCCUPYING
from fuhua.exchange.kinds.listings import listing_kinds
from fuhua.exchange.kinds.spec import Reason
from fuhua.exchange.models import Brokering, Feedback, Introduction, Listing, Reservation, Shortlisted
from fuhua.exchange.models.brokered import SHORTLIST
from fuhua.exchange.queries.brokers import broker
from fuhua.exchange.words import IRRELEVANT, LIVE, NEED, OFFER
from fuhua.kernel import period
from fuhua.kernel.words import t

BROKER_CLOCK = "broker"
BROKERS = "steward"  # the office that has what nobody has taken


class BadShortlist(BadFact):
    """The shortlist cannot be made so; ``text`` says how to mend it."""


@dataclass(frozen=True)
class Choice:
    """An offer for the shortlist: the matcher's ``score`` (0 to 1) and reasons, or, added by hand, a ``note`` saying why."""

    offer: Listing
    reasons: Sequence[Reason] = ()
    score: float | None = None
    note: str = ""


def await_broker(need: Listing, *, at: dt.datetime) -> None:
    """The need's broker, or whoever of the brokers takes it, has the kind's working days to make its shortlist.

    A clock that runs goes on, and a need with a shortlist or a booking waits for nobody; without any broker on the register nobody is
    reminded.
    """
    house = broker()
    served = Shortlisted.objects.filter(need=need).exists() or Reservation.objects.filter(need=need, state__in=OCCUPYING).exists()
    if house is None or served or clocks.runs(about=need.urn, name=BROKER_CLOCK):
        return
    taken = broker_of(need)
    due = period.add_working_days(period.day(at), listing_kinds()[need.kind].clocks.answer)
    clocks.start(about=need.urn, name=BROKER_CLOCK, title=need.title, url=url_of(need), due=due, at=at, to=taken or house.pk,
                 office="" if taken else BROKERS, answers_for=house.pk)


def brokers_turn(need: Listing, *, about: str, title: str, url: str, at: dt.datetime) -> None:
    """Tell the need's broker, or all brokers while nobody has taken it, that it is their turn."""
    taken = broker_of(need)
    notices.turn(about=about, title=title, url=url, at=at, to=taken, office="" if taken else BROKERS)


def broker_of(need: Listing) -> int | None:
    """The party id of whoever brokers the need."""
    return Brokering.objects.filter(need=need).values_list("broker_id", flat=True).first()


@transaction.atomic
def choose(*, need: Listing, chosen: Sequence[Choice], person: int, by: str, at: dt.datetime) -> list[Shortlisted]:
    """Make ``chosen`` the need's shortlist, best first; none at all says that nothing fits. Introductions under way stay.

    Raises :class:`BadShortlist` for more than five, for a draft, and for an offer that cannot be shown to this need.
    """
    row = Listing.objects.select_for_update().get(pk=need.pk)
    if row.side != NEED or row.state not in LIVE:
        raise BadShortlist(t("只有已开放的需求才能形成候选名单，请先补齐并开放", "only an open need has a shortlist; qualify it first"))
    if len(chosen) > SHORTLIST:
        raise BadShortlist(t("最多选 {most} 项（选了 {n} 项），请减少", "at most {most} may be chosen ({n} were); choose fewer")
                           .format(most=SHORTLIST, n=len(chosen)))
    for choice in chosen:
        _require(row, choice)
    kept = set(Introduction.objects.filter(need=row).exclude(state="declined").values_list("offer_id", flat=True))
    if missing := kept - {choice.offer.pk for choice in chosen}:
        raise BadShortlist(t("{n} 项供给正在对接，不能移出名单，请先结束对接", "{n} offers are being introduced; end that first")
                           .format(n=len(missing)))
    Shortlisted.objects.filter(need=row).delete()
    made = Shortlisted.objects.bulk_create([
        Shortlisted(need=row, offer=choice.offer, rank=rank, by_id=person, at=at, note=choice.note.strip()[:500],
                    score=None if choice.score is None else round(choice.score * 1_000_000), reasons=_kept(choice.reasons))
        for rank, choice in enumerate(chosen, 1)])
    clocks.stop(about=row.urn, name=BROKER_CLOCK, at=at)
    notices.turn(about=row.urn, title=row.title, url=url_of(row), at=at, to=row.owner_id)
    record(facts.NeedShortlisted(subject=row.urn, count=len(made)), by=by, at=at, grade=Grade.SYSTEM)
    return made


def _require(need: Listing, choice: Choice) -> None:
    offer = choice.offer
    if offer.side != OFFER or offer.state not in LIVE:
        raise BadShortlist(t("“{title}”已不再开放，请换一项", "“{title}” is no longer open; choose another").format(title=offer.title))
    if offer.party_id == need.party_id:
        raise BadShortlist(t("不能向需求单位推荐它自己的供给", "an organisation is not shown its own offer"))
    if choice.score is None and not choice.note.strip():
        raise BadShortlist(t("手工加入的供给请写明推荐理由", "say why an offer is added by hand"))


def _kept(reasons: Iterable[Reason]) -> list[Mapping[str, Any]]:
    return [{"holds": reason.holds, "field": reason.field, "zh": reason.text.zh, "en": reason.text.en} for reason in reasons]


@transaction.atomic
def irrelevant(*, need: Listing, offer: Listing, reason: str, person: int, by: str, at: dt.datetime) -> Feedback:
    """Say that the offer is not relevant to the need; it leaves the shortlist and is not proposed again."""
    if reason not in IRRELEVANT:
        raise BadShortlist(t("请选择不相关的原因", "choose why it is not relevant"))
    if Introduction.objects.filter(need=need, offer=offer).exclude(state="declined").exists():
        raise BadShortlist(t("双方正在对接，请在对接页面说明原因并结束", "they are being introduced; end that on its page, saying why"))
    row, _new = Feedback.objects.update_or_create(need=need, offer=offer, defaults={"reason": reason, "by_id": person, "at": at})
    Shortlisted.objects.filter(need=need, offer=offer).delete()
    record(facts.OfferFoundIrrelevant(subject=need.urn, offer=offer.urn, reason=reason), by=by, at=at, grade=Grade.SYSTEM)
    return row


@transaction.atomic
def relevant(*, need: Listing, offer: Listing, by: str, at: dt.datetime) -> None:  # noqa: ARG001 - every action says who and when
    """Take that back: the offer may be proposed again."""
    Feedback.objects.filter(need=need, offer=offer).delete()


def url_of(need: Listing) -> str:
    """The page on which a need is matched."""
    return reverse("exchange:shortlist", kwargs={"pk": need.pk})
