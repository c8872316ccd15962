"""The clinic for intellectual property (知识产权门诊)."""

from fuhua.desk.words import AskKind
from fuhua.kernel.words import t

SPEC = AskKind(
    code="ip_clinic",
    label=t("知识产权门诊", "IP clinic"),
    why=t("申请、布局、侵权与公开前检查", "filing, strategy, infringement, and a check before disclosure"),
    answer_days=7,
)
