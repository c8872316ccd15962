"""Tables of brokering: who brokers a need, its shortlist, introductions with their two sides, pilots, follow-ups and case cards."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

SHORTLIST = 5  # offers a need is shown at most


class Brokering(models.Model):
    """A need in the hands of a broker (撮合人): who answers for it, and since when."""

    need = models.OneToOneField("exchange.Listing", models.CASCADE, related_name="brokering")
    broker = models.ForeignKey("parties.Party", models.PROTECT, null=True, blank=True, related_name="+")
    taken_at = models.DateTimeField(null=True, blank=True)


class Shortlisted(models.Model):
    """An offer that a broker chose for a need, at most five; ``reasons`` are ``{"holds", "field", "zh", "en"}`` as they stood then.

    ``score`` is the matcher's, in parts per million; None for an offer that the broker added by hand, with ``note`` saying why.
    """

    need = models.ForeignKey("exchange.Listing", models.CASCADE, related_name="shortlist")
    offer = models.ForeignKey("exchange.Listing", models.CASCADE, related_name="+")
    rank = models.PositiveSmallIntegerField()
    score = models.PositiveIntegerField(null=True, blank=True)
    reasons = models.JSONField(default=list)
    note = models.CharField(max_length=500, blank=True)
    by = models.ForeignKey("parties.Party", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["need", "offer"], name="shortlisted_once"),
            models.UniqueConstraint(fields=["need", "rank"], name="shortlisted_in_order"),
            models.CheckConstraint(condition=Q(rank__gte=1, rank__lte=SHORTLIST), name="shortlist_of_five"),
            models.CheckConstraint(condition=Q(score__isnull=False) | ~Q(note=""), name="shortlisted_by_hand_says_why"),
        ]


class Feedback(models.Model):
    """Somebody found an offer irrelevant for a need, for a coded reason; it is not proposed again, and the matcher learns from it."""

    need = models.ForeignKey("exchange.Listing", models.CASCADE, related_name="+")
    offer = models.ForeignKey("exchange.Listing", models.CASCADE, related_name="+")
    reason = models.CharField(max_length=16)
    by = models.ForeignKey("parties.Party", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[Any]] = [models.UniqueConstraint(fields=["need", "offer"], name="one_feedback_a_pair")]


class Pilot(models.Model):
    """A try-out (试点) of an introduction under its own agreement ``deal``. One that fell is kept, with all that was told of it, under
    that deal; the introduction goes on to the next.

    ``approval`` is the document (SHA-256) by which the site's safety is approved, under its name, on a day; ``results`` are what each
    side says it showed.
    """

    deal = models.OneToOneField("exchange.Deal", models.PROTECT, related_name="+")
    approval = models.CharField(max_length=64, blank=True)
    approval_name = models.CharField(max_length=120, blank=True)
    approved_on = models.DateField(null=True, blank=True)
    results = models.JSONField(default=dict)

    @property
    def waits(self) -> bool:
        """Whether nothing can be measured until the needing side has filed the safety approval of its site."""
        return self.asks_approval and not self.approval

    @property
    def asks_approval(self) -> bool:
        """Whether its agreement has the safety of the site approved before anything is measured."""
        return bool(self.deal.terms.get("approval"))


class Introduction(models.Model):
    """A need and an offer that are to meet (对接). Names are hidden until both sides have said yes.

    ``event`` is the event at which the two met, if they did; ``meets`` the day they meet. ``pilot`` is the latest, ``order`` the contract
    that came of it. ``because`` says why it ended without one.
    """

    urn = models.CharField(max_length=100, unique=True)
    need = models.ForeignKey("exchange.Listing", models.PROTECT, related_name="+")
    offer = models.ForeignKey("exchange.Listing", models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, default="asked")
    event = models.CharField(max_length=200, blank=True)
    meets = models.DateField(null=True, blank=True)
    asked_by = models.ForeignKey("parties.Party", models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    agreed_at = models.DateTimeField(null=True, blank=True)
    met_at = models.DateTimeField(null=True, blank=True)
    pilot = models.OneToOneField(Pilot, models.PROTECT, null=True, blank=True, related_name="introduction")
    result = models.CharField(max_length=8, blank=True)
    order = models.ForeignKey("exchange.Deal", models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    because = models.CharField(max_length=16, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["need", "offer"], condition=~Q(state__in=["declined", "ordered"]),
                                    name="one_live_introduction"),
            models.CheckConstraint(condition=~Q(state="declined") | ~Q(because=""), name="declined_says_why"),
            models.CheckConstraint(condition=~Q(state="ordered") | Q(order__isnull=False), name="ordered_by_a_deal"),
        ]
        indexes: ClassVar[list[Any]] = [models.Index(fields=["state"], name="introduction_state")]

    def __str__(self) -> str:
        return self.need.title


class Side(models.Model):
    """One side of an introduction and everything that takes both: its answer by ``due``, meeting, confidentiality, case card.

    ``urn`` is what clocks and notices of this side are about. ``consent`` is what it opened to the other.
    """

    introduction = models.ForeignKey(Introduction, models.CASCADE, related_name="sides")
    side = models.CharField(max_length=5)
    urn = models.CharField(max_length=100, unique=True)
    party = models.ForeignKey("parties.Party", models.PROTECT, related_name="+")
    person = models.ForeignKey("parties.Party", models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    due = models.DateField()
    answer = models.CharField(max_length=3, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    met_at = models.DateTimeField(null=True, blank=True)
    confidential_at = models.DateTimeField(null=True, blank=True)
    consent = models.ForeignKey("parties.Consent", models.PROTECT, null=True, blank=True, related_name="+")
    card_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [models.UniqueConstraint(fields=["introduction", "side"], name="two_sides_of_an_introduction")]


class Reading(models.Model):
    """One measurement of a pilot (试点读数), logged by one side and confirmed by the other."""

    pilot = models.ForeignKey(Pilot, models.CASCADE, related_name="readings")
    measure = models.CharField(max_length=100)
    value = models.DecimalField(max_digits=15, decimal_places=6)  # as many digits as SQLite keeps exactly
    unit = models.CharField(max_length=20, blank=True)
    day = models.DateField()
    note = models.CharField(max_length=500, blank=True)
    side = models.CharField(max_length=5)
    by = models.ForeignKey("parties.Party", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    confirmed_by = models.ForeignKey("parties.Party", models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["pilot", "measure", "day"], name="one_reading_a_day"),
        ]


class FollowUp(models.Model):
    """What came of a meeting 14, 30 or 90 days later, asked once of the need's side."""

    introduction = models.ForeignKey(Introduction, models.CASCADE, related_name="follow_ups")
    days = models.PositiveSmallIntegerField()
    urn = models.CharField(max_length=100, unique=True)
    asked_at = models.DateTimeField()
    outcome = models.CharField(max_length=12, blank=True)
    text = models.CharField(max_length=1000, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [models.UniqueConstraint(fields=["introduction", "days"], name="follow_up_asked_once")]


class CaseCard(models.Model):
    """The reusable story of a pilot (案例卡): shown to everybody only while both sides consent."""

    introduction = models.OneToOneField(Introduction, models.CASCADE, related_name="card")
    title = models.CharField(max_length=100)
    text = models.TextField(max_length=4000)
    written_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)
