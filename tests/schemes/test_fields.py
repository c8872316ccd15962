"""The list of future fields: what the committee may decide, what it leaves standing, and who may choose what afterwards."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from fuhua.evidence.facts import BadFact
from fuhua.evidence.queries import told_of
from fuhua.kernel.flow import WrongState
from fuhua.schemes import facts
from fuhua.schemes.actions import agreements, applications, calls, fields
from fuhua.schemes.actions.applications import Lacking
from fuhua.schemes.actions.fields import BadField, Grounds
from fuhua.schemes.facts.fields import FieldEntered, FieldRenamed, FieldRetired
from fuhua.schemes.models import FieldDecision
from fuhua.schemes.queries.fields import UnknownField, decisions, every, require_in_force, said_on, urn_of
from fuhua.schemes.words import FIRST_FIELDS, FUTURE_FIELDS
from schemes.calling import NOW, OFFICER, OPERATOR, a_draft, an_open_call, filled, party, person, told

DAY = NOW.date()
PDF = b"%PDF-1.7 brief"


@pytest.fixture
def grounds(cast: Any) -> Any:
    """``grounds()``: why something was decided, with what is to be otherwise."""

    def of(**more: Any) -> Grounds:
        said = {"day": DAY, "why": "方向已并入国家目录", "decided": "主题委员会第 3 次会议", "brief": io.BytesIO(PDF),
                "person": person("city_officer").pk, **more}
        return Grounds(**said)

    return of


TOLD = {"by": OFFICER, "at": NOW}


def test_the_first_edition_is_twenty_fields_in_force(cast: Any) -> None:
    assert (len(FUTURE_FIELDS), list(FUTURE_FIELDS)) == (20, list(FIRST_FIELDS))
    assert decisions() == []


def test_a_renamed_field_keeps_its_code_and_both_names(grounds: Any) -> None:
    row = fields.rename(code="metaverse", zh="数字孪生", en="digital twins", grounds=grounds(), **TOLD)
    field = every()["metaverse"]
    assert (row.edition, field.state) == (2, "in_force")
    assert (str(field.name), str(field.name_on(DAY - dt.timedelta(days=1)))) == ("数字孪生", "元宇宙")
    assert (str(said_on("metaverse", dt.date(2024, 1, 1))), str(said_on("metaverse", DAY))) == ("元宇宙（现名：数字孪生）", "数字孪生")
    record = told_of(urn_of("metaverse"), FieldRenamed, on=DAY)[0]
    assert (record.fact.version, list(record.documents)) == (2, [row.brief])


def test_a_retired_field_cannot_be_chosen_and_what_stands_in_it_goes_on(grounds: Any) -> None:
    fields.retire(code="metaverse", grounds=grounds(), **TOLD)
    assert ("metaverse" in FUTURE_FIELDS, str(FUTURE_FIELDS["metaverse"]), len(FUTURE_FIELDS)) == (False, "元宇宙", 19)
    with pytest.raises(UnknownField, match="cannot be chosen anew"):
        require_in_force(["quantum", "metaverse"])
    with pytest.raises(UnknownField):
        an_open_call("future_field_incubator", themes=["metaverse"])
    incubator = party("incubator").urn
    agreements.sign(subject=incubator, edition="2022", tier="leading", field="metaverse", on=dt.date(2023, 3, 1), by=OFFICER, at=NOW)
    agreements.recheck_field(subject=incubator, field="metaverse", result="passed", by=OFFICER, at=NOW)
    assert told_of(incubator, facts.FieldRechecked, on=DAY)[0].fact.field == "metaverse"


def test_a_merged_field_names_where_it_went_and_may_come_back(grounds: Any) -> None:
    fields.merge(code="brain_computer", into="brain_inspired", grounds=grounds(), **TOLD)
    assert (every()["brain_computer"].state, every()["brain_computer"].into) == ("merged", "brain_inspired")
    assert told_of(urn_of("brain_computer"), FieldRetired, on=DAY)[0].fact.into == "brain_inspired"
    with pytest.raises(WrongState):
        fields.retire(code="brain_computer", grounds=grounds(), **TOLD)
    fields.enter(code="brain_computer", zh="脑机接口", en="brain-computer interfaces", grounds=grounds(), **TOLD)
    field = every()["brain_computer"]
    assert (field.state, field.into, str(field.name), str(field.names[0][1])) == ("in_force", "", "脑机接口", "脑科学与脑机接口")


def test_a_new_field_follows_a_former_one_and_is_told_by_its_code(grounds: Any) -> None:
    row = fields.enter(code="embodied_ai", zh="具身智能", en="embodied intelligence", former="humanoid_robots", grounds=grounds(), **TOLD)
    assert (row.edition, list(FUTURE_FIELDS)[-1], every()["embodied_ai"].former) == (2, "embodied_ai", "humanoid_robots")
    assert told_of("urn:fuhua:field:embodied_ai", FieldEntered, on=DAY)[0].fact == FieldEntered(
        subject="urn:fuhua:field:embodied_ai", version=2, former="humanoid_robots")
    an_open_call("future_field_incubator", themes=["embodied_ai"])


@pytest.mark.parametrize(("code", "zh", "en", "wrong"), [
    ("Quantum Sensing", "量子传感", "quantum sensing", "small letter"),
    ("quantum_sensing", "", "quantum sensing", "Chinese and its English"),
    ("quantum_sensing", "量子信息", "quantum sensing", "name of a field in force"),
])
def test_a_field_needs_a_code_and_a_name_of_its_own(grounds: Any, code: str, zh: str, en: str, wrong: str) -> None:
    with pytest.raises(BadField, match=wrong):
        fields.enter(code=code, zh=zh, en=en, grounds=grounds(), **TOLD)
    assert not FieldDecision.objects.exists()


def test_a_code_in_force_is_not_entered_again(grounds: Any) -> None:
    with pytest.raises(WrongState):
        fields.enter(code="quantum", zh="量子科技", en="quantum technology", grounds=grounds(), **TOLD)


@pytest.mark.parametrize(("more", "wrong"), [
    ({"why": " "}, "say why"), ({"decided": ""}, "who decided"), ({"day": DAY + dt.timedelta(days=1)}, "not in the future"),
    ({"brief": io.BytesIO(b"\x89PNG\r\n\x1a\n picture")}, "is a PDF"), ({"brief": io.BytesIO(b"plain")}, "only PDF"),
])
def test_a_decision_needs_its_grounds(grounds: Any, more: dict[str, Any], wrong: str) -> None:
    with pytest.raises(BadFact, match=wrong):
        fields.retire(code="quantum", grounds=grounds(**more), **TOLD)
    assert not FieldDecision.objects.exists()


def test_a_field_is_not_decided_about_before_its_last_decision(grounds: Any) -> None:
    fields.rename(code="quantum", zh="量子科技", en="quantum technology", grounds=grounds(), **TOLD)
    with pytest.raises(BadField, match="last decision"):
        fields.retire(code="quantum", grounds=grounds(day=DAY - dt.timedelta(days=1)), **TOLD)


def test_two_decisions_never_make_one_edition(grounds: Any) -> None:
    row = fields.retire(code="blockchain", grounds=grounds(), **TOLD)
    row.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


def test_an_unknown_code_is_neither_signed_nor_asked_for(cast: Any) -> None:
    with pytest.raises(UnknownField, match="field"):
        agreements.sign(subject=party("incubator").urn, edition="2022", tier="leading", field="tulips", by=OFFICER, at=NOW)
    with pytest.raises(BadFact, match="small letters"):
        agreements.sign(subject=party("incubator").urn, edition="2022", tier="leading", field="Tulips!", by=OFFICER, at=NOW)
    with pytest.raises(UnknownField):
        calls.draft(issuer=party("city"), told=told("gold_seed", themes=["tulips"]), **TOLD)


def test_an_agreement_has_a_tier_or_a_field() -> None:
    with pytest.raises(BadFact, match="tier"):
        facts.AgreementSigned(subject="urn:fuhua:incubator:a", edition="2022").check()


def test_a_draft_chooses_again_when_its_field_left_the_list(grounds: Any) -> None:
    row = filled(a_draft(an_open_call("gold_seed"), applicant=party("venture")))
    fields.retire(code="quantum", grounds=grounds(), **TOLD)
    with pytest.raises(Lacking, match="has left the list"):
        applications.submit(application=row, by=OPERATOR, at=NOW)


def test_a_call_is_not_published_for_a_field_that_left_while_it_was_drafted(grounds: Any) -> None:
    row = calls.draft(issuer=party("city"), told=told("gold_seed", themes=["quantum"]), **TOLD)
    fields.retire(code="quantum", grounds=grounds(), **TOLD)
    with pytest.raises(UnknownField):
        calls.publish(call=row, **TOLD)


def test_the_pages_are_for_everybody_signed_in_and_the_decisions_for_officers(grounds: Any, client_of: Any) -> None:
    row = fields.rename(code="quantum", zh="量子科技", en="quantum technology", grounds=grounds(), **TOLD)
    for name, status in (("stranger", 302), ("founder", 200), ("city_officer", 200)):
        for page in ("", "of/quantum/"):
            assert client_of(name).get(f"/schemes/fields/{page}").status_code == status
    assert b"".join(client_of("founder").get(f"/schemes/fields/briefs/{row.edition}/").streaming_content) == PDF
    assert client_of("founder").post("/schemes/fields/enter/").status_code == 403
    assert client_of("city_officer").get("/schemes/fields/of/tulips/").status_code == 404
    assert client_of("city_officer").post("/schemes/fields/of/quantum/retire/", {}).status_code == 422
    assert client_of("city_officer").get("/schemes/fields/briefs/9/").status_code == 404


def test_the_list_is_read_in_as_many_queries_after_many_decisions(grounds: Any, client_of: Any) -> None:
    client = client_of("auditor")

    def asked() -> int:
        with CaptureQueriesContext(connection) as caught:
            assert client.get("/schemes/fields/").status_code == 200
        return len(caught)

    fields.rename(code="quantum", zh="量子科技", en="quantum technology", grounds=grounds(), **TOLD)
    asked()
    few = asked()
    for n in range(8):
        fields.rename(code="quantum", zh=f"量子科技{n}", en=f"quantum {n}", grounds=grounds(), **TOLD)
    assert asked() == few
