"""The coverage map: counted from facts, each party once in a field, at its highest stage; names for those who may see them."""

from __future__ import annotations

import csv
import io
from collections import Counter
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fuhua.evidence.actions import sequence
from fuhua.evidence.actions.facts import record
from fuhua.evidence.words import Grade
from fuhua.journey.actions import stays, titles
from fuhua.journey.queries.coverage import RESIDENT, coverage
from fuhua.kernel import urn
from fuhua.parties.actions.cast import ORGANISATIONS, PLAYERS
from fuhua.parties.models import Party
from fuhua.schemes.actions import agreements, gold_seeds
from fuhua.schemes.facts.review import ApplicationAwarded
from schemes.awarded import an_award, signed

OFFICER = PLAYERS["city_officer"].urn
INCUBATOR, VENTURE, INSTITUTE = (ORGANISATIONS[key].urn for key in ("incubator", "venture", "institute"))

pytestmark = pytest.mark.django_db


def map_on(at: Any) -> Any:
    sequence.catch_up(at=at())
    return coverage(at().date())


def awarded(applicant: str, kind: str, at: Any, field: str = "quantum") -> str:
    application = urn.new("application")
    record(ApplicationAwarded(subject=application, call=urn.new("call"), applicant=applicant, sort=kind, city_amount=0, district_amount=0,
                              field=field), by=OFFICER, at=at(), grade=Grade.SYSTEM)
    return application


def test_an_incubator_counts_in_the_field_it_was_agreed_for_until_the_agreement_ends(cast: Any, at: Any) -> None:
    agreements.sign(subject=INCUBATOR, edition="2022", tier="leading", field="quantum", district="110108", by=OFFICER, at=at())
    agreements.sign(subject=INCUBATOR, edition="2024", field="six_g", district="110108", by=OFFICER, at=at())
    found = map_on(at)
    assert (found.counts()["quantum"]["incubator"], found.counts()["six_g"]["incubator"]) == (1, 1)
    assert ("quantum" in found.gaps(), "quantum" in found.gaps(district="110105"), "hydrogen" in found.gaps()) == (False, True, True)
    agreements.end(subject=INCUBATOR, reason="expired", field="six_g", by=OFFICER, at=at())
    assert {code: each["incubator"] for code, each in map_on(at).counts().items() if each["incubator"]} == {"quantum": 1}


def test_a_seed_stands_once_at_its_highest_stage_and_goes_when_it_leaves(cast: Any, at: Any) -> None:
    gold_seeds.enter(subject=VENTURE, field="quantum", district="110108", by=OFFICER, at=at())
    awarded(VENTURE, "proof_of_concept", at)
    assert map_on(at).counts()["quantum"] == Counter({"venture": 1, RESIDENT: 0})
    titles.award(subject=VENTURE, title="hnte", basis="certificate", by=OFFICER, at=at())
    stays.begin(subject=VENTURE, host=INCUBATOR, stay="physical", district="110108", by=OFFICER, at=at())
    assert map_on(at).counts()["quantum"] == Counter({"hnte": 1, RESIDENT: 1})
    titles.award(subject=VENTURE, title="unicorn", basis="list", by=OFFICER, at=at())
    assert map_on(at).counts()["quantum"]["gazelle"] == 1
    gold_seeds.leave(subject=VENTURE, reason="grown", by=OFFICER, at=at())
    assert map_on(at).counts()["quantum"]["gazelle"] == 1  # the other award still names the field


def test_of_gold_seeds_the_list_alone_speaks(cast: Any, at: Any) -> None:
    awarded(VENTURE, "gold_seed", at)
    assert map_on(at).places == []


def test_an_award_waits_for_its_agreement_and_then_counts_as_an_incubator_once(cast: Any, at: Any) -> None:
    row = an_award(at(), kind="future_field_incubator", applicant="institute", district=0)
    record(ApplicationAwarded(subject=row.urn, call=row.call.urn, applicant=INSTITUTE, sort=row.call.kind, city_amount=0, district_amount=0,
                              field="quantum"), by=OFFICER, at=at(), grade=Grade.SYSTEM)
    assert map_on(at).counts()["quantum"] == Counter({"awarded": 1, RESIDENT: 0})
    signed(row, at())
    assert map_on(at).counts()["quantum"] == Counter({"incubator": 1, RESIDENT: 0})  # the lead itself: no incubator is in the consortium


def test_names_are_for_those_who_may_see_them(cast: Any, at: Any, client_of: Any) -> None:
    gold_seeds.enter(subject=VENTURE, field="quantum", by=OFFICER, at=at())
    other = Party.objects.create(urn=urn.new("venture"), sort="venture", name="北京他家科技有限公司", district="110105", entered_at=at())
    awarded(other.urn, "proof_of_concept", at)
    sequence.catch_up(at=at())
    page = "/fields/map/quantum/venture/"
    shown = {name: client_of(name).get(page).content.decode() for name in ("city_officer", "founder", "district_officer")}
    assert {name: (ORGANISATIONS["venture"].name in html, other.name in html) for name, html in shown.items()} == {
        "city_officer": (True, True), "founder": (True, False), "district_officer": (True, False)}
    assert "另有 1 家" in shown["founder"]
    assert client_of("stranger").get(page).status_code == 302
    for wrong in ("tulips/venture/", "quantum/moon/", "quantum/venture/?district=1"):
        assert client_of("city_officer").get(f"/fields/map/{wrong}").status_code == 404


def test_the_file_has_a_line_for_each_field_and_each_district_with_somebody(cast: Any, at: Any, client_of: Any) -> None:
    gold_seeds.enter(subject=VENTURE, field="quantum", district="110108", by=OFFICER, at=at())
    sequence.catch_up(at=at())
    lines = list(csv.DictReader(io.StringIO(client_of("auditor").get("/fields/map/?as=csv").content.decode("utf-8-sig"))))
    assert len(lines) == 21
    quantum = [(each["区"], each["企业"], each["空白"]) for each in lines if each["代码"] == "quantum"]
    assert quantum == [("全市", "1", "是"), ("海淀区", "1", "是")]


def test_the_map_asks_as_much_for_many_as_for_one(cast: Any, at: Any, client_of: Any) -> None:
    client = client_of("coordinator")

    def asked() -> int:
        sequence.catch_up(at=at())
        with CaptureQueriesContext(connection) as caught:
            assert client.get("/fields/map/").status_code == 200
        return len(caught)

    gold_seeds.enter(subject=VENTURE, field="quantum", by=OFFICER, at=at())
    asked()
    few = asked()
    for n in range(12):
        made = Party.objects.create(urn=urn.new("venture"), sort="venture", name=f"企业{n}", entered_at=at())
        gold_seeds.enter(subject=made.urn, field="six_g", by=OFFICER, at=at())
    assert asked() == few
