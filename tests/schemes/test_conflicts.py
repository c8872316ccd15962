"""Conflicts are computed from ties, with the shortest path as proof."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fuhua.parties.models import Party
from fuhua.parties.queries.conflicts import GROUNDS, conflicts
from fuhua.parties.words import CONFLICTS, TIES
from fuhua.schemes.queries.panels import parties_of
from schemes.rounds import Round

ON = dt.date(2025, 6, 30)


@pytest.fixture
def one(round_of: Callable[..., Round]) -> Round:
    return round_of(applications=1, experts=1)


def found(one: Round, on: dt.date = ON) -> Any:
    return conflicts([one.experts[0].pk], parties_of(one.applications), on).get((one.experts[0].pk, one.applications[0].pk))


def test_who_has_no_tie_has_no_conflict(one: Round) -> None:
    assert found(one) is None


@pytest.mark.parametrize(("kind", "why"), [("employs", "employment"), ("invests", "shares"), ("owns", "shares"), ("mentors", "mentoring"),
                                           ("rival", "rival"), ("linked", "organisation")])
def test_a_direct_tie_with_the_applicant_is_a_conflict(one: Round, kind: str, why: str) -> None:
    one.tie(kind, (one.applicants[0], one.experts[0]))
    assert found(one).why == why
    assert [hop.kind for hop in found(one).hops] == [kind]


@pytest.mark.parametrize(("kind", "why"), [("relative", "kinship"), ("coauthor", "coauthor"), ("mentors", "teaching")])
def test_a_direct_tie_with_the_lead_is_a_conflict(one: Round, kind: str, why: str) -> None:
    one.tie(kind, (one.leads[0], one.experts[0]))
    assert found(one).why == why


def test_whoever_writes_the_application_does_not_judge_it(one: Round) -> None:
    one.applications[0].coauthors.create(person=one.experts[0], at=one.at)
    assert (found(one).why, found(one).hops) == ("own", ())


def test_a_colleague_of_the_lead_is_shown_with_the_organisation_they_share(one: Round) -> None:
    one.tie("employs", (one.houses[0], one.leads[0]))
    assert found(one).why == "colleague"
    assert [(hop.source, hop.target) for hop in found(one).hops] == [
        (one.houses[0].urn, one.experts[0].urn), (one.houses[0].urn, one.leads[0].urn)]


def test_a_merged_organisation_and_what_it_became_are_one(one: Round) -> None:
    former = one.parties("university", "原单位", 1)[0]
    one.tie("employs", (former, one.leads[0]))
    assert found(one) is None
    Party.objects.filter(pk=former.pk).update(merged_into=one.houses[0])
    assert found(one).why == "colleague"


def test_the_employers_fund_that_holds_the_applicant_is_three_steps_away(one: Round) -> None:
    fund = one.parties("fund", "基金", 1)[0]
    one.tie("owns", (one.houses[0], fund))
    one.tie("invests", (fund, one.applicants[0]))
    assert [hop.kind for hop in found(one).hops] == ["employs", "owns", "invests"]
    assert found(one).why == "shares"


def test_four_steps_are_too_far(one: Round) -> None:
    first, second = one.parties("fund", "基金", 2)
    one.tie("owns", (one.houses[0], first), (first, second))
    one.tie("invests", (second, one.applicants[0]))
    assert found(one) is None


def test_the_shortest_path_is_the_proof_and_of_equals_the_stronger_reason(one: Round) -> None:
    one.tie("employs", (one.houses[0], one.leads[0]))
    one.tie("coauthor", (one.experts[0], one.leads[0]))
    one.tie("relative", (one.leads[0], one.experts[0]))
    assert (found(one).why, len(found(one).hops)) == ("kinship", 1)


def test_fellow_residents_co_authors_of_co_authors_and_the_same_government_are_no_conflict(one: Round) -> None:
    park, bureau = one.parties("park", "园区", 1)[0], one.parties("agency", "委办局", 1)[0]
    between = one.parties("person", "中间人", 1)[0]
    one.tie("resides", (one.houses[0], park), (one.applicants[0], park))
    one.tie("coauthor", (one.experts[0], between), (between, one.leads[0]))
    one.tie("employs", (bureau, one.experts[0]), (bureau, one.leads[0]))
    assert found(one) is None


@pytest.mark.parametrize(("kind", "years", "stands"), [("employs", 2, True), ("employs", 4, False), ("relative", 30, True),
                                                       ("rival", 1, False), ("mentors", 30, True), ("invests", 3, False)])
def test_an_ended_tie_counts_as_long_as_its_kind_says(one: Round, kind: str, years: int, stands: bool) -> None:
    end = one.leads[0] if kind in ("relative", "mentors") else one.applicants[0]
    one.tie(kind, (end, one.experts[0]), state="ended", until=ON.replace(year=ON.year - years), since=dt.date(1990, 1, 1))
    assert (found(one) is not None) == stands


def test_what_was_only_proposed_or_lies_ahead_does_not_count(one: Round) -> None:
    one.tie("invests", (one.experts[0], one.applicants[0]), state="proposed", confirmed_by=None)
    one.tie("owns", (one.experts[0], one.applicants[0]), since=dt.date(2025, 7, 1))
    assert found(one) is None


def test_every_kind_of_tie_says_why_and_how_long() -> None:
    assert set(TIES) <= set(GROUNDS)
    assert {ground.why for ground in GROUNDS.values()} | {"own", "colleague"} == set(CONFLICTS)


def test_a_whole_panel_is_held_against_all_applications_in_six_queries(round_of: Callable[..., Round]) -> None:
    big = round_of(applications=80, experts=60)
    big.tie("employs", *zip(big.houses[:40], big.leads[:40], strict=True))
    big.tie("mentors", *zip(big.experts[:20], big.applicants[30:50], strict=True))
    with CaptureQueriesContext(connection, ) as asked:
        pairs = conflicts([each.pk for each in big.experts], parties_of(big.applications), ON)
    assert len(asked) <= 6
    assert len(pairs) == 60
