"""`fuhua exchange tick`: what time does to listings and bookings; run it as often as you like."""

from __future__ import annotations

import argparse

from django.utils import timezone

from fuhua.exchange.actions import listings, slot_clock
from fuhua.kernel.command import command


@command("exchange tick", help="推进供需与预约的时限 expire listings, lapse offers, mark no-shows, charge fees (safe to repeat)")
def tick(_options: argparse.Namespace) -> int:
    """Expire every listing whose day to be confirmed has passed, and do what is due of bookings."""
    by, now = listings.KEEPER, timezone.now()
    print(f"{listings.expire(by=by, at=now)} 条已过期 expired")
    done = slot_clock.tick(by=by, at=now)
    print("候补失效 lapsed {lapsed}, 爽约 missed {missed}, 计费 charged {charged}, 停机延长 longer {lengthened}".format(**done))
    return 0
