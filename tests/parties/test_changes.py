"""What officers change of an organisation over HTTP, and pairs that are kept apart."""

from __future__ import annotations

import pytest

from fuhua.evidence.models import Fact
from fuhua.parties import queries
from fuhua.parties.actions import duplicates, organisations
from fuhua.parties.models import Party
from fuhua.parties.queries.matching import possible_duplicates

BY = "urn:fuhua:person:clerk"
CODE = "91110108551385082Q"


def last_kind() -> str:
    return Fact.objects.order_by("-pk").first().kind


def test_a_new_name_begins_on_a_day_and_the_old_one_is_still_found(client_of, organisation):
    officer, venture = client_of("district_officer"), organisation("venture")
    shown = officer.get(f"/organisations/{venture.urn}/").content.decode()
    assert f"/organisations/{venture.urn}/rename/" in shown
    url = f"/organisations/{venture.urn}/rename/"
    assert "晚于今天" in officer.post(url, {"name": "新名科技有限公司", "since": "2999-01-01"}).content.decode()
    assert "无需更名" in officer.post(url, {"name": venture.name, "since": "2025-05-01"}).content.decode()
    assert officer.post(url, {"name": "北京新名科技有限公司", "since": "2025-05-01"}).status_code == 302
    shown = officer.get(f"/organisations/{venture.urn}/").content.decode()
    assert ("曾用名" in shown, "北京新名科技有限公司" in shown) == (True, True)
    assert queries.match(name="北京寄灵科技有限公司").sure == venture


def test_plates_districts_and_codes_are_set(client_of, organisation):
    city, venture = client_of("city_officer"), organisation("venture")
    at = f"/organisations/{venture.urn}"
    assert city.post(f"{at}/plate/", {"name": "寄灵实验室", "since": ""}).status_code == 302
    assert last_kind() == "parties.plate_added"
    assert "无需变更" in city.post(f"{at}/district/", {"district": "110108", "since": "2025-05-01"}).content.decode()
    assert city.post(f"{at}/district/", {"district": "110105", "since": "2025-05-01"}).status_code == 302
    assert city.post(f"{at}/code/", {"code": "123"}).status_code == 200
    assert city.post(f"{at}/code/", {"code": CODE.lower()}).status_code == 302
    assert last_kind() == "parties.code_corrected"
    venture.refresh_from_db()
    assert (venture.district, venture.code) == ("110105", CODE)
    taken = city.post(f"/organisations/{organisation('service').urn}/code/", {"code": CODE}).content.decode()
    assert "已由“北京寄灵科技有限公司”使用" in taken


@pytest.mark.parametrize(("office", "status"), [("founder", 404), ("department_officer", 404), ("district_officer", 403)])
def test_others_change_nothing(client_of, at, office, status):
    elsewhere = organisations.register(sort="venture", name="朝阳某某科技有限公司", district="110105", by=BY, at=at())
    client = client_of(office)
    assert client.get(f"/organisations/{elsewhere.urn}/rename/").status_code == status
    assert "/rename/" not in client.get(f"/organisations/{elsewhere.urn}/").content.decode()


@pytest.fixture
def pair(cast, organisation, at):
    return organisation("venture"), organisations.register(sort="venture", name="寄灵科技有限公司", district="110108", by=BY, at=at())


def test_a_pair_that_is_none_leaves_the_desk_and_comes_back(client_of, pair):
    officer, before = client_of("district_officer"), len(possible_duplicates())
    one, other = pair
    compare = f"/organisations/duplicates/{one.urn}/{other.urn}/"
    assert "不是重复" in officer.get(compare).content.decode()
    assert officer.post(f"{compare}apart/", {"reason": "none"})["Location"] == compare
    assert officer.post(f"{compare}apart/", {"reason": "namesake"}).status_code == 302
    assert len(possible_duplicates()) == before - 1
    assert last_kind() == "parties.kept_apart"
    shown = officer.get("/organisations/duplicates/").content.decode()
    assert ("重名，是不同的主体" in shown, compare in shown) == (True, False)
    undo = shown.split("/organisations/apart/")[1].split("/")[0]
    assert client_of("founder").post(f"/organisations/apart/{undo}/undo/").status_code == 403
    assert officer.post(f"/organisations/apart/{undo}/undo/").status_code == 302
    assert len(possible_duplicates()) == before
    assert compare in officer.get("/organisations/duplicates/").content.decode()


def test_a_pair_is_kept_apart_once_whichever_comes_first(pair, at):
    one, other = pair
    kept = duplicates.keep_apart(other, one, reason="branch", by=BY, at=at())
    assert (kept.first, kept.second) == (one, other)
    with pytest.raises(duplicates.BadPair):
        duplicates.keep_apart(one, other, reason="branch", by=BY, at=at())
    assert Fact.objects.filter(kind="parties.kept_apart").count() == 1
    duplicates.undo_apart(kept, by=BY, at=at())
    with pytest.raises(duplicates.BadPair):
        duplicates.undo_apart(kept, by=BY, at=at())
    duplicates.keep_apart(one, other, reason="affiliate", by=BY, at=at())
    assert Party.objects.filter(merged_into=None).count() >= 2
