"""A NEMO export is taken in with its rules, once, and behaves as it did there."""

from __future__ import annotations

import datetime as dt
import json
import os
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from exchange.lab import Lab, clock
from fuhua.config import door
from fuhua.evidence.words import Grade
from fuhua.exchange.actions import faults, instruments, reservations, slot_clock
from fuhua.exchange.actions.holding import Booking, Refused
from fuhua.exchange.kinds import nemo
from fuhua.exchange.models import Closure, Fault, Reservation, Resource
from fuhua.exchange.queries import slots
from fuhua.parties.actions import people, ties
from fuhua.parties.actions.cast import PLAYERS
from fuhua.parties.models import Account, Party
from fuhua.parties.words import TieKind

READ = {"NEMO.tool", "NEMO.user", "NEMO.qualification", "NEMO.scheduledoutage", "NEMO.task", "NEMO.configuration",
        "NEMO.reservationquestions", "NEMO.closure", "NEMO.closuretime"}
EXPORT = Path(os.environ.get("FUHUA_SHARED_DATA", "/nowhere")) / "instruments" / "nemo_splash_pad.json"
NOW = clock("2025-05-20T12:00")
real = pytest.mark.skipif(not EXPORT.exists(), reason="the export of the splash pad is not here")
OFFICER = PLAYERS["city_officer"].urn


@pytest.fixture
def lab(firm: Any, an_offer: Any) -> Lab:
    return Lab(firm, an_offer)


def tool(name: str, **fields: Any) -> dict[str, Any]:
    return {"model": "NEMO.tool", "fields": {"name": name, "visible": True, "_operational": True, "_category": "Metrology", **fields}}


def taken(lab: Lab, rows: list[Any], at: dt.datetime = NOW) -> instruments.Report:
    house = instruments.House(lab.house, lab.account.party, "America/New_York", 500_00)
    return instruments.take_in(nemo.read(rows), house=house, by=lab.by, at=at)


def record(model: str, pk: int, **fields: Any) -> dict[str, Any]:
    return {"model": f"NEMO.{model}", "pk": pk, "fields": fields}


ROWS = [
    tool("Bruker AFM 1", _reservation_horizon=14, _minimum_usage_block_time=30, _maximum_usage_block_time=240,
         _maximum_reservations_per_day=2, _minimum_time_between_reservations=60, _maximum_future_reservation_time=480,
         _missed_reservation_threshold=30, _policy_off_between_times=True, _policy_off_start_time="18:00:00",
         _policy_off_end_time="07:00:00", _policy_off_weekend=True),
    tool("Bruker AFM 2", _operational=False),
    tool("Sinter", _minimum_usage_block_time=60, _maximum_usage_block_time=30, _policy_off_between_times=True, _reservation_horizon=-3),
    record("user", 1, username="ned", first_name="Ned", last_name="Land"),
    record("user", 2, username="captain", first_name="Captain", last_name="Nemo"),
    record("qualification", 1, user=["ned"], tool=["Bruker AFM 1"], qualified_on="2023-04-10"),
    record("qualification", 2, user=["captain"], tool=["Sinter"], qualified_on="2023-04-10"),
    record("qualification", 3, user=["ned"], tool=["Nowhere"], qualified_on="2023-04-10"),
    record("closure", 1, name="Memorial day"),
    record("closuretime", 1, closure=1, start_time="2025-05-26T04:00:00Z", end_time="2025-05-27T03:59:00Z"),
    record("closuretime", 2, closure=1, start_time="2024-05-27T04:00:00Z", end_time="2024-05-28T03:59:00Z"),
    record("scheduledoutage", 1, start="2025-06-21T20:10:00Z", end="2025-06-23T20:10:00Z", tool=["Sinter"]),
    record("configuration", 1, name="Tip", tool=["Bruker AFM 1"], advance_notice_limit=18, enabled=True, prompt="Which tip?",
           current_settings="Si", available_settings="Si, Diamond"),
    record("alert", 1), "not a record",
]
LOST = [  # rules of use, tasks and persons as NEMO keeps them, beyond those of booking
    tool("Etcher", _max_delayed_logoff=120, _requires_area_access=1, _grant_physical_access_level_upon_qualification=1, _serial="21",
         _reservation_horizon=0, _missed_reservation_threshold=0, _maximum_reservations_per_day=0),
    tool("Furnace"), tool("Bench", _operational=False), tool("Etcher B", parent_tool=["Etcher"]),
    record("area", 1, name="Cleanroom"), record("physicalaccesslevel", 1, name="Weekdays", area=1),
    record("resource", 1, name="Oxygen", available=False, restriction_message="No more oxygen!", fully_dependent_tools=[["Furnace"]],
           partially_dependent_tools=[["Etcher"]]),
    record("toolqualificationgroup", 1, name="Hot", tools=[["Furnace"], ["Bench"]]),
    record("toolusagequestions", 1, only_for_tools=[["Bench"]], questions="[]"),
    record("task", 1, tool=["Etcher"], force_shutdown=False, problem_description="A lamp flickers"),
    record("task", 2, tool=["Bench"], force_shutdown=True, problem_description="No water"),
    record("task", 3, tool=["Etcher"], force_shutdown=True, problem_description="Mended", resolved=True),
    record("scheduledoutage", 1, start="2025-06-21T20:10:00Z", end="2025-06-23T20:10:00Z", tool=None, resource=1),
    record("scheduledoutage", 2, start="2025-06-21T20:10:00Z", end="2025-06-23T20:10:00Z", tool=None, resource=None, area=1),
    record("closure", 1, name="Deep clean", physical_access_levels=[1]),
    record("closuretime", 1, closure=1, start_time="2025-06-02T04:00:00Z", end_time="2025-06-03T03:59:00Z"),
    record("user", 1, username="ned", first_name="Ned", last_name="Land", access_expiration="2025-12-31"),
    record("user", 2, username="captain", first_name="Captain", last_name="Nemo", training_required=True),
    record("qualification", 1, user=["ned"], tool=["Etcher"], qualified_on="2023-04-10"),
    record("qualification", 2, user=["captain"], tool=["Etcher"], qualified_on="2023-04-10"),
    record("reservationquestions", 1, name="Q", questions="[]", tool_reservations=True, only_for_projects=[["P"]]),
    record("configuration", 1, name="Tip", tool=["Etcher"], enabled=False),
    record("news", 1), record("news", 2),
]


def test_rules_that_have_no_place_here_are_told_one_by_one_and_all_the_rest_in_counts(lab: Lab) -> None:
    ned = people.enter(name="Ned Land", by=OFFICER, at=NOW, grade=Grade.REGISTRY)
    ties.attest(kind=TieKind.EMPLOYS, source=lab.house, target=ned, by=OFFICER, at=NOW)
    report = taken(lab, LOST)
    assert [(each.model.removeprefix("NEMO."), each.key) for each in report.problems] == [
        ("tool", "Etcher B"), ("qualification", "2"), ("scheduledoutage", "2"), ("reservationquestions", "1"), ("tool", "Etcher"),
        ("tool", "Etcher"), ("tool", "_grant_physical_access_level_upon_qualification"), ("toolqualificationgroup", "1"), ("resource", "1"),
        ("toolusagequestions", "1"), ("physicalaccesslevel", "1"), ("area", "1")]
    assert report.problems[5].text.en.startswith("in NEMO its users log in to the area “Cleanroom” first")
    assert report.left == {"NEMO.configuration": 1, "NEMO.news": 2, "NEMO.task": 1, "NEMO.tool._serial": 1}
    assert sorted(Fault.objects.values_list("resource__offer__title", "stops", "text")) == [
        ("Bench", True, "No water"), ("Etcher", False, "A lamp flickers"), ("Furnace", True, "No more oxygen!")]
    assert sorted(Closure.objects.values_list("resource__offer__title", "reason")) == [("Etcher", "Deep clean"), ("Furnace", "计划停机")]
    etcher = Resource.objects.get(offer__title="Etcher")
    assert (etcher.horizon, etcher.grace, etcher.per_day, etcher.qualifications.get().expires) == (0, 0, None, dt.date(2025, 12, 31))


def test_the_command_prints_what_is_left(lab: Lab, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "export.json"
    words = ["exchange", "instruments", str(file), "--party", lab.house.urn, "--as", lab.account.username]
    file.write_text(json.dumps([tool("Bench"), record("news", 1)]), "utf-8")
    assert door.main(words) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "未导入 left out: NEMO.news 1"
    file.write_text(json.dumps([tool("Bench", _max_delayed_logoff=60)]), "utf-8")
    assert door.main([*words, "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert (told["known"], told["left"], [each["key"] for each in told["problems"]]) == (1, {}, ["Bench"])


@pytest.fixture
def export(lab: Lab, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str]]:
    """``export(bytes)``: how the command ends that takes the file in, and what it says."""

    def made(data: bytes, *more: str) -> tuple[int, str]:
        file = tmp_path / "export.json"
        file.write_bytes(data)
        ended = door.main(["exchange", "instruments", str(file), "--party", lab.house.urn, "--as", lab.account.username, *more])
        return ended, "".join(capsys.readouterr())

    return made


def test_a_byte_order_mark_before_an_export_is_no_matter(export: Any) -> None:
    ended, said = export(b"\xef\xbb\xbf" + json.dumps([tool("Bench")]).encode())
    assert (ended, said.startswith("新增 new 1")) == (0, True)


@pytest.mark.parametrize("data", [b"[" * 100_000, b'{"a":' * 100_000, b"", b"{}", "[]".encode("utf-16")])
def test_a_file_that_is_no_export_is_refused_in_words(export: Any, data: bytes) -> None:
    ended, said = export(data)
    assert (ended, "/" in said, "Traceback" in said) == (1, True, False)


@pytest.mark.parametrize("price", ["-5", "99999999999999999999"])
def test_a_price_that_cannot_be_is_refused_before_any_tool_is_taken_in(export: Any, price: str) -> None:
    ended, said = export(json.dumps([tool("Bench")]).encode(), f"--price={price}")
    assert (ended, said.startswith("--price 应在"), Resource.objects.filter(offer__title="Bench").count()) == (1, True, 0)


def test_invisible_characters_in_an_export_are_taken_out_and_what_names_the_tool_still_finds_it(lab: Lab) -> None:
    report = taken(lab, [
        tool("Good 1"), tool("B\0ad\ud800", _category="Met\0rology", _description="\ud800"), tool("Good 2"),
        record("task", 1, tool=["B\0ad\ud800"], problem_description="A lamp\0 flickers"), record("n\ud800ews", 1),
        record("reservationquestions", 1, questions='[{"name": "q", "title": "Wh\\u0000y\\ud800"}]', tool_reservations=True)])
    assert (report.new, report.problems, report.left) == (3, [], {"NEMO.news": 1})
    bad = Resource.objects.get(offer__title="Bad")
    assert ([each.text for each in bad.faults.all()], bad.questions[0]["label"], bad.offer.spec["instrument"]) == (
        ["A lamp flickers"], "Why", "Metrology")


def test_of_two_tools_of_one_name_the_second_is_reported(lab: Lab) -> None:
    second = tool("Bench", _category="Other")
    report = taken(lab, [tool("Bench"), {**second, "pk": 7}])
    assert (report.new, [(each.key, each.text.en[:5]) for each in report.problems]) == (1, [("Bench", "pk 7:")])
    assert Resource.objects.get(offer__title="Bench").offer.spec["instrument"] == "Metrology"


def test_two_tools_whose_long_names_differ_at_the_end_only_are_two(lab: Lab) -> None:
    rows = [tool("x" * 150 + end) for end in "ab"]
    assert [(report.new, report.known) for report in (taken(lab, rows), taken(lab, rows))] == [(2, 0), (0, 2)]


def test_a_closure_that_ends_before_it_starts_is_left_out_and_its_tool_taken_in(lab: Lab) -> None:
    wrong = {"start": "2025-06-23T20:10:00Z", "end": "2025-06-21T20:10:00Z"}
    report = taken(lab, [tool("Bench"), record("scheduledoutage", 4, **wrong, tool=["Bench"]), record("closure", 1, name="Closed"),
                         record("closuretime", 5, closure=1, start_time=wrong["start"], end_time=wrong["end"])])
    assert (report.new, report.closed, [(each.model, each.key) for each in report.problems]) == (
        1, 0, [("NEMO.scheduledoutage", "4"), ("NEMO.closuretime", "5")])


def test_a_tool_that_cannot_be_taken_in_is_named_with_the_reason_and_not_counted_and_the_rest_goes_on(lab: Lab) -> None:
    title = lab.microscope.offer.title
    report = taken(lab, [tool(title), tool("Bench")])
    assert (report.new, report.known, Resource.objects.exclude(source=None).get().offer.title) == (1, 0, "Bench")
    assert [(each.key, each.text.en.startswith("this tool was not taken in")) for each in report.problems] == [(title, True)]


def test_a_time_of_day_with_a_zone_of_its_own_is_left_out_and_told(lab: Lab) -> None:
    off = {"_policy_off_between_times": True, "_policy_off_start_time": "18:00+08:00", "_policy_off_end_time": "07:00"}
    report = taken(lab, [tool("Odd", **off)])
    assert (report.new, [each.key for each in report.problems], Resource.objects.get(offer__title="Odd").off_from) == (1, ["Odd"], None)


@pytest.mark.parametrize("row", [
    record("closuretime", 1, start_time="0001-01-01T00:00:00+14:00", end_time="2030-01-01T00:00:00Z"),
    record("configuration", 1, name="Tip", tool=["Bench"], available_settings="Si", advance_notice_limit=float("inf")),
    record("reservationquestions", 1, questions="[" * 100_000, tool_reservations=True),
    record("scheduledoutage", 1, start=7, end=None, tool=["Bench"]), record("task", 1, tool=[["Bench"]]),
    json.loads('{"model": "NEMO.task", "fields": ' + "[" * 400 + "]" * 400 + "}")])
def test_a_record_that_makes_no_sense_is_a_problem_and_the_tool_comes_in(lab: Lab, row: Any) -> None:
    report = taken(lab, [tool("Bench"), row])
    assert (report.new, len(report.problems)) == (1, 1)


def test_rules_closures_faults_and_qualifications_are_taken_in_and_problems_named(lab: Lab) -> None:
    ned = people.enter(name="Ned Land", by=OFFICER, at=NOW, grade=Grade.REGISTRY)
    ties.attest(kind=TieKind.EMPLOYS, source=lab.house, target=ned, by=OFFICER, at=NOW)
    report = taken(lab, ROWS)
    assert (report.new, report.known, report.qualified, report.closed, report.past) == (3, 0, 1, 4, 3)
    assert [(each.model, each.key) for each in report.problems] == [
        ("", "15"), ("NEMO.tool", "Sinter"), ("NEMO.tool", "Sinter"), ("NEMO.tool", "Sinter"), ("NEMO.qualification", "3"),
        ("NEMO.user", "captain")]
    afm = Resource.objects.get(offer__title="Bruker AFM 1")
    assert (afm.zone, afm.model, afm.horizon, afm.shortest, afm.longest, afm.per_day, afm.apart, afm.ahead, afm.grace) == (
        "America/New_York", "Bruker AFM", 14, 30, 240, 2, 60, 480, 30)
    assert (afm.off_from, afm.off_to, afm.off_weekend) == (dt.time(18), dt.time(7), True)
    assert [(each.label.en, each.choices, each.notice, each.current) for each in slots.questions_of(afm)] == [
        ("Which tip?", ("Si", "Diamond"), 18, "Si")]
    assert list(Fault.objects.filter(stops=True).values_list("resource__offer__title", flat=True)) == ["Bruker AFM 2"]
    assert Closure.objects.filter(resource__offer__title="Sinter").count() == 2


def test_taking_in_the_same_export_again_changes_nothing_but_the_rules(lab: Lab) -> None:
    taken(lab, ROWS)
    changed = [tool("Bruker AFM 1", _reservation_horizon=7), *ROWS[1:]]
    report = taken(lab, changed)
    assert (report.new, report.known, report.closed) == (0, 3, 0)
    assert Resource.objects.get(offer__title="Bruker AFM 1").horizon == 7
    assert (Resource.objects.exclude(source=None).count(), Fault.objects.count()) == (3, 1)


@real
def test_the_splash_pad_comes_in_whole_and_its_tools_keep_their_rules(lab: Lab) -> None:
    rows = json.loads(EXPORT.read_text("utf-8"))
    report = taken(lab, rows)
    lines = Counter(each.model for each in report.problems)
    assert (report.new, lines["NEMO.tool"], lines["NEMO.user"], sum(lines.values())) == (137, 11 + 10 + 1, 5, 22 + 5 + 2 + 2 + 4 + 2 + 3)
    models = Counter(row["model"] for row in rows)
    assert {model: n for model, n in report.left.items() if model in models} == {
        model: n for model, n in models.items() if model not in lines and model not in READ}
    tools = {row["fields"]["name"]: row["fields"] for row in rows if row["model"] == "NEMO.tool"}
    names = {"horizon": "_reservation_horizon", "shortest": "_minimum_usage_block_time", "longest": "_maximum_usage_block_time",
             "per_day": "_maximum_reservations_per_day", "apart": "_minimum_time_between_reservations",
             "ahead": "_maximum_future_reservation_time", "grace": "_missed_reservation_threshold", "off_weekend": "_policy_off_weekend",
             "off_from": "_policy_off_start_time", "off_to": "_policy_off_end_time"}
    found = Resource.objects.exclude(source=None).select_related("offer")
    assert [(row.offer.title, ours) for row in found for ours, theirs in names.items()
            if str(getattr(row, ours)) != str(tools[row.offer.title][theirs])] == []
    assert {row.offer.title for row in found if row.off_from} == {
        name for name, row in tools.items() if row.get("_policy_off_between_times")}


Who = tuple[Party, Account]
Book = Callable[..., str]


@pytest.fixture
def splash(lab: Lab) -> Callable[..., Resource]:
    """``splash("MLA 150")``: that tool of the real export, taken in with all that is not a tool."""

    def made(*names: str) -> Resource:
        rows = json.loads(EXPORT.read_text("utf-8"))
        taken(lab, [row for row in rows if row["model"] != "NEMO.tool" or row["fields"]["name"] in names])
        return Resource.objects.select_related("offer__party").get(offer__title=names[0])

    return made


@pytest.fixture
def book(lab: Lab) -> Book:
    """``book(tool, who, "05-21 10:00", "05-21 12:00")``: the state of the booking in New York time, or the rules that refuse it."""

    def made(row: Resource, who: Who, start: str, end: str, **more: Any) -> str:
        wish = Booking(start=wall(start), end=wall(end), organisation=who[0], person=who[1].party_id, **more)
        try:
            return reservations.book(resource=row, wish=wish, by=who[1].party.urn, at=NOW).state
        except Refused as refused:
            return " ".join(refused.codes)

    return made


def wall(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(f"2025-{text}").replace(tzinfo=ZoneInfo("America/New_York")).astimezone(dt.UTC)


def trained(lab: Lab, row: Resource, name: str) -> Who:
    who = lab.venture(name)
    lab.train(row, who[1], NOW)
    return who


@real
def test_a_tool_of_the_splash_pad_keeps_each_rule_of_time_and_number(lab: Lab, splash: Any, book: Book) -> None:
    mla = splash("MLA 150")  # at most 120 minutes, 240 apart, 480 ahead, 14 days; free from 19:00 to 07:00 and on weekends
    one, two, three, four = (trained(lab, mla, f"北京{name}科技有限公司") for name in "甲乙丙丁")
    assert book(mla, one, "05-21 10:00", "05-21 12:05") == "longest"
    assert book(mla, one, "05-21 10:05", "05-21 12:05") == "held"  # no grid of quarter hours
    assert book(mla, one, "05-21 16:00", "05-21 17:00") == "apart"
    assert book(mla, one, "05-21 16:05", "05-21 17:05") == "held"
    assert [book(mla, one, f"05-{day} 10:00", f"05-{day} 12:00") for day in (22, 23)] == ["held", "held"]
    assert book(mla, one, "05-27 10:00", "05-27 11:05") == "ahead"
    assert book(mla, one, "05-27 10:00", "05-27 11:00") == "held"
    assert book(mla, two, "05-21 18:30", "05-21 21:30") == "longest"
    assert book(mla, two, "05-21 20:00", "05-21 23:00") == "held"
    assert book(mla, three, "05-29 10:00", "05-29 18:00") == "longest"
    assert book(mla, three, "05-24 10:00", "05-24 18:00") == "held"  # a Saturday
    assert book(mla, four, "06-03 00:01", "06-03 01:00") == "horizon"
    assert book(mla, four, "06-03 00:00", "06-03 01:00") == "held"
    assert book(mla, four, "05-26 10:00", "05-26 12:00") == "outage"  # Memorial Day
    assert book(mla, four, "05-27 13:00", "05-27 14:00") == "held"


@real
def test_a_tool_of_the_splash_pad_keeps_bookings_a_day_the_shortest_block_and_qualification(lab: Lab, splash: Any, book: Book) -> None:
    zeiss = splash("ZEISS FESEM")  # at least 30 minutes, once a day
    who, stranger = trained(lab, zeiss, "北京甲科技有限公司"), lab.venture("北京乙科技有限公司")
    assert book(zeiss, who, "05-21 09:00", "05-21 09:29") == "shortest"
    assert book(zeiss, who, "05-21 09:00", "05-21 09:30") == "held"
    assert book(zeiss, who, "05-21 15:00", "05-21 16:00") == "per_day"
    assert book(zeiss, who, "05-22 15:00", "05-22 16:00") == "held"
    assert book(zeiss, stranger, "05-23 09:00", "05-23 10:00") == "unqualified"
    lab.train(zeiss, stranger[1], NOW)
    assert book(zeiss, stranger, "05-23 09:00", "05-23 10:00") == "held"
    assert book(zeiss, (lab.house, lab.account), "05-22 09:00", "05-22 15:00") == "held"  # the host's own: no training, any length


@real
def test_nobody_who_stays_away_from_a_tool_of_the_splash_pad_keeps_it(lab: Lab, splash: Any, book: Book) -> None:
    mla = splash("MLA 150")  # missed after 30 minutes
    who = trained(lab, mla, "北京甲科技有限公司")
    assert [book(mla, who, *times) for times in (("05-21 10:00", "05-21 12:00"), ("05-22 10:00", "05-22 10:30"))] == ["held", "held"]
    assert [slot_clock.tick(by=OFFICER, at=wall(at))["missed"] for at in ("05-21 10:29", "05-21 10:30", "05-23 10:00")] == [0, 1, 0]
    assert list(Reservation.objects.order_by("start").values_list("state", flat=True)) == ["no_show", "held"]


@real
def test_a_tool_of_the_splash_pad_that_is_down_is_booked_once_mended_and_questions_are_asked(lab: Lab, splash: Any, book: Book) -> None:
    sinter = splash("Sinter", "Dicing saw")
    saw = Resource.objects.get(offer__title="Dicing saw")
    who, other = trained(lab, sinter, "北京甲科技有限公司"), trained(lab, saw, "北京乙科技有限公司")
    sample = {"answers": {"q_sample_name": "S-1"}}
    assert book(sinter, who, "05-21 10:00", "05-21 12:00", **sample) == "outage"
    faults.repair(fault=sinter.faults.get(), by=lab.by, at=NOW)
    assert book(sinter, who, "05-21 10:00", "05-21 12:00") == "question"
    assert book(sinter, who, "05-21 10:00", "05-21 12:00", **sample) == "held"
    assert saw.faults.get().stops is False  # a blade to be changed
    assert book(saw, other, "05-21 10:00", "05-21 11:00", answers={"set_1": "Wood"}) == "question"
    assert book(saw, other, "05-21 10:00", "05-21 11:00", answers={"set_1": "SiC Blade"}) == "held"
