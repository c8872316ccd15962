"""Passkeys in a real browser with a virtual authenticator: register one, sign out, sign in by it alone."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection
from django.utils import timezone

from fuhua.parties.actions import people

BROWSER = os.environ.get("FUHUA_BROWSER", "/usr/bin/chromium")
PASSWORD = "rain over the western hills"
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not Path(BROWSER).is_file(), reason=f"no browser at {BROWSER}; set FUHUA_BROWSER"),
]


@pytest.fixture
def page(monkeypatch: pytest.MonkeyPatch) -> Iterator[object]:
    """A page of a headless browser whose authenticator is a program; the browser's loop runs in this very thread."""
    playwright = pytest.importorskip("playwright.sync_api")
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    with playwright.sync_playwright() as play:
        browser = play.chromium.launch(executable_path=BROWSER, args=["--no-sandbox", "--disable-gpu"])
        opened = browser.new_context(locale="zh-CN").new_page()
        devtools = opened.context.new_cdp_session(opened)
        devtools.send("WebAuthn.enable")
        options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
        devtools.send(
            "WebAuthn.addVirtualAuthenticator",
            {"options": {**options, "isUserVerified": True, "automaticPresenceSimulation": True}},
        )
        yield opened
        browser.close()
    if connection.vendor == "postgresql":  # a thread of the live server may still hold the database that is to be dropped
        with connection.cursor() as cursor:
            others = "FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
            cursor.execute(f"SELECT pg_terminate_backend(pid) {others}")


def test_a_passkey_is_added_and_then_signs_in_alone(durable_db, live_server, page, settings):
    settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
    now = timezone.now()
    person = people.enter(name="李雷", by="urn:fuhua:person:clerk", at=now)
    people.open_account(username="lilei", password=PASSWORD, party=person, by="urn:fuhua:person:clerk", at=now)
    here = live_server.url.replace("127.0.0.1", "localhost")  # passkeys belong to a name, never to an address
    page.goto(f"{here}/account/login/")
    page.fill("input[name=login]", "lilei")
    page.fill("input[name=password]", PASSWORD)
    page.click("main form button.btn-primary")
    page.wait_for_url(f"{here}/")
    page.goto(f"{here}/account/2fa/webauthn/add/")
    if "reauthenticate" in page.url:
        page.fill("input[name=password]", PASSWORD)
        page.click("main form button.btn-primary")
        page.wait_for_url("**/webauthn/add/**")
    page.fill("input[name=name]", "测试钥匙")
    page.check("input[name=passwordless]")
    page.click("#mfa_webauthn_signup, main form button.btn-primary")
    page.wait_for_url(lambda url: "/add/" not in url)
    assert Authenticator.objects.filter(type="webauthn").count() == 1
    page.goto(f"{here}/account/logout/")
    page.click("main form button.btn-primary")
    page.wait_for_url(lambda url: "logout" not in url)
    page.goto(f"{here}/account/login/")
    page.click("#passkey_login")
    page.wait_for_url(f"{here}/")
    page.goto(f"{here}/me/")
    assert "lilei" in page.content()
