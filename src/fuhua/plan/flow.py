"""The states of plan editions, tasks, blockers and meetings, and what may be done in each."""

from __future__ import annotations

from fuhua.kernel.flow import Flow, Step

# --- editions ---------------------------------------------------------------------------------------------------------

EDITION = Flow("plan.edition", initial="draft", steps=(
    Step("correct", ("draft",), "draft"),
    Step("publish", ("draft",), "published"),
    Step("discard", ("draft",), "discarded"),
    Step("link", ("draft",), "draft"),
    Step("link", ("published",), "published"),
    Step("supersede", ("published",), "superseded"),
))

# --- supervision ------------------------------------------------------------------------------------------------------

TASK = Flow("plan.task", initial="issued", steps=(
    Step("accept", ("issued",), "accepted"),
    Step("submit", ("accepted",), "submitted"),
    Step("send_back", ("submitted",), "accepted"),
    Step("verify", ("submitted",), "done"),
    Step("close", ("done",), "closed"),
))

BLOCKER = Flow("plan.blocker", initial="open", steps=(
    Step("escalate", ("open",), "escalated"),
    Step("remove", ("open", "escalated"), "removed"),
    Step("reopen", ("removed",), "open"),
))

MEETING = Flow("plan.meeting", initial="called", steps=(
    Step("prepare", ("called",), "called"),
    Step("issue_agenda", ("called",), "agenda"),
    Step("decide", ("agenda",), "agenda"),
    Step("issue_minutes", ("agenda",), "minuted"),
))
