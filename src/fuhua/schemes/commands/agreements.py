"""`./fuhua schemes agreements`: whatever agreements do by themselves as time passes; run it as often as you like."""

from __future__ import annotations

import argparse

from django.utils import timezone

from fuhua.kernel.command import command
from fuhua.schemes.actions import agreement_chores


@command("schemes agreements", help="任务书按时处理：年度截止提醒、代管到期、进度预警 warn of budget years and missed quarters, end covers")
def agreements(_options: argparse.Namespace) -> int:
    """Do every chore once and say how much there was."""
    for name, done in agreement_chores.tick(at=timezone.now()).items():
        print(f"{name}: {done}")
    return 0
