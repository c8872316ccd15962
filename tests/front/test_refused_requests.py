"""Requests that are refused before they are read, answers that may not be kept, and returns that lead nowhere else."""

from __future__ import annotations

import os
import re

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver

from fuhua.exchange.models import Listing
from fuhua.kernel.page import PAGES

MEGA = 2**20


class Unread:
    """A body that says whether anybody read it."""

    def __init__(self):
        self.asked = False

    def read(self, *_given):
        """Nothing but the note that it was asked for."""
        self.asked = True
        return b""

    readline = read

    def close(self):
        """As files do."""


def send(client, path, length, **more):
    body = Unread()
    answer = client.generic("POST", path, b"x", content_type="multipart/form-data; boundary=x", CONTENT_LENGTH=str(length),
                            **{"wsgi.input": body}, **more)
    return answer, body.asked


@pytest.mark.parametrize("path", ["/language/", "/desk/rosters/", "/plans/import/", "/account/login/", "/no/such/page/"])
def test_a_long_body_of_a_stranger_is_refused_unread(db, path):
    answer, read = send(Client(), path, 400 * MEGA)
    assert (answer.status_code, read) == (413, False)


def test_a_long_body_is_refused_to_a_signed_in_person_where_no_file_is_taken(client_of):
    answer, read = send(client_of("city_officer"), "/language/", MEGA + 1)
    assert (answer.status_code, read) == (413, False)


def test_a_description_of_fifty_megabytes_is_refused_unread_and_nothing_is_posted(client_of):
    for path in ("/exchange/new/?side=need&kind=equipment", "/exchange/1/edit/"):
        answer, read = send(client_of("founder"), path, 50 * MEGA)
        assert (answer.status_code, read) == (413, False), path
    told = {"title": "扫描电镜机时", "text": "长" * (50 * MEGA // 3), "audience": "public"}
    answer = client_of("founder").post("/exchange/new/?side=need&kind=equipment", told)
    assert (answer.status_code, "发送的内容过大" in answer.content.decode(), Listing.objects.exists()) == (413, True, False)


def test_a_file_beyond_every_limit_is_refused_unread_where_files_are_taken(client_of):
    for path in ("/desk/rosters/", "/plans/import/", "/plans/x/tasks/import/"):
        answer, read = send(client_of("city_officer"), path, settings.FUHUA_UPLOAD_BYTES + 1)
        assert (answer.status_code, read) == (413, False), path


def test_a_file_within_the_limit_is_read_from_a_signed_in_person(client_of):
    answer, read = send(client_of("city_officer"), "/desk/rosters/", 20 * MEGA)
    assert (answer.status_code, read) == (200, True)


def test_a_length_that_is_no_number_is_refused(db):
    for odd in ("²", "-5", "9" * 40):
        assert send(Client(), "/language/", odd)[0].status_code == 413, odd


def test_a_number_that_no_row_can_have_is_not_there_on_any_page(client_of):
    get_resolver().url_patterns  # noqa: B018 - importing the URL table declares every page
    paths = [(re.sub("<[a-z]+:[a-z]+>", "x", re.sub("<int:[a-z]+>", str(2**63), f"/{each.path}")), method) for each in PAGES
             if "<int:" in each.path for method in each.methods]
    client = client_of("founder")
    answers = {(path, client.generic(method, path).status_code) for path, method in paths}
    assert len(paths) > 100
    assert {(path, status) for path, status in answers if status != 404} == set()


def test_the_refusal_is_in_the_readers_language(db):
    assert "发送的内容过大" in send(Client(), "/language/", 400 * MEGA)[0].content.decode()
    answer, _read = send(Client(), "/language/", 400 * MEGA, HTTP_ACCEPT_LANGUAGE="en")
    assert "What was sent is too large" in answer.content.decode()


def test_what_a_signed_in_person_is_shown_may_not_be_kept(client_of):
    for path in ("/", "/me/", "/desk/asks/", "/evidence/", "/organisations/", "/no/such/page/"):
        assert "no-store" in client_of("founder").get(path)["Cache-Control"], path


def test_what_a_stranger_is_shown_costs_no_question_about_a_session(db):
    with CaptureQueriesContext(connection) as asked:
        Client().get("/organisations/")
    assert not [each for each in asked.captured_queries if "django_session" in each["sql"]]


@pytest.mark.parametrize(
    ("to", "led"), [("nope", "nope"), ("/me/", "/me/"), ("https://example.org/", "/"), ("//example.org", "/"), ("", "/")])
def test_a_language_never_leads_elsewhere_and_a_word_is_no_page_name(db, to, led):
    answer = Client().post("/language/", {"language": "en", "next": to})
    assert (answer.status_code, answer["Location"]) == (302, led)


def test_the_host_name_of_tests_is_not_answered_in_earnest():
    given = os.environ.get("FUHUA_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
    assert sorted(set(settings.ALLOWED_HOSTS) - {"testserver"}) == sorted(given)


OURS = {"HTTP_ORIGIN": "http://testserver"}
WRITTEN = {"title": "扫描电镜机时", "text": "两天 <b>"}


def test_a_form_sent_after_the_session_ended_is_kept_to_be_sent_again(db):
    answer = Client().post("/exchange/new/?side=need&kind=equipment", WRITTEN, **OURS)
    page = answer.content.decode()
    assert (answer.status_code, "什么都没有提交" in page, "先在新窗口登录" in page) == (403, True, True)
    assert ('name="title" value="扫描电镜机时"' in page, 'value="两天 &lt;b&gt;"' in page) == (True, True)
    assert 'action="/exchange/new/?side=need&amp;kind=equipment"' in page
    assert Client().post("/exchange/new/?side=need&kind=equipment", WRITTEN).status_code == 302


def test_a_form_from_before_another_sign_in_is_kept_but_never_another_sites_nor_a_password(cast):
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast["founder"])
    path = "/exchange/new/?side=need&kind=equipment"
    theirs, secret = {"HTTP_ORIGIN": "https://elsewhere.example"}, WRITTEN | {"oldpassword": "secret"}
    answers = [client.post(path, sent, **said) for sent, said in ((WRITTEN, OURS), (WRITTEN, theirs), (WRITTEN, {}), (secret, OURS))]
    assert [(answer.status_code, answer["Cache-Control"]) for answer in answers] == [(403, "no-store")] * 4
    pages = [answer.content.decode() for answer in answers]
    assert [("再次提交" in page, "扫描电镜机时" in page, "secret" in page) for page in pages] == [(True, True, False)] + 3 * [(False,) * 3]
