"""A bank account for an entity (银行开户)."""

from fuhua.desk.words import AskKind
from fuhua.kernel.words import t

SPEC = AskKind(
    code="bank_account",
    label=t("银行开户", "bank account"),
    why=t("为新设主体开立基本账户", "a basic account for a new entity"),
    answer_days=10,
)
