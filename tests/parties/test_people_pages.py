"""The people desk over HTTP: who sees whom, one-time passwords, offices given, ended and given again."""

from __future__ import annotations

import re

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from fuhua.evidence.models import Fact
from fuhua.parties.actions import organisations, people, ties
from fuhua.parties.models import Account, Party, Tie

BY = "urn:fuhua:person:clerk"
PASSWORD = "a long enough password"  # of the cast
ISSUED = re.compile(r"[a-z2-9]{4}(?:-[a-z2-9]{4}){3}")


def enter(client, name="李雷", organisation="北京寄灵科技有限公司", office="founder"):
    return client.post("/people/new/", {"name": name, "organisation": organisation, "office": office, "since": ""})


def newest() -> Party:
    return Party.objects.filter(sort="person").order_by("-pk").first()


def opened(client, person, username="lilei") -> str:
    answer = client.post(f"/people/{person.urn}/account/", {"username": username})
    assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store")
    return ISSUED.search(answer.content.decode()).group()


@pytest.mark.parametrize("office", ["department_officer", "operator", "founder", "expert", "park_manager", "auditor"])
def test_people_are_hidden_from_everybody_else(client_of, cast, office):
    client, person = client_of(office), cast["founder"].party
    assert [client.get(path).status_code for path in ("/people/", f"/people/{person.urn}/", "/people/new/")] == [404] * 3
    assert client.post(f"/people/{person.urn}/offices/").status_code == 403
    assert client.post(f"/people/{person.urn}/account/close/").status_code == 404


def test_people_are_searched_by_name_and_user_name(client_of, cast):
    city = client_of("city_officer")
    assert "周以宁" in city.get("/people/").content.decode()
    for q in ("林舟", "founder", cast["founder"].party.urn):
        shown = city.get("/people/", {"q": q}).content.decode()
        assert ("林舟" in shown, "周以宁" in shown) == (True, False)
    shown = city.get("/people/", {"office": "operator"}).content.decode()
    assert ("赵一鸣" in shown, "林舟" in shown) == (True, False)


def test_people_come_in_pages(client_of, cast, at):
    for number in range(30):
        people.enter(name=f"人员{number:02}", by=BY, at=at())
    city = client_of("city_officer")
    first = city.get("/people/").content.decode()
    older = re.search(r'href="(\?older=\d+)"', first).group(1)
    assert ("人员29" in first, "人员04" in first) == (True, False)
    assert "人员04" in city.get(f"/people/{older}").content.decode()


def test_the_list_asks_as_many_questions_for_one_person_as_for_many(client_of, cast, organisation, at):
    city, counts = client_of("city_officer"), []
    for number in (1, 12):
        for each in range(number):
            person = people.enter(name=f"某{number}-{each}", by=BY, at=at())
            people.open_account(username=f"u{number}-{each}", password=None, party=person, by=BY, at=at())
            ties.attest(kind="employs", source=organisation("venture"), target=person, office="founder", by=BY, at=at())
        with CaptureQueriesContext(connection) as asked:
            city.get("/people/", {"q": f"某{number}"})
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_a_person_page_asks_as_many_questions_for_one_office_as_for_many(client_of, cast, at):
    city, counts = client_of("city_officer"), []
    person = people.enter(name="多任", by=BY, at=at())
    for number in (1, 8):
        for each in range(number):
            house = organisations.register(sort="venture", name=f"企业{number}号第{each}家", by=BY, at=at())
            ties.attest(kind="employs", source=house, target=person, office="founder", by=BY, at=at())
        with CaptureQueriesContext(connection) as asked:
            city.get(f"/people/{person.urn}/")
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_somebody_is_entered_given_an_account_and_told_the_password_once(client_of, caplog):
    city = client_of("city_officer")
    assert enter(city).status_code == 302
    person = newest()
    assert (person.name, person.ties_in.get().office) == ("李雷", "founder")
    password = opened(city, person)
    assert password not in city.get(f"/people/{person.urn}/").content.decode()
    assert password not in caplog.text
    assert all(password not in body for body in Fact.objects.values_list("body", flat=True))
    account = Account.objects.get(username="lilei")
    assert account.check_password(password)
    assert account.password_until is not None
    again = city.post(f"/people/{person.urn}/account/", {"username": "other"})
    assert "已有账号" in again.content.decode()


def test_an_office_needs_an_organisation_of_the_right_sort(client_of):
    shown = enter(client_of("city_officer"), organisation="中关村东升科学园", office="founder").content.decode()
    assert "没有“创业者”这一职务" in shown
    assert newest().name != "李雷"


def test_city_officers_may_enter_somebody_without_an_office_and_districts_may_not(client_of):
    assert enter(client_of("city_officer"), organisation="", office="").status_code == 302
    assert enter(client_of("district_officer"), name="韩梅", organisation="", office="").status_code == 200
    assert newest().name == "李雷"


def test_a_district_officer_appoints_within_the_district_only(client_of, at):
    organisations.register(sort="venture", name="朝阳某某科技有限公司", district="110105", by=BY, at=at())
    officer = client_of("district_officer")
    assert "只能选择本区的单位" in enter(officer, organisation="朝阳某某科技有限公司").content.decode()
    assert enter(officer, organisation="北京市海淀区人民政府", office="district_officer").status_code == 200
    assert enter(officer).status_code == 302
    assert opened(officer, newest())


def test_a_district_officer_manages_nobody_with_an_office_elsewhere(client_of, cast, organisation, at):
    officer, founder = client_of("district_officer"), cast["founder"].party
    assert officer.get(f"/people/{cast['city_officer'].party.urn}/").status_code == 404
    assert officer.get(f"/people/{founder.urn}/account/password/").status_code == 200
    ties.attest(kind="employs", source=organisation("finance"), target=founder, office="department_officer", by=BY, at=at())
    refused = officer.post(f"/people/{founder.urn}/account/password/")
    assert refused.status_code == 403
    assert "区级主管只管理" in refused.content.decode()
    assert officer.get(f"/people/{founder.urn}/").status_code == 200


def test_nobody_manages_themselves_and_coordinators_are_for_coordinators(client_of, cast):
    city, coordinator = cast["city_officer"].party, cast["coordinator"].party
    client = client_of("city_officer")
    for person in (city, coordinator):
        assert client.post(f"/people/{person.urn}/account/password/").status_code == 403
        assert client.post(f"/people/{person.urn}/offices/", {}).status_code == 403
    tie = Tie.objects.get(target=coordinator)
    assert client.post(f"/people/offices/{tie.pk}/end/").status_code == 403
    assert client_of("coordinator").get(f"/people/{city.urn}/account/password/").status_code == 200
    assert 'value="coordinator"' not in client.get("/people/new/").content.decode()


def test_an_office_is_ended_after_a_question_and_given_again(client_of, cast):
    city, founder = client_of("city_officer"), cast["founder"].party
    tie = Tie.objects.get(target=founder)
    assert "确定" in (asked := city.get(f"/people/offices/{tie.pk}/end/").content.decode()) or "免去" in asked
    assert city.post(f"/people/offices/{tie.pk}/end/").status_code == 302
    tie.refresh_from_db()
    assert tie.state == "ended"
    assert f"/people/offices/{tie.pk}/again/" in city.get(f"/people/{founder.urn}/").content.decode()
    assert city.post(f"/people/offices/{tie.pk}/again/").status_code == 302
    assert list(Tie.objects.filter(target=founder).order_by("pk").values_list("state", flat=True)) == ["ended", "confirmed"]


def test_a_closed_account_is_signed_out_and_opened_again_by_a_new_password(client_of, cast):
    founder, city = Client(), client_of("city_officer")
    founder.post("/account/login/", {"login": "founder", "password": PASSWORD})
    assert founder.get("/me/").status_code == 200
    urn = cast["founder"].party.urn
    assert city.get(f"/people/{urn}/account/close/").status_code == 200
    assert city.post(f"/people/{urn}/account/close/").status_code == 302
    assert founder.get("/me/").status_code == 302
    Authenticator.objects.create(user=cast["founder"], type="totp", data={"secret": "x"})
    answer = city.post(f"/people/{urn}/account/password/", {"lost": "on"})
    password = ISSUED.search(answer.content.decode()).group()
    assert Authenticator.objects.count() == 0
    account = Account.objects.get(username="founder")
    assert (account.is_active, account.check_password(password)) == (True, True)
    assert list(Fact.objects.filter(subject=urn).order_by("-pk").values_list("kind", flat=True)[:2]) == [
        "parties.account_opened",
        "parties.account_closed",
    ]
