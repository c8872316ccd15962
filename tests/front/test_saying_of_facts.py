"""Who may say what of a fact, through the pages."""

from __future__ import annotations

import pytest
from django.utils import timezone

from fuhua.evidence.actions import facts
from fuhua.evidence.models import Fact
from fuhua.evidence.words import Grade
from fuhua.journey.actions import stays
from fuhua.parties.actions import people, ties
from fuhua.parties.actions.cast import ORGANISATIONS, PLAYERS
from fuhua.parties.models import Party

pytestmark = pytest.mark.django_db


@pytest.fixture
def stay(cast):
    """The cast's incubator says that the cast's venture moved in."""
    return stays.begin(subject=ORGANISATIONS["venture"].urn, host=ORGANISATIONS["incubator"].urn, stay="physical", district="110108",
                       by=PLAYERS["operator"].urn, on_behalf=ORGANISATIONS["incubator"].urn, at=timezone.now(), grade=Grade.DECLARED)


def said(kind: str) -> int:
    return Fact.objects.filter(kind=f"evidence.{kind}").count()


def test_the_venture_confirms_what_its_incubator_told_once(stay, client_of):
    founder = client_of("founder")
    assert founder.post(f"/evidence/facts/{stay}/confirm/").status_code == 302
    assert founder.post(f"/evidence/facts/{stay}/confirm/").status_code == 409
    assert said("confirmed") == 1


def test_a_colleague_of_whoever_told_a_fact_is_not_its_counterpart(stay, client_of, client):
    now, officer = timezone.now(), PLAYERS["city_officer"].urn
    colleague = people.enter(name="钱多", by=officer, at=now)
    account = people.open_account(username="operator2", password="a long phrase for two", party=colleague, by=officer, at=now)
    incubator = Party.objects.get(urn=ORGANISATIONS["incubator"].urn)
    ties.attest(kind="employs", source=incubator, target=colleague, office="operator", by=officer, at=now)
    client.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.post(f"/evidence/facts/{stay}/confirm/").status_code in (403, 404, 409)
    assert said("confirmed") == 0


@pytest.mark.parametrize("office", ["auditor", "department_officer", "district_officer", "city_officer", "coordinator", "expert"])
def test_nobody_confirms_for_others(stay, client_of, office):
    assert client_of(office).post(f"/evidence/facts/{stay}/confirm/").status_code in (403, 404, 409)
    assert said("confirmed") == 0


@pytest.mark.parametrize(("office", "heard"), [("auditor", 1), ("founder", 1), ("department_officer", 0), ("expert", 0), ("steward", 0)])
def test_a_fact_is_contested_by_its_subject_officers_and_auditors(stay, client_of, office, heard):
    client_of(office).post(f"/evidence/facts/{stay}/contest/", {"reason": "wrong_date"})
    assert said("contested") == heard


def test_whoever_told_or_disputed_a_fact_does_not_settle_it(cast, client_of):
    digest = stays.begin(subject=ORGANISATIONS["venture"].urn, host=ORGANISATIONS["incubator"].urn, stay="physical", district="110108",
                         by=PLAYERS["city_officer"].urn, at=timezone.now(), grade=Grade.REGISTRY)
    facts.contest(digest, reason="untrue", by=PLAYERS["founder"].urn, at=timezone.now())
    assert client_of("city_officer").post(f"/evidence/facts/{digest}/uphold/").status_code == 409
    assert client_of("coordinator").post(f"/evidence/facts/{digest}/uphold/").status_code == 302
    assert said("upheld") == 1


def test_nothing_is_said_of_what_was_said(stay, client_of):
    client_of("founder").post(f"/evidence/facts/{stay}/contest/", {"reason": "untrue"})
    challenge = Fact.objects.get(kind="evidence.contested").digest
    for verb, data in (("contest", {"reason": "untrue"}), ("void", {"reason": "untrue"}), ("confirm", {})):
        assert client_of("city_officer").post(f"/evidence/facts/{challenge}/{verb}/", data).status_code in (403, 404, 409)
    assert Fact.objects.filter(kind__startswith="evidence.").count() == 1
