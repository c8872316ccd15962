"""A process of its own for the tests that kill it: ``prepare`` a database with a roster to enter, or ``work`` on it."""

from __future__ import annotations

import datetime as dt
import os
import sys
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fuhua.config.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.utils import timezone  # noqa: E402
from rosters_as_sent import STAYS, stay, workbook  # noqa: E402

from fuhua.desk.actions import intake as desk, intake_pass  # noqa: E402
from fuhua.desk.models import Intake  # noqa: E402
from fuhua.parties.actions.cast import enter_cast  # noqa: E402
from fuhua.parties.queries import who  # noqa: E402

settings.FUHUA_INTAKE_LEASE = 0.4


def prepare(rows: int) -> None:
    """Migrate, enter the cast, hand a roster in, confirm it."""
    call_command("migrate", verbosity=0, skip_checks=True)
    asker = who(enter_cast("x" * 20, dt.datetime(2022, 1, 4, tzinfo=dt.UTC))["city_officer"])
    content = workbook(STAYS, *[stay(number, ended="2024-12-31", reason="退出") for number in range(rows)])
    given = {"by": asker.urn, "at": timezone.now()}
    intake = desk.hand_in(content, file_name="名单.xlsx", who=asker, roster="stays", **given)
    desk.map_columns(intake, mapping={int(index): name for index, name in intake.mapping.items()}, **given)
    intake_pass.work_once(timezone.now(), intake=intake)
    intake.refresh_from_db()
    desk.confirm(intake, **given)


def work() -> None:
    """Work until the roster is entered, saying so for every batch."""
    intake_pass._BATCH = 20
    intake = Intake.objects.get()
    print("ready", flush=True)
    while intake.state != "done":
        if not intake_pass.work_once(timezone.now(), told=lambda now: print(now.done, flush=True)):
            time.sleep(0.05)
        intake.refresh_from_db()


if __name__ == "__main__":
    prepare(int(sys.argv[2])) if sys.argv[1] == "prepare" else work()
