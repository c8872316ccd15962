"""Tables of requests for quotes: credentials, the request, whom it was sent to, what they promised and what they quoted."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q


class Credential(models.Model):
    """A qualification (资质) that an organisation holds until a day, with the scan of its certificate.

    ``kind`` is a code of ``kinds.scales.QUALITY``. ``checked_by`` is the broker who compared it with the issuer's register.
    """

    party = models.ForeignKey("parties.Party", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16)
    number = models.CharField(max_length=64)
    expires = models.DateField()
    document = models.CharField(max_length=64)  # SHA-256
    fact = models.CharField(max_length=64)  # what told of it
    entered_at = models.DateTimeField()
    checked_by = models.ForeignKey("parties.Party", models.PROTECT, null=True, blank=True, related_name="+")
    checked_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)  # taken back by its holder, or found untrue by a broker

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["party", "kind", "number", "expires"], condition=Q(ended_at=None), name="one_credential_once"),
        ]


class Rfq(models.Model):
    """A request for quotes (询价) for one need, or for a pool of equal ones.

    ``rows`` are what is priced, ``{"item", "quantity", "unit", "test"}``: all of them are wanted, or, when ``ladder``, each is a
    quantity of the same thing at which a price is asked. ``quantity`` is then how many are wanted now, ``sample`` whether a sample
    comes first (打样). ``required`` are the credentials (codes) without which nobody is asked. ``invention`` is what the asker said
    about patents before anything was shown.
    """

    urn = models.CharField(max_length=100, unique=True)
    need = models.ForeignKey("exchange.Listing", models.PROTECT, related_name="+")
    pool = models.ForeignKey("exchange.Pool", models.PROTECT, null=True, blank=True, related_name="+")
    rows = models.JSONField(default=list)
    ladder = models.BooleanField(default=False)
    quantity = models.PositiveBigIntegerField(null=True, blank=True)
    sample = models.BooleanField(default=False)
    required = models.JSONField(default=list)
    invention = models.CharField(max_length=8)
    deadline = models.DateTimeField()
    state = models.CharField(max_length=10, default="open")
    sent_by = models.ForeignKey("parties.Party", models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["need"], condition=~Q(state="cancelled"), name="one_rfq_a_need"),
            models.CheckConstraint(condition=Q(ladder=False) | Q(quantity__gt=0), name="ladder_has_a_quantity"),
        ]


class Invitation(models.Model):
    """One provider asked to quote, or left out with the reason: of a lacking credential, which one and since when."""

    rfq = models.ForeignKey(Rfq, models.CASCADE, related_name="invitations")
    provider = models.ForeignKey("parties.Party", models.PROTECT, related_name="+")
    state = models.CharField(max_length=10)
    because = models.CharField(max_length=12, blank=True)  # words.EXCLUSIONS of the excluded, words.DECLINES of the declined
    credential = models.CharField(max_length=16, blank=True)
    lapsed = models.DateField(null=True, blank=True)
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["rfq", "provider"], name="one_invitation_a_provider"),
            models.CheckConstraint(condition=~Q(state__in=["excluded", "declined"]) | ~Q(because=""), name="left_out_for_a_reason"),
        ]


class Nda(models.Model):
    """A provider's promise to keep what it is shown confidential (保密协议), by pressing “accept” on the text with this digest."""

    invitation = models.OneToOneField(Invitation, models.PROTECT, related_name="nda")
    discloser = models.ForeignKey("parties.Party", models.PROTECT, related_name="+")
    person = models.ForeignKey("parties.Party", models.PROTECT, related_name="+")
    template = models.CharField(max_length=20)
    digest = models.CharField(max_length=64)
    consent = models.ForeignKey("parties.Consent", models.PROTECT, related_name="+")  # what the promise opened
    expires = models.DateField()
    at = models.DateTimeField()


class Quote(models.Model):
    """One quote of an invited provider; revising it adds another, and the last that was not withdrawn stands.

    ``prices`` are integer fen for one unit of each row, None where the provider does not offer it. With a ladder, ``tooling`` (fen) is
    paid once, ``least`` is the MOQ, ``most`` the capacity, and ``incremental`` says that a rung prices only the pieces beyond it.
    ``sample_days`` is told where a sample comes first. Both times run from the order.
    All prices include value-added tax, at ``vat`` percent.
    """

    invitation = models.ForeignKey(Invitation, models.CASCADE, related_name="quotes")
    number = models.PositiveSmallIntegerField()
    prices = models.JSONField()
    currency = models.CharField(max_length=3, default="CNY")
    tooling = models.BigIntegerField(default=0)
    least = models.PositiveIntegerField(default=1)
    most = models.PositiveIntegerField(null=True, blank=True)
    incremental = models.BooleanField(default=False)
    lead_days = models.PositiveSmallIntegerField()
    sample_days = models.PositiveSmallIntegerField(null=True, blank=True)
    valid_until = models.DateField()
    vat = models.PositiveSmallIntegerField(null=True, blank=True)
    note = models.CharField(max_length=2000, blank=True)
    person = models.ForeignKey("parties.Party", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["invitation", "number"], name="one_quote_a_number"),
            models.CheckConstraint(condition=Q(currency="CNY"), name="quotes_are_in_yuan"),
            models.CheckConstraint(condition=Q(tooling__gte=0, least__gte=1, lead_days__gte=1), name="quote_is_no_gift"),
        ]


class Note(models.Model):
    """What an engineer with a grant says about making the part (可制造性意见, DFM); for the asker."""

    need = models.ForeignKey("exchange.Listing", models.CASCADE, related_name="+")
    person = models.ForeignKey("parties.Party", models.PROTECT, related_name="+")
    text = models.CharField(max_length=4000)
    at = models.DateTimeField()


class Deck(models.Model):
    """Slides for a roadshow (路演材料) of a listing; they are shown to others only once nothing in them awaits a patent filing."""

    listing = models.ForeignKey("exchange.Listing", models.CASCADE, related_name="+")
    name = models.CharField(max_length=200)
    document = models.CharField(max_length=64)
    media_type = models.CharField(max_length=100)
    invention = models.CharField(max_length=8)
    at = models.DateTimeField()
    shown_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["listing"], condition=Q(ended_at=None), name="one_deck_a_listing"),
            models.CheckConstraint(condition=Q(shown_at=None) | ~Q(invention="unfiled"), name="unfiled_invention_is_not_shown"),
        ]
