"""My account over HTTP: offices, ways to sign in, consents with their openings, delegations."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from fuhua.parties.actions import consents, delegations, ties
from fuhua.parties.models import Consent, Delegation


def page(client, path: str = "/me/") -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def give(cast, organisation):
    def given(**other):
        now = timezone.now()
        return consents.give(
            **{
                "giver": organisation("venture"),
                "reader": organisation("institute"),
                "thing": "deck",
                "purpose": "尽职调查",
                "expires": now + dt.timedelta(days=30),
                "by": cast["founder"].party.urn,
                "at": now,
                **other,
            }
        )

    return given


@pytest.mark.parametrize("office", ["coordinator", "city_officer", "founder", "expert", "auditor"])
def test_everybody_sees_who_they_are(client_of, cast, office):
    shown = page(client_of(office))
    assert cast[office].party.name in shown
    assert "未启用" in shown
    assert 'href="/account/2fa/webauthn/"' in shown


def test_strangers_are_asked_to_sign_in(client_of):
    assert client_of("stranger").get("/me/")["Location"] == "/account/login/?next=/me/"


def test_a_consent_shows_its_openings_and_is_withdrawn(client_of, cast, give):
    consent = give()
    consents.open(consent, person=cast["expert"].party, by=cast["expert"].party.urn, at=timezone.now())
    founder = client_of("founder")
    shown = page(founder, "/me/consents/")
    assert "尽职调查" in shown
    assert "周以宁" in shown
    assert founder.post(f"/me/consents/{consent.pk}/withdraw/").status_code == 302
    assert Consent.objects.get().withdrawn_at is not None
    assert f"/me/consents/{consent.pk}/withdraw/" not in page(founder, "/me/consents/")


def test_nobody_elses_consent_is_seen_or_withdrawn(client_of, give):
    consent = give()
    assert "尽职调查" not in page(client_of("steward"), "/me/consents/")
    assert f"/me/consents/{consent.pk}/withdraw/" not in page(client_of("expert"), "/me/consents/")
    assert client_of("expert").post(f"/me/consents/{consent.pk}/withdraw/").status_code == 404


def test_my_account_asks_as_many_questions_for_one_consent_as_for_many(client_of, cast, give):
    founder, counts = client_of("founder"), []
    for number in (1, 20):
        for _ in range(number):
            consents.open(give(), person=cast["expert"].party, by=cast["expert"].party.urn, at=timezone.now())
        with CaptureQueriesContext(connection) as asked:
            page(founder, "/me/consents/")
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_a_delegation_is_given_by_name_and_revoked(client_of, organisation):
    founder = client_of("founder")
    until = (timezone.localdate() + dt.timedelta(days=30)).isoformat()
    given = {"giver": organisation("venture").pk, "holder": "启明芯孵化器", "scope": "returns", "until": until}
    wrong = founder.post("/me/delegations/new/", {**given, "holder": "启明心孵化器有限公司"})
    assert "北京启明芯孵化器有限公司" in wrong.content.decode()
    assert founder.post("/me/delegations/new/", {**given, "holder": "北京启明芯孵化器有限公司"}).status_code == 302
    delegation = Delegation.objects.get()
    assert delegation.holder == organisation("incubator")
    assert f"/me/delegations/{delegation.pk}/revoke/" in page(founder)
    operator = client_of("operator")
    assert "填报统计与进展" in page(operator)
    refused = operator.post(f"/me/delegations/{delegation.pk}/revoke/")
    assert refused.status_code == 403
    assert "只有委托方可以撤销" in refused.content.decode()
    assert client_of("expert").post(f"/me/delegations/{delegation.pk}/revoke/").status_code == 404
    assert founder.post(f"/me/delegations/{delegation.pk}/revoke/").status_code == 302
    assert Delegation.objects.get().revoked_at is not None


def test_a_delegation_in_the_past_is_refused_with_the_reason(client_of, organisation):
    given = {
        "giver": organisation("venture").pk,
        "holder": organisation("incubator").name,
        "scope": "returns",
        "until": "2020-01-01",
    }
    shown = client_of("founder").post("/me/delegations/new/", given).content.decode()
    assert "到期时间须晚于现在" in shown


def test_one_of_several_offices_is_chosen(client_of, cast, organisation, at):
    founder = cast["founder"]
    second = ties.attest(
        kind="employs",
        source=organisation("institute"),
        target=founder.party,
        office="expert",
        by=cast["coordinator"].party.urn,
        at=at(),
    )
    client = client_of("founder")
    assert client.get("/me/").context["viewer"].acting == "北京寄灵科技有限公司"
    client.post("/me/acting/", {"tie": second.pk})
    assert client.get("/me/").context["viewer"].acting == "北京未名前沿技术研究院"
    client.post("/me/acting/", {"tie": "elsewhere"})
    assert client.get("/me/").context["viewer"].acting == "北京寄灵科技有限公司"


def test_delegations_end_with_their_day(cast, organisation, at):
    given = delegations.give(
        giver=organisation("venture"),
        holder=organisation("incubator"),
        scope="all",
        expires=at("2025-07-30"),
        by=cast["founder"].party.urn,
        at=at(),
    )
    assert given.expires == at("2025-07-30")
