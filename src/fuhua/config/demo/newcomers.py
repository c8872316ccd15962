"""Who is new in the demo: two projects of a cross-border camp on their way to land, and two people who learn how to incubate."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Generator, Sequence
from typing import Any

from fuhua.config.demo import names, papers
from fuhua.config.demo.rounds import Course, cast_house, decided, drawn, player, published, scored, submitted, written
from fuhua.desk.actions import asks
from fuhua.desk.models import Ask
from fuhua.evidence.actions import documents
from fuhua.evidence.words import Grade
from fuhua.journey.actions import camps, cases, passports
from fuhua.journey.models import LandingCase
from fuhua.kernel import period
from fuhua.parties.actions import consents, organisations, people, ties
from fuhua.parties.actions.cast import PLAYERS
from fuhua.parties.models import Party
from fuhua.parties.words import TieKind
from fuhua.schemes.actions import credentials, decisions, judgements, placements, practicums, talents, vacancies
from fuhua.schemes.models import Application, Practicum, Talent

_Draft = tuple[Party, Party, dict[str, str]]  # who applies, who leads, the answers
_OFFICER, _OPERATOR, _FOUNDER = (PLAYERS[office].urn for office in ("city_officer", "operator", "founder"))
_DAY = dt.timedelta(days=1)

# Every step of landing: whom the camp asks, and who of the cast sits there
_DESKS = {"registration": ("haidian", "district_officer"), "bank_account": ("finance", "department_officer"),
          "permit": ("city", "city_officer"), "space": ("incubator", "operator"), "first_scenario": ("park", "park_manager")}
_DONE = {"registration": "营业执照已领取", "bank_account": "基本户已开立", "permit": "工作许可已批准，居留证件已受理",
         "space": "启明芯一层实验室，已签入驻协议"}
_TEAMS = (  # project, founder, answers
    ("Nordhavn Cryosensing", "Elena Fischbach", {
        "overseas": "yes", "country": "DE", "field": "quantum", "pitch": "Thermometers that read 10 mK without heating the sample.",
        "team": "Two physicists and an electronics engineer.", "needs": "Entity, work permit, a laboratory with helium."}),
    ("Kestrelbay Robotics", "Daniel Okereke", {
        "overseas": "yes", "country": "GB", "field": "humanoid_robots", "pitch": "Tactile skin for hands of humanoid robots.",
        "team": "A materials scientist and two roboticists.", "needs": "Entity, bank account, a first customer in assembly."}),
)
_ENTITY = "北京隼湾触感科技有限公司"  # what the second of them founds
_PASSPORT = {"name": "FISCHBACH ELENA", "number": "C00X00T00", "country": "DE"}
_SESSIONS = (("公司设立、开户与签证", "Companies, accounts and visas", -7), ("知识产权与数据合规", "Rights and data in China", -3),
             ("场景对接日", "Meeting first customers", 6))  # working days from the end of the story

_COURSE = {"host": "启明芯孵化器", "venture": "北京寄灵科技有限公司", "consent": "是"}
_TRAINEES = (
    ("陆明远", {"background": "industry", "aim": "孵化器技术服务总监", "record": "十二年低温设备研发，带过两条中试线。"}, ("quantum",)),
    ("温知夏", {"background": "investment", "aim": "孵化投资经理", "record": "六年早期硬科技投资，参与投后服务二十余家。"},
     ("quantum", "photonics")),
)


def courses(at: dt.datetime) -> list[Course]:
    """Both stories up to noon of the day before ``at``, by the verbs that people press; they follow :func:`rounds.courses`."""
    end = period.noon(period.day(at) - _DAY)
    return [_camp(end - 63 * _DAY, end), _course(end - 88 * _DAY, end)]


def _round(
    kind: str, title: str, opens: dt.datetime, drafts: Sequence[_Draft],
) -> Generator[dt.datetime, None, tuple[list[Application], dt.datetime]]:
    """A round in which everybody is awarded, and the moment it was concluded: once the public notice is over."""
    call = published(kind, title, opens, 20, places=len(drafts))
    yield (now := opens + 15 * _DAY)
    rows = [submitted(written(call, who, answers, who.name, now - 3 * _DAY, lead=lead), now) for who, lead, answers in drafts]
    yield (now := opens + 22 * _DAY)
    experts = Party.objects.filter(ties_in__kind=TieKind.EMPLOYS, ties_in__office="expert").exclude(urn=PLAYERS["expert"].urn)
    drawn(call, rows, experts.order_by("pk"), now)
    yield (now := opens + 30 * _DAY)
    scored(call, now)
    decided(rows, len(rows), now)
    notice = decisions.announce(call=call, by=_OFFICER, at=now)
    yield (now := period.noon(notice.last + _DAY))
    decisions.conclude(call=call, by=_OFFICER, at=now)
    return rows, now


def _camp(opens: dt.datetime, end: dt.datetime) -> Course:
    """Two projects come: the permit of one is overdue, the other has landed at the cast's incubator, provisionally."""
    yield opens
    drafts = [_from_abroad(*each, opens) for each in _TEAMS]
    rows, now = yield from _round("cross_border_camp", "2026 年跨境创业营 Cross-border Camp 2026", opens, drafts)
    desks = {step: cast_house(key) for step, (key, _office) in _DESKS.items()}
    camp = camps.set_up(call=rows[0].call, host=cast_house("incubator"), desks=desks, by=_OFFICER, at=now)
    waiting, landing = (cases.award(application=row.urn, by=_OFFICER, at=now) for row in rows)
    yield (now := now + 2 * _DAY)
    _helped(waiting, now)
    for title, english, days in _SESSIONS:
        starts = dt.datetime.combine(period.add_working_days(period.day(end), days), dt.time(9, 30), period.SHANGHAI)
        camps.add_session(camp=camp, planned=camps.Planned(title, english, starts, place="启明芯一层报告厅"), by=_OPERATOR, at=now)
    yield (now := end - 15 * _DAY)
    for step in _DONE:
        _answered(landing, step, now)
    yield (now := end - 8 * _DAY)
    for case in (waiting, landing):
        for side, by in (("project", case.person.urn), ("host", _OPERATOR)):
            camps.attend(case=case, session=camp.sessions.get(number=1), side=side, by=by, at=now)
    code = names.code(random.Random(_ENTITY), "110108")  # noqa: S311 - invention, not a secret
    entity = organisations.register(sort="venture", name=_ENTITY, code=code, district="110108", by=_OFFICER, at=now, grade=Grade.REGISTRY)
    ties.attest(kind=TieKind.EMPLOYS, source=entity, target=landing.person, office="founder", by=_OFFICER, at=now)
    cases.land(case=landing, entity=entity, host=cast_house("incubator"), on=period.day(now), by=_OFFICER, at=now)


def _from_abroad(name: str, leader: str, answers: dict[str, str], at: dt.datetime) -> _Draft:
    project = organisations.register(sort="project", name=name, by=_OFFICER, at=at)
    founder = people.enter(name=leader, by=_OFFICER, at=at)
    ties.attest(kind=TieKind.EMPLOYS, source=project, target=founder, office="founder", by=_OFFICER, at=at)
    return project, founder, answers | {"arrives": (period.day(at) + 45 * _DAY).isoformat()}


def _helped(case: LandingCase, at: dt.datetime) -> None:
    """The steward looks after it and holds the passport data; two desks wait for papers, and the permit is taken on and no more."""
    cases.own(case=case, owner=player("steward"), by=_OFFICER, at=at)
    passports.keep(case=case, said=_PASSPORT | {"expires": (period.day(at) + 1500 * _DAY).isoformat()}, by=case.person.urn, at=at)
    _answered(case, "space", at)
    for step in ("registration", "bank_account", "permit"):
        ask = _taken(case, step, at)
        if step != "permit":
            asks.wait(ask=ask, on=case.person_id, text="请补充公证认证后的董事身份文件", by=ask.owner.urn, at=at)


def _taken(case: LandingCase, step: str, at: dt.datetime) -> Ask:
    desk = player(_DESKS[step][1])
    return asks.own(ask=Ask.objects.get(about=case.urn, kind=step), owner=desk.pk, by=desk.urn, at=at)


def _answered(case: LandingCase, step: str, at: dt.datetime) -> None:
    ask = _taken(case, step, at)
    asks.answer(ask=ask, answer="solved", text=_DONE[step], by=ask.owner.urn, at=at)
    asks.confirm(ask=ask, by=case.person.urn, at=at)


def _course(opens: dt.datetime, end: dt.datetime) -> Course:
    """Two people join the pool: one is certified and hired by the cast's incubator, one trains at the cast's venture today."""
    yield opens
    told: dict[str, Any] = {"by": _OFFICER, "at": opens, "grade": Grade.REGISTRY}
    free = {"starts": period.day(end - 40 * _DAY).isoformat()}
    drafts = [(person := people.enter(name=name, **told), person, _COURSE | free | answers) for name, answers, _fields in _TRAINEES]
    rows, now = yield from _round("talent_course", "2026 年孵化人才实训", opens, drafts)
    first, second = (_joined(row, fields, now) for row, (_name, _answers, fields) in zip(rows, _TRAINEES, strict=True))
    done = _trained(first, period.day(end) - 19 * _DAY, now)
    yield (now := end - 20 * _DAY)
    _certified(done, now)
    yield (now := end - 14 * _DAY)
    _hired(first, now)
    under_way = _trained(second, period.day(end) + 76 * _DAY, now)
    yield (now := end - 10 * _DAY)
    for each in under_way.readables.select_related("consent"):
        consents.open(each.consent, person=second.person, by=second.person.urn, at=now)
    yield (now := end - 7 * _DAY)
    row = vacancies.post(house=cast_house("incubator"), post="孵化投资经理", fields=("quantum", "photonics"), count=2,
                         by=_OPERATOR, at=now, starts=period.day(end) + 90 * _DAY, text="负责量子与光电子方向的项目筛选和投后服务。")
    vacancies.show_interest(vacancy=row, talent=second, share=True, by=second.person.urn, at=now)


def _joined(award: Application, fields: tuple[str, ...], at: dt.datetime) -> Talent:
    row = talents.join(application=award, by=award.applicant.urn, at=at)
    said = {"record": row.record, "fields": fields, "aim": row.aim, "starts": row.starts}
    return talents.tell(talent=row, said=said, by=award.applicant.urn, at=at)


def _trained(talent: Talent, ends: dt.date, at: dt.datetime) -> Practicum:
    """At the cast's venture, with the cast's operator as tutor; the founder opens the firm's facts and one document until it ends."""
    venture = cast_house("venture")
    row = practicums.assign(talent=talent, venture=venture, host=cast_house("incubator"), tutor=player("operator"),
                            aim="跟随一家量子企业走完一轮产品定义", starts=period.day(at), ends=ends, by=_OPERATOR, at=at)
    document = documents.keep(papers.text("放大芯片测试方法", venture.name, period.day(at)), media_type="text/plain", by=_FOUNDER, at=at)
    return practicums.consent(practicum=row, all_facts=True, documents=[("放大芯片测试方法.txt", document)], purpose="完成实训报告",
                              expires=ends, by=_FOUNDER, at=at)


def _certified(row: Practicum, at: dt.datetime) -> None:
    """The report is in, venture and tutor pass it, and the city issues the credential; its holder lets the name be seen."""
    person = row.talent.person
    report = documents.keep(papers.text("实训报告", person.name, period.day(at)), media_type="text/plain", by=person.urn, at=at)
    practicums.report(practicum=row, document=report, by=person.urn, at=at)
    for side, office, note in (("venture", "founder", "懂工艺，也听得懂科学家在说什么"), ("tutor", "operator", "流程熟，服务意识强")):
        judge = player(office)
        judgements.judge(practicum=row, side=side, person=judge, result="passed", lacking=(), note=note, by=judge.urn, at=at)
    credential = credentials.issue(practicum=row, issuer=cast_house("city"), by=_OFFICER, at=at)
    credentials.show_name(credential=credential, shown=True, by=person.urn, at=at)


def _hired(talent: Talent, at: dt.datetime) -> None:
    """The person opens their record to the cast's incubator, which hires them; the tie is confirmed and the twelve months run."""
    house, person = cast_house("incubator"), talent.person
    talents.share(talent=talent, house=house, by=person.urn, at=at)
    row = placements.hire(talent=talent, house=house, post="技术服务总监", since=period.day(at), by=_OPERATOR, at=at)
    ties.confirm(row.tie, side=person, by=person.urn, at=at)
    placements.begin(house=house.urn, person=person.urn, by=person.urn, at=at)
