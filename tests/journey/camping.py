"""What tests of landing cases share: an awarded application of a camp, a founder abroad, and moments."""

from __future__ import annotations

import datetime as dt
from typing import Any

from fuhua.evidence.words import Grade
from fuhua.journey.actions import cases
from fuhua.journey.models import LandingCase
from fuhua.kernel import period, urn
from fuhua.parties.actions import organisations, people, ties
from fuhua.parties.actions.cast import ORGANISATIONS, PLAYERS
from fuhua.parties.models import Party
from fuhua.schemes.models import Application, Call

OFFICER, OPERATOR = PLAYERS["city_officer"].urn, PLAYERS["operator"].urn
DAY = dt.date(2025, 3, 10)
NOON = period.noon(DAY)


def after(months: int, days: int = 0) -> dt.datetime:
    """Noon so many months and days after the case was opened."""
    return period.noon(period.add_months(DAY, months) + dt.timedelta(days=days))


def house(key: str) -> Party:
    """An organisation of the cast."""
    return Party.objects.get(urn=ORGANISATIONS[key].urn)


def player(key: str) -> Party:
    """A person of the cast."""
    return Party.objects.get(urn=PLAYERS[key].urn)


def a_founder(name: str = "Anna Müller") -> Party:
    """Somebody abroad."""
    return people.enter(name=name, by=OFFICER, at=NOON)


def a_project(founder: Party | None = None, name: str = "Cryo Sensors") -> Party:
    """A project without a credit code, with its founder if given."""
    row = organisations.register(sort="project", name=name, by=OFFICER, at=NOON)
    if founder is not None:
        tied(row, founder)
    return row


def tied(source: Party, target: Party) -> None:
    """The founder of the organisation."""
    ties.attest(kind="employs", source=source, target=target, office="founder", by=OFFICER, at=NOON)


def a_call(number: int = 1) -> Call:
    """A concluded call for a camp."""
    return Call.objects.create(urn=urn.new("call"), number=f"BJ-SC-2025-{number:03d}", kind="cross_border_camp", issuer=house("city"),
                               title="Camp", opens_at=NOON - dt.timedelta(days=60), closes_at=NOON - dt.timedelta(days=30), seed="s",
                               seal="s", state="concluded", made_at=NOON)


def awarded(applicant: Party, lead: Party, call: Call | None = None) -> Application:
    """An application of the applicant that was awarded."""
    call = call or Call.objects.filter(kind="cross_border_camp").first() or a_call()
    count = Application.objects.filter(call=call).count() + 1
    return Application.objects.create(urn=urn.new("application"), number=f"{call.number}-{count:04d}", call=call, applicant=applicant,
                                      lead=lead, title=applicant.name, state="awarded", begun_at=NOON, saved_at=NOON, submitted_at=NOON)


def a_case(name: str = "Anna Müller", project: str = "Cryo Sensors") -> LandingCase:
    """The case of a project and its founder."""
    founder = a_founder(name)
    row = awarded(a_project(founder, project), founder)
    return cases.open_for(application=row, by=OFFICER, at=NOON)


def an_entity(founder: Party, code: str, name: str = "北京冷感科技有限公司") -> Party:
    """A venture in Beijing with its credit code and the founder's confirmed tie."""
    row = organisations.register(sort="venture", name=name, code=code, district="110108", by=OFFICER, at=NOON, grade=Grade.REGISTRY)
    tied(row, founder)
    return row


def landed(case: LandingCase, code: str, months: int = 3, **more: Any) -> LandingCase:
    """The case, landed some months after it was opened."""
    at = after(months)
    entity = an_entity(case.person, code, **more)
    return cases.land(case=case, entity=entity, host=house("incubator"), on=period.day(at), by=OFFICER, at=at)
