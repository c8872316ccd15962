"""An ask that is sent many times is raised once; odd numbers in an address are not an error."""

from __future__ import annotations

import re

import pytest

from fuhua.desk.models import Ask


def test_an_ask_sent_ten_times_is_raised_once(client_of, organisation):
    client = client_of("founder")
    token = re.search(r'name="once" value="([^"]+)"', client.get("/desk/asks/new/").content.decode())[1]
    given = {"kind": "green_channel", "title": "设备通关受阻", "asked": organisation("finance").name, "once": token}
    answers = [client.post("/desk/asks/new/", given) for _each in range(10)]
    ask = Ask.objects.get()
    assert {(each.status_code, each["Location"]) for each in answers} == {(302, f"/desk/asks/{ask.pk}/")}


@pytest.mark.parametrize("odd", ["²", "9" * 5000, "-1", "", "٣", "1e3"])
def test_a_number_that_is_none_is_passed_over(client_of, odd):
    client = client_of("city_officer")
    for path in ("/desk/asks/", "/desk/rosters/", "/evidence/", "/organisations/"):
        assert client.get(path, {"before": odd, "after": odd, "older": odd}).status_code == 200, path
    assert client.post("/me/acting/", {"tie": odd}).status_code == 302
