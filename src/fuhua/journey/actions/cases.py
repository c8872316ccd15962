"""Landing cases: opened for whoever a camp awarded, given an owner, linked, landed with an entity, joined with another, lapsed."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q

from fuhua.desk.access import RECUSALS, Recusal
from fuhua.desk.actions import clocks, notices
from fuhua.desk.models import Notice
from fuhua.evidence.actions.facts import record
from fuhua.evidence.facts import Fact
from fuhua.evidence.words import Grade
from fuhua.journey.actions import checklists, landings, passports
from fuhua.journey.actions.case_rows import BadCase, held, name_of, url_of
from fuhua.journey.facts import LandingLapsed
from fuhua.journey.facts import landing_cases as facts
from fuhua.journey.flow import CASE
from fuhua.journey.models import Camp, LandingCase, Passport
from fuhua.journey.queries import landing_kin
from fuhua.journey.words import LANDING_MONTHS, LAPSE_MONTH
from fuhua.kernel import period, urn
from fuhua.kernel.words import t
from fuhua.parties.models import Party, Tie
from fuhua.parties.words import Sort, TieKind, TieState
from fuhua.schemes.models import Application

RECUSALS.add(Recusal("journey", landing_kin.hidden))
CAMP = "cross_border_camp"  # the kind of scheme whose awards are landings
LANDING, ACTIVITY = "landing", "activity"  # clocks: until there is an entity; until somebody is found at work
_HOSTS = {"incubator": "operator", "park": "park_manager"}
_TYING = (TieKind.EMPLOYS, TieKind.OWNS, TieKind.SPUN_OUT, TieKind.LINKED)


class HasCase(BadCase):
    """The person or the project is in another case, whose URN is ``case`` and whose page, if it has one, is ``url``."""

    def __init__(self, case: Any) -> None:
        row = case if isinstance(case, LandingCase) else LandingCase.objects.filter(urn=case.urn).first()
        self.case, self.url = case.urn, url_of(row) if row is not None else ""
        super().__init__(t("该人才或项目已有落地案例（{case}），不能重复立案：{url}",
                           "the person or the project has a landing case ({case}) and gets no second one: {url}")
                         .format(case=self.case, url=self.url or self.case))


@transaction.atomic
def award(*, application: str, by: str, at: dt.datetime) -> LandingCase | None:
    """Open the case of an awarded application (URN); whoever has one already gets no second, and the issuer is shown the one there is."""
    row = Application.objects.select_related("call__issuer", "applicant", "lead").get(urn=application)
    try:
        return open_for(application=row, by=by, at=at)
    except HasCase as wrong:
        url = wrong.url or f"/evidence/subjects/{wrong.case}/"
        if not Notice.objects.filter(about=row.urn, url=url).exists():
            notices.news(about=row.urn, title=row.title, url=url, at=at, to=row.call.issuer_id, office="city_officer")
        return None


@transaction.atomic
def open_for(*, application: Application, by: str, at: dt.datetime) -> LandingCase:
    """Open the case of an awarded application and ask for every step of landing; the case there is already is given again.

    It holds the project and, where they hold an office in it, the person who applied. It lapses nine months later without an entity.
    Raises :class:`HasCase`.
    """
    there = LandingCase.objects.filter(application=application).first()
    if there is not None:
        return there
    person, project = _parties(application)
    _require_single("", person, project)
    camp = Camp.objects.filter(call=application.call).first()
    case = LandingCase(urn=urn.new("landing"), application=application, person=person, project=project, host=camp and camp.host,
                       opened_at=at, due=period.add_months(period.day(at), LAPSE_MONTH))
    _save(case)
    issuer = application.call.issuer_id
    clocks.start(about=case.urn, name=LANDING, title=name_of(case), url=url_of(case), due=case.due, at=at, to=issuer, office="city_officer",
                 answers_for=issuer)
    checklists.ask_all(case=case, by=by, at=at)
    notices.news(about=case.urn, title=name_of(case), url=url_of(case), at=at, to=application.applicant_id)
    _tell(facts.CaseOpened(subject=case.urn, application=application.urn, person=_urn(person), project=_urn(project)), by=by, at=at)
    return case


@transaction.atomic
def own(*, case: LandingCase, owner: Party, by: str, at: dt.datetime) -> LandingCase:
    """``owner``, a steward or a city officer, looks after the case from now on: its clock, and nobody else reads the passport data."""
    row = _live(case)
    holds = Tie.objects.filter(kind=TieKind.EMPLOYS, target=owner, state=TieState.CONFIRMED, until=None,
                               office__in=("steward", "city_officer", "coordinator"))
    if not holds.exists():
        raise BadCase(t("请选择服务管家或市级主管", "choose a steward or a city officer"))
    row.owner = owner
    row.save(update_fields=["owner"])
    if row.state == "open":
        clocks.hand_over(about=row.urn, name=LANDING, to=owner.pk)
    notices.news(about=row.urn, title=name_of(row), url=url_of(row), at=at, to=owner.pk)
    _tell(facts.CaseOwned(subject=row.urn, owner=owner.urn), by=by, at=at)
    return row


@transaction.atomic
def link(*, case: LandingCase, party: Party, by: str, at: dt.datetime) -> LandingCase:
    """Add the person or the project that the case lacks. Raises :class:`HasCase` when they are in another."""
    row = _live(case)
    person = party.sort == Sort.PERSON
    if row.state != "open" or (row.person if person else row.project) is not None:
        raise BadCase(t("案例已有人才和项目，或已落地；更换请另行更正",
                        "the case has them already, or has landed; correct the landing instead"))
    if not person and party.sort not in ("project", "venture"):
        raise BadCase(t("请填写人员、项目或企业", "name a person, a project or a venture"))
    _require_single(row.urn, party)
    row.person, row.project = (party, row.project) if person else (row.person, party)
    _save(row)
    _tell(facts.CaseLinked(subject=row.urn, person=party.urn if person else "", project="" if person else party.urn), by=by, at=at)
    return row


@transaction.atomic
def land(*, case: LandingCase, entity: Party, host: Party, on: dt.date, by: str, at: dt.datetime) -> LandingCase:
    """The entity is confirmed: landed, provisional, since ``on``. Its host confirms six and twelve months on that somebody is at work.

    The entity is on the register with its credit code and has a confirmed tie with the person or the project. Raises :class:`BadCase`.
    """
    row = _live(case)
    row.state = CASE.after(row.state, "land")
    if not period.day(row.opened_at) <= on <= period.day(at):
        raise BadCase(t("落地日期应在立案之后、今天之前", "the day of landing lies between the day the case was opened and today"))
    _require_entity(row, entity)
    row.entity, row.host, row.landed, row.warned_at = entity, host, on, None
    row.due = period.add_months(on, LAPSE_MONTH)
    _save(row)
    clocks.stop(about=row.urn, name=LANDING, at=at)
    wait_for(row, min(LANDING_MONTHS), at)
    notices.news(about=row.urn, title=name_of(row), url=url_of(row), at=at, to=host.pk, office=_HOSTS.get(host.sort, ""))
    project = row.project.urn if row.project and row.project.sort in ("project", "venture") else ""
    landings.land(subject=row.urn, person=_urn(row.person), project=project, entity=entity.urn, host=host.urn, district=entity.district,
                  by=by, at=at, on=on, grade=Grade.REGISTRY)
    return row


@transaction.atomic
def lapse(*, case: LandingCase, reason: str, by: str, at: dt.datetime) -> LandingCase:
    """The landing came to nothing, for a code of ``words.LAPSE_REASONS``: what is still asked is withdrawn, passport data is erased."""
    row = held(case)
    row.state, row.because = CASE.after(row.state, "lapse"), reason
    fact = LandingLapsed(subject=row.urn, reason=reason)
    fact.check()
    row.save(update_fields=["state", "because"])
    _over(row, by=by, at=at)
    _tell(fact, by=by, at=at)
    return row


@transaction.atomic
def join(*, case: LandingCase, into: str, by: str, at: dt.datetime) -> LandingCase:
    """The case turned out to be that of ``into`` (URN), which goes on."""
    row = held(case)
    row.state, row.instead = CASE.after(row.state, "join"), LandingCase.objects.filter(urn=into).first()
    row.save(update_fields=["state", "instead"])
    _over(row, by=by, at=at)
    _tell(facts.CaseJoined(subject=row.urn, into=into), by=by, at=at)
    return row


def wait_for(row: LandingCase, month: int, at: dt.datetime) -> None:
    """Let the clock run by which the host confirms that the landing is active ``month`` months on."""
    if row.host is None or row.landed is None:
        raise BadCase(t("案例尚未落地", "it has not landed yet"))
    clocks.start(about=row.urn, name=ACTIVITY, title=name_of(row), url=url_of(row), due=period.add_months(row.landed, month), at=at,
                 to=row.host_id, office=_HOSTS.get(row.host.sort, ""), answers_for=row.host_id)


def _parties(application: Application) -> tuple[Party | None, Party | None]:
    applicant, lead = application.applicant, application.lead
    if applicant.sort == Sort.PERSON:
        return applicant, None
    theirs = Tie.objects.filter(kind=TieKind.EMPLOYS, source=applicant, target=lead, state=TieState.CONFIRMED, until=None)
    return (lead if theirs.exclude(office="").exists() else None), applicant


def _require_single(case: str, *parties: Party | None) -> None:
    same = landing_kin.kin([each.urn for each in parties if each is not None])
    for found in (*landing_kin.live_cases(same, but=case), *landing_kin.landings(same.values(), but=case)):
        raise HasCase(found)


def _require_entity(row: LandingCase, entity: Party) -> None:
    if entity.sort not in ("venture", "firm") or not entity.code:
        raise BadCase(t("请先登记在京主体及其统一社会信用代码", "register the entity first, with its unified social credit code"))
    own = [each for each in (row.person_id, row.project_id) if each is not None]
    ties = Tie.objects.filter(kind__in=_TYING, state=TieState.CONFIRMED, until=None)
    if entity.pk not in own and not ties.filter(Q(source=entity, target__in=own) | Q(source__in=own, target=entity)).exists():
        raise BadCase(t("主体与本人或项目之间没有已确认的关系，请先登记并确认",
                        "no confirmed tie links the entity with the person or the project; have one confirmed first"))


def _live(case: LandingCase) -> LandingCase:
    row = held(case)
    if "lapse" not in CASE.verbs(row.state):
        raise BadCase(t("案例已结束", "the case is over"))
    return row


def _save(row: LandingCase) -> None:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        _require_single(row.urn, row.person, row.project)
        raise


def _over(row: LandingCase, *, by: str, at: dt.datetime) -> None:
    for name in (LANDING, ACTIVITY):
        clocks.stop(about=row.urn, name=name, at=at)
    checklists.withdraw_all(case=row, by=by, at=at)
    if Passport.objects.filter(case=row, erased_at=None).exists():
        passports.erase(case=row, reason="closed", by=by, at=at)
    notices.settle(about=row.urn, at=at)
    notices.news(about=row.urn, title=name_of(row), url=url_of(row), at=at, to=row.application.applicant_id)


def _urn(party: Party | None) -> str:
    return party.urn if party is not None else ""


def _tell(fact: Fact, *, by: str, at: dt.datetime) -> None:
    record(fact, by=by, at=at, grade=Grade.SYSTEM)
