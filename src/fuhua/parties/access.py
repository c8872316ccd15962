"""Who may reach people, organisations and their ties."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from fuhua.kernel.access import NOBODY, anybody, holders, rule, signed_in
from fuhua.kernel.words import t

OFFICERS = ("coordinator", "city_officer", "district_officer", "department_officer")

PUBLIC = rule("parties.public", t("任何人都可查看", "open to everybody"), anybody)
SIGNED_IN = rule("parties.signed_in", t("请先登录", "sign in first"), signed_in)
OFFICER = rule("parties.officer", t("仅限主管部门人员", "officers only"), holders(*OFFICERS))
CITY = rule("parties.city", t("仅限市级主管和统筹协调", "city officers and coordinators only"), holders("coordinator", "city_officer"))


def _own(who: Any) -> Q:
    return Q(pk=who.party_id) | Q(pk__in=who.acts_for()) if who.signed_in else NOBODY


OWN = rule("parties.own", t("仅限本人或本单位", "only oneself or one's own organisation"), _own)
