"""Who may see the spanning pages: figures are public, what is behind them is for those who answer for it."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from fuhua.evidence import queries as evidence
from fuhua.evidence.facts import FACTS as KINDS
from fuhua.evidence.facts import Confirmed
from fuhua.evidence.words import Grade
from fuhua.kernel.access import EVERYTHING, NOBODY, anybody, holders, rule, signed_in
from fuhua.kernel.words import t
from fuhua.parties.queries import opened_things
from fuhua.parties.queries.directory import seated

OVERSEERS = ("coordinator", "city_officer", "district_officer", "department_officer", "auditor")
CITYWIDE = frozenset(OVERSEERS) - {"district_officer"}

PUBLIC = rule("front.public", t("任何人都可查看", "open to everybody"), anybody)
HOME = rule("front.home", t("请先登录", "sign in first"), signed_in)
BEHIND = rule("front.behind_figures",
              t("数字背后的主体清单仅限主管部门和审计查看", "the parties behind a figure are for officers and auditors"),
              holders(*OVERSEERS))


def _own(who: Any) -> Q:
    return Q(subject__in=sorted(who.organisation_urns | {who.urn} | who.opened))


def _shared() -> Q:
    """The kinds that are not the subject's own business."""
    return ~Q(kind__in=sorted(kind.KIND for kind in KINDS if kind.PRIVATE))


def _facts(who: Any) -> Q:
    if not who.signed_in:
        return NOBODY
    if "auditor" in who.offices:
        return EVERYTHING
    if who.offices & frozenset(OVERSEERS):
        opened = Q(subject__in=opened_things(who, who.asked_at)) if who.asked_at is not None else NOBODY  # asked with the rows only
        everywhere = _shared() if who.offices & CITYWIDE else Q(subject__in=seated(who.districts)) & _shared()
        return Q(subject__in=sorted(who.organisation_urns | {who.urn})) | opened | everywhere
    return _own(who)


def _settled(who: Any) -> Q:
    return _facts(who) if who.offices & {"coordinator", "city_officer"} else NOBODY


SETTLE = rule("front.settle_facts", t("处理异议、作废事实仅限市级主管", "only city officers settle challenges and void facts"), _settled)
TELL = rule("front.tell_facts", t("补录事实仅限市级主管和统筹协调", "only city officers and the coordinator enter facts"),
            holders("coordinator", "city_officer"))


def _correctable(who: Any) -> Q:
    if TELL.opens_for(who):
        return _facts(who)
    if not who.signed_in:
        return NOBODY
    confirmed = evidence.facts().filter(kind=Confirmed.KIND).values("about")
    return Q(grade=int(Grade.DECLARED), body__contains=f'"by":"{who.urn}"') & ~Q(digest__in=confirmed)


CORRECT = rule("front.correct_facts",
               t("更正事实仅限市级主管、统筹协调，以及自报且未经确认时的填报人本人",
                 "facts are corrected by city officers and the coordinator, and by whoever told them while they are only declared"),
               _correctable)


def _contestable(who: Any) -> Q:
    offices = {"coordinator", "city_officer", "auditor", "district_officer"}
    return _facts(who) if who.offices & offices else _about_mine(who)


def _about_mine(who: Any) -> Q:
    return Q(subject__in=sorted(who.organisation_urns | {who.urn})) if who.signed_in else NOBODY


def _profiles(who: Any) -> Q:
    if not who.signed_in:
        return NOBODY
    if who.offices & frozenset(OVERSEERS):
        return EVERYTHING
    return Q(pk__in=who.acts_for()) if who.acts_for() else NOBODY


PROFILES = rule("front.profiles", t("全貌仅限主管部门、审计和本单位查看",
                                   "a profile is for officers, auditors and the organisation itself"), _profiles)
FACTS = rule("front.facts", t("只能查看本人、本单位或经授权查阅的事实",
                             "only facts about oneself, one's own organisation, or what a consent opens"), _facts)
CONTEST = rule("front.contest_facts", t("只能对本人或本单位的事实提出异议；市区主管和审计除外",
                                        "one may contest only facts about oneself or one's own organisation, unless an officer or auditor"),
               _contestable)
CONFIRM = rule("front.confirm_facts",
               t("只有事实所涉的本人或本单位可以作为对方确认，主管部门和审计不能代为确认",
                 "only those whom a fact is about confirm it; officers and auditors cannot do so for them"), _about_mine)
