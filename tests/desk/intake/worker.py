"""A process of its own for the tests that kill it: ``prepare`` a database with a roster to enter, or ``work`` on it."""

from __future__ import annotations

import datetime as dt
import importlib
import sys
import time
from typing import Any

import django
from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from desk.intake.rosters_as_sent import STAYS, stay, workbook

django.setup()
_desk = importlib.import_module("fuhua.desk.actions.intake")
_pass = importlib.import_module("fuhua.desk.actions.intake_pass")
_enter_cast = importlib.import_module("fuhua.parties.actions.cast").enter_cast
_who = importlib.import_module("fuhua.parties.queries").who
_Intake = importlib.import_module("fuhua.desk.models").Intake
settings.FUHUA_INTAKE_LEASE = 0.4
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # as for every test: slow ones are for production


def prepare(rows: int) -> None:
    """Migrate, enter the cast, hand a roster in, confirm it."""
    call_command("migrate", verbosity=0, skip_checks=True)
    asker = _who(_enter_cast("x" * 20, dt.datetime(2022, 1, 4, tzinfo=dt.UTC))["city_officer"])
    content = workbook(STAYS, *[stay(number, ended="2024-12-31", reason="退出") for number in range(rows)])
    given = {"by": asker.urn, "at": timezone.now()}
    intake = _desk.hand_in(content, file_name="名单.xlsx", who=asker, roster="stays", **given)
    _desk.map_columns(intake, mapping={int(index): name for index, name in intake.mapping.items()}, **given)
    _pass.work_once(timezone.now(), intake=intake)
    intake.refresh_from_db()
    _desk.confirm(intake, **given)


def say(now: Any) -> None:
    """Tell the parent how far it is."""
    sys.stdout.write(f"{now.done}\n")
    sys.stdout.flush()


def work() -> None:
    """Work until the roster is entered, saying so for every batch."""
    _pass._BATCH = 20
    intake = _Intake.objects.get()
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    while intake.state != "done":
        if not _pass.work_once(timezone.now(), told=say):
            time.sleep(0.05)
        intake.refresh_from_db()


if __name__ == "__main__":
    prepare(int(sys.argv[2])) if sys.argv[1] == "prepare" else work()
