"""What goes on around the demo's plan: annual tasks, some late; an ask on somebody's desk; a meeting; frozen quarters."""

from __future__ import annotations

import datetime as dt

from fuhua.kernel import period
from fuhua.parties.actions.cast import ORGANISATIONS, PLAYERS
from fuhua.parties.models import Party
from fuhua.plan.actions import blockers, freezes, meetings, tasks
from fuhua.plan.actions.tasks import Linked
from fuhua.plan.models import Edition, Task

# (measure, title, lead, indicator it rests on, working days from today until due: negative is late)
TASKS = (
    (1, "新签约标杆孵化器协议，完成年度检查", "city", "I1", 40),
    (2, "完成传统孵化器对标诊断和结对辅导", "city", "I2", 25),
    (4, "未来产业孵化器入库条件年度复核", "city", "I5", -12),
    (8, "专业技术平台共享使用计量接入", "city", "I3", 30),
    (16, "新增早期基金实缴到位核对", "finance", "I4", -4),
    (20, "离岸孵化器双向流量核实", "city", "I6", 6),
    (21, "海外项目落地六个月活跃度核查", "city", "I7", 18),
    (23, "接力孵化落地项目回访", "haidian", "I10", 60),
    (25, "区级配套资金拨付到位", "haidian", "", -9),
    (24, "季度调度会材料汇总", "city", "", 3),
)


def busy(edition: Edition, *, at: dt.datetime) -> None:
    """Issue this year's tasks, ask about the exceptions only, raise a blocker, call a meeting, freeze past quarters."""
    today = period.day(at)
    officer, coordinator = _party("city_officer"), _party("coordinator")
    issued = [_issue(edition, line, today, at) for line in TASKS]
    for day in period.quarter_ends(dt.date(2023, 1, 1), dt.date(2025, 12, 31)):
        freezes.freeze(edition=edition, day=day, person=officer.pk, by=officer.urn, at=at)
    tasks.explain_exceptions(edition=edition, asker=coordinator.pk, by=coordinator.urn, at=at)
    stuck = issued[8]
    blocker = blockers.raise_blocker(task=stuck, code="no_budget", text="区级配套资金尚未列入本年度预算，需要市级协调",
                                     person=_party("district_officer").pk, by=PLAYERS["district_officer"].urn, at=at)
    meeting = meetings.call(edition=edition, title="标杆孵化器建设调度会", day=period.add_working_days(today, 5), chair=coordinator.pk,
                            by=coordinator.urn, at=at, place="市科委 302 会议室")
    blockers.escalate(blocker=blocker, meeting=meeting, by=officer.urn, at=at)


def _issue(edition: Edition, line: tuple[int, str, str, str, int], today: dt.date, at: dt.datetime) -> Task:
    measure, title, lead, indicator, days = line
    verifier = "steering" if lead == "city" else "city"
    links = [Linked(indicator=indicator)] if indicator else []
    return tasks.issue(
        edition=edition, title=title, lead=_organisation(lead).pk, verifier=_organisation(verifier).pk,
        due=period.add_working_days(today, days), year=today.year, by=PLAYERS["coordinator"].urn, at=at,
        measure=edition.measures.get(no=measure), links=links,
    )


def _party(office: str) -> Party:
    return Party.objects.get(urn=PLAYERS[office].urn)


def _organisation(key: str) -> Party:
    return Party.objects.get(urn=ORGANISATIONS[key].urn)
