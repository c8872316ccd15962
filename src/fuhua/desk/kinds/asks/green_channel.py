"""The green channel (绿色通道): a venture's obstacle that an organisation clears."""

from fuhua.desk.words import AskKind
from fuhua.kernel.words import t

SPEC = AskKind(
    code="green_channel",
    label=t("绿色通道", "green channel"),
    why=t("企业办事受阻，请求有关单位疏通", "a venture is stuck and asks an office to clear the way"),
    answer_days=5,
)
