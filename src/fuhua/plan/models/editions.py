"""Tables of plan editions: measures, responsible units, targets, doubts and every revision, held true by constraints."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from fuhua.parties.models import Party
from fuhua.plan.words import Op, Per, Role, Status, Trajectory, UnitGroup


class Edition(models.Model):
    """One edition of one programme's plan: what was read from the document, as corrected by officers.

    ``programme`` is the slug of the programme's first edition. ``version`` grows with every change and guards against
    two officers overwriting each other. ``source_text`` is the cleaned text in which every span of the items is an offset.
    """

    urn = models.CharField(max_length=100, unique=True)
    slug = models.SlugField(max_length=60, unique=True)
    programme = models.SlugField(max_length=60)
    title = models.CharField(max_length=200)
    city = models.CharField(max_length=40, blank=True)
    issued_by = models.CharField(max_length=300, blank=True)
    doc_number = models.CharField(max_length=60, blank=True)
    start = models.DateField(null=True, blank=True)
    end = models.DateField(null=True, blank=True)
    status = models.CharField(max_length=12, choices=Status, default=Status.DRAFT)
    version = models.PositiveIntegerField(default=1)
    source_name = models.CharField(max_length=200, blank=True)
    source_digest = models.CharField(max_length=64)
    source_text = models.TextField()
    predecessor = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="successors")
    coordinator = models.ForeignKey(Party, models.PROTECT, null=True, blank=True, related_name="+")
    imported_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)
    superseded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["programme"], condition=Q(status="published"),
                                    name="one_published_edition_per_programme"),
            models.UniqueConstraint(fields=["predecessor"], condition=Q(status__in=["published", "superseded"]),
                                    name="one_successor_per_edition"),
            models.UniqueConstraint(fields=["source_digest"], condition=~Q(status="discarded"), name="one_edition_per_document"),
            models.CheckConstraint(condition=Q(start=None) | Q(end=None) | Q(start__lte=F("end")), name="edition_ends_after_start"),
            models.CheckConstraint(condition=~Q(predecessor=F("id")), name="edition_not_its_own_predecessor"),
            models.CheckConstraint(condition=~Q(status__in=["published", "superseded"]) | ~Q(published_at=None),
                                   name="published_edition_has_day"),
        ]
        ordering: ClassVar[list[str]] = ["-imported_at"]

    def __str__(self) -> str:
        return self.title


class Reviewed(models.Model):
    """What every read item carries: its place in the text, how sure the reading was, and who looked at it.

    ``begin`` and ``end`` are offsets into the edition's source text, both 0 when the item has no place there.
    """

    begin = models.PositiveIntegerField(default=0)
    end = models.PositiveIntegerField(default=0)
    sure = models.BooleanField(default=True)
    why = models.CharField(max_length=300, blank=True)
    reviewed_at = models.DateTimeField(null=True, blank=True)
    reviewed_by = models.CharField(max_length=100, blank=True)

    class Meta:
        abstract = True


class Measure(Reviewed):
    """One measure (举措) of an edition.

    ``urn`` names the measure through its editions: when the next edition is published, a measure that lives on takes
    over the URN of the one it ``continues``, so tasks and facts about it go on. ``section`` is its headings, one a line.
    """

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="measures")
    urn = models.CharField(max_length=100)
    no = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=300)
    text = models.TextField(blank=True)
    section = models.TextField(blank=True)
    title_begin = models.PositiveIntegerField(default=0)
    title_end = models.PositiveIntegerField(default=0)
    continues = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="continued_by")

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["edition", "no"], name="one_measure_per_number"),
            models.UniqueConstraint(fields=["edition", "urn"], name="one_measure_per_urn"),
            models.UniqueConstraint(fields=["edition", "continues"], name="one_measure_continues_another"),
            models.CheckConstraint(condition=Q(no__gte=1), name="measures_count_from_one"),
            models.CheckConstraint(condition=Q(begin__lte=F("end")), name="measure_span_forward"),
        ]
        ordering: ClassVar[list[str]] = ["edition", "no"]

    def __str__(self) -> str:
        return f"{self.no} {self.title}"


class Responsibility(models.Model):
    """A unit responsible for a measure, as printed, and the organisation it was matched to.

    Exactly one of ``party`` and ``group`` is set once matched: 各区政府 is no organisation but a group of them.
    ``part`` is the clause of the measure the unit answers for; blank means the whole measure. Without ``role_printed``
    the text does not say who leads, and the first unit is taken to. ``everywhere`` marks a
    unit that the text makes responsible for every measure.
    """

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="responsibilities")
    party = models.ForeignKey(Party, models.PROTECT, null=True, blank=True, related_name="+")
    group = models.CharField(max_length=12, choices=UnitGroup, blank=True)
    printed = models.CharField(max_length=120)
    role = models.CharField(max_length=4, choices=Role, default=Role.CO)
    role_printed = models.BooleanField(default=False)
    order = models.PositiveSmallIntegerField()
    part = models.TextField(blank=True)
    everywhere = models.BooleanField(default=False)
    begin = models.PositiveIntegerField(default=0)
    end = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["measure", "order"], name="one_unit_per_place"),
            models.CheckConstraint(condition=Q(party=None) | Q(group=""), name="unit_is_party_or_group"),
            models.CheckConstraint(condition=~Q(printed=""), name="unit_has_printed_name"),
        ]
        ordering: ClassVar[list[str]] = ["measure", "order"]

    def __str__(self) -> str:
        return self.printed


class Target(Reviewed):
    """A numeric commitment; without a measure it is one of the overall goals.

    ``value`` and ``upper`` are in ``unit`` with 百/千/万/亿 expanded. ``indicator`` is the code of the indicator that
    counts it, with the version of its definition; the baseline is what had been reached on ``baseline_on``.
    """

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="targets")
    urn = models.CharField(max_length=100)
    measure = models.ForeignKey(Measure, models.CASCADE, null=True, blank=True, related_name="targets")
    metric = models.CharField(max_length=200)
    op = models.CharField(max_length=6, choices=Op, default=Op.EQ)
    value = models.DecimalField(max_digits=20, decimal_places=4)
    upper = models.DecimalField(max_digits=20, decimal_places=4, null=True, blank=True)
    unit = models.CharField(max_length=20, blank=True)
    deadline = models.DateField(null=True, blank=True)
    period = models.CharField(max_length=8, choices=Per, blank=True)
    quote = models.TextField(blank=True)
    indicator = models.CharField(max_length=16, blank=True)
    definition = models.CharField(max_length=16, blank=True)
    baseline_on = models.DateField(null=True, blank=True)
    baseline_value = models.DecimalField(max_digits=20, decimal_places=4, null=True, blank=True)
    baseline_note = models.CharField(max_length=300, blank=True)
    trajectory = models.CharField(max_length=10, choices=Trajectory, default=Trajectory.LINEAR)
    continues = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="continued_by")

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["edition", "urn"], name="one_target_per_urn"),
            models.CheckConstraint(condition=(Q(op="range") & Q(upper__gte=F("value"))) | (~Q(op="range") & Q(upper=None)),
                                   name="only_a_range_has_an_upper_end"),
            models.CheckConstraint(condition=(Q(indicator="") & Q(definition="")) | (~Q(indicator="") & ~Q(definition="")),
                                   name="indicator_has_definition"),
            models.CheckConstraint(condition=(Q(baseline_on=None) & Q(baseline_value=None))
                                   | (~Q(baseline_on=None) & ~Q(baseline_value=None)), name="baseline_has_day_and_value"),
            models.CheckConstraint(condition=Q(begin__lte=F("end")), name="target_span_forward"),
        ]
        ordering: ClassVar[list[str]] = ["edition", "measure__no", "begin", "id"]

    def __str__(self) -> str:
        return self.metric


class Doubt(models.Model):
    """A place the reading was unsure about; it stays open until an officer settles it and says how."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="doubts")
    code = models.CharField(max_length=40)
    zh = models.CharField(max_length=300)
    en = models.CharField(max_length=300)
    begin = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    decision = models.CharField(max_length=20, blank=True)
    decision_note = models.CharField(max_length=300, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.CharField(max_length=100, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(condition=(Q(decision="") & Q(settled_at=None)) | (~Q(decision="") & ~Q(settled_at=None)),
                                   name="settled_doubt_has_decision"),
        ]
        ordering: ClassVar[list[str]] = ["edition", "begin", "id"]


class Revision(models.Model):
    """One change of an edition: who did what when, and every row before and after, so that it can be undone.

    ``changes`` is a list of ``{"kind", "pk", "before", "after"}`` with the row's fields; before is null for an added
    row, after for a removed one. ``version`` is the edition's version that the change made.
    """

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="revisions")
    version = models.PositiveIntegerField()
    verb = models.CharField(max_length=16)
    changes = models.JSONField(default=list)
    by = models.CharField(max_length=100)
    at = models.DateTimeField()
    undoes = models.OneToOneField("self", models.CASCADE, null=True, blank=True, related_name="undone_by")

    class Meta:
        constraints: ClassVar[list[Any]] = [models.UniqueConstraint(fields=["edition", "version"], name="one_revision_per_version")]
        ordering: ClassVar[list[str]] = ["edition", "-version"]
