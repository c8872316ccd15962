"""M8 Professional platforms, as a lab and a venture live it: from published slots to metered use that counts, and use that does not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from exchange.lab import clock
from fuhua.evidence.proof.figure import Terms
from fuhua.evidence.queries import told_of
from fuhua.exchange.actions import listings, platforms, slot_clock
from fuhua.exchange.facts import PlatformRegistered, UseMetered
from fuhua.exchange.models import Deal, Reservation, Resource
from fuhua.parties.actions import organisations, people, ties
from fuhua.parties.actions.cast import PLAYERS
from fuhua.parties.models import Account, Party
from fuhua.parties.words import TieKind
from fuhua.plan.indicators.i03_professional_platforms import SPEC as I3
from stories.visitor import Visitor

OFFICER = PLAYERS["city_officer"].urn
SHEET = "样品编号 JL-07，氮化铝薄膜，真空下稳定".encode()


@pytest.fixture
def on(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], dt.datetime]:
    """``on("2025-07-01T09:00")``: it is that time in Beijing from now on."""

    def set_clock(text: str) -> dt.datetime:
        now = clock(text)
        monkeypatch.setattr(timezone, "now", lambda: now)
        return now

    return set_clock


class Town:
    """The incubator of the cast owns a platform with two equal microscopes; the venture of the cast and others want to use them."""

    def __init__(self, cast: dict[str, Account], now: dt.datetime) -> None:
        self.cast, self.now = cast, now
        self.host = Party.objects.get(urn=cast["operator"].party.ties_in.get().source.urn)
        self.platform = organisations.register(sort="platform", name="启明芯电镜平台", district="110108", by=OFFICER, at=now)
        platforms.register(subject=self.platform.urn, owner=self.host.urn, novelty="new", proof="invoice", acquired=dt.date(2023, 5, 1),
                           by=OFFICER, at=now)
        self.offers = [self._offer(title) for title in ("一号扫描电镜", "二号扫描电镜")]

    def _offer(self, title: str) -> Any:
        told = listings.Told(title=title, spec={"instrument": "扫描电镜", "training": "是"}, owner=self.cast["operator"].party_id,
                             district="110108")
        by = self.cast["operator"].party.urn
        row = listings.draft(side="offer", kind="equipment", party=self.host.pk, told=told, by=by, at=self.now)
        return listings.publish(listing=row, by=by, at=self.now)

    def visitor(self, account: Account | str) -> Visitor:
        """A browser in which that account is signed in."""
        found = Visitor()
        found.client.force_login(self.cast[account] if isinstance(account, str) else account)
        return found

    def another(self, name: str) -> tuple[Account, Party]:
        """Another venture with its founder."""
        told = {"by": OFFICER, "at": self.now}
        house = organisations.register(sort="venture", name=name, district="110108", **told)
        person = people.enter(name=f"{name}创始人", **told)
        account = people.open_account(username=f"u{house.pk}", password="a long enough password", party=person, strict=False, **told)
        ties.attest(kind=TieKind.EMPLOYS, source=house, target=person, office="founder", **told)
        return account, house

    def publish(self, host: Visitor, offer: Any) -> None:
        """The host sets rules, hours and prices on its page, and opens the calendar."""
        page = f"/exchange/{offer.pk}/calendar/host/"
        host.open(page)
        host.send("host/rules", **{"rules-model": "S-4800", "rules-platform": "启明芯电镜平台", "rules-place": "B2-105"})
        days = {f"hours-day_{number}": "09:00-12:00, 12:00-18:00" for number in range(5)}
        host.send("host/hours", **days)
        host.send("host/prices", **{"prices-hour_all": "1000", "prices-hour_firm": "800"})
        assert host.send("host/publish").sees("已开放预约")

    def train(self, host: Visitor, offer: Any, *accounts: Account) -> None:
        """The host says who passed training."""
        for account in accounts:
            host.open(f"/exchange/{offer.pk}/calendar/host/")
            assert host.send("host/qualify", **{"qualify-person": account.party.urn, "qualify-expires": "2026-06-30"}).sees("已授予资格")

    def book(self, user: Visitor, offer: Any, day: str, start: str, end: str, **more: Any) -> Visitor:
        """Fill the booking form in on the calendar."""
        user.open(f"/exchange/{offer.pk}/calendar/?start={day}T{start}")
        return user.send("calendar/book", day=day, start=start, end=end, **more)

    def verdict(self) -> Any:
        """What indicator I3 says of the platform."""
        told = told_of(self.platform.urn, PlatformRegistered, UseMetered, on=dt.date(2025, 12, 31))
        return I3.definitions[0].judge(told, dt.date(2025, 12, 31), Terms(since=dt.date(2022, 12, 31), until=dt.date(2025, 12, 31)))


@pytest.fixture
def town(cast: dict[str, Account], on: Any) -> Town:
    return Town(cast, on("2025-06-30T08:00"))


def test_m8_from_published_slots_to_use_that_counts_and_self_use_that_does_not(town: Town, on: Any) -> None:
    host, founder = town.visitor("operator"), town.visitor("founder")
    the_host_publishes_slots(town, host, founder)  # ①
    an_untrained_user_is_blocked_and_offered_training(town, host, founder)  # ②
    row = a_qualified_user_books_and_uploads_a_sample_sheet(town, host, founder)  # ③
    deal = three_and_a_half_hours_are_metered(founder, row, on)  # ④
    a_no_show_has_a_fee_and_an_appeal(town, host, founder, on)  # ⑤
    a_fault_cancels_and_a_slot_is_booked_anew(town, host, founder)  # ⑥
    the_statement_is_accepted_and_settled(founder, deal)  # ⑦
    utilisation_updates_and_self_use_is_excluded(town, host, row, on)  # ⑧


def the_host_publishes_slots(town: Town, host: Visitor, founder: Visitor) -> None:
    for offer in town.offers:
        town.publish(host, offer)
    assert founder.open("/exchange/calendars/?week=2025-06-30").sees("一号扫描电镜", "二号扫描电镜", "空闲 9 小时")


def an_untrained_user_is_blocked_and_offered_training(town: Town, host: Visitor, founder: Visitor) -> None:
    calendar = f"/exchange/{town.offers[0].pk}/calendar/"
    founder.open(calendar)
    assert (founder.sees("使用前须先通过培训，您还没有有效资格"), founder.forms("calendar/book")) == (True, [])
    slot = {"day": "2025-07-01", "start": "09:00", "end": "12:30"}
    assert founder.client.post(f"{calendar}book/", slot).status_code == 422
    assert founder.send("calendar/training").sees("已申请培训", "仪器使用培训")
    assert founder.open(calendar).follow("查看申请进度").sees("仪器使用培训")
    assert host.open("/desk/").sees("一号扫描电镜")
    for offer in town.offers:
        town.train(host, offer, town.cast["founder"], town.cast["operator"])


def a_qualified_user_books_and_uploads_a_sample_sheet(town: Town, host: Visitor, founder: Visitor) -> Reservation:
    one, sheet = town.offers[0], SimpleUploadedFile("样品单.txt", SHEET, content_type="text/html")
    assert town.book(founder, one, "2025-07-01", "09:00", "13:00", sheet=sheet).sees("预约成功", "样品单.txt", "800.00 元/小时")
    row = Reservation.objects.get()
    page = f"/exchange/bookings/{row.pk}/"
    assert [visitor.download(f"{page}sheet/") for visitor in (founder, host)] == [SHEET, SHEET]
    stranger = town.visitor(town.another("北京旁观科技有限公司")[0])
    assert [stranger.open(url).status for url in (page, f"{page}sheet/")] == [404, 404]
    seen = stranger.open(f"/exchange/{one.pk}/calendar/?week=2025-06-30")
    assert (seen.sees("09:00–13:00 已约"), seen.sees("寄灵")) == (True, False)
    assert host.open(f"/exchange/{one.pk}/calendar/?week=2025-06-30").sees("09:00–13:00 北京寄灵科技有限公司")
    return row


def three_and_a_half_hours_are_metered(founder: Visitor, row: Reservation, on: Any) -> Deal:
    page = f"/exchange/bookings/{row.pk}/"
    on("2025-07-01T09:00")
    assert founder.open(page).send("check-in").sees("使用中")
    on("2025-07-01T12:30")
    assert founder.open(page).send("check-out").sees("210 分钟", "2,800.00 元")
    deal = Deal.objects.get()
    assert (deal.total, deal.state, Reservation.objects.get(pk=row.pk).end) == (2_800_00, "delivered", clock("2025-07-01T12:30"))
    return deal


def a_no_show_has_a_fee_and_an_appeal(town: Town, host: Visitor, founder: Visitor, on: Any) -> None:
    town.book(founder, town.offers[0], "2025-07-02", "09:00", "11:00")
    now = on("2025-07-02T09:31")
    assert slot_clock.tick(by=OFFICER, at=now)["missed"] == 1
    missed = Reservation.objects.get(state="no_show")
    assert founder.open(f"/exchange/bookings/{missed.pk}/").sees("爽约", "800.00 元", "可申诉")
    assert founder.send("appeal", **{"appeal-text": "当天园区停电，无法到场"}).sees("申诉处理中")
    assert host.open(f"/exchange/bookings/{missed.pk}/").send("waive", **{"waive-text": "停电属实"}).sees("已免除", "0.00 元")
    assert Deal.objects.count() == 1


def a_fault_cancels_and_a_slot_is_booked_anew(town: Town, host: Visitor, founder: Visitor) -> None:
    one = town.offers[0]
    town.book(founder, one, "2025-07-03", "14:00", "16:00")
    hit = Reservation.objects.get(start=clock("2025-07-03T14:00"))
    assert host.open(f"/exchange/{one.pk}/calendar/?ask=fault").send("calendar/fault", **{
        "fault-text": "灯丝烧断", "fault-stops": "on", "fault-until": "2025-07-04T12:00"}).sees("故障停用", "灯丝烧断")
    assert founder.open("/notices/").sees("一号扫描电镜 2025年7月3日 14:00")
    assert founder.open(f"/exchange/bookings/{hit.pk}/").sees("已取消", "设备故障", "14:00–16:00 二号扫描电镜", "12:00–14:00 一号扫描电镜")
    assert founder.send("rebook").sees("已改约", "二号扫描电镜", "14:00–16:00")


def the_statement_is_accepted_and_settled(founder: Visitor, deal: Deal) -> None:
    founder.open(f"/exchange/deals/{deal.pk}/")
    assert founder.sees("使用 210 分钟", "2,800.00 元")
    founder.send("accept")
    founder.send("pay", **{"pay-amount": "2800", "pay-reference": "ICBC20250702001", "pay-paid_on": "2025-07-02"})
    assert Deal.objects.get(pk=deal.pk).state == "settled"


def utilisation_updates_and_self_use_is_excluded(town: Town, host: Visitor, row: Reservation, on: Any) -> None:
    one, two = town.offers
    on("2025-07-07T08:00")
    town.book(host, one, "2025-07-07", "09:00", "18:00")
    own = Reservation.objects.get(organisation=town.host)
    on("2025-07-07T15:00")
    assert host.open(f"/exchange/bookings/{own.pk}/").send("minutes", **{"minutes-minutes": 360}).sees("不计入对外服务")
    district = town.visitor("district_officer").open("/exchange/utilisation/?first=2025-07-01&last=2025-07-07")
    # open: five working days of nine hours, less the outage from 2 July 09:31 to 4 July noon
    assert district.sees("一号扫描电镜", "24.52", "3.5", "6", "14.3%")
    assert (district.sees("寄灵"), district.client.get(f"/exchange/bookings/{row.pk}/").status_code) == (False, 404)
    whole = district.client.get("/exchange/figures/").context["whole"]
    assert (whole.used, whole.own) == (210, 360)
    assert (town.verdict().state, town.verdict().reason) == ("left_out", "too_few_users")
    for number, name in enumerate(("北京甲一科技有限公司", "北京乙二科技有限公司"), 8):
        user = use_two_hours(town, host, two, name, f"2025-07-{number:02}", on)
        assert town.verdict().reason == "too_few_users"  # the host's word alone does not count
        user.open(f"/exchange/deals/{Deal.objects.latest('pk').pk}/").send("accept")
    assert (town.verdict().state, town.verdict().credit[0][0]) == ("counted", town.host.urn)


def use_two_hours(town: Town, host: Visitor, offer: Any, name: str, day: str, on: Any) -> Visitor:
    """One more venture is trained, books, and is metered by the host."""
    account, _house = town.another(name)
    town.train(host, offer, account)
    user = town.visitor(account)
    town.book(user, offer, day, "09:00", "11:00")
    on(f"{day}T11:00")
    row = Reservation.objects.get(person=account.party)
    assert host.open(f"/exchange/bookings/{row.pk}/").send("minutes", **{"minutes-minutes": 120}).sees("120 分钟", "1,600.00 元")
    return user


def test_one_who_presses_twice_gets_one_slot(town: Town) -> None:
    host, founder = town.visitor("operator"), town.visitor("founder")
    offer = town.offers[0]
    town.publish(host, offer)
    town.train(host, offer, town.cast["founder"])
    founder.open(f"/exchange/{offer.pk}/calendar/")
    form = founder.forms("calendar/book")[0]
    told = {"day": "2025-07-01", "start": "09:00", "end": "10:00"}
    pages = [founder.send(form, **told).at for _again in range(2)]
    assert pages[0] == pages[1] == f"/exchange/bookings/{Reservation.objects.get().pk}/"


def test_bad_times_are_refused_with_what_would_do(town: Town) -> None:
    host, founder = town.visitor("operator"), town.visitor("founder")
    offer = town.offers[0]
    town.publish(host, offer)
    town.train(host, offer, town.cast["founder"])
    assert town.book(founder, offer, "2025-06-29", "09:00", "10:00").sees("开始时间已过", "当天不开放")
    assert town.book(founder, offer, "2025-07-01", "17:00", "19:00").sees("超出开放时间，当天开放 09:00–18:00", "最近可约")
    assert town.book(founder, offer, "2025-07-01", "09:07", "10:00").sees("起止时间以 15 分钟为一格")
    host.open(f"/exchange/{offer.pk}/calendar/host/")
    overlapping = host.send("host/hours", **{"hours-day_0": "09:00-12:00, 11:00-15:00"})
    assert overlapping.sees("周一的开放时间重叠：09:00–12:00 与 11:00–15:00，请合并")
    host.open(f"/exchange/{offer.pk}/calendar/host/")
    assert host.send("host/prices", **{"prices-hour_firm": "$120"}).sees("请用人民币填写")
    Resource.objects.update(zone="America/New_York")
    on_jump = town.book(founder, offer, "2025-03-09", "02:30", "03:30")
    assert on_jump.sees("这一刻不存在（当地夏令时拨快），请改为 03:30 或更晚")
    hostile = SimpleUploadedFile("样品.html", b"<script>alert(1)</script>", content_type="text/plain")
    assert town.book(founder, offer, "2025-07-01", "09:00", "10:00", sheet=hostile).sees("不接受这种文件，请提交 PDF")
