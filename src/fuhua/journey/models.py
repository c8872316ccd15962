"""Tables of journeys: stays and landing cases for their constraints, policy standings and numbers for quick answers."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from fuhua.journey.words import STAYS
from fuhua.policy.words import VERDICTS


class Stay(models.Model):
    """A venture's stay of a kind at a host; at most one of a kind is open at one host. ``digest`` is its fact."""

    venture = models.CharField(max_length=100)
    host = models.CharField(max_length=100)
    kind = models.CharField(max_length=16, choices=[(code, label.en) for code, label in STAYS.items()])
    district = models.CharField(max_length=6, blank=True)
    began = models.DateField()
    ended = models.DateField(null=True, blank=True)
    digest = models.CharField(max_length=64, unique=True)
    end_digest = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["venture", "host", "kind"], condition=Q(ended=None), name="one_open_stay"),
            models.CheckConstraint(
                condition=Q(ended=None) | Q(ended__gte=F("began")), name="stay_ends_after_it_begins"
            ),
        ]
        indexes = [
            models.Index(fields=["host", "ended"], name="stay_host"),
            models.Index(fields=["venture"], name="stay_venture"),
        ]


class Landing(models.Model):
    """A landing case: a person, or their project, is in one case only, so that neither is counted twice."""

    urn = models.CharField(max_length=100, unique=True)
    person = models.CharField(max_length=100, blank=True)
    project = models.CharField(max_length=100, blank=True)
    digest = models.CharField(max_length=64, unique=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=~Q(person=""), name="one_landing_per_person"),
            models.UniqueConstraint(fields=["project"], condition=~Q(project=""), name="one_landing_per_project"),
        ]


class Standing(models.Model):
    """The latest verdict of a policy rule for a subject; ``digest`` is its fact, ``worth`` fen a year (null: not told).

    ``judged`` is the last day on which it was found to hold.
    """

    subject = models.CharField(max_length=100)
    rule = models.CharField(max_length=40)
    edition = models.CharField(max_length=20, blank=True)
    answer = models.CharField(max_length=16, choices=[(code, label.en) for code, label in VERDICTS.items()])
    level = models.CharField(max_length=30, blank=True)
    worth = models.BigIntegerField(null=True, blank=True)
    seen = models.CharField(max_length=64)
    digest = models.CharField(max_length=64, unique=True)
    judged = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subject", "rule"], name="one_standing_per_rule")]
        indexes = [
            models.Index(fields=["rule", "answer"], name="standing_rule"),
            models.Index(fields=["judged"], name="standing_judged"),
        ]


class PolicyNumber(models.Model):
    """A number that an officer set for rules, from a day on, in millionths of the unit that its rule declares."""

    key = models.CharField(max_length=80)
    since = models.DateField()
    millionths = models.BigIntegerField()
    digest = models.CharField(max_length=64, unique=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "since"], name="one_policy_number_per_day")]
