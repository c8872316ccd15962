"""What we testify of task agreements: drawn up, signed, their milestones, money, changes, stewards, and how they end."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from fuhua.evidence.facts import Between, CodeOf, Fact, Positive, Share, UrnOf
from fuhua.kernel.words import t
from fuhua.schemes import words

Task = Annotated[str, UrnOf("agreement")]
Level = Annotated[str, CodeOf(words.LEVELS)]


class TaskDrawnUp(Fact, frozen=True, kw_only=True, gc=False):
    """A task agreement follows an award: ``city_amount`` and ``district_amount`` are integer fen, ``milestones`` how many there are."""

    KIND = "schemes.task_drawn_up"
    LABEL = t("拟定任务书", "agreement drawn up")
    subject: Task
    application: str
    party: str
    issuer: str
    sort: str
    city_amount: int
    district_amount: int
    milestones: int


class TaskSideSigned(Fact, frozen=True, kw_only=True, gc=False):
    """One side signed the agreement."""

    KIND = "schemes.task_side_signed"
    LABEL = t("一方签署任务书", "one side signed")
    subject: Task
    side: str


class TaskSigned(Fact, frozen=True, kw_only=True, gc=False):
    """Both sides signed: the agreement is in force."""

    KIND = "schemes.task_signed"
    LABEL = t("任务书生效", "agreement in force")
    subject: Task
    party: str
    sort: str
    starts: dt.date
    ends: dt.date


class MilestoneClaimed(Fact, frozen=True, kw_only=True, gc=False):
    """The party says that milestone ``number`` was reached with so much of its measure."""

    KIND = "schemes.milestone_claimed"
    LABEL = t("申请里程碑考核", "milestone claimed")
    subject: Task
    number: Positive
    reached: int


class MilestoneConcluded(Fact, frozen=True, kw_only=True, gc=False):
    """The verifier judged milestone ``number``: ``reached`` of ``least``, ``counted`` by facts; ``share`` in parts per million."""

    KIND = "schemes.milestone_concluded"
    LABEL = t("里程碑考核结论", "milestone concluded")
    subject: Task
    number: Positive
    result: Annotated[str, CodeOf(words.CHECK_RESULTS)]
    least: Positive
    reached: int
    counted: int
    share: Share


class TrancheFellDue(Fact, frozen=True, kw_only=True, gc=False):
    """A tranche is to be paid: ``owed`` fen of ``amount`` by the day ``due``."""

    KIND = "schemes.tranche_fell_due"
    LABEL = t("拨款到期", "tranche due")
    subject: Task
    level: Level
    number: Positive
    amount: Positive
    owed: Positive
    due: dt.date


class TranchePaid(Fact, frozen=True, kw_only=True, gc=False):
    """The payer told that it paid the tranche through its bank."""

    KIND = "schemes.tranche_paid"
    LABEL = t("拨款", "tranche paid")
    subject: Task
    level: Level
    number: Positive
    payer: str
    amount: Positive


class TrancheWithheld(Fact, frozen=True, kw_only=True, gc=False):
    """The tranche will not be paid, for a coded reason."""

    KIND = "schemes.tranche_withheld"
    LABEL = t("不再拨付", "tranche withheld")
    subject: Task
    level: Level
    number: Positive
    because: Annotated[str, CodeOf(words.WITHHELD_REASONS)]


class RecoveryAsked(Fact, frozen=True, kw_only=True, gc=False):
    """So many fen of a paid tranche are to come back, for a coded reason."""

    KIND = "schemes.recovery_asked"
    LABEL = t("追回拨款", "recovery asked")
    subject: Task
    level: Level
    number: Positive
    amount: Positive
    because: Annotated[str, CodeOf(words.RECOVERY_REASONS)]


class TrancheReturned(Fact, frozen=True, kw_only=True, gc=False):
    """What was asked back of a tranche came back."""

    KIND = "schemes.tranche_returned"
    LABEL = t("拨款退回", "tranche returned")
    subject: Task
    level: Level
    number: Positive
    amount: Positive


class CostClaimed(Fact, frozen=True, kw_only=True, gc=False):
    """An invoice was paid from a tranche."""

    KIND = "schemes.cost_claimed"
    LABEL = t("登记支出", "cost claimed")
    subject: Task
    level: Level
    number: Positive
    amount: Positive


class ChangeAsked(Fact, frozen=True, kw_only=True, gc=False):
    """The party asks for a change; ``number`` is its milestone's, 0 for the whole; ``pivot`` what a change of direction touches."""

    KIND = "schemes.change_asked"
    LABEL = t("申请变更", "change asked")
    subject: Task
    change: Annotated[str, UrnOf("change")]
    sort: Annotated[str, CodeOf(words.CHANGE_SORTS)]
    number: int
    pivot: Annotated[str, CodeOf(words.PIVOTS)] = ""


class ChangeDecided(Fact, frozen=True, kw_only=True, gc=False):
    """A change was approved, refused or withdrawn."""

    KIND = "schemes.change_decided"
    LABEL = t("变更批复", "change decided")
    subject: Task
    change: Annotated[str, UrnOf("change")]
    result: Annotated[str, CodeOf(words.CHANGE_STATES)]


class StewardSet(Fact, frozen=True, kw_only=True, gc=False):
    """Another steward serves the project, for a time when it is a ``cover``; ``asks`` of the queue went along."""

    KIND = "schemes.steward_set"
    LABEL = t("管家交接", "steward set")
    subject: Task
    steward: str
    cover: bool = False
    asks: int = 0


class TaskFinished(Fact, frozen=True, kw_only=True, gc=False):
    """Every milestone was concluded and nothing is left to pay."""

    KIND = "schemes.task_finished"
    LABEL = t("任务书完成", "agreement finished")
    subject: Task


class TaskRenewed(Fact, frozen=True, kw_only=True, gc=False):
    """A finished agreement is followed by another."""

    KIND = "schemes.task_renewed"
    LABEL = t("任务书续期", "agreement renewed")
    subject: Task
    by_task: Task


class TaskEnded(Fact, frozen=True, kw_only=True, gc=False):
    """The agreement is over before its time, for a coded reason: nothing is paid any more."""

    KIND = "schemes.task_ended"
    LABEL = t("任务书终止", "agreement ended early")
    subject: Task
    because: Annotated[str, CodeOf(words.TASK_ENDS)]


class TaskWarned(Fact, frozen=True, kw_only=True, gc=False):
    """Milestones were missed in so many quarters in a row, up to the quarter that ended on ``quarter``."""

    KIND = "schemes.task_warned"
    LABEL = t("进度预警", "warned of missed quarters")
    subject: Task
    quarter: dt.date
    missed: Positive


class TaskAssessed(Fact, frozen=True, kw_only=True, gc=False):
    """The yearly assessment: ``missed`` quarters in a row, ``share`` reached in parts per million."""

    KIND = "schemes.task_assessed"
    LABEL = t("年度评估", "yearly assessment")
    subject: Task
    year: Annotated[int, Between(2000, 2100)]
    missed: int
    share: Share
    result: Annotated[str, CodeOf(words.ASSESSED)]


class GrantPassedOn(Fact, frozen=True, kw_only=True, gc=False):
    """What was proven became a company: ``venture`` was set up from it, and holds the grant from here on."""

    KIND = "schemes.grant_passed_on"
    LABEL = t("成果转化公司承接", "passed on to the new company")
    subject: Task
    venture: Annotated[str, UrnOf("venture", "firm")]


class ProofConcluded(Fact, frozen=True, kw_only=True, gc=False):
    """The proof of concept of the subject under agreement ``task`` ended; a failed one with the ``lesson`` it taught."""

    KIND = "schemes.proof_concluded"
    LABEL = t("概念验证结论", "proof of concept concluded")
    subject: Annotated[str, UrnOf("project", "venture", "university", "person", "firm")]
    task: Task
    result: Annotated[str, CodeOf(words.PROOFS)]
    lesson: Annotated[str, CodeOf(words.LESSONS)] = ""


class GrantConverted(Fact, frozen=True, kw_only=True, gc=False):
    """The grant became a share of the venture: ``numerator`` of ``denominator`` after conversion, written in digits."""

    KIND = "schemes.grant_converted"
    LABEL = t("资助转为股权", "grant converted")
    subject: Task
    venture: str
    holder: str
    amount: Positive
    valuation: Positive
    numerator: str
    denominator: str
