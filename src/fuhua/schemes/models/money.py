"""Tables of public money: tranches of the city and the district side by side, and the costs each was used for."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q


class Tranche(models.Model):
    """A tranche (拨款) of one ``level``, planned at signing; ``milestone`` is what it waits for, None: it is paid on signing.

    ``amount`` is planned, ``owed`` what the milestone's conclusion makes of it, both integer fen. The platform holds no money: a payment
    is the payer's bank ``reference`` and day. ``reclaimed`` fen are to come back, ``returned`` fen did, under ``return_reference``.
    ``warned`` is the budget year whose end the payer was warned of.
    """

    agreement = models.ForeignKey("schemes.Agreement", models.PROTECT, related_name="tranches")
    number = models.PositiveSmallIntegerField()
    level = models.CharField(max_length=8)
    payer = models.ForeignKey("parties.Party", models.PROTECT, related_name="+")
    milestone = models.ForeignKey("schemes.Milestone", models.PROTECT, null=True, blank=True, related_name="tranches")
    amount = models.BigIntegerField()
    owed = models.BigIntegerField(null=True, blank=True)
    due = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=10, default="planned")
    reference = models.CharField(max_length=64, null=True, blank=True)
    paid_on = models.DateField(null=True, blank=True)
    reclaimed = models.BigIntegerField(null=True, blank=True)
    returned = models.BigIntegerField(default=0)
    return_reference = models.CharField(max_length=64, null=True, blank=True, unique=True)
    returned_on = models.DateField(null=True, blank=True)
    warned = models.PositiveSmallIntegerField(null=True, blank=True)
    because = models.CharField(max_length=16, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["agreement", "level", "number"], name="tranche_number_once"),
            models.UniqueConstraint(fields=["reference"], name="tranche_reference_once"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="tranche_amount_is_positive"),
            models.CheckConstraint(condition=Q(owed=None) | Q(owed__gte=0, owed__lte=F("amount")), name="tranche_owed_within_amount"),
            models.CheckConstraint(condition=~Q(state__in=["paid", "recovering", "recovered"])
                                   | Q(reference__isnull=False, paid_on__isnull=False, owed__gt=0), name="tranche_paid_has_a_reference"),
            models.CheckConstraint(condition=Q(returned__gte=0) & (Q(returned=0) | Q(returned__lte=F("owed"))),
                                   name="tranche_returns_at_most_what_was_paid"),
            models.CheckConstraint(condition=Q(reclaimed=None) | Q(reclaimed__gt=0, reclaimed__lte=F("owed")),
                                   name="tranche_reclaims_at_most_what_was_paid"),
            models.CheckConstraint(condition=~Q(state="recovered") | Q(return_reference__isnull=False, returned=F("reclaimed")),
                                   name="tranche_recovered_has_a_reference"),
        ]

    def __str__(self) -> str:
        return f"{self.agreement_id} {self.level} {self.number}"


class Cost(models.Model):
    """A cost that a tranche was used for, by its invoice: one invoice is claimed once, whatever the level and the scheme."""

    tranche = models.ForeignKey(Tranche, models.PROTECT, related_name="costs")
    issuer = models.CharField(max_length=18)
    invoice = models.CharField(max_length=40)
    amount = models.BigIntegerField()
    title = models.CharField(max_length=200)
    document = models.CharField(max_length=64, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["issuer", "invoice"], name="invoice_claimed_once"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="cost_is_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.issuer} {self.invoice}"
