"""A cross-border camp: who hosts it, whom it asks for each step of landing, its sessions, who came, and who completed it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max

from fuhua.evidence.actions.facts import record
from fuhua.evidence.facts import BadFact
from fuhua.evidence.words import Grade
from fuhua.journey.actions.case_rows import held
from fuhua.journey.facts import landing_cases as facts
from fuhua.journey.models import Attendance, Camp, CampDesk, CampSession, LandingCase
from fuhua.journey.words import LIVE, SIDES, STEPS
from fuhua.kernel import period
from fuhua.kernel.words import t
from fuhua.parties.models import Party
from fuhua.schemes.models import Call

_HOSTS = ("incubator", "park", "university")


class BadCamp(BadFact):
    """The camp, its session or an attendance cannot be so; ``text`` says how to mend it."""


@dataclass(frozen=True)
class Planned:
    """A session as its host plans it, in both languages; ``place`` or ``link`` says where."""

    title: str
    english: str
    starts: dt.datetime
    place: str = ""
    link: str = ""


@transaction.atomic
def set_up(*, call: Call, host: Party, desks: Mapping[str, Party], by: str, at: dt.datetime) -> Camp:
    """Say who hosts the camp of the call and who is asked for which step of ``words.STEPS``; said again, it holds for later cases."""
    if call.kind != "cross_border_camp" or host.sort not in _HOSTS:
        raise BadCamp(t("创业营由孵化器、园区或高校承办", "a camp is hosted by an incubator, a park or a university"))
    if unknown := set(desks) - set(STEPS):
        raise BadCamp(t("没有这些环节：{steps}", "there are no such steps: {steps}").format(steps=", ".join(sorted(unknown))))
    camp, _new = Camp.objects.update_or_create(call=call, defaults={"host": host})
    camp.desks.all().delete()
    CampDesk.objects.bulk_create([CampDesk(camp=camp, step=step, organisation=each) for step, each in desks.items()])
    LandingCase.objects.filter(application__call=call, host=None, state="open").update(host=host)
    record(facts.CampSet(subject=call.urn, host=host.urn), by=by, at=at, grade=Grade.SYSTEM)
    return camp


@transaction.atomic
def add_session(*, camp: Camp, planned: Planned, by: str, at: dt.datetime, host: Party | None = None) -> CampSession:
    """Put a session on the curriculum, held by ``host`` (default: the camp's)."""
    if not planned.title.strip() or not planned.english.strip():
        raise BadCamp(t("请用中英文填写课程名称", "name the session in Chinese and in English"))
    if not (planned.place.strip() or planned.link):
        raise BadCamp(t("请填写地点或线上链接", "say where it is, or give a link"))
    row = Camp.objects.select_for_update(of=("self",)).select_related("call", "host").get(pk=camp.pk)
    number = (row.sessions.aggregate(last=Max("number"))["last"] or 0) + 1
    found = CampSession.objects.create(camp=row, number=number, title=planned.title.strip(), english=planned.english.strip(),
                                       starts=planned.starts, place=planned.place.strip(), link=planned.link, host=host or row.host)
    record(facts.SessionSet(subject=row.call.urn, number=number, day=period.day(planned.starts)), by=by, at=at, grade=Grade.SYSTEM)
    return found


@transaction.atomic
def drop_session(*, session: CampSession, by: str, at: dt.datetime) -> None:
    """Take a session off the curriculum; refused once somebody came."""
    row = CampSession.objects.select_for_update(of=("self",)).select_related("camp__call").get(pk=session.pk)
    if row.attendances.exists():
        raise BadCamp(t("已有出席记录，不能取消", "somebody came to it; it cannot be dropped"))
    row.delete()
    record(facts.SessionDropped(subject=row.camp.call.urn, number=row.number), by=by, at=at, grade=Grade.SYSTEM)


@transaction.atomic
def attend(*, case: LandingCase, session: CampSession, side: str, by: str, at: dt.datetime) -> Attendance:
    """One ``side`` (``words.SIDES``) says that the case came to the session; said twice it is said once. Raises :class:`BadCamp`."""
    row = held(case)
    if side not in SIDES:
        raise BadCamp(t("请选择由哪一方确认", "say which side confirms it"))
    if session.camp.call_id != row.application.call_id or row.state not in LIVE:
        raise BadCamp(t("该团队不在本期创业营中", "they are not in this camp"))
    if session.starts > at:
        raise BadCamp(t("课程尚未开始", "the session has not begun yet"))
    said = f"{side}_at"
    found, new = Attendance.objects.get_or_create(case=row, session=session, defaults={said: at})
    if not new and getattr(found, said) is not None:
        return found
    setattr(found, said, at)
    found.save(update_fields=[said])
    record(facts.SessionAttended(subject=row.urn, number=session.number, side=side), by=by, at=at,
           grade=Grade.COUNTERPART if found.project_at and found.host_at else Grade.DECLARED)
    return found


@transaction.atomic
def complete(*, case: LandingCase, by: str, at: dt.datetime) -> LandingCase:
    """The case completed its camp: both sides have confirmed every session. Raises :class:`BadCamp`."""
    row = held(case)
    if row.completed_at is not None:
        raise BadCamp(t("已登记完成", "that is on record already"))
    sessions = CampSession.objects.filter(camp__call=row.application.call_id).count()
    both = row.attendances.exclude(project_at=None).exclude(host_at=None).count()
    if not sessions or both < sessions:
        raise BadCamp(t("双方确认的课程 {both}/{all}，全部确认后才能登记完成",
                        "both sides confirmed {both} of {all} sessions; all of them are needed").format(both=both, all=sessions))
    row.completed_at = at
    row.save(update_fields=["completed_at"])
    record(facts.CampCompleted(subject=row.urn, number=sessions), by=by, at=at, grade=Grade.COUNTERPART)
    return row
