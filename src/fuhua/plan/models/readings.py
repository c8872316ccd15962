"""Tables of frozen readings: a quarter's figures as they were known, and their restatements; both refuse changes."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from fuhua.plan.words import RESTATE_REASONS


class Freeze(models.Model):
    """The quarter end ``day`` of an edition, frozen by ``author`` from what was known at ``known``."""

    urn = models.CharField(max_length=100, unique=True)
    edition = models.ForeignKey("plan.Edition", models.PROTECT, related_name="freezes")
    day = models.DateField()
    known = models.DateTimeField()
    author = models.ForeignKey("parties.Party", models.PROTECT, related_name="+")
    fact = models.CharField(max_length=64)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["edition", "day"], name="one_freeze_per_quarter"),
        ]


class Reading(models.Model):
    """One indicator under one definition on a day, as known at a moment; ``value`` None is undetermined.

    A restatement names the reading it ``restates``, its author and a coded reason; the reading it restates stays.
    """

    freeze = models.ForeignKey(Freeze, models.PROTECT, related_name="readings")
    indicator = models.CharField(max_length=16)
    definition = models.CharField(max_length=16)
    day = models.DateField()
    known = models.DateTimeField()
    value = models.BigIntegerField(null=True, blank=True)
    counted = models.PositiveIntegerField()
    author = models.ForeignKey("parties.Party", models.PROTECT, related_name="+")
    restates = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="restated_by")
    reason = models.CharField(max_length=20, blank=True, choices=[(code, code) for code in RESTATE_REASONS])
    note = models.CharField(max_length=500, blank=True)
    fact = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["freeze", "indicator", "definition"], condition=Q(restates=None),
                                    name="frozen_once"),
            models.CheckConstraint(condition=Q(restates=None, reason="") | Q(restates__isnull=False) & ~Q(reason=""),
                                   name="restatement_has_a_reason"),
        ]
        indexes: ClassVar[list[Any]] = [models.Index(fields=["indicator", "day"], name="reading_indicator_day")]
