"""What editions, units, targets and their supervision can be, with labels."""

from __future__ import annotations

from django.db import models

from fuhua.kernel.words import Text, t

# --- editions ---------------------------------------------------------------------------------------------------------


class Status(models.TextChoices):
    """Where an edition stands: being reviewed, in force, replaced by the next one, or thrown away unread."""

    DRAFT = "draft", "draft"
    PUBLISHED = "published", "published"
    SUPERSEDED = "superseded", "superseded"
    DISCARDED = "discarded", "discarded"


STATUSES: dict[str, Text] = {
    "draft": t("校核中", "In review"),
    "published": t("现行", "In force"),
    "superseded": t("已被新版替代", "Superseded"),
    "discarded": t("已弃用", "Discarded"),
}


class Role(models.TextChoices):
    """How a unit answers for a measure: it leads (牵头), or works with the lead (配合)."""

    LEAD = "lead", "lead"
    CO = "co", "co"


ROLES: dict[str, Text] = {"lead": t("牵头", "Lead"), "co": t("配合", "Supporting")}


class UnitGroup(models.TextChoices):
    """What a printed unit means when it is no single organisation."""

    DISTRICTS = "districts", "districts"
    DEPARTMENTS = "departments", "departments"
    OTHERS = "others", "others"


UNIT_GROUPS: dict[str, Text] = {
    "districts": t("一组区县：如“各区政府”“有关区县”", "A group of districts"),
    "departments": t("一组部门：如“有关市级部门”", "A group of departments"),
    "others": t("其他一组单位：如“有关企业”", "Another group, such as firms or banks"),
}


class Op(models.TextChoices):
    """How a target's number is meant: 以上 and 不低于 include the bound, 超过 and 低于 do not."""

    EQ = "=", "="
    GE = ">=", ">="
    GT = ">", ">"
    LE = "<=", "<="
    LT = "<", "<"
    RANGE = "range", "range"


OPS: dict[str, Text] = {
    "=": t("达到", "reach"),
    ">=": t("不少于", "at least"),
    ">": t("超过", "more than"),
    "<=": t("不超过", "at most"),
    "<": t("低于", "less than"),
    "range": t("区间", "between"),
}


class Per(models.TextChoices):
    """How often a target has to be met, when it is not once."""

    YEAR = "year", "year"
    QUARTER = "quarter", "quarter"
    MONTH = "month", "month"


PERIODS: dict[str, Text] = {"year": t("每年", "each year"), "quarter": t("每季度", "each quarter"), "month": t("每月", "each month")}


class Trajectory(models.TextChoices):
    """How progress is expected over time, from the baseline to the deadline."""

    LINEAR = "linear", "linear"
    LATE = "late", "late"
    AT_END = "at_end", "at_end"


TRAJECTORIES: dict[str, Text] = {
    "linear": t("逐年均匀推进", "evenly over time"),
    "late": t("前慢后快", "slow first, faster later"),
    "at_end": t("到期一次达成", "all at the deadline"),
}

VERBS: dict[str, Text] = {
    "import": t("导入文件", "Imported the document"),
    "add": t("补充", "Added"),
    "edit": t("修改", "Changed"),
    "remove": t("删除", "Removed"),
    "confirm": t("确认无误", "Confirmed"),
    "match": t("对应单位", "Matched a unit"),
    "link": t("对应指标", "Linked to an indicator"),
    "settle": t("处理存疑", "Settled a doubt"),
    "undo": t("撤销", "Undid a change"),
    "publish": t("发布", "Published"),
    "supersede": t("由新版替代", "Superseded by the next edition"),
    "discard": t("弃用草稿", "Discarded the draft"),
}

ITEMS: dict[str, Text] = {
    "edition": t("方案信息", "Plan details"),
    "measure": t("举措", "Measure"),
    "unit": t("责任单位", "Responsible unit"),
    "target": t("目标", "Target"),
    "doubt": t("存疑", "Doubt"),
}

FIELD_NAMES: dict[str, Text] = {
    "title": t("标题", "title"), "text": t("内容", "text"), "no": t("编号", "number"), "section": t("章节", "section"),
    "printed": t("名称", "name"), "role": t("分工", "role"), "part": t("负责部分", "part"), "order": t("排序", "order"),
    "everywhere": t("适用全部举措", "in every measure"), "party_id": t("机构", "organisation"), "group": t("单位组", "group"),
    "metric": t("指标", "metric"), "op": t("要求", "requirement"), "value": t("目标值", "value"), "upper": t("上限", "upper end"),
    "unit": t("计量单位", "unit"), "deadline": t("期限", "deadline"), "period": t("频次", "how often"), "quote": t("原文", "quote"),
    "measure_id": t("所属举措", "measure"), "indicator": t("对应指标", "indicator"), "definition": t("指标定义", "definition"),
    "baseline_on": t("基期日", "baseline day"), "baseline_value": t("基期数值", "baseline value"),
    "baseline_note": t("基期说明", "about the baseline"), "trajectory": t("推进节奏", "path"),
    "continues_id": t("沿用", "continues"), "decision": t("处理结论", "decision"), "decision_note": t("说明", "note"),
    "slug": t("网址标识", "web name"), "programme": t("系列", "programme"), "city": t("城市", "city"),
    "doc_number": t("文号", "document number"), "issued_by": t("印发单位", "issued by"), "start": t("起始日", "from"),
    "end": t("截止日", "until"), "coordinator_id": t("统筹单位", "coordinator"),
}

DECISIONS: dict[str, Text] = {
    "fine": t("提取正确，无需修改", "The reading is right"),
    "corrected": t("已更正或补充", "Corrected or added"),
    "not_item": t("不是应提取的内容", "Nothing to extract here"),
}

FATES: dict[str, Text] = {
    "kept": t("沿用", "Kept"),
    "changed": t("沿用并修改", "Kept, changed"),
    "new": t("新增", "New"),
    "ended": t("终止", "Ended"),
}

# --- supervision ------------------------------------------------------------------------------------------------------


class TaskState(models.TextChoices):
    """What people did with an annual task; on track, at risk and overdue are derived, never stored."""

    ISSUED = "issued", "issued"
    ACCEPTED = "accepted", "accepted"
    SUBMITTED = "submitted", "submitted"
    DONE = "done", "done"
    CLOSED = "closed", "closed"


TASK_STATES: dict[str, Text] = {
    "issued": t("已下达", "issued"),
    "accepted": t("已接收", "accepted"),
    "submitted": t("待核验", "to be verified"),
    "done": t("已核验完成", "done"),
    "closed": t("已销号", "closed"),
}

PROGRESS: dict[str, Text] = {
    "on_track": t("正常推进", "on track"),
    "at_risk": t("存在风险", "at risk"),
    "overdue": t("已逾期", "overdue"),
    "done": t("已完成", "done"),
}

BLOCKER_CODES: dict[str, Text] = {
    "no_answer": t("有关单位未答复", "another organisation does not answer"),
    "no_rule": t("政策不明确", "the rule is unclear"),
    "no_budget": t("经费未落实", "money is missing"),
    "no_space": t("场地或设备未落实", "space or equipment is missing"),
    "disagreement": t("部门意见不一致", "departments disagree"),
}

BLOCKER_STATES: dict[str, Text] = {
    "open": t("待解决", "open"),
    "escalated": t("已提交会议", "before the meeting"),
    "removed": t("已解决", "removed"),
}

MEETING_STATES: dict[str, Text] = {
    "called": t("筹备中", "called"),
    "agenda": t("议程已印发", "agenda issued"),
    "minuted": t("纪要已印发", "minutes issued"),
}

SECTIONS: dict[str, Text] = {
    "blocker": t("需要协调的问题", "issues to be settled"),
    "overdue": t("逾期任务", "overdue tasks"),
    "at_risk": t("存在风险的任务", "tasks at risk"),
    "gap": t("答复“暂不能办”的事项", "asks answered “cannot”"),
    "decision": t("上次会议议定事项", "earlier decisions still open"),
}

RESTATE_REASONS: dict[str, Text] = {
    "late_facts": t("后续收到的事实", "facts known later"),
    "corrected_facts": t("事实已更正或作废", "facts corrected or voided"),
    "new_definition": t("统计口径变更", "the definition changed"),
}
