"""Consents and delegations: given for a purpose and a time, logged at every opening, taken back at will."""

from __future__ import annotations

import pytest

from fuhua.evidence.models import Fact
from fuhua.parties import queries
from fuhua.parties.actions import consents, delegations


@pytest.fixture
def consent(cast, organisation, at):
    founder = cast["founder"].party
    return consents.give(
        giver=organisation("venture"),
        reader=organisation("institute"),
        thing="urn:fuhua:document:deck",
        purpose="尽职调查",
        expires=at("2025-06-30"),
        by=founder.urn,
        at=at("2025-06-01"),
    )


def test_every_opening_is_logged_and_told_without_the_purpose(consent, cast, at):
    expert = cast["expert"].party
    consents.open(consent, person=expert, by=expert.urn, at=at("2025-06-02"))
    consents.open(consent, person=expert, by=expert.urn, at=at("2025-06-03"))
    assert list(consent.openings.values_list("by__name", flat=True)) == ["周以宁", "周以宁"]
    kinds = list(
        Fact.objects.filter(subject=consent.giver.urn, kind__contains="consent").values_list("kind", flat=True)
    )
    assert kinds == ["parties.consent_given", "parties.consent_opened", "parties.consent_opened"]


@pytest.mark.parametrize("day", ["2025-05-31", "2025-06-30", "2025-07-01"])
def test_nothing_opens_before_or_after(consent, cast, at, day):
    with pytest.raises(consents.BadConsent):
        consents.open(consent, person=cast["expert"].party, by=cast["expert"].party.urn, at=at(day))


def test_nothing_opens_once_withdrawn(consent, cast, at):
    founder, expert = cast["founder"].party, cast["expert"].party
    consents.withdraw(consent, by=founder.urn, at=at("2025-06-02"))
    with pytest.raises(consents.BadConsent):
        consents.open(consent, person=expert, by=expert.urn, at=at("2025-06-03"))
    with pytest.raises(consents.BadConsent):
        consents.withdraw(consent, by=founder.urn, at=at("2025-06-03"))


def test_an_impossible_consent_is_refused(cast, organisation, at):
    venture, institute = organisation("venture"), organisation("institute")
    for wrong in ({"purpose": " "}, {"expires": at("2025-06-01")}, {"reader": venture}):
        given = {
            "giver": venture,
            "reader": institute,
            "thing": "deck",
            "purpose": "尽职调查",
            "expires": at("2025-07-01"),
            **wrong,
        }
        with pytest.raises(consents.BadConsent):
            consents.give(**given, by=cast["founder"].party.urn, at=at("2025-06-01"))


def test_an_operator_files_for_a_venture_only_in_scope_and_in_time(cast, organisation, at):
    venture, incubator = organisation("venture"), organisation("incubator")
    operator = queries.who(cast["operator"])
    assert not queries.may_file_for(operator, venture, scope="returns", at=at("2025-06-02"))
    given = delegations.give(
        giver=venture,
        holder=incubator,
        scope="returns",
        expires=at("2025-06-30"),
        by=cast["founder"].party.urn,
        at=at("2025-06-01"),
    )
    assert queries.may_file_for(operator, venture, scope="returns", at=at("2025-06-02"))
    assert not queries.may_file_for(operator, venture, scope="applications", at=at("2025-06-02"))
    assert not queries.may_file_for(operator, venture, scope="returns", at=at("2025-06-30"))
    assert not queries.may_file_for(queries.who(cast["expert"]), venture, scope="returns", at=at("2025-06-02"))
    assert queries.files_for(operator, scope="returns", at=at("2025-06-02")) == {venture.pk, incubator.pk}
    delegations.revoke(given, by=cast["founder"].party.urn, at=at("2025-06-03"))
    assert not queries.may_file_for(operator, venture, scope="returns", at=at("2025-06-04"))
    with pytest.raises(delegations.BadDelegation):
        delegations.revoke(given, by=cast["founder"].party.urn, at=at("2025-06-04"))


def test_all_covers_every_scope_and_ones_own_needs_none(cast, organisation, at):
    venture = organisation("venture")
    delegations.give(
        giver=venture,
        holder=organisation("incubator"),
        scope="all",
        expires=at("2025-06-30"),
        by=cast["founder"].party.urn,
        at=at("2025-06-01"),
    )
    operator, founder = queries.who(cast["operator"]), queries.who(cast["founder"])
    assert queries.may_file_for(operator, venture, scope="asks", at=at("2025-06-02"))
    assert queries.may_file_for(founder, venture, scope="asks", at=at("2025-06-02"))


def test_an_impossible_delegation_is_refused(cast, organisation, at):
    venture, incubator = organisation("venture"), organisation("incubator")
    for wrong in (
        {"scope": "castle"},
        {"expires": at("2025-06-01")},
        {"holder": venture},
        {"holder": cast["expert"].party},
    ):
        given = {"giver": venture, "holder": incubator, "scope": "all", "expires": at("2025-06-30"), **wrong}
        with pytest.raises(delegations.BadDelegation):
            delegations.give(**given, by=cast["founder"].party.urn, at=at("2025-06-01"))
