"""Pages of booking: who sees what, feeds for machines, the line by HTTP, and as many statements for a hundred bookings as for one."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from exchange.lab import NOW, Lab, clock
from fuhua.desk.actions import clocks
from fuhua.desk.models import Notice
from fuhua.exchange.actions import absences, listings, metering, reservations, resources, statements, waiting
from fuhua.exchange.actions.holding import BadSlot
from fuhua.exchange.kinds.charging import Rate
from fuhua.exchange.kinds.hours import ALWAYS
from fuhua.exchange.models import Deal, Reservation, Resource, Waiting
from fuhua.exchange.queries import slots, week
from fuhua.kernel.ui import formats


def calendar_of(lab: Lab) -> str:
    return f"/exchange/{lab.microscope.offer_id}/calendar/"


def test_the_week_feed_tells_others_that_it_is_busy_and_the_host_who_comes(lab: Lab, client_for: Any) -> None:
    one, two = lab.venture("北京甲科技有限公司"), lab.venture("北京乙科技有限公司")
    row = lab.book(lab.microscope, one, "2025-07-01", "09:00", "10:00")
    url = f"{calendar_of(lab)}week.json?week=2025-07-01"
    seen = {account.pk: client_for(account).get(url).json() for account in (one[1], two[1], lab.account)}
    times = {"start": "2025-07-01T01:00:00+00:00", "end": "2025-07-01T02:00:00+00:00"}
    named = {"booking": row.pk, "name": "北京甲科技有限公司"}
    assert [seen[account.pk]["taken"] for account in (one[1], two[1], lab.account)] == [
        [{**times, "state": "mine", **named}], [{**times, "state": "busy"}], [{**times, "state": "busy", **named}]]
    assert (seen[one[1].pk]["zone"], seen[one[1].pk]["from"]) == ("Asia/Shanghai", "2025-06-29T16:00:00+00:00")
    assert ["2025-07-01T01:00:00+00:00", "2025-07-01T10:00:00+00:00"] in seen[one[1].pk]["open"]


def test_a_feed_is_read_by_its_secret_address_alone_and_a_new_one_ends_the_old(lab: Lab, visit: Any) -> None:
    who = lab.venture("北京甲科技有限公司")
    lab.book(lab.microscope, who, "2025-07-01", "09:00", "10:00")
    user = visit(who[1])
    addresses = []
    for _again in range(2):
        user.open("/exchange/bookings/").send("feeds/renew")
        addresses.append(next(piece for piece in user.page.words if "/exchange/feeds/" in piece).strip().removeprefix("http://testserver"))
    stranger = Client()
    assert [stranger.get(address).status_code for address in (*addresses, "/exchange/feeds/guess.ics")] == [404, 200, 404]
    told = stranger.get(addresses[1]).content.decode()
    assert told.startswith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")
    assert "DTSTART:20250701T010000Z\r\nDTEND:20250701T020000Z\r\nSUMMARY:扫描电镜 S-4800\r\n" in told
    assert max(len(line.encode()) for line in told.split("\r\n")) <= 75


def test_a_feed_holds_no_line_that_a_place_or_a_title_brings_in(lab: Lab, visit: Any) -> None:
    who = lab.venture("北京甲科技有限公司")
    lab.book(lab.microscope, who, "2025-07-01", "09:00", "10:00")
    visit(lab.account).open(f"{calendar_of(lab)}host/").send("/rules/", **{"rules-place": "3 号楼\rATTENDEE:evil\u202e"})
    assert Resource.objects.get().place == "3 号楼 ATTENDEE:evil"
    Resource.objects.update(place="3 号楼\rATTENDEE:evil\x0b\r\n二层")  # as it was kept before
    user = visit(who[1]).open("/exchange/bookings/").send("feeds/renew")
    told = user.client.get(next(piece for piece in user.page.words if "/exchange/feeds/" in piece).strip()).content.decode()
    assert "\r\nLOCATION:3 号楼\\nATTENDEE:evil\\n二层\r\n" in told


def test_only_the_two_sides_reach_a_booking_and_each_does_only_its_own(lab: Lab, client_for: Any) -> None:
    one, two = lab.venture("北京甲科技有限公司"), lab.venture("北京乙科技有限公司")
    page = f"/exchange/bookings/{lab.book(lab.microscope, one, '2025-07-01', '09:00', '10:00').pk}/"
    user, other, host = (client_for(account) for account in (one[1], two[1], lab.account))
    assert [each.get(page).status_code for each in (user, other, host)] == [200, 404, 200]
    assert [each.post(f"{page}cancel/").status_code for each in (other, host)] == [404, 403]
    assert [each.post(f"{page}drop/").status_code for each in (other, user)] == [404, 403]
    assert [each.get(f"{page}sheet/").status_code for each in (user, host)] == [404, 404]  # there is none
    assert Reservation.objects.get().state == "held"


def test_a_host_loses_sight_of_the_sheet_of_a_sample_that_it_does_not_handle(lab: Lab, visit: Any, client_for: Any) -> None:
    house, account = lab.venture("北京甲科技有限公司")
    row = lab.book(lab.microscope, (house, account), "2025-07-01", "09:00", "10:00", sheet="0" * 64, sheet_name="样品单.pdf")
    assert visit(lab.account).open(f"/exchange/bookings/{row.pk}/").sees("样品单.pdf")
    reservations.cancel(reservation=row, by=account.party.urn, at=NOW)
    assert client_for(lab.account).get(f"/exchange/bookings/{row.pk}/sheet/").status_code == 404
    assert visit(lab.account).open(f"/exchange/bookings/{row.pk}/").sees("样品单.pdf") is False
    assert visit(account).open(f"/exchange/bookings/{row.pk}/").sees("样品单.pdf")


def test_the_line_is_joined_offered_and_taken_by_http(lab: Lab, visit: Any) -> None:
    one, two = lab.venture("北京甲科技有限公司"), lab.venture("北京乙科技有限公司")
    row = lab.book(lab.microscope, one, "2025-07-01", "09:00", "18:00")
    second = visit(two[1]).open(f"{calendar_of(lab)}?ask=wait")
    assert second.send("calendar/wait", **{"wait-day": "2025-07-01", "wait-start": "09:00", "wait-end": "12:00",
                                           "wait-minutes": "120"}).sees("已排队", "120 分钟")
    visit(one[1]).open(f"/exchange/bookings/{row.pk}/").send("cancel")
    offered = Waiting.objects.get().offered
    assert second.open("/desk/").sees("扫描电镜 S-4800 2025年7月1日 09:00")
    assert second.open(f"/exchange/bookings/{offered.pk}/").sees("候补到您", "09:00–11:00")
    assert second.send("take").sees("已预约")
    assert (Reservation.objects.get(pk=offered.pk).state, Waiting.objects.get().state) == ("held", "taken")


def test_a_slot_that_was_offered_is_declined_not_cancelled_and_goes_to_the_next(lab: Lab, visit: Any) -> None:
    span = {"start": clock("2025-07-01T09:00"), "end": clock("2025-07-01T12:00"), "minutes": 180}
    first, second = lab.venture("北京甲科技有限公司"), lab.venture("北京乙科技有限公司")
    place, after = (waiting.wait(resource=lab.microscope, organisation=who[0], person=who[1].party_id, **span, by=lab.by, at=NOW)
                    for who in (first, second))
    user = visit(first[1]).open(f"/exchange/bookings/{place.offered_id}/")
    assert (user.sees("不要这个空位"), bool(user.forms("/cancel/"))) == (True, False)
    assert user.send("/decline/").sees("已放弃，您不再排队")
    after.refresh_from_db()
    assert (Reservation.objects.get(pk=place.offered_id).state, after.state) == ("cancelled", "offered")
    assert not Notice.objects.filter(to=first[1].party_id, title__contains="可改约").exists()  # who declines is not told to book anew


def test_nobody_waits_behind_their_own_booking(lab: Lab) -> None:
    who = lab.venture("北京甲科技有限公司")
    row = lab.book(lab.microscope, who, "2025-07-01", "10:00", "12:00")
    with pytest.raises(BadSlot, match="yours already"):
        waiting.wait(resource=lab.microscope, organisation=who[0], person=who[1].party_id, start=row.start, end=row.end, minutes=60,
                     by=lab.by, at=NOW)


def test_a_slot_that_was_taken_meanwhile_is_not_declined_and_costs_nothing(lab: Lab, visit: Any) -> None:
    resources.set_up(offer=lab.microscope.offer, cancel_hours=24, cancel_percent=30, by=lab.by, at=NOW)
    who, span = lab.venture("北京甲科技有限公司"), {"start": clock("2025-07-01T09:00"), "end": clock("2025-07-01T12:00"), "minutes": 180}
    place = waiting.wait(resource=lab.microscope, organisation=who[0], person=who[1].party_id, **span, by=lab.by, at=NOW)
    stale, user = (visit(who[1]).open(f"/exchange/bookings/{place.offered_id}/") for _tab in range(2))
    assert user.send("/take/").sees("已预约")
    assert stale.client.post(f"/exchange/bookings/{place.offered_id}/decline/").status_code == 409
    row = Reservation.objects.get(pk=place.offered_id)
    assert (row.state, row.fee) == ("held", 0)


@pytest.mark.parametrize(("freed", "until"), [
    ("07-01T10:00", "07-01T14:00"), ("07-01T00:43", "07-01T12:00"), ("07-01T17:30", "07-02T12:00"), ("07-04T15:00", "07-07T12:00"),
    ("07-05T10:00", "07-07T12:00"), ("07-09T17:30", "07-10T09:00")])
def test_an_offer_lasts_its_hours_but_out_of_working_hours_to_the_next_noon_at_work_and_never_past_the_slot(
        lab: Lab, visit: Any, monkeypatch: pytest.MonkeyPatch, freed: str, until: str) -> None:
    one, two = lab.venture("北京甲科技有限公司"), lab.venture("北京乙科技有限公司")
    row, span = lab.book(lab.microscope, one, "2025-07-10", "09:00", "18:00"), (clock("2025-07-10T09:00"), clock("2025-07-10T18:00"))
    waiting.wait(resource=lab.microscope, organisation=two[0], person=two[1].party_id, start=span[0], end=span[1], minutes=60,
                 by=two[1].party.urn, at=NOW)
    monkeypatch.setattr(timezone, "now", lambda: clock(f"2025-{freed}"))
    reservations.cancel(reservation=row, by=one[1].party.urn, at=timezone.now())
    assert Waiting.objects.get().offered.offer_until == clock(f"2025-{until}")
    said = formats.clock(clock(f"2025-{until}")).zh
    for page in ("/desk/", "/notices/"):
        assert visit(two[1]).open(page).sees(f"候补到您，{said} 前确认：扫描电镜 S-4800 2025年7月10日 09:00")


def test_what_the_line_offered_in_time_is_taken_though_it_would_be_too_late_to_book(lab: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    one, two = lab.venture("北京甲科技有限公司"), lab.venture("北京乙科技有限公司")
    row, span = lab.book(lab.microscope, one, "2025-07-02", "09:00", "18:00"), (clock("2025-07-02T09:00"), clock("2025-07-02T18:00"))
    resources.set_up(offer=lab.microscope.offer, lead=24 * 60, by=lab.by, at=NOW)
    waiting.wait(resource=lab.microscope, organisation=two[0], person=two[1].party_id, start=span[0], end=span[1], minutes=540,
                 by=two[1].party.urn, at=NOW)
    monkeypatch.setattr(timezone, "now", lambda: clock("2025-07-01T12:00"))
    reservations.cancel(reservation=row, by=one[1].party.urn, at=clock("2025-07-01T08:50"))
    offered = Waiting.objects.get().offered
    assert reservations.take(reservation=offered, by=two[1].party.urn, at=clock("2025-07-01T10:30")).state == "held"


def test_nobody_waits_for_what_the_rules_would_never_let_them_have(lab: Lab, visit: Any) -> None:
    who, other = lab.venture("北京甲科技有限公司"), lab.venture("北京乙科技有限公司")
    resources.set_up(offer=lab.microscope.offer, per_day=1, by=lab.by, at=NOW)
    lab.book(lab.microscope, who, "2025-07-01", "09:00", "10:00")
    lab.book(lab.microscope, other, "2025-07-02", "09:00", "18:00")
    user = visit(who[1]).open(f"{calendar_of(lab)}?ask=wait")
    asked = {"wait-start": "09:00", "wait-end": "18:00", "wait-minutes": "60"}
    user.send("calendar/wait", **asked, **{"wait-day": "2025-07-01"})
    assert (user.status, user.sees("每人每天最多 1 次，您当天已有 1 次"), Waiting.objects.count()) == (422, True, 0)
    user.send("calendar/wait", **asked, **{"wait-day": "2025-07-05"})
    assert (user.status, user.sees("当天不开放，请换一天"), Waiting.objects.count()) == (422, True, 0)
    assert user.send("calendar/wait", **asked, **{"wait-day": "2025-07-02"}).sees("已排队")


def test_whoever_takes_an_offer_from_the_line_gives_what_a_booking_asks_for(lab: Lab, visit: Any) -> None:
    two = lab.venture("北京乙科技有限公司")
    ask = [{"name": "blade", "label": "刀片", "choices": ["dicing"], "required": True}]
    resources.set_up(offer=lab.microscope.offer, sheet=True, questions=ask, by=lab.by, at=NOW)
    visit(two[1]).open(f"{calendar_of(lab)}?ask=wait").send(
        "calendar/wait", **{"wait-day": "2025-07-01", "wait-start": "09:00", "wait-end": "12:00", "wait-minutes": "120"})
    offered = Waiting.objects.get().offered
    user = visit(two[1]).open(f"/exchange/bookings/{offered.pk}/")
    refused = user.send("take")
    errors = [f'id="id_take-{name}_error"' in refused.html for name in ("sheet", "ask_blade")]
    assert (refused.status, errors, Reservation.objects.get().state) == (422, [True, True], "offered")
    user.send("take", **{"take-sheet": SimpleUploadedFile("样品.txt", b"one sample"), "take-ask_blade": "dicing"})
    row = Reservation.objects.get()
    assert (row.state, row.sheet_name, row.answers) == ("held", "样品.txt", {"blade": "dicing"})


@pytest.mark.parametrize("before", [True, False])
def test_the_line_offers_nothing_that_can_no_longer_be_booked(lab: Lab, visit: Any, client_for: Any, before: bool) -> None:
    one, two = lab.venture("北京甲科技有限公司"), lab.venture("北京乙科技有限公司")
    row = lab.book(lab.microscope, one, "2025-07-01", "09:00", "18:00")
    place = waiting.wait(resource=lab.microscope, organisation=two[0], person=two[1].party_id, start=row.start, end=row.end, minutes=60,
                         by=two[1].party.urn, at=NOW)
    steps = [lambda: listings.withdraw(listing=lab.microscope.offer, by=lab.by, at=NOW),
             lambda: reservations.cancel(reservation=row, by=one[1].party.urn, at=NOW)]
    for step in steps if before else reversed(steps):
        step()
    place.refresh_from_db()
    assert place.state == ("waiting" if before else "offered")
    if not before:
        page = f"/exchange/bookings/{place.offered_id}/"
        assert "该资源目前不开放预约" in client_for(two[1]).post(f"{page}take/", follow=True).content.decode()
        assert Reservation.objects.get(pk=place.offered_id).state == "offered"
    with pytest.raises(BadSlot, match="cannot be booked now"):
        waiting.wait(resource=lab.microscope, organisation=one[0], person=one[1].party_id, start=row.start, end=row.end, minutes=60,
                     by=one[1].party.urn, at=NOW)


def test_a_calendar_that_is_not_open_is_seen_by_its_host_alone(lab: Lab, an_offer: Any, client_for: Any) -> None:
    offer = an_offer(lab.house, lab.account, "equipment", "新电镜", {"instrument": "扫描电镜"}, NOW)
    page = f"/exchange/{offer.pk}/calendar/"
    user, host = client_for(lab.venture("北京甲科技有限公司")[1]), client_for(lab.account)
    assert (user.get(page).status_code, host.get(page).headers["Location"]) == (404, f"{page}host/")
    assert [each.get(f"{page}host/").status_code for each in (user, host)] == [404, 200]
    assert user.post(f"{page}host/rules/", {}).status_code == 403


def test_the_english_calendar_is_english(lab: Lab, client_for: Any) -> None:
    client = client_for(lab.venture("北京甲科技有限公司")[1])
    client.cookies["fuhua_language"] = "en"
    page = client.get(f"{calendar_of(lab)}?week=2025-06-30&ask=wait").content.decode()
    assert [word for word in ("空闲", "预约", "规则", "价格", "开放时间", "排队") if word in page] == []
    assert "09:00–18:00 free" in page


def test_a_hundred_bookings_take_as_many_statements_as_one(lab: Lab, client_for: Any) -> None:
    who = lab.venture("北京甲科技有限公司")
    client = client_for(who[1])
    pages = (f"{calendar_of(lab)}?week=2025-06-30", f"{calendar_of(lab)}week.json?week=2025-06-30", "/exchange/bookings/",
             "/exchange/calendars/?week=2025-06-30")

    def statements() -> list[int]:
        found = []
        for page in pages:
            client.get(page)
            with CaptureQueriesContext(connection) as asked:
                client.get(page)
                found.append(len(asked))
        return found

    lab.book(lab.microscope, who, "2025-07-01", "09:00", "09:15")
    few = statements()
    for number in range(1, 20):
        start = clock("2025-07-01T09:00") + dt.timedelta(minutes=15 * number)
        lab.book(lab.microscope, who, "2025-07-01", f"{start.astimezone(slots.zone_of('Asia/Shanghai')):%H:%M}",
                 f"{(start + dt.timedelta(minutes=15)).astimezone(slots.zone_of('Asia/Shanghai')):%H:%M}")
    assert (statements(), max(few[:2])) == (few, 10)


def test_a_week_is_drawn_without_holes_and_to_scale(lab: Lab) -> None:
    who = lab.venture("北京甲科技有限公司")
    lab.book(lab.microscope, who, "2025-07-01", "09:15", "09:45")
    bounds = week.bounds_of(dt.date(2025, 6, 30), slots.zone_of("Asia/Shanghai"))
    found = week.week_of(lab.microscope, slots.terms_of(lab.microscope), slots.around(lab.microscope, bounds), dt.date(2025, 6, 30),
                         week.Reader(), NOW)
    assert found.hours == tuple(f"{hour:02}:00" for hour in range(9, 18))
    assert [(block.said, block.units) for block in found.days[1].blocks] == [
        ("09:00–09:15 空闲", 1), ("09:15–09:45 已约", 2), ("09:45–18:00 空闲", 33)]
    assert [(block.said, block.units) for block in found.days[0].blocks] == [("09:00–12:00 已过", 12), ("12:00–18:00 空闲", 24)]
    assert [(block.said, block.units) for block in found.days[5].blocks] == [("", 36)]


def test_time_too_soon_or_beyond_the_horizon_is_not_free_and_says_why_but_for_the_host(lab: Lab, visit: Any) -> None:
    sem = lab.instrument("透射电镜", horizon=3, lead=24 * 60)
    page, both = f"/exchange/{sem.offer_id}/calendar/", ("来不及预约", "尚未开放预约")
    user, host = visit(lab.venture("北京甲科技有限公司")[1]), visit(lab.account)
    assert user.open(f"{page}?week=2025-06-30").sees("12:00–18:00 来不及预约", "09:00–12:00 来不及预约", "12:00–18:00 空闲",
                                                     "12:00–18:00 尚未开放预约", "09:00–18:00 尚未开放预约")
    assert [form.values["start"] for form in user.forms("/book/")] == ["12:00"]
    host.open(f"{page}?week=2025-06-30")
    assert [host.sees(each) for each in both] == [False, False]
    assert user.open("/exchange/calendars/?week=2025-06-30&q=透射").sees("来不及预约", "空闲 6 小时", "空闲 3 小时", "尚未开放预约")
    assert user.open("/exchange/calendars/?week=2025-07-07&q=透射").sees("尚未开放预约", "本周没有可约的时间")
    host.open("/exchange/calendars/?week=2025-07-07&q=透射")
    assert (host.sees("空闲 9 小时"), host.sees("尚未开放预约")) == (True, False)


def test_what_can_be_booked_opens_on_the_week_of_the_next_working_day(lab: Lab, visit: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    resources.set_hours(resource=lab.instrument("周末电镜"), hours=ALWAYS, by=lab.by, at=NOW)
    user = visit(lab.venture("北京甲科技有限公司")[1])

    def monday(now: str) -> dt.date:
        monkeypatch.setattr(timezone, "now", lambda: clock(now))
        return user.client.get("/exchange/calendars/").context["monday"]

    assert [monday(f"2025-{now}") for now in ("07-04T10:00", "07-05T10:00", "07-06T10:00", "07-07T10:00", "09-28T10:00")] == [
        dt.date(2025, *day) for day in ((6, 30), (7, 7), (7, 7), (7, 7), (9, 22))]  # Sunday 28 September is worked


def test_a_fee_is_appealed_within_its_time_on_the_page(lab: Lab, visit: Any) -> None:
    who = lab.venture("北京甲科技有限公司")
    row = lab.book(lab.microscope, who, "2025-06-30", "11:30", "13:00", at=clock("2025-06-30T11:00"))
    absences.miss(reservation=row, by=lab.by, at=NOW)
    user = visit(who[1]).open(f"/exchange/bookings/{row.pk}/")
    assert user.send("appeal", **{"appeal-text": ""}).status == 422
    assert user.send("appeal", **{"appeal-text": "到场但系统故障"}).sees("申诉处理中")
    assert visit(lab.account).open(f"/exchange/bookings/{row.pk}/").send("uphold", **{"uphold-text": "门禁无记录"}).sees("已计费")


def test_a_no_show_is_offered_after_the_grace_time_and_an_early_start_in_free_time(
        lab: Lab, visit: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    one, two = lab.venture("北京甲科技有限公司"), lab.venture("北京乙科技有限公司")
    first = lab.book(lab.microscope, one, "2025-07-01", "09:00", "10:00")
    second = lab.book(lab.microscope, two, "2025-07-01", "10:00", "11:00")

    def offered(at: str, account: Any, row: Reservation, verb: str) -> bool:
        monkeypatch.setattr(timezone, "now", lambda: clock(f"2025-07-01T{at}"))
        return bool(visit(account).open(f"/exchange/bookings/{row.pk}/").forms(f"/{verb}/"))

    assert [offered(at, lab.account, first, "miss") for at in ("09:29", "09:30")] == [False, True]
    assert [offered(at, two[1], second, "check-in") for at in ("09:40", "10:00")] == [False, True]


def test_a_need_that_a_calendar_serves_is_named_in_the_booking_and_counts_as_contracted(
        lab: Lab, visit: Any, a_need: Any, client_of: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    who = lab.venture("北京甲科技有限公司")
    need = a_need(*who, "equipment", "需要扫描电镜", {"instrument": "扫描电镜"})
    stranger = a_need(*lab.venture("北京乙科技有限公司"), "equipment", "别家的需求", {"instrument": "扫描电镜"})
    user, slot = visit(who[1]), {"day": "2025-07-01", "start": "09:00", "end": "10:00"}
    user.open(f"/exchange/{need.pk}/match/").follow("查看日历并预约：扫描电镜 S-4800")
    form = user.forms("/calendar/book/")[0]
    assert (form.values["need"], user.sees("别家的需求")) == (str(need.pk), False)
    assert user.client.post(f"{calendar_of(lab)}book/", {**form.values, **slot, "need": stranger.pk}).status_code == 422
    user.send(form, **slot)
    user.send(user.open(calendar_of(lab)).forms("/calendar/book/")[0], **{**slot, "day": "2025-07-02"}, need=str(need.pk))
    rows = list(Reservation.objects.order_by("pk"))
    assert ([row.need for row in rows], user.sees("对应的需求 需要扫描电镜")) == ([need, need], True)
    assert not clocks.runs(about=need.urn, name="broker")
    assert [line["pk"] for line in client_of("steward").get("/exchange/desk/?queue=shortlist").context["rows"]] == [stranger.pk]

    def told() -> tuple[str, int]:
        need.refresh_from_db()
        return need.state, client_of("city_officer").get("/exchange/figures/").context["contracted"]

    assert told() == ("open", 0)
    for row, day, expected in zip(rows, ("2025-07-01", "2025-07-02"), ("open", "closed"), strict=True):
        monkeypatch.setattr(timezone, "now", lambda day=day: clock(f"{day}T11:00"))
        metering.tell_minutes(reservation=row, used=60, meter=lab.account.party_id, by=lab.by, at=timezone.now())
        assert told() == (expected, 1)
    assert (Deal.objects.filter(need=need).count(), need.because) == (2, "contracted")


def test_a_need_is_carried_from_week_to_week_to_the_slot_and_into_the_booking(lab: Lab, visit: Any, a_need: Any) -> None:
    who = lab.venture("北京甲科技有限公司")
    a_need(*who, "equipment", "需要扫描电镜", {"instrument": "扫描电镜"})
    need = a_need(*who, "contract_service", "GLP 毒理研究", {"model": "cro", "modality": "biologic", "quality": "glp", "scope": "毒理"})
    user = visit(who[1]).open(f"{calendar_of(lab)}?need={need.pk}")
    user.follow("下一周").follow("没有合适的时间？排队等候")
    assert user.send("calendar/wait", **{"wait-minutes": "0"}).status == 422
    lab.train(lab.microscope, who[1])  # whoever may use it may report
    user.follow("下一周").follow("报告故障")
    assert user.send("calendar/fault", **{"fault-text": ""}).status == 422
    user.follow("下一周").follow("上一周").follow("下一周").follow("空闲", "2025-07-07T09:00")
    form = user.forms("/calendar/book/")[0]
    assert (form.values["need"], form.values["day"]) == (str(need.pk), "2025-07-07")
    lab.book(lab.microscope, lab.venture("北京乙科技有限公司"), "2025-07-07", "09:00", "10:00")
    assert user.send(form).status == 422
    user.follow("选这段").send("/calendar/book/")
    assert (Reservation.objects.get(organisation=who[0]).need, user.sees("对应的需求 GLP 毒理研究")) == (need, True)


def test_a_fee_for_a_missed_slot_serves_no_need(lab: Lab, a_need: Any) -> None:
    who = lab.venture("北京甲科技有限公司")
    need = a_need(*who, "equipment", "需要扫描电镜", {"instrument": "扫描电镜"})
    row = lab.book(lab.microscope, who, "2025-07-01", "09:00", "10:00", need=need)
    deal = statements.draw_up(row, "爽约费", 100_00, NOW)
    need.refresh_from_db()
    assert (deal.need, need.state) == (None, "open")


def test_when_the_last_slot_for_a_need_ends_it_was_contracted_if_one_was_used_and_else_waits_for_the_brokers_again(
        lab: Lab, cast: Any, a_need: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    who, free = lab.venture("北京甲科技有限公司"), lab.instrument("公益电镜")
    resources.set_prices(resource=free, prices={"all": Rate(0)}, by=lab.by, at=NOW)
    by, need = who[1].party.urn, a_need(*who, "equipment", "需要扫描电镜", {"instrument": "扫描电镜"})
    missed = lab.book(free, who, "2025-07-01", "09:00", "10:00", need=need)
    assert not clocks.runs(about=need.urn, name="broker")
    reservations.cancel(reservation=missed, by=by, at=NOW)
    assert clocks.runs(about=need.urn, name="broker")
    used, last = (lab.book(free, who, day, "09:00", "10:00", need=need) for day in ("2025-07-02", "2025-07-03"))
    monkeypatch.setattr(timezone, "now", lambda: clock("2025-07-02T12:00"))
    metering.tell_minutes(reservation=used, used=60, meter=lab.account.party_id, by=lab.by, at=clock("2025-07-02T10:40"))
    need.refresh_from_db()
    assert need.state == "open"
    reservations.cancel(reservation=last, by=by, at=clock("2025-07-02T11:00"))
    need.refresh_from_db()
    assert (need.state, need.because, Deal.objects.filter(need=need).exists()) == ("closed", "contracted", False)
