"""`fuhua exchange tick`: let listings that nobody confirmed expire; run it as often as you like."""

from __future__ import annotations

import argparse

from django.utils import timezone

from fuhua.exchange.actions import listings
from fuhua.kernel.command import command


@command("exchange tick", help="让未确认的供需信息过期 expire listings that nobody confirmed (safe to repeat)")
def tick(_options: argparse.Namespace) -> int:
    """Expire every open listing whose day to be confirmed has passed."""
    print(f"{listings.expire(by=listings.KEEPER, at=timezone.now())} 条已过期 expired")
    return 0
