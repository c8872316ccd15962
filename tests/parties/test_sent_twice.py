"""A form that is sent twice is done once."""

from __future__ import annotations

import re

from django.utils import timezone

from fuhua.parties.actions.once import once
from fuhua.parties.models import Party, Sent

TOKEN = re.compile(r'name="once" value="([^"]+)"')


def test_an_organisation_sent_twice_is_registered_once(client_of):
    client = client_of("city_officer")
    token = TOKEN.search(client.get("/organisations/new/").content.decode())[1]
    given = {"sort": "firm", "name": "北京双击测试有限公司", "once": token}
    answers = [client.post("/organisations/new/", given) for _each in range(3)]
    party = Party.objects.get(name="北京双击测试有限公司")
    assert {(each.status_code, each["Location"]) for each in answers} == {(302, f"/organisations/{party.urn}/")}


def test_every_form_has_a_token_of_its_own(client_of):
    client = client_of("city_officer")
    assert len({TOKEN.search(client.get("/organisations/new/").content.decode())[1] for _each in range(3)}) == 3


def test_a_token_is_its_senders_own_and_an_empty_one_does_not_bind(cast):
    done = []

    def do():
        done.append(1)
        return f"/{len(done)}/"

    one, other = cast["founder"].pk, cast["operator"].pk
    sent = [once(account, token, do, at=timezone.now()) for account, token in ((one, "a"), (one, "a"), (other, "a"), (one, ""), (one, ""))]
    assert sent == ["/1/", "/1/", "/2/", "/3/", "/4/"]
    assert Sent.objects.count() == 2
