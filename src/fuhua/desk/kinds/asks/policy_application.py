"""An application under a policy rule (政策申请): filled from what is on record, decided by the authority."""

from fuhua.desk.words import AskKind
from fuhua.kernel.words import t

SPEC = AskKind(
    code="policy_application",
    label=t("政策申请", "application under a policy"),
    why=t("按政策条款提出申请，资料由系统带出", "an application under a policy, filled from what is on record"),
    answer_days=20,
)
