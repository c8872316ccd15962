"""`fuhua journey tick`: whatever journeys do by themselves as time passes; run it as often as you like."""

from __future__ import annotations

import argparse

from django.utils import timezone

from fuhua.journey.actions import ticking
from fuhua.kernel import chores
from fuhua.kernel.command import command


@command("journey tick", help="导师称号、落地案例按时处理 let titles of mentors and landing cases follow time (safe to repeat)")
def tick(_options: argparse.Namespace) -> int:
    """Do every chore once and say how much there was; 1 when something failed."""
    done = ticking.tick(at=timezone.now())
    print(chores.said(done))
    return chores.status(done.values())
