"""From a meeting to a contract: the pilot's agreement, its readings, the joint result, and the order."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.db import IntegrityError, transaction

from fuhua.desk.actions import notices
from fuhua.evidence.actions import papers
from fuhua.evidence.actions.facts import record
from fuhua.evidence.facts import Fact
from fuhua.evidence.words import Grade
from fuhua.exchange.actions import deals, listings, shortlists
from fuhua.exchange.actions.introductions import BadIntroduction, end, finish, held, locked, turn_of_both, url_of
from fuhua.exchange.facts import brokered as facts
from fuhua.exchange.flow import INTRODUCTION
from fuhua.exchange.kinds.listings import listing_kinds
from fuhua.exchange.models import Deal, Introduction, Listing, Pilot, Reading
from fuhua.exchange.queries.brokering import asks_route
from fuhua.exchange.words import LIVE, NEED, PROCUREMENT, RESULTS
from fuhua.kernel import period
from fuhua.kernel.questions import shown
from fuhua.kernel.ui import formats
from fuhua.kernel.words import t

_TRIAL = ("baseline", "site", "data", "safety")  # what the agreement of a pilot must say


@dataclass(frozen=True)
class Agreed:
    """What the two agree for a pilot or an order: ``price`` in integer fen, what is delivered until ``due``, days to pay.

    With ``hours`` so many hours are bought and ``price`` is that of one; without, it is the price of the whole. ``trial`` are a
    pilot's own terms: its baseline, the limits of site, data and safety, whether the site's safety is to be approved first
    (``approval``), and what follows if it succeeds. ``procurement``
    (``words.PROCUREMENT``) is asked of a public buyer whose need does not tell its route.
    """

    price: int
    deliverable: str
    due: dt.date
    pay_days: int = 30
    trial: Mapping[str, str] = field(default_factory=dict)
    procurement: str = ""
    hours: int | None = None


@dataclass(frozen=True)
class Measured:
    """One reading: what was measured, its value, unit and day."""

    measure: str
    value: Decimal
    unit: str
    day: dt.date
    note: str = ""


@transaction.atomic
def begin(*, introduction: Introduction, agreed: Agreed, by: str, at: dt.datetime) -> Deal:
    """Draw up the pilot's agreement, with the need's test of success and decision day; both sign it as any deal."""
    row = locked(introduction)
    if row.pilot is not None and row.pilot.deal.state != "cancelled":
        raise BadIntroduction(t("试点协议 {number} 已拟定，请先签署或取消", "the agreement {number} exists; sign or cancel it first")
                              .format(number=row.pilot.deal.number))
    if not all(agreed.trial.get(name, "").strip() for name in _TRIAL):
        raise BadIntroduction(t("请写明基线，以及场地、数据和安全边界", "give the baseline, and the limits of site, data and safety"))
    row.state = INTRODUCTION.after(row.state, "pilot")
    row.pilot = Pilot.objects.create(deal=_drawn_up(row, agreed, by=by, at=at, more={**agreed.trial, "stage": "pilot"}))
    row.save()
    turn_of_both(row, at)
    return row.pilot.deal


@transaction.atomic
def order(*, introduction: Introduction, agreed: Agreed, by: str, at: dt.datetime) -> Deal:
    """Draw up the contract that the meeting or the pilot led to; once both have signed, the need is met."""
    row = locked(introduction)
    if row.order is not None and row.order.state != "cancelled":
        raise BadIntroduction(t("合同 {number} 已拟定，请先签署或取消", "the contract {number} is drawn up; sign or cancel it first")
                              .format(number=row.order.number))
    row.state = INTRODUCTION.after(row.state, "order")
    row.order = _drawn_up(row, agreed, by=by, at=at, more={"stage": "order"})
    row.save()
    turn_of_both(row, at)
    return row.order


def _drawn_up(row: Introduction, agreed: Agreed, *, by: str, at: dt.datetime, more: dict[str, str]) -> Deal:
    need, offer = row.need, row.offer
    if asks_route(need) and agreed.procurement not in PROCUREMENT:
        raise BadIntroduction(t("公共部门采购请选择采购方式", "a public buyer names its procurement route"))
    told = {**more, "success": need.success, "procurement": _route(need, agreed), "decides": need.decides and need.decides.isoformat()}
    told = {name: value for name, value in told.items() if value}
    papers.require_printable([agreed.deliverable, need.success, told])
    return deals.open_deal(
        buyer=need.party, provider=offer.party, need=need, offer=offer, buyer_person=need.owner_id, provider_person=offer.owner_id,
        by=by, at=at, terms=deals.Terms(
            title=need.title, kind=need.kind, front="brokered", pay_days=agreed.pay_days, more=told,
            lines=[deals.Line(agreed.deliverable[:200], agreed.hours or 1, "小时" if agreed.hours else "项", agreed.price)],
            due=[deals.Due(title=agreed.deliverable, test=need.success, on=agreed.due)]))


def _route(need: Listing, agreed: Agreed) -> str:
    """The procurement route in the agreement's language: what the need tells, else what the two agreed."""
    if need.spec.get("route"):
        return shown(listing_kinds()[need.kind].one("route"), need.spec["route"]).zh
    return PROCUREMENT[agreed.procurement].zh if agreed.procurement else ""


@transaction.atomic
def approve(*, introduction: Introduction, document: str, name: str, by: str, at: dt.datetime) -> Introduction:
    """The needing side files the approval of its site's safety: ``document`` is the SHA-256 of the kept file.

    Another replaces it until something is measured.
    """
    row = locked(introduction)
    trial = row.pilot
    if row.state != "pilot" or not trial.asks_approval:
        raise BadIntroduction(t("这个试点没有约定现场安全批准", "no safety approval was agreed for this pilot"))
    if trial.approval and trial.readings.exists():
        raise BadIntroduction(t("已开始测量，安全批准不能再更换", "measuring has begun; the approval stands as it is"))
    trial.approval, trial.approval_name, trial.approved_on = document, name[:120], period.day(at)
    trial.save(update_fields=["approval", "approval_name", "approved_on"])
    other = row.sides.exclude(side=NEED).get()
    title = t("现场安全批准已上传：{title}", "safety approval filed: {title}").format(title=row.need.title)
    notices.news(about=other.urn, title=title, url=url_of(row), at=at, to=other.person_id)
    _tell(row, facts.SafetyApproved(subject=row.urn), by=by, at=at, documents=[document])
    return row


@transaction.atomic
def log(*, introduction: Introduction, side: str, told: Measured, person: int, by: str, at: dt.datetime) -> Reading:  # noqa: ARG001
    """One side logs a reading of the pilot once its agreement is signed; the other confirms it."""
    row, mine = held(introduction, side)
    trial = row.pilot
    if row.state != "pilot" or trial.deal.signed_at is None:
        raise BadIntroduction(t("试点协议双方签署后才能登记读数", "readings are logged once both have signed the pilot’s agreement"))
    if trial.waits:
        raise BadIntroduction(t("约定先取得现场安全批准：请需求方上传",
                                "the site’s safety is to be approved first: the needing side files it"))
    if trial.approved_on is not None and told.day < trial.approved_on:
        raise BadIntroduction(t("现场安全批准于 {day} 取得，此前的读数不计",
                                "the site’s safety was approved on {day}; no reading is from before")
                              .format(day=formats.day(trial.approved_on)))
    if told.day > period.day(at):
        raise BadIntroduction(t("读数日期在未来：{day}", "the reading’s day {day} is in the future").format(day=formats.day(told.day)))
    if not told.value.is_finite() or told.value.adjusted() > 8 or told.value != round(told.value, 6):
        raise BadIntroduction(t("读数须小于十亿，最多六位小数；请换一个单位",
                                "a reading is below 10⁹, with six decimals at most; use another unit"))
    try:
        with transaction.atomic():
            made = Reading.objects.create(
                pilot=trial, measure=told.measure.strip(), value=told.value, unit=told.unit.strip(),
                day=told.day, note=told.note.strip(), side=side, by_id=person, at=at)
    except IntegrityError as wrong:
        raise BadIntroduction(t("{day} 的“{measure}”已登记，请核对后确认或撤下", "“{measure}” of {day} is logged; confirm or strike it")
                              .format(day=formats.day(told.day), measure=told.measure)) from wrong
    other = row.sides.exclude(pk=mine.pk).get()
    notices.turn(about=other.urn, title=row.need.title, url=url_of(row), at=at, to=other.person_id)
    return made


@transaction.atomic
def confirm_reading(*, reading: Reading, side: str, person: int, by: str, at: dt.datetime) -> Reading:
    """The side that did not log the reading confirms it; from then on it stands."""
    row, mine = _measured(reading)
    if mine.side == side:
        raise BadIntroduction(t("读数由对方确认", "a reading is confirmed by the other side"))
    if mine.confirmed_at is not None:
        raise BadIntroduction(t("这条读数已经确认", "this reading is confirmed already"))
    mine.confirmed_by_id, mine.confirmed_at = person, at
    mine.save(update_fields=["confirmed_by", "confirmed_at"])
    _tell(row, facts.ReadingConfirmed(subject=row.urn, side=side, day=mine.day, millionths=int(mine.value * 1_000_000)), by=by, at=at)
    return mine


@transaction.atomic
def strike(*, reading: Reading, side: str, by: str, at: dt.datetime) -> None:  # noqa: ARG001 - every action says who and when
    """Take a reading off that is not confirmed: its own side because it is wrong, the other because it does not agree."""
    row, mine = _measured(reading)
    if mine.confirmed_at is not None:
        raise BadIntroduction(t("双方确认的读数不能撤下，请另记一条并说明", "what both confirmed stands; log another and explain"))
    other = row.sides.exclude(side=side).get()
    notices.news(about=other.urn, title=row.need.title, url=url_of(row), at=at, to=other.person_id)
    mine.delete()


def _measured(reading: Reading) -> tuple[Introduction, Reading]:
    """The reading and its introduction, held; raises :class:`BadIntroduction` for one that was struck or whose pilot fell."""
    row = Introduction.objects.filter(pilot=reading.pilot_id).first()
    row = row and locked(row)
    mine = row and row.pilot.readings.select_for_update().filter(pk=reading.pk).first()
    if mine is None:
        raise BadIntroduction(t("这条读数已撤下，或属于已终止的试点", "this reading was struck, or is of a pilot that fell"))
    return row, mine


@transaction.atomic
def state_result(*, introduction: Introduction, side: str, result: str, by: str, at: dt.datetime) -> Introduction:
    """One side says what the pilot showed; when both say the same, it is measured. Every reading must be confirmed by then."""
    row, mine = held(introduction, side)
    after, trial = INTRODUCTION.after(row.state, "measure"), row.pilot
    if result not in RESULTS:
        raise BadIntroduction(t("请选择试点结果", "choose what the pilot showed"))
    if not trial.readings.exists() or trial.readings.filter(confirmed_at=None).exists():
        raise BadIntroduction(t("请先登记读数并由双方逐条确认", "log the readings and confirm each on both sides first"))
    other = row.sides.exclude(pk=mine.pk).get()
    trial.results = {**trial.results, side: result}
    trial.save(update_fields=["results"])
    if trial.results.get(other.side) != result:
        notices.turn(about=other.urn, title=row.need.title, url=url_of(row), at=at, to=other.person_id)
        _tell(row, facts.ResultStated(subject=row.urn, side=side, result=result), by=by, at=at)
        return row
    row.state, row.result = after, result
    row.save(update_fields=["state", "result"])
    for each in (mine, other):
        notices.settle(about=each.urn, at=at)
    notices.turn(about=row.urn, title=row.need.title, url=url_of(row), at=at, to=row.need.owner_id)
    _tell(row, facts.PilotMeasured(subject=row.urn, need=row.need.urn, offer=row.offer.urn, result=result), by=by, at=at)
    return row


@transaction.atomic
def signed(*, introduction: Introduction, by: str, at: dt.datetime) -> bool:
    """Both signed the order: the introduction and its need end in it; returns whether that was new."""
    row = locked(introduction)
    if row.state != "ordering" or row.order is None or row.order.signed_at is None:
        return False
    row.state, row.ended_at = INTRODUCTION.after(row.state, "sign"), at
    row.save(update_fields=["state", "ended_at"])
    finish(row, at)
    if row.need.state in (*LIVE, "expired"):
        listings.close(listing=row.need, because="contracted", deal=row.order.urn, by=by, at=at)
    _tell(row, facts.IntroductionOrdered(subject=row.urn, need=row.need.urn, offer=row.offer.urn, deal=row.order.urn), by=by, at=at)
    return True


def deal_signed(*, deal: Deal, by: str, at: dt.datetime) -> bool:
    """A deal came into force: if it is the order of an introduction, that ends in it; returns whether it was."""
    return any(signed(introduction=row, by=by, at=at) for row in Introduction.objects.filter(order=deal, state="ordering"))


def fell(*, deal: Deal, by: str, at: dt.datetime) -> None:
    """A deal of an introduction fell through: without its pilot it is met again, and without its contract another can be drawn up."""
    for pilot in Introduction.objects.filter(pilot__deal=deal, state="pilot"):
        row = locked(pilot)
        row.state = INTRODUCTION.after(row.state, "fall")
        row.save(update_fields=["state"])
        turn_of_both(row, at)
    for order in Introduction.objects.filter(order=deal, state="ordered"):
        _contract_fell(locked(order), by=by, at=at)


def _contract_fell(row: Introduction, *, by: str, at: dt.datetime) -> None:
    """With the last contract that stood the need is open again.

    Where its need has ended otherwise the introduction ends; where the two are being introduced anew that one goes on instead.
    """
    row.state, row.ended_at, need = INTRODUCTION.after(row.state, "fall"), None, row.need
    stands = Deal.objects.filter(need=need).exclude(state="cancelled").exclude(terms__stage="pilot").exists()
    if need.state == "closed" and need.because == "contracted" and not stands:
        need = listings.disengage(listing=need, by=by, at=at)
        notices.news(about=need.urn, title=need.title, url=url_of(row), at=at, to=need.owner_id)
        shortlists.brokers_turn(need, about=row.urn, title=need.title, url=url_of(row), at=at)
    if need.state not in LIVE:
        end(row, need.because or "need_gone", by=by, at=at)
    elif not Introduction.objects.filter(need=need, offer=row.offer).exclude(state__in=("ordered", "declined")).exists():
        row.save()
        turn_of_both(row, at)


def _tell(row: Introduction, fact: Fact, *, by: str, at: dt.datetime, documents: Sequence[str] = ()) -> None:
    record(fact, by=by, at=at, grade=Grade.SYSTEM, on_behalf=row.need.party.urn, documents=documents)
