"""A NEMO export is taken in with its rules, once, and behaves as it did there."""

from __future__ import annotations

import datetime as dt
import json
import os
from pathlib import Path
from typing import Any

import pytest

from exchange.lab import Lab, clock
from fuhua.evidence.words import Grade
from fuhua.exchange.actions import instruments
from fuhua.exchange.actions.holding import Refused
from fuhua.exchange.kinds import nemo
from fuhua.exchange.models import Closure, Fault, Resource
from fuhua.exchange.queries import slots
from fuhua.parties.actions import people, ties
from fuhua.parties.actions.cast import PLAYERS
from fuhua.parties.words import TieKind

EXPORT = Path(os.environ.get("FUHUA_SHARED_DATA", "/nowhere")) / "instruments" / "nemo_splash_pad.json"
NOW = clock("2025-05-20T12:00")
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


@pytest.mark.skipif(not EXPORT.exists(), reason="the export of the splash pad is not here")
def test_the_splash_pad_comes_in_whole_and_its_tools_keep_their_rules(lab: Lab) -> None:
    rows = json.loads(EXPORT.read_text("utf-8"))
    report = taken(lab, rows)
    assert (report.new, {each.model for each in report.problems}) == (137, {"NEMO.user"})
    tools = {row["fields"]["name"]: row["fields"] for row in rows if row["model"] == "NEMO.tool"}
    names = {"horizon": "_reservation_horizon", "shortest": "_minimum_usage_block_time", "longest": "_maximum_usage_block_time",
             "per_day": "_maximum_reservations_per_day", "apart": "_minimum_time_between_reservations",
             "ahead": "_maximum_future_reservation_time", "grace": "_missed_reservation_threshold"}
    found = Resource.objects.exclude(source=None).select_related("offer")
    assert [(row.offer.title, ours) for row in found for ours, theirs in names.items()
            if getattr(row, ours) != tools[row.offer.title][theirs]] == []
    who = lab.venture("北京甲科技有限公司")
    limited = next(row for row in found if row.longest == 240 and not row.offer.title.startswith("Sinter") and not row.off_weekend
                   and not row.off_from and not row.faults.exists() and not row.questions)
    lab.train(limited, who[1], NOW)
    with pytest.raises(Refused) as refused:
        lab.book(limited, who, "2025-05-21", "12:00", "17:00", NOW)
    assert refused.value.codes == ("longest",)
    assert lab.book(limited, who, "2025-05-21", "12:00", "16:00", NOW).state == "held"
