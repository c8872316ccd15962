"""A question of policy, answered with the clause or with “cannot, because”."""

from fuhua.desk.words import AskKind
from fuhua.kernel.words import t

SPEC = AskKind(
    code="question",
    label=t("政策咨询", "policy question"),
    why=t("请有关单位按条款答复，办不了的说明原因", "answered by clause, or with the reason why it cannot be"),
    answer_days=5,
)
