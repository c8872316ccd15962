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

# --- apply ---


def _not_barred(who: Any) -> Q:
    """Applications from which the person is not recused: of the others they learn nothing, not even that there are any."""
    return ~Q(barred__person=who.party_id)


def _of_districts(who: Any) -> Q:
    return ~Q(state="draft") & Q(applicant__district__in=who.districts) if who.districts else NOBODY


def _sees_applications(who: Any) -> Q:
    """Their writers see drafts too; who runs the round, its district and auditors see what was handed in."""
    if not who.signed_in:
        return NOBODY
    if who.offices & {*ISSUING, "auditor"}:
        return _writes(who) | (~Q(state="draft") & _not_barred(who))
    return _writes(who) | (_of_districts(who) & _not_barred(who)) if who.districts else _writes(who)


def _screens(who: Any) -> Q:
    return ~Q(state="draft") & _not_barred(who) if who.offices & {*ISSUING} else NOBODY


def _recommends(who: Any) -> Q:
    return _of_districts(who) & _not_barred(who) if who.districts else NOBODY


def _keeps(who: Any) -> Q:
    """The applicant's own people: they invite others to write, and withdraw; whoever was invited does neither."""
    return Q(applicant__in=who.acts_for()) | Q(applicant=who.party_id) if who.signed_in else NOBODY


APPLICATIONS = rule("schemes.applications", t("仅限申报单位、主管部门和审计", "only its writers, who runs the round, and auditors"),
                    _sees_applications)
KEEPS = rule("schemes.keeps", t("仅限申报单位", "only the applicant"), _keeps)
SCREENS = rule("schemes.screens", t("仅限组织评审且无须回避的主管人员", "only officers who run the round, and are not recused"),
               _screens)
RECOMMENDS = rule("schemes.recommends", t("仅限申报单位所在区的主管人员", "only officers of the applicant’s district"), _recommends)
