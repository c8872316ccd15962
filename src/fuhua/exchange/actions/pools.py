"""Every verb of a pool: equal needs are found and invited, join with a quantity, agree to a quote together, or leave."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from dataclasses import replace
from typing import Any
from unicodedata import normalize

from django.db import transaction

from fuhua.desk.actions import notices
from fuhua.desk.actions.asks import numbered
from fuhua.evidence.actions.facts import record
from fuhua.evidence.facts import BadFact
from fuhua.evidence.words import Grade
from fuhua.exchange import facts
from fuhua.exchange.actions import listings, orders, rfqs
from fuhua.exchange.flow import MEMBER
from fuhua.exchange.kinds.listings import listing_kinds
from fuhua.exchange.models import Deal, Listing, Member, Pool, Quote, Rfq
from fuhua.exchange.queries.brokers import broker
from fuhua.exchange.queries.conflicts import rivals_of
from fuhua.exchange.queries.rfqs import LIVE, members
from fuhua.exchange.words import MOST_PIECES
from fuhua.kernel import urn
from fuhua.kernel.ui import formats
from fuhua.kernel.words import t


class BadPool(BadFact):
    """What is asked of the pool cannot be done; ``text`` says how to mend it."""


def sameness(need: Listing) -> str:
    """The SHA-256 of what makes two needs of a kind the same: its hard, filtering and confidential fields, but no quantity or money.

    Letters and widths are folded. Blank when the kind is not pooled or nothing of it is filled in.
    """
    kind = listing_kinds()[need.kind]
    given = {**need.spec, **need.sealed}
    telling = {each.name: _folded(given[each.name]) for each in kind.on(need.side)
               if each.name in given and each.fits not in ("at_least", "by") and (each.hard or each.filter or each.sealed)
               and not (each.fits == "at_most" and not each.hard)}
    if not kind.pool or not telling:
        return ""
    return hashlib.sha256(json.dumps(telling, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _folded(value: Any) -> Any:
    return "".join(normalize("NFKC", value).casefold().split()) if isinstance(value, str) else value


@transaction.atomic
def invite(*, need: Listing, at: dt.datetime) -> Pool | None:
    """Find open needs of others that are the same and invite all of them to order together; safe to repeat.

    Nobody is told who the others are, and rivals are never in one pool. Returns the pool, or None when there is none of it.
    """
    row = Listing.objects.select_for_update(of=("self",)).get(pk=need.pk)
    digest = sameness(row) if row.side == "need" and row.state == "open" else ""
    if not digest or _taken(row):
        return None
    forming = Pool.objects.select_for_update().filter(kind=row.kind, digest=digest, state="forming").order_by("pk")
    pool = forming.exclude(members__need__party__in=rivals_of(row.party_id)).first()
    same = _same(row, digest) if pool is None else []
    if pool is None and not same:
        return None
    if pool is None:
        pool = Pool.objects.create(urn=urn.new("pool"), number=numbered("PD", "pool", at, digits=6), kind=row.kind, digest=digest,
                                   broker=broker(), opened_at=at)
    for each in (*same, row):
        Member.objects.create(pool=pool, need=each)
        notices.turn(about=_about(pool, each), title=each.title, url=rfqs.page_of(each), at=at, to=each.owner_id)
    return pool


def _same(row: Listing, digest: str) -> list[Listing]:
    """Open needs of others that are the same as ``row``, of those who compete with each other the first."""
    others = Listing.objects.filter(side="need", kind=row.kind, state="open").exclude(party=row.party_id).order_by("pk")
    found: list[Listing] = []
    apart = rivals_of(row.party_id)
    for each in others:
        if each.party_id not in apart and sameness(each) == digest and not _taken(each):
            found.append(each)
            apart |= rivals_of(each.party_id)
    return found


def _taken(need: Listing) -> bool:
    """Whether the need asks for quotes already or was invited to a pool, whatever it answered."""
    return Rfq.objects.filter(need=need).exclude(state="cancelled").exists() or Member.objects.filter(need=need).exists()


@transaction.atomic
def join(*, member: Member, quantity: int, by: str, at: dt.datetime) -> Member:  # noqa: ARG001
    """Order together with the others, ``quantity`` pieces of one's own, while the pool has not asked for quotes."""
    row = _held(member)
    _require_forming(row)
    if row.need.state != "open":
        raise BadPool(t("需求未处于开放状态，请先开放再加入", "the need is not open; open it first"))
    if not 1 <= quantity <= MOST_PIECES:
        raise BadPool(t("请填写 1 至 {most} 的整数数量", "give a whole quantity from 1 to {most}").format(most=formats.num(MOST_PIECES)))
    return _moved(row, "join", at, quantity=quantity)


@transaction.atomic
def decline(*, member: Member, by: str, at: dt.datetime) -> Member:  # noqa: ARG001
    """Stay by oneself; one can still join until the pool asks for quotes."""
    return _moved(_held(member), "decline", at)


@transaction.atomic
def ask(*, member: Member, asked: rfqs.Asked, sender: int, by: str, at: dt.datetime) -> Rfq:
    """Ask for quotes for everybody who joined; the providers see the quantity of all and no name."""
    row = _held(member)
    _require_forming(row)
    joined = list(row.pool.members.filter(state__in=LIVE))
    if row.state != "joined" or len(joined) < 2:
        raise BadPool(t("须至少两家加入后才能合并询价", "two must have joined before quotes are asked together"))
    whole = sum(each.quantity for each in joined)
    row.pool.state = "asked"
    row.pool.save(update_fields=["state"])
    rfq = rfqs.send(need=row.need, asked=replace(asked, quantity=whole, pool=row.pool), sender=sender, by=by, at=at)
    record(facts.PoolFormed(subject=row.pool.urn, sort=row.pool.kind, members=len(joined), quantity=whole), by=by, at=at,
           grade=Grade.SYSTEM)
    return rfq


@transaction.atomic
def agree(*, member: Member, quote: Quote, by: str, at: dt.datetime) -> list[Deal]:
    """Agree to order at this quote; once every member has agreed to the same, the deals are drawn up and returned."""
    rfq = _rfq_of(member)
    row = _held(member)
    if rfq is None or quote.invitation.rfq_id != rfq.pk:
        raise BadPool(t("这不是本拼单的报价，请刷新查看", "this is not a quote for the pool; reload to see"))
    if row.state == "agreed":
        row = _moved(row, "reconsider", at, agreed=None)
    row = _moved(row, "agree", at, agreed=quote)
    everybody = members(rfq)
    if any(each.agreed_id != quote.pk for each in everybody):
        for each in everybody:
            if each.state == "joined":
                notices.turn(about=_about(row.pool, each.need), title=each.need.title, url=rfqs.page_of(each.need), at=at,
                             to=each.need.owner_id)
        return []
    return orders.choose_together(rfq=rfq, quote=quote, by=by, at=at)


@transaction.atomic
def leave(*, member: Member, by: str, at: dt.datetime) -> Member:
    """Drop out before the order: the others agree anew, for their share changes; with fewer than two left the pool is dissolved."""
    rfq = _rfq_of(member)
    row = _moved(_held(member), "leave", at, agreed=None)
    rest = list(row.pool.members.select_for_update(of=("self",)).filter(state__in=LIVE).select_related("need__party").order_by("pk"))
    for each in rest:
        if each.state == "agreed":
            _moved(each, "reconsider", at, agreed=None)
        notices.turn(about=_about(row.pool, each.need), title=each.need.title, url=rfqs.page_of(each.need), at=at, to=each.need.owner_id)
    if rfq is None:
        return row
    if len(rest) < 2:
        rfqs.cancel(rfq=rfq, by=by, at=at)
        row.pool.members.filter(state__in=LIVE).update(state="left", answered_at=at)
        row.pool.state = "dissolved"
        row.pool.save(update_fields=["state"])
        return row
    rfq.quantity, rfq.need = sum(each.quantity for each in rest), rest[0].need
    rfq.save(update_fields=["quantity", "need"])
    return row


@listings.ending
def leave_with(need: Listing, *, by: str, at: dt.datetime) -> None:
    """The need has ended, so it takes part in no order that is not placed yet; the others go on without it."""
    for member in Member.objects.filter(need=need, state__in=("invited", "joined", "agreed")):
        (decline if member.state == "invited" else leave)(member=member, by=by, at=at)


def _rfq_of(member: Member) -> Rfq | None:
    """The pool's request, locked before the member is."""
    rfq = Rfq.objects.filter(pool=member.pool_id, state="open").first()
    return rfqs.held(rfq) if rfq else None


def _held(member: Member) -> Member:
    pool = Pool.objects.select_for_update().get(pk=member.pool_id)
    row = Member.objects.select_for_update(of=("self",)).select_related("need__party", "need__owner").get(pk=member.pk)
    row.pool = pool
    return row


def _require_forming(row: Member) -> None:
    if row.pool.state != "forming":
        raise BadPool(t("拼单已发出询价或已结束，不能再加入", "the pool has asked for quotes or is over; nobody joins any more"))


def _moved(row: Member, verb: str, at: dt.datetime, **changed: Any) -> Member:
    row.state, row.answered_at = MEMBER.after(row.state, verb), at
    for name, value in changed.items():
        setattr(row, name, value)
    row.save()
    notices.settle(about=_about(row.pool, row.need), at=at)
    return row


def _about(pool: Pool, need: Listing) -> str:
    return urn.of("pool", f"{urn.identity_of(pool.urn)}.{need.pk}")

