"""In a request a name means only what its reader may see; a command names everything."""

from __future__ import annotations

import pytest
from django.urls import reverse

from fuhua.kernel.access import READER
from fuhua.parties.actions import organisations
from fuhua.parties.actions.cast import PLAYERS
from fuhua.parties.queries import exact, who

HIDDEN = "隐身量子项目"


@pytest.fixture
def project(cast, at):
    return organisations.register(sort="project", name=HIDDEN, by=PLAYERS["city_officer"].urn, at=at())


def asked(client, name):
    answer = client.post(reverse("desk:ask_new"), {"asked": name})
    assert answer.status_code in (200, 422)
    return [str(each) for each in answer.context["form"].errors.get("asked", [])]


def test_a_hidden_project_is_answered_as_if_it_were_not_there(client_of, project):
    founder = client_of("founder")
    unknown = asked(founder, "不存在的项目")
    assert unknown
    assert asked(founder, HIDDEN) == [unknown[0].replace("不存在的项目", HIDDEN)]
    assert asked(founder, project.urn) == [unknown[0].replace("不存在的项目", f"{project.urn[:40]}…")]


def test_an_officer_names_a_project(client_of, project):
    assert asked(client_of("city_officer"), HIDDEN) == []


def test_a_command_names_everything_and_a_request_leaves_no_reader_behind(client_of, cast, at, project):
    asked(client_of("founder"), HIDDEN)
    assert READER.get() is None
    assert exact.organisation(HIDDEN) == project
    token = READER.set(who(cast["founder"], at()))
    try:
        with pytest.raises(exact.NoSuchParty):
            exact.organisation(HIDDEN)
    finally:
        READER.reset(token)
