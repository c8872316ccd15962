"""`fuhua exchange tick`: let what its time has come for move on; run it as often as you like."""

from __future__ import annotations

import argparse

from django.utils import timezone

from fuhua.exchange.actions import brokering, listings
from fuhua.kernel.command import command


@command("exchange tick", help="推进供需：过期、转撮合人、回访 expire listings, pass on what is unanswered, follow up (safe to repeat)")
def tick(_options: argparse.Namespace) -> int:
    """Expire listings that nobody confirmed; pass unanswered introductions to their brokers and ask follow-ups that are due."""
    now = timezone.now()
    print(f"{listings.expire(by=listings.KEEPER, at=now)} 条已过期 expired")
    print(f"{brokering.reroute(by=listings.KEEPER, at=now)} 项对接已推进 introductions moved on")
    return 0
