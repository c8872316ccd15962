"""Tables of panels: seats, who is barred from what, the draw, and the reviews with their sealed scores."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q


class Seat(models.Model):
    """A person in the pool of a call's panel (评审专家): between ``least`` and ``most`` applications, ``senior`` or not."""

    call = models.ForeignKey("schemes.Call", models.CASCADE, related_name="seats")
    person = models.ForeignKey("parties.Party", models.PROTECT, related_name="+")
    least = models.PositiveSmallIntegerField(default=0)
    most = models.PositiveSmallIntegerField()
    senior = models.BooleanField(default=False)
    house = models.ForeignKey("parties.Party", models.PROTECT, null=True, blank=True, related_name="+")
    seated_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["call", "person"], name="seat_once"),
            models.CheckConstraint(condition=Q(most__gte=F("least")), name="seat_least_to_most"),
        ]

    def __str__(self) -> str:
        return self.person.name


class Barred(models.Model):
    """Why a person may not judge, handle or see an application (回避): ``path`` is the chain of ties, or what was ``declared``.

    ``path`` is a list of {source, kind, target} by URN; empty for a declared one.
    """

    application = models.ForeignKey("schemes.Application", models.CASCADE, related_name="barred")
    person = models.ForeignKey("parties.Party", models.PROTECT, related_name="+")
    why = models.CharField(max_length=16)
    path = models.JSONField(default=list)
    declared = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[Any]] = [models.UniqueConstraint(fields=["application", "person"], name="barred_once")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.why}"


class Draw(models.Model):
    """One draw of a panel: the seed in force, what was reached, and the certificate (document by digest) that anybody can check."""

    call = models.ForeignKey("schemes.Call", models.CASCADE, related_name="draws")
    seed = models.CharField(max_length=64)
    worst = models.BigIntegerField()
    total = models.BigIntegerField()
    proved = models.BooleanField()
    certificate = models.CharField(max_length=64)
    moved = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.call} {self.seed[:8]}"


class Review(models.Model):
    """One expert's review of one application. ``marks`` are points by criterion; ``total`` their sum in hundredths of a point.

    A score is sealed until every review of the application is in; ``revealed_at`` says when that was.
    """

    application = models.ForeignKey("schemes.Application", models.CASCADE, related_name="reviews")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="reviews")
    round = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=8, default="asked")
    marks = models.JSONField(default=dict)
    total = models.PositiveIntegerField(null=True, blank=True)
    comment = models.TextField(max_length=4_000, blank=True)
    asked_at = models.DateTimeField()
    scored_at = models.DateTimeField(null=True, blank=True)
    revealed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["application", "seat"], name="review_once"),
            models.CheckConstraint(condition=Q(total=None) | Q(total__lte=10_000), name="review_at_most_100_points"),
            models.CheckConstraint(condition=~Q(state="scored") | Q(total__isnull=False, scored_at__isnull=False),
                                   name="scored_has_a_total"),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.seat_id}"
