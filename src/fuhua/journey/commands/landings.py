"""`fuhua journey tick`: whatever landing cases do by themselves as time passes; run it as often as you like."""

from __future__ import annotations

import argparse

from django.utils import timezone

from fuhua.journey.actions import case_clock
from fuhua.kernel.command import command


@command("journey tick", help="落地案例到期提醒和失效 warn of and lapse landing cases that are due (safe to repeat)")
def tick(_options: argparse.Namespace) -> int:
    """Warn and lapse what is due today, and say how many."""
    print(f"{case_clock.watch(at=timezone.now())} 个落地案例 landing cases")
    return 0
