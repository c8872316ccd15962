"""Talents: what a credential says and to whom, who counts twelve months on, and lists of many."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from fuhua.evidence.actions import facts
from fuhua.kernel import period
from fuhua.parties.actions import ties
from fuhua.schemes.actions import placements, vacancies
from fuhua.schemes.kinds.training import rechecked
from fuhua.schemes.models import Credential
from fuhua.schemes.queries import talent_figures
from schemes.calling import OFFICER, OPERATOR
from schemes.pooling import Pool, again

# --- credentials ---


def test_anybody_verifies_a_number_and_learns_the_name_only_if_its_holder_wants(pool: Pool) -> None:
    found = pool.certified(pool.member())
    url, anybody = f"/schemes/credentials/{found.number}/", Client()
    assert ("有效" in anybody.get(url).content.decode(), "林舟" in anybody.get(url).content.decode()) == (True, False)
    assert anybody.get("/schemes/credentials/BJ-FH-2025-9999/").status_code == 404
    assert "没有这个编号" in anybody.get("/schemes/credentials/?number=BJ-FH-2025-9999").content.decode()
    assert pool.client("operator").post(f"{url}name/", {"shown": "yes"}).status_code == 403
    assert anybody.get(f"{url}paper.pdf").status_code == 302
    assert pool.client("expert").get(f"{url}paper.pdf").status_code == 404
    pool.client("founder").post(f"{url}name/", {"shown": "yes"})
    assert "林舟" in anybody.get(url).content.decode()
    pool.to("2028-03-04")
    assert "已过有效期" in anybody.get(url).content.decode()


def test_a_credential_whose_fact_is_voided_is_void(pool: Pool) -> None:
    found = pool.certified(pool.member())
    facts.void(found.digest, reason="untrue", by=OFFICER, at=pool.at)
    assert "已作废" in Client().get(f"/schemes/credentials/{found.number}/").content.decode()


def test_a_credential_is_issued_once_and_by_officers_only(pool: Pool) -> None:
    row = pool.reported(pool.member())
    pool.judge(row, "venture")
    pool.judge(row, "tutor")
    url = f"/schemes/practicums/{row.pk}/certify/"
    assert pool.client("operator").post(url).status_code == 403
    officer = pool.client("city_officer")
    assert [officer.post(url).status_code for _each in range(2)] == [302, 409]
    assert Credential.objects.count() == 1


# --- placements ---


def test_nobody_is_hired_without_a_credential(pool: Pool) -> None:
    told = {"house": pool.host, "post": "总监", "since": period.day(pool.at), "by": OPERATOR, "at": pool.at}
    with pytest.raises(placements.BadPlacement):
        placements.hire(talent=pool.member(), **told)


def test_a_hire_counts_only_once_the_person_confirmed_it(pool: Pool) -> None:
    row = pool.member()
    pool.certified(row)
    found = placements.hire(talent=row, house=pool.host, post="总监", since=period.day(pool.at), by=OPERATOR, at=pool.at)
    pool.follow()
    assert (again(found).state, talent_figures.figures(period.day(pool.at)).people["hired"]) == ("proposed", 0)
    ties.end(found.tie, by=pool.trainee.urn, at=pool.at)
    pool.follow()
    assert again(found).state == "lapsed"


def test_it_is_rechecked_after_twelve_months_and_not_before(pool: Pool) -> None:
    found = pool.hired(pool.member())
    told = {"placement": found, "side": "employer", "still": True, "by": OPERATOR}
    with pytest.raises(placements.BadPlacement):
        placements.answer(at=pool.to("2026-03-02"), **told)
    assert placements.answer(at=pool.to("2026-03-03"), **told).state == "employed"
    with pytest.raises(placements.BadPlacement):
        placements.answer(at=pool.at, **told)
    done = placements.answer(placement=found, side="person", still=True, by=pool.trainee.urn, at=pool.at)
    assert (done.state, done.because) == ("kept", "confirmed")


def test_whoever_left_within_the_year_is_not_counted(pool: Pool) -> None:
    found = pool.hired(pool.member())
    ties.end(again(found).tie, by=pool.trainee.urn, at=pool.to("2025-12-01"))
    pool.follow()
    pool.follow()
    people_ = talent_figures.figures(period.day(pool.at)).people
    assert (again(found).state, again(found).because, people_) == ("lost", "tie_ended", {"issued": 1, "hired": 1, "due": 1, "still": 0})


def test_two_words_that_differ_do_not_count(pool: Pool) -> None:
    found = pool.hired(pool.member())
    pool.to("2026-03-03")
    with pytest.raises(placements.BadPlacement):
        placements.answer(placement=found, side="person", still=False, by=pool.trainee.urn, at=pool.at)
    placements.answer(placement=found, side="person", still=False, reason="moved", by=pool.trainee.urn, at=pool.at)
    done = placements.answer(placement=found, side="employer", still=True, by=OPERATOR, at=pool.at)
    assert (done.state, done.because, done.reason) == ("lost", "disputed", "moved")


def test_strangers_find_no_placement_and_officers_do_not_answer_for_its_sides(pool: Pool) -> None:
    found = pool.hired(pool.member())
    url = f"/schemes/placements/{found.pk}/"
    assert [pool.client(who).get(url).status_code for who in ("expert", "park_manager", "auditor")] == [404, 404, 200]
    assert pool.client("city_officer").post(f"{url}recheck/", {"recheck-still": "yes"}).status_code == 403


@pytest.mark.parametrize(("tied", "employer", "said", "result"), [
    (True, None, None, None), (True, True, None, None), (True, True, True, (True, "confirmed")), (False, None, None, (False, "tie_ended")),
    (True, False, False, (False, "resigned")), (True, True, False, (False, "disputed")),
])
def test_still_employed_needs_the_tie_and_both_words(tied: bool, employer: Any, said: Any, result: Any) -> None:
    assert rechecked(tied=tied, employer=employer, person=said, reason="resigned") == result


def test_figures_are_for_officers_and_each_number_leads_to_its_facts(pool: Pool) -> None:
    found = pool.certified(pool.member())
    pool.follow()
    assert [pool.client(who).get("/schemes/talents/figures/").status_code for who in ("operator", "founder")] == [404, 404]
    page = pool.client("auditor").get("/schemes/talents/figures/?origin=founder&column=issued").content.decode()
    assert f"/evidence/facts/{found.digest}/" in page
    assert pool.client("auditor").get("/schemes/talents/figures/?origin=nobody&column=x").status_code == 200


# --- lists ---


def _queries(client: Client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def test_lists_of_many_take_as_many_queries_as_lists_of_one(pool: Pool) -> None:
    row = vacancies.post(house=pool.host, post="总监", fields=[], text="", starts=dt.date(2025, 6, 1), count=5, by=OPERATOR, at=pool.at)

    def more(count: int, start: int) -> None:
        for number in range(start, start + count):
            told = pool.member(pool.somebody(f"学员{number}"), origin="research")
            vacancies.show_interest(vacancy=row, talent=told, share=True, by=told.person.urn, at=pool.at)
            pool.hired(told)

    urls = [("operator", "/schemes/talents/"), ("city_officer", "/schemes/talents/"), ("operator", f"/schemes/vacancies/{row.pk}/"),
            ("operator", "/schemes/vacancies/"), ("city_officer", "/schemes/practicums/"), ("operator", "/schemes/placements/"),
            ("city_officer", "/schemes/talents/figures/?origin=research&column=hired")]
    more(1, 0)
    one = [_queries(pool.client(who), url) for who, url in urls]
    more(5, 1)
    assert [_queries(pool.client(who), url) for who, url in urls] == one


def test_wrong_words_come_back_marked(pool: Pool) -> None:
    row = pool.member()
    answer = pool.client("operator").post(f"/schemes/talents/{row.pk}/assign/", {
        "assign-house": pool.host.pk, "assign-venture": "查无此企业", "assign-tutor": "nobody", "assign-aim": "x",
        "assign-starts": "2025-03-03", "assign-ends": "2025-04-03"})
    assert (answer.status_code, "查无" in answer.content.decode()) == (422, True)
