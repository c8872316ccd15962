"""What we testify of cultivation: appraisals line by line, plans of uplift with their tasks, warnings and appeals."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from fuhua.evidence.facts import CodeOf, Fact, Positive, Share, UrnOf
from fuhua.evidence.words import CONTEST_REASONS
from fuhua.kernel.words import t
from fuhua.schemes import words

Appraisal = Annotated[str, UrnOf("appraisal")]
Uplift = Annotated[str, UrnOf("uplift")]
Incubator = Annotated[str, UrnOf("incubator")]
Person = Annotated[str, UrnOf("person")]
Role = Annotated[str, CodeOf(words.UPLIFT_ROLES)]


class AppraisalOpened(Fact, frozen=True, kw_only=True, gc=False):
    """An incubator is to be appraised by the assessor: for the first time, after a plan, or upon an appeal."""

    KIND = "schemes.appraisal_opened"
    LABEL = t("开展测评", "appraisal opened")
    subject: Appraisal
    incubator: Incubator
    assessor: Person
    sort: Annotated[str, CodeOf(words.APPRAISAL_SORTS)]


class AppraisalLineStated(Fact, frozen=True, kw_only=True, gc=False):
    """The assessor states a line with evidence, in hundredths of its unit; ``reason`` says why against what is on record."""

    KIND = "schemes.appraisal_line_stated"
    LABEL = t("测评人认定", "stated by the assessor")
    subject: Appraisal
    line: str
    hundredths: int
    reason: Annotated[str, CodeOf(CONTEST_REASONS)] = ""


class AppraisalConcluded(Fact, frozen=True, kw_only=True, gc=False):
    """The appraisal ended with a score in parts per million and so many lines below their target."""

    KIND = "schemes.appraisal_concluded"
    LABEL = t("测评结论", "appraisal concluded")
    subject: Appraisal
    incubator: Incubator
    score: Share
    gaps: int


class AppraisalDropped(Fact, frozen=True, kw_only=True, gc=False):
    """The appraisal was given up before it was concluded."""

    KIND = "schemes.appraisal_dropped"
    LABEL = t("取消测评", "appraisal dropped")
    subject: Appraisal


class UpliftDrafted(Fact, frozen=True, kw_only=True, gc=False):
    """A plan of uplift begins from the gaps of an appraisal."""

    KIND = "schemes.uplift_drafted"
    LABEL = t("编制提升方案", "uplift plan begun")
    subject: Uplift
    incubator: Incubator
    appraisal: Appraisal
    gaps: Positive


class UpliftTasked(Fact, frozen=True, kw_only=True, gc=False):
    """A gap became task ``number`` of its owner, due on a day."""

    KIND = "schemes.uplift_tasked"
    LABEL = t("差距转为任务", "gap made a task")
    subject: Uplift
    number: Positive
    line: str
    owner: Person
    due: dt.date


class UpliftPaired(Fact, frozen=True, kw_only=True, gc=False):
    """A benchmark incubator is proposed as the coach."""

    KIND = "schemes.uplift_paired"
    LABEL = t("提出结对", "pair proposed")
    subject: Uplift
    coach: Incubator


class UpliftAccepted(Fact, frozen=True, kw_only=True, gc=False):
    """One of the two accepts the pair and the plan."""

    KIND = "schemes.uplift_accepted"
    LABEL = t("接受结对", "pair accepted")
    subject: Uplift
    role: Role


class UpliftDeclined(Fact, frozen=True, kw_only=True, gc=False):
    """One of the two declines; the plan waits for another coach."""

    KIND = "schemes.uplift_declined"
    LABEL = t("不接受结对", "pair declined")
    subject: Uplift
    role: Role


class UpliftEnded(Fact, frozen=True, kw_only=True, gc=False):
    """The plan is over before it was measured, for a coded reason."""

    KIND = "schemes.uplift_ended"
    LABEL = t("终止提升方案", "uplift plan ended")
    subject: Uplift
    reason: Annotated[str, CodeOf(words.UPLIFT_ENDS)]


class UpliftTaskReported(Fact, frozen=True, kw_only=True, gc=False):
    """Task ``number`` is reported done."""

    KIND = "schemes.uplift_task_reported"
    LABEL = t("任务报告完成", "task reported done")
    subject: Uplift
    number: Positive


class UpliftTaskConfirmed(Fact, frozen=True, kw_only=True, gc=False):
    """The coach confirms that task ``number`` is done."""

    KIND = "schemes.uplift_task_confirmed"
    LABEL = t("辅导方确认任务", "task confirmed by the coach")
    subject: Uplift
    number: Positive


class UpliftTaskReturned(Fact, frozen=True, kw_only=True, gc=False):
    """The coach does not hold task ``number`` to be done."""

    KIND = "schemes.uplift_task_returned"
    LABEL = t("任务退回", "task sent back")
    subject: Uplift
    number: Positive


class ReformApproved(Fact, frozen=True, kw_only=True, gc=False):
    """An approval of the checklist for state-owned incubators was given on the day the fact is true."""

    KIND = "schemes.reform_approved"
    LABEL = t("国企改革事项获批", "reform approved")
    subject: Uplift
    step: str


class UpliftWarned(Fact, frozen=True, kw_only=True, gc=False):
    """The coached incubator is warned: quarters missed in a row up to the one that ended on ``quarter``, or no gain measured."""

    KIND = "schemes.uplift_warned"
    LABEL = t("提升预警", "uplift warned")
    subject: Uplift
    sort: Annotated[str, CodeOf(words.WARNING_SORTS)]
    quarter: dt.date
    missed: int


class UpliftAppealed(Fact, frozen=True, kw_only=True, gc=False):
    """Whoever was warned or lowered appeals against it; the plan or agreement is ``thing``."""

    KIND = "schemes.uplift_appealed"
    LABEL = t("提出申诉", "appeal raised")
    subject: Annotated[str, UrnOf("appeal")]
    party: str
    thing: Annotated[str, UrnOf("uplift", "agreement")]


class AppealReviewerNamed(Fact, frozen=True, kw_only=True, gc=False):
    """A second, independent person reviews the appeal."""

    KIND = "schemes.appeal_reviewer_named"
    LABEL = t("指定申诉复核人", "reviewer of the appeal named")
    subject: Annotated[str, UrnOf("appeal")]
    person: Person


class AppealDecided(Fact, frozen=True, kw_only=True, gc=False):
    """The appeal was decided by the reviewer."""

    KIND = "schemes.appeal_decided"
    LABEL = t("申诉复核结论", "appeal decided")
    subject: Annotated[str, UrnOf("appeal")]
    upheld: bool
