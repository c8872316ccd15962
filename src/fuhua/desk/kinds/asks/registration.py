"""Registering an entity (主体注册): the licence of a company that a project or person sets up here."""

from fuhua.desk.words import AskKind
from fuhua.kernel.words import t

SPEC = AskKind(
    code="registration",
    label=t("主体注册", "registering an entity"),
    why=t("来京项目设立企业、办理营业执照", "a project sets up a company and gets its licence"),
    answer_days=10,
)
