"""Gold mentors between the exchange and schemes: titles follow confirmed sessions, the public list names nobody's address, and sources."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from exchange.lab import clock
from exchange.mentor import Mentor
from fuhua.capital.actions import funds
from fuhua.desk.models import Notice
from fuhua.evidence.words import Grade
from fuhua.exchange.actions import mentoring
from fuhua.journey.actions import mentors, titles
from fuhua.journey.queries.known import TOLD
from fuhua.kernel import period
from fuhua.schemes.actions import mentor_titles
from fuhua.schemes.models import Call, MentorTitle
from schemes.titled import application

SOURCES = {each.key: each.read for each in TOLD if each.key.startswith("mentoring_")}
LATE = dt.date(2026, 6, 30)


@pytest.fixture
def mentor(firm: Any, an_offer: Any, monkeypatch: pytest.MonkeyPatch) -> Mentor:
    """A mentor; it is the middle of 2026 for whatever asks the time."""
    monkeypatch.setattr(timezone, "now", lambda: clock("2026-06-30T12:00"))
    return Mentor(firm, an_offer)


def listed(mentor: Mentor, issuer: Any, day: str = "2025-06-02") -> MentorTitle:
    return mentor_titles.award(application=application(mentor.person, issuer), url="/mentors/", by=mentor.by, at=clock(f"{day}T12:00"))


def kept(row: MentorTitle, day: str) -> tuple[int, str]:
    moved = mentors.keep_titles(at=clock(f"{day}T12:00"))
    row.refresh_from_db()
    return moved, row.state


def test_only_what_both_sides_confirmed_makes_a_title_active_and_keeps_it(mentor: Mentor, organisation: Any) -> None:
    row, founder = listed(mentor, organisation("city")), mentor.venture("北京甲科技有限公司")
    session = mentor.told(founder, "2025-07-01")
    assert kept(row, "2025-07-02") == (0, "listed")
    mentoring.confirm(session=session, side="mentor", person=mentor.person.pk, by=mentor.by, at=clock("2025-07-03T12:00"))
    assert [kept(row, "2025-07-03") for _again in range(2)] == [(1, "active"), (0, "active")]
    assert [kept(row, day) for day in ("2025-12-01", "2025-12-02", "2025-12-31")] == [(0, "active"), (1, "active"), (0, "active")]
    assert Notice.objects.filter(about=row.urn, kind="turn", settled_at=None).count() == 1
    mentor.session(founder, "2025-12-31")
    assert (kept(row, "2025-12-31"), Notice.objects.filter(about=row.urn, kind="turn", settled_at=None).count()) == ((0, "active"), 0)
    assert [kept(row, day) for day in ("2026-06-01", "2026-06-29", "2026-06-30")] == [(1, "active"), (0, "active"), (1, "honorary")]
    assert kept(row, "2026-06-30") == (0, "honorary")


def test_a_title_without_any_session_lapses_six_months_after_the_listing_and_anew_after_it_was_restored(
    mentor: Mentor, organisation: Any,
) -> None:
    row = listed(mentor, organisation("city"), "2025-08-31")
    assert [kept(row, day) for day in ("2026-02-27", "2026-02-28")] == [(1, "listed"), (1, "honorary")]  # 31 August + 6 months
    mentor_titles.restore(title=row, url="/mentors/", by=mentor.by, at=clock("2026-03-10T12:00"))
    assert kept(row, "2026-06-30") == (0, "listed")


def test_sources_read_confirmed_sessions_last_answers_and_what_came_later(mentor: Mentor, firm: Any) -> None:
    assert {key: read(mentor.person.urn, LATE) for key, read in SOURCES.items()} == dict.fromkeys(SOURCES)
    one, two, three = (mentor.venture(f"北京{name}科技有限公司") for name in "甲乙丙")
    session = mentor.session(one, "2025-07-01")
    mentor.session(two, "2025-07-02")
    mentor.session(one, "2025-07-03")
    mentor.told(three, "2025-07-04")  # nobody confirmed it
    item = mentoring.agree(session=session, owner="venture", text="联系代工厂", due=dt.date(2025, 8, 1), by=mentor.by,
                           at=clock("2025-07-01T18:00"))
    for said in (("not_done", "推迟"), ("done", "")):
        mentoring.answer(session=session, side="venture", answers={item.pk: said}, by=one[1].party.urn, at=clock("2025-08-05T09:00"))
    told = {"by": mentor.by, "at": clock("2026-06-30T11:00"), "grade": Grade.REGISTRY}
    titles.award(subject=two[0].urn, title="hnte", basis="certificate", on=dt.date(2025, 7, 2), **told)  # on the day itself: not after
    fund = firm("北京某早期基金", "fund", "")[0]
    funds.declare(subject=fund.urn, committed=10_000_000_00, early=True, on=dt.date(2025, 1, 2), **told)
    funds.deploy(subject=fund.urn, amount=1_000_000_00, stage="early", venture=one[0].urn, on=dt.date(2026, 1, 5), **told)
    funds.deploy(subject=fund.urn, amount=1_000_000_00, stage="early", venture=three[0].urn, on=dt.date(2026, 1, 5), **told)
    found = {key: (known.value, known.grade) for key, read in SOURCES.items() if (known := read(mentor.person.urn, LATE))}
    assert found == {"mentoring_sessions": ("3", 1), "mentoring_mentees": ("2", 1), "mentoring_actions": ("1", 0),
                     "mentoring_followed": ("1", 2)}


def test_the_list_is_public_without_addresses_and_takes_no_query_a_row(mentor: Mentor, organisation: Any, firm: Any) -> None:
    listed(mentor, organisation("city"))
    mentor.account.email = "zhou@example.org"
    mentor.account.save()

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            page = Client().get("/mentors/")
        assert (page.status_code, mentor.person.name in page.content.decode()) == (200, True)
        assert "zhou@example.org" not in page.content.decode()
        return len(captured)

    queries()
    one = queries()
    for number in range(20):
        person = firm(f"北京第{number}研究院", "university", "expert")[1].party
        mentor_titles.award(application=application(person, organisation("city")), url="/mentors/", by=mentor.by,
                            at=clock("2025-06-02T12:00"))
    assert queries() == one


def test_a_reserve_is_being_chosen_until_its_call_is_concluded(mentor: Mentor, organisation: Any) -> None:
    row, client = application(mentor.person, organisation("city"), state="reserve"), Client()
    client.force_login(mentor.account)
    assert "遴选中" not in client.get("/mentors/").content.decode()
    Call.objects.filter(pk=row.call_id).update(state="announced")
    assert "遴选中" in client.get("/mentors/").content.decode()


def test_officers_alone_restore_and_remove(mentor: Mentor, organisation: Any, client_of: Callable[[str], Client]) -> None:
    row = listed(mentor, organisation("city"))
    kept(row, "2025-12-02")
    page = f"/mentors/{row.pk}/"
    assert [client_of(name).post(f"{page}restore/").status_code for name in ("founder", "auditor", "district_officer")] == [403] * 3
    assert client_of("city_officer").post(f"{page}restore/").status_code == 302
    assert client_of("city_officer").post(f"{page}remove/", {"remove-because": ""}).status_code == 422
    assert client_of("city_officer").post(f"{page}remove/", {"remove-because": "left"}).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.because, client_of("city_officer").post(f"{page}restore/").status_code) == ("removed", "left", 404)
    assert mentor.person.name not in Client().get("/mentors/").content.decode()
    assert period.day(row.changed_at) == dt.date(2026, 6, 30)
