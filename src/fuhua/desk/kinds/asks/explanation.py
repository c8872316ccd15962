"""The explanation that only an overdue or endangered task is asked for (例外说明)."""

from fuhua.desk.words import AskKind
from fuhua.kernel.words import t

SPEC = AskKind(
    code="explanation",
    label=t("例外说明", "explanation"),
    why=t("仅对逾期或有风险的任务要求说明，正常推进的不打扰", "asked of overdue or endangered tasks only; the others are left in peace"),
    answer_days=5,
    offices=frozenset({"coordinator", "city_officer"}),
)
