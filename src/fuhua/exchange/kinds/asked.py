"""What every need is asked, whatever its kind, before it may open; a need without one of these leads nowhere."""

from __future__ import annotations

from fuhua.exchange.kinds.spec import NEEDS, Field
from fuhua.kernel.words import t

ASKED = (
    Field("budget_owner", t("预算负责人", "budget owner"), sides=NEEDS, required=True,
          help=t("姓名或职务；只有本单位和服务管家可见", "name or post; seen by your own organisation and brokers only")),
    Field("budget", t("预算", "budget"), "money", sides=NEEDS, required=True),
    Field("deadline", t("期限", "deadline"), "day", sides=NEEDS, required=True, help=t("最晚何时要有结果", "when the result is needed")),
    Field("success", t("成功标准", "test of success"), "long", sides=NEEDS, required=True,
          help=t("可测量的，如 漏检率降到 0.5% 以下", "measurable, such as fewer than 0.5 % missed")),
    Field("decides", t("决定日期", "decision date"), "day", sides=NEEDS, required=True,
          help=t("哪天决定用谁，或说明为什么不用", "the day on which you choose, or say why not")),
)
