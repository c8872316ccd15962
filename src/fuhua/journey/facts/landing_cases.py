"""What we testify of a cross-border camp and the landing that follows: sessions, attendance, the case, its papers and checks."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from fuhua.evidence.facts import BadFact, CodeOf, Fact, Positive, UrnOf
from fuhua.journey import words
from fuhua.journey.facts import Case
from fuhua.kernel.words import t

Call = Annotated[str, UrnOf("call")]
Person = Annotated[str, UrnOf("person")]
Project = Annotated[str, UrnOf("project", "venture", "offshore")]
Month = Annotated[int, CodeOf(words.LANDING_MONTHS)]


class CampSet(Fact, frozen=True, kw_only=True, gc=False):
    """The camp of a call is hosted by ``host``."""

    KIND = "journey.camp_set"
    LABEL = t("确定创业营承办方", "camp set up")
    subject: Call
    host: Annotated[str, UrnOf("incubator", "park", "university")]


class SessionSet(Fact, frozen=True, kw_only=True, gc=False):
    """Session ``number`` of the camp takes place on ``day``."""

    KIND = "journey.session_set"
    LABEL = t("安排课程", "camp session set")
    subject: Call
    number: Positive
    day: dt.date


class SessionDropped(Fact, frozen=True, kw_only=True, gc=False):
    """Session ``number`` of the camp does not take place."""

    KIND = "journey.session_dropped"
    LABEL = t("取消课程", "camp session dropped")
    subject: Call
    number: Positive


class SessionAttended(Fact, frozen=True, kw_only=True, gc=False):
    """One side says that the case took part in session ``number`` of its camp."""

    KIND = "journey.session_attended"
    LABEL = t("确认出席", "attendance said")
    PRIVATE = True
    subject: Case
    number: Positive
    side: Annotated[str, CodeOf(words.SIDES)]


class CampCompleted(Fact, frozen=True, kw_only=True, gc=False):
    """The case completed its camp: both sides confirmed all ``number`` sessions."""

    KIND = "journey.camp_completed"
    LABEL = t("完成创业营", "camp completed")
    subject: Case
    number: Positive


class CaseOpened(Fact, frozen=True, kw_only=True, gc=False):
    """A landing case was opened for an awarded application: the person, their project, or both."""

    KIND = "journey.case_opened"
    LABEL = t("建立落地案例", "landing case opened")
    subject: Case
    application: Annotated[str, UrnOf("application")]
    person: Person = ""
    project: Project = ""

    def check(self) -> None:
        super().check()
        if not (self.person or self.project):
            raise BadFact(t("案例须写明人才或项目，至少一项", "a case names a person or a project, at least one"))


class CaseOwned(Fact, frozen=True, kw_only=True, gc=False):
    """The case is looked after by ``owner`` from now on."""

    KIND = "journey.case_owned"
    LABEL = t("指定案例负责人", "case given an owner")
    subject: Case
    owner: Person


class CaseLinked(Fact, frozen=True, kw_only=True, gc=False):
    """The person or the project that the case lacked was added to it."""

    KIND = "journey.case_linked"
    LABEL = t("关联人才或项目", "case linked")
    subject: Case
    person: Person = ""
    project: Project = ""


class CaseJoined(Fact, frozen=True, kw_only=True, gc=False):
    """The case turned out to be of somebody who has one already: ``into`` goes on, this one is closed."""

    KIND = "journey.case_joined"
    LABEL = t("并入另一案例", "case joined with another")
    subject: Case
    into: Case


class PassportKept(Fact, frozen=True, kw_only=True, gc=False):
    """Passport data of the case's person was handed in, for the owner of the case only."""

    KIND = "journey.passport_kept"
    LABEL = t("提交护照信息", "passport data handed in")
    PRIVATE = True
    subject: Case


class PassportOpened(Fact, frozen=True, kw_only=True, gc=False):
    """The owner of the case opened the passport data."""

    KIND = "journey.passport_opened"
    LABEL = t("查阅护照信息", "passport data opened")
    PRIVATE = True
    subject: Case


class PassportErased(Fact, frozen=True, kw_only=True, gc=False):
    """The passport data is erased, for a coded reason; nothing of it is kept."""

    KIND = "journey.passport_erased"
    LABEL = t("删除护照信息", "passport data erased")
    PRIVATE = True
    subject: Case
    reason: Annotated[str, CodeOf(words.ERASED)]


class ActivityShown(Fact, frozen=True, kw_only=True, gc=False):
    """The landed side shows by ``evidence`` that it is active ``month`` months after landing; the paper is the document."""

    KIND = "journey.activity_shown"
    LABEL = t("提交活跃证明", "activity shown")
    PRIVATE = True
    subject: Case
    month: Month
    evidence: Annotated[str, CodeOf(words.ACTIVITY)]
