"""Tables of deals: the agreement with its signatures, deliverables, settlements, ratings and outcomes."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from fuhua.kernel import period


class Deal(models.Model):
    """An agreement (协议) of a buyer with a provider: what, for how much, and how it is accepted.

    ``lines`` are ``{"item", "quantity", "unit", "price"}`` with the price in integer fen; ``total`` is their sum. ``pay_days``:
    days from acceptance until payment is due. ``agreement`` is the SHA-256 of the agreement's PDF that both sign, ``wording`` of
    what it says, ``sealed`` of the PDF with the platform's seal. ``affiliated`` says that the two are tied, so that nothing of it
    counts as use by others. ``fee``: it charges a slot that was missed or cancelled late; nothing was served, so it is rated by nobody.
    """

    urn = models.CharField(max_length=100, unique=True)
    number = models.CharField(max_length=40, unique=True)
    front = models.CharField(max_length=8)
    kind = models.CharField(max_length=24)
    title = models.CharField(max_length=200)
    need = models.ForeignKey("exchange.Listing", models.PROTECT, null=True, blank=True, related_name="+")
    offer = models.ForeignKey("exchange.Listing", models.PROTECT, null=True, blank=True, related_name="+")
    buyer = models.ForeignKey("parties.Party", models.PROTECT, related_name="+")
    provider = models.ForeignKey("parties.Party", models.PROTECT, related_name="+")
    buyer_person = models.ForeignKey("parties.Party", models.PROTECT, null=True, blank=True, related_name="+")
    provider_person = models.ForeignKey("parties.Party", models.PROTECT, null=True, blank=True, related_name="+")
    terms = models.JSONField(default=dict)
    lines = models.JSONField(default=list)
    total = models.BigIntegerField(default=0)
    pay_days = models.PositiveSmallIntegerField(default=30)
    affiliated = models.BooleanField(default=False)
    fee = models.BooleanField(default=False)
    state = models.CharField(max_length=10, default="draft")
    agreement = models.CharField(max_length=64, blank=True)
    wording = models.CharField(max_length=64, blank=True)
    sealed = models.CharField(max_length=64, blank=True)
    opened_at = models.DateTimeField()
    signed_at = models.DateTimeField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(condition=~Q(buyer=F("provider")), name="deal_between_two"),
            models.CheckConstraint(condition=Q(total__gte=0), name="deal_total_is_no_debt"),
            models.CheckConstraint(condition=~Q(state__in=["signed", "settled"]) | Q(signed_at__isnull=False), name="deal_signed_when"),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["buyer", "state"], name="deal_buyer_state"),
            models.Index(fields=["provider", "state"], name="deal_provider_state"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def payment_due(self) -> dt.date | None:
        """The last day for payment; None until everything is accepted."""
        return period.day(self.accepted_at) + dt.timedelta(days=self.pay_days) if self.accepted_at else None


class Signature(models.Model):
    """One side signed the agreement with this digest; a side signs once."""

    deal = models.ForeignKey(Deal, models.CASCADE, related_name="signatures")
    party = models.ForeignKey("parties.Party", models.PROTECT, related_name="+")
    person = models.ForeignKey("parties.Party", models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[Any]] = [models.UniqueConstraint(fields=["deal", "party"], name="one_signature_a_side")]


class Deliverable(models.Model):
    """Something to be delivered by ``due`` with the test by which it is accepted (验收标准).

    What comes ``first``, as a sample does, is accepted before the rest is delivered. ``earlier`` are
    ``{"at", "note", "document", "because", "remark"}`` of what was delivered before and had to be delivered again.
    """

    deal = models.ForeignKey(Deal, models.CASCADE, related_name="deliverables")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    test = models.CharField(max_length=1000)
    due = models.DateField()
    first = models.BooleanField(default=False)
    state = models.CharField(max_length=10, default="due")  # due, delivered, rejected, accepted
    document = models.CharField(max_length=64, blank=True)
    note = models.CharField(max_length=2000, blank=True)
    because = models.CharField(max_length=16, blank=True)  # why it was last rejected, with the buyer's words
    remark = models.CharField(max_length=2000, blank=True)
    delivered_at = models.DateTimeField(null=True, blank=True)
    judged_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    earlier = models.JSONField(default=list)

    class Meta:
        constraints: ClassVar[list[Any]] = [models.UniqueConstraint(fields=["deal", "number"], name="one_deliverable_a_number")]


class Settlement(models.Model):
    """A payment that was made elsewhere and is recorded here: who paid, how much (fen), and the bank's reference."""

    deal = models.ForeignKey(Deal, models.PROTECT, related_name="settlements")
    payer = models.ForeignKey("parties.Party", models.PROTECT, related_name="+")
    amount = models.BigIntegerField()
    reference = models.CharField(max_length=64)
    rule = models.CharField(max_length=40, blank=True)  # the policy rule that lets a public body pay this part
    edition = models.CharField(max_length=40, blank=True)
    award = models.CharField(max_length=64, blank=True)  # the number of the authority's decision on this part
    teller = models.CharField(max_length=8, default="buyer")
    paid_on = models.DateField()
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["payer", "reference"], name="one_settlement_a_reference"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="settlement_is_positive"),
        ]


class Rating(models.Model):
    """What one side says of the other, from 1 to 5; shown when both have, or when the time for it is over."""

    deal = models.ForeignKey(Deal, models.CASCADE, related_name="ratings")
    party = models.ForeignKey("parties.Party", models.PROTECT, related_name="+")
    points = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=2000, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["deal", "party"], name="one_rating_a_side"),
            models.CheckConstraint(condition=Q(points__gte=1, points__lte=5), name="rating_from_one_to_five"),
        ]


class Outcome(models.Model):
    """What came of a deal 6 or 12 months later, asked once of the buyer."""

    deal = models.ForeignKey(Deal, models.CASCADE, related_name="outcomes")
    months = models.PositiveSmallIntegerField()
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=16, blank=True)
    text = models.CharField(max_length=2000, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [models.UniqueConstraint(fields=["deal", "months"], name="outcome_asked_once")]
