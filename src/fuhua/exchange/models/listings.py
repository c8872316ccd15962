"""Table of listings: a need or an offer of a kind, with a named person who answers."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q


class Listing(models.Model):
    """A need or an offer (供需信息) of one organisation.

    ``spec`` holds the fields its kind declares, as stored values; ``sealed`` those that are confidential, opened per reader by
    consent. ``owner`` is the person who answers. A need is open only with ``owner``, ``budget`` (integer fen), ``deadline``,
    ``success`` (its test) and ``decides`` (the day of decision). ``reconfirm`` is the day on which it expires unless confirmed.
    ``source`` is the key of the record it was imported from.
    """

    urn = models.CharField(max_length=100, unique=True)
    side = models.CharField(max_length=5, choices=[("need", "need"), ("offer", "offer")])
    kind = models.CharField(max_length=24)
    title = models.CharField(max_length=200)
    text = models.TextField(max_length=20_000, blank=True)
    spec = models.JSONField(default=dict)
    sealed = models.JSONField(default=dict)
    party = models.ForeignKey("parties.Party", models.PROTECT, related_name="+")
    owner = models.ForeignKey("parties.Party", models.PROTECT, null=True, blank=True, related_name="+")
    field = models.CharField(max_length=8, blank=True)  # GB/T 4754 code
    district = models.CharField(max_length=6, blank=True)
    state = models.CharField(max_length=10, default="draft")
    audience = models.CharField(max_length=8, default="members")
    budget = models.BigIntegerField(null=True, blank=True)
    budget_owner = models.CharField(max_length=100, blank=True)
    deadline = models.DateField(null=True, blank=True)
    success = models.CharField(max_length=1000, blank=True)
    decides = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=100, null=True, blank=True, unique=True)
    posted_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True, blank=True)
    reconfirm = models.DateField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    because = models.CharField(max_length=16, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(condition=Q(budget=None) | Q(budget__gte=0), name="listing_budget_is_no_debt"),
            models.CheckConstraint(condition=~Q(state="closed") | ~Q(because=""), name="listing_closes_with_a_reason"),
            models.CheckConstraint(condition=~Q(state__in=["open", "engaged"]) | Q(owner__isnull=False), name="open_listing_has_an_owner"),
            models.CheckConstraint(
                condition=~Q(state__in=["open", "engaged"]) | ~Q(side="need") | (
                    Q(budget__isnull=False, deadline__isnull=False, decides__isnull=False) & ~Q(success="") & ~Q(budget_owner="")),
                name="open_need_is_qualified"),
            models.CheckConstraint(condition=~Q(state="open") | Q(reconfirm__isnull=False), name="open_listing_expires"),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["side", "kind", "state"], name="listing_side_kind_state"),
            models.Index(fields=["party", "state"], name="listing_party_state"),
            models.Index(fields=["state", "reconfirm"], name="listing_state_reconfirm"),
            models.Index(fields=["side", "changed_at"], name="listing_side_changed"),
        ]

    def __str__(self) -> str:
        return self.title


class Nomination(models.Model):
    """An offer nominated for a contest (推荐参赛) by ``person``; ``document`` is the pack that was sent."""

    listing = models.ForeignKey(Listing, models.PROTECT, related_name="+")
    contest = models.CharField(max_length=100)
    person = models.ForeignKey("parties.Party", models.PROTECT, related_name="+")
    document = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["listing", "contest"], name="offer_nominated_once_a_contest"),
        ]
