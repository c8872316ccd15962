"""From revealed scores to awards: decisions within the budget, public notice, objections, appeal and the end of a call."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from fuhua.desk.models import Notice
from fuhua.evidence.actions.sequence import catch_up
from fuhua.evidence.queries import records
from fuhua.kernel import period
from fuhua.kernel.flow import WrongState
from fuhua.parties.models import Party
from fuhua.schemes.actions import decisions, objections
from fuhua.schemes.actions.decisions import BadDecision
from fuhua.schemes.actions.objections import BadObjection
from fuhua.schemes.facts.review import ApplicationAwarded, ApplicationDecided
from fuhua.schemes.models import Agreement, Announcement, Application, Milestone, Objection, Recommendation
from fuhua.schemes.queries import comment_notice
from fuhua.schemes.queries.outcomes import foreseen
from schemes.rounds import Round, page

YI = 1_000_000_00


@pytest.fixture
def scored(round_of: Callable[..., Round]) -> Round:
    """Three applications with every score revealed: 90, 80 and 70 points."""
    one = round_of(applications=3, experts=8, places=2, budget=5 * YI)
    one.draw()
    for application, total in zip(one.applications, (90, 80, 70), strict=True):
        for review in one.reviews(application):
            one.score(review, total)
    return one


def decide(one: Round, at: int, result: str, **given: Any) -> Any:
    return decisions.decide(application=one.applications[at], result=result, person=one.officer.pk,
                            **{"why": "综合评审意见", **one.told, **given})


def announced(one: Round) -> Announcement:
    decide(one, 0, "award", city=3 * YI)
    decide(one, 1, "reserve")
    decide(one, 2, "reject")
    return decisions.announce(call=one.call, **one.told)


def object_to(one: Round, notice: Announcement, at: int, person: Party) -> Objection:
    return objections.raise_(announcement=notice, application=one.applications[at], person=person.pk, text="理由", by=person.urn,
                             at=one.at)


def later(one: Round, days: int) -> None:
    one.at = period.noon(dt.date(2025, 6, 30) + dt.timedelta(days=days))


def test_a_round_is_decided_announced_and_awarded(scored: Round) -> None:
    notice = announced(scored)
    assert (notice.number, notice.first, notice.last) == ("BJ-GS-2025-001", dt.date(2025, 6, 30), dt.date(2025, 7, 7))
    assert scored.state(scored.call) == "announced"
    later(scored, 7)
    with pytest.raises(BadDecision, match="not over"):
        decisions.conclude(call=scored.call, **scored.told)
    later(scored, 8)
    decisions.conclude(call=scored.call, **scored.told)
    assert scored.state(scored.call) == "concluded"
    assert [scored.state(each) for each in scored.applications] == ["awarded", "reserve", "rejected"]


def test_facts_tell_what_was_decided_and_awarded(scored: Round) -> None:
    announced(scored)
    later(scored, 8)
    decisions.conclude(call=scored.call, **scored.told)
    catch_up(at=scored.at)
    told = [each.fact for each in records((ApplicationDecided.KIND, ApplicationAwarded.KIND))]
    assert [(each.subject, each.result, each.city_amount) for each in told if isinstance(each, ApplicationDecided)] == [
        (scored.applications[at].urn, result, city) for at, (result, city) in enumerate((("award", 3 * YI), ("reserve", 0), ("reject", 0)))]
    assert [(each.subject, each.applicant, each.city_amount) for each in told if isinstance(each, ApplicationAwarded)] == [
        (scored.applications[0].urn, scored.applicants[0].urn, 3 * YI)]


def test_awards_stay_within_budget_places_and_the_districts_promise(scored: Round) -> None:
    decide(scored, 0, "award", city=3 * YI)
    with pytest.raises(BadDecision, match="budget"):
        decide(scored, 1, "award", city=2 * YI + 1)
    Recommendation.objects.create(application=scored.applications[1], district=scored.call.issuer, matched=YI, day=dt.date(2025, 6, 1),
                                  letter="0" * 64, at=scored.at)
    with pytest.raises(BadDecision, match="district"):
        decide(scored, 1, "award", city=YI, district=YI + 1)
    decide(scored, 1, "award", city=2 * YI, district=YI)
    with pytest.raises(BadDecision, match="places"):
        decide(scored, 2, "award")
    decide(scored, 0, "award", city=2 * YI)  # less than before: its own former amount does not count twice
    assert scored.state(scored.call) == "reviewing"
    decide(scored, 2, "reserve")
    assert scored.state(scored.call) == "decided"


def test_nothing_is_decided_while_scores_are_sealed_or_by_whoever_is_barred(round_of: Callable[..., Round]) -> None:
    one = round_of(applications=2, experts=5)
    one.tie("relative", (one.officer, one.leads[1]))
    one.draw()
    with pytest.raises(BadDecision, match="not all in"):
        decide(one, 0, "award")
    one.score_all(80, 80, 80)
    with pytest.raises(BadDecision, match="barred"):
        decide(one, 1, "award")
    with pytest.raises(BadDecision, match="say why"):
        decide(one, 0, "award", why=" ")
    with pytest.raises(WrongState):
        decisions.announce(call=one.call, **one.told)


def test_the_applicant_reads_every_comment_and_who_wrote_it_once_it_is_announced(scored: Round) -> None:
    lead = scored.leads[2]
    scored.tie("employs", (scored.applicants[2], lead), office="operator")
    client = scored.client(lead)
    assert client.get(page("result", scored.applications[2])).status_code == 404
    announced(scored)
    told = client.get(page("result", scored.applications[2])).content.decode()
    assert told.count("给出 70 分的理由") == 3
    assert all(each.seat.person.name in told for each in scored.reviews(scored.applications[2]))
    paper = client.get(page("result_paper", scored.applications[2]))
    assert (paper["Content-Type"], paper.content[:5]) == ("application/pdf", b"%PDF-")
    assert client.get(page("result_paper", scored.applications[2])).content == paper.content
    assert all(client.get(page(name, scored.applications[0])).status_code == 404 for name in ("result", "result_paper"))
    assert Notice.objects.filter(about=scored.applications[2].urn, to=scored.applicants[2]).exists()


def test_the_notice_is_public_and_names_what_is_proposed_only(scored: Round, client_of: Callable[[str], Any]) -> None:
    notice = announced(scored)
    told = client_of("stranger").get(page("notice", notice)).content.decode()
    assert scored.applicants[0].name in told
    assert scored.applicants[2].name not in told
    paper = client_of("stranger").get(page("notice_paper", notice))
    assert b"".join(paper.streaming_content)[:5] == b"%PDF-"
    draw = scored.call.draws.get()
    assert client_of("stranger").get(page("draw", draw)).status_code == 200


def test_anybody_signed_in_objects_during_the_notice_and_only_the_issuer_sees_who(scored: Round, client_of: Callable[[str], Any]) -> None:
    notice = announced(scored)
    person = scored.parties("person", "异议人", 1)[0]
    row = object_to(scored, notice, 0, person)
    with pytest.raises(BadObjection, match="being handled"):
        object_to(scored, notice, 0, person)
    assert person.name in client_of("city_officer").get(page("objection", row)).content.decode()
    assert person.name in scored.client(person).get(page("objection", row)).content.decode()
    assert client_of("founder").get(page("objection", row)).status_code == 404
    assert person.name not in client_of("auditor").get(page("objection", row)).content.decode()
    later(scored, 8)
    with pytest.raises(BadObjection, match="during the notice"):
        object_to(scored, notice, 1, person)
    with pytest.raises(BadDecision, match="objection"):
        decisions.conclude(call=scored.call, **scored.told)
    objections.hear(objection=row, day=dt.date(2025, 7, 10), **scored.told)
    with pytest.raises(BadObjection, match="answer"):
        objections.dismiss(objection=row, answer="", **scored.told)
    objections.dismiss(objection=row, answer="经核实属实", **scored.told)
    decisions.conclude(call=scored.call, **scored.told)
    assert scored.state(scored.applications[0]) == "awarded"


def test_an_upheld_objection_is_decided_anew_and_announced_again(scored: Round) -> None:
    notice = announced(scored)
    row = object_to(scored, notice, 0, scored.leads[1])
    objections.uphold(objection=row, answer="成立", **scored.told)
    later(scored, 9)
    with pytest.raises(BadDecision, match="decide anew"):
        decisions.conclude(call=scored.call, **scored.told)
    decide(scored, 0, "reject")
    decide(scored, 1, "award", city=YI)
    again = decisions.announce(call=scored.call, **scored.told)
    assert again.number == "BJ-GS-2025-002"
    later(scored, 20)
    decisions.conclude(call=scored.call, **scored.told)
    assert [scored.state(each) for each in scored.applications] == ["rejected", "awarded", "rejected"]


def test_an_appeal_is_reviewed_by_a_new_panel_with_nobody_of_the_first(scored: Round) -> None:
    notice = announced(scored)
    first = {each.seat_id for each in scored.reviews(scored.applications[2])}
    row = object_to(scored, notice, 2, scored.leads[2])
    objections.uphold(objection=row, answer="组织复审", appeal=True, **scored.told)
    later(scored, 1)
    assert scored.state(scored.applications[2]) == "in_review"
    fresh = [each for each in scored.reviews(scored.applications[2]) if each.round == 2]
    assert len(fresh) == 3
    assert not first & {each.seat_id for each in fresh}
    with pytest.raises(BadDecision, match="not all in"):
        decide(scored, 2, "award")
    for each in fresh:
        scored.score(each, 95)
    decide(scored, 2, "award", city=YI)
    decisions.announce(call=scored.call, **scored.told)
    later(scored, 20)
    decisions.conclude(call=scored.call, **scored.told)
    assert scored.state(scored.applications[2]) == "awarded"


def test_a_round_is_decided_through_its_pages(scored: Round, client_of: Callable[[str], Any]) -> None:
    officer = client_of("city_officer")
    for at, result in enumerate(("award", "reserve", "reject")):
        assert officer.get(page("decision", scored.applications[at])).status_code == 200
        said = {"decide-result": result, "decide-city": "300 万元" if at == 0 else "", "decide-why": "理由"}
        assert officer.post(page("decide", scored.applications[at]), said).status_code == 302
    assert scored.applications[0].decision.city == 3 * YI
    pack = officer.get(page("pack", scored.call))
    assert b"".join(pack.streaming_content)[:5] == b"%PDF-"
    assert client_of("founder").post(page("announce", scored.call)).status_code == 403
    assert officer.post(page("announce", scored.call), {"once": "a"}).status_code == 302
    notice = scored.call.announcements.get()
    founder = client_of("founder")
    assert founder.get(page("notice", notice)).status_code == 200
    assert officer.post(page("conclude", scored.call), {"once": "b"}).status_code in (302, 422)
    for name, row in (("panel", scored.call), ("ranking", scored.call), ("objections", scored.call)):
        assert officer.get(page(name, row)).status_code == 200


def test_years_later_the_ranking_is_held_against_the_milestones(round_of: Callable[..., Round]) -> None:
    one = round_of(applications=6, experts=12)
    one.draw()
    for at, application in enumerate(one.applications):
        for review in one.reviews(application):
            one.score(review, 60 + 5 * at)
    assert foreseen(one.call).n == 0
    for at, application in enumerate(one.applications):
        agreement = Agreement.objects.create(
            urn=f"urn:fuhua:agreement:{at}", number=f"R-{at}", application=application, party=application.applicant, issuer=one.call.issuer,
            starts=dt.date(2025, 8, 1), ends=dt.date(2028, 8, 1), state="signed", drawn_at=one.at,
            signed_at=one.at)
        Milestone.objects.create(agreement=agreement, number=1, title="里程碑", measure="stated", least=10, due=dt.date(2026, 8, 1),
                                 weight=1_000_000, state="partial", share=100_000 * (at + 1))
    told = foreseen(one.call)
    assert (told.n, round(told.rho or 0, 6), told.says) == (6, 1.0, True)


def test_the_notice_of_comments_holds_every_comment_and_no_experts_name(scored: Round) -> None:
    announced(scored)
    row = Application.objects.select_related("call__issuer", "decision", "applicant").get(pk=scored.applications[2].pk)
    said = comment_notice.said_of(row, scored.call.announcements.get())
    whole = "\n".join(said["paragraphs"])
    assert (said["number"], whole.count("给出 70 分的理由"), len(said["paragraphs"])) == (f"{row.number}-PY", 3, 4)
    assert "领军人才与团队" in whole
    assert not [each for each in scored.reviews(row) if each.seat.person.name in whole]
