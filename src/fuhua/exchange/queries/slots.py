"""Reads of booking: a resource's rules and prices as values, and its diary around a wish."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db import connection

from fuhua.desk.words import OPEN
from fuhua.exchange.flow import OCCUPYING
from fuhua.exchange.kinds import booking
from fuhua.exchange.kinds.booking import Diary, Policy, Question
from fuhua.exchange.kinds.charging import EVERYONE, Rate, class_of
from fuhua.exchange.kinds.hours import Hours, Span, laid, within, zone_of
from fuhua.exchange.models import Closure, Fault, Resource
from fuhua.kernel import period
from fuhua.kernel.ui import formats
from fuhua.kernel.words import Text
from fuhua.parties.words import TieKind, TieState

_RULES = ("step", "shortest", "longest", "lead", "horizon", "per_day", "apart", "ahead", "off_from", "off_to", "off_weekend")
_AHEAD = dt.timedelta(days=28)  # how far a next slot is looked for where no horizon is set


def policy_of(resource: Resource) -> Policy:
    """The rules of booking as a value."""
    return Policy(zone=zone_of(resource.zone), **{name: getattr(resource, name) for name in _RULES})


def bookable(resource: Resource, now: dt.datetime, *, exempt: bool) -> Span:
    """The first and the last moment at which a slot may begin as things stand now."""
    first, last = booking.bookable(policy_of(resource), now, exempt=exempt)
    return first, max(first, last) if last else dt.datetime.max.replace(tzinfo=dt.UTC)


def questions_of(resource: Resource) -> tuple[Question, ...]:
    """What the host asks at booking."""
    return tuple(Question(name=each["name"], label=Text(each["label"], each.get("label_en") or each["label"]),
                          choices=tuple(each.get("choices", ())), required=bool(each.get("required")),
                          notice=int(each.get("notice", 0)), current=each.get("current", "")) for each in resource.questions)


@dataclass(frozen=True)
class Terms:
    """What a host set for a resource: weekly hours, price by class of user, and from when to when a person is qualified.

    ``classes``: the class whose price each organisation (id) pays that was asked for. ``training``: the person's open ask for it (id).
    ``booked``: whether the person has a booking of it that was not cancelled.
    """

    hours: tuple[Hours, ...]
    prices: dict[str, tuple[int, int]]  # fen an hour, least fen
    qualified: tuple[tuple[str, str], ...] = ()
    classes: Mapping[int, str] = field(default_factory=dict)
    training: int | None = None
    booked: bool = False

    def may_use(self, resource: Resource, on: dt.date, *, exempt: bool) -> bool:
        """Whether the person may use the resource on that day; ``exempt``: for its host, whose own people need no qualification."""
        return exempt or not resource.qualify or any(since <= on.isoformat() <= expires for since, expires in self.qualified)

    def may_report(self, *, exempt: bool) -> bool:
        """Whether the person may report a fault: of the host, trained, or with a booking."""
        return exempt or self.booked or bool(self.qualified)

    def may_ever(self, resource: Resource, on: dt.date, *, exempt: bool) -> bool:
        """Whether the person may use the resource on that day or a later one."""
        return exempt or not resource.qualify or any(on.isoformat() <= expires for _since, expires in self.qualified)


class Taken(NamedTuple):
    """Time that is held, or was missed: whose it is, in which state, and the organisation's name; of a fault whether it ``stops``."""

    start: dt.datetime
    end: dt.datetime
    pk: int
    person: int
    organisation: int
    state: str
    stops: bool
    name: str


class OpenFault(NamedTuple):
    """A fault that nobody has repaired: expected until when, whether it stops the resource, what is wrong, and if the host confirmed it."""

    until: dt.datetime
    stops: bool
    text: str
    confirmed: bool


@dataclass(frozen=True)
class Around:
    """What lies around a time: spans in which it is closed or out of order, what is taken, everything one person holds, open faults."""

    closed: tuple[Span, ...]
    taken: tuple[Taken, ...]
    own: tuple[Taken, ...]
    faults: tuple[OpenFault, ...]


def _listed(words: Iterable[str]) -> str:
    return ", ".join(f"'{word}'" for word in words)


# In SQL because every calendar and every booking asks them, and composing them anew costs more than asking them.
_RESIDING = f"""kind = '{TieKind.RESIDES}' AND state = '{TieState.CONFIRMED}' AND since <= %(on)s AND (until IS NULL OR until > %(on)s)"""
_HOSTS = f"""
SELECT source_id, target_id FROM parties_tie WHERE {_RESIDING} AND (source_id = %(tenant)s OR target_id = %(tenant)s)
"""  # noqa: S608 - words of this house only
_TERMS = f"""
SELECT 'hours', '', '', weekday, opens, closes FROM exchange_openinghours WHERE resource_id = %(resource)s
UNION ALL SELECT 'price', user_class, '', hour, least, 0 FROM exchange_price WHERE resource_id = %(resource)s
UNION ALL SELECT 'qualified', CAST(since AS text), CAST(expires AS text), 0, 0, 0 FROM exchange_qualification
WHERE resource_id = %(resource)s AND person_id = %(person)s
UNION ALL SELECT 'training', '', '', id, 0, 0 FROM desk_ask
WHERE kind = 'training' AND about = %(offer)s AND asker_id = %(person)s AND state IN ({_listed(OPEN)})
UNION ALL SELECT 'booked', '', '', 0, 0, 0 WHERE EXISTS (
    SELECT 1 FROM exchange_reservation WHERE resource_id = %(resource)s AND person_id = %(person)s AND state <> 'cancelled')
UNION ALL SELECT 'user', user_.sort, '', user_.id, CASE WHEN EXISTS (
    SELECT 1 FROM parties_tie WHERE {_RESIDING} AND ((source_id = user_.id AND target_id = %(host)s)
    OR (source_id = %(host)s AND target_id = user_.id))) THEN 1 ELSE 0 END, 0
FROM parties_party user_ WHERE user_.id IN (__users__)
"""  # noqa: S608 - words of this house only
_OCCUPYING = _listed(OCCUPYING)
_AROUND = f"""
SELECT start, "end", 0, 0, 0, 'closed', 0, '' FROM exchange_closure
WHERE resource_id = %(resource)s AND "end" > %(first)s AND start < %(last)s
UNION ALL SELECT since, CASE WHEN repaired_at < until THEN repaired_at ELSE until END, 0, 0, 0, 'closed', 0, '' FROM exchange_fault
WHERE resource_id = %(resource)s AND stops AND until > %(first)s AND since < %(last)s
UNION ALL SELECT since, until, CASE WHEN confirmed THEN 1 ELSE 0 END, 0, 0, 'fault', CASE WHEN stops THEN 1 ELSE 0 END, text
FROM exchange_fault WHERE resource_id = %(resource)s AND repaired_at IS NULL
UNION ALL SELECT slot.start, slot."end", slot.id, slot.person_id, slot.organisation_id, slot.state, 0, party.name
FROM exchange_reservation slot JOIN parties_party party ON party.id = slot.organisation_id
WHERE slot.resource_id = %(resource)s AND slot."end" > %(least)s AND (
    (slot.state IN ({_OCCUPYING}) AND slot."end" > %(first)s AND slot.start < %(last)s)
    OR (slot.person_id = %(person)s AND slot.state IN ({_OCCUPYING}, 'no_show')))
"""  # noqa: S608 - words of this house only


def terms_of(resource: Resource, person: int | None = None, organisations: Collection[int] = (), on: dt.date | None = None) -> Terms:
    """Hours, prices, the person's qualifications and ask for training, and what the organisations pay on a day, in one statement."""
    host = resource.offer.party_id
    told = {"resource": resource.pk, "offer": resource.offer.urn, "person": person, "host": host,
            "on": connection.ops.adapt_datefield_value(on)}
    with connection.cursor() as cursor:
        cursor.execute(_TERMS.replace("__users__", ", ".join(map(str, map(int, organisations))) or "NULL"), told)
        rows = cursor.fetchall()
    prices = {code: (first, second) for sort, code, _more, first, second, _third in rows if sort == "price"}
    return Terms(
        tuple(Hours(first, second, third) for sort, _code, _more, first, second, third in rows if sort == "hours"), prices,
        tuple((code, more) for sort, code, more, *_numbers in rows if sort == "qualified"),
        {pk: class_paid(code, prices, same=pk == host, resident=bool(resides))
         for sort, code, _more, pk, resides, _third in rows if sort == "user"},
        next((pk for sort, _code, _more, pk, *_numbers in rows if sort == "training"), None),
        any(sort == "booked" for sort, *_more in rows))


def class_paid(sort: str, prices: Mapping[str, Any], *, same: bool, resident: bool) -> str:
    """The class whose price counts: a class without a price of its own pays what everybody pays."""
    found = class_of(sort, same=same, resident=resident and "incubated" in prices)
    return found if same or found in prices else EVERYONE


def hosts_of(tenant: int, on: dt.date) -> frozenset[int]:
    """The organisations that the tenant (id) resides with on a day."""
    with connection.cursor() as cursor:
        cursor.execute(_HOSTS, {"tenant": tenant, "on": connection.ops.adapt_datefield_value(on)})
        return frozenset(each for pair in cursor.fetchall() for each in pair) - {tenant}


def around(resource: Resource, bounds: Span, *, person: int | None = None, now: dt.datetime | None = None) -> Around:
    """What lies within ``bounds``, in one statement; with ``person`` and ``now`` also everything that person holds from then on."""
    own_from = min(now, bounds[0] - dt.timedelta(days=1, minutes=resource.apart or 0)) if now else bounds[0]
    moments = {"first": bounds[0], "last": bounds[1], "least": min(own_from, bounds[0])}
    written = {name: connection.ops.adapt_datetimefield_value(moment) for name, moment in moments.items()}
    with connection.cursor() as cursor:
        cursor.execute(_AROUND, {"resource": resource.pk, "person": person if now else None, **written})
        rows = [Taken(_moment(row[0]), _moment(row[1]), *row[2:6], bool(row[6]), row[7]) for row in cursor.fetchall()]
    return Around(
        tuple((row.start, row.end) for row in rows if row.state == "closed"),
        tuple(sorted(row for row in rows if row.state in OCCUPYING and row.start < bounds[1] and row.end > bounds[0])),
        tuple(sorted(row for row in rows if row.person == person and person is not None)),
        tuple(OpenFault(row.end, row.stops, row.name, bool(row.pk)) for row in rows if row.state == "fault"))


def _moment(value: dt.datetime | str) -> dt.datetime:
    """A moment as the database hands it over: SQLite keeps UTC without saying so."""
    found = value if isinstance(value, dt.datetime) else dt.datetime.fromisoformat(value)
    return found if found.tzinfo else found.replace(tzinfo=dt.UTC)


def open_spans(resource: Resource, hours: tuple[Hours, ...], bounds: Span) -> list[Span]:
    """When the resource is open by its weekly hours, a day before and after ``bounds`` included, so that hours past midnight join."""
    zone = zone_of(resource.zone)
    first, last = (each.astimezone(zone).date() for each in bounds)
    day = dt.timedelta(days=1)
    return laid(hours, first - day, last + day, zone, holidays=resource.holidays)


def diary_of(resource: Resource, terms: Terms, bounds: Span, *, person: int, now: dt.datetime, leaving_out: int | None = None) -> Diary:
    """What is on record of a resource within ``bounds``, and everything of the person from then or from now on."""
    found = around(resource, bounds, person=person, now=now)
    return Diary(
        open=tuple(open_spans(resource, terms.hours, bounds)), closed=found.closed,
        taken=tuple((row.start, row.end) for row in found.taken if row.pk != leaving_out),
        own=tuple((row.start, row.end) for row in found.own if row.pk != leaving_out))


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


def ahead(resource: Resource, after: dt.datetime) -> Span:
    """The time in which a next slot is looked for."""
    return after, after + (dt.timedelta(days=resource.horizon + 1) if resource.horizon is not None else _AHEAD)


def clipped(diary: Diary, bounds: Span) -> Diary:
    """The diary with nothing open outside of ``bounds``."""
    inside = tuple(part for each in diary.open if (part := within(each, bounds)))
    return Diary(inside, diary.closed, diary.taken, diary.own)


def rate_of(resource: Resource, terms: Terms, organisation: int) -> Rate | None:
    """What the organisation pays, by its class of user; None where the host set no price for it.

    The host's own people pay nothing unless it set a price.
    """
    same = organisation == resource.offer.party_id
    price = terms.prices.get(terms.classes[organisation], (0, 0) if same else None)
    return None if price is None else Rate(*price, operator=0 if same else resource.operator_price)


def sisters(resource: Resource) -> list[Resource]:
    """Other published resources of the same model whose offers are open."""
    if not resource.model:
        return []
    rows = Resource.objects.filter(model=resource.model, published_at__isnull=False, offer__state="open").exclude(pk=resource.pk)
    return list(rows.select_related("offer__party").order_by("pk")[:20])


def local(at: dt.datetime, resource: Resource) -> dt.datetime:
    """A moment on the wall of the resource's time zone."""
    return at.astimezone(zone_of(resource.zone))


def span_said(span: Span, resource: Resource) -> Text:
    """``30 Jun 2025, 09:00–10:00`` on the wall of the resource's time zone, the second day only where it is another."""
    start, end = (local(each, resource) for each in span)
    last = f"{end:%H:%M}" if start.date() == end.date() else formats.clock(end, end.tzinfo)
    return Text("{start}–{end}", "{start}–{end}").format(start=formats.clock(start, start.tzinfo), end=last)


def day_there(at: dt.datetime, resource: Resource) -> dt.date:
    """The day of a moment where the resource is."""
    return local(at, resource).date()


def today(at: dt.datetime) -> dt.date:
    """The day in Beijing."""
    return period.day(at)
