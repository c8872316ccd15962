"""Tables of agreements: the agreement with its milestones, changes and stewards."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q


class Agreement(models.Model):
    """A task agreement (任务书) that follows an award, between the issuer and the awarded ``party``; money in integer fen.

    ``steward`` serves the project, ``verifier`` judges its milestones; they are never the same person. ``terms`` are further clauses by
    code. ``document`` is the SHA-256 of the agreement's PDF, ``sealed`` of the signed one.
    """

    urn = models.CharField(max_length=100, unique=True)
    number = models.CharField(max_length=40, unique=True)
    application = models.OneToOneField("schemes.Application", models.PROTECT, related_name="agreement")
    party = models.ForeignKey("parties.Party", models.PROTECT, related_name="+")
    issuer = models.ForeignKey("parties.Party", models.PROTECT, related_name="+")
    district = models.ForeignKey("parties.Party", models.PROTECT, null=True, blank=True, related_name="+")
    steward = models.ForeignKey("parties.Party", models.PROTECT, null=True, blank=True, related_name="+")
    verifier = models.ForeignKey("parties.Party", models.PROTECT, null=True, blank=True, related_name="+")
    city_amount = models.BigIntegerField(default=0)
    district_amount = models.BigIntegerField(default=0)
    terms = models.JSONField(default=dict)
    starts = models.DateField()
    ends = models.DateField()
    state = models.CharField(max_length=8, default="draft")
    document = models.CharField(max_length=64, blank=True)
    sealed = models.CharField(max_length=64, blank=True)
    party_signed_at = models.DateTimeField(null=True, blank=True)
    issuer_signed_at = models.DateTimeField(null=True, blank=True)
    drawn_at = models.DateTimeField()
    signed_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    because = models.CharField(max_length=16, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(condition=Q(city_amount__gte=0, district_amount__gte=0), name="grant_is_no_debt"),
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="agreement_runs_forward"),
            models.CheckConstraint(condition=Q(steward=None) | Q(verifier=None) | ~Q(steward=F("verifier")),
                                   name="verifier_is_not_steward"),
            models.CheckConstraint(condition=~Q(state="ended") | ~Q(because=""), name="agreement_ends_with_a_reason"),
        ]

    def __str__(self) -> str:
        return self.number


class Milestone(models.Model):
    """A milestone (里程碑) agreed at signing: ``measure`` of ``least`` by ``due``; ``evidence`` is the list of documents fixed then.

    ``weight`` are parts per million of what milestones pay; ``share`` the part that was reached, in parts per million.
    """

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="milestones")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    measure = models.CharField(max_length=24)
    least = models.BigIntegerField()
    evidence = models.JSONField(default=list)
    weight = models.PositiveIntegerField(default=0)
    due = models.DateField()
    state = models.CharField(max_length=8, default="due")
    reached = models.BigIntegerField(null=True, blank=True)
    share = models.PositiveIntegerField(null=True, blank=True)
    documents = models.JSONField(default=list)
    note = models.TextField(max_length=2_000, blank=True)
    claimed_at = models.DateTimeField(null=True, blank=True)
    judged_by = models.ForeignKey("parties.Party", models.PROTECT, null=True, blank=True, related_name="+")
    judged_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["agreement", "number"], name="milestone_number_once"),
            models.CheckConstraint(condition=Q(weight__lte=1_000_000), name="milestone_weight_at_most_whole"),
            models.CheckConstraint(condition=Q(share=None) | Q(share__lte=1_000_000), name="milestone_share_at_most_whole"),
        ]

    def __str__(self) -> str:
        return self.title


class Change(models.Model):
    """A change request (变更申请): a pivot, an extension or other terms, from ``before`` to ``after``; never a breach by itself."""

    urn = models.CharField(max_length=100, unique=True)
    number = models.CharField(max_length=40, unique=True)
    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="changes")
    milestone = models.ForeignKey(Milestone, models.PROTECT, null=True, blank=True, related_name="changes")
    sort = models.CharField(max_length=12)
    text = models.TextField(max_length=4_000)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    state = models.CharField(max_length=9, default="asked")
    answer = models.TextField(max_length=2_000, blank=True)
    document = models.CharField(max_length=64, blank=True)
    asked_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["agreement"], condition=Q(state="asked"), name="one_change_at_a_time"),
        ]

    def __str__(self) -> str:
        return self.number


class Handover(models.Model):
    """The steward of a project changed (管家交接), or another stands in ``until`` a day."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="handovers")
    former = models.ForeignKey("parties.Party", models.PROTECT, null=True, blank=True, related_name="+")
    steward = models.ForeignKey("parties.Party", models.PROTECT, related_name="+")
    why = models.CharField(max_length=300, blank=True)
    until = models.DateField(null=True, blank=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.agreement} {self.steward}"
