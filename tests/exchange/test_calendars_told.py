"""What calendars tell and ask: whose price it is, what a slot costs, what cancelling costs, who needs training, and what a closure hits."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.utils import timezone

from exchange.lab import NOW, Lab, clock
from fuhua.desk.models import Notice
from fuhua.exchange.actions import metering, reservations, resources
from fuhua.exchange.kinds.charging import Rate
from fuhua.exchange.kinds.hours import Hours
from fuhua.exchange.models import Closure, Fault, Reservation, Resource
from fuhua.exchange.queries import calendars, overview
from fuhua.parties.actions import people, ties
from fuhua.parties.actions.cast import PLAYERS
from fuhua.parties.words import TieKind

OFFICER = PLAYERS["city_officer"].urn


def calendar_of(resource: Resource) -> str:
    return f"/exchange/{resource.offer_id}/calendar/"


def test_the_price_of_the_readers_organisation_is_marked_and_what_the_times_cost_is_told_before_and_after_booking(
        lab: Lab, visit: Any) -> None:
    tenant, firm = lab.venture("北京驻所科技有限公司"), lab.venture("北京乙科技有限公司")
    ties.attest(kind=TieKind.RESIDES, source=tenant[0], target=lab.house, by=OFFICER, at=NOW)
    resident, user, host = (visit(account).open(calendar_of(lab.microscope)) for account in (tenant[1], firm[1], lab.account))
    assert resident.sees("本单位在孵企业 500.00 元/小时 适用于贵单位", "预计费用：500.00 元（60 分钟，按“本单位在孵企业”的价格")
    assert user.sees("其他企业 800.00 元/小时，每次最低 400.00 元 适用于贵单位", "预计费用：800.00 元（60 分钟，按“其他企业”的价格")
    assert (host.sees("预计费用：免费"), host.sees("适用于贵单位")) == (True, False)
    user.send("/calendar/book/", day="2025-07-05", start="10:00", end="12:30")
    assert (user.status, user.sees("预计费用：2,000.00 元（150 分钟")) == (422, True)
    assert user.send("/calendar/book/", day="2025-07-01").sees("约定价格 800.00 元/小时，每次最低 400.00 元", "约定总价 2,000.00 元")


def test_the_operators_time_is_in_the_estimate_and_in_the_price_agreed(lab: Lab, visit: Any) -> None:
    resources.set_up(offer=lab.microscope.offer, operator_price=100_00, by=lab.by, at=NOW)
    user = visit(lab.venture("北京甲科技有限公司")[1]).open(calendar_of(lab.microscope))
    user.send("/calendar/book/", day="2025-07-05", start="10:00", end="12:00", operator="on")
    assert user.sees("预计费用：1,800.00 元（120 分钟")
    assert user.send("/calendar/book/", day="2025-07-01", operator="on").sees("操作人员 100.00 元/小时", "约定总价 1,800.00 元")


def test_the_estimate_follows_the_times_and_the_operator_chosen(lab: Lab, visit: Any) -> None:
    resources.set_up(offer=lab.microscope.offer, operator_price=100_00, by=lab.by, at=NOW)
    user = visit(lab.venture("北京甲科技有限公司")[1]).open(calendar_of(lab.microscope))
    address = re.search('hx-get="([^"]+)"', user.html)[1]
    said = [user.client.get(address, {"day": "2025-07-01", "start": "10:00", "end": end, **more}).content.decode().strip()
            for end, more in (("12:00", {}), ("10:30", {}), ("12:00", {"operator": "on"}), ("", {}))]
    assert [each.partition("，按")[0] for each in said] == [
        "预计费用：1,600.00 元（120 分钟", "预计费用：400.00 元（30 分钟", "预计费用：1,800.00 元（120 分钟", ""]


def test_whoever_has_no_price_or_no_organisation_reads_so_instead_of_a_form(lab: Lab, visit: Any) -> None:
    resources.set_prices(resource=lab.microscope, prices={"firm": Rate(800_00)}, by=lab.by, at=NOW)
    told = {"by": OFFICER, "at": NOW}
    alone = people.open_account(username="alone", password="a long enough password", party=people.enter(name="无单位者", **told),
                                strict=False, **told)
    for account, said in ((lab.venture("北京丙园区", "park")[1], "尚未为您这类用户定价，请联系提供方"), (alone, "您还没有可代表的单位")):
        user = visit(account).open(f"{calendar_of(lab.microscope)}?ask=wait")
        assert (user.sees(said), user.forms("/book/"), user.forms("/wait/"), user.sees("排队等候")) == (True, [], [], False)


def test_a_user_reports_a_fault_and_the_host_confirms_it_and_nobody_else_sees_the_form(lab: Lab, visit: Any) -> None:
    who, stranger = lab.venture("北京甲科技有限公司"), visit(lab.venture("北京乙科技有限公司")[1])
    page = calendar_of(lab.microscope)
    lab.book(lab.microscope, who, "2025-07-01", "09:00", "10:00")
    stranger.open(f"{page}?ask=fault")
    assert (stranger.sees("报告故障"), stranger.forms("/fault/"), stranger.client.post(f"{page}fault/").status_code) == (False, [], 403)
    user, host = visit(who[1]).open(f"{page}?ask=fault"), visit(lab.account)
    assert "fault-until" not in user.forms("/fault/")[0].values
    user.send("/fault/", **{"fault-text": "灯丝断", "fault-stops": "on", "fault-until": "2025-12-31T00:00"})
    assert user.sees("有人报告故障，停用至 2025年7月2日 00:00，待提供方确认", "灯丝断")
    host.open("/desk/").follow("故障待确认：扫描电镜 S-4800")
    fault = Fault.objects.get()
    host.send("/confirm/", **{f"fault_{fault.pk}-until": "2025-06-01T00:00"})
    assert (host.status, host.sees("预计修复时间须在以后")) == (422, True)
    host.send("/confirm/", **{f"fault_{fault.pk}-until": "2025-07-04T12:00"})
    assert (host.sees("已确认"), user.open(page).sees("故障停用，预计 2025年7月4日 12:00 修复")) == (True, True)
    assert host.send("/repair/").sees("已恢复使用")


def test_nothing_to_pay_is_said_as_free_and_no_price_as_none(lab: Lab, visit: Any) -> None:
    user = visit(lab.venture("北京甲科技有限公司")[1])
    resources.set_prices(resource=lab.microscope, prices={"all": Rate(0)}, by=lab.by, at=NOW)
    assert user.open(calendar_of(lab.microscope)).sees("其他用户 免费 适用于贵单位", "预计费用：免费（60 分钟")
    assert user.send("/calendar/book/").sees("约定价格 免费")
    assert user.sees("约定总价") is False
    resources.set_prices(resource=lab.microscope, prices={"university": Rate(1)}, by=lab.by, at=NOW)
    assert user.open(calendar_of(lab.microscope)).sees("尚未为您这类用户定价，请联系提供方")


def test_what_a_late_cancellation_costs_is_said_with_the_question_and_when_moving_and_then_what_was_charged(lab: Lab, visit: Any) -> None:
    who = lab.venture("北京甲科技有限公司")
    resources.set_up(offer=lab.microscope.offer, cancel_hours=24, cancel_percent=30, by=lab.by, at=NOW)
    late, early = (lab.book(lab.microscope, who, f"2025-07-0{day}", "09:00", "10:00") for day in (1, 3))
    user = visit(who[1]).open(f"/exchange/bookings/{late.pk}/")
    assert user.sees("取消预约 现在取消须付 240.00 元。时段将放给排队的人。", "改动后再取消，仍须付 240.00 元", "约定总价 800.00 元")
    assert (user.send("/cancel/").sees("收费 240.00 元"), user.sees("约定总价")) == (True, False)
    user.open(f"/exchange/bookings/{early.pk}/")
    assert user.sees("须付") is False
    assert (user.send("/cancel/").sees("收费 0.00 元"), user.sees("约定总价")) == (True, False)


@pytest.mark.parametrize(("rules", "told"), [
    ({"cancel_hours": 48, "cancel_percent": 30, "grace": 20, "miss_percent": 60, "step": 30},
     ("开始和结束以 30 分钟为一格", "开始前 48 小时以上取消免费，之后取消收价格的 30%", "开始后 20 分钟未到场为爽约，收价格的 60%")),
    ({"cancel_percent": 0, "grace": None, "miss_percent": 0, "step": 1}, ("开始前随时可免费取消", "未到场为爽约，不收费")),
])
def test_the_rules_tell_what_cancelling_and_staying_away_cost(lab: Lab, rules: dict[str, Any], told: tuple[str, ...]) -> None:
    said = [text.zh for text in calendars.rules_said(lab.instrument("透射电镜", **{"horizon": None, **rules}))]
    assert said == list(told)


@pytest.mark.parametrize(("spec", "ticked"), [({"training": "是"}, "on"), ({"training": "否"}, None), ({}, None)])
def test_training_first_is_ticked_only_where_the_offer_says_so(
        lab: Lab, visit: Any, an_offer: Any, spec: dict[str, str], ticked: str | None) -> None:
    offer = an_offer(lab.house, lab.account, "equipment", "新电镜", {"instrument": "扫描电镜", **spec}, NOW)
    host = visit(lab.account).open(f"/exchange/{offer.pk}/calendar/host/")
    assert host.forms("/rules/")[0].values.get("rules-qualify") == ticked
    host.send("/rules/")
    assert Resource.objects.get(offer=offer).qualify is (ticked == "on")


def test_samples_and_faults_are_of_instruments_and_of_no_clinic(lab: Lab, visit: Any, an_offer: Any) -> None:
    offer = an_offer(lab.house, lab.account, "ip_clinic", "知识产权门诊", {"topics": "公开前检查", "attorney": "执业专利代理师"}, NOW)
    clinic = resources.set_up(offer=offer, qualify=False, by=lab.by, at=NOW)
    user, host = visit(lab.account), visit(lab.account)

    def offered(resource: Resource) -> tuple[bool, bool, bool, bool, int]:
        page = calendar_of(resource)
        user.open(f"{page}?ask=fault")
        host.open(f"{page}host/")
        return (user.sees("样品单"), "sheet" in user.forms("/book/")[0].values, bool(user.forms("/fault/")), host.sees("预约须交样品单"),
                user.client.post(f"{page}fault/").status_code)

    assert offered(clinic) == (False, False, False, False, 404)
    assert offered(lab.microscope)[0::2] == (True, True, 422)
    assert host.sees("预约须交样品单")


def test_whoever_lacks_training_is_shown_the_way_to_it_and_then_where_the_ask_stands(lab: Lab, visit: Any) -> None:
    sem = lab.instrument("透射电镜", qualify=True)
    account = lab.venture("北京甲科技有限公司")[1]
    user = visit(account).open(f"{calendar_of(sem)}?ask=wait")
    assert (user.forms("/book/"), user.forms("/wait/"), user.sees("最近可约"), len(user.forms("/training/"))) == ([], [], False, 1)
    user.client.post(f"{calendar_of(sem)}book/", {"day": "2025-07-01", "start": "09:00", "end": "10:00"})
    assert not Reservation.objects.exists()
    asked = user.send("/training/").at
    assert user.open(calendar_of(sem)).forms("/training/") == []
    assert user.follow("查看申请进度").at == asked
    lab.train(sem, account)
    assert len(user.open(calendar_of(sem)).forms("/book/")) == 1
    assert len(visit(lab.account).open(calendar_of(sem)).forms("/book/")) == 1  # the host's own people need none


def test_a_closure_over_bookings_is_asked_about_first_and_its_reason_reaches_the_user(lab: Lab, visit: Any) -> None:
    who = lab.venture("北京甲科技有限公司")
    row = lab.book(lab.microscope, who, "2025-07-01", "09:00", "10:00")
    host = visit(lab.account).open(f"{calendar_of(lab.microscope)}host/")
    assert host.sees("取消这些预约并通知") is False
    span = {"close-start": "2025-07-01T08:00", "close-end": "2025-07-01T12:00", "close-reason": "消防检查"}
    host.send("/close/", **span)
    assert (host.status, host.sees("停用会取消 1 个预约：2025年7月1日 09:00–10:00。确认取消请勾选", "取消这些预约并通知")) == (422, True)
    assert (host.sees("北京甲科技有限公司。"), Closure.objects.exists(), Reservation.objects.get().state) == (False, False, "held")
    assert host.send("/close/", **{"close-cancel": "on"}).sees("已停用，取消了 1 个预约并已通知", "2025年7月1日 08:00–12:00 消防检查")
    notice = Notice.objects.get(to=who[1].party, about=row.urn)
    assert notice.title == "预约已取消，可改约：扫描电镜 S-4800 2025年7月1日 09:00"
    assert visit(who[1]).open(notice.url).sees("临时停用：消防检查", "改约到同样时长的空位")


def test_a_closure_where_nothing_is_booked_says_nothing_of_cancelling(lab: Lab, visit: Any) -> None:
    host = visit(lab.account).open(f"{calendar_of(lab.microscope)}host/")
    host.send("/close/", **{"close-start": "2025-07-01T22:00", "close-end": "2025-07-02T06:00", "close-reason": "检修"})
    assert (host.sees("已停用", "2025年7月1日 22:00–2025年7月2日 06:00 检修"), host.sees("取消了")) == (True, False)
    lab.book(lab.microscope, lab.venture("北京甲科技有限公司"), "2025-07-03", "09:00", "10:00")
    with pytest.raises(resources.BadSlot, match="agree to cancel"):  # a booking that came in between is not cancelled unasked
        resources.close_days(resource=lab.microscope, start=clock("2025-07-03T00:00"), end=clock("2025-07-04T00:00"), reason="检修",
                             cancel=False, by=lab.by, at=NOW)


def test_new_hours_name_the_bookings_that_they_leave_outside_and_wait_for_a_yes(lab: Lab, visit: Any) -> None:
    who = lab.venture("北京甲科技有限公司")
    rows = [lab.book(lab.microscope, who, "2025-07-01", *hours) for hours in (("09:00", "10:00"), ("16:00", "17:00"))]
    host = visit(lab.account).open(f"{calendar_of(lab.microscope)}host/")
    assert host.sees("保留这些预约") is False
    host.send("/hours/", **{"hours-day_1": "09:00-16:30"})
    assert (host.status, host.sees("有 1 个预约不在开放时间内：2025-07-01 16:00–17:00。", "09:00–10:00。")) == (422, False)
    assert lab.microscope.hours.get(weekday=1).closes == 18 * 60
    assert host.send("/hours/", **{"hours-despite": "on"}).sees("开放时间已保存")
    assert (lab.microscope.hours.get(weekday=1).closes, Reservation.objects.get(pk=rows[1].pk).state) == (16 * 60 + 30, "held")
    assert host.send("/hours/", **{"hours-day_2": ""}).sees("开放时间已保存")  # what was outside already is not asked about again
    with pytest.raises(resources.BadSlot, match="agree to keep"):  # a booking that came in between is not left outside unasked
        resources.set_hours(resource=lab.microscope, hours=(), despite=False, by=lab.by, at=NOW)


def test_days_at_the_end_of_time_are_refused_at_their_field(lab: Lab, visit: Any) -> None:
    user, host = visit(lab.venture("北京甲科技有限公司")[1]), visit(lab.account)
    page, said, day = calendar_of(lab.microscope), "日期须在 1949 年至 2100 年之间，请核对", "9999-12-31"
    for visitor, url, form, fields in (
            (user, page, "/book/", {"day": day}), (user, f"{page}?ask=wait", "/wait/", {"wait-day": day}),
            (host, f"{page}host/", "/close/", {"close-start": f"{day}T08:00", "close-end": f"{day}T09:00", "close-reason": "检修"})):
        visitor.open(url).send(form, **fields)
        assert (visitor.status, visitor.sees(said)) == (422, True)
    assert not Closure.objects.exists()


def test_opening_hours_are_read_as_a_chinese_keyboard_writes_them(lab: Lab, visit: Any) -> None:
    host = visit(lab.account).open(f"{calendar_of(lab.microscope)}host/")
    host.send("/hours/", **{"hours-day_0": "09：00－12：00，13：00——18：00", "hours-day_1": "０９：００～１８：００"})
    assert [(each.weekday, each.opens, each.closes) for each in lab.microscope.hours.filter(weekday__lt=2).order_by("pk")] == [
        (0, 540, 720), (0, 780, 1080), (1, 540, 1080)]


def test_whoever_is_to_be_qualified_is_named_as_people_are(lab: Lab, visit: Any) -> None:
    host = visit(lab.account).open(f"{calendar_of(lab.microscope)}host/")
    host.send("/qualify/", **{"qualify-person": "无此人", "qualify-expires": "2026-01-01"})
    assert (host.status, host.sees("查无“无此人”，请填写在册的完整姓名或个人标识"), host.sees("挂牌名")) == (422, True, False)


def test_my_bookings_to_come_are_the_live_ones_with_their_host(lab: Lab, visit: Any) -> None:
    house, account = lab.venture("北京甲科技有限公司")
    one = lab.book(lab.microscope, (house, account), "2025-07-01", "09:00", "10:00")
    two = lab.book(lab.microscope, (house, account), "2025-07-01", "11:00", "12:00")
    reservations.cancel(reservation=one, by=account.party.urn, at=NOW)
    Reservation.objects.filter(pk=two.pk).update(state="running", end=NOW - dt.timedelta(minutes=1), start=NOW - dt.timedelta(hours=1))
    client, tabs = visit(account).client, {}
    for view in ("", "?view=past"):
        page = client.get(f"/exchange/bookings/{view}")
        tabs[view] = [row["it"].pk for row in page.context["rows"]]
        assert lab.house.name in page.content.decode()
    assert tabs == {"": [two.pk], "?view=past": [one.pk]}
    column = 'data-label="单位"'
    assert column not in client.get("/exchange/bookings/").content.decode()
    second = lab.venture("北京丁科技有限公司")[0]
    ties.attest(kind=TieKind.EMPLOYS, source=second, target=account.party, office="founder", by=OFFICER, at=NOW)
    assert column in client.get("/exchange/bookings/").content.decode()


def test_hours_before_a_calendar_was_published_are_not_open_ones(lab: Lab) -> None:
    def hours(resource: Resource) -> int:
        rows = calendars.resources().filter(pk=resource.pk)
        return int(overview.utilisation(rows, dt.date(2025, 6, 2), dt.date(2025, 7, 1))[0].open_hours)

    assert hours(lab.microscope) == 18  # published on the Monday, nine hours a day since
    resources.close_days(resource=lab.microscope, start=clock("2025-07-01T09:00"), end=clock("2025-07-01T12:00"), reason="检修",
                         by=lab.by, at=NOW)
    assert hours(lab.microscope) == 15
    resources.unpublish_calendar(resource=lab.microscope, by=lab.by, at=NOW)
    assert hours(lab.microscope) == 0


def test_use_before_a_pause_keeps_the_hours_open_in_which_it_was_booked(lab: Lab) -> None:
    early = clock("2025-06-23T08:00")
    sem, who = lab.instrument("透射电镜", early), lab.venture("北京甲科技有限公司")
    row = lab.book(sem, who, "2025-06-24", "09:00", "18:00", at=early)
    metering.tell_minutes(reservation=row, used=540, meter=lab.account.party_id, by=lab.by, at=clock("2025-06-24T18:00"))
    resources.unpublish_calendar(resource=sem, by=lab.by, at=clock("2025-06-25T08:00"))
    resources.publish_calendar(resource=sem, by=lab.by, at=NOW)
    found = overview.utilisation(calendars.resources().filter(pk=sem.pk), dt.date(2025, 6, 2), dt.date(2025, 6, 30))[0]
    assert (found.used_hours, found.open_hours) == (9, 27)  # not from Wednesday to Friday


def test_an_hourly_price_that_cannot_be_read_is_shown_one_of_its_size(lab: Lab, visit: Any) -> None:
    host = visit(lab.account).open(f"{calendar_of(lab.microscope)}host/")
    host.send("/rules/", **{"rules-operator_price": "很多"})
    assert (host.status, host.sees("120 或 85.5（元/小时）"), host.sees("120 万元")) == (422, True, False)


def test_free_time_is_told_to_a_tenth_of_an_hour_and_days_in_english_by_their_names(lab: Lab, visit: Any) -> None:
    who = lab.venture("北京甲科技有限公司")
    lab.book(lab.microscope, who, "2025-07-01", "09:00", "09:15")
    user = visit(who[1]).open("/exchange/calendars/?week=2025-06-30")
    assert (user.sees("空闲 8.8 小时"), user.sees("8.75")) == (True, False)
    user.client.cookies["fuhua_language"] = "en"
    assert user.open("/exchange/bookings/").sees("1 Jul 2025, 09:00–09:15")


def test_a_past_month_stays_as_open_as_it_was_whatever_is_set_later(lab: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: clock("2025-09-01T09:00"))
    row, told = lab.instrument("电镜二号"), {"by": lab.by, "at": clock("2025-08-01T09:00")}

    def july() -> Any:
        return overview.utilisation(calendars.once_open().filter(pk=row.pk), dt.date(2025, 7, 1), dt.date(2025, 7, 31))[0].open_hours

    assert july() == 23 * 9
    resources.set_hours(resource=row, hours=[Hours(0, 600, 660)], **told)
    resources.set_up(offer=row.offer, holidays=True, zone="America/New_York", **told)
    resources.set_up(offer=row.offer, zone="Asia/Shanghai", **told)
    closure = resources.close_days(resource=row, start=clock("2025-07-01T00:00"), end=clock("2025-08-09T00:00"), reason="检修", **told)
    resources.unpublish_calendar(resource=row, **told)
    assert (july(), closure.start) == (23 * 9, told["at"])
    resources.publish_calendar(resource=row, by=lab.by, at=clock("2025-08-20T09:00"))
    resources.reopen_days(closure=closure, by=lab.by, at=clock("2025-08-20T09:00"))
    august = overview.utilisation(calendars.once_open().filter(pk=row.pk), dt.date(2025, 8, 1), dt.date(2025, 8, 31))[0]
    assert (july(), august.open_hours, Closure.objects.count()) == (23 * 9, 1, 1)  # one Monday from the 20th on
