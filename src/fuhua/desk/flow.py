"""How an ask moves, whose turn each state is, and the rungs that a clock climbs before and after its day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from fuhua.kernel import period
from fuhua.kernel.flow import Flow, Step

ASK = Flow("desk.ask", "asked", (
    Step("triage", ("asked",), "triaged"),
    Step("pass_on", ("asked", "triaged", "owned"), "triaged"),
    Step("own", ("asked", "triaged"), "owned"),
    Step("hand_back", ("owned",), "triaged"),
    Step("wait", ("owned",), "waiting"),
    Step("resume", ("waiting",), "owned"),
    Step("answer", ("owned",), "answered"),
    Step("confirm", ("answered",), "confirmed"),
    Step("reopen", ("answered", "confirmed"), "owned"),
    Step("withdraw", ("asked", "triaged", "owned", "waiting"), "withdrawn"),
))

TURN: dict[str, str] = {
    "asked": "handler", "triaged": "handler", "owned": "owner", "waiting": "waiting_on", "answered": "asker",
    "confirmed": "", "withdrawn": "",
}


@dataclass(frozen=True)
class Rung:
    """One step of a clock: ``offset`` working days from the due day, and who hears of it (owner, lead, coordinator)."""

    code: str
    offset: int
    to: str

    def day(self, due: dt.date) -> dt.date:
        """The day on which the rung is reached."""
        return period.add_working_days(due, self.offset)


BEFORE = (Rung("before_10", -10, "owner"), Rung("before_3", -3, "owner"), Rung("before_1", -1, "owner"))
AFTER = (Rung("breach", 1, "owner"), Rung("lead", 2, "lead"), Rung("coordinator", 5, "coordinator"))
LAST_RUNG = AFTER[-1].code


def reached(*, since: dt.date, due: dt.date, today: dt.date) -> list[Rung]:
    """The rungs to be told on ``today`` for a clock running since ``since``, lowest first.

    Before the due day only the nearest rung (a late clock does not repeat itself), never one that lay on or before
    the day the clock started; after it every rung passed, in order.
    """
    if today <= due:
        passed = [rung for rung in BEFORE if since < rung.day(due) <= today]
        return passed[-1:]
    return [rung for rung in AFTER if rung.day(due) <= today]


INTAKE = Flow("desk.intake", "uploaded", (
    Step("map", ("uploaded", "checking", "checked"), "checking"),
    Step("report", ("checking",), "checked"),
    Step("confirm", ("checked",), "entering"),
    Step("finish", ("entering",), "done"),
    Step("fail", ("uploaded", "checking", "entering"), "failed"),
    Step("drop", ("uploaded", "checking", "checked"), "dropped"),
))
