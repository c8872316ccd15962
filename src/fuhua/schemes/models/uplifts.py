"""Tiered cultivation: appraisals of incubators line by line, plans of uplift with their tasks, warnings and appeals."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

_LIVE = ("draft", "proposed", "agreed", "measured")
_AGREED = ("agreed", "measured", "failed", "confirmed")


class Appraisal(models.Model):
    """An appraisal (测评) of an incubator by one assessor; ``score`` in parts per million, ``document`` the SHA-256 of its report.

    ``sort``: the first, whose gaps a plan is made of; the one after that plan (``uplift``); or one more upon an appeal.
    """

    urn = models.CharField(max_length=100, unique=True)
    number = models.CharField(max_length=40, unique=True)
    incubator = models.ForeignKey("parties.Party", models.PROTECT, related_name="+")
    issuer = models.ForeignKey("parties.Party", models.PROTECT, related_name="+")
    assessor = models.ForeignKey("parties.Party", models.PROTECT, related_name="+")
    uplift = models.ForeignKey("schemes.Uplift", models.PROTECT, null=True, blank=True, related_name="appraisals")
    sort = models.CharField(max_length=8)
    sheet = models.CharField(max_length=20)
    state = models.CharField(max_length=9, default="open")
    score = models.PositiveIntegerField(null=True, blank=True)
    text = models.TextField(max_length=2_000, blank=True)
    document = models.CharField(max_length=64, blank=True)
    opened_at = models.DateTimeField()
    concluded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["incubator"], condition=Q(state="open"), name="one_open_appraisal"),
            models.CheckConstraint(condition=Q(sort="first", uplift=None) | (~Q(sort="first") & Q(uplift__isnull=False)),
                                   name="later_appraisal_of_a_plan"),
            models.CheckConstraint(condition=Q(state="concluded", score__lte=1_000_000, concluded_at__isnull=False) & ~Q(document="")
                                   | (~Q(state="concluded") & Q(score=None, document="")), name="appraisal_concluded_with_a_score"),
        ]

    def __str__(self) -> str:
        return self.number


class AppraisalLine(models.Model):
    """A line: ``value`` is on record since ``day`` by a fact of that ``grade`` and ``digest`` (blank: the register or ties).

    ``own`` is what the assessor states beside it, with ``evidence`` (SHA-256) and, against a value on record, a coded ``reason``.
    """

    appraisal = models.ForeignKey(Appraisal, models.CASCADE, related_name="lines")
    code = models.CharField(max_length=12)
    place = models.PositiveSmallIntegerField()
    target = models.DecimalField(max_digits=15, decimal_places=2)
    weight = models.PositiveIntegerField()
    value = models.DecimalField(max_digits=15, decimal_places=2, null=True, blank=True)
    grade = models.PositiveSmallIntegerField(null=True, blank=True)
    day = models.DateField(null=True, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    own = models.DecimalField(max_digits=15, decimal_places=2, null=True, blank=True)
    reason = models.CharField(max_length=16, blank=True)
    evidence = models.CharField(max_length=64, blank=True)
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["appraisal", "code"], name="appraisal_line_once"),
            models.CheckConstraint(condition=Q(target__gt=0, weight__gt=0), name="appraisal_line_weighs"),
            models.CheckConstraint(condition=Q(own=None) | (~Q(evidence="") & (Q(value=None) | ~Q(reason=""))),
                                   name="own_value_has_grounds"),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def counted(self) -> Decimal | None:
        """What counts: what the assessor states, else what is on record."""
        return self.value if self.own is None else self.own


class Uplift(models.Model):
    """A plan of uplift (提升方案): made of the gaps of ``first``, coached by a benchmark incubator, measured after twelve months.

    ``delta`` are parts per million of the whole sheet between two appraisals. ``document`` is the plan's PDF by SHA-256.
    """

    urn = models.CharField(max_length=100, unique=True)
    number = models.CharField(max_length=40, unique=True)
    first = models.OneToOneField(Appraisal, models.PROTECT, related_name="plan")
    incubator = models.ForeignKey("parties.Party", models.PROTECT, related_name="+")
    issuer = models.ForeignKey("parties.Party", models.PROTECT, related_name="+")
    coach = models.ForeignKey("parties.Party", models.PROTECT, null=True, blank=True, related_name="+")
    state_owned = models.BooleanField(default=False)
    state = models.CharField(max_length=9, default="draft")
    coach_person = models.ForeignKey("parties.Party", models.PROTECT, null=True, blank=True, related_name="+")
    coached_person = models.ForeignKey("parties.Party", models.PROTECT, null=True, blank=True, related_name="+")
    agreed_on = models.DateField(null=True, blank=True)
    document = models.CharField(max_length=64, blank=True)
    delta = models.IntegerField(null=True, blank=True)
    coach_confirmed_at = models.DateTimeField(null=True, blank=True)
    coached_confirmed_at = models.DateTimeField(null=True, blank=True)
    because = models.CharField(max_length=12, blank=True)
    drafted_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["incubator"], condition=Q(state__in=_LIVE), name="one_live_uplift"),
            models.CheckConstraint(condition=Q(coach=None) | ~Q(coach=F("incubator")), name="nobody_coaches_itself"),
            models.CheckConstraint(condition=Q(coach_person=None) | Q(coached_person=None) | ~Q(coach_person=F("coached_person")),
                                   name="two_people_accept_a_pair"),
            models.CheckConstraint(
                condition=~Q(state__in=_AGREED) | (Q(coach__isnull=False, coach_person__isnull=False, coached_person__isnull=False,
                                                     agreed_on__isnull=False) & ~Q(document="")), name="agreed_uplift_has_both"),
            models.CheckConstraint(condition=Q(state__in=["draft", "proposed", "agreed", "ended"], delta=None)
                                   | Q(state="failed", delta__lte=0) | Q(state__in=["measured", "confirmed"], delta__gt=0),
                                   name="uplift_is_measured"),
            models.CheckConstraint(
                condition=~Q(state="confirmed") | Q(coach_confirmed_at__isnull=False, coached_confirmed_at__isnull=False),
                name="uplift_confirmed_by_both"),
            models.CheckConstraint(condition=~Q(state="ended") | ~Q(because=""), name="uplift_ends_with_a_reason"),
        ]

    def __str__(self) -> str:
        return self.number


class UpliftTask(models.Model):
    """A task of a plan: the gap ``line`` is closed by its ``owner`` by ``due``; reported with evidence, confirmed by the coach."""

    urn = models.CharField(max_length=100, unique=True)
    uplift = models.ForeignKey(Uplift, models.CASCADE, related_name="tasks")
    number = models.PositiveSmallIntegerField()
    line = models.CharField(max_length=12)
    title = models.CharField(max_length=200)
    owner = models.ForeignKey("parties.Party", models.PROTECT, related_name="+")
    due = models.DateField()
    state = models.CharField(max_length=9, default="due")
    report = models.TextField(max_length=2_000, blank=True)
    document = models.CharField(max_length=64, blank=True)
    reported_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=500, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["uplift", "number"], name="uplift_task_number_once"),
            models.CheckConstraint(condition=Q(state="due") | (Q(reported_at__isnull=False) & ~Q(document="")),
                                   name="uplift_task_reported_with_evidence"),
            models.CheckConstraint(condition=~Q(state="confirmed") | Q(confirmed_at__isnull=False), name="uplift_task_confirmed_once"),
        ]

    def __str__(self) -> str:
        return self.title


class ReformStep(models.Model):
    """An approval of the checklist for state-owned incubators, given on a day by the paper ``document``."""

    uplift = models.ForeignKey(Uplift, models.CASCADE, related_name="reform")
    code = models.CharField(max_length=12)
    done_on = models.DateField()
    document = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[Any]] = [models.UniqueConstraint(fields=["uplift", "code"], name="reform_step_once")]

    def __str__(self) -> str:
        return self.code


class UpliftWarning(models.Model):
    """The coached incubator was warned (预警); ``quarter`` is the end of the last quarter missed, or of the one of the measurement."""

    uplift = models.ForeignKey(Uplift, models.CASCADE, related_name="warnings")
    sort = models.CharField(max_length=8)
    quarter = models.DateField()
    missed = models.PositiveSmallIntegerField(default=0)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[Any]] = [models.UniqueConstraint(fields=["uplift", "sort", "quarter"], name="warned_once_a_quarter")]

    def __str__(self) -> str:
        return f"{self.uplift_id} {self.sort} {self.quarter}"


class Appeal(models.Model):
    """An appeal (申诉) against a warning, or against the assessment by which a tier was lowered; an independent ``reviewer`` decides.

    ``appraisal`` is the second measurement, when it is a measurement that is appealed against.
    """

    urn = models.CharField(max_length=100, unique=True)
    number = models.CharField(max_length=40, unique=True)
    warning = models.OneToOneField(UpliftWarning, models.PROTECT, null=True, blank=True, related_name="appeal")
    assessment = models.OneToOneField("schemes.Assessment", models.PROTECT, null=True, blank=True, related_name="appeal")
    party = models.ForeignKey("parties.Party", models.PROTECT, related_name="+")
    text = models.TextField(max_length=4_000)
    state = models.CharField(max_length=9, default="raised")
    reviewer = models.ForeignKey("parties.Party", models.PROTECT, null=True, blank=True, related_name="+")
    appraisal = models.OneToOneField(Appraisal, models.PROTECT, null=True, blank=True, related_name="appeal")
    answer = models.TextField(max_length=4_000, blank=True)
    document = models.CharField(max_length=64, blank=True)
    raised_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(condition=Q(warning=None, assessment__isnull=False) | Q(warning__isnull=False, assessment=None),
                                   name="appeal_is_against_one_thing"),
            models.CheckConstraint(condition=Q(state="raised") | Q(reviewer__isnull=False), name="appeal_has_a_reviewer"),
            models.CheckConstraint(condition=~Q(state__in=["upheld", "dismissed"]) | (Q(decided_at__isnull=False) & ~Q(document="")),
                                   name="appeal_decided_by_a_paper"),
        ]

    def __str__(self) -> str:
        return self.number
