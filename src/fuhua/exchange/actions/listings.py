"""Every verb of a listing: drafted, revised, opened once it is qualified, confirmed again, closed with a reason, withdrawn."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.urls import reverse

from fuhua.desk.actions import clocks, notices
from fuhua.desk.words import NoticeKind
from fuhua.evidence.actions.facts import record
from fuhua.evidence.facts import BadFact, Fact
from fuhua.evidence.words import Grade
from fuhua.exchange import facts
from fuhua.exchange.actions import shortlists
from fuhua.exchange.flow import LISTING
from fuhua.exchange.kinds.asked import ASKED, asked_of, days_amiss, days_past
from fuhua.exchange.kinds.charging import EVERYONE
from fuhua.exchange.kinds.listings import listing_kinds
from fuhua.exchange.kinds.spec import Kind
from fuhua.exchange.models import Deal, Listing, Member, Pool, Price, Rfq
from fuhua.exchange.words import CLOSINGS, LIVE, NEED, SIDES
from fuhua.kernel import chores, period, urn
from fuhua.kernel.questions import line, missing, read, tidy
from fuhua.kernel.words import Text, listed, t

KEEPER = urn.of("engine", "exchange")  # who lets listings expire that nobody confirmed
_CLOCK = "reconfirm"
_BATCH = 500
_TITLE, _TEXT = 200, 20_000  # characters
_OWNER: dict[str, Text] = {"owner": t("联系人", "owner")}
Ending = Callable[..., None]
_ENDINGS: list[Ending] = []


def ending(act: Ending) -> Ending:
    """Declare ``act(row, by=…, at=…)`` as what becomes of the rest, in the same transaction, when a listing closes, expires or goes."""
    _ENDINGS.append(act)
    return act


class BadListing(BadFact):
    """The listing cannot be made or changed so; ``text`` says how to mend it."""


class Unqualified(BadListing):
    """The listing lacks what it needs to open; it stays a draft. ``lacking`` are the labels."""

    def __init__(self, lacking: list[Text]) -> None:
        super().__init__(t("还不能开放，仍缺：{what}。补齐后再开放，草稿已保存",
                           "it cannot open yet; still lacking: {what}. Add them and open it then; the draft is kept")
                         .format(what=listed(lacking)))
        self.lacking = lacking


class SameTitle(BadListing):
    """The party has an open listing of that side and title already: ``listing``."""

    def __init__(self, listing: Listing) -> None:
        super().__init__(t("本单位已有同名的开放信息“{title}”，请打开它修改，或换一个标题",
                           "your organisation has an open listing “{title}”; change that one, or choose another title")
                         .format(title=listing.title))
        self.listing = listing


@dataclass(frozen=True)
class Told:
    """What somebody tells of a listing; ``spec`` by field name as people write it, ``budget`` in integer fen.

    A confidential field that ``spec`` does not name stays as it was.
    """

    title: str
    text: str = ""
    spec: Mapping[str, Any] = field(default_factory=dict)
    owner: int | None = None
    field: str = ""
    district: str = ""
    audience: str = "members"
    budget: int | None = None
    budget_owner: str = ""
    deadline: dt.date | None = None
    success: str = ""
    decides: dt.date | None = None


@transaction.atomic
def draft(*, side: str, kind: str, party: int, told: Told, by: str, at: dt.datetime, source: str | None = None) -> Listing:  # noqa: ARG001
    """Keep a need or an offer of ``party`` (its id) as a draft; nothing is public and nothing is testified yet.

    Raises :class:`BadListing` (:class:`SameTitle` for what the party has open already, and above the day's limit of drafts) and
    :class:`fuhua.kernel.questions.BadValue`.
    """
    spec = _kind(side, kind)
    today = Listing.objects.filter(party=party, source=None, posted_at__gt=at - dt.timedelta(days=1)).count()
    if source is None and today >= settings.FUHUA_DRAFTS_A_DAY:
        raise BadListing(t("本单位 24 小时内已起草 {n} 条，请先完善或撤回已有草稿，明天再发",
                           "your organisation drafted {n} in 24 hours; finish or withdraw some, and go on tomorrow").format(n=today))
    row = Listing(urn=urn.new(side), side=side, kind=kind, party_id=party, state=LISTING.initial, posted_at=at, changed_at=at,
                  source=source)
    _write(row, spec, told)
    _differs(row)
    row.save()
    return row


@transaction.atomic
def revise(*, listing: Listing, told: Told, by: str, at: dt.datetime) -> Listing:  # noqa: ARG001
    """Change what a listing says; one that is open must stay qualified (:class:`Unqualified`)."""
    row = _held(listing)
    if row.state in ("closed", "withdrawn"):
        raise BadListing(t("这条信息已经结束，请先重新打开", "this listing has ended; reopen it first"))
    _write(row, _kind(row.side, row.kind), told)
    if row.state in (*LIVE, "expired"):
        _require(row)
    row.changed_at = at
    row.save()
    price_from_calendar(listing=row, at=at)
    return row


@transaction.atomic
def price_from_calendar(*, listing: Listing, at: dt.datetime) -> None:
    """An offer whose calendar has prices states that of firms, else of everybody: nobody reads one price and pays another."""
    field = listing_kinds()[listing.kind].hourly
    prices = dict(Price.objects.filter(resource__offer=listing.pk).values_list("user_class", "hour")) if field else {}
    price = prices.get("firm", prices.get(EVERYONE))
    if field and price is not None and listing.spec.get(field.name) != price:
        listing.spec[field.name], listing.changed_at = price, at
        listing.save(update_fields=["spec", "changed_at"])


@transaction.atomic
def publish(*, listing: Listing, by: str, at: dt.datetime) -> Listing:
    """Open a draft to its audience; a need must have owner, budget with its owner, deadline, test of success and decision day.

    Raises :class:`Unqualified` with everything that is lacking at once.
    """
    row = _step(listing, "publish")
    _require(row)
    _differs(row)
    _require_ahead(row, period.day(at))
    row.opened_at = row.opened_at or at
    row.changed_at = at
    _live_on(row, at)
    row.save()
    await_broker(row, at=at)
    _tell(row, facts.ListingOpened(subject=row.urn, party=row.party.urn, owner=row.owner.urn, sort=row.kind, field=row.field,
                                   budget=row.budget or 0), by=by, at=at)
    return row


@transaction.atomic
def renew(*, listing: Listing, by: str, at: dt.datetime) -> Listing:
    """Its organisation says that it still holds; it lives for another term, even when it had expired. Its days still lie ahead."""
    row = _step(listing, "renew")
    _require(row)
    _require_ahead(row, period.day(at))
    row.changed_at = at
    _live_on(row, at)
    row.save()
    await_broker(row, at=at)
    _tell(row, facts.ListingConfirmed(subject=row.urn, until=row.reconfirm), by=by, at=at)
    return row


@transaction.atomic
def engage(*, listing: Listing, by: str, at: dt.datetime) -> Listing:  # noqa: ARG001
    """It is being matched with one partner: it no longer expires, and is not offered to others."""
    row = _step(listing, "engage")
    row.reconfirm = None
    row.changed_at = at
    row.save()
    clocks.stop(about=row.urn, name=_CLOCK, at=at)
    return row


@transaction.atomic
def disengage(*, listing: Listing, by: str, at: dt.datetime) -> Listing:
    """That partner fell away, even after the contract that had closed it: it is open to others again."""
    row = _step(listing, "disengage")
    if row.closed_at is not None and row.because != "contracted":
        raise BadListing(t("已结束，可重新打开", "it has ended; it can be reopened"))
    was_closed, row.because, row.closed_at, row.changed_at = row.closed_at is not None, "", None, at
    _live_on(row, at)
    row.save()
    if was_closed:
        _tell(row, facts.ListingConfirmed(subject=row.urn, until=row.reconfirm), by=by, at=at)
    return row


@transaction.atomic
def close(*, listing: Listing, because: str, by: str, at: dt.datetime, deal: str = "") -> Listing:
    """End it with a coded reason (``words.CLOSINGS``), which is asked of everybody; ``deal`` is the URN of what it became."""
    if because not in CLOSINGS:
        raise BadListing(t("请选择结束原因", "choose why it ends"))
    _hold(listing)
    row = _step(listing, "close")
    row.because, row.closed_at, row.reconfirm = because, at, None
    _leave(row, by, at)
    _tell(row, facts.ListingClosed(subject=row.urn, because=because, deal=deal), by=by, at=at)
    return row


@transaction.atomic
def withdraw(*, listing: Listing, by: str, at: dt.datetime) -> Listing:
    """Take it back; it can be reopened as a draft."""
    _hold(listing)
    row = _step(listing, "withdraw")
    row.reconfirm = None
    _leave(row, by, at)
    _tell(row, facts.ListingLeft(subject=row.urn, state=row.state), by=by, at=at)
    return row


@transaction.atomic
def reopen(*, listing: Listing, by: str, at: dt.datetime) -> Listing:
    """Undo closing or withdrawing: a draft again; not while an order of it stands, for with that it would ask twice."""
    row = _step(listing, "reopen")
    orders = Deal.objects.filter(need=row).exclude(state="cancelled")
    if (order := (orders if row.because == "contracted" else orders.filter(front="quote")).first()) is not None:
        raise BadListing(t("协议 {number} 仍在，不能重新打开；协议取消或解除后会自动重新开放，另有需要请另发一条需求",
                           "agreement {number} stands, so this is not reopened; it opens again by itself when the agreement falls through. "
                           "For what you need besides, post another need").format(number=order.number))
    row.because, row.closed_at, row.changed_at = "", None, at
    row.save()
    _tell(row, facts.ListingLeft(subject=row.urn, state=row.state), by=by, at=at)
    return row


def expire(*, at: dt.datetime) -> int:
    """Expire every open listing whose day to be confirmed has passed (safe to repeat); returns how many."""
    rows = Listing.objects.filter(state="open", reconfirm__lt=period.day(at)).order_by("pk")
    return chores.each(list(rows[:_BATCH]), lambda row: _expired(row, by=KEEPER, at=at))


@transaction.atomic
def _expired(listing: Listing, *, by: str, at: dt.datetime) -> bool:
    _hold(listing)
    row = _held(listing)
    if row.state != "open" or row.reconfirm is None or row.reconfirm >= period.day(at):
        return False
    row.state, row.changed_at = LISTING.after(row.state, "expire"), at
    row.save(update_fields=["state", "changed_at"])
    _stop(row, at)
    notices.settle(about=row.urn, at=at, kinds=(NoticeKind.TURN,))
    notices.news(about=row.urn, title=row.title, url=url_of(row), at=at, to=row.owner_id)
    _end(row, by, at)
    _tell(row, facts.ListingLeft(subject=row.urn, state=row.state), by=by, at=at)
    return True


def lacking(row: Listing) -> dict[str, Text]:
    """Name → label of everything a listing still lacks before it may open."""
    kind = listing_kinds()[row.kind]
    asked = _OWNER | {each.name: each.label for each in ASKED} if row.side == NEED else _OWNER
    found = {name: label for name, label in asked.items() if getattr(row, f"{name}_id" if name == "owner" else name) in (None, "")}
    return found | {each.name: each.label for each in missing(kind.on(row.side), {**row.spec, **row.sealed})}


def url_of(row: Listing) -> str:
    """The page of a listing."""
    return reverse("exchange:listing", kwargs={"pk": row.pk})


def _kind(side: str, kind: str) -> Kind:
    if side not in SIDES or kind not in listing_kinds():
        raise BadListing(t("没有这种供需信息：{side} {kind}", "there is no such kind of listing: {side} {kind}")
                         .format(side=side, kind=kind))
    return listing_kinds()[kind]


def _write(row: Listing, kind: Kind, told: Told) -> None:
    title, text = line(told.title), tidy(told.text)
    if not title:
        raise BadListing(t("请填写标题", "give it a title"))
    if len(title) > _TITLE or len(text) > _TEXT:
        raise BadListing(t("标题最多 {title} 字，说明最多 {text} 字，请缩短或作为附件上传",
                           "a title has at most {title} characters, the text {text}; shorten them or attach a file")
                         .format(title=_TITLE, text=_TEXT))
    least = next(each.least for each in asked_of(kind) if each.name == "budget")
    if told.budget is not None and told.budget < least:
        raise BadListing(t("预算须大于 0，尚未确定请留空", "a budget is above 0; leave it empty while it is not known"))
    given = {each.name: read(each, told.spec.get(each.name)) if each.name in told.spec or not each.sealed else row.sealed.get(each.name)
             for each in kind.on(row.side)}
    sealed = {each.name for each in kind.fields if each.sealed}
    row.spec = {name: value for name, value in given.items() if value is not None and name not in sealed}
    row.sealed = {name: value for name, value in given.items() if value is not None and name in sealed}
    row.title, row.text, row.owner_id = title, text, told.owner
    for each in ASKED:
        if each.type in ("words", "long"):
            setattr(row, each.name, read(each, getattr(told, each.name)) or "")
    for name in ("field", "district", "audience", "budget", "deadline", "decides"):
        setattr(row, name, getattr(told, name))


def _differs(row: Listing) -> None:
    """Raise :class:`SameTitle` when another listing of the party that is open says the same."""
    same = Listing.objects.filter(party=row.party_id, side=row.side, title=row.title, state__in=LIVE).exclude(pk=row.pk)
    if (other := same.first()) is not None:
        raise SameTitle(other)


def _require(row: Listing) -> None:
    if found := lacking(row):
        raise Unqualified(list(found.values()))


def _require_ahead(row: Listing, today: dt.date) -> None:
    past = days_past(listing_kinds()[row.kind].on(NEED), {**row.spec, **row.sealed}, today) if row.side == NEED else {}
    if wrong := days_amiss(row.deadline, row.decides, today) | past:
        raise BadListing(Text("；".join(each.zh for each in wrong.values()), "; ".join(each.en for each in wrong.values())))


def _live_on(row: Listing, at: dt.datetime) -> None:
    """The listing lives for its kind's term from now, and its owner is reminded before the end."""
    row.reconfirm = period.day(at) + dt.timedelta(days=listing_kinds()[row.kind].clocks.expires)
    clocks.stop(about=row.urn, name=_CLOCK, at=at)
    clocks.start(about=row.urn, name=_CLOCK, title=row.title, url=url_of(row), due=row.reconfirm, at=at, to=row.owner_id,
                 answers_for=row.party_id)


def await_broker(row: Listing, *, at: dt.datetime) -> None:
    """An open need waits for a broker's shortlist, unless it is of a kind that is quoted."""
    if row.side == NEED and listing_kinds()[row.kind].front != "quote":  # whoever needs those asks several providers without a broker
        shortlists.await_broker(row, at=at)


def _leave(row: Listing, by: str, at: dt.datetime) -> None:
    row.changed_at = at
    row.save()
    _stop(row, at)
    notices.settle(about=row.urn, at=at)
    _end(row, by, at)


def _end(row: Listing, by: str, at: dt.datetime) -> None:
    for act in _ENDINGS:
        act(row, by=by, at=at)


def _hold(listing: Listing) -> None:
    """Lock what may end with the listing before the listing itself: so do all who move that."""
    pools = Member.objects.filter(need=listing).values("pool")
    list(Deal.objects.select_for_update().filter(Q(need=listing) | Q(offer=listing), front="brokered", state="draft").order_by("pk"))
    list(Rfq.objects.select_for_update().filter(Q(need=listing) | Q(pool__in=pools), state="open").order_by("pk"))
    list(Pool.objects.select_for_update().filter(pk__in=pools, state__in=("forming", "asked")).order_by("pk"))


def _stop(row: Listing, at: dt.datetime) -> None:
    """It is no longer there: nobody confirms it or makes its shortlist."""
    for name in (_CLOCK, shortlists.BROKER_CLOCK):
        clocks.stop(about=row.urn, name=name, at=at)


def _held(listing: Listing) -> Listing:
    return Listing.objects.select_for_update(of=("self",)).select_related("party", "owner").get(pk=listing.pk)


def _step(listing: Listing, verb: str) -> Listing:
    row = _held(listing)
    row.state = LISTING.after(row.state, verb)
    return row


def _tell(row: Listing, fact: Fact, *, by: str, at: dt.datetime) -> None:
    record(fact, by=by, at=at, grade=Grade.SYSTEM, on_behalf=row.party.urn)

