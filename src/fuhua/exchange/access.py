"""Who may read, post, answer and broker listings, and whose a deal is."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from fuhua.exchange.words import LIVE, MENTORED, REVIEWING, TIED
from fuhua.kernel.access import EVERYTHING, NOBODY, anybody, holders, rule, signed_in
from fuhua.kernel.words import t
from fuhua.parties.queries import directory, live_consents

BROKERING = ("steward", "city_officer")


def _sees(who: Any) -> Q:
    public = Q(state__in=LIVE, audience="public")
    if not who.signed_in:
        return public
    if who.offices & {*BROKERING, "coordinator", "auditor"}:
        return EVERYTHING
    return public | Q(state__in=LIVE, audience="members") | Q(party__in=who.acts_for())


def _owns(who: Any) -> Q:
    return Q(party__in=who.acts_for()) if who.signed_in else NOBODY


def _side_of_deal(who: Any) -> Q:
    return Q(buyer__in=who.acts_for()) | Q(provider__in=who.acts_for()) if who.signed_in else NOBODY


def _papers(who: Any) -> Q:
    return EVERYTHING if "auditor" in who.offices else _side_of_deal(who)


def _sees_deal(who: Any) -> Q:
    return _papers(who) | Q(state="disputed") if "steward" in who.offices else _papers(who)


def _mends(who: Any) -> Q:
    return Q(state="disputed") if "steward" in who.offices else Q(_side_of_deal(who), state="disputed") if who.signed_in else NOBODY


LISTINGS = rule("exchange.listings", t("公开的供需信息人人可见", "open listings are for everybody"), _sees)
POSTS = rule("exchange.posts", t("请先登录", "sign in first"), signed_in)
OWNS = rule("exchange.owns", t("仅限发布单位", "only the organisation that posted it"), _owns)
BROKERS = rule("exchange.brokers", t("仅限服务管家和市级主管", "brokers (stewards) and city officers only"), holders(*BROKERING))
OFFICERS = rule("exchange.officers", t("仅限主管部门人员", "officers only"),
                holders(*BROKERING, "coordinator", "district_officer", "department_officer", "auditor"))
OPINIONS = rule("exchange.opinions", t("仅限市级主管部门和审计", "city-wide officers and auditors only"),
                holders("coordinator", "city_officer", "department_officer", "auditor"))
COUNSELS = rule("exchange.counsels", t("仅限市级主管", "city officers only"), holders("city_officer"))
DEALS = rule("exchange.deals", t("仅限合同双方；有争议时还有服务管家", "only the two sides of the deal, and brokers while it is disputed"),
             _sees_deal)
SIDE = rule("exchange.side", t("仅限合同双方", "only the two sides of the deal"), _side_of_deal)
BUYS = rule("exchange.buys", t("仅限购买方", "only the buyer"), lambda who: Q(buyer__in=who.acts_for()) if who.signed_in else NOBODY)
PROVIDES = rule("exchange.provides", t("仅限提供方", "only the provider"),
                lambda who: Q(provider__in=who.acts_for()) if who.signed_in else NOBODY)


# Listings: whoever posted one changes it, and a broker who qualifies a need that is still a draft
def _edits(who: Any) -> Q:
    if not who.signed_in:
        return NOBODY
    qualified = Q(side="need", state="draft") if who.offices & {*BROKERING} else NOBODY
    return _owns(who) | qualified


EDITS = rule("exchange.edits", t("仅限发布单位；需求草稿也可由服务管家完善",
                                 "only the organisation that posted it; brokers too while a need is a draft"), _edits)

PAPERS = rule("exchange.papers", t("文件仅限合同双方和审计", "papers are for the two sides and auditors"), _papers)
MENDS = rule("exchange.mends", t("仅限争议双方和服务管家", "only the two sides of a dispute, and brokers"), _mends)


# --- brokering ---


def _introduced(who: Any) -> Q:
    if not who.signed_in:
        return NOBODY
    return EVERYTHING if who.offices & {*BROKERING, "auditor"} else _either(who)


def _either(who: Any) -> Q:
    ours = who.acts_for()
    return Q(need__party__in=ours) | Q(offer__party__in=ours) if who.signed_in else NOBODY


def _matches(who: Any) -> Q:
    if not who.signed_in:
        return NOBODY
    return Q(side="need") if who.offices & set(BROKERING) else Q(side="need") & _owns(who)


MATCHES = rule("exchange.matches", t("仅限需求单位和撮合人", "only the organisation that needs it, and brokers"), _matches)
INTRODUCED = rule("exchange.introduced", t("仅限对接双方和撮合人", "only the two sides of the introduction, and brokers"), _introduced)
EITHER = rule("exchange.either", t("仅限对接双方", "only the two sides of the introduction"), _either)
BUYING = rule("exchange.buying", t("仅限需求方", "only the side that needs it"),
              lambda who: Q(need__party__in=who.acts_for()) if who.signed_in else NOBODY)
BROKER_OR_EITHER = rule("exchange.broker_or_either", t("仅限对接双方和撮合人", "only the two sides of the introduction, and brokers"),
                        lambda who: EVERYTHING if who.offices & set(BROKERING) else _either(who))
CARDS = rule("exchange.cards", t("双方同意公开的案例人人可见", "cases that both sides let be seen are for everybody"),
             lambda who: ~Q(published_at=None) | (NOBODY if not who.signed_in else Q(introduction__need__party__in=who.acts_for())
                                                  | Q(introduction__offer__party__in=who.acts_for())))
NOMINATES = rule("exchange.nominates", t("仅限供给单位和撮合人", "only the organisation that offers it, and brokers"),
                 lambda who: NOBODY if not who.signed_in else Q(side="offer") if who.offices & set(BROKERING)
                 else Q(side="offer") & _owns(who))


def _ledger(who: Any) -> Q:
    """Needs that an officer's figures count: all of the city's, or those of the officer's districts."""
    if who.offices & {*BROKERING, "coordinator", "department_officer", "auditor"}:
        return EVERYTHING
    return Q(party__district__in=who.districts) if who.districts else NOBODY


LEDGER = rule("exchange.ledger", t("仅限主管部门人员；区级主管只看本区", "officers only; district officers their own districts"), _ledger)


# Quotes: who was asked, whose credential and whose place in a pool it is, and who may look at a part with a grant
def _asked(who: Any) -> Q:
    return Q(provider__in=who.acts_for()) & ~Q(state="excluded", because__in=TIED) if who.signed_in else NOBODY


def _credentials(who: Any) -> Q:
    return EVERYTHING if who.offices & {*BROKERING} else _held(who)


def _held(who: Any) -> Q:
    return Q(party__in=who.acts_for()) if who.acts_for() else NOBODY


def _reviews(who: Any) -> Q:
    if not who.offices & {"expert", "steward"} or who.asked_at is None:
        return NOBODY
    mine = who.acts_for() | {who.party_id}
    return Q(urn__in=live_consents(who.asked_at).filter(reader__in=mine, purpose=REVIEWING.zh).values("thing"))


INVITED = rule("exchange.invited", t("仅限被邀请报价的单位", "only the organisation that was asked to quote"), _asked)
CREDENTIALS = rule("exchange.credentials", t("仅限持证单位和服务管家", "only its holder and brokers"), _credentials)
POOLED = rule("exchange.pooled", t("仅限受邀拼单的需求单位", "only organisations whose need was invited to the pool"),
              lambda who: Q(need__party__in=who.acts_for()) if who.acts_for() else NOBODY)
REVIEWS = rule("exchange.reviews", t("仅限获得需求单位授权的专家或服务管家", "only experts and stewards with the asker's grant"), _reviews)
DECKS = rule("exchange.decks", t("仅限发布单位；已公开的材料随供需信息可见", "only who posted it; shown slides are as open as the listing"),
             lambda who: Q(listing__party__in=who.acts_for()) | Q(shown_at__isnull=False) if who.signed_in else NOBODY)

# Booking of slots.
def _sees_resource(who: Any) -> Q:
    live = Q(published_at__isnull=False, offer__state__in=LIVE)
    if not who.signed_in:
        return live & Q(offer__audience="public")
    return live | Q(offer__party__in=who.acts_for())


def _hosts(who: Any) -> Q:
    return Q(offer__party__in=who.acts_for()) if who.signed_in else NOBODY


def _uses(who: Any) -> Q:
    return Q(person=who.party_id) | Q(organisation__in=who.acts_for()) if who.signed_in else NOBODY


def _handles(who: Any) -> Q:
    return Q(resource__offer__party__in=who.acts_for()) if who.signed_in else NOBODY


def _opens_sheet(who: Any) -> Q:
    return ~Q(sheet="") & (_uses(who) | (_handles(who) & ~Q(state__in=("cancelled", "no_show")))) if who.signed_in else NOBODY


def _reads_use(who: Any) -> Q:
    """Utilisation is numbers without names: officers of the city everywhere, of a district there, and every host its own."""
    if who.offices & {"coordinator", "city_officer", "department_officer", "auditor", "steward"}:
        return EVERYTHING
    own = _hosts(who)
    return own | Q(offer__district__in=who.districts) if who.districts else own if who.signed_in and who.acts_for() else NOBODY


CALENDARS = rule("exchange.calendars", t("已开放预约的资源", "what can be booked"), _sees_resource)
HOSTS = rule("exchange.hosts", t("仅限提供单位", "only the host"), _hosts)
BOOKINGS = rule("exchange.bookings", t("仅限预约人、其单位和提供方", "only the user, their organisation and the host"),
                lambda who: _uses(who) | _handles(who) if who.signed_in else NOBODY)
USES = rule("exchange.uses", t("仅限预约人和其单位", "only the user and their organisation"), _uses)
HANDLES = rule("exchange.handles", t("仅限提供方", "only the host"), _handles)
SHEETS = rule("exchange.sheets", t("样品单仅限预约方和承接方", "a sample sheet is for its user and the host that handles it"), _opens_sheet)
UTILISATION = rule("exchange.utilisation", t("仅限主管部门人员（只有汇总数字）和提供单位", "officers (numbers only) and hosts"), _reads_use)
FEEDS = rule("exchange.feeds", t("持有日历订阅地址的人", "whoever has the feed's address"), anybody)


# Mentoring: notes are for the mentor and the organisation alone; an incubator sees that sessions of its residents took place
_session = Q(resource__offer__kind__in=MENTORED, resource__offer__owner__isnull=False) & ~Q(state__in=("offered", "cancelled"))


def _mentee(who: Any) -> Q:
    return Q(organisation__in=who.acts_for()) & _session if who.acts_for() else NOBODY


def _mentor(who: Any) -> Q:
    """Whoever answers for the offer, and once a session is told its mentor, whoever answers for the offer later."""
    if not who.signed_in:
        return NOBODY
    return (Q(mentoring__mentor=who.party_id) | Q(mentoring=None, resource__offer__owner=who.party_id)) & _session


def _occurrences(who: Any) -> Q:
    if not who.signed_in:
        return NOBODY
    own = Q(mentor=who.party_id) | Q(mentee__in=who.acts_for())
    hosts = who.acts_for("operator")
    return own | Q(mentee__in=directory.residents(hosts)) if hosts else own


MENTORINGS = rule("exchange.mentorings", t("仅限导师和被辅导单位", "only the mentor and the organisation that booked"),
                  lambda who: _mentee(who) | _mentor(who) if who.signed_in else NOBODY)
MENTEE = rule("exchange.mentee", t("仅限被辅导单位", "only the organisation that booked"), _mentee)
MENTOR = rule("exchange.mentor", t("仅限导师本人", "only the mentor"), _mentor)
OCCURRENCES = rule("exchange.occurrences", t("仅限导师、被辅导单位，以及其入驻的孵化器（只看次数）",
                                             "only the mentor, the organisation, and the incubator where it resides (counts only)"),
                   _occurrences)
