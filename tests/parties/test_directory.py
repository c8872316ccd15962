"""The directory and the page of an organisation over HTTP: what the public sees, what officers see, what is hidden."""

from __future__ import annotations

import datetime as dt
from unicodedata import normalize

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fuhua.parties.actions import organisations, people, ties
from fuhua.parties.models import Party, Tie
from fuhua.parties.queries import directory

BY = "urn:fuhua:person:clerk"


def page(client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def url_of(party: Party) -> str:
    return f"/organisations/{party.urn}/"


@pytest.fixture
def filled(cast, at):
    """The cast's organisations and sixty more."""
    for number in range(60):
        organisations.register(sort="firm", name=f"第{number}号企业", district="110105", by=BY, at=at())


def test_the_public_sees_organisations_but_no_people(client_of, organisation, cast):
    stranger = client_of("stranger")
    listed = page(stranger, "/organisations/")
    assert "北京寄灵科技有限公司" in listed
    assert "林舟" not in listed
    shown = page(stranger, url_of(organisation("venture")))
    assert "海淀区" in shown
    assert "林舟" not in shown
    assert 'id="ties"' not in shown
    assert stranger.get(url_of(cast["founder"].party)).status_code == 404


@pytest.mark.parametrize(
    ("office", "sees"),
    [
        ("city_officer", True),
        ("coordinator", True),
        ("auditor", True),
        ("district_officer", True),
        ("founder", True),
        ("department_officer", False),
        ("operator", False),
        ("expert", False),
        ("park_manager", False),
    ],
)
def test_people_of_an_organisation_are_seen_by_their_own_and_by_officers(client_of, organisation, office, sees):
    assert ("林舟" in page(client_of(office), url_of(organisation("venture")))) is sees


def test_a_project_is_hidden_from_the_public(client_of, at):
    project = organisations.register(sort="project", name="某项目", by=BY, at=at())
    assert client_of("stranger").get(url_of(project)).status_code == 404
    assert client_of("founder").get(url_of(project)).status_code == 404
    assert "某项目" in page(client_of("district_officer"), url_of(project))
    assert project.urn not in page(client_of("founder"), "/organisations/?q=某项目")


def test_search_finds_by_part_of_any_name_and_by_code(client_of, at, cast):
    party = organisations.register(
        sort="firm", name="北京远山咨询有限公司", plates=["远山研究院"], code="91110000802100433B", by=BY, at=at()
    )
    stranger = client_of("stranger")
    for asked in ("远山", "研究院", "91110000 802100433b"):
        assert party.name in page(stranger, f"/organisations/?q={asked}")
    assert party.name not in page(stranger, "/organisations/?q=近海")
    assert party.name not in page(stranger, "/organisations/?sort=venture")
    assert "海淀区" in page(stranger, "/organisations/?district=110108&sort=venture")


def test_pages_of_the_directory_follow_one_another_without_gap(filled):
    rows = Party.objects.exclude(sort="person")
    seen, older, newer = [], None, None
    while True:
        sheet = directory.sheet(rows, older=older)
        seen += [row.pk for row in sheet.rows]
        if sheet.older is None:
            break
        older = sheet.older
    assert seen == sorted(rows.values_list("pk", flat=True), reverse=True)
    newer = directory.sheet(rows, older=older).newer
    assert [row.pk for row in directory.sheet(rows, newer=newer).rows] == seen[25:50]
    assert directory.sheet(rows, newer=seen[25]).newer is None


def test_the_directory_asks_as_many_questions_for_one_row_as_for_many(client_of, filled):
    stranger = client_of("stranger")
    counts = []
    for url in ("/organisations/?q=第7号企业", "/organisations/"):
        with CaptureQueriesContext(connection) as asked:
            page(stranger, url)
        counts.append(len(asked))
    assert counts[0] == counts[1] == 2


def test_officers_export_and_others_find_nothing_there(client_of, at):
    organisations.register(sort="firm", name="=HYPERLINK(1)", by=BY, at=at())
    answer = client_of("city_officer").get("/organisations/export.csv?sort=firm")
    lines = b"".join(answer.streaming_content).decode().splitlines()
    assert lines[0].startswith("\ufeff名称,类别")
    assert [line.split(",")[0] for line in lines[1:]] == ["北京创服管家科技服务有限公司", "'=HYPERLINK(1)"]
    assert client_of("founder").get("/organisations/export.csv").status_code == 404
    assert client_of("stranger").get("/organisations/export.csv")["Location"].startswith("/account/login/")


def test_names_now_and_once_are_shown_with_their_dates(client_of, organisation, at):
    venture = organisation("venture")
    organisations.rename(venture, name="北京灵启科技有限公司", since=dt.date(2024, 5, 1), by=BY, at=at())
    shown = page(client_of("stranger"), url_of(venture))
    assert "曾用名" in shown
    assert shown.index("北京灵启科技有限公司") < shown.index("北京寄灵科技有限公司")


def test_a_merged_duplicate_points_to_what_it_became(client_of, organisation, at):
    duplicate = organisations.register(sort="venture", name="寄灵", by=BY, at=at())
    organisations.merge(duplicate, organisation("venture"), by=BY, at=at())
    stranger = client_of("stranger")
    assert url_of(organisation("venture")) in page(stranger, url_of(duplicate))
    assert url_of(duplicate) in page(stranger, url_of(organisation("venture")))
    assert url_of(duplicate) not in page(stranger, "/organisations/")


def test_a_tie_is_proposed_confirmed_and_ended_through_its_pages(client_of, organisation):
    venture, incubator = organisation("venture"), organisation("incubator")
    founder, operator = client_of("founder"), client_of("operator")
    given = {"side": venture.pk, "what": "resides:out", "since": "2025-03-01"}
    assert founder.post(f"{url_of(incubator)}ties/", given).status_code == 302
    tie = Tie.objects.get(kind="resides")
    assert (tie.source, tie.target, tie.state, tie.since) == (venture, incubator, "proposed", dt.date(2025, 3, 1))
    assert f"/ties/{tie.pk}/confirm/" not in page(founder, url_of(incubator))
    assert founder.post(f"/ties/{tie.pk}/confirm/").status_code == 403
    assert f"/ties/{tie.pk}/confirm/" in page(operator, url_of(incubator))
    assert operator.post(f"/ties/{tie.pk}/confirm/").status_code == 302
    assert operator.post(f"/ties/{tie.pk}/end/").status_code == 302
    tie.refresh_from_db()
    assert (tie.state, tie.until is not None) == ("ended", True)


def test_one_speaks_only_for_ones_own_side(client_of, organisation):
    answer = client_of("expert").post(
        f"{url_of(organisation('incubator'))}ties/", {"side": organisation("venture").pk, "what": "resides:out"}
    )
    assert answer.status_code == 302
    assert not Tie.objects.filter(kind="resides").exists()


def test_what_is_hidden_is_404_and_what_is_forbidden_403_with_the_reason(client_of, cast, organisation, at):
    venture, incubator = organisation("venture"), organisation("incubator")
    tie = ties.propose(
        kind="resides", source=venture, target=incubator, side=venture, by=cast["founder"].party.urn, at=at()
    )
    assert client_of("expert").post(f"/ties/{tie.pk}/end/").status_code == 404
    assert client_of("stranger").post(f"/ties/{tie.pk}/end/")["Location"].startswith("/account/login/")
    refused = client_of("auditor").post(f"/ties/{tie.pk}/end/")
    assert refused.status_code == 403
    assert "只有关系双方或市级主管可以终止" in refused.content.decode()
    asked = client_of("founder").get(f"/ties/{tie.pk}/end/")
    assert (asked.status_code, "恢复须重新提出" in asked.content.decode()) == (200, True)
    tie.refresh_from_db()
    assert tie.state == "proposed"


def test_a_confirmed_tie_cannot_be_confirmed_again(client_of, cast, organisation, at):
    venture, incubator = organisation("venture"), organisation("incubator")
    tie = ties.propose(
        kind="resides", source=venture, target=incubator, side=venture, by=cast["founder"].party.urn, at=at()
    )
    operator = client_of("operator")
    assert [operator.post(f"/ties/{tie.pk}/confirm/").status_code for _ in range(2)] == [302, 403]


def test_an_erased_person_shows_as_such(client_of, cast, organisation, at):
    people.erase(cast["founder"].party, by=BY, at=at())
    assert "信息已删除的个人" in page(client_of("city_officer"), url_of(organisation("venture")))


def test_registering_first_shows_what_it_may_be(client_of, cast):
    officer = client_of("district_officer")
    given = {"sort": "venture", "name": "寄灵科技有限公司", "district": "110108"}
    shown = officer.post("/organisations/new/", given).content.decode()
    assert "可能已经登记过" in shown
    assert not Party.objects.filter(name="寄灵科技有限公司").exists()
    assert officer.post("/organisations/new/", {**given, "different": "on", "plates": "甲\n\n乙"}).status_code == 302
    party = Party.objects.get(name="寄灵科技有限公司")
    assert list(party.names.filter(kind="plate").values_list("text", flat=True)) == ["甲", "乙"]


def test_a_wrong_code_is_answered_with_how_to_mend_it(client_of):
    given = {"sort": "venture", "name": "某某", "code": "9111O000802100433B"}
    shown = client_of("city_officer").post("/organisations/new/", given).content.decode()
    assert "请核对是否误写为数字" in shown


def test_only_officers_register(client_of):
    assert client_of("founder").get("/organisations/new/").status_code == 404


@pytest.mark.parametrize("name", ["=1+1", "+1甲", "-1甲", "@SUM(A1)", "＝1+1", "＠甲"])
def test_a_name_like_a_formula_is_exported_as_text(client_of, at, name):
    organisations.register(sort="firm", name=name, by=BY, at=at())
    answer = client_of("city_officer").get("/organisations/export.csv?sort=firm")
    cells = [line.split(",")[0] for line in b"".join(answer.streaming_content).decode().splitlines()[1:]]
    assert cells[1] in (f"'{name}", f"'{normalize('NFKC', name)}")
