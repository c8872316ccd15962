"""What is mine to do with my own data over HTTP: sessions ended, data taken away, oneself erased."""

from __future__ import annotations

import json

from django.test import Client

from fuhua.evidence.models import Fact
from fuhua.parties.models import Account, Tie
from fuhua.parties.pages.myself import device

PASSWORD = "a long enough password"  # of the cast


def signed_in(agent: str = "Firefox") -> Client:
    client = Client(headers={"user-agent": agent})
    client.post("/account/login/", {"login": "founder", "password": PASSWORD})
    return client


def test_other_devices_are_seen_and_signed_out(cast):
    here, other = signed_in(), signed_in("Phone")
    shown = here.get("/me/sessions/").content.decode()
    assert ("Firefox" in shown, "Phone" in shown) == (True, True)
    assert here.post("/me/sessions/end/", {"which": "others"}).status_code == 302
    assert (here.get("/me/").status_code, other.get("/me/").status_code) == (200, 302)


def test_everywhere_means_here_too(cast):
    here, other = signed_in(), signed_in("Phone")
    assert here.post("/me/sessions/end/", {"which": "all"})["Location"] == "/account/login/"
    assert (here.get("/me/").status_code, other.get("/me/").status_code) == (302, 302)


def test_my_data_is_all_mine_and_holds_no_secret(cast):
    client = signed_in()
    answer = client.get("/me/data.json")
    data = json.loads(answer.content)
    assert (data["person"]["name"], data["account"]["user_name"]) == ("林舟", "founder")
    assert {fact["kind"] for fact in data["facts"]} == {"parties.person_entered", "parties.account_opened"}
    assert [tie["office"] for tie in data["ties"]] == ["founder"]
    assert len(data["sessions"]) == 1
    assert answer["Cache-Control"] == "no-store"
    account = Account.objects.get(username="founder")
    assert account.password not in answer.content.decode()
    assert client.session.session_key not in answer.content.decode()
    assert "陈晓岚" not in answer.content.decode()


def test_the_password_cannot_be_guessed_at_the_page_of_erasure(cast):
    client = signed_in()
    guesses = [client.post("/me/erase/", {"password": f"guess {n}", "final": "on"}).status_code for n in range(12)]
    assert guesses == [200] * 10 + [429] * 2
    assert client.post("/me/erase/", {"password": PASSWORD, "final": "on"}).status_code == 429
    assert Account.objects.get(pk=cast["founder"].pk).is_active


def test_erasing_asks_for_the_password_and_cannot_be_undone(cast):
    client = signed_in()
    urn, facts = cast["founder"].party.urn, Fact.objects.count()
    assert "不可撤销" in client.get("/me/erase/").content.decode()
    assert "不正确" in client.post("/me/erase/", {"password": "guess", "final": "on"}).content.decode()
    assert client.post("/me/erase/", {"password": PASSWORD}).status_code == 200
    assert client.post("/me/erase/", {"password": PASSWORD, "final": "on"})["Location"] == "/account/login/"
    account = Account.objects.get(pk=cast["founder"].pk)
    assert (account.party.name, account.is_active, account.party.urn) == ("", False, urn)
    assert Fact.objects.count() == facts + 1
    assert Tie.objects.filter(target__urn=urn).count() == 1
    assert client.get("/me/").status_code == 302
    assert signed_in().get("/me/").status_code == 302


def test_strangers_have_nothing_here(client_of):
    stranger = client_of("stranger")
    for path in ("/me/sessions/", "/me/data.json", "/me/erase/", "/me/secure/", "/me/consents/"):
        assert stranger.get(path)["Location"].startswith("/account/login/"), path


def test_devices_are_called_by_browser_and_system():
    edge = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Safari/537.36 Edg/126.0"
    phone = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Safari/604.1"
    assert [device(edge), device(phone), device("curl/8"), device("")] == ["Edge · Windows", "Safari · iPhone", "curl/8", "—"]
