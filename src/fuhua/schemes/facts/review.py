"""What we testify of reviews and decisions: who was barred, panels drawn, scores revealed, decisions, notices and objections."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from fuhua.evidence.facts import Between, CodeOf, Fact, UrnOf
from fuhua.kernel.words import t
from fuhua.schemes import words
from fuhua.schemes.facts import Field

Call = Annotated[str, UrnOf("call")]
Application = Annotated[str, UrnOf("application")]
Objection = Annotated[str, UrnOf("objection")]
Person = Annotated[str, UrnOf("person")]
Points = Annotated[int, Between(0, 10_000)]  # hundredths of a point


class PersonBarred(Fact, frozen=True, kw_only=True, gc=False):
    """The person may not judge, handle or see the application (回避)."""

    KIND = "schemes.person_barred"
    LABEL = t("确认回避", "person barred")
    PRIVATE = True
    subject: Application
    person: Person
    why: Annotated[str, CodeOf(words.BARRED)]


class SeatTaken(Fact, frozen=True, kw_only=True, gc=False):
    """The person is in the pool of the call's panel (入评审专家库)."""

    KIND = "schemes.seat_taken"
    LABEL = t("进入评审专家组", "seat taken")
    PRIVATE = True
    subject: Call
    person: Person
    most: int
    senior: bool


class SeatLeft(Fact, frozen=True, kw_only=True, gc=False):
    """The person left the pool."""

    KIND = "schemes.seat_left"
    LABEL = t("退出评审专家组", "seat left")
    PRIVATE = True
    subject: Call
    person: Person


class PanelDrawn(Fact, frozen=True, kw_only=True, gc=False):
    """Experts were drawn for so many applications by the sealed seed; ``worst`` and ``total`` are sums of affinity.

    ``moved`` reviews changed hands to make it possible.
    """

    KIND = "schemes.panel_drawn"
    LABEL = t("抽取评审专家", "panel drawn")
    PRIVATE = True
    subject: Call
    applications: int
    worst: int
    total: int
    proved: bool
    moved: int


class ReviewHandedIn(Fact, frozen=True, kw_only=True, gc=False):
    """One sealed review of the application is in; its points stay sealed until all are."""

    KIND = "schemes.review_handed_in"
    LABEL = t("提交评审", "review handed in")
    PRIVATE = True
    subject: Application
    round: int


class ReviewerReplaced(Fact, frozen=True, kw_only=True, gc=False):
    """The person no longer reviews the application."""

    KIND = "schemes.reviewer_replaced"
    LABEL = t("更换评审专家", "reviewer replaced")
    PRIVATE = True
    subject: Application
    person: Person


class ScoresRevealed(Fact, frozen=True, kw_only=True, gc=False):
    """Every review is in: their number, mean and spread; points in hundredths."""

    KIND = "schemes.scores_revealed"
    LABEL = t("评分启封", "scores revealed")
    PRIVATE = True
    subject: Application
    round: int
    reviews: int
    mean: Points
    spread: Points


class ApplicationDecided(Fact, frozen=True, kw_only=True, gc=False):
    """What was decided on the application, and the money of city and district in fen."""

    KIND = "schemes.application_decided"
    LABEL = t("立项决定", "application decided")
    PRIVATE = True
    subject: Application
    call: Call
    result: Annotated[str, CodeOf(words.RESULTS)]
    city_amount: int
    district_amount: int


class DecisionsAnnounced(Fact, frozen=True, kw_only=True, gc=False):
    """The call's decisions are on public notice (公示) from ``first`` to ``last``."""

    KIND = "schemes.decisions_announced"
    LABEL = t("公示", "decisions announced")
    subject: Call
    first: dt.date
    last: dt.date
    awards: int


class CallConcluded(Fact, frozen=True, kw_only=True, gc=False):
    """The notice is over, every objection answered."""

    KIND = "schemes.call_concluded"
    LABEL = t("评选结束", "call concluded")
    subject: Call
    awards: int


class ApplicationAwarded(Fact, frozen=True, kw_only=True, gc=False):
    """The award of an application stands after the public notice (立项); money in fen; ``field`` is the future field it names, or blank."""

    KIND = "schemes.application_awarded"
    LABEL = t("立项", "application awarded")
    subject: Application
    call: Call
    applicant: str
    sort: str
    city_amount: int
    district_amount: int
    field: Field = ""


class ObjectionRaised(Fact, frozen=True, kw_only=True, gc=False):
    """Somebody objects to an announced decision."""

    KIND = "schemes.objection_raised"
    LABEL = t("提出异议", "objection raised")
    PRIVATE = True
    subject: Objection
    application: Application


class HearingSet(Fact, frozen=True, kw_only=True, gc=False):
    """The objection is heard on a day (听证)."""

    KIND = "schemes.hearing_set"
    LABEL = t("安排听证", "hearing set")
    PRIVATE = True
    subject: Objection
    day: dt.date


class ObjectionAnswered(Fact, frozen=True, kw_only=True, gc=False):
    """The objection is upheld or dismissed; ``appeal``: a new panel reviews the application."""

    KIND = "schemes.objection_answered"
    LABEL = t("答复异议", "objection answered")
    PRIVATE = True
    subject: Objection
    application: Application
    upheld: bool
    appeal: bool
