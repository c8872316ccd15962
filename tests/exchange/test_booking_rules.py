"""The rules of booking, one by one: what is refused, how to mend it, and the next slot that can be had."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from fuhua.exchange.kinds.booking import Diary, Policy, Question, next_free, refusals, unanswered
from fuhua.exchange.kinds.charging import Rate, class_of, part
from fuhua.exchange.kinds.hours import ALWAYS, BadTime, Hours, checked, joined, laid, less, moment, zone_of
from fuhua.kernel.words import t

SHANGHAI, NEW_YORK = ZoneInfo("Asia/Shanghai"), ZoneInfo("America/New_York")
OFFICE = tuple(Hours(weekday, 9 * 60, 18 * 60) for weekday in range(5))


def at(text: str, zone: ZoneInfo = SHANGHAI) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=zone).astimezone(dt.UTC)


def span(day: str, start: str, end: str) -> tuple[dt.datetime, dt.datetime]:
    return at(f"{day}T{start}"), at(f"{day}T{end}")


NOW = at("2025-06-30T08:00")  # a Monday
DIARY = Diary(open=tuple(laid(OFFICE, dt.date(2025, 6, 30), dt.date(2025, 8, 1), SHANGHAI)))


def codes(policy: Policy, wish: Any, diary: Diary = DIARY, **more: Any) -> list[str]:
    return [each.code for each in refusals(policy, wish, diary, NOW, **more)]


def own(*times: str) -> Diary:
    return replace(DIARY, own=tuple(span("2025-07-01", *each.split("-")) for each in times))


def test_a_wish_that_keeps_every_rule_is_not_refused() -> None:
    assert codes(Policy(), span("2025-07-01", "09:00", "12:30")) == []


@pytest.mark.parametrize(("policy", "wish", "code", "mend"), [
    (Policy(), span("2025-07-01", "12:00", "11:00"), "backwards", "结束时间须晚于开始时间，请修改结束时间"),
    (Policy(), (at("2025-06-30T07:00"), at("2025-06-30T07:30")), "past", "开始时间已过（现在 2025年6月30日 08:00），请选以后的时间"),
    (Policy(), span("2025-07-01", "09:10", "10:00"), "step", "起止时间以 15 分钟为一格，最近的开始时间是 2025年7月1日 09:15"),
    (Policy(), span("2025-07-01", "17:00", "19:00"), "closed", "超出开放时间，当天开放 09:00–18:00"),
    (Policy(), span("2025-07-05", "10:00", "11:00"), "closed", "当天不开放，请换一天"),
    (Policy(shortest=60), span("2025-07-01", "09:00", "09:30"), "shortest", "至少预约 60 分钟，请把结束改为 2025年7月1日 10:00 或更晚"),
    (Policy(longest=240), span("2025-07-01", "09:00", "14:00"), "longest", "最多预约 240 分钟，请把结束改为 2025年7月1日 13:00 或更早"),
    (Policy(lead=48 * 60), span("2025-07-01", "09:00", "10:00"), "lead", "须提前 48 小时预约，最早可约 2025年7月2日 08:00"),
    (Policy(horizon=14), span("2025-07-15", "09:00", "10:00"), "horizon", "最多提前 14 天预约，最晚可约 2025年7月14日 08:00"),
])
def test_each_rule_of_time_says_how_to_mend_it(policy: Policy, wish: Any, code: str, mend: str) -> None:
    found = {each.code: each.text.zh for each in refusals(policy, wish, DIARY, NOW)}
    assert found[code] == mend


def test_everything_that_is_wrong_is_told_at_once() -> None:
    wish = span("2025-07-21", "08:10", "08:40")
    assert codes(Policy(shortest=60, horizon=14), wish) == ["step", "closed", "shortest", "horizon"]


def test_taken_and_closed_times_are_named() -> None:
    diary = replace(DIARY, taken=(span("2025-07-01", "10:00", "11:00"),), closed=(span("2025-07-01", "14:00", "18:00"),))
    assert codes(Policy(), span("2025-07-01", "09:00", "10:00"), diary) == []
    assert codes(Policy(), span("2025-07-01", "10:30", "14:30"), diary) == ["outage", "taken"]


def test_bookings_a_day_are_limited() -> None:
    wish = span("2025-07-01", "15:00", "16:00")
    assert codes(Policy(per_day=2), wish, own("09:00-10:00")) == []
    assert codes(Policy(per_day=2), wish, own("09:00-10:00", "11:00-12:00")) == ["per_day"]
    assert codes(Policy(per_day=2), span("2025-07-02", "15:00", "16:00"), own("09:00-10:00", "11:00-12:00")) == []


def test_two_bookings_of_one_person_lie_apart_before_and_after() -> None:
    policy = Policy(apart=120)
    assert codes(policy, span("2025-07-01", "12:00", "13:00"), own("10:00-11:00")) == ["apart"]
    assert codes(policy, span("2025-07-01", "09:00", "09:30"), own("11:15-12:00")) == ["apart"]
    assert codes(policy, span("2025-07-01", "13:00", "14:00"), own("10:00-11:00")) == []


def test_what_a_person_holds_from_now_on_is_limited_in_all() -> None:
    found = refusals(Policy(ahead=180), span("2025-07-02", "09:00", "11:00"), own("09:00-10:30"), NOW)
    assert [each.text.zh for each in found] == ["每人今后合计最多预约 180 分钟，您已约 90 分钟，还可约 90 分钟"]
    assert codes(Policy(ahead=180), span("2025-07-02", "09:00", "10:30"), own("09:00-10:30")) == []


ALL_WEEK = Diary(open=tuple(laid(ALWAYS, dt.date(2025, 6, 30), dt.date(2025, 7, 31), SHANGHAI)))


@pytest.mark.parametrize(("start", "end", "refused"), [
    ("2025-07-01T19:00", "2025-07-02T06:00", []),  # within the free hours, past midnight
    ("2025-07-01T18:00", "2025-07-02T07:00", []),  # bounds included
    ("2025-07-01T17:45", "2025-07-02T06:00", ["longest"]),
    ("2025-07-05T09:00", "2025-07-05T17:00", []),  # a Saturday
    ("2025-07-04T12:00", "2025-07-05T12:00", ["longest"]),  # Friday to Saturday is not all weekend
])
def test_rules_on_length_are_off_at_night_and_on_weekends_when_the_host_says_so(start: str, end: str, refused: list[str]) -> None:
    policy = Policy(longest=240, off_from=dt.time(18), off_to=dt.time(7), off_weekend=True)
    assert codes(policy, (at(start), at(end)), ALL_WEEK) == refused


def test_hours_without_rules_by_day_need_both_ends_inside() -> None:
    policy = Policy(longest=60, off_from=dt.time(6), off_to=dt.time(12))
    assert codes(policy, span("2025-07-01", "09:00", "12:00"), ALL_WEEK) == []
    assert codes(policy, span("2025-07-01", "09:00", "12:15"), ALL_WEEK) == ["longest"]


def test_the_hosts_own_people_keep_to_time_itself_alone() -> None:
    policy = Policy(longest=60, horizon=1, per_day=1)
    assert codes(policy, span("2025-07-08", "09:00", "17:00"), exempt=True) == []
    assert codes(policy, span("2025-07-08", "09:00", "19:00"), exempt=True) == ["closed"]


def test_a_booking_may_cross_midnight_where_it_stays_open() -> None:
    assert codes(Policy(), (at("2025-07-01T22:00"), at("2025-07-02T02:00")), ALL_WEEK) == []


def test_the_next_free_slot_keeps_every_rule() -> None:
    diary = replace(DIARY, taken=(span("2025-06-30", "09:00", "17:30"),), closed=(span("2025-07-01", "09:00", "12:00"),),
                    own=(span("2025-07-01", "12:00", "13:00"),))
    assert next_free(Policy(apart=60), 60, diary, NOW, NOW) == span("2025-07-01", "14:00", "15:00")
    assert next_free(Policy(), 30, diary, NOW, NOW) == span("2025-06-30", "17:30", "18:00")
    assert next_free(Policy(horizon=0), 60, diary, NOW, NOW) is None


def test_on_a_grid_of_minutes_the_next_free_slot_begins_in_the_minute_in_which_a_rule_ends() -> None:
    policy, asked = Policy(step=1, apart=60), at("2025-07-01T09:05")
    assert codes(policy, span("2025-07-01", "09:05", "10:07")) == []
    mine = own("09:00-10:45")
    assert next_free(policy, 60, mine, NOW, asked) == span("2025-07-01", "11:45", "12:45")
    fits = replace(mine, taken=(span("2025-07-01", "12:45", "18:00"),), closed=(span("2025-07-02", "00:00", "23:59"),))
    assert next_free(policy, 60, fits, NOW, asked) == span("2025-07-01", "11:45", "12:45")
    assert next_free(policy, 61, fits, NOW, asked) == span("2025-07-03", "09:00", "10:01")
    assert next_free(Policy(step=1, lead=1507), 60, DIARY, NOW, NOW) == span("2025-07-01", "09:07", "10:07")


RULES = [
    Policy(step=1, apart=37, lead=1501), Policy(step=5, per_day=1, shortest=60), Policy(step=15, apart=50, per_day=2, horizon=5),
    Policy(step=1, longest=30, off_from=dt.time(18, 7), off_to=dt.time(7, 1)),
    Policy(step=1, longest=30, off_from=dt.time(12, 11), off_to=dt.time(13, 30)), Policy(step=1, longest=30, off_weekend=True),
]


@pytest.mark.parametrize("policy", RULES)
@pytest.mark.parametrize("seed", range(4))
def test_no_slot_before_the_next_free_one_could_be_had(policy: Policy, seed: int) -> None:
    chance = random.Random(seed)

    def spans(number: int, longest: int) -> tuple[Any, ...]:
        starts = [NOW + dt.timedelta(minutes=chance.randrange(6 * 1440)) for _each in range(number)]
        return tuple((start, start + dt.timedelta(minutes=chance.randint(1, longest))) for start in starts)

    mine = spans(4, 240)
    diary = Diary(open=tuple(laid(ALWAYS, dt.date(2025, 6, 30), dt.date(2025, 7, 6), SHANGHAI)), closed=spans(2, 900),
                  taken=(*mine, *spans(12, 300)), own=mine)
    length, asked = chance.choice((30, 45, 60, 75)), NOW + dt.timedelta(minutes=chance.randrange(2880))
    wishes = ((start, start + dt.timedelta(minutes=length)) for start in (asked + dt.timedelta(minutes=n) for n in range(7 * 1440)))
    first = next((wish for wish in wishes if not refusals(policy, wish, diary, NOW)), None)
    assert next_free(policy, length, diary, NOW, asked) == first


def test_questions_want_an_answer_one_of_the_choices_and_notice_of_a_change() -> None:
    blade = Question("blade", t("刀片", "blade"), ("SiC", "金属"), required=True, notice=18, current="SiC")
    soon, late = NOW + dt.timedelta(hours=2), NOW + dt.timedelta(hours=20)
    assert [each.text.zh for each in unanswered((blade,), {}, soon, NOW)] == ["请填写“刀片”"]
    assert [each.code for each in unanswered((blade,), {"blade": "木"}, soon, NOW)] == ["question"]
    assert [each.text.zh for each in unanswered((blade,), {"blade": "金属"}, soon, NOW)] == ["“刀片”换成 金属 须提前 18 小时，现装 SiC"]
    assert unanswered((blade,), {"blade": "金属"}, late, NOW) == unanswered((blade,), {"blade": "SiC"}, soon, NOW) == ()


def wall(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text)


def test_a_time_that_the_clock_jumps_over_does_not_exist() -> None:
    with pytest.raises(BadTime, match="03:30 or later"):
        moment(wall("2025-03-09T02:30"), NEW_YORK)
    assert moment(wall("2025-11-02T01:30"), NEW_YORK) == dt.datetime(2025, 11, 2, 5, 30, tzinfo=dt.UTC)  # the first of two
    assert moment(wall("2025-03-09T02:30"), SHANGHAI) == dt.datetime(2025, 3, 8, 18, 30, tzinfo=dt.UTC)


def test_a_day_of_the_jump_is_an_hour_shorter() -> None:
    hours = laid((Hours(6, 0, 1440),), dt.date(2025, 3, 9), dt.date(2025, 3, 9), NEW_YORK)
    assert [end - start for start, end in hours] == [dt.timedelta(hours=23)]


@pytest.mark.parametrize("hours", [
    [Hours(0, 540, 720), Hours(0, 700, 900)], [Hours(0, 720, 540)], [Hours(0, 540, 540)], [Hours(0, 540, 1441)], [Hours(7, 0, 60)],
])
def test_hours_that_overlap_or_end_before_they_begin_are_refused(hours: list[Hours]) -> None:
    with pytest.raises(BadTime):
        checked(hours)


def test_hours_that_only_touch_are_one() -> None:
    assert checked([Hours(0, 720, 900), Hours(0, 540, 720)]) == (Hours(0, 540, 720), Hours(0, 720, 900))
    assert laid((Hours(0, 540, 720), Hours(0, 720, 900)), dt.date(2025, 6, 30), dt.date(2025, 6, 30), SHANGHAI) == [
        span("2025-06-30", "09:00", "15:00")]


def test_chinese_holidays_are_closed_and_made_up_weekends_open_as_on_monday() -> None:
    days = laid(OFFICE, dt.date(2025, 9, 26), dt.date(2025, 10, 12), SHANGHAI, holidays=True)
    assert [start.astimezone(SHANGHAI).day for start, _end in days] == [26, 28, 29, 30, 9, 10, 11]  # 28 September and 11 October made up


def test_what_is_closed_on_holidays_keeps_its_hours_on_plain_weekends() -> None:
    days = laid(ALWAYS, dt.date(2025, 9, 26), dt.date(2025, 10, 9), SHANGHAI, holidays=True)
    assert [(start.astimezone(SHANGHAI).day, end.astimezone(SHANGHAI).day) for start, end in days] == [(26, 1), (9, 10)]


def test_an_unknown_time_zone_is_refused() -> None:
    with pytest.raises(BadTime):
        zone_of("Mars/Olympus")


def test_spans_join_and_lessen() -> None:
    a, b, c, d = (NOW + dt.timedelta(hours=n) for n in range(4))
    assert joined([(b, c), (a, b), (c, c)]) == [(a, c)]
    assert less([(a, d)], [(b, c)]) == [(a, b), (c, d)]
    assert less([(a, b), (c, d)], [(a, d)]) == []


def test_a_use_costs_by_the_minute_rounded_to_fen_and_at_least_the_least() -> None:
    assert Rate(800_00).of(210) == 2_800_00
    assert Rate(100_01).of(1) == 167  # 166.68
    assert Rate(100_00, least=200_00).of(30) == 200_00
    assert Rate(100_00, operator=60_00).of(60, 30) == 130_00
    assert (part(333, 50), part(100, 0)) == (167, 0)


def test_the_class_of_a_user_is_the_nearest() -> None:
    assert class_of("venture", same=True, resident=True) == "own"
    assert class_of("venture", same=False, resident=True) == "incubated"
    assert [class_of(sort, same=False, resident=False) for sort in ("venture", "firm", "university", "park")] == [
        "firm", "firm", "university", "all"]
