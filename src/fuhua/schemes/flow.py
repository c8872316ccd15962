"""How a call, an application, an agreement and its money, an appraisal and a plan of uplift move: states × verbs."""

from __future__ import annotations

from fuhua.kernel.flow import Flow, Step

CALL = Flow("schemes.call", "draft", (
    Step("publish", ("draft",), "open"),
    Step("close", ("open",), "closed"),
    Step("draw", ("closed", "reviewing"), "reviewing"),
    Step("decide", ("reviewing", "announced"), "decided"),
    Step("announce", ("decided",), "announced"),
    Step("conclude", ("announced",), "concluded"),
    Step("cancel", ("draft", "open", "closed"), "cancelled"),
))

APPLICATION = Flow("schemes.application", "draft", (
    Step("submit", ("draft",), "submitted"),
    Step("ask_gaps", ("submitted",), "gaps"),
    Step("mend", ("gaps",), "submitted"),
    Step("pass", ("submitted",), "eligible"),
    Step("refuse", ("submitted", "gaps"), "ineligible"),
    Step("review", ("eligible",), "in_review"),
    Step("propose", ("in_review", "rejected", "reserve"), "proposed"),
    Step("reserve", ("in_review", "proposed"), "reserve"),
    Step("reject", ("in_review", "proposed", "reserve"), "rejected"),
    Step("appeal", ("rejected",), "in_review"),
    Step("award", ("proposed",), "awarded"),
    Step("withdraw", ("draft", "submitted", "gaps", "eligible", "in_review", "proposed", "reserve"), "withdrawn"),
))

AGREEMENT = Flow("schemes.agreement", "draft", (
    Step("sign", ("draft",), "signed"),
    Step("finish", ("signed",), "finished"),
    Step("renew", ("finished",), "renewed"),
    Step("end", ("draft", "signed"), "ended"),
))

MILESTONE = Flow("schemes.milestone", "due", (
    Step("claim", ("due", "deferred"), "claimed"),
    Step("pass", ("claimed",), "passed"),
    Step("pass_in_part", ("claimed",), "partial"),
    Step("defer", ("due", "claimed"), "deferred"),
    Step("fail", ("due", "claimed", "deferred"), "failed"),
    Step("drop", ("due", "deferred"), "dropped"),
))

TRANCHE = Flow("schemes.tranche", "planned", (
    Step("fall_due", ("planned",), "due"),
    Step("pay", ("due",), "paid"),
    Step("withhold", ("planned", "due"), "withheld"),
    Step("recover", ("paid",), "recovering"),
    Step("pay_back", ("recovering",), "recovered"),
))

CHANGE = Flow("schemes.change", "asked", (
    Step("approve", ("asked",), "approved"),
    Step("refuse", ("asked",), "refused"),
    Step("withdraw", ("asked",), "withdrawn"),
))

OBJECTION = Flow("schemes.objection", "raised", (
    Step("hear", ("raised",), "heard"),
    Step("uphold", ("raised", "heard"), "upheld"),
    Step("dismiss", ("raised", "heard"), "dismissed"),
))

ASSESSMENT = Flow("schemes.assessment", "open", (
    Step("hear", ("open",), "hearing"),
    Step("decide", ("open", "hearing"), "decided"),
))

# A gold mentor's title; an award anew leaves an active one active.
MENTOR_TITLE = Flow("schemes.mentor_title", "listed", (
    Step("list", ("listed", "honorary"), "listed"),
    Step("list", ("active",), "active"),
    Step("activate", ("listed",), "active"),
    Step("lapse", ("listed", "active"), "honorary"),
    Step("restore", ("honorary",), "listed"),
    Step("remove", ("listed", "active", "honorary"), "removed"),
))

FIELD = Flow("schemes.field", "in_force", (
    Step("enter", ("retired", "merged"), "in_force"),
    Step("rename", ("in_force",), "in_force"),
    Step("retire", ("in_force",), "retired"),
    Step("merge", ("in_force",), "merged"),
))

SEED = Flow("schemes.gold_seed", "listed", (
    Step("pass", ("listed", "failed"), "listed"),
    Step("fail", ("listed", "failed"), "failed"),
    Step("leave", ("listed", "failed"), "left"),
    Step("list", ("left",), "listed"),
))

MEMBER = Flow("schemes.member", "asked", (
    Step("confirm", ("asked", "declined"), "confirmed"),
    Step("decline", ("asked", "confirmed"), "declined"),
    Step("ask", ("confirmed", "declined"), "asked"),
))

APPRAISAL = Flow("schemes.appraisal", "open", (
    Step("state", ("open",), "open"),
    Step("conclude", ("open",), "concluded"),
    Step("drop", ("open",), "dropped"),
))

UPLIFT = Flow("schemes.uplift", "draft", (
    Step("task", ("draft",), "draft"),
    Step("propose", ("draft",), "proposed"),
    Step("accept", ("proposed",), "proposed"),
    Step("agree", ("proposed",), "agreed"),
    Step("decline", ("proposed",), "draft"),
    Step("measure", ("agreed", "failed"), "measured"),
    Step("fail", ("agreed",), "failed"),
    Step("confirm", ("measured",), "measured"),
    Step("finish", ("measured",), "confirmed"),
    Step("end", ("draft", "proposed", "agreed"), "ended"),
))

UPLIFT_TASK = Flow("schemes.uplift_task", "due", (
    Step("report", ("due",), "reported"),
    Step("send_back", ("reported",), "due"),
    Step("confirm", ("reported",), "confirmed"),
))

APPEAL = Flow("schemes.appeal", "raised", (
    Step("name", ("raised",), "reviewing"),
    Step("uphold", ("reviewing",), "upheld"),
    Step("dismiss", ("reviewing",), "dismissed"),
))

TALENT = Flow("schemes.talent", "invited", (
    Step("invite", ("declined", "left"), "invited"),
    Step("accept", ("invited",), "member"),
    Step("decline", ("invited",), "declined"),
    Step("join", ("invited", "declined", "left"), "member"),
    Step("leave", ("member",), "left"),
))

PRACTICUM = Flow("schemes.practicum", "asked", (
    Step("consent", ("asked",), "running"),
    Step("refuse", ("asked",), "refused"),
    Step("report", ("running",), "reported"),
    Step("pass", ("reported",), "passed"),
    Step("fail", ("reported",), "failed"),
    Step("certify", ("passed",), "certified"),
    Step("stop", ("asked", "running", "reported"), "stopped"),
))

PLACEMENT = Flow("schemes.placement", "proposed", (
    Step("confirm", ("proposed",), "employed"),
    Step("keep", ("employed",), "kept"),
    Step("lose", ("employed",), "lost"),
    Step("lapse", ("proposed",), "lapsed"),
))
