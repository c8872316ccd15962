"""An appeal against the fee for a missed or late-cancelled booking (爽约费申诉)."""

from fuhua.desk.words import AskKind
from fuhua.kernel.words import t

SPEC = AskKind(
    code="fee_appeal",
    label=t("爽约费申诉", "appeal against a no-show fee"),
    why=t("预约人认为爽约费不应由其承担", "the user holds that the fee is not theirs to pay"),
    answer_days=5,
)
