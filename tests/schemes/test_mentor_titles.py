"""Titles of gold mentors: by an award alone, one a person, kept anew, removed for a reason."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from fuhua.evidence.queries import told_of
from fuhua.kernel import period, urn
from fuhua.kernel.flow import WrongState
from fuhua.parties.models import Party
from fuhua.schemes.actions import mentor_titles
from fuhua.schemes.actions.mentor_titles import BadTitle
from fuhua.schemes.facts.mentors import MentorActivated, MentorLapsed, MentorListed, MentorRemoved, MentorRestored
from fuhua.schemes.models import Application, MentorTitle
from fuhua.schemes.queries.mentor_titles import state_of
from schemes.titled import NOON, application

TOLD = {"url": "/mentors/", "by": "urn:fuhua:person:officer", "at": NOON}


@pytest.fixture
def person(cast: Any) -> Party:
    return cast["expert"].party


def test_a_title_comes_of_an_award_alone_and_once(person: Party, organisation: Any) -> None:
    city = organisation("city")
    for wrong in (application(person, city, state="in_review"), application(person, city, kind="gold_seed")):
        with pytest.raises(BadTitle, match="awarded application"):
            mentor_titles.award(application=wrong, **TOLD)
    row = application(person, organisation("city"))
    assert len({mentor_titles.award(application=row, **TOLD).pk for _again in range(2)}) == 1
    assert (MentorTitle.objects.get().state, len(told_of(person.urn, MentorListed, on=period.day(NOON)))) == ("listed", 1)


def test_an_award_anew_keeps_the_title_and_an_earlier_one_told_again_changes_nothing(person: Party, organisation: Any) -> None:
    first, second = (application(person, organisation("city")) for _each in range(2))
    title = mentor_titles.award(application=first, **TOLD)
    mentor_titles.activate(title=title, day=period.day(NOON), **TOLD)
    again = mentor_titles.award(application=second, **TOLD)
    assert (again.pk, again.state, again.application) == (title.pk, "active", second)
    mentor_titles.award(application=first, **TOLD)
    assert MentorTitle.objects.get().application == second
    mentor_titles.lapse(title=title, since=period.day(NOON), **TOLD)
    third = mentor_titles.award(application=application(person, organisation("city")), **TOLD)
    assert (third.pk, third.state) == (title.pk, "listed")


def test_every_step_is_a_fact_and_only_the_steps_of_the_flow_exist(person: Party, organisation: Any) -> None:
    title = mentor_titles.award(application=application(person, organisation("city")), **TOLD)
    with pytest.raises(BadTitle, match="before the listing"):
        mentor_titles.activate(title=title, day=dt.date(2025, 6, 29), **TOLD)
    with pytest.raises(WrongState):
        mentor_titles.restore(title=title, **TOLD)
    mentor_titles.activate(title=title, day=period.day(NOON), **TOLD)
    mentor_titles.lapse(title=title, since=period.day(NOON), **TOLD)
    mentor_titles.restore(title=title, **TOLD)
    with pytest.raises(BadTitle, match="choose why"):
        mentor_titles.remove(title=title, because="dislike", **TOLD)
    mentor_titles.remove(title=title, because="undisclosed", **TOLD)
    for verb in (mentor_titles.restore, mentor_titles.activate, mentor_titles.lapse):
        more = {"day": period.day(NOON)} if verb is mentor_titles.activate else {"since": period.day(NOON)} \
            if verb is mentor_titles.lapse else {}
        with pytest.raises(WrongState):
            verb(title=title, **more, **TOLD)
    kinds = (MentorListed, MentorActivated, MentorLapsed, MentorRestored, MentorRemoved)
    assert [type(each.fact) for each in told_of(person.urn, *kinds, on=period.day(NOON))] == list(kinds)
    another = mentor_titles.award(application=application(person, organisation("city")), **TOLD)
    assert (another.pk != title.pk, another.state) == (True, "listed")


def test_a_warning_is_told_once_for_each_day_of_lapsing(person: Party, organisation: Any) -> None:
    title, told = mentor_titles.award(application=application(person, organisation("city")), **TOLD), {"url": "/mentors/", "at": NOON}
    days = (dt.date(2025, 12, 30), dt.date(2025, 12, 30), dt.date(2026, 1, 31))
    assert [mentor_titles.warn(title=title, lapses=day, **told) for day in days] == [True, False, True]
    mentor_titles.calm(title=title, at=NOON)
    assert mentor_titles.warn(title=title, lapses=days[-1], **told)


def test_the_database_holds_one_title_a_person_and_a_reason_for_each_removal(person: Party, organisation: Any) -> None:
    title = mentor_titles.award(application=application(person, organisation("city")), **TOLD)
    other = application(person, organisation("city"))
    for wrong in ({"state": "removed"}, {"because": "left"}, {"state": "gold"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            MentorTitle.objects.filter(pk=title.pk).update(**wrong)
    with pytest.raises(IntegrityError), transaction.atomic():
        MentorTitle.objects.create(urn=urn.new("mentor_title"), person=person, application=other, since=period.day(NOON), changed_at=NOON)


def test_a_nomination_is_checked_once_it_was_let_through_and_says_nothing_of_what_is_proposed(person: Party, organisation: Any) -> None:
    states = ("draft", "submitted", "gaps", "eligible", "in_review", "proposed", "reserve", "rejected", "withdrawn")
    found = [state_of(Application(applicant=person, lead=person, state=state)) for state in states]
    assert found == ["", "nominated", "nominated", "checked", "checked", "checked", "checked", "", ""]
