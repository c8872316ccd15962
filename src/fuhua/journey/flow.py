"""How a landing case moves, from the award to a landing that is found active, or to nothing."""

from __future__ import annotations

from fuhua.kernel.flow import Flow, Step

CASE = Flow("journey.landing_case", "open", (
    Step("land", ("open",), "provisional"),
    Step("activate", ("provisional",), "active"),
    Step("lapse", ("open", "provisional", "active"), "lapsed"),
    Step("join", ("open", "provisional", "active"), "joined"),
))
