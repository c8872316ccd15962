"""Safety rules are agreed to with each booking in the words of that day, and what is handed over is told by both ends of a use."""

from __future__ import annotations

from contextlib import closing
from typing import Any

import pypdfium2
import pytest
from django.core.files.storage import default_storage

from exchange.lab import NOW, Lab, clock
from fuhua.desk.models import Notice
from fuhua.evidence.actions import documents
from fuhua.exchange.actions import faults, metering, reservations, resources
from fuhua.exchange.actions.holding import Refused
from fuhua.exchange.kinds.safety import digest_of
from fuhua.exchange.models import Reservation, Resource
from fuhua.parties.actions import ties
from fuhua.parties.words import TieKind
from stories.exchanging import clock_at

RULES = "进入须穿实验服、戴护目镜。\n氢氟酸样品谢绝。"
FORM = {"day": "2025-07-01", "start": "09:00", "end": "10:00"}


def agreement(rules: str) -> str:
    """The name of the box by which these rules are agreed to."""
    return f"agree_{digest_of(rules)}"


@pytest.fixture
def strict(lab: Lab, monkeypatch: pytest.MonkeyPatch) -> Lab:
    clock_at(monkeypatch, "2025-06-30")
    resources.set_up(offer=lab.microscope.offer, safety=RULES, by=lab.by, at=NOW)
    lab.microscope.refresh_from_db()
    return lab


def test_rules_are_read_and_agreed_to_with_the_booking_and_hazards_are_declared(strict: Lab, visit: Any) -> None:
    user = visit(strict.venture("北京甲科技有限公司")[1])
    page = f"/exchange/{strict.microscope.offer_id}/calendar/"
    assert user.open(page).sees("氢氟酸样品谢绝", "预约时确认安全要求（EHS）")
    assert user.send("/calendar/book/", **FORM).sees("请阅读安全要求并勾选")
    assert not Reservation.objects.exists()
    assert user.open(page).send("/calendar/book/", **FORM, **{agreement(RULES): "on"}, hazards=["corrosive", "waste"]).sees("预约成功")
    row = Reservation.objects.get()
    assert (row.safety, row.hazards) == (digest_of(RULES), ["corrosive", "waste"])
    assert user.sees("预约时已确认", "腐蚀性", "产生危险废物")


def test_a_box_ticked_before_the_rules_were_changed_agrees_to_nothing(strict: Lab, visit: Any) -> None:
    user = visit(strict.venture("北京甲科技有限公司")[1]).open(f"/exchange/{strict.microscope.offer_id}/calendar/")
    resources.set_up(offer=strict.microscope.offer, safety="一律谢绝腐蚀性样品。", by=strict.by, at=NOW)
    user.send("/calendar/book/", **FORM, **{agreement(RULES): "on"})
    assert user.sees("一律谢绝腐蚀性样品。", "安全要求刚刚更新，请重新阅读并勾选")
    assert not Reservation.objects.exists()
    assert user.send("/calendar/book/", **{agreement("一律谢绝腐蚀性样品。"): "on"}).sees("预约成功")


def test_whatever_way_a_booking_comes_the_present_rules_are_agreed_to_but_a_move_keeps_the_old(strict: Lab) -> None:
    who = strict.venture("北京甲科技有限公司")
    with pytest.raises(Refused, match="safety rules"):
        strict.book(strict.microscope, who, "2025-07-01", "09:00", "10:00")
    row = strict.book(strict.microscope, who, "2025-07-01", "09:00", "10:00", safety=digest_of(RULES))
    resources.set_up(offer=strict.microscope.offer, safety="新的要求", by=strict.by, at=NOW)
    moved = reservations.move(reservation=row, start=clock("2025-07-01T11:00"), end=clock("2025-07-01T12:00"), by=who[1].party.urn, at=NOW)
    assert moved.safety == digest_of(RULES)
    faults.report(resource=Resource.objects.get(), person=strict.account.party_id, text="真空泵漏油", stops=True,
                  until=clock("2025-07-01T18:00"), by=strict.by, at=NOW)
    again = Reservation.objects.get()
    assert (again.state, again.because) == ("cancelled", "fault")
    with pytest.raises(Refused, match="safety rules"):
        reservations.rebook(reservation=again, resource=again.resource, start=clock("2025-07-02T09:00"), by=who[1].party.urn, at=NOW)


def test_where_the_slot_offered_instead_has_no_rules_or_the_same_it_is_booked_by_a_press_else_on_its_calendar(
        strict: Lab, visit: Any) -> None:
    who = strict.venture("北京甲科技有限公司")
    made = {"model": "S-4800", "when": NOW}
    resources.set_up(offer=strict.microscope.offer, model="S-4800", by=strict.by, at=NOW)
    for sister, rules in (("电镜 2 号", ""), ("电镜 3 号", "另有要求")):
        strict.instrument(sister, safety=rules, **made)
    row = strict.book(strict.microscope, who, "2025-07-01", "09:00", "10:00", safety=digest_of(RULES))
    faults.report(resource=Resource.objects.get(pk=strict.microscope.pk), person=strict.account.party_id, text="真空泵漏油", stops=True,
                  until=clock("2025-07-09T18:00"), by=strict.by, at=NOW)
    user = visit(who[1]).open(f"/exchange/bookings/{row.pk}/")
    assert "/calendar/?start=" in user.link("阅读安全要求后预约")
    user.send(next(form for form in user.forms("/rebook/") if "电镜 2 号" in Resource.objects.get(pk=form.values["resource"]).offer.title))
    again = Reservation.objects.get(instead_of=row)
    assert (again.resource.offer.title, again.safety) == ("电镜 2 号", "")


def test_the_hosts_own_people_are_not_asked_but_who_also_acts_for_a_guest_is(strict: Lab, visit: Any) -> None:
    page = f"/exchange/{strict.microscope.offer_id}/calendar/"
    own = visit(strict.account).open(page)
    assert own.sees("氢氟酸样品谢绝")
    assert agreement(RULES) not in own.html
    assert strict.book(strict.microscope, (strict.house, strict.account), "2025-07-01", "12:00", "13:00").safety == ""
    guest = strict.venture("北京甲科技有限公司")[0]
    ties.attest(kind=TieKind.EMPLOYS, source=guest, target=strict.account.party, office="founder", by=strict.by,
                at=clock("2025-01-02T09:00"))
    both = visit(strict.account).open(page)
    assert both.sees("氢氟酸样品谢绝")
    both.send("/calendar/book/", **FORM, organisation=str(guest.pk), **{agreement(RULES): "on"})
    assert Reservation.objects.get(organisation=guest).safety == digest_of(RULES)


def used(lab: Lab, visit: Any, monkeypatch: pytest.MonkeyPatch, **said: str) -> tuple[Any, Reservation]:
    """An hour is used from check-in to check-out by pages, with what is ``said`` at both ends."""
    who = lab.venture("北京甲科技有限公司")
    row = lab.book(lab.microscope, who, "2025-07-01", "12:00", "13:00", safety=digest_of(lab.microscope.safety), hazards=["toxic"])
    clock_at(monkeypatch, "2025-07-01")  # noon
    user = visit(who[1]).open(f"/exchange/bookings/{row.pk}/")
    user.send("/check-in/", **{"check_in-remark": said.get("begin", "")})
    user.send("/check-out/", **{"check_out-remark": said.get("end", "")})
    row.refresh_from_db()
    return user, row


def test_what_is_said_on_taking_over_and_handing_back_stands_on_the_booking_and_reaches_the_host(
        strict: Lab, visit: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    user, row = used(strict, visit, monkeypatch, begin="样品台有划痕", end="已清洁，废液在 2 号桶")
    assert (row.state, row.taken_over, row.handed_back) == ("used", "样品台有划痕", "已清洁，废液在 2 号桶")
    assert user.sees("接收 样品台有划痕", "交还 已清洁，废液在 2 号桶")
    news = Notice.objects.filter(to=strict.account.party, title__startswith="交接说明")
    assert list(news.values_list("settled_at", flat=True)) == [None, None]  # they stay until they are read
    assert visit(strict.account).open(f"/exchange/bookings/{row.pk}/").sees("样品台有划痕")


def test_where_all_is_in_order_nothing_is_written_and_nobody_told(strict: Lab, visit: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    user, _row = used(strict, visit, monkeypatch)
    assert user.sees("接收 无异常", "交还 无异常")
    assert not Notice.objects.filter(title__startswith="交接说明").exists()


def printed(paper: bytes) -> str:
    """What stands on a paper, without spaces, line ends and places to break."""
    with closing(pypdfium2.PdfDocument(paper)) as pages:
        return "".join("".join(each.get_textpage().get_text_bounded() for each in pages).replace("\u200b", "").split())


def test_what_the_host_tells_of_a_use_is_no_handing_back(strict: Lab, client_for: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    clock_at(monkeypatch, "2025-07-02")
    who = strict.venture("北京甲科技有限公司")
    row = strict.book(strict.microscope, who, "2025-07-01", "12:00", "13:00", safety=digest_of(RULES))
    metering.check_in(reservation=row, by=who[1].party.urn, at=clock("2025-07-01T12:00"))
    metering.tell_minutes(reservation=row, used=30, meter=strict.account.party_id, by=strict.by, at=clock("2025-07-01T13:00"))
    browser, page = client_for(who[1]), f"/exchange/bookings/{row.pk}/"
    assert "交还" not in browser.get(page).content.decode()
    assert printed(browser.get(f"{page}handover/").content).count("无异常") == 1  # on taking over


def test_the_sheet_of_who_agreed_to_nothing_has_the_present_rules_to_be_signed_and_long_words_stay_on_it(
        lab: Lab, monkeypatch: pytest.MonkeyPatch, client_for: Any) -> None:
    clock_at(monkeypatch, "2025-06-30")
    who, long = lab.venture("北京甲科技有限公司"), "https://lab.example/" + "a" * 300
    row = lab.book(lab.microscope, who, "2025-07-01", "12:00", "13:00")
    resources.set_up(offer=lab.microscope.offer, safety=f"须戴护目镜\n{long}", by=lab.by, at=NOW)
    said = printed(client_for(who[1]).get(f"/exchange/bookings/{row.pk}/handover/").content)
    assert ["须戴护目镜" in said, long in said, "签字即为确认" in said, "已确认以上要求" in said] == [True, True, True, False]


def test_the_sheet_of_both_sides_is_a_paper_with_the_rules_as_they_were_agreed_to(
        strict: Lab, visit: Any, monkeypatch: pytest.MonkeyPatch, client_for: Any) -> None:
    _user, row = used(strict, visit, monkeypatch, end="已清洁")
    resources.set_up(offer=strict.microscope.offer, safety="新的要求", by=strict.by, at=NOW)
    page = f"/exchange/bookings/{row.pk}/handover/"
    said = printed(client_for(strict.account).get(page).content)
    wanted = (*RULES.split("\n"), "有毒有害", "已清洁", row.safety, "12:00–13:00", "新的要求")
    assert [what in said for what in wanted] == [True] * 6 + [False]
    assert client_for(strict.venture("北京乙科技有限公司")[1]).get(page).status_code == 404


def test_rules_whose_file_was_erased_leave_booking_and_sheet_with_their_digest(strict: Lab, client_for: Any) -> None:
    who = strict.venture("北京甲科技有限公司")
    row = strict.book(strict.microscope, who, "2025-07-01", "12:00", "13:00", safety=digest_of(RULES))
    default_storage.delete(documents.place_of(row.safety))
    browser, page = client_for(who[1]), f"/exchange/bookings/{row.pk}/"
    assert "预约时已确认" in browser.get(page).content.decode()
    assert row.safety in printed(browser.get(f"{page}handover/").content)


def test_a_booking_that_fell_has_no_such_sheet(strict: Lab, client_for: Any) -> None:
    who = strict.venture("北京甲科技有限公司")
    row = strict.book(strict.microscope, who, "2025-07-01", "09:00", "10:00", safety=digest_of(RULES))
    reservations.cancel(reservation=row, by=who[1].party.urn, at=NOW)
    assert client_for(who[1]).get(f"/exchange/bookings/{row.pk}/handover/").status_code == 404
