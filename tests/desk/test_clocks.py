"""Clocks tell the owner, then the lead, then the coordinator, each rung once however often they tick."""

from __future__ import annotations

from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection

from fuhua.desk.actions import clocks, notices
from fuhua.desk.models import Notice
from fuhua.desk.queries import notices as reads
from fuhua.evidence.facts import BadFact
from fuhua.parties.actions.cast import enter_cast
from fuhua.parties.models import Party
from fuhua.parties.queries import who

URN = "urn:fuhua:thing:1"


@pytest.fixture
def clock(organisation: Any, cast: Any, at: Any) -> Any:
    """A clock of the finance bureau's officer since 3 June, due Monday 16 June 2025."""
    return clocks.start(about=URN, name="answer", title="事项", url="/desk/", due=at("2025-06-16").date(), at=at("2025-06-03"),
                        to=cast["department_officer"].party_id, answers_for=organisation("finance").pk)


def told() -> list[tuple[str, int | None, str]]:
    return list(Notice.objects.order_by("pk").values_list("kind", "to_id", "office"))


def test_escalation_goes_owner_lead_coordinator(clock: Any, cast: Any, at: Any, organisation: Any) -> None:
    owner, lead = cast["department_officer"].party_id, cast["expert"].party_id
    notices.name_lead(organisation=organisation("finance").pk, person=lead)
    new = [clocks.tick(at=at(f"2025-06-{day:02}")) for day in range(3, 25)]
    assert told() == [("before_3", owner, ""), ("before_1", owner, ""), ("breach", owner, ""), ("lead", lead, ""),
                      ("coordinator", None, "coordinator")]
    assert sum(new) == 5
    days = [notice.at.date().isoformat() for notice in Notice.objects.order_by("pk")]
    assert days == ["2025-06-11", "2025-06-13", "2025-06-17", "2025-06-18", "2025-06-23"]


def test_without_a_named_lead_the_organisation_hears(clock: Any, at: Any, organisation: Any) -> None:
    clocks.tick(at=at("2025-06-18"))
    assert told()[-1] == ("lead", organisation("finance").pk, "")


def test_ticking_again_tells_nothing_new(clock: Any, at: Any) -> None:
    assert [clocks.tick(at=at("2025-06-30")) for _ in range(3)] == [3, 0, 0]


def test_one_bad_clock_holds_up_no_other(clock: Any, cast: Any, at: Any, organisation: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    clocks.start(about="urn:fuhua:thing:2", name="answer", title="另一事项", url="/desk/", due=at("2025-06-16").date(), at=at("2025-06-03"),
                 to=cast["department_officer"].party_id, answers_for=organisation("finance").pk)
    tell_once = clocks._tell_once
    monkeypatch.setattr(clocks, "_tell_once", lambda one, *told: tell_once(one, *told) if one.pk != clock.pk else 1 // 0)
    done = clocks.tick(at=at("2025-06-30"))
    assert (done, done.failed) == (3, 1)


def test_a_paused_clock_is_silent_and_its_rungs_move(clock: Any, at: Any) -> None:
    clocks.pause(about=URN, name="answer", at=at("2025-06-10"))
    assert clocks.tick(at=at("2025-06-30")) == 0
    clocks.go_on(about=URN, name="answer", at=at("2025-06-30"))
    clock.refresh_from_db()
    assert clock.due.isoformat() == "2025-07-04"  # fourteen working days later
    assert clocks.tick(at=at("2025-07-03")) == 1


def test_a_stopped_clock_settles_what_it_told(clock: Any, at: Any) -> None:
    clocks.tick(at=at("2025-06-18"))
    clocks.stop(about=URN, name="answer", at=at("2025-06-18"))
    assert not Notice.objects.filter(settled_at=None).exists()
    assert clocks.tick(at=at("2025-07-18")) == 0
    with pytest.raises(clocks.NoRunningClock):
        clocks.pause(about=URN, name="answer", at=at("2025-06-18"))


def test_one_thing_has_one_running_clock_of_a_name(clock: Any, cast: Any, at: Any) -> None:
    with pytest.raises(BadFact):
        clocks.start(about=URN, name="answer", title="x", url="/", due=at().date(), at=at(), to=clock.to_id,
                     answers_for=clock.answers_for_id)


def test_silence_is_kept_except_for_statutory_notices(clock: Any, cast: Any, at: Any) -> None:
    reader = who(cast["department_officer"])
    notices.mute(person=reader.party_id, kinds={"breach"})
    clocks.tick(at=at("2025-06-17"))
    assert reads.unread(reader).count() == 0
    Notice.objects.update(statutory=True)
    assert reads.unread(reader).count() == 1
    with pytest.raises(BadFact):
        notices.mute(person=reader.party_id, kinds={"everything"})


def test_two_processes_ticking_at_once_tell_once(durable_db: None, at: Any) -> None:
    cast = enter_cast("a long enough password", at("2022-01-04"))
    finance = Party.objects.get(urn="urn:fuhua:agency:cast-finance")
    for number in range(20):
        clocks.start(about=f"urn:fuhua:thing:{number}", name="answer", title="x", url="/", due=at("2025-06-16").date(),
                     at=at("2025-06-03"), to=cast["department_officer"].party_id, answers_for=finance.pk)
    start, sums = Barrier(2), []

    def run() -> None:
        start.wait()
        sums.append(clocks.tick(at=at("2025-06-30")))
        connection.close()

    threads = [Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (sum(sums), Notice.objects.count()) == (60, 60)
