"""Incubators led up, and a gold mentor: appraisals, plans with a coach, a warning; an award, hours, sessions, a briefing card."""

from __future__ import annotations

import datetime as dt
from collections.abc import Generator
from decimal import Decimal

from fuhua.config.demo import exchange, papers, rounds
from fuhua.config.demo.exchange import Posting
from fuhua.config.demo.rounds import FIRST, Course, cast_house, lead_of, player
from fuhua.evidence.actions import documents
from fuhua.exchange.actions import advice, briefings, mentoring, reservations, resources
from fuhua.exchange.actions.holding import Booking
from fuhua.exchange.kinds.charging import Rate
from fuhua.exchange.models import Reservation, Resource
from fuhua.journey.actions import mentors
from fuhua.kernel import period
from fuhua.kernel import urn as urns
from fuhua.parties.actions import ties
from fuhua.parties.actions.cast import PLAYERS
from fuhua.parties.models import Party
from fuhua.parties.words import TieKind
from fuhua.schemes.actions import applications, appraisals, decisions, uplift_plans, uplift_tasks, uplift_warnings
from fuhua.schemes.models import Appraisal, Uplift, UpliftTask
from fuhua.schemes.queries.agreements import bearers
from fuhua.schemes.queries.uplifts import gaps

_OFFICER, _EXPERT, _FOUNDER, _OPERATOR = (PLAYERS[office].urn for office in ("city_officer", "expert", "founder", "operator"))
_TRADITIONAL = tuple(urns.of("incubator", f"demo-incubator-{index}") for index in (57, 58, 59))  # in reserve, never coached before
_TASKS = {
    "staff": "招聘技术经理和投资经理，专职人员增至 10 人", "mentors": "聘请产业导师，按赛道分组辅导",
    "tenants": "清退虚拟入驻，引入硬科技团队", "hatched": "与辅导方共建高企培育服务",
    "area": "三层改造为共享实验室", "invested": "设立种子资金，投资在孵企业 3 家", "earned": "概念验证和小试服务开始收费"}
_MENTOR = {
    "scope": "低温芯片工艺与测试，从原理样片走到小批量", "fields": ["quantum"], "hours": "8", "disclosed": "是",
    "cases": "辅导两家设计企业完成首次流片，其中一家次年取得订单。"}
_MANAGER = {
    "scope": "硬科技企业落地选址与中试爬坡", "hours": "6", "disclosed": "是", "cases": "协助六家企业完成中试线搭建与验收。"}
_HOURS = Posting("expert", "mentor_hours", "低温芯片工艺与测试导师时间", "一次一小时，请先用背景卡写清卡在哪一步。",
                 {"topics": "技术路线、产品", "domain": "半导体", "languages": "中文、英文", "mode": "线上、面谈", "hours": "2",
                  "price": "0", "background": "从事毫开温区器件测试二十年", "conflicts": "无"})


def courses(at: dt.datetime) -> list[Course]:
    """Everything up to noon of the day before ``at``, by the verbs that people press; they follow :func:`rounds.courses`."""
    at = period.noon(period.day(at) - dt.timedelta(days=1))
    ties.attest(kind=TieKind.RESIDES, source=cast_house("venture"), target=cast_house("incubator"), by=_OFFICER, at=period.noon(FIRST))
    lifted, warned, opened = (Party.objects.get(urn=each) for each in _TRADITIONAL)
    return [_lifted(lifted, at), _warned(warned, at), _opened(opened, at), _mentored(at)]


def _ago(at: dt.datetime, days: int) -> dt.datetime:
    """So many days before ``at``, yet not before the rounds began."""
    return max(period.noon(FIRST), at - dt.timedelta(days=days))


def _document(name: str, house: Party, by: str, at: dt.datetime) -> str:
    return documents.keep(papers.text(name, house.name, period.day(at)), media_type="text/plain", by=by, at=at)


def _begun(house: Party, at: dt.datetime) -> Appraisal:
    lead_of(house, at)  # whoever leads it is on record, and so is its staff
    return appraisals.open_appraisal(incubator=house, assessor=player("expert"), issuer=cast_house("city"), by=_OFFICER, at=at)


def _contested(row: Appraisal, own: int, at: dt.datetime) -> None:
    """The payroll shows more people than the register has ties of employment."""
    appraisals.state_line(appraisal=row, code="staff", own=Decimal(own), reason="wrong_amount", note="以在职人员社保清单为准",
                          evidence=_document("在职人员社保清单", row.incubator, _EXPERT, at), by=_EXPERT, at=at)


def _coached(house: Party, opens: dt.datetime, own: tuple[int, int, int], due: dt.date, apart: int) -> Generator[dt.datetime, None, Uplift]:
    """Appraised with its ``own`` staff, investments and income; every gap is a task, due ``apart`` days after another; both agree."""
    yield opens
    row, lead = _begun(house, opens), lead_of(house, opens)
    yield (now := opens + dt.timedelta(days=6))
    _contested(row, own[0], now)
    for code, value, name in zip(("invested", "earned"), own[1:], ("投资协议及付款凭证", "审计报告收入明细"), strict=True):
        proof = _document(name, house, _EXPERT, now)
        appraisals.state_line(appraisal=row, code=code, own=Decimal(value), evidence=proof, by=_EXPERT, at=now)
    appraisals.conclude(appraisal=row, text="有运营基础；缺专职技术人员，收入仍以租金为主。", by=_EXPERT, at=now)
    yield (now := opens + dt.timedelta(days=9))
    plan = uplift_plans.draft(appraisal=row, state_owned=apart > 0, by=_OFFICER, at=now)
    for place, line in enumerate(gaps(row)):
        uplift_plans.add_task(plan=plan, line=line.code, title=_TASKS[line.code], owner=lead, due=due + dt.timedelta(days=apart * place),
                              by=_OFFICER, at=now)
    uplift_plans.propose(plan=plan, coach=cast_house("incubator"), by=_OFFICER, at=now)
    yield (now := opens + dt.timedelta(days=14))
    for role, person in (("coach", player("operator")), ("coached", lead)):
        plan = uplift_plans.accept(plan=plan, role=role, person=person, by=person.urn, at=now)
    return plan


def _reported(task: UpliftTask, at: dt.datetime) -> None:
    owner, house = task.owner.urn, task.uplift.incubator
    proof = _document(task.title, house, owner, at)
    uplift_tasks.report(task=task, text="已按方案完成，材料见附件。", document=proof, by=owner, at=at)


def _lifted(house: Party, at: dt.datetime) -> Course:
    """A state-owned incubator that is on its way: of its tasks one is confirmed, one was sent back, one waits for the coach."""
    plan = yield from _coached(house, _ago(at, 215), (5, 120, 12), period.day(at) - dt.timedelta(days=15), 15)
    first, second, third = plan.tasks.order_by("number")[:3]
    yield (now := at - dt.timedelta(days=60))
    board = _document("董事会决议", house, first.owner.urn, now)
    uplift_plans.approve(plan=plan, code="plan", done_on=period.day(now), document=board, by=first.owner.urn, at=now)
    yield (now := at - dt.timedelta(days=40))
    _reported(first, now)
    yield (now := at - dt.timedelta(days=33))
    uplift_tasks.confirm(task=first, by=_OPERATOR, at=now)
    yield (now := at - dt.timedelta(days=20))
    _reported(third, now)
    yield (now := at - dt.timedelta(days=18))
    uplift_tasks.send_back(task=third, text="名单里还有三家没有实际办公，请核对后再报", by=_OPERATOR, at=now)
    yield (now := at - dt.timedelta(days=3))
    _reported(second, now)


def _warned(house: Party, at: dt.datetime) -> Course:
    """One that agreed to a plan and then let two quarters go by: warned on the day after the second, if that has come."""
    opens = _ago(at, 230)
    due, missed = period.quarter_ends(period.day(opens) + dt.timedelta(days=30), period.add_months(period.day(opens), 9))[:2]
    yield from _coached(house, opens, (3, 40, 8), due, 0)
    if (now := period.noon(missed + dt.timedelta(days=1))) <= at:
        yield now
        uplift_warnings.warn_missed(at=now)


def _opened(house: Party, at: dt.datetime) -> Course:
    """An appraisal that lies with the cast's expert: one line is contested, the lines without a source wait for evidence."""
    yield (now := at - dt.timedelta(days=5))
    row = _begun(house, now)
    yield (now := at - dt.timedelta(days=1))
    _contested(row, 4, now)


def _mentored(at: dt.datetime) -> Course:
    """The cast's expert is awarded, opens hours, and has coached the cast's founder twice; the second time waits for the founder's word."""
    yield (opens := at - dt.timedelta(days=150))
    call = rounds.published("gold_mentor", "2026 年金牌导师遴选", opens, 20)
    yield (now := opens + dt.timedelta(days=12))
    rows = [rounds.written(call, person, answers, person.name, now)
            for person, answers in ((player("expert"), _MENTOR), (player("park_manager"), _MANAGER))]
    rows = [applications.submit(application=row, by=row.lead.urn, at=now) for row in rows]
    yield (now := opens + dt.timedelta(days=22))
    rounds.drawn(call, rows, list(bearers("expert").exclude(urn=_EXPERT).order_by("pk")), now)
    yield (now := opens + dt.timedelta(days=32))
    rounds.scored(call, now)
    rounds.decided(rows, 1, now)
    decisions.announce(call=call, by=_OFFICER, at=now)
    yield (now := opens + dt.timedelta(days=47))
    decisions.conclude(call=call, by=_OFFICER, at=now)
    mentors.awarded(application=rows[0].urn, by=_OFFICER, at=now)
    yield at - dt.timedelta(days=60)
    hours = _hours(at - dt.timedelta(days=60))
    yield from _confirmed(hours, at)
    yield (now := at - dt.timedelta(days=9))
    slot = _booked(hours, -2, at, now)
    yield (now := slot.end + dt.timedelta(hours=7))
    mentoring.tell(reservation=slot, side="mentor", person=player("expert").pk, by=_EXPERT, at=now)
    yield at
    mentoring.ask_due(at=at)
    card = "样片在 4 K 下正常，10 mK 时噪声温度偏高一倍；想请您看封装散热还是偏置电路先查。"
    briefings.brief(reservation=_booked(hours, 7, at, at), text=card, until=period.day(at) + dt.timedelta(days=21), by=_FOUNDER, at=at)


def _hours(at: dt.datetime) -> Resource:
    row = resources.set_up(offer=exchange.post("offer", _HOURS, at), by=_EXPERT, at=at, qualify=False, shortest=60, longest=120, horizon=28)
    resources.set_hours(resource=row, hours=exchange.OFFICE_HOURS, by=_EXPERT, at=at)
    resources.set_prices(resource=row, prices={"all": Rate(0)}, by=_EXPERT, at=at)
    return resources.publish_calendar(resource=row, by=_EXPERT, at=at)


def _booked(hours: Resource, ahead: int, at: dt.datetime, now: dt.datetime) -> Reservation:
    """The founder books ten to eleven of the last weekday up to ``ahead`` days after ``at``."""
    days = (period.day(at) + dt.timedelta(days=ahead - back) for back in range(3))
    start = dt.datetime.combine(next(day for day in days if day.weekday() < 5), dt.time(10), period.SHANGHAI)
    wish = Booking(start=start, end=start + dt.timedelta(hours=1), organisation=cast_house("venture"), person=player("founder").pk)
    return reservations.book(resource=hours, wish=wish, by=_FOUNDER, at=now)


def _confirmed(hours: Resource, at: dt.datetime) -> Course:
    """Both say that it took place; advice and two actions are written down, and the title is active."""
    yield (now := at - dt.timedelta(days=45))
    slot = _booked(hours, -36, at, now)
    yield (now := slot.end + dt.timedelta(hours=7))
    row = mentoring.tell(reservation=slot, side="venture", person=player("founder").pk, by=_FOUNDER, at=now)
    yield (now := now + dt.timedelta(hours=2))
    row = mentoring.confirm(session=row, side="mentor", person=player("expert").pk, by=_EXPERT, at=now)
    said = "先做一次多项目晶圆流片，用两组偏置结构把噪声来源分开，再改版图。"
    advice.advise(session=row, person=player("expert").pk, text=said, by=_EXPERT, at=now)
    for owner, text in (("venture", "整理三组噪声温度数据，标明封装批次"), ("mentor", "介绍一家可做低温封装的中试线")):
        mentoring.agree(session=row, owner=owner, text=text, due=row.held_on + dt.timedelta(days=28), by=_EXPERT, at=now)
    mentors.keep_titles(at=now)
