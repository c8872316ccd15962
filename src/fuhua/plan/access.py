"""Who may read, correct and publish plans."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from fuhua.kernel.access import EVERYTHING, holders, rule
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
