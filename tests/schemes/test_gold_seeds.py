"""Gold seeds: the list follows the facts, the clock starts a month before the year is over, and nobody leaves without a reason."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fuhua.desk.models import Clock, Notice
from fuhua.evidence.queries import told_of
from fuhua.kernel import period, urn
from fuhua.kernel.flow import WrongState
from fuhua.parties.models import Party
from fuhua.schemes import facts
from fuhua.schemes.actions import gold_seeds, ticking
from fuhua.schemes.actions.gold_seeds import BadSeed
from fuhua.schemes.models import Barred, GoldSeed, SeedCheck
from schemes.awarded import OFFICER, an_award, person
from schemes.calling import party

SINCE = dt.date(2024, 7, 1)


@pytest.fixture
def seed(cast: Any, at: Any) -> GoldSeed:
    """The cast's venture, listed by an award on 1 July 2024."""
    row = an_award(at(SINCE), kind="gold_seed", applicant="venture", city=0, district=0)
    return gold_seeds.list_awarded(application=row, by=OFFICER, at=at(SINCE))


def told(at: Any, day: str | dt.date) -> dict[str, Any]:
    return {"by": OFFICER, "at": at(day), "person": person("city_officer").pk}


def state(row: GoldSeed) -> tuple[str, dt.date]:
    row.refresh_from_db()
    return row.state, row.due


def test_an_award_lists_the_seed_in_the_field_of_its_application(seed: GoldSeed) -> None:
    assert (seed.field, seed.district, seed.since, seed.due, seed.state) == ("quantum", "110108", SINCE, dt.date(2025, 7, 1), "listed")
    fact = told_of(seed.party.urn, facts.GoldSeedListed, on=SINCE)[0].fact
    assert (fact.field, fact.edition, fact.district) == ("quantum", "bj-biaogan-2022", "110108")


def test_thirty_days_before_twelve_months_are_over_the_issuer_has_a_clock_once(seed: GoldSeed, at: Any) -> None:
    ticking.tick(at=at("2025-05-31"))
    assert not Clock.objects.filter(about=gold_seeds.about(seed)).exists()
    ticking.tick(at=at("2025-06-01"))
    ticking.tick(at=at("2025-06-02"))
    clock = Clock.objects.get(about=gold_seeds.about(seed))
    assert (clock.due, clock.to_id, clock.office) == (dt.date(2025, 7, 1), party("city").pk, "city_officer")
    assert Notice.objects.filter(about=gold_seeds.about(seed), kind="turn", settled_at=None).count() == 1


def test_a_recheck_that_is_passed_begins_another_twelve_months_and_keeps_what_was_on_record(seed: GoldSeed, at: Any) -> None:
    ticking.tick(at=at("2025-06-10"))
    gold_seeds.conclude_recheck(seed=seed, result="passed", why="仍在该领域，仍在京", **told(at, "2025-06-20"))
    assert state(seed) == ("listed", dt.date(2026, 6, 20))
    check = SeedCheck.objects.get()
    assert [(line["zh"], line["value_zh"], line["says"]) for line in check.lines[:2]] == [
        ("属于未来产业领域", "量子信息（在列）", "yes"), ("在京注册或拟在京注册", "是", "yes")]
    assert Clock.objects.get(about=gold_seeds.about(seed)).stopped_at is not None
    assert told_of(seed.party.urn, facts.GoldSeedRechecked, on=dt.date(2025, 6, 20))[0].digest == check.digest


def test_a_failed_one_leaves_for_a_reason_after_it_was_heard(seed: GoldSeed, at: Any) -> None:
    with pytest.raises(BadSeed, match="must have failed"):
        gold_seeds.take_off(seed=seed, reason="failed_recheck", why="不符合", **told(at, "2025-06-20"))
    gold_seeds.conclude_recheck(seed=seed, result="failed", why="主营业务已变", **told(at, "2025-06-20"))
    with pytest.raises(BadSeed, match="5 working days"):
        gold_seeds.call_hearing(seed=seed, day=dt.date(2025, 6, 25), by=OFFICER, at=at("2025-06-20"))
    gold_seeds.call_hearing(seed=seed, day=dt.date(2025, 6, 27), by=OFFICER, at=at("2025-06-20"))
    for day, heard in (("2025-06-26", "已听取"), ("2025-06-27", " ")):
        with pytest.raises(BadSeed, match="hearing is set"):
            gold_seeds.take_off(seed=seed, reason="failed_recheck", why="不符合", heard=heard, **told(at, day))
    gold_seeds.take_off(seed=seed, reason="failed_recheck", why="不符合", heard="企业无异议", **told(at, "2025-06-27"))
    seed.refresh_from_db()
    assert (seed.state, seed.left_on, seed.because) == ("left", dt.date(2025, 6, 27), "failed_recheck")
    with pytest.raises(WrongState):
        gold_seeds.conclude_recheck(seed=seed, result="passed", why="再看", **told(at, "2025-06-28"))


def test_one_that_was_heard_may_pass_after_all(seed: GoldSeed, at: Any) -> None:
    gold_seeds.conclude_recheck(seed=seed, result="failed", why="材料不全", **told(at, "2025-06-20"))
    gold_seeds.call_hearing(seed=seed, day=dt.date(2025, 6, 27), by=OFFICER, at=at("2025-06-20"))
    gold_seeds.conclude_recheck(seed=seed, result="passed", why="已补充证明", heard="补充了专利", **told(at, "2025-06-30"))
    assert state(seed) == ("listed", dt.date(2026, 6, 30))
    assert seed.hearing is None


def test_nothing_is_concluded_without_words(seed: GoldSeed, at: Any) -> None:
    for result, why in (("passed", " "), ("partial", "一半")):
        with pytest.raises(BadSeed, match="say why"):
            gold_seeds.conclude_recheck(seed=seed, result=result, why=why, **told(at, "2025-06-20"))
    with pytest.raises(BadSeed, match="say so in words"):
        gold_seeds.take_off(seed=seed, reason="grown", why="", **told(at, "2025-06-20"))


def test_the_list_follows_facts_told_corrected_and_voided_elsewhere(cast: Any, at: Any) -> None:
    subject = party("venture").urn
    entry = gold_seeds.enter(subject=subject, field="quantum", on=SINCE, by=OFFICER, at=at())
    gold_seeds.enter.correct(entry, field="six_g", by=OFFICER, at=at())
    row = GoldSeed.objects.get()
    assert (row.field, row.issuer) == ("six_g", None)
    left = gold_seeds.leave(subject=subject, reason="grown", on=dt.date(2025, 1, 1), by=OFFICER, at=at())
    assert state(row)[0] == "left"
    gold_seeds.leave.void(left, reason="mistake", by=OFFICER, at=at())
    assert state(row)[0] == "listed"
    again = told_of(subject, facts.GoldSeedListed, on=at().date())[0].digest
    gold_seeds.enter.void(again, reason="mistake", by=OFFICER, at=at())
    assert not GoldSeed.objects.exists()


def test_whoever_left_may_be_listed_again(seed: GoldSeed, at: Any) -> None:
    gold_seeds.take_off(seed=seed, reason="moved_away", why="迁出北京", **told(at, "2024-12-02"))
    row = an_award(at("2025-03-03"), kind="gold_seed", applicant="venture", city=0, district=0)
    again = gold_seeds.list_awarded(application=row, by=OFFICER, at=at("2025-03-03"))
    assert (again.pk, again.state, again.since, again.due) == (seed.pk, "listed", dt.date(2025, 3, 3), dt.date(2026, 3, 3))
    assert [each.result for each in again.checks.all()] == ["moved_away"]


def test_the_list_is_public_and_the_reasons_are_not(seed: GoldSeed, client_of: Any, at: Any) -> None:
    gold_seeds.take_off(seed=seed, reason="moved_away", why="迁往外省的内部说明", **told(at, "2024-12-02"))
    page = client_of("stranger").get("/schemes/gold-seeds/?view=left").content.decode()
    assert seed.party.name in page
    assert "内部说明" not in page
    one = f"/schemes/gold-seeds/{seed.pk}/"
    assert [client_of(name).get(one).status_code for name in ("stranger", "park_manager", "founder", "city_officer", "auditor")] == [
        302, 404, 200, 200, 200]
    assert [client_of(name).post(f"{one}recheck/", {}).status_code for name in ("founder", "auditor", "city_officer")] == [403, 403, 422]


def test_an_officer_who_is_barred_from_the_award_neither_reads_nor_rechecks_the_seed(seed: GoldSeed, client_of: Any, at: Any) -> None:
    Barred.objects.create(application=seed.application, person=person("city_officer"), why="declared", declared="亲属", at=at(SINCE))
    one = f"/schemes/gold-seeds/{seed.pk}/"
    assert client_of("city_officer").get(one).status_code == 404
    assert client_of("city_officer").post(f"{one}recheck/", {"recheck-result": "passed", "recheck-why": "好"}).status_code == 404
    assert client_of("coordinator").get(one).status_code == 200
    assert not SeedCheck.objects.exists()


def test_the_list_asks_as_much_for_many_as_for_one(seed: GoldSeed, client_of: Any, at: Any) -> None:
    client = client_of("city_officer")

    def asked() -> int:
        with CaptureQueriesContext(connection) as caught:
            assert client.get("/schemes/gold-seeds/").status_code == 200
        return len(caught)

    asked()
    few = asked()
    for n in range(12):
        made = Party.objects.create(urn=urn.new("venture"), sort="venture", name=f"企业{n}", entered_at=at(SINCE))
        GoldSeed.objects.create(party=made, field="six_g", since=SINCE, due=period.add_months(SINCE, 12))
    assert asked() == few
