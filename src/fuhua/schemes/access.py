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


# --- money ---


def _ours(who: Any) -> Q:
    """Agreements of one's own organisations, and of oneself."""
    return Q(party__in=who.acts_for()) | Q(party=who.party_id) if who.signed_in else NOBODY


def _unbarred(who: Any) -> Q:
    """Whoever must keep out of an application keeps out of its agreement too."""
    return ~Q(application__barred__person=who.party_id)


def _handles(who: Any) -> Q:
    return Q(issuer__in=who.acts_for(*ISSUING)) & _unbarred(who) if who.signed_in else NOBODY


def _sees_agreement(who: Any) -> Q:
    if not who.signed_in:
        return NOBODY
    if who.offices & {*ISSUING, "auditor"}:
        return _unbarred(who) | _ours(who)
    theirs = Q(issuer__in=who.acts_for()) | Q(district__in=who.acts_for()) | Q(steward=who.party_id) | Q(verifier=who.party_id)
    return _ours(who) | (theirs & _unbarred(who))


def _signs(who: Any) -> Q:
    return _ours(who) | _handles(who) if who.signed_in else NOBODY


def _verifies(who: Any) -> Q:
    return Q(verifier=who.party_id) & _unbarred(who) if who.signed_in else NOBODY


def _pays(who: Any) -> Q:
    return Q(tranches__payer__in=who.acts_for()) & _unbarred(who) if who.signed_in else NOBODY


def _sees_tranches(who: Any) -> Q:
    if not who.signed_in:
        return NOBODY
    unbarred = ~Q(agreement__application__barred__person=who.party_id)
    if who.offices & {*ISSUING, "auditor"}:
        return unbarred
    return Q(payer__in=who.acts_for("district_officer", "department_officer")) & unbarred


AGREEMENTS = rule("schemes.agreements", t("仅限协议双方、拨款方、管家、考核人和审计",
                                          "only its two sides, the payers, the steward, the verifier and auditors"), _sees_agreement)
DRAWS_UP = rule("schemes.draws_up", t("仅限市级主管和统筹协调", "city officers and the coordinator only"),
                lambda who: ~Q(barred__person=who.party_id) if who.signed_in and who.offices & {*ISSUING} else NOBODY)
SIGNS = rule("schemes.signs", t("仅限协议双方", "only the two sides of the agreement"), _signs)
HOLDS = rule("schemes.holds", t("仅限承担单位", "only whoever was awarded"), _ours)
HANDLES = rule("schemes.handles", t("仅限下达单位的主管人员", "only officers of the issuer"), _handles)
VERIFIES = rule("schemes.verifies", t("仅限考核人", "only the verifier"), _verifies)
PAYS = rule("schemes.pays", t("仅限拨款单位", "only the payer of the tranche"), _pays)
TRANCHES = rule("schemes.tranches", t("仅限拨款单位、市级主管、统筹协调和审计",
                                      "only payers, city officers, the coordinator and auditors"), _sees_tranches)
