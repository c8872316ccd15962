"""`fuhua schemes tick`: whatever schemes does by itself as time passes; run it as often as you like."""

from __future__ import annotations

import argparse

from django.utils import timezone

from fuhua.kernel import chores
from fuhua.kernel.command import command
from fuhua.schemes.actions import ticking


@command("schemes tick", help="申报截止等按时处理 close calls and do what else is due (safe to repeat)")
def tick(_options: argparse.Namespace) -> int:
    """Do every chore once and say how much there was; 1 when something failed."""
    done = ticking.tick(at=timezone.now())
    print(chores.said(done))
    return chores.status(done.values())
