"""Tables of a deal's tail: disputes, and receivables that the buyer confirmed."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q


class Dispute(models.Model):
    """A side disputes a deal (争议), perhaps one deliverable of it; a broker mediates in the ask ``ask``. One at a time."""

    deal = models.ForeignKey("exchange.Deal", models.CASCADE, related_name="disputes")
    deliverable = models.ForeignKey("exchange.Deliverable", models.PROTECT, null=True, blank=True, related_name="+")
    side = models.ForeignKey("parties.Party", models.PROTECT, related_name="+")
    because = models.CharField(max_length=16)
    text = models.CharField(max_length=2000)
    ask = models.ForeignKey("desk.Ask", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    result = models.CharField(max_length=16, blank=True)
    resolved_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["deal"], condition=Q(resolved_at=None), name="one_open_dispute_a_deal"),
        ]


class Receivable(models.Model):
    """What the buyer confirmed to owe (应收账款): ``amount`` fen by ``due``; ``document`` is the sealed confirmation. Once a deal."""

    deal = models.OneToOneField("exchange.Deal", models.PROTECT, related_name="receivable")
    person = models.ForeignKey("parties.Party", models.PROTECT, related_name="+")
    amount = models.BigIntegerField()
    due = models.DateField()
    document = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[Any]] = [models.CheckConstraint(condition=Q(amount__gt=0), name="receivable_is_positive")]
