"""Work and residence permits of overseas talents (工作许可与居留)."""

from fuhua.desk.words import AskKind
from fuhua.kernel.words import t

SPEC = AskKind(
    code="permit",
    label=t("工作许可与居留", "work and residence permit"),
    why=t("外籍人才来京工作、居留办理", "work and residence papers of people from overseas"),
    answer_days=10,
)
