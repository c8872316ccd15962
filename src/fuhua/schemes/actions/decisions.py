"""Decisions on reviewed applications, their public notice (公示), and the end of a call."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import F
from django.urls import reverse

from fuhua.desk.actions import clocks, notices
from fuhua.desk.actions.asks import numbered
from fuhua.evidence.actions import papers
from fuhua.evidence.actions.facts import record, record_many
from fuhua.evidence.facts import BadFact
from fuhua.evidence.words import Grade
from fuhua.kernel import period
from fuhua.kernel.ui import formats
from fuhua.kernel.words import t
from fuhua.schemes.actions import gold_seeds
from fuhua.schemes.actions.calls import DECIDE, held
from fuhua.schemes.facts.review import ApplicationAwarded, ApplicationDecided, CallConcluded, DecisionsAnnounced
from fuhua.schemes.flow import APPLICATION, CALL
from fuhua.schemes.models import Announcement, Application, Call, Decision, Objection, Review
from fuhua.schemes.queries.panels import STANDING, last_round
from fuhua.schemes.queries.printed import notice
from fuhua.schemes.queries.ranking import announced, promised
from fuhua.schemes.queries.rounds import clocks_of, office_of, panel_of
from fuhua.schemes.words import RESULTS

VERBS = {"award": "propose", "reserve": "reserve", "reject": "reject"}
_AFTER = {"award": "proposed", "reserve": "reserve", "reject": "rejected"}


class BadDecision(BadFact):
    """It cannot be decided, announced or concluded like this; ``text`` says how to mend it."""


@transaction.atomic
def decide(
    *, application: Application, result: str, why: str, person: int, by: str, at: dt.datetime, city: int = 0, district: int = 0,
) -> Decision:
    """Decide ``result`` (``words.RESULTS``) by the officer ``person`` (party id); an award gives fen of city and district.

    Scores must be revealed; awards stay within the call's budget and places. Decided again, the former decision is replaced and the
    notice begins anew. Raises :class:`BadDecision`.
    """
    call = held(application.call)
    row = Application.objects.select_for_update().get(pk=application.pk)
    if result not in RESULTS or not why.strip():
        raise BadDecision(t("请选择结果并写明理由", "choose a result and say why"))
    if call.state not in ("reviewing", "decided", "announced"):
        CALL.after(call.state, "decide")
    if row.state != _AFTER[result]:
        row.state = APPLICATION.after(row.state, VERBS[result])
    _require(call, row, person)
    if result != "award":
        city = district = 0
    _require_money(call, row, result, city, district)
    row.save(update_fields=["state"])
    found, _new = Decision.objects.update_or_create(application=row, defaults={
        "result": result, "city": city, "district": district, "why": why.strip(), "person_id": person, "at": at})
    _move(call, at)
    record(ApplicationDecided(subject=row.urn, call=call.urn, result=result, city_amount=city, district_amount=district), by=by, at=at,
           grade=Grade.SYSTEM)
    return found


def _move(call: Call, at: dt.datetime) -> None:
    """The call is decided when nothing is left under review; a decision during the notice calls for another notice."""
    left = call.applications.filter(state__in=["eligible", "in_review"]).exists()
    if call.state != "decided" and (call.state == "announced" or not left):
        call.state = CALL.after(call.state, "decide")
        call.save(update_fields=["state"])
    if call.state == "decided":
        clocks.stop(about=call.urn, name=DECIDE, at=at)


def _require(call: Call, row: Application, person: int) -> None:
    if row.barred.filter(person=person).exists():
        raise BadDecision(t("您已回避该申报，不能作决定", "you are barred from it and decide nothing about it"))
    stand = Review.objects.filter(application=row, round=last_round(row), state__in=STANDING)
    if stand.filter(revealed_at=None).exists() or stand.count() < panel_of(call).coverage:
        raise BadDecision(t("评审尚未全部完成，启封后才能决定", "its reviews are not all in; it is decided once the scores are revealed"))


def _require_money(call: Call, row: Application, result: str, city: int, district: int) -> None:
    if result != "award":
        return
    if city < 0 or district < 0:
        raise BadDecision(t("金额不能为负", "an amount cannot be negative"))
    former = Decision.objects.filter(application=row, result="award", application__state="proposed").first()
    spent, places = promised(call)
    spent, places = spent - (former.city if former else 0), places - bool(former)
    if call.budget is not None and spent + city > call.budget:
        raise BadDecision(t("超出本次预算：尚余 {left}", "more than the call’s budget: {left} are left")
                          .format(left=formats.yuan(call.budget - spent)))
    if call.places is not None and places >= call.places:
        raise BadDecision(t("名额（{n} 个）已满，可列为候补", "all {n} places are taken; hold it in reserve").format(n=call.places))
    letter = getattr(row, "recommendation", None)
    if letter is not None and district > letter.matched:
        raise BadDecision(t("超出区里承诺的配套：{matched}", "more than the district committed: {matched}")
                          .format(matched=formats.yuan(letter.matched)))


@transaction.atomic
def announce(*, call: Call, by: str, at: dt.datetime) -> Announcement:
    """Put the decisions on public notice, numbered, for the call's working days from the day after; a former notice is superseded."""
    row = held(call)
    row.state = CALL.after(row.state, "announce")
    if row.applications.filter(state__in=["eligible", "in_review"]).exists():
        raise BadDecision(t("仍有申报未决定，不能公示", "some applications are not decided yet"))
    today = period.day(at)
    found = Announcement.objects.create(
        call=row, number=numbered("BJ-GS", "schemes.notice", at, digits=3), first=today,
        last=period.add_working_days(today, clocks_of(row).announce), at=at)
    decided = announced(found)
    found.document = papers.kept(papers.pdf_of("schemes/announcement.typ", notice(found, decided), at=at), by=by, at=at)
    found.save(update_fields=["document"])
    row.save(update_fields=["state"])
    notices.settle(about=row.urn, at=at)
    clocks.stop(about=row.urn, name="announce", at=at)
    clocks.start(about=row.urn, name="announce", title=row.title, url=reverse("schemes:ranking", kwargs={"pk": row.pk}), at=at,
                 due=period.add_working_days(found.last, 3), to=row.issuer_id, office=office_of(row), answers_for=row.issuer_id)
    _tell_applicants(row, at)
    record(DecisionsAnnounced(subject=row.urn, first=found.first, last=found.last, awards=sum(each.result == "award" for each in decided)),
           by=by, at=at, grade=Grade.SYSTEM, documents=[found.document])
    return found


def _tell_applicants(call: Call, at: dt.datetime) -> None:
    for each in call.applications.filter(state__in=_AFTER.values()).order_by("pk"):
        notices.news(about=each.urn, title=call.title, url=reverse("schemes:result", kwargs={"pk": each.pk}), at=at, to=each.applicant_id)


@transaction.atomic
def conclude(*, call: Call, by: str, at: dt.datetime) -> Call:
    """The notice is over and every objection answered: what was proposed is awarded, and gold seeds are listed.

    Raises :class:`BadDecision` before that.
    """
    row = held(call)
    row.state = CALL.after(row.state, "conclude")
    last: Any = row.announcements.order_by("-pk").first()
    if last is None or period.day(at) <= last.last:
        raise BadDecision(t("公示期尚未结束（至 {day}）", "the notice is not over (until {day})").format(day=last.last if last else ""))
    if Objection.objects.filter(application__call=row, state__in=["raised", "heard"]).exists():
        raise BadDecision(t("仍有异议未答复", "an objection is not answered yet"))
    if row.applications.filter(state="in_review").exists():
        raise BadDecision(t("仍有申报在复审中", "an application is under review again"))
    if Objection.objects.filter(application__call=row, state="upheld", answered_at__gte=F("application__decision__at")).exists():
        raise BadDecision(t("异议成立后须重新决定并公示", "an objection was upheld: decide anew and announce it"))
    awarded = list(row.applications.select_for_update(of=("self",)).filter(state="proposed").select_related("applicant", "decision"))
    for each in awarded:
        each.state = APPLICATION.after(each.state, "award")
        each.save(update_fields=["state"])
    Announcement.objects.filter(pk=last.pk).update(concluded_at=at)
    row.save(update_fields=["state"])
    clocks.stop(about=row.urn, name="announce", at=at)
    record_many([(ApplicationAwarded(subject=each.urn, call=row.urn, applicant=each.applicant.urn, sort=row.kind,
                                     city_amount=each.decision.city, district_amount=each.decision.district,
                                     field=each.values.get("field") or ""), period.day(at))
                 for each in awarded],
                by=by, at=at, grade=Grade.SYSTEM)
    for each in awarded if row.kind == gold_seeds.KIND else ():
        each.call = row
        gold_seeds.list_awarded(application=each, by=by, at=at)
    record(CallConcluded(subject=row.urn, awards=len(awarded)), by=by, at=at, grade=Grade.SYSTEM)
    return row
