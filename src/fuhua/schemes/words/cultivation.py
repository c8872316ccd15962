"""Codes of cultivation: appraisals, plans of uplift, warnings and appeals."""

from __future__ import annotations

from fuhua.kernel.words import Text, t

APPRAISAL_SORTS: dict[str, Text] = {
    "first": t("诊断测评", "first appraisal"),
    "after": t("提升后测评", "after the plan"),
    "appeal": t("申诉复评", "upon an appeal"),
}

APPRAISAL_STATES: dict[str, Text] = {
    "open": t("测评中", "under way"),
    "concluded": t("已出结论", "concluded"),
    "dropped": t("已取消", "dropped"),
}

UPLIFT_STATES: dict[str, Text] = {
    "draft": t("编制方案", "being planned"),
    "proposed": t("待双方接受", "to be accepted"),
    "agreed": t("辅导中", "being coached"),
    "measured": t("待双方确认", "to be confirmed"),
    "confirmed": t("提升成效已确认", "uplift confirmed"),
    "failed": t("测评未提升", "no uplift measured"),
    "ended": t("已终止", "ended"),
}

UPLIFT_ENDS: dict[str, Text] = {
    "coach_left": t("辅导方退出", "the coach left"),
    "left": t("主动退出", "withdrew"),
    "closed": t("停止运营", "closed"),
    "mistake": t("方案有误", "made by mistake"),
}

UPLIFT_TASK_STATES: dict[str, Text] = {
    "due": t("进行中", "under way"),
    "reported": t("待辅导方确认", "waits for the coach"),
    "confirmed": t("已确认", "confirmed"),
}

WARNING_SORTS: dict[str, Text] = {
    "quarters": t("连续两个季度未完成任务", "two quarters of tasks missed"),
    "no_gain": t("十二个月后测评未提升", "no gain after twelve months"),
}

APPEAL_STATES: dict[str, Text] = {
    "raised": t("待指定复核人", "to be given to a reviewer"),
    "reviewing": t("复核中", "under review"),
    "upheld": t("申诉成立", "upheld"),
    "dismissed": t("申诉不成立", "dismissed"),
}
