"""Reads of booking: a resource's rules and prices as values, and its diary around a wish."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db.models import Q

from fuhua.exchange.flow import OCCUPYING
from fuhua.exchange.kinds.booking import Diary, Own, Policy, Question
from fuhua.exchange.kinds.charging import EVERYONE, Rate, class_of
from fuhua.exchange.kinds.hours import Hours, Span, laid, within, zone_of
from fuhua.exchange.models import Closure, Fault, Price, Reservation, Resource
from fuhua.kernel import period
from fuhua.kernel.words import t
from fuhua.parties.models import Party, Tie
from fuhua.parties.words import TieKind, TieState

_RULES = ("step", "shortest", "longest", "lead", "horizon", "per_day", "apart", "ahead", "off_from", "off_to", "off_weekend")
_STANDING = (*OCCUPYING, "no_show")
_AHEAD = dt.timedelta(days=28)  # how far a next slot is looked for where no horizon is set


def policy_of(resource: Resource) -> Policy:
    """The rules of booking as a value."""
    return Policy(zone=zone_of(resource.zone), **{name: getattr(resource, name) for name in _RULES})


def questions_of(resource: Resource) -> tuple[Question, ...]:
    """What the host asks at booking."""
    return tuple(Question(name=each["name"], label=t(each["label"], each.get("label_en") or each["label"]),
                          choices=tuple(each.get("choices", ())), required=bool(each.get("required")),
                          notice=int(each.get("notice", 0)), current=each.get("current", "")) for each in resource.questions)


def hours_of(resource: Resource) -> tuple[Hours, ...]:
    """The weekly opening hours."""
    return tuple(Hours(each.weekday, each.opens, each.closes) for each in resource.hours.all())


def open_spans(resource: Resource, bounds: Span, hours: tuple[Hours, ...] | None = None) -> list[Span]:
    """When the resource is open by its weekly hours, a day before and after ``bounds`` included, so that hours past midnight join."""
    zone = zone_of(resource.zone)
    first, last = (each.astimezone(zone).date() for each in bounds)
    day = dt.timedelta(days=1)
    return laid(hours_of(resource) if hours is None else hours, first - day, last + day, zone, holidays=resource.holidays)


def closed_spans(resource_ids: Iterable[int], bounds: Span) -> dict[int, list[Span]]:
    """Closures and stopping faults that touch ``bounds``, by resource; a fault that was repaired ends with its repair."""
    ids, found = list(resource_ids), {}
    for pk, start, end in Closure.objects.filter(resource__in=ids, end__gt=bounds[0], start__lt=bounds[1]).values_list(
            "resource_id", "start", "end"):
        found.setdefault(pk, []).append((start, end))
    faults = Fault.objects.filter(resource__in=ids, stops=True, until__gt=bounds[0], since__lt=bounds[1])
    for pk, since, until, repaired in faults.values_list("resource_id", "since", "until", "repaired_at"):
        found.setdefault(pk, []).append((since, min(repaired or until, until)))
    return found


def diary_of(resource: Resource, bounds: Span, *, person: int | None, now: dt.datetime, leaving_out: int | None = None) -> Diary:
    """What is on record of a resource within ``bounds``, and everything of the person from then or from now on."""
    reach = dt.timedelta(days=1, minutes=resource.apart or 0)
    occupied = Q(state__in=OCCUPYING, end__gt=bounds[0], start__lt=bounds[1])
    own = Q(person=person, state__in=_STANDING, end__gt=min(now, bounds[0] - reach))
    rows = Reservation.objects.filter(occupied | own if person else occupied, resource=resource).exclude(pk=leaving_out)
    taken, mine = [], []
    for start, end, booked_end, state, whose in rows.values_list("start", "end", "booked_end", "state", "person_id"):
        if whose == person:
            mine.append(Own(start, end, missed=state == "no_show", shortened=end < booked_end))
        if state in OCCUPYING and start < bounds[1] and end > bounds[0]:
            taken.append((start, end))
    return Diary(open=tuple(open_spans(resource, bounds)), closed=tuple(closed_spans([resource.pk], bounds).get(resource.pk, ())),
                 taken=tuple(sorted(taken)), own=tuple(sorted(mine, key=lambda each: each.start)))


def ahead(resource: Resource, after: dt.datetime) -> Span:
    """The time in which a next slot is looked for."""
    return after, after + (dt.timedelta(days=resource.horizon + 1) if resource.horizon is not None else _AHEAD)


def clipped(diary: Diary, bounds: Span) -> Diary:
    """The diary with nothing open outside of ``bounds``."""
    inside = tuple(part for each in diary.open if (part := within(each, bounds)))
    return Diary(inside, diary.closed, diary.taken, diary.own)


def rate_of(resource: Resource, organisation: Party, on: dt.date) -> tuple[str, Rate] | None:
    """The organisation's class of user on a day, and its rate; None where the host set no price for it.

    A class without a price of its own pays what everybody pays; the host's own people pay nothing unless it set a price.
    """
    host = resource.offer.party
    same = organisation.pk == host.pk
    found = class_of(organisation.sort, same=same, resident=not same and _resides(organisation, host, on))
    prices = {each.user_class: each for each in Price.objects.filter(resource=resource, user_class__in=(found, EVERYONE))}
    price = prices.get(found) or (None if same else prices.get(EVERYONE))
    if price is None and not same:
        return None
    return found, Rate(price.hour if price else 0, price.least if price else 0, resource.operator_price if not same else 0)


def _resides(tenant: Party, host: Party, on: dt.date) -> bool:
    pair = Q(source=host, target=tenant) | Q(source=tenant, target=host)
    return Tie.objects.filter(pair, kind=TieKind.RESIDES, state=TieState.CONFIRMED, since__lte=on).filter(
        Q(until=None) | Q(until__gt=on)).exists()


def qualified(resource: Resource, person: int, on: dt.date) -> bool:
    """Whether the person may use the resource on that day."""
    return not resource.qualify or resource.qualifications.filter(person=person, since__lte=on, expires__gte=on).exists()


def sisters(resource: Resource) -> list[Resource]:
    """Other published resources of the same model whose offers are open."""
    if not resource.model:
        return []
    rows = Resource.objects.filter(model=resource.model, published_at__isnull=False, offer__state="open").exclude(pk=resource.pk)
    return list(rows.select_related("offer__party").prefetch_related("hours").order_by("pk")[:20])


def local(at: dt.datetime, resource: Resource) -> dt.datetime:
    """A moment on the wall of the resource's time zone."""
    return at.astimezone(zone_of(resource.zone))


def day_there(at: dt.datetime, resource: Resource) -> dt.date:
    """The day of a moment where the resource is."""
    return local(at, resource).date()


def today(at: dt.datetime) -> dt.date:
    """The day in Beijing."""
    return period.day(at)
