"""Landing cases: opened once, one live case for one person or project, landed with an entity, warned of, lapsed, joined."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from fuhua.desk.models import Ask, Clock, Notice
from fuhua.evidence.actions import reactions, sequence
from fuhua.evidence.actions.facts import record
from fuhua.evidence.facts import BadFact
from fuhua.evidence.models import Fact
from fuhua.evidence.queries import told_of
from fuhua.evidence.words import Grade
from fuhua.journey import facts
from fuhua.journey.actions import activity, case_clock, cases, landings, passports
from fuhua.journey.actions.case_rows import BadCase
from fuhua.journey.models import Landing, LandingCase, Passport
from fuhua.kernel import locked, period
from fuhua.kernel.flow import WrongState
from fuhua.parties.actions import organisations, people
from fuhua.schemes.facts.review import ApplicationAwarded
from fuhua.schemes.models import Application
from journey.camping import (
    DAY,
    NOON,
    OFFICER,
    OPERATOR,
    a_case,
    a_founder,
    a_project,
    after,
    an_entity,
    awarded,
    house,
    landed,
    player,
)
from stories.newcomer_papers import code

pytestmark = pytest.mark.usefixtures("cast")
PAPER = b"%PDF-1.7 payroll"


def told(kind: str) -> int:
    return Fact.objects.filter(kind=f"journey.{kind}").count()


def tell_award(row: Application, sort: str = "cross_border_camp") -> None:
    """The award is told, numbered and reacted to."""
    fact = ApplicationAwarded(subject=row.urn, call=row.call.urn, applicant=row.applicant.urn, sort=sort, city_amount=0, district_amount=0)
    record(fact, by=OFFICER, at=NOON, grade=Grade.SYSTEM)
    sequence.catch_up(at=NOON)
    reactions.follow(at=NOON)


def test_an_award_told_twice_opens_one_case_and_asks_once() -> None:
    founder = a_founder()
    row = awarded(a_project(founder), founder)
    for _again in range(2):
        tell_award(row)
    case = LandingCase.objects.get()
    assert (case.person, case.project, Ask.objects.filter(about=case.urn).count(), told("case_opened")) == (founder, row.applicant, 5, 1)


def test_an_award_of_another_kind_opens_none() -> None:
    founder = a_founder()
    row = awarded(a_project(founder), founder)
    tell_award(row, "gold_seed")
    assert LandingCase.objects.count() == 0


def test_whoever_writes_for_a_project_without_an_office_in_it_is_not_its_person() -> None:
    case = cases.open_for(application=awarded(a_project(), player("operator")), by=OFFICER, at=NOON)
    assert (case.person, case.project.name) == (None, "Cryo Sensors")


def test_the_same_person_gets_no_second_case_and_is_shown_the_first() -> None:
    case = a_case()
    again = awarded(case.person, case.person)
    with pytest.raises(cases.HasCase) as refused:
        cases.open_for(application=again, by=OFFICER, at=NOON)
    assert (refused.value.case, refused.value.url, case.urn in refused.value.text.en) == (case.urn, f"/landings/{case.pk}/", True)
    assert cases.award(application=again.urn, by=OFFICER, at=NOON) is None
    assert cases.award(application=again.urn, by=OFFICER, at=NOON) is None
    assert Notice.objects.filter(about=again.urn, url=f"/landings/{case.pk}/").count() == 1


def test_a_project_or_person_that_is_in_another_case_cannot_be_linked() -> None:
    case, other = a_case(), cases.open_for(application=awarded(a_project(name="Other"), player("operator")), by=OFFICER, at=NOON)
    with pytest.raises(cases.HasCase):
        cases.link(case=other, party=case.person, by=OFFICER, at=NOON)
    linked = cases.link(case=other, party=a_founder("Ben"), by=OFFICER, at=NOON)
    assert linked.person.name == "Ben"
    with pytest.raises(BadCase):
        cases.link(case=other, party=a_founder("Carl"), by=OFFICER, at=NOON)


def test_the_database_keeps_one_live_case_per_person_and_per_project() -> None:
    case = a_case()
    row = awarded(a_founder("Ben"), player("operator"))
    for same in ({"person": case.person}, {"project": case.project}):
        with pytest.raises(IntegrityError), transaction.atomic():
            LandingCase.objects.create(urn="urn:fuhua:landing:x", application=row, opened_at=NOON, due=DAY, **same)
    cases.lapse(case=case, reason="left", by=OFFICER, at=NOON)
    assert cases.open_for(application=row, by=OFFICER, at=NOON).person.name == "Ben"


def test_a_landing_told_by_hand_of_somebody_on_the_way_is_refused_with_the_case() -> None:
    case = a_case()
    for field in ({"person": case.person.urn}, {"project": case.project.urn}):
        with pytest.raises(landings.LandedAlready) as refused:
            landings.land(subject="urn:fuhua:landing:byhand", by=OFFICER, at=NOON, **field)
        assert case.urn in refused.value.text.en


def test_an_entity_without_a_code_or_a_confirmed_tie_lands_nothing() -> None:
    case = a_case()
    bare = organisations.register(sort="venture", name="北京无码科技有限公司", by=OFFICER, at=NOON)
    strange = organisations.register(sort="venture", name="北京无关科技有限公司", code=code(1), by=OFFICER, at=NOON)
    for entity in (bare, strange):
        with pytest.raises(BadCase):
            cases.land(case=case, entity=entity, host=house("incubator"), on=DAY, by=OFFICER, at=NOON)
    entity = an_entity(case.person, code(2))
    for on in (period.day(after(0, -1)), period.day(after(0, 1))):
        with pytest.raises(BadCase):
            cases.land(case=case, entity=entity, host=house("incubator"), on=on, by=OFFICER, at=NOON)
    with pytest.raises(BadFact):
        cases.land(case=case, entity=entity, host=house("service"), on=DAY, by=OFFICER, at=NOON)
    case.refresh_from_db()
    assert (case.state, told("landed"), Landing.objects.count()) == ("open", 0, 0)


def test_landing_tells_one_fact_and_hands_the_clock_to_the_host() -> None:
    case = landed(a_case(), code(3))
    fact = told_of(case.urn, facts.Landed, on=period.day(after(3)))[0].fact
    assert (fact.person, fact.project, fact.host, fact.district) == (case.person.urn, case.project.urn, house("incubator").urn, "110108")
    clock = Clock.objects.get(about=case.urn, stopped_at=None)
    assert (clock.name, clock.due, clock.to, clock.office) == ("activity", period.day(after(9)), house("incubator"), "operator")
    with pytest.raises(WrongState):
        cases.land(case=case, entity=case.entity, host=case.host, on=DAY, by=OFFICER, at=after(3))


def test_an_open_case_is_warned_of_at_month_eight_and_lapses_after_month_nine() -> None:
    case = a_case()
    assert [case_clock.watch(at=at) for at in (after(7, 28), after(8), after(8), after(9))] == [0, 1, 0, 0]
    assert case_clock.watch(at=after(9, 1)) == 1
    case.refresh_from_db()
    assert (case.state, case.because, told("landing_lapsed")) == ("lapsed", "no_entity", 1)
    assert set(Ask.objects.filter(about=case.urn).values_list("state", flat=True)) == {"withdrawn"}
    assert Clock.objects.filter(about=case.urn, stopped_at=None).count() == 0
    assert case_clock.watch(at=after(10)) == 0


def test_a_provisional_landing_that_nobody_found_active_lapses_nine_months_after_it() -> None:
    case = landed(a_case(), code(4))
    assert [case_clock.watch(at=after(11)), case_clock.watch(at=after(12)), case_clock.watch(at=after(12, 1))] == [1, 0, 1]
    case.refresh_from_db()
    assert (case.state, case.because) == ("lapsed", "inactive")


def shown(case: LandingCase, months: int, person: Any = None) -> Any:
    return activity.show(case=case, evidence="payroll", file=io.BytesIO(PAPER), person=person or case.person, by=case.person.urn,
                         at=after(months))


def confirmed(case: LandingCase, months: int) -> Any:
    return activity.confirm(case=case, person=player("operator"), by=OPERATOR, at=after(months))


def test_activity_is_shown_after_six_months_and_confirmed_by_somebody_else() -> None:
    case = landed(a_case(), code(5))
    with pytest.raises(activity.TooEarly):
        shown(case, 8)
    with pytest.raises(BadCase):
        confirmed(case, 9)
    shown(case, 9, player("operator"))
    with pytest.raises(BadCase):
        confirmed(case, 9)
    shown(case, 9)
    confirmed(case, 9)
    case.refresh_from_db()
    assert (case.state, told("landing_active"), told("activity_shown")) == ("active", 1, 2)
    with pytest.raises(BadCase):
        confirmed(case, 9)
    with pytest.raises(activity.TooEarly):
        shown(case, 14)
    shown(case, 15)
    assert (confirmed(case, 15).month, told("landing_active")) == (12, 2)
    with pytest.raises(BadCase):
        shown(case, 16)
    assert Clock.objects.filter(about=case.urn, stopped_at=None).count() == 0


def test_an_active_landing_lapses_no_more_by_itself() -> None:
    case = landed(a_case(), code(6))
    shown(case, 9)
    confirmed(case, 9)
    assert case_clock.watch(at=after(30)) == 0


def test_merged_people_keep_the_landing_told_first_and_no_more() -> None:
    case = landed(a_case(), code(7))
    again = a_founder("Anna Mueller")
    landings.land(subject="urn:fuhua:landing:second", person=again.urn, by=OFFICER, at=after(4), on=DAY)
    with pytest.raises(cases.HasCase):
        cases.open_for(application=awarded(again, again), by=OFFICER, at=after(4))
    people.merge(again, case.person, by=OFFICER, at=after(4))
    for _again in range(2):
        sequence.catch_up(at=after(4))
        reactions.follow(at=after(4))
    assert list(Landing.objects.values_list("urn", flat=True)) == [case.urn]
    assert Fact.objects.filter(kind="evidence.voided").count() == 1


def test_of_two_open_cases_of_merged_people_the_older_goes_on() -> None:
    case, other = a_case(), a_case("Anna Mueller", "Cryo Sensors II")
    passports.keep(case=other, said={"number": "C01X00T47"}, by=OFFICER, at=NOON)
    with pytest.raises(people.BadPerson):
        people.merge(other.person, case.person, by=OFFICER, at=NOON)  # she still holds an office
    project = other.project
    organisations.merge(project, case.project, by=OFFICER, at=NOON)
    sequence.catch_up(at=NOON)
    reactions.follow(at=NOON)
    case.refresh_from_db()
    other.refresh_from_db()
    assert (case.state, other.state, other.instead, Passport.objects.get(case=other).locked) == ("open", "joined", case, "")
    assert set(Ask.objects.filter(about=other.urn).values_list("state", flat=True)) == {"withdrawn"}


def test_a_person_is_merged_once_and_only_with_another_who_is_there() -> None:
    one, two = a_founder(), a_founder("Anna Mueller")
    for wrong in (one, house("city")):
        with pytest.raises(people.BadPerson):
            people.merge(one, wrong, by=OFFICER, at=NOON)
    with pytest.raises(people.BadPerson):
        people.merge(player("founder"), one, by=OFFICER, at=NOON)  # signs in
    people.merge(two, one, by=OFFICER, at=NOON)
    for again in ((two, one), (one, two)):
        with pytest.raises(people.BadPerson):
            people.merge(*again, by=OFFICER, at=NOON)


def test_passport_data_is_nobodys_but_the_owners_and_goes_when_the_case_does(client_of: Any) -> None:
    case = a_case()
    cases.own(case=case, owner=player("steward"), by=OFFICER, at=NOON)
    said = {"name": "MUELLER", "number": "C01X00T47", "country": "DE", "expires": "2031-06-30"}
    passports.keep(case=case, said=said, by=OFFICER, at=NOON)
    answers = {name: client_of(name).post(f"/landings/{case.pk}/passport/open/")
               for name in ("city_officer", "coordinator", "auditor", "founder", "steward")}
    assert {name: each.status_code for name, each in answers.items()} == {
        "city_officer": 403, "coordinator": 403, "auditor": 403, "founder": 404, "steward": 200}
    assert (answers["steward"]["Cache-Control"], told("passport_opened")) == ("no-store", 1)
    cases.lapse(case=case, reason="left", by=OFFICER, at=NOON)
    assert (Passport.objects.get(case=case).locked, told("passport_erased")) == ("", 1)
    with pytest.raises(passports.NoPassport):
        passports.read(case=case, by=OFFICER, at=NOON)
    with pytest.raises(BadCase):
        passports.keep(case=case, said={}, by=OFFICER, at=NOON)


def test_whoever_is_erased_leaves_no_passport_data() -> None:
    case = a_case()
    passports.keep(case=case, said={"number": "C01X00T47"}, by=OFFICER, at=NOON)
    people.erase(case.person, by=OFFICER, at=NOON)
    for _again in range(2):
        sequence.catch_up(at=NOON)
        reactions.follow(at=NOON)
    assert (Passport.objects.get(case=case).locked, told("passport_erased")) == ("", 1)


def test_whoever_is_no_steward_or_officer_owns_no_case() -> None:
    with pytest.raises(BadCase):
        cases.own(case=a_case(), owner=player("founder"), by=OFFICER, at=NOON)


@pytest.mark.parametrize("name", ["stranger", "founder", "expert", "park_manager", "department_officer"])
def test_a_case_is_hidden_from_whoever_has_no_part_in_it(name: str, client_of: Any) -> None:
    case = a_case()
    assert client_of(name).get(f"/landings/{case.pk}/").status_code == (302 if name == "stranger" else 404)


def test_the_board_takes_as_many_queries_for_many_cases_as_for_one(client_of: Any) -> None:
    client = client_of("city_officer")
    a_case()
    client.get("/landings/")
    with CaptureQueriesContext(connection) as one:
        assert client.get("/landings/").status_code == 200
    for number in range(12):
        a_case(f"Founder {number}", f"Project {number}")
    with CaptureQueriesContext(connection) as many:
        client.get("/landings/")
    assert len(many) == len(one)


@pytest.mark.parametrize(("verb", "forbidden", "allowed"), [
    ("own", ("operator", "auditor"), "city_officer"), ("link", ("operator", "auditor"), "coordinator"),
    ("land", ("operator", "auditor"), "city_officer"), ("lapse", ("operator", "auditor"), "city_officer"),
    ("passport", ("operator", "city_officer"), ""), ("erase", ("operator", "city_officer"), ""),
    ("show", ("operator", "city_officer"), ""), ("confirm", ("city_officer", "auditor"), "operator"),
])
def test_a_verb_is_for_its_own_side_and_a_bad_form_comes_back_marked(verb: str, forbidden: tuple[str, ...], allowed: str,
                                                                   client_of: Any) -> None:
    case = a_case()
    LandingCase.objects.filter(pk=case.pk).update(host=house("incubator"))
    page = f"/landings/{case.pk}/{verb}/"
    assert [client_of(name).post(page).status_code for name in forbidden] == [403] * len(forbidden)
    assert client_of("park_manager").post(page).status_code == (403 if verb == "own" else 404)  # the door of officers, or a hidden row
    if allowed:
        assert client_of(allowed).post(page).status_code == 422


def test_the_words_of_a_passport_cannot_be_read_without_the_secret(settings: Any) -> None:
    token = locked.lock("C01X00T47", "journey.passport")
    assert ("C01X00T47" in token, locked.opened(token, "journey.passport")) == (False, "C01X00T47")
    for purpose, secret in (("other", settings.SECRET_KEY), ("journey.passport", "another secret")):
        settings.SECRET_KEY = secret
        with pytest.raises(locked.CannotOpen):
            locked.opened(token, purpose)
