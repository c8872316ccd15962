"""Objections (异议) to announced decisions: raised by anybody, heard, upheld or dismissed with an answer; an appeal gets a new panel."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.urls import reverse

from fuhua.desk.actions import clocks, notices
from fuhua.evidence.actions.facts import record
from fuhua.evidence.facts import BadFact
from fuhua.evidence.words import Grade
from fuhua.kernel import period, urn
from fuhua.kernel.words import t
from fuhua.schemes.actions import reviewers
from fuhua.schemes.actions.calls import held
from fuhua.schemes.facts.review import HearingSet, ObjectionAnswered, ObjectionRaised
from fuhua.schemes.flow import APPLICATION, OBJECTION
from fuhua.schemes.models import Announcement, Application, Objection
from fuhua.schemes.queries.rounds import clocks_of, office_of

_DECIDED = ("proposed", "reserve", "rejected")
_LONG = 4_000


class BadObjection(BadFact):
    """The objection cannot be raised or answered like this; ``text`` says how to mend it."""


@transaction.atomic
def raise_(*, announcement: Announcement, application: Application, person: int, text: str, by: str, at: dt.datetime) -> Objection:
    """The person (party id) objects to what was decided on the application; only the issuer learns who it is.

    One open objection of a person to an application at a time. Raises :class:`BadObjection` outside of the notice.
    """
    call, text = held(announcement.call), text.strip()
    last = call.announcements.order_by("-pk").first()
    if call.state != "announced" or last is None or last.pk != announcement.pk or not last.first <= period.day(at) <= last.last:
        raise BadObjection(t("异议只能在公示期内提出", "objections are raised during the notice only"))
    application = Application.objects.select_for_update().get(pk=application.pk)
    if application.call_id != call.pk or application.state not in _DECIDED:
        raise BadObjection(t("该申报不在本次公示之列", "the notice is not about this application"))
    if not text or len(text) > _LONG:
        raise BadObjection(t("请写明异议的事实和理由（最多 4000 字）", "say what is wrong and why (4,000 characters at most)"))
    if Objection.objects.filter(application=application, person=person, state__in=["raised", "heard"]).exists():
        raise BadObjection(t("您对该申报的异议正在处理，请等待答复", "your objection to it is being handled; wait for the answer"))
    row = Objection.objects.create(urn=urn.new("objection"), announcement=announcement, application=application, person_id=person,
                                   text=text, raised_at=at)
    clocks.start(about=row.urn, name="answer", title=call.title, url=reverse("schemes:objections", kwargs={"pk": call.pk}), at=at,
                 due=period.add_working_days(period.day(at), clocks_of(call).answer), to=call.issuer_id, office=office_of(call),
                 answers_for=call.issuer_id)
    notices.part(about=row.urn, title=call.title, url=reverse("schemes:objections", kwargs={"pk": call.pk}), at=at, to=call.issuer_id)
    record(ObjectionRaised(subject=row.urn, application=application.urn), by=by, at=at, grade=Grade.DECLARED)
    return row


@transaction.atomic
def hear(*, objection: Objection, day: dt.date, by: str, at: dt.datetime) -> Objection:
    """Set the day of a hearing (听证); who objected and the applicant are told."""
    row = _held(objection)
    row.state = OBJECTION.after(row.state, "hear")
    if day < period.day(at):
        raise BadObjection(t("听证日期不能早于今天", "the hearing cannot lie in the past"))
    row.hearing = day
    row.save(update_fields=["state", "hearing"])
    _tell(row, at)
    record(HearingSet(subject=row.urn, day=day), by=by, at=at, grade=Grade.SYSTEM)
    return row


@transaction.atomic
def uphold(*, objection: Objection, answer: str, by: str, at: dt.datetime, appeal: bool = False) -> Objection:
    """The objection is right: the decision has to be taken again, or (``appeal``) a new panel reviews what was not chosen.

    Nobody of the former panels sits on the new one. Raises :class:`BadObjection`, and ``BadDraw`` when nobody is left to review it.
    """
    call = held(objection.application.call)
    row = _answered(objection, "uphold", answer, at)
    if appeal:
        application = Application.objects.select_for_update().get(pk=row.application_id)
        application.state = APPLICATION.after(application.state, "appeal")
        application.save(update_fields=["state"])
        reviewers.assign(call=call, again=application, by=by, at=at)
    _close(row, upheld=True, appeal=appeal, by=by, at=at)
    return row


@transaction.atomic
def dismiss(*, objection: Objection, answer: str, by: str, at: dt.datetime) -> Objection:
    """The objection is answered and changes nothing."""
    held(objection.application.call)
    row = _answered(objection, "dismiss", answer, at)
    _close(row, upheld=False, appeal=False, by=by, at=at)
    return row


def _held(objection: Objection) -> Objection:
    return Objection.objects.select_for_update(of=("self",)).select_related("application__call").get(pk=objection.pk)


def _answered(objection: Objection, verb: str, answer: str, at: dt.datetime) -> Objection:
    row = _held(objection)
    row.state, row.answer, row.answered_at = OBJECTION.after(row.state, verb), answer.strip(), at
    if not row.answer or len(row.answer) > _LONG:
        raise BadObjection(t("请写明答复（最多 4000 字）", "write the answer (4,000 characters at most)"))
    row.save(update_fields=["state", "answer", "answered_at"])
    return row


def _close(row: Objection, *, upheld: bool, appeal: bool, by: str, at: dt.datetime) -> None:
    clocks.stop(about=row.urn, name="answer", at=at)
    notices.settle(about=row.urn, at=at)
    _tell(row, at)
    record(ObjectionAnswered(subject=row.urn, application=row.application.urn, upheld=upheld, appeal=appeal), by=by, at=at,
           grade=Grade.SYSTEM)


def _tell(row: Objection, at: dt.datetime) -> None:
    """Who objected reads it at the objection, the applicant (who is not told who objected) at the result."""
    title = row.application.call.title
    notices.news(about=row.urn, title=title, url=reverse("schemes:objection", kwargs={"pk": row.pk}), at=at, to=row.person_id)
    notices.news(about=row.application.urn, title=title, url=reverse("schemes:result", kwargs={"pk": row.application_id}), at=at,
                 to=row.application.applicant_id)
