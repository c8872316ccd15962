"""Do what a form asks once, however often it is sent."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from django.db import IntegrityError, transaction

from fuhua.parties import models

_KEPT = dt.timedelta(days=2)


@transaction.atomic
def once(account_id: int, token: str, do: Callable[[], str], *, at: dt.datetime) -> str:
    """Where ``do`` led (an address): it is done unless the account sent the same ``token`` before, then only told again.

    A form without a token is done every time it is sent. What ``do`` raises undoes everything, so that the form can be
    mended and sent again.
    """
    if not token:
        return do()
    models.Sent.objects.filter(account=account_id, at__lt=at - _KEPT).delete()
    try:
        with transaction.atomic():
            row = models.Sent.objects.create(account_id=account_id, token=token, at=at)
    except IntegrityError:
        return models.Sent.objects.get(account=account_id, token=token).led_to
    row.led_to = do()
    row.save(update_fields=["led_to"])
    return row.led_to
