"""When bookable offers can be had first and what an hour costs, told by their calendars: a few reads however many there are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import NamedTuple

from fuhua.exchange.kinds.booking import Diary, next_free
from fuhua.exchange.models import Price, Resource
from fuhua.exchange.queries import overview, slots
from fuhua.parties.models import Party


class Opening(NamedTuple):
    """The ``day`` on which an offer can be booked first; when it is ``full``, the first day of which its calendar tells nothing."""

    day: dt.date
    full: bool


def openings(offers: Collection[int], at: dt.datetime) -> dict[int, Opening]:
    """The opening of each offer (id) with a calendar that is open, for somebody who has booked nothing; others are left out."""
    resources = overview.resources_of(Resource.objects.filter(offer__in=offers, published_at__isnull=False)) if offers else []
    if not resources:
        return {}
    ids = [each.pk for each in resources]
    bounds = (at, max(slots.ahead(each, at)[1] for each in resources))
    closed, taken = slots.closed_spans(ids, bounds), overview.taken_spans(ids, bounds)
    return {each.offer_id: _opening(each, at, Diary(
        open=tuple(slots.open_spans(each, overview.hours_of(each), slots.ahead(each, at))),
        closed=tuple(closed.get(each.pk, ())), taken=tuple(taken.get(each.pk, ())))) for each in resources}


def prices(offers: Collection[int], party: Party, on: dt.date) -> dict[int, int]:
    """Fen that an hour of each offer (id) costs the party by its class of user; those without a price for it are left out."""
    rows = Price.objects.filter(resource__offer__in=offers, resource__published_at__isnull=False)
    told: dict[tuple[int, int], dict[str, int]] = {}
    for offer, host, name, hour in rows.values_list("resource__offer_id", "resource__offer__party_id", "user_class", "hour"):
        told.setdefault((offer, host), {})[name] = hour
    homes = slots.hosts_of(party.pk, on) if any("incubated" in each for each in told.values()) else frozenset()
    paid = {offer: each.get(slots.class_paid(party.sort, each, same=False, resident=host in homes)) for (offer, host), each in told.items()}
    return {offer: hour for offer, hour in paid.items() if hour is not None}


def _opening(resource: Resource, at: dt.datetime, diary: Diary) -> Opening:
    policy, ahead = slots.policy_of(resource), slots.ahead(resource, at)
    found = next_free(policy, policy.usual, slots.clipped(diary, ahead), at, at)
    seen = ahead[1] if policy.horizon is None else at + dt.timedelta(days=policy.horizon)
    return Opening(slots.day_there(found[0] if found else seen, resource), found is None)

