"""How a listing and a deal move: states × verbs."""

from __future__ import annotations

from fuhua.kernel.flow import Flow, Step

LISTING = Flow("exchange.listing", "draft", (
    Step("publish", ("draft",), "open"),
    Step("engage", ("open",), "engaged"),
    Step("disengage", ("engaged", "closed"), "open"),  # closed: by a contract that fell
    Step("expire", ("open",), "expired"),
    Step("renew", ("open", "expired"), "open"),
    Step("close", ("draft", "open", "engaged", "expired"), "closed"),
    Step("withdraw", ("draft", "open", "expired"), "withdrawn"),
    Step("reopen", ("closed", "withdrawn"), "draft"),
))

DEAL = Flow("exchange.deal", "draft", (
    Step("sign", ("draft",), "signed"),
    Step("cancel", ("draft",), "cancelled"),
    Step("deliver", ("signed", "delivered"), "delivered"),
    Step("reject", ("delivered",), "signed"),
    Step("accept_part", ("delivered",), "signed"),
    Step("accept", ("delivered",), "accepted"),
    Step("dispute", ("signed", "delivered", "accepted"), "disputed"),
    Step("resolve", ("disputed",), "signed"),
    Step("end", ("disputed",), "cancelled"),
    Step("settle", ("accepted",), "settled"),
    Step("take_back", ("accepted", "settled"), "accepted"),
))

# --- brokering ---
# A need and an offer: both are asked, meet, try, measure, and end in a contract or in “no, because”.
INTRODUCTION = Flow("exchange.introduction", "asked", (
    Step("agree", ("asked", "silent"), "agreed"),
    Step("lapse", ("asked",), "silent"),
    Step("ask_again", ("silent",), "asked"),
    Step("meet", ("agreed",), "met"),
    Step("pilot", ("met", "pilot"), "pilot"),
    Step("fall", ("pilot",), "met"),
    Step("measure", ("pilot",), "measured"),
    Step("order", ("met", "measured", "ordering"), "ordering"),
    Step("sign", ("ordering",), "ordered"),
    Step("fall", ("ordered",), "ordering"),
    Step("decline", ("asked", "silent", "agreed", "met", "pilot", "measured", "ordering"), "declined"),
))

RFQ = Flow("exchange.rfq", "open", (
    Step("choose", ("open",), "chosen"),
    Step("fall", ("chosen",), "open"),
    Step("cancel", ("open",), "cancelled"),
))

INVITATION = Flow("exchange.invitation", "asked", (
    Step("quote", ("asked", "quoted", "declined", "withdrawn"), "quoted"),
    Step("decline", ("asked", "quoted", "withdrawn"), "declined"),
    Step("withdraw", ("quoted",), "withdrawn"),
    Step("fall_silent", ("asked",), "silent"),
    Step("readmit", ("excluded",), "asked"),
))

MEMBER = Flow("exchange.member", "invited", (
    Step("join", ("invited", "declined", "left"), "joined"),
    Step("decline", ("invited",), "declined"),
    Step("agree", ("joined",), "agreed"),
    Step("leave", ("joined", "agreed"), "left"),
    Step("reconsider", ("agreed",), "joined"),
    Step("order", ("joined", "agreed"), "ordered"),
    Step("fall", ("ordered",), "left"),
))

# Booking of slots; OCCUPYING are the states in which a booking keeps its time from others (the database's constraint says the same).
BOOKING = Flow("exchange.booking", "held", (
    Step("take", ("offered",), "held"),
    Step("move", ("held",), "held"),
    Step("shorten", ("held",), "held"),
    Step("start", ("held",), "running"),
    Step("finish", ("held", "running"), "used"),
    Step("miss", ("held",), "no_show"),
    Step("decline", ("offered",), "cancelled"),
    Step("cancel", ("held",), "cancelled"),
    Step("drop", ("offered", "held"), "cancelled"),
))
AHEAD = ("offered", "held", "running")  # not over yet
OCCUPYING = (*AHEAD, "used")

# A session of mentoring: one side tells it, the other confirms or denies; what was denied may be told anew.
MENTORING = Flow("exchange.mentoring", "told", (
    Step("tell", ("denied",), "told"),
    Step("confirm", ("told",), "confirmed"),
    Step("deny", ("told",), "denied"),
))
