"""A dispute over a deal (交易争议): a broker hears both sides and helps to settle it."""

from fuhua.desk.words import AskKind
from fuhua.kernel.words import t

SPEC = AskKind(
    code="dispute",
    label=t("交易争议", "dispute over a deal"),
    why=t("双方对交付、金额或权利有争议，请服务管家调解", "two sides differ over delivery, money or rights and ask a broker to mediate"),
    answer_days=10,
)
