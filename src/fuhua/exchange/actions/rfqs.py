"""Every verb of a request for quotes: sent, opened to who was left out, taken back, and silence recorded when its time is over."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field

from django.db import transaction
from django.urls import reverse

from fuhua.desk.actions import clocks, notices
from fuhua.desk.words import NoticeKind
from fuhua.evidence.actions import papers
from fuhua.evidence.actions.facts import record
from fuhua.evidence.facts import BadFact
from fuhua.evidence.words import Grade
from fuhua.exchange import facts
from fuhua.exchange.actions import listings, shortlists
from fuhua.exchange.flow import INVITATION, RFQ
from fuhua.exchange.kinds.listings import listing_kinds
from fuhua.exchange.models import Invitation, Listing, Member, Pool, Rfq
from fuhua.exchange.queries import credentials
from fuhua.exchange.queries.conflicts import rivals
from fuhua.exchange.queries.rfqs import LIVE, askers, left_out, members, title_of, unquoted
from fuhua.exchange.words import ENDINGS, INVENTIONS, MOST_PIECES
from fuhua.exchange.words import LIVE as LISTED
from fuhua.kernel import chores, period, urn
from fuhua.kernel.ui import formats
from fuhua.kernel.words import Text, listed, t
from fuhua.parties.actions import consents
from fuhua.parties.models import Consent, Party
from fuhua.parties.queries.kinship import akin

CLOCK = "quote"
_ROWS, _PROVIDERS, _BATCH = 200, 30, 500


class BadRfq(BadFact):
    """The request cannot be sent or changed so; ``text`` says how to mend it."""


class Unfiled(BadRfq):
    """There is an invention that nobody filed, and what describes it is open to all who are asked."""

    def __init__(self) -> None:
        super().__init__(t("公开前请先申请专利：不签保密协议就发出技术内容，可能使发明丧失新颖性。可先预约知识产权门诊，或把技术内容改填到保密字段后再询价",
                           "file before you disclose: technical content sent without an agreement on confidentiality may cost the "
                           "invention its novelty. Book the IP clinic first, or move it to the confidential fields and ask then"))


@dataclass(frozen=True)
class Row:
    """One thing to be priced: ``quantity`` of ``unit``, and the test by which it is accepted (验收标准), if it has one of its own."""

    item: str
    quantity: int
    unit: str
    test: str = ""


@dataclass(frozen=True)
class Asked:
    """What is asked of whom. Of a kind priced by a ladder: ``quantity``, how many are wanted now; ``sample``, whether one comes first."""

    rows: Sequence[Row]
    providers: Sequence[Party]
    invention: str
    required: Sequence[str] = ()
    quantity: int | None = None
    sample: bool = False
    pool: Pool | None = field(default=None)


@transaction.atomic
def send(*, need: Listing, asked: Asked, sender: int, by: str, at: dt.datetime) -> Rfq:
    """Ask the providers for quotes on ``need``; ``sender`` is the person (party id) who asks.

    Who lacks a credential, is affiliated or a rival is left out with that reason. Raises :class:`BadRfq`, also when nobody remains.
    """
    row = Listing.objects.select_for_update(of=("self",)).select_related("party", "owner").get(pk=need.pk)
    kind = listing_kinds()[row.kind]
    _check(row, asked)
    deadline = period.end_of(period.add_working_days(period.day(at), kind.clocks.quote))
    rfq = Rfq.objects.create(
        urn=urn.new("rfq"), need=row, pool=asked.pool, rows=[asdict(each) for each in asked.rows], ladder=kind.price == "ladder",
        quantity=asked.quantity, sample=asked.sample, required=sorted(asked.required), invention=asked.invention, deadline=deadline,
        sent_by_id=sender, sent_at=at)
    _ask(rfq, asked.providers, by, at)
    return rfq


@transaction.atomic
def widen(*, rfq: Rfq, providers: Sequence[Party], by: str, at: dt.datetime) -> None:
    """Ask more providers while the request is open: they meet the same checks as at sending, and have until the same deadline.

    Raises :class:`BadRfq`, also when none of them can be asked.
    """
    row = held(rfq)
    if row.state != "open" or row.need.state not in LISTED or at > row.deadline:
        raise BadRfq(t("报价已截止或询价已结束，不能再邀请；可以取消后重新询价",
                       "quotes are no longer taken; cancel the request and ask again"))
    known = set(row.invitations.values_list("provider", flat=True))
    fresh = [each for each in dict.fromkeys(providers) if each.pk not in known]
    if not fresh:
        raise BadRfq(t("请选择尚未受邀的单位", "choose somebody who was not asked yet"))
    if len(known) + len(fresh) > _PROVIDERS:
        raise BadRfq(t("一次询价最多 {most} 家供方", "at most {most} providers are asked in one request").format(most=_PROVIDERS))
    _require_filed(row.invention, row.need)
    _ask(row, fresh, by, at)


def _ask(rfq: Rfq, providers: Sequence[Party], by: str, at: dt.datetime) -> None:
    """Invite them all, on record; raises :class:`BadRfq` when nobody remains."""
    rows = [_invite(rfq, provider, at) for provider in dict.fromkeys(providers)]
    if all(each.state == "excluded" for each in rows):
        why = listed(t("{name}（{why}）", "{name} ({why})").format(name=each.provider.name, why=left_out(each)) for each in rows)
        raise BadRfq(t("没有可以邀请的单位：{why}。请换一家，或等对方更新资质",
                       "nobody can be asked: {why}. Choose another, or wait for a credential").format(why=why))
    for need in owners(rfq):
        from_brokers(need, at)
    excluded = sum(each.state == "excluded" for each in rows)
    told = facts.RfqSent(subject=rfq.need.urn, invited=len(rows) - excluded, excluded=excluded, invention=rfq.invention,
                         due=period.day(rfq.deadline), pool=rfq.pool.urn if rfq.pool else "")
    record(told, by=by, at=at, grade=Grade.SYSTEM, on_behalf=rfq.need.party.urn)


def _check(row: Listing, asked: Asked) -> None:
    kind = listing_kinds()[row.kind]
    if row.side != "need" or kind.front != "quote":
        raise BadRfq(t("只有询价类需求可以询价", "quotes are asked for needs of a kind that is quoted"))
    if row.state != "open":
        raise BadRfq(t("需求未处于开放状态，请先开放再询价", "the need is not open; open it first"))
    if Rfq.objects.filter(need=row).exclude(state="cancelled").exists():
        raise BadRfq(t("该需求已发出询价，请刷新查看", "quotes have been asked for this need already; reload to see"))
    if asked.pool is None and Member.objects.filter(need=row, state__in=LIVE).exists():
        raise BadRfq(t("该需求已加入拼单，请与其他成员一起询价，或先退出拼单",
                       "this need has joined a pool; ask with it, or leave it first"))
    if not 0 < len(asked.rows) <= _ROWS or any(each.quantity < 1 or not each.item.strip() or not each.unit.strip() for each in asked.rows):
        raise BadRfq(t("请列出 1 至 {most} 行，每行写明内容、大于 0 的整数数量和单位",
                       "list 1 to {most} rows, each with what it is, a whole quantity above 0, and its unit").format(most=_ROWS))
    papers.require_printable([(each.item, each.unit, each.test or row.success) for each in asked.rows])  # an agreement will say it
    if not 0 < len(asked.providers) <= _PROVIDERS:
        raise BadRfq(t("请选择 1 至 {most} 家供方", "choose 1 to {most} providers").format(most=_PROVIDERS))
    if kind.price == "ladder" and not asked.quantity:
        raise BadRfq(t("请填写本次采购数量", "say how many are wanted now"))
    if asked.sample and kind.price != "ladder":
        raise BadRfq(t("只有按数量报价的需求可以先要样品", "only what is priced by quantity can begin with a sample"))
    if max([*(each.quantity for each in asked.rows), asked.quantity or 0]) > MOST_PIECES:
        raise BadRfq(t("数量不能超过 {most}", "a quantity is at most {most}").format(most=formats.num(MOST_PIECES)))
    if asked.invention not in INVENTIONS:
        raise BadRfq(t("请回答是否已申请专利", "say whether a patent has been filed"))
    _require_filed(asked.invention, row)


def _require_filed(invention: str, need: Listing) -> None:
    if invention == "unfiled" and not need.sealed:
        raise Unfiled


def _invite(rfq: Rfq, provider: Party, at: dt.datetime) -> Invitation:
    """Ask the provider, or leave it out with the reason; whoever only lacks a credential is told, so that it can be renewed."""
    because, lack = _against(rfq, provider, period.day(at))
    row = Invitation.objects.create(
        rfq=rfq, provider=provider, state="excluded" if because else INVITATION.initial, because=because, asked_at=at,
        credential=lack.kind if lack else "", lapsed=lack.expired if lack else None)
    if lack:
        notices.news(about=about(row), title=title_of(rfq), url=url_of(row), at=at, to=provider.pk)
    elif not because:
        _start(row, at)
    return row


def _start(row: Invitation, at: dt.datetime) -> None:
    told = {"about": about(row), "title": title_of(row.rfq), "url": url_of(row), "at": at, "to": row.provider_id}
    notices.turn(**told)
    clocks.start(name=CLOCK, due=period.day(row.rfq.deadline), answers_for=row.provider_id, **told)


def _against(rfq: Rfq, provider: Party, on: dt.date) -> tuple[str, credentials.Lack | None]:
    """Why the provider may not be asked on a day (a code of ``words.EXCLUSIONS``), with the credential it lacks; blank when it may."""
    asking = askers(rfq)
    if tied := _tie(asking, provider, on):
        return "barred" if rfq.pool_id else tied, None  # members of a pool do not learn who the others are
    lack = next(iter(credentials.lacks(provider.pk, rfq.required, on)), None)
    return ("", None) if lack is None else ("expired" if lack.expired else "missing", lack)


def _tie(asking: Sequence[Party], provider: Party, on: dt.date) -> str:
    if any(asker.pk == provider.pk for asker in asking):
        return "self"
    if any(akin(asker.urn, provider.urn, on) for asker in asking):
        return "affiliated"
    return "rival" if rivals(provider.pk, {asker.pk for asker in asking}) else ""


def require_undecided(row: Invitation) -> None:
    """Raise :class:`BadRfq` unless the request still waits for the asker's choice."""
    if row.rfq.state != "open" or row.rfq.need.state not in LISTED:
        raise BadRfq(t("这次询价已经结束", "this request is over"))


def require_open(row: Invitation, at: dt.datetime) -> None:
    """Raise :class:`BadRfq` unless quotes are still taken at ``at``, by the server's clock."""
    require_undecided(row)
    if at > row.rfq.deadline:
        raise BadRfq(t("已过报价截止时间：{rule}。逾期不再接收", "too late: {rule}. No quote is taken after it")
                     .format(rule=until(row.rfq)))


def require_fit(row: Invitation, on: dt.date) -> None:
    """Raise :class:`BadRfq` when, since it was asked, a tie or a lapsed credential has come to stand against the provider."""
    because, lack = _against(row.rfq, row.provider, on)
    if because:
        row.because, row.credential, row.lapsed = because, lack.kind if lack else "", lack.expired if lack else None
        raise BadRfq(left_out(row))


@transaction.atomic
def readmit(*, provider: Party, at: dt.datetime) -> int:
    """Ask the provider after all where only a credential stood against it and it now holds one; returns how many requests opened."""
    rows = Invitation.objects.select_for_update(of=("self",)).select_related("rfq__need", "provider").filter(
        provider=provider, state="excluded", because__in=("expired", "missing"), rfq__state="open", rfq__deadline__gte=at)
    opened = [row for row in rows if not _against(row.rfq, provider, period.day(at))[0]]
    for row in opened:
        row.state, row.because, row.credential, row.lapsed = INVITATION.after(row.state, "readmit"), "", "", None
        row.asked_at = at
        row.save()
        _start(row, at)
    return len(opened)


@transaction.atomic
def cancel(*, rfq: Rfq, by: str, at: dt.datetime) -> Rfq:
    """Take the request back before a quote is chosen; everybody asked is told, and what was shown is closed."""
    row = held(rfq)
    if row.pool is not None and len(members(row)) > 1:
        raise BadRfq(t("拼单询价不能由一家取消，可以退出拼单", "one member does not cancel for all; you can leave the pool"))
    row.state, row.ended_at = RFQ.after(row.state, "cancel"), at
    row.save()
    over(row, list(row.invitations.exclude(state="excluded")), how="cancelled", by=by, at=at)
    for need in owners(row):
        from_brokers(need, at)
    record(facts.RfqCancelled(subject=row.need.urn), by=by, at=at, grade=Grade.SYSTEM, on_behalf=row.need.party.urn)
    return row


@listings.ending
def end_with(need: Listing, *, by: str, at: dt.datetime) -> None:
    """The need has ended, and with it the request that it sent by itself."""
    for row in Rfq.objects.filter(need=need, pool=None, state="open"):
        cancel(rfq=row, by=by, at=at)


def over(rfq: Rfq, rows: Iterable[Invitation], *, how: str, by: str, at: dt.datetime) -> None:
    """For these providers the request is over: their clocks stop, they are told ``how`` (``words.ENDINGS``), and the sealed part closes."""
    said = t("{how}：{title}", "{how}: {title}").format(title=title_of(rfq), how=ENDINGS[how])
    for row in rows:
        clocks.stop(about=about(row), name=CLOCK, at=at)
        notices.settle(about=about(row), at=at)
        notices.news(about=about(row), title=said, url=url_of(row), at=at, to=row.provider_id)
    live = Consent.objects.filter(pk__in=[row.nda.consent_id for row in rows if hasattr(row, "nda")], withdrawn_at=None, expires__gt=at)
    for consent in live:
        consents.withdraw(consent, by=by, at=at)


def fall_silent(*, at: dt.datetime) -> int:
    """Record the silence of everybody who was asked and did not answer in time (safe to repeat); returns how many."""
    late = Invitation.objects.filter(state="asked", rfq__deadline__lt=at, rfq__state="open").order_by("pk")
    return chores.each(list(late[:_BATCH]), lambda row: silence(row, by=listings.KEEPER, at=at))


@transaction.atomic
def silence(invitation: Invitation, *, by: str, at: dt.datetime) -> bool:
    """Record that the provider was asked and said nothing; False when it has answered after all."""
    row = held_invitation(invitation)
    if row.state != "asked":
        return False
    row.state, row.answered_at = INVITATION.after(row.state, "fall_silent"), at
    row.save()
    clocks.stop(about=about(row), name=CLOCK, at=at)
    notices.settle(about=about(row), at=at)
    record(facts.QuoteRefused(subject=row.rfq.need.urn, provider=row.provider.urn, state=row.state), by=by, at=at, grade=Grade.SYSTEM)
    no_quote_left(row.rfq, at)
    return True


def no_quote_left(rfq: Rfq, at: dt.datetime) -> None:
    """If nobody quoted and nobody is left who would: the owners are told, and it is the turn of a broker to find whom else to ask."""
    for need in owners(rfq) if unquoted().filter(pk=rfq.pk).exists() else ():
        notices.news(about=rfq.urn, title=need.title, url=page_of(need), at=at, to=need.owner_id)
        shortlists.brokers_turn(need, about=need.urn, title=need.title, url=shortlists.url_of(need), at=at)
        shortlists.await_broker(need, at=at)


def from_brokers(need: Listing, at: dt.datetime) -> None:
    """A quote came after all, or its owner takes the request back: so the brokers do not look for whom else to ask."""
    if clocks.runs(about=need.urn, name=shortlists.BROKER_CLOCK):
        clocks.stop(about=need.urn, name=shortlists.BROKER_CLOCK, at=at)
        notices.settle(about=need.urn, at=at, kinds=(NoticeKind.TURN,))


def held(rfq: Rfq) -> Rfq:
    """The request, locked; whoever changes it or what hangs on it locks it first."""
    return Rfq.objects.select_for_update(of=("self",)).select_related("need__party", "pool__broker", "sent_by").get(pk=rfq.pk)


def held_invitation(invitation: Invitation) -> Invitation:
    """The invitation with its request, both locked."""
    rfq = held(invitation.rfq)
    row = Invitation.objects.select_for_update(of=("self",)).select_related("provider").get(pk=invitation.pk)
    row.rfq = rfq
    return row


def about(row: Invitation) -> str:
    """The name under which clocks and notices know the invitation."""
    return urn.of("invitation", str(row.pk))


def url_of(row: Invitation) -> str:
    """The page of an invitation."""
    return reverse("exchange:invitation", kwargs={"pk": row.pk})


def page_of(need: Listing) -> str:
    """The page of a need's request for the asker."""
    return reverse("exchange:rfq", kwargs={"pk": need.pk})


def owners(rfq: Rfq) -> list[Listing]:
    """The needs that ask, whose owners are told what comes."""
    return [rfq.need] if rfq.pool is None else [member.need for member in members(rfq)]


def until(rfq: Rfq) -> Text:
    """The rule of the deadline in words."""
    return t("报价截止于 {end}（北京时间，以服务器时间为准；发出后 {days} 个工作日）",
             "quotes are taken until {end} (Beijing, by the server's clock; working days given: {days})").format(
        end=formats.clock(rfq.deadline), days=period.working_days_between(period.day(rfq.sent_at), period.day(rfq.deadline)))
