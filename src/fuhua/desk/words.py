"""What the desk calls things: states and verbs of an ask, answers, reasons, rungs of a clock and sorts of notices."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models

from fuhua.kernel.words import Text, t


class AskState(models.TextChoices):
    """Where an ask is; what may happen next is in ``flow``."""

    ASKED = "asked", "asked"
    TRIAGED = "triaged", "triaged"
    OWNED = "owned", "owned"
    WAITING = "waiting", "waiting"
    ANSWERED = "answered", "answered"
    CONFIRMED = "confirmed", "confirmed"
    WITHDRAWN = "withdrawn", "withdrawn"


OPEN = ("asked", "triaged", "owned", "waiting")

STATES: dict[str, Text] = {
    "asked": t("已提出", "asked"),
    "triaged": t("已受理", "triaged"),
    "owned": t("办理中", "in hand"),
    "waiting": t("等待中", "waiting"),
    "answered": t("已答复", "answered"),
    "confirmed": t("已确认办结", "confirmed"),
    "withdrawn": t("已撤回", "withdrawn"),
}

VERBS: dict[str, Text] = {
    "ask": t("提出", "ask"),
    "triage": t("受理", "accept for triage"),
    "pass_on": t("转办", "pass on"),
    "own": t("认领", "take it on"),
    "hand_back": t("退回认领", "hand back"),
    "wait": t("等待他人", "wait for somebody"),
    "resume": t("继续办理", "go on"),
    "answer": t("答复", "answer"),
    "confirm": t("确认办结", "confirm"),
    "reopen": t("重新打开", "reopen"),
    "withdraw": t("撤回", "withdraw"),
    "confirm_part": t("确认本单位部分", "confirm our own part"),
    "unconfirm_part": t("撤销本单位确认", "take the confirmation back"),
}

ANSWERS: dict[str, Text] = {
    "solved": t("已解决", "solved"),
    "explained": t("已说明情况", "explained"),
    "cannot": t("暂不能办，原因如下", "cannot, because"),
}

BECAUSE: dict[str, Text] = {
    "no_rule": t("现行政策没有依据", "no rule provides for it"),
    "rule_forbids": t("现行规定不允许", "a rule forbids it"),
    "not_our_power": t("不属本单位职权", "outside our powers"),
    "no_budget": t("没有经费安排", "no budget"),
    "no_capacity": t("场地、设备或人员不足", "no space, equipment or staff"),
    "needs_higher": t("需上级或国家部门决定", "needs a higher authority"),
}

REOPEN_REASONS: dict[str, Text] = {
    "not_solved": t("问题没有解决", "not solved"),
    "partly_solved": t("只解决了一部分", "only partly solved"),
    "off_the_point": t("答非所问", "the answer misses the point"),
}


class NoticeKind(models.TextChoices):
    """What a notice is for; the last six are the rungs of a clock."""

    TURN = "turn", "turn"
    PART = "part", "part"
    CHANGED = "changed", "changed"
    BEFORE_10 = "before_10", "before_10"
    BEFORE_3 = "before_3", "before_3"
    BEFORE_1 = "before_1", "before_1"
    BREACH = "breach", "breach"
    LEAD = "lead", "lead"
    COORDINATOR = "coordinator", "coordinator"


NOTICES: dict[str, Text] = {
    "turn": t("轮到您办理", "it is your turn"),
    "part": t("请确认本单位部分", "please confirm your part"),
    "changed": t("情况有变化", "something changed"),
    "before_10": t("还有 10 个工作日到期", "due within 10 working days"),
    "before_3": t("还有 3 个工作日到期", "due within 3 working days"),
    "before_1": t("还有 1 个工作日到期", "due within 1 working day"),
    "breach": t("已逾期", "overdue"),
    "lead": t("逾期 2 个工作日，报分管负责人", "2 working days overdue: to the owner’s lead"),
    "coordinator": t("逾期 5 个工作日，报统筹协调", "5 working days overdue: to the coordinator"),
}

CLOCKS: dict[str, Text] = {
    "triage": t("受理时限", "to be triaged by"),
    "answer": t("答复时限", "to be answered by"),
    "task": t("任务时限", "task due"),
    "blocker": t("问题解决时限", "blocker to be removed by"),
    "reconfirm": t("供需信息须再次确认", "listing to be confirmed again by"),
    "delivery": t("交付时限", "to be delivered by"),
    "acceptance": t("验收时限", "to be accepted by"),
    "payment": t("付款时限", "to be paid by"),
    "outcome": t("成效回访时限", "outcome to be told by"),
    "broker": t("撮合时限", "broker to act by"),
    "introduction": t("对接答复期限", "introduction to be answered by"),
    "decide": t("决定日期", "to be decided by"),
    "landing": t("落地时限", "to be landed by"),
    "activity": t("活跃核查时限", "activity to be confirmed by"),
    "quote": t("报价截止", "quotes due"),
    "recheck": t("在岗核实时限", "employment to be rechecked by"),
}


@dataclass(frozen=True)
class AskKind:
    """One kind of ask: how long the answer may take and who may ask it.

    ``triage_days`` and ``answer_days`` are working days from the day of asking. ``offices`` are those that may ask it
    (everybody signed in when empty). ``order`` says that it carries issuer, deadline and number (督办单), ``statutory``
    that its notices cannot be muted.
    """

    code: str
    label: Text
    why: Text
    answer_days: int
    triage_days: int = 1
    offices: frozenset[str] = frozenset()
    order: bool = False
    statutory: bool = False

    def may_be_asked_by(self, offices: frozenset[str]) -> bool:
        """Whether a holder of ``offices`` may ask this kind."""
        return not self.offices or bool(self.offices & offices)


class IntakeState(models.TextChoices):
    """Where an uploaded roster is."""

    UPLOADED = "uploaded", "uploaded"
    CHECKING = "checking", "checking"
    CHECKED = "checked", "checked"
    ENTERING = "entering", "entering"
    DONE = "done", "done"
    FAILED = "failed", "failed"
    DROPPED = "dropped", "dropped"


INTAKES: dict[str, Text] = {
    "uploaded": t("待核对列", "columns to be checked"),
    "checking": t("正在试算", "dry run going on"),
    "checked": t("试算完成，待确认入库", "dry run done, waits for your word"),
    "entering": t("正在入库", "being entered"),
    "done": t("已入库", "entered"),
    "failed": t("无法读取", "cannot be read"),
    "dropped": t("已放弃", "dropped"),
}


class Verdict(models.TextChoices):
    """What a row of a roster is, compared with what is on record."""

    NEW = "new", "new"
    CHANGED = "changed", "changed"
    UNCHANGED = "unchanged", "unchanged"
    REPEATED = "repeated", "repeated"
    WRONG = "wrong", "wrong"
    WAITING = "waiting", "waiting"
    PICKED = "picked", "picked"


VERDICTS: dict[str, Text] = {
    "new": t("新增", "new"),
    "changed": t("更正", "changes an earlier row"),
    "unchanged": t("无变化", "unchanged"),
    "repeated": t("文件内重复", "repeated in the file"),
    "wrong": t("有错误", "wrong"),
    "waiting": t("待确认主体", "which organisation?"),
    "picked": t("主体已确认，待入库", "organisation confirmed, to be entered"),
}
