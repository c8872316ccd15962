"""What we testify of plans: editions, tasks, meetings and frozen readings; URNs, numbers and codes only."""

from __future__ import annotations

import datetime as dt

from fuhua.evidence.facts import Fact
from fuhua.kernel.words import t

# --- editions ---------------------------------------------------------------------------------------------------------


class PlanImported(Fact, frozen=True, kw_only=True, gc=False):
    """A document was read into a draft edition; ``source`` is its SHA-256."""

    KIND = "plan.edition_imported"
    LABEL = t("方案导入", "plan imported")
    source: str
    measures: int
    targets: int
    doubts: int


class PlanRevised(Fact, frozen=True, kw_only=True, gc=False):
    """An officer changed an edition; ``version`` finds the change in its log, ``verb`` says what was done."""

    KIND = "plan.edition_revised"
    LABEL = t("方案校核", "plan revised")
    verb: str
    version: int


class PlanPublished(Fact, frozen=True, kw_only=True, gc=False):
    """An edition is in force; ``content`` is the SHA-256 of its canonical JSON, so a later change would show."""

    KIND = "plan.edition_published"
    LABEL = t("方案发布", "plan published")
    content: str
    measures: int
    targets: int
    start: dt.date | None = None
    end: dt.date | None = None
    supersedes: str = ""


class PlanDiscarded(Fact, frozen=True, kw_only=True, gc=False):
    """A draft edition was thrown away before publication."""

    KIND = "plan.edition_discarded"
    LABEL = t("草稿弃用", "draft discarded")


# --- supervision ------------------------------------------------------------------------------------------------------


class TaskIssued(Fact, frozen=True, kw_only=True, gc=False):
    """An annual task of ``edition`` was given to ``lead``, to be verified by ``verifier``."""

    KIND = "plan.task_issued"
    LABEL = t("下达年度任务", "annual task issued")
    edition: str
    year: int
    lead: str
    verifier: str
    due: dt.date
    measure: int = 0


class TaskAccepted(Fact, frozen=True, kw_only=True, gc=False):
    """The lead unit accepted the task; ``owner`` is the person."""

    KIND = "plan.task_accepted"
    LABEL = t("接收任务", "task accepted")
    owner: str


class TaskSubmitted(Fact, frozen=True, kw_only=True, gc=False):
    """The lead unit asks for the task to be verified."""

    KIND = "plan.task_submitted"
    LABEL = t("提请核验", "task submitted for verification")


class TaskSentBack(Fact, frozen=True, kw_only=True, gc=False):
    """The verifier (or the lead unit, taking it back) returned the task to work."""

    KIND = "plan.task_sent_back"
    LABEL = t("退回继续办理", "task sent back")


class TaskVerified(Fact, frozen=True, kw_only=True, gc=False):
    """Somebody of the verifying unit, who is not the owner, found the task done."""

    KIND = "plan.task_verified"
    LABEL = t("核验完成", "task verified")
    verifier: str


class TaskClosed(Fact, frozen=True, kw_only=True, gc=False):
    """The task is off the list; ``on_time`` is 1 when what was found done had been submitted by its day."""

    KIND = "plan.task_closed"
    LABEL = t("任务销号", "task closed")
    on_time: int


class TaskPartConfirmed(Fact, frozen=True, kw_only=True, gc=False):
    """A co-unit confirmed its own part of the task."""

    KIND = "plan.task_part_confirmed"
    LABEL = t("配合单位确认本单位部分", "co-unit confirmed its part")
    unit: str


class BlockerRaised(Fact, frozen=True, kw_only=True, gc=False):
    """Something coded stands in the way of ``task``."""

    KIND = "plan.blocker_raised"
    LABEL = t("登记问题", "blocker raised")
    task: str
    code: str


class BlockerEscalated(Fact, frozen=True, kw_only=True, gc=False):
    """The blocker goes before ``meeting``."""

    KIND = "plan.blocker_escalated"
    LABEL = t("问题提交会议", "blocker escalated to a meeting")
    meeting: str


class BlockerRemoved(Fact, frozen=True, kw_only=True, gc=False):
    """The blocker is gone."""

    KIND = "plan.blocker_removed"
    LABEL = t("问题解决", "blocker removed")


class BlockerReopened(Fact, frozen=True, kw_only=True, gc=False):
    """The blocker was not gone after all."""

    KIND = "plan.blocker_reopened"
    LABEL = t("问题重新打开", "blocker reopened")


class MeetingCalled(Fact, frozen=True, kw_only=True, gc=False):
    """A coordination meeting of ``edition`` will be held on ``day``."""

    KIND = "plan.meeting_called"
    LABEL = t("召集会议", "meeting called")
    edition: str
    day: dt.date


class AgendaPrepared(Fact, frozen=True, kw_only=True, gc=False):
    """The agenda was generated from what is open, with so many items."""

    KIND = "plan.agenda_prepared"
    LABEL = t("生成议程", "agenda prepared")
    items: int


class AgendaIssued(Fact, frozen=True, kw_only=True, gc=False):
    """The agenda was issued with so many items."""

    KIND = "plan.agenda_issued"
    LABEL = t("印发议程", "agenda issued")
    items: int


class DecisionTaken(Fact, frozen=True, kw_only=True, gc=False):
    """The meeting decided; ``became`` is the task or the supervision order that carries it out."""

    KIND = "plan.decision_taken"
    LABEL = t("会议议定", "decision taken")
    became: str
    organisation: str
    due: dt.date


class MinutesIssued(Fact, frozen=True, kw_only=True, gc=False):
    """The minutes were issued with so many decisions."""

    KIND = "plan.minutes_issued"
    LABEL = t("印发纪要", "minutes issued")
    decisions: int


class QuarterFrozen(Fact, frozen=True, kw_only=True, gc=False):
    """The readings of ``edition`` for the quarter ending on ``day`` were frozen; ``content`` is their SHA-256."""

    KIND = "plan.quarter_frozen"
    LABEL = t("季度冻结", "quarter frozen")
    edition: str
    day: dt.date
    readings: int
    content: str


class ReadingRestated(Fact, frozen=True, kw_only=True, gc=False):
    """A frozen reading was read anew for a coded reason; both stay. A figure is undetermined without its ``value``."""

    KIND = "plan.reading_restated"
    LABEL = t("读数重述", "reading restated")
    indicator: str
    definition: str
    day: dt.date
    reason: str
    value: int | None = None
    former: int | None = None
