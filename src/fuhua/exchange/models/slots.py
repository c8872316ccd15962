"""Tables of booking: resources with hours, closures, prices and qualifications; reservations, their use, the line, and faults."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q


class Resource(models.Model):
    """What an offer of a slot kind lets people book: one instrument, room, line or mentor, and the rules of booking it.

    Durations are minutes unless the name says otherwise; null is no such rule (:class:`fuhua.exchange.kinds.booking.Policy` tells what
    each means). ``model`` (型号): resources of the same model are sisters, and one stands in when another fails. ``grace``: after so
    long nobody came. Cancelling less than ``cancel_hours`` ahead costs ``cancel_percent`` of the price, not coming ``miss_percent``.
    ``offer_hours``: how long a freed slot waits for the first in line. ``operator_price``: fen an hour. ``questions``: what is asked at
    booking (:class:`fuhua.exchange.kinds.booking.Question` as a mapping). ``safety``: what users must follow, in words (EHS). ``source``:
    key of the record it was imported from.
    """

    offer = models.OneToOneField("exchange.Listing", models.PROTECT, related_name="resource")
    platform = models.ForeignKey("parties.Party", models.PROTECT, null=True, blank=True, related_name="+")
    zone = models.CharField(max_length=40, default="Asia/Shanghai")
    model = models.CharField(max_length=100, blank=True, db_index=True)
    place = models.CharField(max_length=100, blank=True)
    holidays = models.BooleanField(default=False)  # closed on public holidays in China
    qualify = models.BooleanField(default=True)
    sheet = models.BooleanField(default=False)  # a sample sheet is needed at booking
    step = models.PositiveSmallIntegerField(default=15)
    shortest = models.PositiveIntegerField(null=True, blank=True)
    longest = models.PositiveIntegerField(null=True, blank=True)
    lead = models.PositiveIntegerField(default=0)
    horizon = models.PositiveSmallIntegerField(null=True, blank=True, default=14)
    per_day = models.PositiveSmallIntegerField(null=True, blank=True)
    apart = models.PositiveIntegerField(null=True, blank=True)
    ahead = models.PositiveIntegerField(null=True, blank=True)
    off_from = models.TimeField(null=True, blank=True)
    off_to = models.TimeField(null=True, blank=True)
    off_weekend = models.BooleanField(default=False)
    grace = models.PositiveSmallIntegerField(null=True, blank=True, default=30)
    cancel_hours = models.PositiveSmallIntegerField(default=24)
    cancel_percent = models.PositiveSmallIntegerField(default=0)
    miss_percent = models.PositiveSmallIntegerField(default=50)
    offer_hours = models.PositiveSmallIntegerField(default=4)
    operator_price = models.BigIntegerField(default=0)
    questions = models.JSONField(default=list, blank=True)
    safety = models.TextField(max_length=4000, blank=True)
    source = models.CharField(max_length=120, null=True, blank=True, unique=True)
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(condition=Q(step__gte=1, step__lte=60), name="resource_step_within_an_hour"),
            models.CheckConstraint(condition=Q(cancel_percent__lte=100, miss_percent__lte=100), name="resource_fees_at_most_whole"),
            models.CheckConstraint(condition=Q(shortest=None) | Q(longest=None) | Q(shortest__lte=F("longest")),
                                   name="resource_shortest_below_longest"),
            models.CheckConstraint(condition=Q(operator_price__gte=0), name="resource_operator_is_no_debt"),
        ]

    def __str__(self) -> str:
        return self.offer.title


class OpeningHours(models.Model):
    """Open every week on ``weekday`` (0 is Monday) from minute ``opens`` to minute ``closes`` of the local day (1440: midnight)."""

    resource = models.ForeignKey(Resource, models.CASCADE, related_name="hours")
    weekday = models.PositiveSmallIntegerField()
    opens = models.PositiveSmallIntegerField()
    closes = models.PositiveSmallIntegerField()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(condition=Q(weekday__lte=6, opens__lt=F("closes"), closes__lte=1440), name="hours_of_a_day"),
            models.UniqueConstraint(fields=["resource", "weekday", "opens"], name="hours_begin_once"),
        ]


class Timetable(models.Model):
    """How a resource was open from the day ``since`` on, until the next: ``hours`` (weekday, opens, closes) in its ``zone``, if at all.

    What changes is kept by day, so that the utilisation of a past month stays what it was.
    """

    resource = models.ForeignKey(Resource, models.CASCADE, related_name="timetables")
    since = models.DateField()
    zone = models.CharField(max_length=40)
    hours = models.JSONField(default=list)
    holidays = models.BooleanField()
    open = models.BooleanField()

    class Meta:
        constraints: ClassVar[list[Any]] = [models.UniqueConstraint(fields=["resource", "since"], name="one_timetable_a_day")]


class Closure(models.Model):
    """Closed from ``start`` to ``end`` besides the weekly hours, for a reason told to users (停机、检修、闭馆)."""

    resource = models.ForeignKey(Resource, models.CASCADE, related_name="closures")
    start = models.DateTimeField()
    end = models.DateTimeField()
    reason = models.CharField(max_length=200)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="closure_ends_after_it_begins"),
            models.UniqueConstraint(fields=["resource", "start", "end"], name="closure_told_once"),
        ]


class Price(models.Model):
    """What a class of user pays: integer fen an hour, and the least that a use costs."""

    resource = models.ForeignKey(Resource, models.CASCADE, related_name="prices")
    user_class = models.CharField(max_length=12)
    hour = models.BigIntegerField()
    least = models.BigIntegerField(default=0)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["resource", "user_class"], name="one_price_a_class"),
            models.CheckConstraint(condition=Q(hour__gte=0, least__gte=0), name="price_is_no_debt"),
        ]


class Qualification(models.Model):
    """A person is trained on a resource until ``expires`` (included); withdrawn by deleting, the facts keep both."""

    resource = models.ForeignKey(Resource, models.CASCADE, related_name="qualifications")
    person = models.ForeignKey("parties.Party", models.PROTECT, related_name="+")
    since = models.DateField()
    expires = models.DateField()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["resource", "person"], name="one_qualification_a_person"),
            models.CheckConstraint(condition=Q(expires__gte=F("since")), name="qualification_ends_after_it_begins"),
        ]


class Reservation(models.Model):
    """A slot of a resource that a person holds for an organisation, from ``start`` to ``end``.

    In an occupying state no two of a resource overlap: the database refuses it (migration ``0002_no_double_booking``). ``booked_end``
    is the end as first booked: a later one than ``end`` says that it was shortened. ``hour``, ``least`` and ``operator_price`` are the
    price agreed at booking; ``grace``, ``cancel_hours``, ``cancel_percent`` and ``miss_percent`` the rules. ``fee`` (fen) is what a
    missed or late-cancelled slot costs; ``fee_state`` tells where that stands, until ``appeal_until`` it may be appealed. ``answers``:
    to the host's questions. ``safety``: SHA-256 of the document with the host's safety rules as they were agreed to, ``hazards`` what the
    work brings along (codes of ``kinds.safety``). ``taken_over`` (at ``started_at``) and ``handed_back`` (at ``returned_at``, of what
    the user checked out): what was said of the state of the resource then, blank when all was in order. ``offer_until``: an offer from
    the line lapses then. ``need``: the need of the organisation that it serves, if that was said. ``owed`` (fen): what cancelling cost
    when it was moved or shortened, and costs at least since.
    """

    urn = models.CharField(max_length=100, unique=True)
    resource = models.ForeignKey(Resource, models.PROTECT, related_name="reservations", db_index=False)
    person = models.ForeignKey("parties.Party", models.PROTECT, related_name="+")
    organisation = models.ForeignKey("parties.Party", models.PROTECT, related_name="+")
    start = models.DateTimeField()
    end = models.DateTimeField()
    booked_end = models.DateTimeField()
    state = models.CharField(max_length=9)
    because = models.CharField(max_length=10, blank=True)
    hour = models.BigIntegerField(default=0)
    least = models.BigIntegerField(default=0)
    operator_price = models.BigIntegerField(default=0)
    grace = models.PositiveSmallIntegerField(null=True, blank=True)
    cancel_hours = models.PositiveSmallIntegerField(default=0)
    cancel_percent = models.PositiveSmallIntegerField(default=0)
    miss_percent = models.PositiveSmallIntegerField(default=0)
    operator = models.BooleanField(default=False)
    sheet = models.CharField(max_length=64, blank=True)
    sheet_name = models.CharField(max_length=120, blank=True)
    answers = models.JSONField(default=dict, blank=True)
    safety = models.CharField(max_length=64, blank=True)
    hazards = models.JSONField(default=list, blank=True)
    taken_over = models.CharField(max_length=500, blank=True)
    handed_back = models.CharField(max_length=500, blank=True)
    returned_at = models.DateTimeField(null=True, blank=True)
    note = models.CharField(max_length=500, blank=True)
    fee = models.BigIntegerField(default=0)
    owed = models.BigIntegerField(default=0)
    fee_state = models.CharField(max_length=8, default="none")
    appeal_until = models.DateField(null=True, blank=True)
    offer_until = models.DateTimeField(null=True, blank=True)
    instead_of = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="+")
    need = models.ForeignKey("exchange.Listing", models.PROTECT, null=True, blank=True, related_name="+")
    booked_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="slot_ends_after_it_begins"),
            models.CheckConstraint(condition=Q(fee__gte=0), name="slot_fee_is_no_debt"),
            models.CheckConstraint(condition=~Q(state="offered") | Q(offer_until__isnull=False), name="slot_offer_lapses"),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["resource", "end"], name="slot_resource_end"),
            models.Index(fields=["person", "end"], name="slot_person_end"),
            models.Index(fields=["organisation", "end"], name="slot_organisation_end"),
            models.Index(fields=["resource", "person", "end"], name="slot_resource_person"),
            models.Index(fields=["state", "start"], name="slot_state_start"),
            models.Index(fields=["fee_state", "appeal_until"], name="slot_fee_due"),
        ]


class Use(models.Model):
    """What a reservation really took: metered minutes and the operator's; ``affiliated`` when the user is tied to the host or is it.

    ``digest``: of the fact by which the platform's use is told, blank where there is no platform.
    """

    reservation = models.OneToOneField(Reservation, models.PROTECT, related_name="use")
    minutes = models.PositiveIntegerField()
    operator_minutes = models.PositiveIntegerField(default=0)
    fee = models.BigIntegerField()
    affiliated = models.BooleanField()
    deal = models.ForeignKey("exchange.Deal", models.PROTECT, null=True, blank=True, related_name="+")
    metered_by = models.ForeignKey("parties.Party", models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(condition=Q(minutes__gte=1, fee__gte=0), name="use_takes_time"),
        ]


class Waiting(models.Model):
    """A person waits for ``minutes`` on a resource between ``start`` and ``end``; the first is offered what is freed."""

    resource = models.ForeignKey(Resource, models.CASCADE, related_name="line")
    person = models.ForeignKey("parties.Party", models.PROTECT, related_name="+")
    organisation = models.ForeignKey("parties.Party", models.PROTECT, related_name="+")
    start = models.DateTimeField()
    end = models.DateTimeField()
    minutes = models.PositiveIntegerField()
    state = models.CharField(max_length=8, default="waiting")
    offered = models.ForeignKey(Reservation, models.SET_NULL, null=True, blank=True, related_name="+")
    since = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(condition=Q(end__gt=F("start"), minutes__gte=1), name="waiting_for_some_time"),
            models.UniqueConstraint(fields=["resource", "person", "start"], condition=Q(state__in=("waiting", "offered")),
                                    name="in_line_once"),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["resource", "state", "since"], name="line_of_a_resource"),
        ]


class Fault(models.Model):
    """Something is wrong with a resource; when it ``stops`` it, nothing can be booked until ``until`` or until it is repaired.

    ``confirmed``: the host says so; what only a user reported ends at ``until`` unless the host confirms it.
    """

    resource = models.ForeignKey(Resource, models.CASCADE, related_name="faults")
    person = models.ForeignKey("parties.Party", models.PROTECT, related_name="+")
    text = models.CharField(max_length=1000)
    stops = models.BooleanField()
    confirmed = models.BooleanField(default=True)
    since = models.DateTimeField()
    until = models.DateTimeField()
    repaired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(condition=Q(until__gt=F("since")), name="fault_ends_after_it_begins"),
        ]
        indexes: ClassVar[list[Any]] = [models.Index(fields=["resource", "until"], name="fault_resource_until")]


class Feed(models.Model):
    """The secret address at which a person's calendar programme reads their bookings; a new one ends the old."""

    person = models.OneToOneField("parties.Party", models.CASCADE, related_name="+")
    token = models.CharField(max_length=64, unique=True)
    since = models.DateTimeField()
