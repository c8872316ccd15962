"""Who may read, correct and publish plans."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from fuhua.kernel.access import EVERYTHING, NOBODY, holders, rule
from fuhua.kernel.words import t

# --- editions ---------------------------------------------------------------------------------------------------------

EDITORS = ("coordinator", "city_officer")
READERS = (*EDITORS, "department_officer", "district_officer", "auditor")


def _readable(who: Any) -> Q:
    return EVERYTHING if who.offices & frozenset(READERS) else Q(status__in=("published", "superseded"))


READ = rule("plan.read", t("现行和历史方案对所有人公开", "editions in force and past ones are public"), _readable)
REVIEW = rule("plan.review", t("校核过程仅限主管部门和审计人员查看", "the review is open to officers and auditors only"), holders(*READERS))
EDIT = rule("plan.edit", t("仅市级主管和统筹协调人员可以导入、校核和发布方案；请联系他们处理",
                           "only city officers and coordinators import, correct and publish plans; please ask one of them"),
            holders(*EDITORS))

# --- supervision ------------------------------------------------------------------------------------------------------

WORKERS = (*EDITORS, "department_officer", "district_officer", "operator", "park_manager", "steward")


def _tasks(who: Any) -> Q:
    if who.party_id is None:
        return NOBODY
    if who.offices & {*EDITORS, "auditor"}:
        return EVERYTHING
    ours = who.acts_for(*WORKERS)
    rows = Q(owner=who.party_id, lead__in=who.acts_for()) | Q(lead__in=ours) | Q(verifier__in=ours) | Q(parts__organisation__in=ours)
    if who.districts:
        rows |= Q(lead__district__in=who.districts) | Q(parts__organisation__district__in=who.districts)
    return rows


def _leads(who: Any) -> Q:
    return NOBODY if who.party_id is None else Q(owner=who.party_id, lead__in=who.acts_for()) | Q(lead__in=who.acts_for(*WORKERS))


def _verifies(who: Any) -> Q:
    if who.party_id is None:
        return NOBODY
    return Q(verifier__in=who.acts_for(*WORKERS)) & ~Q(owner=who.party_id) & ~Q(submitted_by=who.party_id)


def _sends_back(who: Any) -> Q:
    return NOBODY if who.party_id is None else _verifies(who) | _leads(who)


def _own_part(who: Any) -> Q:
    return NOBODY if who.party_id is None else Q(organisation__in=who.acts_for(*WORKERS))


def _blockers(who: Any) -> Q:
    if who.party_id is None:
        return NOBODY
    if who.offices & set(EDITORS):
        return EVERYTHING
    return Q(task__lead__in=who.acts_for(*WORKERS)) | Q(task__owner=who.party_id, task__lead__in=who.acts_for())


def _meetings(who: Any) -> Q:
    if who.party_id is None:
        return NOBODY
    if who.offices & {*EDITORS, "auditor"}:
        return EVERYTHING
    ours = who.acts_for(*WORKERS)
    return ~Q(state="called") & (Q(items__task__lead__in=ours) | Q(decisions__organisation__in=ours))


TASKS = rule("plan.tasks", t("仅限牵头、配合、核验单位和主管部门", "only the lead, co-units, verifiers and those who oversee them"), _tasks)
LEADS = rule("plan.task_leads", t("仅限牵头单位或任务负责人", "only the lead unit or the task’s owner"), _leads)
VERIFIES = rule("plan.task_verifies", t("仅限核验单位，且不能由负责人或提请人本人核验",
                                        "only the verifying unit, and never the owner or whoever submitted it"), _verifies)
SENDS_BACK = rule("plan.task_sends_back", t("仅限核验单位或牵头单位", "only the verifying or the lead unit"), _sends_back)
OWN_PART = rule("plan.task_part", t("只能确认本单位的部分", "one may confirm one’s own unit’s part only"), _own_part)
BLOCKERS = rule("plan.blockers", t("仅限牵头单位和主管部门", "only the lead unit and those who oversee it"), _blockers)
SUPERVISES = rule("plan.supervises", t("仅限市级主管和统筹协调", "city officers and coordinators only"), holders(*EDITORS))
MEETINGS = rule("plan.meetings", t("仅限与会单位和主管部门", "only the organisations concerned and those who oversee them"), _meetings)
FREEZES = rule("plan.freezes", t("仅限主管部门和审计人员", "officers and auditors only"), holders(*READERS))
