"""The first sign-in: a one-time password works once and in time, then one's own; a second factor is offered."""

from __future__ import annotations

import datetime as dt

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.test import Client
from django.utils import timezone

from fuhua.parties.actions import people
from fuhua.parties.models import Account

BY = "urn:fuhua:person:clerk"
ONCE, OWN = "abcd-efgh-jkmn-pqrs", "rain over the western hills"


@pytest.fixture
def newcomer(db):
    now = timezone.now()
    person = people.enter(name="李雷", by=BY, at=now)
    return people.open_account(
        username="lilei", password=ONCE, party=person, by=BY, at=now, until=now + dt.timedelta(days=7)
    )


def sign_in(client, password=ONCE):
    return client.post("/account/login/", {"login": "lilei", "password": password})


def change(client, old=ONCE, new=OWN):
    return client.post("/account/password/change/", {"oldpassword": old, "password1": new, "password2": new})


def test_nothing_opens_before_ones_own_password_is_chosen(newcomer):
    client = Client()
    assert sign_in(client).status_code == 302
    for path in ("/", "/me/", "/organisations/", "/account/2fa/", "/me/data.json"):
        assert client.get(path)["Location"] == "/account/password/change/", path
    page = client.get("/account/password/change/")
    assert (page.status_code, "首次登录请先设置自己的密码" in page.content.decode()) == (200, True)
    assert "/account/password/reset/" not in page.content.decode()
    assert client.post("/language/", {"language": "en", "next": "/"})["Location"] == "/"


def test_the_one_time_password_is_not_kept(newcomer):
    client = Client()
    sign_in(client)
    assert "新密码不能与一次性密码相同" in change(client, new=ONCE).content.decode()
    assert Account.objects.get().password_until is not None


def test_then_a_second_factor_is_offered_and_can_wait(newcomer):
    client = Client()
    sign_in(client)
    assert change(client)["Location"] == "/me/secure/"
    page = client.get("/me/secure/").content.decode()
    assert "/account/2fa/webauthn/add/" in page
    assert "/account/2fa/totp/activate/" in page
    assert client.get("/me/").status_code == 200
    assert Account.objects.get().password_until is None
    again = Client()
    assert sign_in(again).status_code == 200
    assert sign_in(again, OWN)["Location"] == "/"


def test_a_one_time_password_expires(newcomer):
    Account.objects.update(password_until=timezone.now() - dt.timedelta(seconds=1))
    client = Client()
    assert sign_in(client)["Location"] == "/account/login/"
    assert "一次性密码已过期" in client.get("/account/login/").content.decode()
    assert client.get("/me/").status_code == 302


def test_the_newcomer_turns_on_codes_and_signs_in_with_one(newcomer):
    client = Client()
    sign_in(client)
    change(client)
    offered = client.get("/account/2fa/totp/activate/", follow=True)
    if offered.redirect_chain:
        client.post(offered.redirect_chain[-1][0], {"password": OWN})
        offered = client.get("/account/2fa/totp/activate/")
    secret = offered.context["form"].secret
    code = totp.format_hotp_value(totp.hotp_value(secret, next(iter(totp.yield_hotp_counters_from_time()))))
    assert client.post("/account/2fa/totp/activate/", {"code": code}).status_code == 302
    assert Authenticator.objects.filter(type="totp").count() == 1
    again = Client()
    assert sign_in(again, OWN)["Location"] == "/account/2fa/authenticate/"
    assert again.get("/me/").status_code == 302
    later = totp.format_hotp_value(totp.hotp_value(secret, next(iter(totp.yield_hotp_counters_from_time())) + 1))
    assert again.post("/account/2fa/authenticate/", {"code": later}).status_code == 302
    assert again.get("/me/").status_code == 200
