"""Every verb of an introduction until the two have met: asked, answered by both, lapsed to the broker, met, or “no, because”."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.urls import reverse

from fuhua.desk.actions import clocks, notices
from fuhua.evidence.actions.facts import record
from fuhua.evidence.facts import BadFact, Fact
from fuhua.evidence.words import Grade
from fuhua.exchange.actions import deals, listings, shortlists
from fuhua.exchange.facts import brokered as facts
from fuhua.exchange.flow import INTRODUCTION
from fuhua.exchange.kinds.closing import closings
from fuhua.exchange.kinds.listings import listing_kinds
from fuhua.exchange.models import Deal, Introduction, Listing, Shortlisted, Side
from fuhua.exchange.queries.conflicts import rivals
from fuhua.exchange.words import CLOSINGS, LIVE, NEED, OFFER
from fuhua.kernel import period, urn
from fuhua.kernel.words import Text, t
from fuhua.parties.actions import consents
from fuhua.parties.models import Consent

ANSWER_CLOCK, DECIDE_CLOCK = "introduction", "decide"
_YEAR = dt.timedelta(days=365)


class BadIntroduction(BadFact):
    """The introduction cannot be made or moved so; ``text`` says how to mend it."""


@transaction.atomic
def ask(
    *, need: Listing, offer: Listing, person: int, by: str, at: dt.datetime, willing: str = "", event: str = "",
    meets: dt.date | None = None,
) -> Introduction:
    """Ask both sides whether they want to meet; each has the kind's working days. The side that asks (``willing``) has said yes.

    ``event`` and ``meets``: where and when they met already, or are to meet. Raises :class:`BadIntroduction`.
    """
    rows = Listing.objects.select_for_update(of=("self",)).select_related("party", "owner").in_bulk([need.pk, offer.pk])
    need, offer = rows[need.pk], rows[offer.pk]
    _require(need, offer)
    if meets is not None and not period.day(at) - _YEAR <= meets <= period.day(at) + _YEAR:
        raise BadIntroduction(t("会面日期与今天相差不超过一年", "they met, or are to meet, within a year of today"))
    try:
        with transaction.atomic():
            made = Introduction.objects.create(urn=urn.new("introduction"), need=need, offer=offer, state=INTRODUCTION.initial,
                                               event=event.strip()[:200], meets=meets, asked_by_id=person, asked_at=at)
    except IntegrityError as wrong:
        raise BadIntroduction(t("双方已在对接，请在对接页面继续", "they are being introduced already; go on there")) from wrong
    due = period.add_working_days(period.day(at), listing_kinds()[need.kind].clocks.answer)
    for side, listing in ((NEED, need), (OFFER, offer)):
        row = Side.objects.create(introduction=made, side=side, urn=urn.new("side"), party=listing.party, person=listing.owner,
                                  asked_at=at, due=due, answer="yes" if side == willing else "",
                                  answered_at=at if side == willing else None)
        if side != willing:
            _ask_side(row, due, at)
    _tell(made, facts.IntroductionAsked(subject=made.urn, need=need.urn, offer=offer.urn, due=due), by=by, at=at)
    return made


def _require(need: Listing, offer: Listing) -> None:
    if need.side != NEED or offer.side != OFFER or need.state not in LIVE or offer.state not in LIVE:
        raise BadIntroduction(t("需求和供给都须开放才能对接", "both the need and the offer must be open"))
    if need.party_id == offer.party_id:
        raise BadIntroduction(t("不能与自己对接", "one is not introduced to oneself"))
    if rivals(need.party_id, (offer.party_id,)):
        raise BadIntroduction(t("双方登记为竞争关系，不能对接", "the two are on record as rivals and are not introduced"))
    if not Shortlisted.objects.filter(need=need, offer=offer).exists():
        raise BadIntroduction(t("请先把这项供给加入候选名单", "put the offer on the shortlist first"))


def _ask_side(side: Side, due: dt.date, at: dt.datetime) -> None:
    title, url = side.introduction.need.title, url_of(side.introduction)
    clocks.start(about=side.urn, name=ANSWER_CLOCK, title=title, url=url, due=due, at=at, to=side.person_id, answers_for=side.party_id)
    notices.turn(about=side.urn, title=title, url=url, at=at, to=side.person_id)


@transaction.atomic
def answer(*, introduction: Introduction, side: str, says: str, by: str, at: dt.datetime, because: str = "") -> Introduction:
    """One side says yes, or no with a coded ``because``; with the second yes names are shown and the need is being matched."""
    row, mine = held(introduction, side)
    if row.state == "declined":
        raise BadIntroduction(t("对接已结束，不能再答复：{why}", "this has ended and is not answered any more: {why}")
                              .format(why=CLOSINGS[row.because]))
    if row.state not in ("asked", "silent"):
        raise BadIntroduction(t("双方已答复，请刷新页面", "this has been answered; reload the page"))
    if says == "no":
        mine.answer, mine.answered_at = "no", mine.answered_at or at
        mine.save()
        return end(row, because, reasons(row, side), by=by, at=at)
    if says != "yes":
        raise BadIntroduction(t("请选择同意或不对接", "choose yes or no"))
    if mine.answer == "yes":
        raise BadIntroduction(t("贵方已同意，正在等待对方", "you have said yes; the other side is waited for"))
    mine.answer, mine.answered_at = "yes", at
    mine.save()
    _quiet(mine, at)
    if row.sides.exclude(answer="yes").exists():
        _tell(row, facts.IntroductionAnswered(subject=row.urn, side=side, answer="yes"), by=by, at=at)
        return row
    row.state, row.agreed_at = INTRODUCTION.after(row.state, "agree"), at
    row.save()
    notices.settle(about=row.urn, at=at)
    if row.need.state == "open":
        listings.engage(listing=row.need, by=by, at=at)
    clocks.start(about=row.urn, name=DECIDE_CLOCK, title=row.need.title, url=url_of(row), due=row.need.decides, at=at,
                 to=row.need.owner_id, answers_for=row.need.party_id)
    turn_of_both(row, at)
    _tell(row, facts.IntroductionConsented(subject=row.urn, need=row.need.urn, offer=row.offer.urn, party=mine.party.urn), by=by, at=at)
    return row


@transaction.atomic
def lapse(*, side: Side, by: str, at: dt.datetime) -> bool:
    """The side did not answer by its day: its need's broker, or all brokers, take over; returns whether that was new."""
    row, mine = held(side.introduction, side.side)
    if row.state != "asked" or mine.answer or mine.due >= period.day(at):
        return False
    row.state = INTRODUCTION.after(row.state, "lapse")
    row.save(update_fields=["state"])
    shortlists.brokers_turn(row.need, about=row.urn, title=row.need.title, url=url_of(row), at=at)
    _tell(row, facts.IntroductionLapsed(subject=row.urn, side=mine.side), by=by, at=at)
    return True


@transaction.atomic
def ask_again(*, introduction: Introduction, by: str, at: dt.datetime) -> Introduction:
    """The broker has spoken to whoever was silent: they have their working days once more."""
    row = locked(introduction)
    row.state = INTRODUCTION.after(row.state, "ask_again")
    row.save(update_fields=["state"])
    due = period.add_working_days(period.day(at), listing_kinds()[row.need.kind].clocks.answer)
    for side in row.sides.select_related("introduction__need").filter(answer=""):
        side.due = due
        side.save(update_fields=["due"])
        _quiet(side, at)
        _ask_side(side, due, at)
    notices.settle(about=row.urn, at=at)
    _tell(row, facts.IntroductionAsked(subject=row.urn, need=row.need.urn, offer=row.offer.urn, due=due), by=by, at=at)
    return row


@transaction.atomic
def arrange(*, introduction: Introduction, meets: dt.date, by: str, at: dt.datetime, event: str = "") -> Introduction:  # noqa: ARG001
    """Say when (and at which event) the two meet; what either had confirmed of another day is void."""
    row = locked(introduction)
    INTRODUCTION.after(row.state, "meet")
    require_day(meets, period.day(at))
    row.meets, row.event = meets, event.strip()[:200]
    row.save(update_fields=["meets", "event"])
    row.sides.update(met_at=None)
    turn_of_both(row, at)
    return row


def require_day(meets: dt.date, today: dt.date) -> None:
    """A meeting is arranged for today or later, and within a year."""
    if not today <= meets <= today + _YEAR:
        raise BadIntroduction(t("会面日期应为今天起一年之内", "a meeting is arranged for today or later, and within a year"))


@transaction.atomic
def confirm_met(*, introduction: Introduction, side: str, by: str, at: dt.datetime) -> Introduction:
    """One side confirms that they met on the day; with the second it is a meeting, and follow-ups are due from then on."""
    row, mine = held(introduction, side)
    after = INTRODUCTION.after(row.state, "meet")
    if row.meets is None or row.meets > period.day(at):
        raise BadIntroduction(t("请先填写已经会面的日期", "give the day on which you met first"))
    if mine.met_at is not None:
        raise BadIntroduction(t("贵方已确认，正在等待对方确认", "you have confirmed; the other side is waited for"))
    mine.met_at = at
    mine.save(update_fields=["met_at"])
    notices.settle(about=mine.urn, at=at)
    if not row.sides.filter(met_at=None).exists():
        row.state, row.met_at = after, at
        row.save(update_fields=["state", "met_at"])
        notices.turn(about=row.urn, title=row.need.title, url=url_of(row), at=at, to=row.need.owner_id)
    _tell(row, facts.MeetingConfirmed(subject=row.urn, side=side, day=row.meets), by=by, at=at)
    return row


@transaction.atomic
def decline(*, introduction: Introduction, because: str, by: str, at: dt.datetime, side: str = "") -> Introduction:
    """End it without a contract, for a coded reason that its ``side`` may give (:func:`reasons`)."""
    row = locked(introduction)
    return end(row, because, reasons(row, side), by=by, at=at)


def reasons(row: Introduction, side: str) -> dict[str, Text]:
    """Why it may end now, as ``side`` may say, and for blank the broker: that a test was missed only once a pilot was agreed."""
    return closings(*([side] if side else [NEED, OFFER]), tried=row.pilot is not None and row.pilot.deal.signed_at is not None)


@listings.ending
def end_with(listing: Listing, *, by: str, at: dt.datetime) -> None:
    """Its need has ended, and so does this for the same reason; what only expired, or an offer, ends it before both have agreed."""
    because = "offer_gone" if listing.side == OFFER else listing.because or "need_gone"
    early = listing.side == OFFER or listing.state == "expired"
    going = Introduction.objects.filter(Q(need=listing) | Q(offer=listing)).exclude(state__in=("ordered", "declined"))
    for found in going.order_by("pk"):
        row = locked(found)
        if row.state in ("asked", "silent") or (not early and row.state not in ("ordered", "declined")):
            end(row, because, by=by, at=at)


def end(row: Introduction, because: str, known: Collection[str] = CLOSINGS, *, by: str, at: dt.datetime) -> Introduction:
    """The introduction, which the caller holds, ends for a coded reason, and with it drafts of deals and what either side opened."""
    if because not in known:
        raise BadIntroduction(t("请选择未成的原因，对方据此改进", "choose why it ends; the other side learns from it"))
    stage = row.state
    row.state, row.because, row.ended_at = INTRODUCTION.after(stage, "decline"), because, at
    row.save()
    _undo(row, by, at)
    finish(row, at)
    for side in row.sides.all():
        notices.news(about=side.urn, title=row.need.title, url=url_of(row), at=at, to=side.person_id)
    others = Introduction.objects.filter(need=row.need).exclude(state__in=["asked", "silent", "declined"])
    if row.need.state == "engaged" and not others.exists():
        listings.disengage(listing=row.need, by=by, at=at)
    _tell(row, facts.IntroductionDeclined(subject=row.urn, stage=stage, because=because), by=by, at=at)
    return row


def _undo(row: Introduction, by: str, at: dt.datetime) -> None:
    for deal in (row.pilot and row.pilot.deal, row.order):
        if deal is not None and deal.state == "draft":
            deals.give_up(deal, deal.buyer_id, by=by, at=at)
    for consent in Consent.objects.filter(pk__in=row.sides.values("consent"), withdrawn_at=None, expires__gt=at):
        consents.withdraw(consent, by=by, at=at)


def finish(row: Introduction, at: dt.datetime) -> None:
    """Nobody is asked or reminded of this introduction any more."""
    clocks.stop(about=row.urn, name=DECIDE_CLOCK, at=at)
    notices.settle(about=row.urn, at=at)
    for side in row.sides.all():
        _quiet(side, at)


def _quiet(side: Side, at: dt.datetime) -> None:
    clocks.stop(about=side.urn, name=ANSWER_CLOCK, at=at)
    notices.settle(about=side.urn, at=at)


def turn_of_both(row: Introduction, at: dt.datetime) -> None:
    """It is the turn of either side to go on."""
    for side in row.sides.all():
        notices.turn(about=side.urn, title=row.need.title, url=url_of(row), at=at, to=side.person_id)


def locked(introduction: Introduction) -> Introduction:
    """The row, held until the transaction ends, with its listings; its deals and need are held first, as by whoever signs."""
    theirs = (introduction.pilot and introduction.pilot.deal_id, introduction.order_id)
    list(Deal.objects.select_for_update().filter(pk__in=theirs).order_by("pk"))
    Listing.objects.select_for_update().get(pk=introduction.need_id)
    rows = Introduction.objects.select_for_update(of=("self",)).select_related("need__party", "offer__party", "pilot__deal", "order")
    return rows.get(pk=introduction.pk)


def held(introduction: Introduction, side: str) -> tuple[Introduction, Side]:
    """The locked introduction and its side."""
    row = locked(introduction)
    return row, row.sides.select_related("party").get(side=side)


def url_of(row: Introduction) -> str:
    """The page of an introduction."""
    return reverse("exchange:introduction", kwargs={"pk": row.pk})


def _tell(row: Introduction, fact: Fact, *, by: str, at: dt.datetime) -> None:
    record(fact, by=by, at=at, grade=Grade.SYSTEM, on_behalf=row.need.party.urn)
