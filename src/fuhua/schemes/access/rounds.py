"""Who may read and run calls, write and read applications, review them, and see agreements and their money."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q

from fuhua.kernel.access import EVERYTHING, NOBODY, anybody, holders, rule, signed_in
from fuhua.kernel.words import t

ISSUING = ("city_officer", "coordinator")  # who runs a round of a public body
_OWN = "operator"  # who runs the round by which an incubator chooses whom it takes in; officers have no part in that


def _in_office(who: Any, call: str = "") -> Q:
    """Rows whose call (reached through ``call``) the person runs in office: public bodies' rounds, and those of their own incubator."""
    found = [~Q(**{f"{call}issuer__sort": "incubator"})] if who.offices & set(ISSUING) else []
    if houses := who.acts_for(_OWN):
        found.append(Q(**{f"{call}issuer__in": houses, f"{call}issuer__sort": "incubator"}))
    return reduce(or_, found) if found else NOBODY


def _seen_in_office(who: Any, call: str = "") -> Q:
    """The same for reading: auditors read all."""
    return EVERYTHING if "auditor" in who.offices else _in_office(who, call)


def _if(door: Q, rows: Q) -> Q:
    """``rows`` behind a door that may be closed."""
    return NOBODY if door == NOBODY else rows if door == EVERYTHING else door & rows


def _calls(who: Any) -> Q:
    published, office = ~Q(state__in=["draft", "cancelled"]), _seen_in_office(who)
    return office if office == EVERYTHING else published if office == NOBODY else published | office


def _writes(who: Any) -> Q:
    """Applications of one's own organisations and of oneself, and those one was asked to help write."""
    if not who.signed_in:
        return NOBODY
    return Q(applicant__in=who.acts_for()) | Q(applicant=who.party_id) | Q(coauthors__person=who.party_id)


CALLS = rule("schemes.calls", t("已发布的申报通知人人可见", "published calls are for everybody"), _calls)
PUBLIC = rule("schemes.public", t("任何人都可查看", "open to everybody"), anybody)
ISSUES = rule("schemes.issues", t("仅限市级主管和统筹协调；孵化器自己的遴选由其运营人员发布",
                                  "city officers and the coordinator; an incubator’s own round its operators"), _in_office)
APPLIES = rule("schemes.applies", t("请先登录", "sign in first"), signed_in)
WRITES = rule("schemes.writes", t("仅限申报单位及其邀请的填写人", "only the applicant and whom it asked to help"), _writes)

# --- apply ---


def _not_barred(who: Any, through: str = "") -> Q:
    """Rows whose application (reached ``through`` fields) the person is not recused from: of the others they learn nothing at all."""
    return ~Q(**{f"{through}barred__person": who.party_id})


def _of_districts(who: Any) -> Q:
    """What applicants of the districts handed in to public bodies; whom an incubator chooses by itself is not the district's."""
    if not who.districts:
        return NOBODY
    return ~Q(state="draft") & Q(applicant__district__in=who.districts) & ~Q(call__issuer__sort="incubator")


def _sees_applications(who: Any) -> Q:
    """Their writers see drafts too; who runs the round, its district and auditors see what was handed in."""
    if not who.signed_in:
        return NOBODY
    if (office := _seen_in_office(who, "call__")) != NOBODY:
        seen = _writes(who) | _if(office, ~Q(state="draft") & _not_barred(who))
        return seen | (_of_districts(who) & _not_barred(who)) if who.districts else seen
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
    return _if(_in_office(who, "call__"), _not_barred(who))


def _oversees(who: Any) -> Q:
    return _if(_seen_in_office(who, "call__"), _not_barred(who))


def _sits(who: Any) -> Q:
    return Q(seat__person=who.party_id, state__in=["asked", "scored"]) & _not_barred(who, "application__") \
        if who.signed_in else NOBODY


def _results(who: Any) -> Q:
    told = Q(state__in=["proposed", "reserve", "rejected", "awarded"], call__state__in=["announced", "concluded"])
    return _writes(who) & told if who.signed_in else NOBODY


def _draws(who: Any) -> Q:
    """A draw tells how many were drawn: from those who are barred it is kept until the call is announced to everybody."""
    public = Q(call__state__in=["announced", "concluded"])
    if (office := _seen_in_office(who, "call__")) == NOBODY:
        return public
    return public | _if(office, _not_barred(who, "call__applications__"))


def _objections(who: Any) -> Q:
    """The issuer's people and auditors but the barred, and whoever raised it."""
    if not who.signed_in:
        return NOBODY
    mine, office = Q(person=who.party_id), _seen_in_office(who, "application__call__")
    return mine if office == NOBODY else mine | _if(office, _not_barred(who, "application__"))


def _answers(who: Any) -> Q:
    return _if(_in_office(who, "application__call__"), _not_barred(who, "application__") & ~Q(person=who.party_id))


def _runs(who: Any) -> Q:
    return _if(_in_office(who), _not_barred(who, "applications__"))


def _panels(who: Any) -> Q:
    return _seen_in_office(who)


def _seats(who: Any) -> Q:
    return _seen_in_office(who, "call__")


RUNS = rule("schemes.runs", t("仅限在本次申报中没有回避事项的市级主管和统筹协调；孵化器自己的遴选为其运营人员",
                              "city officers and the coordinator who are barred from nothing in the call; operators of an incubator’s own"),
            _runs)
HANDLES = rule("schemes.handles", t("仅限未回避的市级主管和统筹协调；孵化器自己的遴选为其运营人员",
                                    "city officers and the coordinator, or operators of an incubator’s own round, unless barred from it"),
               _handles)
OVERSEES = rule("schemes.oversees", t("仅限未回避的主管和审计", "officers and auditors who are not barred from it"), _oversees)
PANELS = rule("schemes.panels", t("仅限组织评选的主管或孵化器运营人员，以及审计", "whoever runs the round, and auditors"), _panels)
SEATS = rule("schemes.seats", t("仅限组织评选的主管或孵化器运营人员，以及审计", "whoever runs the round, and auditors"), _seats)
SITS = rule("schemes.sits", t("仅限被指派且未回避的评审专家", "only the expert it was given to, while not barred from it"), _sits)
RESULTS = rule("schemes.results", t("结果公示后申报单位可见", "the applicant, once the decisions are announced"), _results)
DRAWS = rule("schemes.draws", t("公示前仅限无需回避的主管和审计，公示后人人可见",
                                "officers and auditors barred from nothing in the call; everybody once it is announced"), _draws)
OBJECTIONS = rule("schemes.objections", t("仅限异议人和未回避的主管", "whoever raised it, and officers who are not barred"), _objections)
ANSWERS = rule("schemes.answers", t("仅限未回避的主管；不能处理自己的异议", "officers not barred, and not one’s own"), _answers)


# --- money ---


def _ours(who: Any) -> Q:
    """Agreements of one's own organisations, of the company that took one on, and of oneself."""
    ours = who.acts_for() if who.signed_in else ()
    return Q(party__in=ours) | Q(venture__in=ours) | Q(party=who.party_id) if who.signed_in else NOBODY


def _manages(who: Any) -> Q:
    return Q(issuer__in=who.acts_for(*ISSUING, _OWN)) & _not_barred(who, "application__") if who.signed_in else NOBODY


def _sees_agreement(who: Any) -> Q:
    if not who.signed_in:
        return NOBODY
    if who.offices & {*ISSUING, "auditor"}:
        return _if(_seen_in_office(who, "application__call__"), _not_barred(who, "application__")) | _ours(who)
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
DRAWS_UP = rule("schemes.draws_up", t("仅限市级主管和统筹协调；孵化协议由孵化器运营人员拟定",
                                      "city officers and the coordinator; operators for their incubator’s own round"), _handles)
SIGNS = rule("schemes.signs", t("仅限协议双方", "only the two sides of the agreement"), _signs)
HOLDS = rule("schemes.holds", t("仅限承担单位", "only whoever was awarded"), _ours)
MANAGES = rule("schemes.manages", t("仅限下达单位的主管人员", "only officers of the issuer"), _manages)
VERIFIES = rule("schemes.verifies", t("仅限考核人", "only the verifier"), _verifies)
PAYS = rule("schemes.pays", t("仅限拨款单位", "only the payer of the tranche"), _pays)
TRANCHES = rule("schemes.tranches", t("仅限拨款单位、市级主管、统筹协调和审计",
                                      "only payers, city officers, the coordinator and auditors"), _sees_tranches)

# --- fields of the future ---


def _parts(who: Any) -> Q:
    """Parts in a consortium that one's own organisations were asked to take."""
    return Q(party__in=who.acts_for()) if who.signed_in else NOBODY


def _rechecks(who: Any) -> Q:
    return _not_barred(who, "application__") if who.offices & set(ISSUING) else NOBODY


def _seeds(who: Any) -> Q:
    """The history of a gold seed: its own people, and officers and auditors who are not barred from the award that listed it."""
    if not who.signed_in:
        return NOBODY
    own = Q(party__in=who.acts_for()) | Q(application__lead=who.party_id)
    return own | _not_barred(who, "application__") if who.offices & {*ISSUING, "auditor"} else own


FIELDS = rule("schemes.fields", t("仅限市级主管和统筹协调", "city officers and the coordinator only"), holders(*ISSUING))
PARTS = rule("schemes.parts", t("仅限被邀请的成员单位", "only the organisation that was asked"), _parts)
SEEDS = rule("schemes.seeds", t("仅限未回避的主管和审计，以及企业本身",
                                "only officers and auditors who are not barred, and the firm itself"), _seeds)
RECHECKS = rule("schemes.rechecks", t("仅限未回避的市级主管和统筹协调", "only city officers and the coordinator, unless barred from it"),
                _rechecks)
