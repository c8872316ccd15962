"""`fuhua desk tick`: let every clock tell what it has reached; run it as often as you like."""

from __future__ import annotations

import argparse

from django.utils import timezone

from fuhua.desk.actions import clocks
from fuhua.kernel import chores
from fuhua.kernel.command import command


@command("desk tick", help="推进时限与提醒 send the reminders that are due (safe to repeat)")
def tick(_options: argparse.Namespace) -> int:
    """Tell every rung that running clocks have reached today; 1 when something failed."""
    done = chores.run([clocks.tick], at=timezone.now())
    print(f"{done['clocks']} 条新提醒 new notices{chores.failures(done['clocks'])}")
    return chores.status(done.values())
