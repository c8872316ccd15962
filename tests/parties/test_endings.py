"""Who ends an appointment: the person, whoever appoints, never a colleague; staff do not act for their organisation."""

from __future__ import annotations

import pytest

from fuhua.parties.access import END_TIE
from fuhua.parties.actions import people, ties
from fuhua.parties.models import Tie
from fuhua.parties.queries import who

BY = "urn:fuhua:person:clerk"


@pytest.fixture
def employed(cast, organisation, at):
    """``employed("city")``: somebody with an account who works there without an office."""

    def enter(house):
        person = people.enter(name="钱进", by=BY, at=at())
        account = people.open_account(username=f"staff-{house}", password="a long enough password", party=person, by=BY, at=at(),
                                      strict=False)
        ties.attest(kind="employs", source=organisation(house), target=person, by=BY, at=at())
        return account

    return enter


def ends(account, tie):
    return END_TIE.may(who(account), tie)


def office_of(cast, name):
    return Tie.objects.get(kind="employs", target=cast[name].party)


@pytest.mark.parametrize(("house", "colleague"), [("city", "city_officer"), ("incubator", "operator"), ("venture", "founder")])
def test_plain_staff_cannot_end_a_colleagues_appointment(cast, employed, client_of, house, colleague):
    account = employed(house)
    tie = office_of(cast, colleague)
    assert not ends(account, tie)
    client = client_of("stranger")
    client.force_login(account)
    assert client.post(f"/ties/{tie.pk}/end/").status_code in (403, 404)
    tie.refresh_from_db()
    assert tie.state == "confirmed"


def test_plain_staff_do_not_act_for_their_organisation(employed, organisation):
    asker = who(employed("incubator"))
    assert (asker.acts_for(), asker.organisation_urns) == (frozenset(), frozenset())
    assert organisation("incubator").pk in asker.acts_for("")


def test_plain_staff_cannot_end_a_stay_of_their_organisation(employed, organisation, cast, at):
    stay = ties.propose(kind="resides", source=organisation("venture"), target=organisation("incubator"),
                        side=organisation("venture"), by=BY, at=at())
    assert not ends(employed("venture"), stay)
    assert ends(cast["operator"], stay)


def test_a_rivalry_that_both_confirmed_keeps_specs_closed_and_is_ended_by_city_officers_alone(organisation, cast, at):
    claim = ties.propose(kind="rival", source=organisation("venture"), target=organisation("incubator"), side=organisation("venture"),
                         by=cast["founder"].party.urn, at=at())
    sides = ("founder", "operator", "city_officer", "district_officer")
    assert [ends(cast[name], claim) for name in sides] == [True, True, True, False]
    rivalry = ties.confirm(claim, side=organisation("incubator"), by=cast["operator"].party.urn, at=at())
    assert [ends(cast[name], rivalry) for name in sides] == [False, False, True, False]


def test_a_tie_that_was_confirmed_meanwhile_is_not_ended_by_who_might_end_the_claim(organisation, cast, at):
    claim = ties.propose(kind="rival", source=organisation("venture"), target=organisation("incubator"), side=organisation("venture"),
                         by=cast["founder"].party.urn, at=at())
    ties.confirm(Tie.objects.get(pk=claim.pk), side=organisation("incubator"), by=cast["operator"].party.urn, at=at())
    with pytest.raises(ties.BadTie, match="just changed"):
        ties.end(claim, by=cast["founder"].party.urn, at=at())
    assert Tie.objects.get(pk=claim.pk).state == "confirmed"


def test_an_office_given_by_the_authority_is_not_ended_by_its_bearer(cast):
    for name in ("city_officer", "district_officer", "auditor", "expert", "steward"):
        assert not ends(cast[name], office_of(cast, name)), name


def test_a_person_ends_their_own_agreed_office(cast):
    for name in ("operator", "founder", "park_manager"):
        assert ends(cast[name], office_of(cast, name)), name


def test_whoever_appoints_ends_an_appointment_and_no_one_else(cast):
    assert [name for name in cast if ends(cast[name], office_of(cast, "expert"))] == ["coordinator", "city_officer"]
    assert [name for name in cast if ends(cast[name], office_of(cast, "city_officer"))] == ["coordinator"]
    assert [name for name in cast if ends(cast[name], office_of(cast, "founder"))] == [
        "coordinator", "city_officer", "district_officer", "founder"]
    assert not any(ends(cast[name], office_of(cast, "coordinator")) for name in cast)


def test_plain_staff_are_let_go_by_whoever_runs_the_house_and_not_by_others(cast, employed):
    tie = Tie.objects.get(target=employed("incubator").party)
    assert [name for name in cast if ends(cast[name], tie)] == ["coordinator", "city_officer", "operator"]
