"""Organisations through their actions: registered, renamed, merged and parted again."""

from __future__ import annotations

import datetime as dt
import threading

import pytest
from django.db import connection

from fuhua.evidence import queries as evidence
from fuhua.evidence.actions import sequence
from fuhua.evidence.facts import BadFact
from fuhua.evidence.models import Fact
from fuhua.kernel import urn as urns
from fuhua.parties import queries
from fuhua.parties.actions import organisations
from fuhua.parties.models import Gram, Name, Party

BY = "urn:fuhua:person:clerk"
CODE = "91110000802100433B"
OTHER_CODE = "91110108551385082Q"


@pytest.fixture
def register(db, at):
    def registered(name: str = "北京寄灵科技有限公司", **given):
        return organisations.register(**{"sort": "venture", "name": name, "by": BY, "at": at(), **given})

    return registered


def told(kind: str) -> list[str]:
    return list(Fact.objects.filter(kind=kind).order_by("id").values_list("subject", flat=True))


def test_a_registration_keeps_names_here_and_testifies_only_to_codes(register):
    party = register(
        code="91110000 802100433b", district="110108", plates=["寄灵"], english="Jiling Technology Co., Ltd."
    )
    assert (party.code, party.district, urns.kind_of(party.urn)) == (CODE, "110108", "venture")
    assert list(party.names.order_by("id").values_list("kind", "text")) == [
        ("official", "北京寄灵科技有限公司"),
        ("plate", "寄灵"),
        ("english", "Jiling Technology Co., Ltd."),
    ]
    [body] = Fact.objects.values_list("body", flat=True)
    assert body.isascii()
    assert f'"fact":{{"subject":"{party.urn}","sort":"venture","code":"{CODE}","district":"110108"}}' in body


@pytest.mark.parametrize(
    "given",
    [
        {"sort": "person"},
        {"sort": "castle"},
        {"code": "91110000802100433A"},
        {"district": "999999"},
        {"name": "  "},
        {"name": "长" * 201},
    ],
)
def test_an_impossible_registration_is_refused_and_leaves_nothing(register, given):
    with pytest.raises(BadFact):
        register(**given)
    assert (Party.objects.count(), Name.objects.count(), Gram.objects.count(), Fact.objects.count()) == (0, 0, 0, 0)


def test_a_code_belongs_to_one_organisation(register):
    register(code=CODE)
    with pytest.raises(organisations.CodeTaken) as refusal:
        register("另一家有限公司", code=CODE)
    assert "北京寄灵科技有限公司" in refusal.value.text.zh
    assert Party.objects.count() == 1


def test_former_names_stay_and_match(register, at):
    party = register()
    organisations.rename(party, name="北京灵启科技有限公司", since=dt.date(2024, 5, 1), by=BY, at=at())
    party.refresh_from_db()
    assert party.name == "北京灵启科技有限公司"
    assert list(party.names.order_by("id").values_list("text", "since", "until")) == [
        ("北京寄灵科技有限公司", None, dt.date(2024, 5, 1)),
        ("北京灵启科技有限公司", dt.date(2024, 5, 1), None),
    ]
    assert queries.match(name="寄灵科技有限公司").sure == party
    assert queries.match(name="北京灵启科技有限公司").sure == party
    assert Fact.objects.get(kind="parties.organisation_renamed").true_from == dt.date(2024, 5, 1)


def test_a_name_cannot_begin_before_the_present_one(register, at):
    party = register()
    organisations.rename(party, name="北京灵启科技有限公司", since=dt.date(2024, 5, 1), by=BY, at=at())
    with pytest.raises(organisations.BadOrganisation):
        organisations.rename(party, name="北京再启科技有限公司", since=dt.date(2024, 5, 1), by=BY, at=at())


def test_renaming_to_the_same_name_and_adding_a_known_plate_are_refused(register, at):
    party = register(plates=["寄灵"])
    with pytest.raises(organisations.BadOrganisation):
        organisations.rename(party, name="北京寄灵科技 有限公司", since=dt.date(2024, 5, 1), by=BY, at=at())
    with pytest.raises(organisations.BadOrganisation):
        organisations.add_plate(party, name="寄灵", by=BY, at=at())


def test_a_plate_and_a_district_are_told(register, at):
    party = register()
    organisations.add_plate(party, name="寄灵实验室", by=BY, at=at())
    organisations.set_district(party, district="110105", by=BY, at=at())
    party.refresh_from_db()
    assert (party.district, queries.match(name="寄灵实验室").sure) == ("110105", party)
    assert (told("parties.plate_added"), told("parties.district_set")) == ([party.urn], [party.urn])


def test_a_merge_deletes_nothing_and_is_read_through(register, at):
    kept, duplicate = register(), register("寄灵科技", code=CODE)
    organisations.merge(duplicate, kept, by=BY, at=at())
    kept.refresh_from_db()
    assert (Party.objects.count(), kept.code) == (2, CODE)
    assert queries.match(code=CODE).sure == kept
    assert queries.match(name="寄灵科技").sure == kept
    assert queries.family([kept.pk]) == {kept.pk: {kept.pk: kept.urn, duplicate.pk: duplicate.urn}}
    sequence.catch_up(at=at())
    assert evidence.merges() == {duplicate.urn: kept.urn}


def test_a_merge_is_undone_completely(register, at):
    kept, duplicate = register(), register("寄灵科技", code=CODE)
    organisations.merge(duplicate, kept, by=BY, at=at())
    organisations.unmerge(duplicate, by=BY, at=at())
    for party in (kept, duplicate):
        party.refresh_from_db()
    assert (kept.code, duplicate.code, duplicate.merged_into) == ("", CODE, None)
    sequence.catch_up(at=at())
    assert evidence.merges() == {}
    organisations.merge(duplicate, kept, by=BY, at=at())
    sequence.catch_up(at=at())
    assert evidence.merges() == {duplicate.urn: kept.urn}


def test_what_must_not_be_merged_is_refused(register, at):
    first, second, third = register(code=CODE), register("另一家", code=OTHER_CODE), register("第三家")
    for one, other in ((first, second), (first, first)):
        with pytest.raises(organisations.BadOrganisation):
            organisations.merge(one, other, by=BY, at=at())
    with pytest.raises(organisations.BadOrganisation):
        organisations.unmerge(third, by=BY, at=at())
    organisations.merge(third, first, by=BY, at=at())
    with pytest.raises(organisations.BadOrganisation):
        organisations.merge(second, third, by=BY, at=at())
    with pytest.raises(organisations.BadOrganisation):
        organisations.rename(third, name="第四家", since=dt.date(2024, 5, 1), by=BY, at=at())


def test_chains_of_merges_are_undone_from_the_end(register, at):
    first, second, third = register("甲一号"), register("乙二号"), register("丙三号", code=CODE)
    organisations.merge(third, second, by=BY, at=at())
    organisations.merge(second, first, by=BY, at=at())
    assert queries.match(name="丙三号").sure == first
    assert queries.match(code=CODE).sure == first
    assert queries.family([third.pk])[third.pk].keys() == {first.pk, second.pk, third.pk}
    with pytest.raises(organisations.BadOrganisation):
        organisations.unmerge(third, by=BY, at=at())
    organisations.unmerge(second, by=BY, at=at())
    organisations.unmerge(third, by=BY, at=at())
    assert queries.match(code=CODE).sure == third
    assert list(Party.objects.order_by("id").values_list("code", flat=True)) == ["", "", CODE]


def test_a_code_taken_by_somebody_else_meanwhile_keeps_a_merge_from_being_undone(register, at):
    kept, duplicate = register(), register("寄灵科技", code=CODE)
    organisations.merge(duplicate, kept, by=BY, at=at())
    with pytest.raises(organisations.CodeTaken):
        register("第三家", code=CODE)


def test_of_many_who_register_one_code_at_once_one_succeeds(durable_db, at):
    outcomes, gate = [], threading.Barrier(4)

    def register_one(number: int) -> None:
        gate.wait()
        try:
            organisations.register(sort="venture", name=f"第{number}家", code=CODE, by=BY, at=at())
            outcomes.append("registered")
        except organisations.CodeTaken:
            outcomes.append("taken")
        finally:
            connection.close()

    threads = [threading.Thread(target=register_one, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["registered", "taken", "taken", "taken"]
    assert (Party.objects.count(), Name.objects.count(), Fact.objects.count()) == (1, 1, 1)


def test_a_durable_database_starts_empty(durable_db):
    assert (Fact.objects.count(), Party.objects.count()) == (0, 0)
