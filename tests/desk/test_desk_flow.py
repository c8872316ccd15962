"""The flow of an ask as a table, and the rungs of a clock around Chinese holidays."""

from __future__ import annotations

import datetime as dt

import pytest

from fuhua.desk.flow import AFTER, ASK, BEFORE, TURN, reached
from fuhua.desk.kinds.asks import ask_kinds
from fuhua.desk.words import NOTICES, STATES, VERBS
from fuhua.kernel.flow import WrongState

TABLE = {
    "asked": ("triage", "pass_on", "own", "withdraw"),
    "triaged": ("pass_on", "own", "withdraw"),
    "owned": ("pass_on", "hand_back", "wait", "answer", "withdraw"),
    "waiting": ("resume", "withdraw"),
    "answered": ("confirm", "reopen"),
    "confirmed": ("reopen",),
    "withdrawn": (),
}


@pytest.mark.parametrize("state", TABLE)
def test_each_state_allows_exactly_its_verbs(state: str) -> None:
    assert ASK.verbs(state) == TABLE[state]


def test_every_state_verb_and_rung_has_a_name_in_both_languages() -> None:
    assert set(ASK.states()) == set(STATES) == set(TURN)
    assert {step.verb for step in ASK.steps} <= set(VERBS)
    assert {rung.code for rung in (*BEFORE, *AFTER)} | {"turn", "part", "changed"} == set(NOTICES)
    assert all(text.zh and text.en for words in (STATES, VERBS, NOTICES) for text in words.values())


def test_a_verb_in_the_wrong_state_is_refused() -> None:
    with pytest.raises(WrongState):
        ASK.after("asked", "confirm")


def test_every_kind_of_ask_says_why_and_how_long() -> None:
    kinds = list(ask_kinds())
    known = {"supervision", "explanation", "green_channel", "question", "ip_clinic", "permit", "policy_application", "disclosure",
             "dispute", "fee_appeal", "idea_reuse", "training", "registration", "bank_account", "space", "first_scenario"}
    assert known == {kind.code for kind in kinds}
    assert all(kind.label.zh and kind.why.en and kind.triage_days == 1 and kind.answer_days > 0 for kind in kinds)
    assert [kind.code for kind in kinds if kind.statutory] == ["supervision"]


def rungs(since: str, due: str, today: str) -> list[str]:
    day = dt.date.fromisoformat
    return [rung.code for rung in reached(since=day(since), due=day(due), today=day(today))]


def test_reminders_count_working_days_across_the_national_holiday() -> None:
    # due Friday 9 October 2026: 25–27 September and 1–7 October are holidays, Sunday 20 September is worked
    for first, last, told in (("2026-09-01", "2026-09-17", []), ("2026-09-18", "2026-09-28", ["before_10"]),
                              ("2026-09-29", "2026-10-07", ["before_3"]), ("2026-10-08", "2026-10-09", ["before_1"])):
        assert rungs("2026-08-03", "2026-10-09", first) == rungs("2026-08-03", "2026-10-09", last) == told


def test_a_day_due_before_spring_festival_is_late_only_when_people_work_again() -> None:
    # due Saturday 14 February 2026 (worked); the holiday lasts from the 15th to the 23rd
    assert rungs("2026-01-05", "2026-02-14", "2026-02-23") == []
    assert rungs("2026-01-05", "2026-02-14", "2026-02-24") == ["breach"]
    assert rungs("2026-01-05", "2026-02-14", "2026-02-25") == ["breach", "lead"]
    assert rungs("2026-01-05", "2026-02-14", "2026-02-27") == ["breach", "lead"]
    assert rungs("2026-01-05", "2026-02-14", "2026-02-28") == ["breach", "lead", "coordinator"]


def test_a_clock_started_late_does_not_remind_of_days_before_it_began() -> None:
    assert rungs("2025-06-24", "2025-06-30", "2025-06-24") == []
    assert rungs("2025-06-24", "2025-06-30", "2025-06-25") == ["before_3"]
    assert rungs("2025-06-24", "2025-06-30", "2025-06-30") == ["before_1"]


def test_a_late_tick_tells_only_the_nearest_reminder() -> None:
    assert rungs("2025-05-01", "2025-06-30", "2025-06-27") == ["before_1"]
