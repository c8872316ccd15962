"""The desk of possible duplicates over HTTP: who may merge what, side by side, and undone again."""

from __future__ import annotations

import pytest

from fuhua.parties.actions import organisations

BY = "urn:fuhua:person:clerk"


@pytest.fixture
def duplicate(cast, at):
    return organisations.register(sort="venture", name="寄灵科技有限公司", district="110108", by=BY, at=at())


def test_a_pair_is_listed_compared_merged_and_parted(client_of, organisation, duplicate):
    officer, venture = client_of("city_officer"), organisation("venture")
    compare = f"/organisations/duplicates/{venture.urn}/{duplicate.urn}/"
    assert compare in officer.get("/organisations/duplicates/").content.decode()
    shown = officer.get(compare).content.decode()
    assert duplicate.urn in shown
    assert venture.urn in shown
    assert officer.post("/organisations/merge/", {"duplicate": duplicate.urn, "into": venture.urn}).status_code == 302
    duplicate.refresh_from_db()
    assert duplicate.merged_into == venture
    desk = officer.get("/organisations/duplicates/").content.decode()
    assert compare not in desk
    assert "撤销" in desk
    assert officer.get(compare).status_code == 404
    officer.post("/organisations/unmerge/", {"duplicate": duplicate.urn})
    duplicate.refresh_from_db()
    assert duplicate.merged_into is None


def test_a_district_officer_merges_within_the_district_only(client_of, organisation, duplicate, at):
    officer, venture = client_of("district_officer"), organisation("venture")
    elsewhere = organisations.register(sort="venture", name="寄灵", district="110105", by=BY, at=at())
    refused = officer.post("/organisations/merge/", {"duplicate": elsewhere.urn, "into": venture.urn})
    assert refused.status_code == 404
    assert officer.post("/organisations/merge/", {"duplicate": duplicate.urn, "into": venture.urn}).status_code == 302
    duplicate.refresh_from_db()
    assert duplicate.merged_into == venture


@pytest.mark.parametrize("office", ["founder", "operator", "auditor", "department_officer"])
def test_others_neither_see_the_desk_nor_merge(client_of, organisation, duplicate, office):
    client = client_of(office)
    assert client.get("/organisations/duplicates/").status_code == 404
    refused = client.post("/organisations/merge/", {"duplicate": duplicate.urn, "into": organisation("venture").urn})
    assert refused.status_code == 403
    assert "仅限市级主管" in refused.content.decode()


def test_two_legal_persons_are_compared_but_not_merged(client_of, at, cast):
    one = organisations.register(sort="firm", name="甲", code="91110000802100433B", by=BY, at=at())
    other = organisations.register(sort="firm", name="乙", code="91110108551385082Q", by=BY, at=at())
    officer = client_of("city_officer")
    assert "不能合并" in officer.get(f"/organisations/duplicates/{one.urn}/{other.urn}/").content.decode()
    officer.post("/organisations/merge/", {"duplicate": one.urn, "into": other.urn})
    one.refresh_from_db()
    assert one.merged_into is None
    assert "两个法人" in officer.get("/organisations/duplicates/").content.decode()


def test_a_missing_name_in_the_form_is_404(client_of, cast):
    assert client_of("city_officer").post("/organisations/merge/", {}).status_code == 404


def test_who_acts_for_a_duplicate_acts_for_what_it_became(client_of, cast, organisation, duplicate, at):
    organisations.merge(organisation("venture"), duplicate, by=BY, at=at())
    shown = client_of("founder").get(f"/organisations/{duplicate.urn}/").content.decode()
    assert "林舟" in shown
