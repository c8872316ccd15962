"""Training before an instrument may be used (仪器使用培训)."""

from fuhua.desk.words import AskKind
from fuhua.kernel.words import t

SPEC = AskKind(
    code="training",
    label=t("仪器使用培训", "instrument training"),
    why=t("使用前须通过培训并取得资格", "training and qualification before use"),
    answer_days=5,
)
