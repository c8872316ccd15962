"""Who may see what policy says of whom: its own people alone, an incubator what was opened to it, officers the numbers."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from fuhua.kernel.access import EVERYTHING, NOBODY, anybody, holders, rule, signed_in
from fuhua.kernel.words import t
from fuhua.parties.queries import files_for

JUDGED = ("venture", "firm", "incubator", "university", "fund", "park", "person")  # sorts of party that some rule judges
OFFICERS = ("coordinator", "city_officer")


def _own(who: Any) -> Q:
    if who.party_id is None:
        return NOBODY
    return Q(pk__in=sorted(who.acts_for() | {who.party_id}), sort__in=JUDGED)


def _files(who: Any) -> Q:
    """One's own, and those that let one's organisation file applications for them."""
    if who.party_id is None or who.asked_at is None:
        return _own(who)
    ids = files_for(who, scope="applications", at=who.asked_at) | {who.party_id}
    return Q(pk__in=sorted(ids), sort__in=JUDGED)


def _houses(who: Any) -> Q:
    houses = who.acts_for("operator")
    return Q(pk__in=sorted(houses), sort="incubator") if houses else NOBODY


def _admits(who: Any) -> Q:
    """What the person's own incubator awarded in a round of its own."""
    houses = who.acts_for("operator")
    if not houses:
        return NOBODY
    own = Q(call__issuer__in=houses, call__issuer__sort="incubator", call__kind="incubator_admission", state="awarded")
    return own & ~Q(barred__person=who.party_id)


PUBLIC = rule("journey.public", t("任何人都可查看", "open to everybody"), anybody)
SIGNED_IN = rule("journey.signed_in", t("请先登录", "sign in first"), signed_in)
SUBJECTS = rule(
    "journey.policy_subjects",
    t(
        "政策资料和结论仅限本人、本单位，以及受托提交申请的单位",
        "what policy knows of a party is for itself and whoever it lets file applications",
    ),
    _files,
)
SHARES = rule(
    "journey.policy_shares",
    t("只有本单位可以决定向孵化器公开什么", "only the party itself says what its incubator may see"),
    _own,
)
BENEFITS = rule(
    "journey.policy_benefits",
    t("仅限孵化器运营人员，且只含同意公开的在孵企业", "for incubator operators, and only of tenants that agreed"),
    _houses,
)
ADMITS = rule(
    "journey.admits",
    t("仅限该孵化器的运营人员，需回避的除外", "operators of the incubator that admitted it, unless barred from it"),
    _admits,
)
NUMBERS = rule(
    "journey.policy_numbers",
    t("政策参数仅由市级主管和统筹协调设定", "policy numbers are set by city officers and coordinators only"),
    holders(*OFFICERS),
)
WHAT_IF = rule(
    "journey.policy_what_if",
    t("政策测算会列出受影响的企业，仅限市级主管和统筹协调", "what-if names the firms it touches: for city officers and coordinators only"),
    holders(*OFFICERS),
)
MENTOR_TITLES = rule(
    "journey.mentor_titles",
    t("金牌导师称号仅由市级主管和统筹协调恢复或移出", "gold mentors are restored and removed by city officers and coordinators only"),
    holders(*OFFICERS),
)
OVERSEERS = frozenset({"coordinator", "city_officer", "department_officer", "auditor"})  # who sees the parties behind a count


# --- camps and landing cases ---

CASE_OFFICERS = ("city_officer", "coordinator")
CASE_OWNERS = ("steward", *CASE_OFFICERS)
_WATCHING = frozenset({*CASE_OFFICERS, "auditor"})
BOARD_OFFICES = (*CASE_OFFICERS, "auditor", "district_officer", "operator", "park_manager", "steward")


def _project_side(who: Any) -> Q:
    """The person, and whoever holds an office in the project or the entity."""
    if who.party_id is None:
        return NOBODY
    return Q(person=who.party_id) | Q(project__in=who.acts_for()) | Q(entity__in=who.acts_for())


def _unbarred_case(who: Any) -> Q:
    """Cases that follow from an application of which the person is not recused."""
    return ~Q(application__barred__person=who.party_id)


def _host_side(who: Any) -> Q:
    houses = who.acts_for("operator", "park_manager")
    return Q(host__in=houses) if houses else NOBODY


def _cases(who: Any) -> Q:
    if who.party_id is None:
        return NOBODY
    if who.offices & _WATCHING:
        return _unbarred_case(who) | _project_side(who)
    rows = _project_side(who) | _case_owner(who) | _host_side(who)
    return rows | (Q(host__district__in=who.districts) & _unbarred_case(who)) if who.districts else rows


def _case_owner(who: Any) -> Q:
    """Whoever looks after the case, as long as they hold an office that may."""
    if who.party_id is None:
        return NOBODY
    return Q(owner__in=[who.party_id] if who.offices & set(CASE_OWNERS) else [])


def _camps(who: Any) -> Q:
    """Camps: officers, hosts of the camp or a session, and whoever was awarded; read through their landing cases."""
    if who.party_id is None:
        return NOBODY
    if who.offices & _WATCHING:
        return EVERYTHING
    mine = Q(call__applications__applicant__in=who.acts_for() | {who.party_id}) | Q(call__applications__lead=who.party_id)
    return _hosts(who) | (mine & Q(call__applications__state="awarded"))


def _hosts(who: Any) -> Q:
    houses = who.acts_for("operator", "park_manager")
    return Q(host__in=houses) if houses else NOBODY


CASES = rule(
    "journey.landing_cases",
    t("仅限本人和本项目、承接载体、案例负责人、主管部门和审计",
      "the person, the project, the host, the owner of the case, officers and auditors"),
    _cases,
)
CASE_BOARD = rule(
    "journey.landing_board",
    t("仅限主管部门、审计、孵化器、园区和服务管家", "officers, auditors, incubators, parks and stewards only"),
    holders(*BOARD_OFFICES),
)
RUNS_CASES = rule(
    "journey.runs_landing_cases", t("仅限未回避的市级主管和统筹协调", "city officers and the coordinator, unless barred from it"),
    lambda who: _unbarred_case(who) if who.offices & set(CASE_OFFICERS) else NOBODY,
)
OWNS_CASE = rule("journey.owns_landing_case", t("仅限案例负责人", "only the owner of the case"), _case_owner)
KEEPS_CASE = rule(
    "journey.keeps_landing_case",
    t("仅限案例负责人、市级主管和统筹协调", "the owner of the case, city officers and the coordinator only"),
    lambda who: _unbarred_case(who) if who.offices & set(CASE_OFFICERS) else _case_owner(who),
)
GIVES_PASSPORT = rule(
    "journey.gives_passport",
    t("仅限本人和案例负责人", "only the person and the owner of the case"),
    lambda who: Q(person=who.party_id) | _case_owner(who) if who.party_id is not None else NOBODY,
)
LANDED_SIDE = rule("journey.landed_side", t("仅限落地人才本人及其项目、主体", "only the person, their project and entity"), _project_side)
HOST_SIDE = rule("journey.landing_host", t("仅限承接载体", "only the host of the landing"), _host_side)
CAMPS = rule(
    "journey.camps", t("仅限入营团队、承办方、主管部门和审计", "those who take part, the host, officers and auditors"), _camps
)
HOLDS_CAMP = rule("journey.holds_camp", t("仅限创业营承办方", "only the host of the camp"), _hosts)
CAMP_CALLS = rule(
    "journey.camp_calls", t("仅限市级主管和统筹协调", "city officers and the coordinator only"), holders(*CASE_OFFICERS)
)
