"""Many who press at the same moment: each applicant is handed in once, with a number of its own, on either database."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from fuhua.evidence import queries as evidence
from fuhua.evidence.words import Grade
from fuhua.kernel import urn
from fuhua.parties.actions import organisations
from fuhua.schemes.actions import applications, writing
from fuhua.schemes.models import Application
from schemes.calling import CLOSES, NOW, OFFICER, OPERATOR, a_draft, an_open_call, filled, person

pytestmark = pytest.mark.usefixtures("durable_db", "cast")
LAST = CLOSES + dt.timedelta(microseconds=999_999)  # still the last second


def at_once(acts: list[Callable[[], str]]) -> list[str]:
    """Do everything at the same moment, each with a connection of its own."""
    together = Barrier(len(acts))

    def one(act: Callable[[], str]) -> str:
        together.wait()
        try:
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(one, acts))


def test_thirty_who_hand_in_within_the_last_second_are_all_taken_and_numbered_without_a_gap() -> None:
    call = an_open_call("gold_seed")
    rows = []
    for number in range(30):
        house = organisations.register(sort="venture", name=f"北京第{number}种子有限公司", district="110108", by=OFFICER, at=NOW,
                                       grade=Grade.REGISTRY)
        rows.append(filled(applications.begin(call=call, applicant=house, lead=person("operator"), by=OPERATOR, at=NOW)))
    found = at_once([lambda row=row: applications.submit(application=row, by=OPERATOR, at=LAST).number or "" for row in rows])
    assert sorted(found) == [f"{call.number}-{number:04d}" for number in range(1, 31)]
    assert Application.objects.filter(call=call, state="submitted").count() == 30


def test_ten_presses_at_once_hand_in_once() -> None:
    row = filled(a_draft(an_open_call()))
    found = at_once([lambda: applications.submit(application=row, by=OPERATOR, at=LAST).number or ""] * 10)
    assert (len(set(found)), evidence.facts().filter(subject=row.urn, kind="schemes.application_submitted").count()) == (1, 1)


def test_ten_who_begin_at_once_begin_one_application() -> None:
    call = an_open_call()
    assert len(set(at_once([lambda: a_draft(call).urn] * 10))) == 1


def test_of_two_who_save_at_once_neither_loses_what_they_wrote() -> None:
    row = a_draft(an_open_call())
    marks = {name: writing.mark(None) for name in ("plan", "events", "budget")}

    def save(name: str, value: str) -> str:
        written = {"plan": "", "events": "", "budget": "", name: value}
        writing.write(application=row, written=written, base=marks, version=1, by=OPERATOR, at=NOW)
        return urn.kind_of(row.urn)

    at_once([lambda: save("plan", "甲"), lambda: save("events", "12"), lambda: save("budget", "9元")])
    row.refresh_from_db()
    assert [row.values.get(name) for name in marks] == ["甲", "12", 900]
