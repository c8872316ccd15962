"""Space to work in (办公和实验场地)."""

from fuhua.desk.words import AskKind
from fuhua.kernel.words import t

SPEC = AskKind(
    code="space",
    label=t("落地场地", "space to work in"),
    why=t("工位、办公室或实验场地", "desks, offices or laboratories"),
    answer_days=10,
)
