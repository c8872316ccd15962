"""`fuhua exchange tick`: let listings that nobody confirmed expire and record late silence; run it as often as you like."""

from __future__ import annotations

import argparse

from django.utils import timezone

from fuhua.exchange.actions import listings, rfqs
from fuhua.kernel.command import command


@command("exchange tick", help="让未确认的供需信息过期、记录逾期未报价 expire listings that nobody confirmed, record who did not "
         "quote in time (safe to repeat)")
def tick(_options: argparse.Namespace) -> int:
    """Expire every open listing whose day to be confirmed has passed, and record the silence of whoever was asked to quote."""
    now = timezone.now()
    print(f"{listings.expire(by=listings.KEEPER, at=now)} 条已过期 expired")
    print(f"{rfqs.fall_silent(by=listings.KEEPER, at=now)} 家逾期未报价 silent")
    return 0
