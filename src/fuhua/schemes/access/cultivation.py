"""Who may appraise incubators, plan and confirm their uplift, and appeal."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from fuhua.kernel.access import EVERYTHING, NOBODY, holders, rule
from fuhua.kernel.words import t
from fuhua.schemes.access.rounds import ISSUING

_OVERSEE = frozenset({*ISSUING, "auditor"})


def _districts(who: Any, through: str = "incubator__") -> Q:
    return Q(**{f"{through}district__in": who.districts}) if who.districts else NOBODY


def _sees_appraisals(who: Any) -> Q:
    """Officers and auditors all; the assessor their own; the incubator and its district what was concluded."""
    if not who.signed_in:
        return NOBODY
    if who.offices & _OVERSEE:
        return EVERYTHING
    return Q(assessor=who.party_id) | (Q(state="concluded") & (Q(incubator__in=who.acts_for()) | _districts(who)))


def _assesses(who: Any) -> Q:
    return Q(assessor=who.party_id) if who.signed_in else NOBODY


def _coached(who: Any) -> Q:
    return Q(incubator__in=who.acts_for()) if who.signed_in else NOBODY


def _coaches(who: Any) -> Q:
    return Q(coach__in=who.acts_for()) & ~Q(state="draft") if who.signed_in else NOBODY


def _sees_uplifts(who: Any) -> Q:
    """Officers and auditors, both sides, owners of tasks, the district, and who measures it or reviews an appeal."""
    if not who.signed_in:
        return NOBODY
    if who.offices & _OVERSEE:
        return EVERYTHING
    judges = Q(appraisals__assessor=who.party_id) | Q(warnings__appeal__reviewer=who.party_id)
    return _coached(who) | _coaches(who) | Q(tasks__owner=who.party_id) | judges | _districts(who)


def _reports(who: Any) -> Q:
    return _coached(who) | Q(tasks__owner=who.party_id) if who.signed_in else NOBODY


def _appealed(who: Any) -> Q:
    if not who.signed_in:
        return NOBODY
    if who.offices & _OVERSEE:
        return EVERYTHING
    return Q(party__in=who.acts_for()) | Q(party=who.party_id) | Q(reviewer=who.party_id)


CULTIVATES = rule("schemes.cultivates", t("仅限市级主管和统筹协调", "city officers and the coordinator only"), holders(*ISSUING))
CULTIVATION = rule("schemes.cultivation", t("仅限主管部门、孵化器和评审专家", "officers, incubators and experts only"),
                   holders(*ISSUING, "auditor", "district_officer", "operator", "expert"))
APPRAISALS = rule("schemes.appraisals", t("仅限主管部门、测评人；出结论后被测评孵化器及所在区可见",
                                          "officers and the assessor; once concluded the incubator and its district"), _sees_appraisals)
ASSESSES = rule("schemes.assesses", t("仅限测评人", "only the assessor"), _assesses)
UPLIFTS = rule("schemes.uplifts", t("仅限主管部门、结对双方、任务责任人和测评人",
                                    "officers, both sides, owners of tasks and who judges it"), _sees_uplifts)
COACHED = rule("schemes.coached", t("仅限被辅导方", "only the coached incubator"), _coached)
COACHES = rule("schemes.coaches", t("仅限辅导方", "only the coach"), _coaches)
PAIRED = rule("schemes.paired", t("仅限结对双方", "only the two sides of the pair"),
              lambda who: _coached(who) | _coaches(who) if who.signed_in else NOBODY)
REPORTS = rule("schemes.reports", t("仅限任务责任人和被辅导方", "only the task’s owner and the coached incubator"), _reports)
APPEALS = rule("schemes.appeals", t("仅限主管部门、申诉人和复核人", "officers, who appeals, and the reviewer"), _appealed)
REVIEWS_APPEALS = rule("schemes.reviews_appeals", t("仅限申诉复核人", "only the reviewer of the appeal"),
                       lambda who: Q(reviewer=who.party_id) if who.signed_in else NOBODY)
