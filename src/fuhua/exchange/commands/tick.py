"""`fuhua exchange tick`: whatever exchange does by itself as time passes; run it as often as you like."""

from __future__ import annotations

import argparse

from django.utils import timezone

from fuhua.exchange.actions import ticking
from fuhua.kernel import chores
from fuhua.kernel.command import command


@command("exchange tick", help="供需到期、改派、回访等按时处理 expire, reroute and follow up what is due (safe to repeat)")
def tick(_options: argparse.Namespace) -> int:
    """Do every chore once and say how much there was; 1 when something failed."""
    done = ticking.tick(at=timezone.now())
    print(chores.said(done))
    return chores.status(done.values())
