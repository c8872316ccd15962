"""Tables of agreements: the agreement with its milestones, changes and stewards."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q


class Agreement(models.Model):
    """A task agreement (任务书) that follows an award, between the issuer and the awarded ``party``; money in integer fen.

    ``steward`` serves the project, ``verifier`` judges its milestones; they are never the same person. ``terms`` are further clauses by
    code. ``venture`` is the company that what was proven became, when that is another than the ``party``. ``document`` is the SHA-256 of
    the agreement's PDF, ``sealed`` of the signed one. ``former`` is the agreement it renews.
    """

    urn = models.CharField(max_length=100, unique=True)
    number = models.CharField(max_length=40, unique=True)
    application = models.ForeignKey("schemes.Application", models.PROTECT, related_name="agreements")
    former = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="renewal")
    party = models.ForeignKey("parties.Party", models.PROTECT, related_name="+")
    issuer = models.ForeignKey("parties.Party", models.PROTECT, related_name="+")
    district = models.ForeignKey("parties.Party", models.PROTECT, null=True, blank=True, related_name="+")
    steward = models.ForeignKey("parties.Party", models.PROTECT, null=True, blank=True, related_name="+")
    verifier = models.ForeignKey("parties.Party", models.PROTECT, null=True, blank=True, related_name="+")
    venture = models.ForeignKey("parties.Party", models.PROTECT, null=True, blank=True, related_name="+")
    city_amount = models.BigIntegerField(default=0)
    district_amount = models.BigIntegerField(default=0)
    terms = models.JSONField(default=dict)
    starts = models.DateField()
    ends = models.DateField()
    state = models.CharField(max_length=8, default="draft")
    document = models.CharField(max_length=64, blank=True)
    sealed = models.CharField(max_length=64, blank=True)
    party_signer = models.ForeignKey("parties.Party", models.PROTECT, null=True, blank=True, related_name="+")
    issuer_signer = models.ForeignKey("parties.Party", models.PROTECT, null=True, blank=True, related_name="+")
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
            models.CheckConstraint(condition=Q(venture=None) | Q(signed_at__isnull=False), name="grant_passed_on_was_signed"),
            models.CheckConstraint(condition=~Q(state__in=["signed", "finished", "renewed"]) | Q(signed_at__isnull=False),
                                   name="agreement_in_force_was_signed"),
            models.UniqueConstraint(  # a draft that was given up makes room; what was signed and ended does not
                fields=["application"], condition=~Q(state="renewed") & (~Q(state="ended") | Q(signed_at__isnull=False)),
                name="one_agreement_per_award"),
        ]

    def __str__(self) -> str:
        return self.number


class Milestone(models.Model):
    """A milestone (里程碑) agreed at signing: ``measure`` of ``least`` by ``due``; ``evidence`` is the list of documents fixed then.

    ``role`` is the code of the kind's milestone type that it is, blank for one of its own.

    ``weight`` are parts per million of what milestones pay; ``share`` the part that was reached, in parts per million, rounded down (what
    is paid is reckoned from the exact fraction). ``claimed`` is what the party says was reached, ``counted`` what facts said when it was
    judged, by the digests ``facts``. ``documents`` are {name, digest}, one for each line of ``evidence``. ``promised`` is the first due day
    of one that was deferred.
    """

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="milestones")
    number = models.PositiveSmallIntegerField()
    role = models.CharField(max_length=24, blank=True)
    title = models.CharField(max_length=200)
    measure = models.CharField(max_length=24)
    least = models.BigIntegerField()
    evidence = models.JSONField(default=list)
    weight = models.PositiveIntegerField(default=0)
    due = models.DateField()
    promised = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=8, default="due")
    claimed = models.BigIntegerField(null=True, blank=True)
    counted = models.BigIntegerField(null=True, blank=True)
    facts = models.JSONField(default=list)
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
            models.CheckConstraint(condition=Q(least__gt=0), name="milestone_wants_something"),
        ]

    def __str__(self) -> str:
        return self.title


class Change(models.Model):
    """A change request (变更申请): a pivot, an extension or other terms, from ``before`` to ``after``; never a breach by itself.

    ``pivot`` is what a change of direction touches (``words.PIVOTS``), where the agreement names what may be.
    """

    urn = models.CharField(max_length=100, unique=True)
    number = models.CharField(max_length=40, unique=True)
    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="changes")
    milestone = models.ForeignKey(Milestone, models.PROTECT, null=True, blank=True, related_name="changes")
    sort = models.CharField(max_length=12)
    pivot = models.CharField(max_length=12, blank=True)
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
            models.CheckConstraint(condition=Q(pivot="") | Q(sort="pivot"), name="only_a_pivot_touches_the_direction"),
        ]

    def __str__(self) -> str:
        return self.number


class Handover(models.Model):
    """The steward of a project changed (管家交接), or another stands in ``until`` a day, included; ``returned_at``: the cover is over."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="handovers")
    former = models.ForeignKey("parties.Party", models.PROTECT, null=True, blank=True, related_name="+")
    steward = models.ForeignKey("parties.Party", models.PROTECT, related_name="+")
    why = models.CharField(max_length=300, blank=True)
    until = models.DateField(null=True, blank=True)
    returned_at = models.DateTimeField(null=True, blank=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.agreement} {self.steward}"


class Paper(models.Model):
    """A numbered paper of an agreement (文书) by its digest; ``about`` names what it is about, such as ``milestone 2``."""

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="papers")
    sort = models.CharField(max_length=16)
    number = models.CharField(max_length=40)
    version = models.PositiveSmallIntegerField(default=1)
    about = models.CharField(max_length=40, blank=True)
    document = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[Any]] = [models.UniqueConstraint(fields=["number", "version"], name="paper_number_once")]

    def __str__(self) -> str:
        return self.number


class Assessment(models.Model):
    """A yearly assessment (年度评估) of an agreement: ``lines`` are prefilled from facts, {code, wanted, counted, share, digests}.

    ``result`` is kept, warned, raised or lowered; ``hearing`` the day on which the party was heard before it was lowered.
    """

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="assessments")
    year = models.PositiveSmallIntegerField()
    lines = models.JSONField(default=list)
    missed = models.PositiveSmallIntegerField(default=0)
    share = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=8, default="open")
    result = models.CharField(max_length=8, blank=True)
    tier = models.CharField(max_length=12, blank=True)
    hearing = models.DateField(null=True, blank=True)
    heard = models.TextField(max_length=4_000, blank=True)
    text = models.TextField(max_length=2_000, blank=True)
    document = models.CharField(max_length=64, blank=True)
    opened_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["agreement", "year"], name="assessment_once_a_year"),
            models.CheckConstraint(condition=~Q(result="lowered") | Q(hearing__isnull=False), name="demotion_after_a_hearing"),
        ]

    def __str__(self) -> str:
        return f"{self.agreement_id} {self.year}"


class Conversion(models.Model):
    """The grant became equity (转股) by the rule in the agreement's terms: so much of the venture for so many fen, to the ``holder``.

    ``share`` is the exact fraction after conversion as ``numerator`` and ``denominator`` in lowest terms, written in digits. ``appraised``
    fen is what an appraisal found, ``filing`` the number under which it is on record (评估备案), ``appraisal`` its document.
    """

    agreement = models.OneToOneField(Agreement, models.PROTECT, related_name="conversion")
    holder = models.ForeignKey("parties.Party", models.PROTECT, related_name="+")
    venture = models.ForeignKey("parties.Party", models.PROTECT, related_name="+")
    amount = models.BigIntegerField()
    valuation = models.BigIntegerField()
    numerator = models.CharField(max_length=40)
    denominator = models.CharField(max_length=40)
    day = models.DateField()
    appraised = models.BigIntegerField(null=True, blank=True)
    filing = models.CharField(max_length=60, blank=True)
    appraisal = models.CharField(max_length=64, blank=True)
    document = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(condition=Q(amount__gt=0, valuation__gt=0), name="conversion_is_of_something"),
            models.CheckConstraint(condition=Q(appraised=None, filing="", appraisal="")
                                   | (Q(appraised__gt=0) & ~Q(filing="") & ~Q(appraisal="")), name="appraisal_is_whole"),
        ]

    def __str__(self) -> str:
        return f"{self.agreement_id} {self.numerator}/{self.denominator}"
