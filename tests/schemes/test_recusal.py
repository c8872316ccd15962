"""An officer who is recused learns nothing by trying every address; and a round of the size of the demo city."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from fuhua.desk.access import NOTICES, SEES
from fuhua.desk.actions import asks, notices
from fuhua.desk.models import Ask, Notice
from fuhua.kernel import urn
from fuhua.kernel.page import PAGES, Page
from fuhua.parties.queries import who
from fuhua.schemes.actions import barring, decisions, objections
from fuhua.schemes.models import Agreement, Announcement, Application, Barred, Draw, GoldSeed, Member, Objection, Review, Seat, Talent
from schemes.rounds import Round, page

HIDDEN = ("schemes/applications/", "schemes/parts/", "schemes/reviews/<", "schemes/draws/", "schemes/agreements/new/")
DIRECTORIES = ("schemes:cultivation",)  # name every incubator there is, whatever it applied for


def addresses(one: Round, secret: Any) -> list[tuple[Page, str]]:
    """Every address of schemes: those of the secret application, its reviews, decision and objection, of its call, and lists."""
    about: dict[str, list[Any]] = {
        "schemes/calls/": [one.call], "schemes/applications/": [secret], "schemes/draws/": list(Draw.objects.all()),
        "schemes/reviews/": list(Review.objects.filter(application=secret)), "schemes/objections/": list(Objection.objects.all()),
        "schemes/seats/": list(Seat.objects.filter(reviews__application=secret)), "schemes/notices/": list(Announcement.objects.all()),
        "schemes/agreements/new/": [secret], "schemes/agreements/": list(Agreement.objects.filter(application=secret)),
        "schemes/parts/": list(Member.objects.filter(application=secret)), "schemes/fields/": [secret],
        "schemes/gold-seeds/": list(GoldSeed.objects.filter(application=secret)),
        "schemes/talents/join/": [secret], "schemes/talents/": list(Talent.objects.filter(application=secret)),
        "schemes/vacancies/": [], "schemes/practicums/": [], "schemes/credentials/": [], "schemes/placements/": [],  # of no application
        "schemes/appraisals/": [], "schemes/uplifts/": [], "schemes/appeals/": [],
    }
    found = []
    for each in (each for each in PAGES if each.name.startswith("schemes:")):
        if "<" not in each.path:
            found.append((each, reverse(each.name)))
            continue
        start = next((start for start in about if each.path.startswith(start)), "")
        assert start, f"{each.name}: say above which of its rows belong to the hidden application"
        for row in about[start]:
            found.append((each, reverse(each.name, kwargs=keys_of(each, row.pk))))
    return found


def keys_of(each: Page, pk: int) -> dict[str, Any]:
    """What stands for each argument of a page's path."""
    given = {"pk": pk, "digest": "0" * 64, "code": "quantum", "edition": 1}
    return {name: value for name, value in given.items() if f":{name}>" in each.path}


def try_all(client: Client, one: Round, secret: Any) -> dict[str, list[tuple[int, str]]]:
    """Page → what came back for every address, by GET or POST."""
    told: dict[str, list[tuple[int, str]]] = {}
    for each, url in addresses(one, secret):
        answer = client.get(url) if "GET" in each.methods else client.post(url, {})
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        told.setdefault(each.name, []).append((answer.status_code, body.decode("utf-8", "replace")))
    return told


def absent(client: Client, each: Page) -> int:
    """How the address of something that is not there is answered: what is hidden must not be told from it."""
    url = reverse(each.name, kwargs=keys_of(each, 10**9))
    return (client.get(url) if "GET" in each.methods else client.post(url, {})).status_code


def test_a_recused_officer_learns_nothing_from_any_address(round_of: Callable[..., Round], client_of: Callable[[str], Client]) -> None:
    one = round_of(applications=3, experts=7)
    secret = one.applications[1]
    one.tie("relative", (one.officer, one.leads[1]))
    one.draw()
    one.score_all(80, 80, 80)
    Member.objects.create(application=secret, party=one.houses[0], part="场地", asked_at=one.at)
    officer, coordinator = client_of("city_officer"), client_of("coordinator")
    told = try_all(officer, one, secret)
    for name, answers in told.items():
        for status, body in answers:
            words = {secret.number, secret.title, one.applicants[1].name, one.leads[1].name, secret.urn}
            words -= {one.applicants[1].name} if name in DIRECTORIES else set()
            assert not [word for word in words if word in body], name
            if PAGES[name].path.startswith(HIDDEN):
                assert status == absent(officer, PAGES[name]), name
    assert secret.number in coordinator.get(page("ranking", one.call)).content.decode()
    assert [row["it"].place for row in officer.get(page("ranking", one.call)).context["rows"]] == [1, 1]


def test_counts_loads_and_exports_leave_the_hidden_application_out(round_of: Callable[..., Round],
                                                                   client_of: Callable[[str], Client]) -> None:
    one = round_of(applications=3, experts=7)
    one.tie("relative", (one.officer, one.leads[1]))
    one.draw()
    seen, whole = (client_of(name).get(page("panel", one.call)).context for name in ("city_officer", "coordinator"))
    assert (seen["reviewing"], whole["reviewing"]) == (2, 3)
    assert sum(seat.given for seat in seen["seats"]) == 6
    assert sum(seat.given for seat in whole["seats"]) == 9
    assert (len(seen["draws"]), len(whole["draws"])) == (0, 1)
    assert {each["it"].application_id for each in seen["barred"]} == set()
    assert len(whole["barred"]) == 1


def test_whoever_is_barred_from_something_does_not_run_the_call_and_is_told_why(round_of: Callable[..., Round],
                                                                               client_of: Callable[[str], Client]) -> None:
    one = round_of(applications=3, experts=7)
    one.tie("relative", (one.officer, one.leads[1]))
    one.draw()
    for verb in ("panel_draw", "announce", "conclude", "panel_bar", "panel_seat"):
        answer = client_of("city_officer").post(page(verb, one.call), {})
        assert answer.status_code == 403, verb
        assert "没有回避事项" in answer.content.decode()


def test_an_objection_to_a_hidden_application_is_hidden_too(round_of: Callable[..., Round], client_of: Callable[[str], Client]) -> None:
    one = round_of(applications=2, experts=7)
    one.tie("relative", (one.officer, one.leads[1]))
    one.draw()
    one.score_all(80, 80, 80)
    coordinator = one.cast["coordinator"].party
    for each in one.applications:
        decisions.decide(application=each, result="award", why="好", person=coordinator.pk, by=coordinator.urn, at=one.at)
    notice = decisions.announce(call=one.call, **one.told)
    row = objections.raise_(announcement=notice, application=one.applications[1], person=one.leads[0].pk, text="有问题",
                            by=one.leads[0].urn, at=one.at)
    officer = client_of("city_officer")
    assert officer.get(page("objection", row)).status_code == 404
    assert officer.post(page("objection_dismiss", row), {}).status_code == 404
    assert list(officer.get(page("objections", one.call)).context["rows"]) == []
    assert client_of("coordinator").get(page("objection", row)).status_code == 200


def test_a_round_as_large_as_the_demo_city_is_drawn_without_a_conflict(round_of: Callable[..., Round]) -> None:
    one = round_of(applications=80, experts=60, load=6)
    one.tie("mentors", *zip(one.experts[:30], one.applicants[:30], strict=True))
    one.tie("employs", *zip(one.houses[30:], one.leads[30:60], strict=True))
    draw = one.draw()
    pairs = set(Review.objects.values_list("seat__person", "application"))
    assert len(pairs) == 240
    assert not pairs & set(Barred.objects.values_list("person", "application"))
    assert Barred.objects.count() == 60
    assert draw.proved


def things(one: Round, row: Application, number: int) -> list[str]:
    """An application, an objection to it, its agreement and a milestone: what notices and asks are about."""
    notice = Announcement.objects.create(call=one.call, number=str(number), first=one.at, last=one.at, at=one.at)
    objection = Objection.objects.create(urn=urn.new("objection"), announcement=notice, application=row, person=one.leads[0],
                                         text="有误", raised_at=one.at)
    task = Agreement.objects.create(
        urn=urn.new("agreement"), number=str(number), application=row, party=row.applicant, issuer=one.call.issuer, starts=one.at,
        ends=one.at + dt.timedelta(days=1), drawn_at=one.at)
    return [row.urn, objection.urn, task.urn, urn.of("milestone", f"{urn.identity_of(task.urn)}.1")]


def test_nobody_is_told_of_what_they_are_barred_from_on_their_desk(round_of: Callable[..., Round]) -> None:
    one = round_of(applications=2, experts=7)
    one.tie("relative", (one.officer, one.leads[1]))
    one.draw()
    open_, hidden = (things(one, row, number) for number, row in enumerate(one.applications))
    issuer, asker = one.call.issuer_id, one.leads[0]
    for about in (*open_, *hidden):
        notices.part(about=about, title=one.call.title, url="/", at=one.at, to=issuer)
        asks.ask(kind="question", title="进度", asker=asker.pk, asked=issuer, about=about, by=asker.urn, at=one.at)
    one.tie("employs", (one.call.issuer, one.experts[6]), office="city_officer")
    one.client(one.experts[6])
    officer, colleague = who(one.cast["city_officer"]), who(one.experts[6].account)
    rows = Notice.objects.filter(about__in=[*open_, *hidden]), Ask.objects.all()
    for rule, found in zip((NOTICES, SEES), rows, strict=True):
        told = [sorted(set(rule.filter(each, found).values_list("about", flat=True))) for each in (officer, colleague)]
        assert told == [sorted(open_), sorted([*open_, *hidden])], rule.name


def test_an_applicant_keeps_an_expert_out_before_the_draw_and_learns_nothing_of_the_pool(
    round_of: Callable[..., Round], client_of: Callable[[str], Client],
) -> None:
    one = round_of(applications=2, experts=5)
    row, page_ = one.applications[0], page("application", one.applications[0])
    applicant = one.client(one.leads[0])
    one.tie("employs", (one.applicants[0], one.leads[0]), office="operator")
    asked = {"object-person": "评审专家1", "object-house": one.houses[0].urn, "object-said": "曾有知识产权纠纷"}
    stranger = {**asked, "object-person": "查无此人"}
    assert applicant.post(page("application_object", row), stranger).status_code == 422
    assert applicant.post(page("application_object", row), asked).status_code == 302
    assert "专家组" not in applicant.get(page_).content.decode()
    one.draw()
    assert one.experts[0].pk not in {each.seat.person_id for each in one.reviews(row)}
    assert applicant.post(page("application_object", row), {**asked, "object-person": "评审专家2", "object-house": one.houses[1].urn}
                          ).status_code == 422
    assert client_of("founder").post(page("application_object", row), asked).status_code == 404


def test_an_applicant_names_three_people_at_most_and_no_officer(round_of: Callable[..., Round]) -> None:
    one = round_of(applications=1, experts=5)
    told = {"application": one.applications[0], "said": "有竞争关系", "by": one.leads[0].urn, "at": one.at}
    with pytest.raises(barring.BadBar, match="office"):
        barring.object_to(person=one.officer, **told)
    for each in (*one.experts[:3], one.experts[2]):
        barring.object_to(person=each, **told)
    with pytest.raises(barring.BadBar, match="at most 3"):
        barring.object_to(person=one.experts[3], **told)
