"""On 2022-12-28 the press counted 9 leading and 14 cultivation incubators and about ¥30 bn of early funds: what the product makes of it."""

from __future__ import annotations

import datetime as dt
import re
from importlib.resources import as_file, files

import pytest
from django.utils import timezone

from fuhua.capital.actions import stocks
from fuhua.config.demo import plan
from fuhua.evidence.actions import documents, sequence
from fuhua.evidence.words import Grade
from fuhua.kernel import urn
from fuhua.parties.actions.cast import PLAYERS
from fuhua.schemes.actions import agreements

PRESS_DAY = dt.date(2022, 12, 28)
OFFICER = PLAYERS["city_officer"].urn
ARTICLE = "本市已有标杆孵化器23家，其中引领类9家、培育类14家；早期基金规模约300亿元。".encode()


@pytest.fixture
def reported(cast):
    """The plan is in force and the press report is on record, each incubator it counts by a fact that cites it."""
    now = timezone.now()
    with as_file(files("fuhua.config.demo") / "plan.txt") as text:
        edition = plan.publish(text, at=now)
    article = documents.keep(ARTICLE, media_type="text/plain", by=OFFICER, at=now)
    told = {"by": OFFICER, "at": now, "on": PRESS_DAY, "grade": Grade.DECLARED, "documents": [article]}
    for index in range(23):
        agreements.set_tier(subject=urn.of("incubator", f"press-{index:02}"), tier="leading" if index < 9 else "cultivation", **told)
    stocks.report(subject=urn.of("programme", "beijing"), metric="early_funds", value=300 * 10**10, **told)
    sequence.catch_up(at=now)
    return edition


def figure_on(page) -> tuple[str, str]:
    """The big number and the line with light and target of an indicator's page."""
    html = page.content.decode()
    value = re.search(r'<span class="big">(.*?)</span>', html).group(1)
    foot = re.sub(r"<[^>]+>", " ", re.search(r'<div class="fig-foot">(.*?)</div>', html, re.S).group(1))
    return value, " ".join(foot.split())


@pytest.mark.django_db
def test_under_leading_tier_only_nine_of_twenty(reported, client_of):
    page = client_of("city_officer").get(f"/plans/{reported.slug}/indicators/I1/", {"on": "2022-12-28", "definition": "leading"})
    value, foot = figure_on(page)
    assert value == "9"
    assert "目标 20" in foot


@pytest.mark.django_db
def test_under_both_tiers_twenty_three_of_twenty(reported, client_of):
    page = client_of("city_officer").get(f"/plans/{reported.slug}/indicators/I1/", {"on": "2022-12-28", "definition": "both"})
    value, foot = figure_on(page)
    assert value == "23"
    assert "目标 20" in foot


@pytest.mark.django_db
def test_both_definitions_stand_side_by_side_and_the_strict_one_counts_none_without_agreements(reported, client_of):
    asked = {"on": "2022-12-28", "definition": "leading", "second": "both"}
    page = client_of("city_officer").get(f"/plans/{reported.slug}/indicators/I1/", asked)
    readings = {each["version"]: str(each["reading"]) for each in page.context["definitions"]}
    assert readings == {"signed": "待定", "leading": "9", "both": "23"}
    assert [str(label) for label in (page.context["chart"].second_label,)] == [str(page.context["definitions"][2]["label"])]


@pytest.mark.django_db
def test_a_stock_of_thirty_billion_leaves_new_paid_in_money_undetermined(reported, client_of):
    page = client_of("city_officer").get(f"/plans/{reported.slug}/indicators/I4/", {"on": "2022-12-28"})
    value, foot = figure_on(page)
    assert value == "待定"
    assert "目标 100 亿元" in foot
    assert "300%" not in page.content.decode()
    assert "%" not in foot


@pytest.mark.django_db
def test_the_cockpit_shows_no_green_light_for_what_is_undetermined(reported, client_of):
    page = client_of("stranger").get(f"/plans/{reported.slug}/cockpit/", {"on": "2022-12-28"})
    lights = {each.indicator.code: each.light.state for each in page.context["objectives"]}
    assert lights["I4"] == "undetermined"
    assert {code for code, state in lights.items() if state == "good"} == set()
    assert lights["I8"] == "unknown"
