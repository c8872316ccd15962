"""Rosters as people send them, and the way from a file to its facts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from fuhua.desk.actions import intake as desk
from fuhua.desk.actions.intake_pass import work_once
from fuhua.desk.models import Intake
from fuhua.parties.models import Account
from fuhua.parties.queries import who


@pytest.fixture
def hand_in(cast: dict[str, Account], at: Callable[..., dt.datetime]) -> Callable[..., Intake]:
    """``hand_in(content, roster="stays", office="city_officer")``: uploaded, with the columns as proposed."""

    def upload(content: bytes, roster: str = "", office: str = "city_officer", file_name: str = "名单.xlsx") -> Intake:
        asker = who(cast[office])
        return desk.hand_in(content, file_name=file_name, who=asker, by=asker.urn, at=at(), roster=roster)

    return upload


@pytest.fixture
def check(at: Callable[..., dt.datetime]) -> Callable[[Intake], Intake]:
    """Runs the dry run with the proposed columns."""

    def run(intake: Intake) -> Intake:
        mapping = {int(index): name for index, name in intake.mapping.items()}
        desk.map_columns(intake, mapping=mapping, by=intake.by.urn, at=at())
        assert work_once(at(), intake=intake)
        intake.refresh_from_db()
        return intake

    return run


@pytest.fixture
def load(
    hand_in: Callable[..., Intake], check: Callable[[Intake], Intake], at: Callable[..., dt.datetime]
) -> Callable[..., Intake]:
    """All the way: handed in, checked, confirmed, entered."""

    def run(content: bytes, *given: str, **named: str) -> Intake:
        intake = check(hand_in(content, *given, **named))
        desk.confirm(intake, by=intake.by.urn, at=at())
        work_once(at(), intake=intake)
        intake.refresh_from_db()
        return intake

    return run
