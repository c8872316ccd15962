"""Who may see, train, certify and hire people of the talent pool."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Exists, OuterRef, Q

from fuhua.kernel.access import EVERYTHING, NOBODY, holders, rule, signed_in
from fuhua.kernel.words import t
from fuhua.parties.queries import READING, live_consents
from fuhua.schemes.access.rounds import ISSUING

_NEVER = dt.datetime(9999, 1, 1, tzinfo=dt.UTC)  # the moment of whoever asks without one: no consent holds then


def _consented(who: Any, *, opened: bool = False) -> Q:
    """People of the pool whose record a consent opens to the reader's organisations now; ``opened``: and whom the reader has opened."""
    if not who.acts_for():
        return NOBODY
    at = who.asked_at or _NEVER
    live = live_consents(at).filter(giver=OuterRef("person"), thing=OuterRef("urn"), reader__in=who.acts_for())
    if opened:
        live = live.filter(openings__by=who.party_id, openings__at__gt=at - READING)
    return Q(Exists(live))


def _sees_talents(who: Any) -> Q:
    if not who.signed_in:
        return NOBODY
    mine = Q(person=who.party_id)
    if who.offices & {*ISSUING, "auditor"}:
        return mine | Q(state__in=["member", "left"]) | Q(house__in=who.acts_for())
    if not who.acts_for():
        return mine
    return mine | (Q(state="invited") & Q(house__in=who.acts_for("operator"))) | (Q(state="member") & _consented(who))


def _reads_record(who: Any) -> Q:
    """The person's own, and those whose consent the reader has opened, which leaves a trace."""
    if not who.signed_in:
        return NOBODY
    opened = _consented(who, opened=True)
    return Q(person=who.party_id) if opened == NOBODY else Q(person=who.party_id) | (Q(state="member") & opened)


def _opens_record(who: Any) -> Q:
    found = _consented(who)
    return NOBODY if found == NOBODY else Q(state="member") & found & ~Q(person=who.party_id)


def _is_talent(who: Any) -> Q:
    return Q(person=who.party_id) if who.signed_in else NOBODY


def _trains(who: Any) -> Q:
    """City officers arrange practicums for anybody in the pool, operators for those who opened their record to them."""
    if who.offices & set(ISSUING):
        return Q(state="member") & ~Q(person=who.party_id)
    return _opens_record(who) if who.acts_for("operator") else NOBODY


def _hires(who: Any) -> Q:
    return _opens_record(who) if who.acts_for("operator") else NOBODY


def _sees_practicums(who: Any) -> Q:
    if not who.signed_in:
        return NOBODY
    if who.offices & {*ISSUING, "auditor"}:
        return EVERYTHING
    ours = Q(venture__in=who.acts_for()) | Q(host__in=who.acts_for("operator"))
    return ours | Q(tutor=who.party_id) | Q(talent__person=who.party_id)


def _of_venture(who: Any) -> Q:
    return Q(venture__in=who.acts_for()) & ~Q(talent__person=who.party_id) if who.acts_for() else NOBODY


def _stops(who: Any) -> Q:
    if not who.signed_in:
        return NOBODY
    return Q(venture__in=who.acts_for()) | Q(host__in=who.acts_for("operator")) | Q(talent__person=who.party_id)


def _sees_credential(who: Any) -> Q:
    """The paper bears the name: for the person, officers and auditors, the employer, and the host that trained them."""
    if not who.signed_in:
        return NOBODY
    if who.offices & {*ISSUING, "auditor"}:
        return EVERYTHING
    houses = who.acts_for("operator")
    return Q(talent__person=who.party_id) | Q(practicum__host__in=houses) | Q(placements__house__in=houses)


def _sees_placements(who: Any) -> Q:
    if not who.signed_in:
        return NOBODY
    if who.offices & {*ISSUING, "auditor"}:
        return EVERYTHING
    return Q(talent__person=who.party_id) | Q(house__in=who.acts_for("operator"))


def _answers_recheck(who: Any) -> Q:
    return Q(talent__person=who.party_id) | Q(house__in=who.acts_for("operator")) if who.signed_in else NOBODY


TALENTS = rule("schemes.talents", t("仅限本人、其授权的单位、主管部门和审计", "only the person, whom they let, officers and auditors"),
               _sees_talents)
RECORDS = rule("schemes.records", t("履历仅限本人，以及已获授权并留下查阅记录的单位",
                                    "only the person, and whom they let, once it is logged"), _reads_record)
OPENS_RECORD = rule("schemes.opens_record", t("须由本人授权", "the person has to let your organisation"), _opens_record)
IS_TALENT = rule("schemes.is_talent", t("仅限本人", "only the person"), _is_talent)
INVITES = rule("schemes.invites", t("仅限孵化器运营、市级主管和统筹协调", "incubator operators, city officers and the coordinator only"),
               holders("operator", *ISSUING))
TRAINS = rule("schemes.trains", t("仅限市级主管，或本人已授权的孵化器", "only city officers, and incubators that the person let"), _trains)
HIRES = rule("schemes.hires", t("仅限本人已授权的孵化器", "only incubators that the person let"), _hires)
VACANCIES = rule("schemes.vacancies", t("请先登录", "sign in first"), signed_in)
POSTS = rule("schemes.posts", t("仅限孵化器运营人员", "incubator operators only"), holders("operator"))
FILLS = rule("schemes.fills", t("仅限发布岗位的孵化器", "only the incubator that posted it"),
             lambda who: Q(house__in=who.acts_for("operator")) if who.acts_for("operator") else NOBODY)
PRACTICUMS = rule("schemes.practicums", t("仅限学员、实训企业、带教孵化器和导师、主管部门和审计",
                                          "only the trainee, the venture, the host and tutor, officers and auditors"), _sees_practicums)
TAKES_IN = rule("schemes.takes_in", t("仅限实训企业", "only the venture"), _of_venture)
TRAINEE = rule("schemes.trainee", t("仅限学员本人", "only the trainee"),
               lambda who: Q(talent__person=who.party_id) if who.signed_in else NOBODY)
TUTORS = rule("schemes.tutors", t("仅限带教导师", "only the tutor"), lambda who: Q(tutor=who.party_id) if who.signed_in else NOBODY)
STOPS = rule("schemes.stops", t("仅限学员、实训企业和带教孵化器", "only the trainee, the venture and the host"), _stops)
CERTIFIES = rule("schemes.certifies", t("仅限市级主管和统筹协调；不能给自己发证",
                                        "city officers and the coordinator only, and not for oneself"),
                 lambda who: ~Q(talent__person=who.party_id) if who.offices & set(ISSUING) else NOBODY)
CREDENTIALS = rule("schemes.credential_papers", t("证书原件仅限本人、带教和用人孵化器、主管部门和审计",
                                                  "the paper is for the person, the host, the employer, officers and auditors"),
                   _sees_credential)
OWN_CREDENTIAL = rule("schemes.own_credential", t("仅限持证人", "only its holder"),
                      lambda who: Q(talent__person=who.party_id) if who.signed_in else NOBODY)
PLACEMENTS = rule("schemes.placements", t("仅限本人、用人孵化器、主管部门和审计", "only the person, the employer, officers and auditors"),
                  _sees_placements)
ANSWERS_RECHECK = rule("schemes.answers_recheck", t("仅限本人和用人孵化器", "only the person and the employer"), _answers_recheck)
TALENT_FIGURES = rule("schemes.talent_figures", t("仅限市级主管、统筹协调和审计", "city officers, the coordinator and auditors only"),
                      holders(*ISSUING, "auditor"))
