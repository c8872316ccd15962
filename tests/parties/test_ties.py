"""Ties: proposed by one side, confirmed by the other, ended by either, never gone."""

from __future__ import annotations

import datetime as dt

import pytest

from fuhua.evidence.models import Fact
from fuhua.kernel.flow import WrongState
from fuhua.parties import queries
from fuhua.parties.actions import people, ties
from fuhua.parties.models import Tie

BY = "urn:fuhua:person:clerk"


@pytest.fixture
def stay(cast, organisation, at):
    """The venture says that it resides at the incubator."""
    founder = cast["founder"].party
    venture, incubator = organisation("venture"), organisation("incubator")
    return ties.propose(kind="resides", source=venture, target=incubator, side=venture, by=founder.urn, at=at())


def test_both_sides_make_a_tie(stay, cast, at):
    assert stay.state == "proposed"
    confirmed = ties.confirm(stay, side=stay.target, by=cast["operator"].party.urn, at=at())
    assert (confirmed.state, confirmed.confirmed_by) == ("confirmed", cast["operator"].party)
    told = Fact.objects.filter(subject=stay.source.urn, kind__startswith="parties.tie").order_by("id")
    assert list(told.values_list("kind", "grade"))[-2:] == [("parties.tie_proposed", 0), ("parties.tie_confirmed", 1)]


def test_the_proposing_side_cannot_confirm(stay, cast, at):
    with pytest.raises(ties.BadTie):
        ties.confirm(stay, side=stay.source, by=cast["operator"].party.urn, at=at())


def test_the_proposing_person_cannot_confirm_for_the_other_side_either(stay, cast, at):
    with pytest.raises(ties.BadTie):
        ties.confirm(stay, side=stay.target, by=cast["founder"].party.urn, at=at())


def test_a_stranger_to_the_tie_is_no_side(stay, organisation, cast, at):
    with pytest.raises(ties.BadTie):
        ties.confirm(stay, side=organisation("park"), by=cast["park_manager"].party.urn, at=at())


def test_verbs_follow_the_table(stay, cast, at):
    confirmed = ties.confirm(stay, side=stay.target, by=cast["operator"].party.urn, at=at())
    with pytest.raises(WrongState):
        ties.confirm(confirmed, side=stay.target, by=cast["operator"].party.urn, at=at())
    ended = ties.end(confirmed, by=cast["operator"].party.urn, at=at())
    assert (ended.state, ended.until) == ("ended", dt.date(2025, 6, 30))
    with pytest.raises(WrongState):
        ties.end(ended, by=cast["operator"].party.urn, at=at())


def test_an_ended_tie_stays_and_can_be_made_anew(stay, cast, at, organisation):
    ties.end(stay, by=cast["founder"].party.urn, at=at())
    again = ties.propose(
        kind="resides",
        source=organisation("venture"),
        target=organisation("incubator"),
        side=organisation("incubator"),
        by=cast["operator"].party.urn,
        at=at(),
    )
    assert sorted(Tie.objects.filter(kind="resides").values_list("state", flat=True)) == ["ended", "proposed"]
    with pytest.raises(ties.BadTie):
        ties.propose(kind="resides", source=again.source, target=again.target, side=again.source, by=BY, at=at())


def test_a_tie_cannot_end_before_it_began(stay, at):
    with pytest.raises(ties.BadTie):
        ties.end(stay, by=BY, at=at(), until=dt.date(2020, 1, 1))


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "envies"},
        {"office": "founder"},
        {"share": 500_000},
        {"kind": "owns", "share": 1_000_001},
        {"kind": "employs"},
    ],
)
def test_impossible_ties_are_refused(organisation, at, wrong):
    given = {
        "kind": "resides",
        "source": organisation("venture"),
        "target": organisation("incubator"),
        "side": organisation("venture"),
        "by": BY,
        "at": at(),
        **wrong,
    }
    with pytest.raises(ties.BadTie):
        ties.propose(**given)


def test_nobody_is_tied_with_themselves_nor_by_a_third(organisation, at):
    venture, incubator, park = (organisation(key) for key in ("venture", "incubator", "park"))
    with pytest.raises(ties.BadTie):
        ties.propose(kind="linked", source=venture, target=venture, side=venture, by=BY, at=at())
    with pytest.raises(ties.BadTie):
        ties.propose(kind="linked", source=venture, target=incubator, side=park, by=BY, at=at())


@pytest.mark.parametrize(
    "office", ["coordinator", "city_officer", "district_officer", "department_officer", "auditor", "expert", "steward"]
)
def test_an_office_of_the_authority_cannot_be_agreed_between_two_sides(cast, organisation, at, office):
    with pytest.raises(ties.BadTie):
        ties.propose(
            kind="employs",
            source=organisation("venture"),
            target=cast["expert"].party,
            office=office,
            side=cast["expert"].party,
            by=cast["expert"].party.urn,
            at=at(),
        )


def test_an_office_exists_only_where_it_belongs(cast, organisation, at):
    with pytest.raises(ties.BadTie):
        ties.attest(
            kind="employs",
            source=organisation("venture"),
            target=cast["expert"].party,
            office="city_officer",
            by=BY,
            at=at(),
        )


def test_an_agreed_employment_opens_the_office_only_once_confirmed(cast, organisation, at):
    newcomer = people.enter(name="李雷", by=BY, at=at())
    account = people.open_account(username="lilei", password=None, party=newcomer, by=BY, at=at())
    tie = ties.propose(
        kind="employs",
        source=organisation("venture"),
        target=newcomer,
        office="founder",
        side=newcomer,
        by=newcomer.urn,
        at=at(),
    )
    assert queries.who(account).offices == frozenset()
    tie = ties.confirm(tie, side=organisation("venture"), by=cast["founder"].party.urn, at=at())
    assert queries.who(account).offices == {"founder"}
    ties.end(tie, by=newcomer.urn, at=at())
    assert queries.who(account).offices == frozenset()
