"""Who may read and run calls, write and read applications, review them, see agreements and their money, and train and hire talents."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Exists, OuterRef, Q

from fuhua.kernel.access import EVERYTHING, NOBODY, anybody, holders, rule, signed_in
from fuhua.kernel.words import t
from fuhua.parties.queries import READING, live_consents

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


def _not_barred(who: Any, through: str = "") -> Q:
    """Rows whose application (reached ``through`` fields) the person is not recused from: of the others they learn nothing at all."""
    return ~Q(**{f"{through}barred__person": who.party_id})


def _of_districts(who: Any) -> Q:
    return ~Q(state="draft") & Q(applicant__district__in=who.districts) if who.districts else NOBODY


def _sees_applications(who: Any) -> Q:
    """Their writers see drafts too; who runs the round, its district and auditors see what was handed in."""
    if not who.signed_in:
        return NOBODY
    if who.offices & {*ISSUING, "auditor"}:
        return _writes(who) | (~Q(state="draft") & _not_barred(who))
    return _writes(who) | (_of_districts(who) & _not_barred(who)) if who.districts else _writes(who)


def _recommends(who: Any) -> Q:
    return _of_districts(who) & _not_barred(who) if who.districts else NOBODY


def _keeps(who: Any) -> Q:
    """The applicant's own people: they invite others to write, and withdraw; whoever was invited does neither."""
    return Q(applicant__in=who.acts_for()) | Q(applicant=who.party_id) if who.signed_in else NOBODY


APPLICATIONS = rule("schemes.applications", t("仅限申报单位、主管部门和审计", "only its writers, who runs the round, and auditors"),
                    _sees_applications)
KEEPS = rule("schemes.keeps", t("仅限申报单位", "only the applicant"), _keeps)
RECOMMENDS = rule("schemes.recommends", t("仅限申报单位所在区的主管人员", "only officers of the applicant’s district"), _recommends)


# --- review ---
# Whoever is barred from an application reads nothing of it anywhere: every rule below starts from what is left to them


def _handles(who: Any) -> Q:
    return _not_barred(who) if who.offices & set(ISSUING) else NOBODY


def _oversees(who: Any) -> Q:
    return _not_barred(who) if who.offices & {*ISSUING, "auditor"} else NOBODY


def _sits(who: Any) -> Q:
    return Q(seat__person=who.party_id, state__in=["asked", "scored"]) & _not_barred(who, "application__") \
        if who.signed_in else NOBODY


def _results(who: Any) -> Q:
    told = Q(state__in=["proposed", "reserve", "rejected", "awarded"], call__state__in=["announced", "concluded"])
    return _writes(who) & told if who.signed_in else NOBODY


def _draws(who: Any) -> Q:
    """A draw tells how many were drawn: from those who are barred it is kept until the call is announced to everybody."""
    public = Q(call__state__in=["announced", "concluded"])
    if not who.offices & {*ISSUING, "auditor"}:
        return public
    return public | _not_barred(who, "call__applications__")


def _objections(who: Any) -> Q:
    """The issuer's people and auditors but the barred, and whoever raised it."""
    if not who.signed_in:
        return NOBODY
    mine = Q(person=who.party_id)
    return mine | _not_barred(who, "application__") if who.offices & {*ISSUING, "auditor"} else mine


def _answers(who: Any) -> Q:
    return _not_barred(who, "application__") & ~Q(person=who.party_id) if who.offices & set(ISSUING) else NOBODY


def _runs(who: Any) -> Q:
    return _not_barred(who, "applications__") if who.offices & set(ISSUING) else NOBODY


RUNS = rule("schemes.runs", t("仅限在本次申报中没有回避事项的市级主管和统筹协调",
                              "city officers and the coordinator who are barred from nothing in the call"), _runs)
HANDLES = rule("schemes.handles", t("仅限未回避的市级主管和统筹协调", "city officers and the coordinator, unless barred from it"), _handles)
OVERSEES = rule("schemes.oversees", t("仅限未回避的主管和审计", "officers and auditors who are not barred from it"), _oversees)
PANELS = rule("schemes.panels", t("仅限市级主管、统筹协调和审计", "city officers, the coordinator and auditors only"),
              holders(*ISSUING, "auditor"))
SITS = rule("schemes.sits", t("仅限被指派且未回避的评审专家", "only the expert it was given to, while not barred from it"), _sits)
RESULTS = rule("schemes.results", t("结果公示后申报单位可见", "the applicant, once the decisions are announced"), _results)
DRAWS = rule("schemes.draws", t("公示前仅限无需回避的主管和审计，公示后人人可见",
                                "officers and auditors barred from nothing in the call; everybody once it is announced"), _draws)
OBJECTIONS = rule("schemes.objections", t("仅限异议人和未回避的主管", "whoever raised it, and officers who are not barred"), _objections)
ANSWERS = rule("schemes.answers", t("仅限未回避的主管；不能处理自己的异议", "officers not barred, and not one’s own"), _answers)


# --- money ---


def _ours(who: Any) -> Q:
    """Agreements of one's own organisations, and of oneself."""
    return Q(party__in=who.acts_for()) | Q(party=who.party_id) if who.signed_in else NOBODY


def _manages(who: Any) -> Q:
    return Q(issuer__in=who.acts_for(*ISSUING)) & _not_barred(who, "application__") if who.signed_in else NOBODY


def _sees_agreement(who: Any) -> Q:
    if not who.signed_in:
        return NOBODY
    if who.offices & {*ISSUING, "auditor"}:
        return _not_barred(who, "application__") | _ours(who)
    theirs = Q(issuer__in=who.acts_for()) | Q(district__in=who.acts_for()) | Q(steward=who.party_id) | Q(verifier=who.party_id)
    return _ours(who) | (theirs & _not_barred(who, "application__"))


def _signs(who: Any) -> Q:
    return _ours(who) | _manages(who) if who.signed_in else NOBODY


def _verifies(who: Any) -> Q:
    return Q(verifier=who.party_id) & _not_barred(who, "application__") if who.signed_in else NOBODY


def _pays(who: Any) -> Q:
    return Q(tranches__payer__in=who.acts_for()) & _not_barred(who, "application__") if who.signed_in else NOBODY


def _sees_tranches(who: Any) -> Q:
    if not who.signed_in:
        return NOBODY
    unbarred = _not_barred(who, "agreement__application__")
    if who.offices & {*ISSUING, "auditor"}:
        return unbarred
    return Q(payer__in=who.acts_for("district_officer", "department_officer")) & unbarred


AGREEMENTS = rule("schemes.agreements", t("仅限协议双方、拨款方、管家、考核人和审计",
                                          "only its two sides, the payers, the steward, the verifier and auditors"), _sees_agreement)
DRAWS_UP = rule("schemes.draws_up", t("仅限市级主管和统筹协调", "city officers and the coordinator only"),
                _handles)
SIGNS = rule("schemes.signs", t("仅限协议双方", "only the two sides of the agreement"), _signs)
HOLDS = rule("schemes.holds", t("仅限承担单位", "only whoever was awarded"), _ours)
MANAGES = rule("schemes.manages", t("仅限下达单位的主管人员", "only officers of the issuer"), _manages)
VERIFIES = rule("schemes.verifies", t("仅限考核人", "only the verifier"), _verifies)
PAYS = rule("schemes.pays", t("仅限拨款单位", "only the payer of the tranche"), _pays)
TRANCHES = rule("schemes.tranches", t("仅限拨款单位、市级主管、统筹协调和审计",
                                      "only payers, city officers, the coordinator and auditors"), _sees_tranches)


# --- talents ---

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
RECHECKS = rule("schemes.rechecks", t("仅限本人和用人孵化器", "only the person and the employer"), _answers_recheck)
TALENT_FIGURES = rule("schemes.talent_figures", t("仅限市级主管、统筹协调和审计", "city officers, the coordinator and auditors only"),
                      holders(*ISSUING, "auditor"))
