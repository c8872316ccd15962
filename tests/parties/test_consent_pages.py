"""Consents over HTTP: given by search, read with a trace, taken back; nothing else is opened by them."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from fuhua.evidence.actions.documents import keep
from fuhua.evidence.actions.facts import record
from fuhua.evidence.models import Fact
from fuhua.evidence.words import Grade
from fuhua.parties import facts, queries
from fuhua.parties.actions import consents, people
from fuhua.parties.models import Consent, Opening

BY = "urn:fuhua:person:clerk"


def given(organisation, **other):
    return {"giver": organisation("venture").pk, "reader": "北京未名前沿技术研究院", "what": "record", "digest": "",
            "purpose": "尽职调查", "days": "30", "until": "", **other}


@pytest.fixture
def consent(client_of, organisation):
    assert client_of("founder").post("/me/consents/new/", given(organisation)).status_code == 302
    return Consent.objects.get()


def test_a_consent_is_given_to_an_organisation_for_thirty_days(consent, organisation):
    assert (consent.reader, consent.thing) == (organisation("institute"), organisation("venture").urn)
    assert consent.expires - consent.since == dt.timedelta(days=30)


def test_several_who_may_be_meant_are_offered(client_of, organisation, at):
    founder = client_of("founder")
    twins = [people.enter(name="王芳", by=BY, at=at()) for _ in range(2)]
    shown = founder.post("/me/consents/new/", given(organisation, reader="王芳")).content.decode()
    assert all(f'value="{twin.urn}"' in shown for twin in twins)
    assert "可能是以下几个" in shown
    chosen = given(organisation, reader="王芳") | {"chosen": twins[1].urn}
    assert founder.post("/me/consents/new/", chosen).status_code == 302
    assert Consent.objects.get().reader == twins[1]


def test_people_are_not_found_by_half_a_name(client_of, organisation):
    shown = client_of("founder").post("/me/consents/new/", given(organisation, reader="周以")).content.decode()
    assert "没有找到" in shown
    assert "周以宁" not in shown


def test_nothing_is_given_for_an_organisation_of_others(client_of, organisation):
    client_of("expert").post("/me/consents/new/", given(organisation))
    assert Consent.objects.count() == 0


def test_reading_leaves_a_trace_and_opens_the_subject(client_of, cast, organisation, consent):
    reader, subject = client_of("expert"), f"/evidence/subjects/{organisation('venture').urn}/"
    assert reader.get(subject).status_code == 404
    page = f"/me/readings/{consent.pk}/"
    assert "打开并记录" in reader.get(page).content.decode()
    assert Opening.objects.count() == 0
    assert reader.post(page).status_code == 302
    assert (Opening.objects.get().by, Fact.objects.order_by("-pk").first().kind) == (cast["expert"].party, "parties.consent_opened")
    assert subject in reader.get(page).content.decode()
    assert reader.get(subject).status_code == 200
    fact = Fact.objects.filter(subject=organisation("venture").urn).first()
    assert "/contest/" not in reader.get(f"/evidence/facts/{fact.digest}/").content.decode()
    assert reader.post(f"/evidence/facts/{fact.digest}/contest/", {"reason": "untrue"}).status_code == 404
    assert reader.get(f"/evidence/subjects/{organisation('incubator').urn}/").status_code == 404
    assert "周以宁" in client_of("founder").get("/me/consents/").content.decode()


def test_withdrawing_closes_at_once(client_of, organisation, consent):
    reader, founder = client_of("expert"), client_of("founder")
    reader.post(f"/me/readings/{consent.pk}/")
    assert "撤回对" in founder.get(f"/me/consents/{consent.pk}/withdraw/").content.decode()
    founder.post(f"/me/consents/{consent.pk}/withdraw/")
    assert reader.get(f"/evidence/subjects/{organisation('venture').urn}/").status_code == 404
    assert reader.post(f"/me/readings/{consent.pk}/").status_code == 409
    assert "授权已失效" in reader.get(f"/me/readings/{consent.pk}/").content.decode()


def test_only_the_reader_reads(client_of, consent):
    assert client_of("steward").get(f"/me/readings/{consent.pk}/").status_code == 404
    assert client_of("steward").post(f"/me/readings/{consent.pk}/").status_code == 403 or Opening.objects.count() == 0


def test_what_is_opened_is_live_and_logged_by_the_same_person_of_late(cast, organisation, at):
    expert, now = cast["expert"], at()
    one = consents.give(giver=organisation("venture"), reader=organisation("institute"), thing=organisation("venture").urn,
                        purpose="x", expires=at("2025-12-31"), by=BY, at=now)
    other = consents.give(giver=organisation("venture"), reader=organisation("institute"), thing=organisation("incubator").urn,
                          purpose="x", expires=at("2025-12-31"), by=BY, at=now)
    asker = queries.who(expert, now)
    assert queries.opened_to(asker, now) == frozenset()
    for each in (one, other):
        consents.open(each, person=expert.party, by=expert.party.urn, at=now)
    assert queries.opened_to(asker, now) == {organisation("venture").urn}
    assert queries.opened_to(asker, now + dt.timedelta(hours=12)) == frozenset()
    assert queries.opened_to(queries.who(cast["steward"], now), now) == frozenset()
    assert queries.who(expert).opened == frozenset()


def test_a_document_behind_ones_own_facts_is_opened_and_no_other(client_of, cast, organisation, at):
    venture = organisation("venture")
    mine, foreign = (keep(text, media_type="text/plain", by=BY, at=at()) for text in (b"deck", b"secret"))
    record(facts.PlateAdded(subject=venture.urn), by=BY, at=at(), grade=Grade.DECLARED, documents=[mine])
    founder, reader = client_of("founder"), client_of("expert")
    refused = founder.post("/me/consents/new/", given(organisation, what="document", digest=foreign)).content.decode()
    assert "须是授权方某条事实所附的文件" in refused
    assert founder.post("/me/consents/new/", given(organisation, what="document", digest=mine)).status_code == 302
    consent = Consent.objects.get()
    download = f"/me/readings/{consent.pk}/document/"
    assert reader.get(download).status_code == 404
    reader.post(f"/me/readings/{consent.pk}/")
    assert b"".join(reader.get(download).streaming_content) == b"deck"
    assert client_of("steward").get(download).status_code == 404


def test_a_day_is_needed_when_no_length_is_chosen(client_of, organisation):
    founder = client_of("founder")
    assert "请填写日期" in founder.post("/me/consents/new/", given(organisation, days="")).content.decode()
    until = (timezone.localdate() + dt.timedelta(days=3)).isoformat()
    assert founder.post("/me/consents/new/", given(organisation, days="", until=until)).status_code == 302


def test_the_consents_page_asks_as_many_questions_for_one_as_for_many(client_of, cast, organisation):
    reader, counts = client_of("expert"), []
    for number in (1, 12):
        for _ in range(number):
            now = timezone.now()
            one = consents.give(giver=organisation("venture"), reader=organisation("institute"), thing=organisation("venture").urn,
                                purpose="x", expires=now + dt.timedelta(days=1), by=BY, at=now)
            consents.open(one, person=cast["expert"].party, by=BY, at=now)
        with CaptureQueriesContext(connection) as asked:
            reader.get("/me/consents/")
        counts.append(len(asked))
    assert counts[0] == counts[1]
