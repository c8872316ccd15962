"""Asking to read what a listing keeps confidential (申请查阅保密信息)."""

from fuhua.desk.words import AskKind
from fuhua.kernel.words import t

SPEC = AskKind(
    code="disclosure",
    label=t("申请查阅保密信息", "access to confidential fields"),
    why=t("供需信息的保密字段，由发布单位按用途和期限授权", "fields that whoever posted a listing opens for a purpose and a time"),
    answer_days=5,
)
