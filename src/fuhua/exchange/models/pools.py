"""Tables of pools: equal needs of organisations that do not see each other, ordered together."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q


class Pool(models.Model):
    """Needs of one kind with the same spec (拼单); ``digest`` is the SHA-256 of what makes it the same.

    ``broker`` shows suppliers what is confidential, so that no member's name stands on it.
    """

    urn = models.CharField(max_length=100, unique=True)
    number = models.CharField(max_length=40, unique=True)
    kind = models.CharField(max_length=24)
    digest = models.CharField(max_length=64)
    broker = models.ForeignKey("parties.Party", models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=10, default="forming")
    opened_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["kind", "digest"], condition=Q(state="forming"), name="one_pool_forming"),
        ]


class Member(models.Model):
    """One need of a pool: invited, joined with a quantity, agreed to an order of so much, or out of it."""

    pool = models.ForeignKey(Pool, models.CASCADE, related_name="members")
    need = models.ForeignKey("exchange.Listing", models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, default="invited")
    quantity = models.PositiveIntegerField(null=True, blank=True)
    agreed = models.ForeignKey("exchange.Quote", models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["pool", "need"], name="one_membership_a_need"),
            models.UniqueConstraint(fields=["need"], condition=Q(state__in=["invited", "joined", "agreed", "ordered"]),
                                    name="one_pool_a_need"),
            models.CheckConstraint(condition=~Q(state__in=["joined", "agreed", "ordered"]) | Q(quantity__gt=0),
                                   name="member_says_how_many"),
            models.CheckConstraint(condition=~Q(state="agreed") | Q(agreed__isnull=False), name="agreed_to_a_quote"),
        ]
