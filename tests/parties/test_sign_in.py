"""Signing in: by password, with a second factor, rate-limited, under a strict content policy, in both languages."""

from __future__ import annotations

import json
import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import reverse

from fuhua.config.settings import form_targets, outside_identities

PASSWORD = "a long enough password"  # of the cast
INLINE = re.compile(r"<script(?![^>]*(?:\bsrc=|type=\"application/json\"))|\son[a-z]+=|\sstyle=|javascript:", re.I)
OPEN = ["account_login"]
OWN = [
    "account_logout",
    "account_change_password",
    "account_reauthenticate",
    "mfa_index",
    "mfa_activate_totp",
    "mfa_list_webauthn",
    "mfa_add_webauthn",
    "mfa_generate_recovery_codes",
    "usersessions_list",
]


def sign_in(client: Client, password: str = PASSWORD, username: str = "founder"):
    return client.post(reverse("account_login"), {"login": username, "password": password})


def test_a_password_opens_the_account(cast):
    client = Client()
    assert sign_in(client).status_code == 302
    assert client.get("/me/").status_code == 200


def test_a_wrong_password_says_so_and_opens_nothing(cast):
    client = Client()
    refusal = sign_in(client, "not the password")
    assert refusal.status_code == 200
    assert 'role="alert"' in refusal.content.decode()
    assert client.get("/me/").status_code == 302


def test_guessing_is_slowed_down(cast):
    client = Client()
    answers = [sign_in(client, "wrong") for _ in range(7)]
    assert "稍后" in answers[-1].content.decode() or answers[-1].status_code == 429
    assert sign_in(client).status_code != 302


def test_too_many_attempts_from_one_address_are_refused_with_a_page(cast):
    client = Client()
    answers = [sign_in(client, "wrong", f"nobody{number}") for number in range(40)]
    assert answers[-1].status_code == 429
    assert "操作过于频繁" in answers[-1].content.decode()


def test_nobody_signs_up_by_themselves(db):
    given = {"username": "me", "password1": PASSWORD, "password2": PASSWORD}
    assert Client().post("/account/signup/", given).status_code == 404
    assert not Client().login(username="me", password=PASSWORD)


def test_what_sign_in_does_not_need_is_not_there(client_of):
    for client in (Client(), client_of("founder")):
        for path in ("signup/", "email/", "confirm-email/", "confirm-email/x/", "password/reset/", "password/reset/done/", "password/set/",
                     "login/code/confirm/", "3rdparty/", "3rdparty/signup/", "3rdparty/login/error/", "oidc/oidc/login/", "social/signup/"):
            assert client.get(f"/account/{path}").status_code == 404, path
            assert client.post(f"/account/{path}", {"email": "a@b.cn", "action_add": ""}).status_code == 404, path


@pytest.fixture
def recent(cast):
    """A client that has signed in and said its password again, so that it may change how it signs in."""
    client = Client()
    sign_in(client)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return client


def test_changing_how_one_signs_in_asks_for_the_password_again(cast):
    client = Client()
    sign_in(client)
    answer = client.get(reverse("mfa_activate_totp"))
    assert answer["Location"].startswith(reverse("account_reauthenticate"))


def with_totp(cast) -> str:
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(cast["founder"], secret)
    return secret


@pytest.mark.parametrize("name", OPEN + OWN)
def test_every_page_of_sign_in_is_ours_and_has_nothing_inline(recent, name):
    client = Client() if name in OPEN else recent
    answer = client.get(reverse(name))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert 'class="plain-top"' in page
    assert page.count("<h1") == 1
    assert INLINE.findall(page) == []


def test_pages_of_an_account_with_a_second_factor_render(recent, cast):
    with_totp(cast)
    RecoveryCodes.activate(cast["founder"])
    key = Authenticator.objects.create(user=cast["founder"], type="webauthn", data={"name": "钥匙", "credential": {}})
    for name, given in (
        ("mfa_index", {}),
        ("mfa_deactivate_totp", {}),
        ("mfa_list_webauthn", {}),
        ("mfa_view_recovery_codes", {}),
        ("mfa_edit_webauthn", {"pk": key.pk}),
        ("mfa_remove_webauthn", {"pk": key.pk}),
    ):
        answer = recent.get(reverse(name, kwargs=given))
        assert (name, answer.status_code, INLINE.findall(answer.content.decode())) == (name, 200, [])
    assert recent.get(reverse("mfa_download_recovery_codes")).status_code == 200


def test_the_second_factor_is_asked_for_and_opens(cast):
    secret = with_totp(cast)
    client = Client()
    answer = sign_in(client)
    assert answer["Location"] == reverse("mfa_authenticate")
    assert client.get("/me/").status_code == 302
    page = client.get(reverse("mfa_authenticate"))
    assert (page.status_code, INLINE.findall(page.content.decode())) == (200, [])
    assert client.post(reverse("mfa_authenticate"), {"code": "000000"}).status_code == 200
    counter = next(iter(totp.yield_hotp_counters_from_time()))
    code = totp.format_hotp_value(totp.hotp_value(secret, counter))
    assert client.post(reverse("mfa_authenticate"), {"code": code}).status_code == 302
    assert client.get("/me/").status_code == 200


def test_a_passkey_challenge_is_offered_to_strangers(db):
    answer = Client().get(
        reverse("mfa_login_webauthn"), headers={"accept": "application/json", "x-requested-with": "XMLHttpRequest"}
    )
    assert answer.status_code == 200
    assert answer.json()["request_options"]["publicKey"]["challenge"]


def test_scripts_come_only_from_here(db):
    answer = Client().get(reverse("account_login"))
    policy = dict(part.strip().split(" ", 1) for part in answer["Content-Security-Policy"].split(";"))
    assert policy["script-src"] == "'self'"
    assert "unsafe" not in answer["Content-Security-Policy"]
    sources = re.findall(r'<script[^>]+src="([^"]+)"', answer.content.decode())
    assert all(source.startswith("/static/") for source in sources)
    assert {"mfa/js/webauthn.js", "mfa/js/webauthn-json.js", "account/js/onload.js"} <= {
        re.sub(r"\.[0-9a-f]{12}\.", ".", source.removeprefix("/static/")) for source in sources
    }
    for name in ("mfa/js/webauthn.js", "mfa/js/webauthn-json.js", "account/js/onload.js"):
        with open(finders.find(name), encoding="utf-8") as script:
            assert not re.search(r"\beval\(|new Function\(|setAttribute\(['\"]style", script.read())


@pytest.mark.parametrize(("language", "said"), [("zh-hans", "恢复代码"), ("en", "Recovery Codes")])
def test_pages_speak_the_readers_language(recent, language, said):
    recent.cookies["fuhua_language"] = language
    assert said in recent.get(reverse("mfa_index")).content.decode()


class _Provider(BaseHTTPRequestHandler):
    """An identity provider that says where it is and nothing more."""

    def do_GET(self) -> None:
        """The metadata of OpenID Connect discovery."""
        here = f"http://{self.headers['Host']}"
        told = {"issuer": here, "authorization_endpoint": f"{here}/authorize", "token_endpoint": f"{here}/token",
                "userinfo_endpoint": f"{here}/userinfo", "jwks_uri": f"{here}/jwks"}
        self.send_response(200 if self.path == "/.well-known/openid-configuration" else 404)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(told).encode())

    def log_message(self, *_args: object) -> None:
        """Silence."""


@pytest.fixture
def provider():
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Provider)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_an_outside_identity_provider_is_offered_and_asked(db, settings, provider):
    given = {"FUHUA_OIDC_SERVER": provider, "FUHUA_OIDC_NAME": "京通", "FUHUA_OIDC_CLIENT": "fuhua", "FUHUA_OIDC_SECRET": "y"}
    settings.SOCIALACCOUNT_PROVIDERS = outside_identities(given)
    client = Client()
    page = client.get(reverse("account_login")).content.decode()
    begin = reverse("openid_connect_login", kwargs={"provider_id": "oidc"})
    assert "京通" in page
    assert begin in page
    assert INLINE.findall(page) == []
    asked = client.get(begin)
    assert (asked.status_code, INLINE.findall(asked.content.decode())) == (200, [])
    to = urlsplit(client.post(begin)["Location"])
    assert f"{to.scheme}://{to.netloc}{to.path}" == f"{provider}/authorize"
    sent = dict(parse_qsl(to.query))
    assert (sent["client_id"], sent["response_type"]) == ("fuhua", "code")
    assert sent["redirect_uri"].endswith("/account/oidc/oidc/login/callback/")


def test_a_form_may_lead_to_the_provider_and_nowhere_else():
    assert form_targets({}) == ["'self'"]
    assert form_targets({"FUHUA_OIDC_SERVER": "https://id.example.org/realms/x"}) == ["'self'", "https://id.example.org"]
    assert outside_identities({"FUHUA_OIDC_CLIENT": "x"}) == {}


def locked_out(address: str) -> bool:
    """Whether somebody at that address, behind one proxy, is no longer let in with the right password."""
    return sign_in(Client(headers={"x-forwarded-for": f"6.6.6.6, {address}"})).status_code != 302


def guess(address: str, times: int = 11) -> None:
    for n in range(times):
        sign_in(Client(headers={"x-forwarded-for": f"{n}.6.6.6, {address}"}), f"guess {n}", f"nobody{n}")


def test_behind_a_proxy_wrong_passwords_lock_out_their_sender_alone(cast, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    guess("1.2.3.4")
    assert (locked_out("1.2.3.4"), locked_out("5.6.7.8")) == (True, False)


def test_without_a_proxy_nobody_names_their_own_address(cast, settings):
    assert settings.ALLAUTH_TRUSTED_PROXY_COUNT == settings.FUHUA_PROXIES == 0
    for n in range(11):
        guess(f"1.2.3.{n}", 1)
    assert locked_out("5.6.7.8")
