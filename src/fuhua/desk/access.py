"""Who may see, handle, issue and confirm asks, and whose a notice is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from fuhua.kernel.access import EVERYTHING, NOBODY, holders, rule, signed_in
from fuhua.kernel.registry import Registry
from fuhua.kernel.words import t

CITY = ("coordinator", "city_officer")
HANDLERS = (*CITY, "district_officer", "department_officer", "operator", "steward", "park_manager")


@dataclass(frozen=True)
class Recusal:
    """What an engine keeps from people it recuses: ``about(who)`` is the Q of rows with ``about`` that they learn nothing of."""

    key: str
    about: Callable[[Any], Q]


RECUSALS: Registry[Recusal] = Registry("recusals", key=lambda recusal: recusal.key)


def open_to(who: Any) -> Q:
    """Rows with ``about`` that no recusal keeps from ``who``."""
    found = Q()
    for each in RECUSALS:
        found &= ~each.about(who)
    return found


def _sees(who: Any) -> Q:
    if who.party_id is None:
        return NOBODY
    mine, ours = who.party_id, who.acts_for()
    if who.offices & {*CITY, "auditor"}:
        return Q(asker=mine) | open_to(who)
    rows = (Q(asker=mine) | Q(asker_for__in=ours) | _owns(who) | Q(waiting_on=mine) | Q(waiting_on__in=ours)
            | Q(asked__in=ours) | Q(handler__in=ours) | Q(issuer__in=ours) | Q(parts__organisation__in=ours))
    rows = rows | Q(asked__district__in=who.districts) if who.districts else rows
    return rows & (Q(asker=mine) | open_to(who))


def _handles(who: Any) -> Q:
    if who.party_id is None:
        return NOBODY
    return Q(handler__in=who.acts_for(*HANDLERS)) | _owns(who)


def _owns(who: Any) -> Q:
    """What one took on for an organisation, as long as one still acts for it."""
    return Q(owner=who.party_id, handler__in=who.acts_for())


def _goes_on(who: Any) -> Q:
    return _handles(who) | Q(waiting_on=who.party_id) | Q(waiting_on__in=who.acts_for()) if who.party_id is not None else NOBODY


def _asked_it(who: Any) -> Q:
    return Q(asker=who.party_id) | Q(asker_for__in=who.acts_for()) if who.party_id is not None else NOBODY


def _own_part(who: Any) -> Q:
    return Q(organisation__in=who.acts_for(*HANDLERS)) if who.party_id is not None else NOBODY


def addressed(who: Any) -> Q:
    """The rows with ``to`` and ``office`` that speak to this person: themselves, their organisation, their office.

    Nothing about a thing of which they are recused.
    """
    if who.party_id is None:
        return NOBODY
    rows = Q(to=who.party_id) | Q(to__in=who.acts_for(), office="") | Q(to=None, office__in=who.offices)
    for office in who.offices:
        rows |= Q(to__in=who.acts_for(office), office=office)
    return rows & open_to(who)


SEES = rule("desk.sees", t("仅限事项的提出人、承办单位、配合单位、主管部门和审计",
                            "only those who ask, handle, oversee or audit it"), _sees)
HANDLES = rule("desk.handles", t("仅限承办单位的联络员或承办人", "only the handling organisation’s officers or the owner"), _handles)
GOES_ON = rule("desk.goes_on", t("仅限承办人或被等待的一方", "only the owner or whoever is waited for"), _goes_on)
ASKED_IT = rule("desk.asked_it", t("仅限提出人", "only the asker"), _asked_it)
ASKS = rule("desk.asks", t("请先登录", "sign in first"), signed_in)
ISSUES = rule("desk.issues", t("仅限市级主管和统筹协调", "city officers and coordinators only"), holders(*CITY))
OWN_PART = rule("desk.own_part", t("只能确认本单位的部分", "one may confirm one’s own organisation’s part only"), _own_part)
NOTICES = rule("desk.notices", t("仅限收件人", "only the addressee"), addressed)
GAPS = rule("desk.gaps", t("仅限主管部门人员", "officers only"),
            holders(*CITY, "district_officer", "department_officer", "auditor"))


def _handed_in(who: Any) -> Q:
    if who.offices & set(CITY):
        return EVERYTHING
    return Q(by=who.party_id) if who.offices & {*ROSTER_OFFICERS, "operator"} else NOBODY


def _answers(who: Any) -> Q:
    if who.offices & set(CITY):
        return EVERYTHING
    return Q(by=who.party_id) if who.offices & set(ROSTER_OFFICERS) else NOBODY


ROSTER_OFFICERS = (*CITY, "district_officer", "department_officer")
HANDS_IN = rule("desk.hands_in", t("仅限主管部门人员和孵化器运营人员", "officers and incubator operators only"),
                holders(*ROSTER_OFFICERS, "operator"))
SEES_INTAKE = rule("desk.sees_intake", t("仅限提交人和市级主管", "whoever handed it in, and city officers"), _handed_in)
OWN_INTAKE = rule("desk.own_intake", t("仅限提交人", "only whoever handed it in"),
                  lambda who: Q(by=who.party_id) if who.offices & {*ROSTER_OFFICERS, "operator"} else NOBODY)
PICKS = rule("desk.picks", t("仅限主管部门人员确认主体", "only officers say which organisation is meant"), _answers)
