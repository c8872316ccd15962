"""Titles, landings, offshore units, relays and business abroad: what is refused, and why in both languages."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from fuhua.evidence.actions.verbs import NotYet
from fuhua.evidence.facts import BadFact
from fuhua.evidence.queries import told_of
from fuhua.journey import facts
from fuhua.journey.actions import abroad, landings, offshore, relays, titles
from fuhua.journey.models import Landing
from fuhua.kernel.urn import of

BY = of("agency", "office")
VENTURE, HOST, PARK, UNIT = of("venture", "v"), of("incubator", "h"), of("park", "p"), of("offshore", "u")
PERSON, PROJECT, CASE, CASE_2 = of("person", "a"), of("project", "a"), of("landing", "a"), of("landing", "b")
MARCH, JUNE = dt.date(2024, 3, 1), dt.date(2024, 6, 1)

pytestmark = pytest.mark.django_db


def test_a_person_or_project_is_in_one_landing_case_only(at: Any) -> None:
    landings.land(subject=CASE, person=PERSON, project=PROJECT, by=BY, at=at(), on=MARCH)
    for again in ({"person": PERSON}, {"project": PROJECT}):
        with pytest.raises(landings.LandedAlready) as refused:
            landings.land(subject=CASE_2, by=BY, at=at(), on=JUNE, **again)
        assert CASE in refused.value.text.zh
        assert CASE in refused.value.text.en
    assert told_of(CASE_2, facts.Landed, on=JUNE) == []
    landings.land(subject=CASE_2, person=of("person", "b"), by=BY, at=at(), on=JUNE)


def test_the_database_itself_refuses_a_second_case_for_a_person(at: Any) -> None:
    landings.land(subject=CASE, person=PERSON, by=BY, at=at(), on=MARCH)
    with pytest.raises(IntegrityError), transaction.atomic():
        Landing.objects.create(urn=CASE_2, person=PERSON, digest="x")


def test_a_voided_landing_frees_the_person_and_a_correction_keeps_the_case(at: Any) -> None:
    digest = landings.land(subject=CASE, person=PERSON, by=BY, at=at(), on=MARCH)
    digest = landings.land.correct(digest, entity=VENTURE, by=BY, at=at())
    assert told_of(CASE, facts.Landed, on=JUNE)[0].fact.entity == VENTURE
    landings.land.void(digest, reason="mistake", by=BY, at=at())
    landings.land(subject=CASE_2, person=PERSON, by=BY, at=at(), on=JUNE)
    assert list(Landing.objects.values_list("urn", flat=True)) == [CASE_2]


def test_a_landing_of_nobody_is_refused(at: Any) -> None:
    with pytest.raises(BadFact, match="a person or a project"):
        landings.land(subject=CASE, by=BY, at=at())


BUILDS_ON = [
    (titles.end, {"subject": VENTURE, "title": "hnte", "reason": "expired"}),
    (landings.confirm_active, {"subject": CASE, "month": 6}),
    (landings.lapse, {"subject": CASE, "reason": "left"}),
    (offshore.note_project, {"subject": UNIT, "direction": "in", "project": VENTURE}),
    (offshore.close, {"subject": UNIT, "reason": "closed"}),
    (relays.confirm, {"subject": VENTURE, "month": 6}),
    (relays.fail, {"subject": VENTURE, "reason": "site"}),
]


@pytest.mark.parametrize(
    ("verb", "fields"), BUILDS_ON, ids=lambda value: getattr(getattr(value, "kind", None), "KIND", "")
)
def test_what_builds_on_another_fact_is_refused_before_it(at: Any, verb: Any, fields: dict[str, Any]) -> None:
    with pytest.raises(NotYet) as refused:
        verb(by=BY, at=at(), **fields)
    assert verb.after.LABEL.zh in refused.value.text.zh
    assert verb.after.LABEL.en in refused.value.text.en


def test_an_end_before_the_beginning_is_refused_and_the_same_day_is_not(at: Any) -> None:
    titles.award(subject=VENTURE, title="hnte", basis="certificate", by=BY, at=at(), on=JUNE)
    with pytest.raises(NotYet):
        titles.end(subject=VENTURE, title="hnte", reason="revoked", by=BY, at=at(), on=MARCH)
    titles.end(subject=VENTURE, title="hnte", reason="revoked", by=BY, at=at(), on=JUNE)


def test_a_voided_fact_is_nothing_to_build_on(at: Any) -> None:
    agreed = relays.agree(subject=VENTURE, from_host=HOST, to_park=PARK, split=600_000, by=BY, at=at(), on=MARCH)
    relays.agree.void(agreed, reason="mistake", by=BY, at=at())
    with pytest.raises(NotYet):
        relays.confirm(subject=VENTURE, month=6, by=BY, at=at())


WRONG = [
    (titles.award, {"subject": VENTURE, "title": "champion", "basis": "list"}, "title"),
    (titles.award, {"subject": HOST, "title": "hnte", "basis": "certificate"}, "subject"),
    (titles.award, {"subject": "a firm", "title": "hnte", "basis": "certificate"}, "subject"),
    (titles.award, {"subject": VENTURE, "title": "hnte", "basis": "certificate", "rule": "名单"}, "rule"),
    (relays.agree, {"subject": VENTURE, "from_host": HOST, "to_park": PARK, "split": 1_000_001}, "split"),
    (relays.agree, {"subject": VENTURE, "from_host": HOST, "to_park": PARK, "split": -1}, "split"),
    (
        relays.agree,
        {"subject": VENTURE, "from_host": HOST, "to_park": PARK, "split": 1, "district": "11010"},
        "district",
    ),
    (relays.agree, {"subject": VENTURE, "from_host": HOST, "to_park": PARK}, "split"),
    (abroad.go, {"subject": VENTURE, "evidence": "order", "country": "CN"}, "country"),
    (abroad.go, {"subject": VENTURE, "evidence": "order", "country": "DE", "city": "Berlin"}, "city"),
    (offshore.open_unit, {"subject": UNIT, "incubator": HOST, "country": "SG", "proof": 1}, "proof"),
]


@pytest.mark.parametrize(("verb", "fields", "named"), WRONG)
def test_impossible_values_are_refused_by_name_in_both_languages(
    at: Any, verb: Any, fields: dict[str, Any], named: str
) -> None:
    with pytest.raises(BadFact) as refused:
        verb(by=BY, at=at(), **fields)
    assert named in refused.value.text.en
    assert not refused.value.text.zh.isascii()


def test_a_relay_to_the_same_host_is_refused(at: Any) -> None:
    with pytest.raises(BadFact, match="two different hosts"):
        relays.agree(subject=VENTURE, from_host=HOST, to_park=HOST, split=1, by=BY, at=at())


def test_a_verb_corrects_only_its_own_kind(at: Any) -> None:
    digest = titles.award(subject=VENTURE, title="gazelle", basis="list", by=BY, at=at(), on=MARCH)
    with pytest.raises(BadFact, match="use its own verb"):
        relays.agree.correct(digest, by=BY, at=at(), split=1)
    titles.award.correct(digest, title="frontier", by=BY, at=at())
    assert [(r.fact.title, r.fact.basis, r.true_from) for r in told_of(VENTURE, facts.TitleAwarded, on=JUNE)] == [
        ("frontier", "list", MARCH)
    ]
