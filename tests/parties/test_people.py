"""People: entered, given an account, and erased while every proof stays valid."""

from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator

from fuhua.evidence import queries as evidence
from fuhua.evidence.actions import sequence
from fuhua.evidence.models import Fact
from fuhua.parties import queries
from fuhua.parties.actions import people
from fuhua.parties.models import Tie

BY = "urn:fuhua:person:clerk"


def test_a_persons_name_is_in_no_fact(cast):
    assert not any(
        name in body for body in Fact.objects.values_list("body", flat=True) for name in ("林舟", "寄灵", "founder@")
    )
    assert all(body.isascii() for body in Fact.objects.values_list("body", flat=True))


def test_who_knows_offices_organisations_and_districts(cast, organisation):
    officer = queries.who(cast["district_officer"])
    haidian = organisation("haidian")
    assert (officer.name, officer.offices, officer.districts) == ("刘建国", {"district_officer"}, {"110108"})
    assert officer.organisations == {"district_officer": {haidian.pk}}
    assert (officer.organisation_urns, officer.acting) == ({haidian.urn}, haidian.name)


@pytest.mark.parametrize("password", ["short", "password123", "88888888888888"])
def test_weak_passwords_are_refused(db, at, password):
    person = people.enter(name="李雷", by=BY, at=at())
    if password == "88888888888888":
        people.open_account(username="lilei", password=password, party=person, by=BY, at=at())
        return
    with pytest.raises(people.BadPerson):
        people.open_account(username="lilei", password=password, party=person, by=BY, at=at())


def test_a_user_name_and_a_person_have_one_account(cast, at):
    other = people.enter(name="李雷", by=BY, at=at())
    for username, party in (("founder", other), ("another", cast["founder"].party), ("with space", other)):
        with pytest.raises(people.BadPerson):
            people.open_account(username=username, password=None, party=party, by=BY, at=at())


def test_an_organisation_has_no_account_and_is_not_erased(organisation, at):
    with pytest.raises(people.BadPerson):
        people.open_account(username="x", password=None, party=organisation("venture"), by=BY, at=at())
    with pytest.raises(people.BadPerson):
        people.erase(organisation("venture"), by=BY, at=at())


def test_erasing_a_person_leaves_every_proof_standing(cast, at):
    sequence.catch_up(at=at("2022-02-01"))
    before = evidence.head()
    digests = list(Fact.objects.values_list("digest", flat=True))
    founder = cast["founder"]
    Authenticator.objects.create(user=founder, type="totp", data={"secret": "x"})
    people.erase(founder.party, by=founder.party.urn, at=at())
    sequence.catch_up(at=at())
    assert evidence.head(before.size) == before
    assert evidence.head().size == before.size + 1
    assert all(evidence.fact(digest).proof.holds for digest in digests)
    assert Tie.objects.filter(target=founder.party).count() == 1


def test_an_erased_person_is_nobody_and_cannot_sign_in(cast, at, client_of):
    founder = cast["founder"]
    client = client_of("founder")
    Authenticator.objects.create(user=founder, type="totp", data={"secret": "x"})
    people.erase(founder.party, by=BY, at=at())
    founder.refresh_from_db()
    assert (founder.party.name, founder.username, founder.is_active) == ("", f"erased-{founder.pk}", False)
    assert not founder.has_usable_password()
    assert Authenticator.objects.count() == 0
    assert queries.names([founder.party.urn]) == {}
    assert client.get("/me/").status_code == 302
    with pytest.raises(people.BadPerson):
        people.erase(founder.party, by=BY, at=at())


def test_only_ones_own_offices_can_be_acted_in(cast, at):
    people.act_for(cast["founder"], Tie.objects.get(target=cast["founder"].party))
    with pytest.raises(people.BadPerson):
        people.act_for(cast["founder"], Tie.objects.get(target=cast["operator"].party))
