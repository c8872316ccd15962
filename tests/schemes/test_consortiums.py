"""Consortiums: members answer for themselves, to the text that is attached, and what is signed names its field."""

from __future__ import annotations

from typing import Any

import pytest

from fuhua.desk.models import Notice
from fuhua.evidence.queries import told_of
from fuhua.parties.models import Party
from fuhua.schemes import facts
from fuhua.schemes.actions import applications, barring, consortiums, endings, writing
from fuhua.schemes.actions.applications import Lacking
from fuhua.schemes.actions.consortiums import BadMember
from fuhua.schemes.facts.fields import MemberAnswered
from fuhua.schemes.models import Application, Barred, Member
from fuhua.schemes.queries import eligibility
from schemes import awarded, calling
from schemes.calling import NOW, OPERATOR, a_draft, an_open_call, filled, party, pdf, person

TOLD = {"by": OPERATOR, "at": NOW}
calling.ANSWERS["future_field_incubator"] = {
    "field": "quantum", "registered": "是", "bound": "是", "area": "3000", "staff": "12", "sources": "研究院", "plan": "三年方案",
    "budget": "900万元"}


@pytest.fixture
def row(cast: Any) -> Application:
    """An application of the cast's incubator, whole but for its consortium."""
    return filled(a_draft(an_open_call("future_field_incubator")))


def asked(row: Application, key: str = "institute") -> Member:
    return consortiums.ask(application=row, party=party(key), part="提供平台", **TOLD)


def confirmed(member: Member) -> Member:
    text = consortiums.texts_of(member.application)[-1]
    return consortiums.confirm(member=member, person=person("expert").pk, document=text, by=person("expert").urn, at=NOW)


def test_it_is_handed_in_only_when_every_member_has_confirmed(row: Application) -> None:
    with pytest.raises(Lacking, match="a member of the consortium"):
        applications.submit(application=row, **TOLD)
    member = asked(row)
    assert Notice.objects.filter(to=party("institute"), kind="part", settled_at=None).count() == 1
    with pytest.raises(Lacking, match="the word of"):
        applications.submit(application=row, **TOLD)
    confirmed(member)
    assert not Notice.objects.filter(to=party("institute"), kind="part", settled_at=None).exists()
    assert applications.submit(application=row, **TOLD).state == "submitted"
    record = told_of(row.urn, MemberAnswered, on=NOW.date())[0]
    assert (record.fact.party, record.fact.answer) == (party("institute").urn, "confirmed")
    assert list(record.documents) == consortiums.texts_of(row)


def test_another_text_of_the_agreement_is_confirmed_anew(row: Application) -> None:
    member = confirmed(asked(row))
    writing.detach(attachment=row.attachments.get(code="consortium"), **TOLD)
    writing.attach(application=row, code="consortium", name="新协议.pdf", file=pdf("another"), **TOLD)
    with pytest.raises(Lacking, match="the word of"):
        applications.submit(application=row, **TOLD)
    with pytest.raises(BadMember, match="another one now"):
        consortiums.confirm(member=member, person=person("expert").pk, document=member.document, **TOLD)
    confirmed(member)
    applications.submit(application=row, **TOLD)


def test_pressing_twice_answers_once(row: Application) -> None:
    member = confirmed(asked(row))
    confirmed(member)
    assert len(told_of(row.urn, MemberAnswered, on=NOW.date())) == 1


def test_a_member_that_declines_is_done_without_and_may_think_again(row: Application) -> None:
    first, second = asked(row), asked(row, "park")
    confirmed(second)
    consortiums.decline(member=first, person=person("expert").pk, **TOLD)
    assert [each.text.en for each in applications.reads.lacks(row)] == []
    assert confirmed(first).state == "confirmed"


def test_another_part_is_confirmed_anew(row: Application) -> None:
    confirmed(asked(row))
    again = consortiums.ask(application=row, party=party("institute"), part="只提供专家", **TOLD)
    assert (again.state, again.document, Member.objects.count()) == ("asked", "", 1)


def test_nobody_is_a_member_of_itself_or_without_a_part_or_too_late(row: Application) -> None:
    with pytest.raises(BadMember, match="other than the applicant"):
        consortiums.ask(application=row, party=party("incubator"), part="牵头", **TOLD)
    with pytest.raises(BadMember, match="which part"):
        consortiums.ask(application=row, party=party("park"), part=" ", **TOLD)
    with pytest.raises(BadMember, match="has no consortium"):
        consortiums.ask(application=a_draft(an_open_call("benchmark_incubator")), party=party("park"), part="场地", **TOLD)
    confirmed(asked(row))
    applications.submit(application=row, **TOLD)
    with pytest.raises(BadMember, match="stays as it is"):
        consortiums.drop(member=row.members.get(), **TOLD)


def test_members_count_for_conflicts_of_interest(row: Application) -> None:
    confirmed(asked(row, "city"))
    applications.submit(application=row, **TOLD)
    barring.close_conflicts(call=row.call, **TOLD)
    assert Barred.objects.filter(application=row, person=person("city_officer")).exists()


def test_only_the_member_itself_reads_and_answers_its_part(row: Application, client_of: Any) -> None:
    member = asked(row)
    page = f"/schemes/parts/{member.pk}/"
    assert [client_of(name).get(page).status_code for name in ("expert", "park_manager", "operator", "city_officer", "stranger")] == [
        200, 404, 404, 404, 302]
    assert client_of("founder").post(f"{page}confirm/", {}).status_code == 404
    text = consortiums.texts_of(row)[0]
    found = client_of("expert").get(f"{page}papers/{text}/")
    assert b"".join(found.streaming_content).startswith(b"%PDF")
    assert client_of("founder").get(f"{page}papers/{text}/").status_code == 404
    assert client_of("expert").get(f"{page}papers/{row.attachments.get(code='brief').digest}/").status_code == 404
    assert client_of("expert").get(f"/schemes/applications/{row.pk}/").status_code == 404


def signed(at: Any, applicant: str = "incubator") -> Any:
    return awarded.signed(awarded.an_award(at(), kind="future_field_incubator", applicant=applicant, district=0), at())


def test_what_is_signed_carries_field_district_and_no_tier(cast: Any, at: Any) -> None:
    task = signed(at)
    told = told_of(task.party.urn, facts.AgreementSigned, facts.TierSet, on=at().date())
    assert [(type(each.fact), each.fact.field, each.fact.district, each.fact.tier, each.fact.task) for each in told] == [
        (facts.AgreementSigned, "quantum", "110108", "", task.urn)]


def test_the_end_of_it_names_the_field_and_leaves_the_benchmark_agreement_alone(cast: Any, at: Any) -> None:
    task = signed(at)
    endings.end(agreement=task, because="left", by=person("city_officer").urn, at=at())
    fact = told_of(task.party.urn, facts.AgreementEnded, on=at().date())[0].fact
    assert (fact.reason, fact.field) == ("withdrawn", "quantum")


def test_a_lead_that_is_no_incubator_speaks_through_the_incubator_of_its_consortium(cast: Any, at: Any) -> None:
    award = awarded.an_award(at(), kind="future_field_incubator", applicant="institute", district=0)
    Member.objects.create(application=award, party=party("incubator"), part="运营", state="confirmed", document="d" * 64, asked_at=at(),
                          answered_at=at(), answered_by=person("operator"))
    awarded.signed(award, at())
    assert told_of(party("incubator").urn, facts.AgreementSigned, on=at().date())[0].fact.field == "quantum"
    assert Party.objects.filter(urn=party("institute").urn).exists()
    assert told_of(party("institute").urn, facts.AgreementSigned, on=at().date()) == []


def test_the_kind_still_asks_for_a_field_of_the_call(row: Application) -> None:
    found = eligibility.of(row, NOW)
    assert {each.code: each.state for each in found.clauses}["field"] is True
