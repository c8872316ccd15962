"""Who may read and run calls, write and read applications, review them, and see agreements and their money."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from fuhua.kernel.access import EVERYTHING, NOBODY, anybody, holders, rule, signed_in
from fuhua.kernel.words import t

ISSUING = ("city_officer", "coordinator")  # who runs a round


def _calls(who: Any) -> Q:
    published = ~Q(state__in=["draft", "cancelled"])
    return EVERYTHING if who.signed_in and who.offices & {*ISSUING, "auditor"} else published


def _writes(who: Any) -> Q:
    """Applications of one's own organisations and of oneself, and those one was asked to help write."""
    if not who.signed_in:
        return NOBODY
    return Q(applicant__in=who.acts_for()) | Q(applicant=who.party_id) | Q(coauthors__person=who.party_id)


CALLS = rule("schemes.calls", t("已发布的申报通知人人可见", "published calls are for everybody"), _calls)
PUBLIC = rule("schemes.public", t("任何人都可查看", "open to everybody"), anybody)
ISSUES = rule("schemes.issues", t("仅限市级主管和统筹协调", "city officers and the coordinator only"), holders(*ISSUING))
APPLIES = rule("schemes.applies", t("请先登录", "sign in first"), signed_in)
WRITES = rule("schemes.writes", t("仅限申报单位及其邀请的填写人", "only the applicant and whom it asked to help"), _writes)
