"""Who may reach people, organisations and their ties."""

from __future__ import annotations

from typing import Any

from django.db.models import F, Q

from fuhua.kernel.access import EVERYTHING, NOBODY, anybody, holders, rule, signed_in
from fuhua.kernel.words import t
from fuhua.parties.words import AGREED_OFFICES, DISTRICT_OFFICES, Sort, TieKind, TieState
from fuhua.parties.words import OFFICES as EVERY_OFFICE

OFFICERS = ("coordinator", "city_officer", "district_officer", "department_officer")
_ALL_SEEING = frozenset({"coordinator", "city_officer", "auditor"})
_CITY = frozenset({"coordinator", "city_officer"})
_ORGANISATION = ~Q(sort=Sort.PERSON)
_PUBLIC = ~Q(sort__in=(Sort.PERSON, Sort.PROJECT))


def _own(who: Any) -> Q:
    return Q(pk__in=_mine(who)) if who.signed_in else NOBODY


def _mine(who: Any) -> frozenset[int]:
    return who.acts_for() | ({who.party_id} if who.party_id is not None else set())


def _organisations(who: Any) -> Q:
    if who.offices & _ALL_SEEING or who.offices & set(OFFICERS):
        return _ORGANISATION
    return _PUBLIC | (_own(who) & _ORGANISATION) if who.signed_in else _PUBLIC


def _ties(who: Any) -> Q:
    if who.offices & _ALL_SEEING:
        return EVERYTHING
    if not who.signed_in:
        return NOBODY
    rows = _of_mine(who)
    if who.districts:
        rows |= Q(source__district__in=who.districts) | Q(target__district__in=who.districts)
    if who.offices & set(OFFICERS):
        rows |= ~Q(source__sort=Sort.PERSON) & ~Q(target__sort=Sort.PERSON)
    return rows


def _of_mine(who: Any) -> Q:
    return Q(source__in=_mine(who)) | Q(target__in=_mine(who))


def _confirmable(who: Any) -> Q:
    if not who.signed_in:
        return NOBODY
    other_side = (Q(source__in=_mine(who)) & Q(proposed_for=F("target"))) | (
        Q(target__in=_mine(who)) & Q(proposed_for=F("source"))
    )
    return Q(state=TieState.PROPOSED) & other_side & (Q(proposed_by=None) | ~Q(proposed_by=who.party_id))


def _endable(who: Any) -> Q:
    if not who.signed_in:
        return NOBODY
    rivalry = Q(kind=TieKind.RIVAL, state=TieState.CONFIRMED)  # it keeps specs closed: a side that ended it would open the other's
    others = EVERYTHING if who.offices & _CITY else _of_mine(who) & ~rivalry
    return ~Q(state=TieState.ENDED) & (~Q(kind=TieKind.EMPLOYS) & others | Q(kind=TieKind.EMPLOYS) & _dismissible(who))


def _dismissible(who: Any) -> Q:
    """Appointments: the person's own, those the person may give, and plain staff by whoever runs their house."""
    rows = Q(target=who.party_id, office__in=AGREED_OFFICES) | _offices(who)
    if who.offices & _CITY:
        return rows | Q(office="")
    return rows | Q(office="", source__in=who.acts_for(*DISTRICT_OFFICES))


def _mergeable(who: Any) -> Q:
    if who.offices & {"coordinator", "city_officer"}:
        return _ORGANISATION
    return _ORGANISATION & Q(district__in=who.districts) if who.districts else NOBODY


def _given(who: Any) -> Q:
    return Q(giver__in=_mine(who)) if who.signed_in else NOBODY


def _given_or_held(who: Any) -> Q:
    return _given(who) | Q(holder__in=_mine(who)) if who.signed_in else NOBODY


def _houses(who: Any) -> Q:
    return Q(pk__in=who.acts_for()) if who.acts_for() else NOBODY


def _readable(who: Any) -> Q:
    return Q(reader__in=_mine(who)) if who.signed_in else NOBODY


def _changeable(who: Any) -> Q:
    if who.offices & _CITY:
        return _ORGANISATION & Q(merged_into=None)
    return _ORGANISATION & Q(merged_into=None, district__in=who.districts) if who.districts else NOBODY


def _people(who: Any) -> Q:
    if who.offices & _CITY:
        return Q(sort=Sort.PERSON)
    return Q(sort=Sort.PERSON, pk__in=who.staff()) if who.districts else NOBODY


def _managed(who: Any) -> Q:
    others = Q(erased_at=None) & ~Q(pk=who.party_id)
    if "coordinator" in who.offices:
        return _people(who) & others
    if "city_officer" in who.offices:
        return _people(who) & others & ~Q(pk__in=who.bearers("coordinator"))
    if who.districts:
        return _people(who) & others & ~Q(pk__in=who.beyond(DISTRICT_OFFICES))
    return NOBODY


def appointable(who: Any) -> tuple[str, ...]:
    """The offices that the person may give and take."""
    if "coordinator" in who.offices:
        return tuple(EVERY_OFFICE)
    if "city_officer" in who.offices:
        return tuple(office for office in EVERY_OFFICE if office != "coordinator")
    return DISTRICT_OFFICES if who.districts else ()


def _offices(who: Any) -> Q:
    given = Q(kind=TieKind.EMPLOYS, office__in=appointable(who)) & ~Q(target=who.party_id)
    if who.offices & _CITY:
        return given
    return given & Q(source__district__in=who.districts) if who.districts else NOBODY


def _pairs(who: Any) -> Q:
    if who.offices & _CITY:
        return EVERYTHING
    return Q(first__district__in=who.districts) & Q(second__district__in=who.districts) if who.districts else NOBODY


PUBLIC = rule("parties.public", t("任何人都可查看", "open to everybody"), anybody)
SIGNED_IN = rule("parties.signed_in", t("请先登录", "sign in first"), signed_in)
OFFICER = rule("parties.officer", t("仅限主管部门人员", "officers only"), holders(*OFFICERS))
CITY = rule(
    "parties.city",
    t("仅限市级主管和统筹协调", "city officers and coordinators only"),
    holders("coordinator", "city_officer"),
)
OWN = rule("parties.own", t("仅限本人或本单位", "only oneself or one's own organisation"), _own)
HOUSES = rule("parties.houses", t("仅限本人任职的单位", "only organisations in which one holds an office"), _houses)
ORGANISATIONS = rule(
    "parties.organisations",
    t(
        "组织名录公开；个人不公开，项目仅对主管部门和本单位公开",
        "organisations are public; people are not, projects only to officers and their own",
    ),
    _organisations,
)
TIES = rule(
    "parties.ties",
    t("关系仅对双方、主管部门和审计公开", "ties are seen by their two sides, officers and auditors"),
    _ties,
)
CONFIRM_TIE = rule(
    "parties.confirm_tie",
    t("只有对方单位中未参与提出的人可以确认", "only the other side may confirm, by somebody who did not propose"),
    _confirmable,
)
END_TIE = rule(
    "parties.end_tie",
    t("只有关系双方或市级主管可以终止；已确认的竞争关系只由市级主管终止；任职只由本人或任免机关终止，主管部门任命的职务只由任免机关终止",
      "only its two sides or city officers may end a tie, and city officers alone a rivalry that both confirmed; an employment only the "
      "person or whoever appoints to it, and an office that the authority gives only the authority"),
    _endable,
)
MERGE = rule(
    "parties.merge",
    t("仅限市级主管，或本区范围内的区级主管", "city officers, or district officers within their district"),
    _mergeable,
)
CONSENTS = rule("parties.consents", t("仅限授权方", "only whoever gave the consent"), _given)
DELEGATIONS = rule("parties.delegations", t("仅限委托双方", "only the two sides of the delegation"), _given_or_held)
REVOKE = rule("parties.revoke", t("只有委托方可以撤销", "only whoever gave the delegation may revoke it"), _given)
READINGS = rule("parties.readings", t("仅限被授权方", "only whoever was given the consent"), _readable)
CHANGE_ORGANISATION = rule(
    "parties.change_organisation",
    t(
        "仅限市级主管、统筹协调，或本区范围内的区级主管；已合并的请改合并后的主体",
        "city officers, coordinators, or district officers within their district; change what a duplicate became",
    ),
    _changeable,
)
PEOPLE = rule(
    "parties.people",
    t(
        "人员仅对市级主管和统筹协调公开，区级主管可见本区单位的人员",
        "people are seen by city officers and coordinators, and by district officers those of their district",
    ),
    _people,
)
MANAGE_PERSON = rule(
    "parties.manage_person",
    t(
        "不能管理自己；统筹协调人员由统筹协调管理；区级主管只管理仅在本区单位任运营、创业者或园区职务的人员",
        "nobody manages themselves; coordinators are managed by coordinators; district officers manage those who hold "
        "only operator, founder or park offices in their district",
    ),
    _managed,
)
GIVE_OFFICE = rule(
    "parties.give_office",
    t(
        "不能给自己任免；区级主管只能任免本区单位的运营、创业者和园区职务",
        "nobody appoints themselves; district officers give and take operator, founder and park offices in their district",
    ),
    _offices,
)
KEEP_APART = rule(
    "parties.keep_apart",
    t("仅限市级主管，或两个组织都在本区的区级主管", "city officers, or district officers when both are in their district"),
    _pairs,
)
