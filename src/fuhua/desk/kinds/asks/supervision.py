"""The supervision order (督办单): an ask with an issuer and a deadline; its notices are statutory."""

from fuhua.desk.words import AskKind
from fuhua.kernel.words import t

SPEC = AskKind(
    code="supervision",
    label=t("督办单", "supervision order"),
    why=t("有签发单位、有期限、有编号的督办事项", "a numbered order with an issuer and a deadline"),
    answer_days=10,
    offices=frozenset({"coordinator", "city_officer"}),
    order=True,
    statutory=True,
)
