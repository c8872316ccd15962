"""The secret address of a person's calendar feed."""

from __future__ import annotations

import datetime as dt
import secrets

from django.db import transaction

from fuhua.exchange.models import Feed


@transaction.atomic
def renew(*, person: int, by: str, at: dt.datetime) -> Feed:  # noqa: ARG001
    """A new secret address; the old one ends."""
    row, _new = Feed.objects.update_or_create(person_id=person, defaults={"token": secrets.token_urlsafe(32), "since": at})
    return row
