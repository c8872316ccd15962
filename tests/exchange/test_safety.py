"""Safety rules are agreed to with each booking in the words of that day, and what is handed over is told by both ends of a use."""

from __future__ import annotations

from contextlib import closing
from typing import Any

import pypdfium2
import pytest

from exchange.lab import NOW, Lab, clock
from fuhua.desk.models import Notice
from fuhua.exchange.actions import faults, reservations, resources
from fuhua.exchange.actions.holding import Refused
from fuhua.exchange.kinds.safety import digest_of
from fuhua.exchange.models import Reservation, Resource
from stories.exchanging import clock_at

RULES = "进入须穿实验服、戴护目镜。\n氢氟酸样品谢绝。"
FORM = {"day": "2025-07-01", "start": "09:00", "end": "10:00"}


def agreement(rules: str) -> str:
    """The name of the box by which these rules are agreed to."""
    return f"agree_{digest_of(rules)[:12]}"


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
    assert user.send("/calendar/book/", **FORM).sees("请阅读现行的安全要求并勾选")
    assert not Reservation.objects.exists()
    assert user.open(page).send("/calendar/book/", **FORM, **{agreement(RULES): "on"}, hazards=["corrosive", "waste"]).sees("预约成功")
    row = Reservation.objects.get()
    assert (row.safety, row.hazards) == (digest_of(RULES), ["corrosive", "waste"])
    assert user.sees("预约时已确认", "腐蚀性", "产生危险废物")


def test_a_box_ticked_before_the_rules_were_changed_agrees_to_nothing(strict: Lab, visit: Any) -> None:
    user = visit(strict.venture("北京甲科技有限公司")[1]).open(f"/exchange/{strict.microscope.offer_id}/calendar/")
    resources.set_up(offer=strict.microscope.offer, safety="一律谢绝腐蚀性样品。", by=strict.by, at=NOW)
    user.send("/calendar/book/", **FORM, **{agreement(RULES): "on"})
    assert user.sees("一律谢绝腐蚀性样品。", "请阅读现行的安全要求并勾选")
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


def test_the_hosts_own_people_are_not_asked(strict: Lab) -> None:
    assert strict.book(strict.microscope, (strict.house, strict.account), "2025-07-01", "09:00", "10:00").safety == ""


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


def test_the_sheet_of_both_sides_is_a_paper_with_the_rules_as_they_were_agreed_to(
        strict: Lab, visit: Any, monkeypatch: pytest.MonkeyPatch, client_for: Any) -> None:
    _user, row = used(strict, visit, monkeypatch, end="已清洁")
    resources.set_up(offer=strict.microscope.offer, safety="新的要求", by=strict.by, at=NOW)
    page = f"/exchange/bookings/{row.pk}/handover/"
    with closing(pypdfium2.PdfDocument(client_for(strict.account).get(page).content)) as paper:
        said = "".join(each.get_textpage().get_text_bounded() for each in paper)
    assert [what in said for what in (*RULES.split("\n"), "有毒有害", "已清洁", row.safety[:8], "新的要求")] == [True] * 5 + [False]
    assert client_for(strict.venture("北京乙科技有限公司")[1]).get(page).status_code == 404


def test_a_booking_that_fell_has_no_such_sheet(strict: Lab, client_for: Any) -> None:
    who = strict.venture("北京甲科技有限公司")
    row = strict.book(strict.microscope, who, "2025-07-01", "09:00", "10:00", safety=digest_of(RULES))
    reservations.cancel(reservation=row, by=who[1].party.urn, at=NOW)
    assert client_for(who[1]).get(f"/exchange/bookings/{row.pk}/handover/").status_code == 404
