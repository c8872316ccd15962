"""Verbs of a gold mentor's title: listed by the award, active by sessions, honorary without them, restored, removed."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from fuhua.desk.actions import notices
from fuhua.evidence.actions.facts import record
from fuhua.evidence.facts import BadFact, Fact
from fuhua.evidence.words import Grade
from fuhua.kernel import period, urn
from fuhua.kernel.words import t
from fuhua.schemes.facts import mentors as facts
from fuhua.schemes.flow import MENTOR_TITLE
from fuhua.schemes.models import Application, MentorTitle
from fuhua.schemes.words import MENTOR_REMOVALS

KIND = "gold_mentor"  # the kind of scheme whose awards are titles


class BadTitle(BadFact):
    """The title cannot be given or moved like this; ``text`` says how to mend it."""


@transaction.atomic
def award(*, application: Application, url: str, by: str, at: dt.datetime) -> MentorTitle:
    """The awarded applicant is a gold mentor from today; told twice of one award, nothing changes.

    Whoever holds a title keeps that one, on the new application: idle time begins anew. ``url`` is the page that notices lead to.
    """
    row = Application.objects.select_for_update(of=("self",)).select_related("call", "applicant").get(pk=application.pk)
    if row.call.kind != KIND or row.state != "awarded":
        raise BadTitle(t("只有立项的金牌导师申报才能入选", "only an awarded application for gold mentors is listed"))
    there = MentorTitle.objects.filter(application=row).first()
    if there is not None:
        return there
    title = MentorTitle.objects.select_for_update().filter(person=row.applicant).exclude(state="removed").first()
    if title is not None and title.application_id > row.pk:
        return title  # an earlier award, told again
    if title is None:
        title = MentorTitle(urn=urn.new("mentor_title"), person=row.applicant)
    else:
        title.state = MENTOR_TITLE.after(title.state, "list")
    title.application, title.since, title.warned_for = row, period.day(at), None
    return _moved(title, facts.MentorListed(subject=row.applicant.urn, application=row.urn), url, by=by, at=at)


@transaction.atomic
def activate(*, title: MentorTitle, day: dt.date, url: str, by: str, at: dt.datetime) -> MentorTitle:
    """A session of that day, on or after the listing, was confirmed by both sides."""
    row = _stepped(title, "activate")
    if day < row.since:
        raise BadTitle(t("入选（{day}）之前的辅导不计", "sessions before the listing ({day}) do not count").format(day=row.since))
    return _moved(row, facts.MentorActivated(subject=row.person.urn, day=day), url, by=by, at=at)


@transaction.atomic
def warn(*, title: MentorTitle, lapses: dt.date, url: str, at: dt.datetime) -> bool:
    """Tell the mentor that the title lapses on a day unless a session is held before; once for each such day."""
    row = MentorTitle.objects.select_for_update(of=("self",)).select_related("application__call").get(pk=title.pk)
    if row.warned_for == lapses or row.state not in ("listed", "active"):
        return False
    row.warned_for = lapses
    row.save(update_fields=["warned_for"])
    notices.turn(about=row.urn, title=row.application.call.title, url=url, at=at, to=row.person_id)
    return True


@transaction.atomic
def calm(*, title: MentorTitle, at: dt.datetime) -> None:
    """A session was held since the warning: nothing waits for the mentor any more."""
    MentorTitle.objects.filter(pk=title.pk).update(warned_for=None)
    notices.settle(about=title.urn, at=at)


@transaction.atomic
def lapse(*, title: MentorTitle, since: dt.date, url: str, by: str, at: dt.datetime) -> MentorTitle:
    """No session was confirmed from ``since`` on for too long: the title is honorary only."""
    row = _stepped(title, "lapse")
    return _moved(row, facts.MentorLapsed(subject=row.person.urn, since=since), url, by=by, at=at)


@transaction.atomic
def restore(*, title: MentorTitle, url: str, by: str, at: dt.datetime) -> MentorTitle:
    """The issuer lists an honorary mentor again; idle time begins anew today."""
    row = _stepped(title, "restore")
    row.since, row.warned_for = period.day(at), None
    return _moved(row, facts.MentorRestored(subject=row.person.urn), url, by=by, at=at)


@transaction.atomic
def remove(*, title: MentorTitle, because: str, url: str, by: str, at: dt.datetime) -> MentorTitle:
    """The issuer takes the title away, for a key of ``words.MENTOR_REMOVALS``; another needs another award."""
    row = _stepped(title, "remove")
    if because not in MENTOR_REMOVALS:
        raise BadTitle(t("请选择移出原因", "choose why the title is removed"))
    row.because = because
    return _moved(row, facts.MentorRemoved(subject=row.person.urn, because=because), url, by=by, at=at)


def _stepped(title: MentorTitle, verb: str) -> MentorTitle:
    row = MentorTitle.objects.select_for_update(of=("self",)).select_related("person", "application__call").get(pk=title.pk)
    row.state = MENTOR_TITLE.after(row.state, verb)
    return row


def _moved(row: MentorTitle, fact: Fact, url: str, *, by: str, at: dt.datetime) -> MentorTitle:
    row.changed_at = at
    row.save()
    notices.settle(about=row.urn, at=at)
    notices.news(about=row.urn, title=row.application.call.title, url=url, at=at, to=row.person_id)
    record(fact, by=by, at=at, grade=Grade.SYSTEM)
    return row
