"""`fuhua exchange tick`: let listings that nobody confirmed expire, and ask what came of deals; run it as often as you like."""

from __future__ import annotations

import argparse

from django.utils import timezone

from fuhua.exchange.actions import listings, outcomes
from fuhua.kernel.command import command


@command("exchange tick", help="让未确认的供需信息过期，回访协议成效 expire listings, ask what came of deals (safe to repeat)")
def tick(_options: argparse.Namespace) -> int:
    """Expire every open listing whose day to be confirmed has passed; ask of every deal that has reached its month."""
    now = timezone.now()
    print(f"{listings.expire(by=listings.KEEPER, at=now)} 条已过期 expired; {outcomes.ask_due(at=now)} 份协议已回访 deals asked about")
    return 0
