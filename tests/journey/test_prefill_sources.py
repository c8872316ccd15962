"""What journeys know prefills forms of schemes: tenants, stays, firms hatched after their stay began, and stated floor area."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from fuhua.evidence.actions import sequence
from fuhua.evidence.words import Grade
from fuhua.journey.actions import profiles, stays, titles
from fuhua.parties.actions import organisations
from fuhua.parties.actions.cast import PLAYERS
from fuhua.parties.models import Party
from fuhua.schemes.kinds.known import SOURCES

OFFICER = PLAYERS["city_officer"].urn
ON = dt.date(2025, 6, 30)


def read(key: str, party: Party) -> tuple[Any, int, dt.date] | None:
    known = SOURCES[key].read(party.urn, ON)
    return known and (known.value, known.grade, known.day)


@pytest.fixture
def ventures(organisation: Callable[[str], Party], at: Any) -> list[Party]:
    """Three tenants of the cast's incubator: hatched here, certified before it came, and not certified."""
    found = []
    for number, (began, awarded) in enumerate((("2023-01-10", "2024-11-01"), ("2024-01-10", "2023-11-01"), ("2025-01-10", None))):
        house = organisations.register(sort="venture", name=f"北京第{number}租户有限公司", by=OFFICER, at=at(), grade=Grade.REGISTRY)
        stays.begin(subject=house.urn, host=organisation("incubator").urn, stay="physical", by=OFFICER, at=at(),
                    on=dt.date.fromisoformat(began), grade=Grade.COUNTERPART)
        if awarded:
            titles.award(subject=house.urn, title="hnte", basis="certificate", by=OFFICER, at=at(), on=dt.date.fromisoformat(awarded),
                         grade=Grade.REGISTRY)
        found.append(house)
    sequence.catch_up(at=at())
    return found


def test_tenants_stays_and_firms_hatched_are_counted_from_facts(ventures: list[Party], organisation: Callable[[str], Party]) -> None:
    incubator = organisation("incubator")
    assert read("tenants", incubator) == ("3", Grade.COUNTERPART, dt.date(2025, 1, 10))
    assert read("hatched", incubator) == ("1", Grade.REGISTRY, dt.date(2024, 11, 1))
    assert read("stays", ventures[0]) == ("1", Grade.COUNTERPART, dt.date(2023, 1, 10))
    assert [read(key, organisation("park")) for key in ("tenants", "hatched")] == [None, None]


def test_floor_area_is_what_was_stated_and_a_range_says_nothing_certain(organisation: Callable[[str], Party], at: Any) -> None:
    incubator = organisation("incubator")
    profiles.answer(subject=incubator.urn, values={"site_area": [900, 1200]}, by=OFFICER, at=at())
    assert read("area", incubator) is None
    profiles.answer(subject=incubator.urn, values={"site_area": "1200.5"}, by=OFFICER, at=at())
    assert read("area", incubator) == ("1200.5", Grade.DECLARED, ON)
