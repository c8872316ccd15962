"""Reasons and periods that several indicators share, so that they read alike everywhere."""

from __future__ import annotations

from fractions import Fraction

from fuhua.kernel.words import t

COUNTED = {"counted": t("计入", "counted")}
NEW = {
    **COUNTED,
    "not_new": t("基期当日或之前已发生，不是新增", "on or before the baseline day, so not new"),
    "too_late": t("截止日之后发生", "after the deadline"),
}
WHOLE = Fraction(1)
YEAR_END = t("每日可算，季度末冻结", "any day; frozen at each quarter's end")
STATE = t("按计数日的状态计，无基期", "the state on the day; no baseline")
FLOW = t("基期日之后、截止日之前（含）的新增", "new after the baseline day, up to and including the deadline")
