"""Grades of evidence and the states a fact can be in, with their labels."""

from __future__ import annotations

from enum import IntEnum

from fuhua.kernel.words import Text, t


class Grade(IntEnum):
    """How much a fact's source can be relied on; a larger number is stronger."""

    DECLARED = 0
    COUNTERPART = 1
    REGISTRY = 2
    SYSTEM = 3

    @property
    def label(self) -> Text:
        return _GRADES[self]


_GRADES = {
    Grade.DECLARED: t("自报", "declared"),
    Grade.COUNTERPART: t("对方确认", "counterpart-confirmed"),
    Grade.REGISTRY: t("登记", "registry"),
    Grade.SYSTEM: t("系统生成", "system-born"),
}

NOT_RECEIVED = "not_received"
VOID_REASONS = {
    "mistake": t("录入有误", "entered by mistake"),
    "duplicate": t("重复录入", "entered twice"),
    "untrue": t("查证不实", "found untrue"),
    "out_of_scope": t("不属统计范围", "out of scope"),
    NOT_RECEIVED: t("款项未收到", "the money was not received"),
}

CONTEST_REASONS = {
    "untrue": t("认为不实", "held to be untrue"),
    "wrong_amount": t("数额有异议", "the amount is disputed"),
    "wrong_party": t("主体有误", "the wrong party"),
    "wrong_date": t("日期有误", "the wrong date"),
    "double_counted": t("疑似重复计数", "perhaps counted twice"),
}
