"""Tables of calls and what is handed in: applications, who writes them, gaps, attachments, the district's recommendation."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q


class Call(models.Model):
    """A call for applications (申报通知) of a kind, by an issuer, open from a moment until a moment.

    ``closes_at`` is exact to the second and included. ``budget`` (integer fen) and ``places`` bound what may be awarded. ``rules`` is what
    the kind said when the call was published: rubric and panel rule, so that a later change of the kind leaves the round alone.
    ``edition`` is the slug of the plan's edition it belongs to. ``number`` and ``seed`` are given when it is published; ``seal`` is the
    digest of the seed, shown from then on, and the seed is told before the draw. ``because`` is why it was cancelled, by code.
    """

    urn = models.CharField(max_length=100, unique=True)
    number = models.CharField(max_length=40, null=True, blank=True, unique=True)
    kind = models.CharField(max_length=24)
    title = models.CharField(max_length=200)
    text = models.TextField(max_length=20_000, blank=True)
    issuer = models.ForeignKey("parties.Party", models.PROTECT, related_name="+")
    edition = models.CharField(max_length=60, blank=True)
    themes = models.JSONField(default=list)
    district = models.CharField(max_length=6, blank=True)
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    places = models.PositiveIntegerField(null=True, blank=True)
    budget = models.BigIntegerField(null=True, blank=True)
    rules = models.JSONField(default=dict)
    seed = models.CharField(max_length=64, blank=True)
    seal = models.CharField(max_length=64, blank=True)
    document = models.CharField(max_length=64, blank=True)
    state = models.CharField(max_length=10, default="draft")
    because = models.CharField(max_length=16, blank=True)
    made_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(condition=Q(closes_at__gt=F("opens_at")), name="call_closes_after_it_opens"),
            models.CheckConstraint(condition=Q(budget=None) | Q(budget__gt=0), name="call_budget_is_positive"),
            models.CheckConstraint(condition=Q(state__in=["draft", "cancelled"]) | Q(number__isnull=False),
                                   name="call_published_has_a_number"),
        ]
        indexes: ClassVar[list[Any]] = [models.Index(fields=["state", "closes_at"], name="call_state_closes")]

    def __str__(self) -> str:
        return self.title


class Application(models.Model):
    """An application (申报书) of one organisation, person or project to a call.

    ``values`` are the answers as stored values by name; ``known`` what was prefilled: name → {value, digest, grade, day, says}, where
    ``says`` is ``confirmed`` or ``contested`` by the applicant. ``version`` grows with every save and guards two who write at once.
    ``because`` are the codes of the clauses it failed. ``digest`` is the SHA-256 of what was handed in.
    """

    urn = models.CharField(max_length=100, unique=True)
    number = models.CharField(max_length=40, null=True, blank=True, unique=True)
    call = models.ForeignKey(Call, models.PROTECT, related_name="applications")
    applicant = models.ForeignKey("parties.Party", models.PROTECT, related_name="+")
    lead = models.ForeignKey("parties.Party", models.PROTECT, related_name="+")
    title = models.CharField(max_length=200, blank=True)
    values = models.JSONField(default=dict)
    known = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)
    state = models.CharField(max_length=10, default="draft")
    because = models.JSONField(default=list)
    begun_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    digest = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["call", "applicant"], condition=~Q(state="withdrawn"), name="one_application_per_call"),
            models.CheckConstraint(condition=Q(state__in=["draft", "withdrawn"]) | Q(submitted_at__isnull=False, number__isnull=False),
                                   name="application_handed_in_has_a_number"),
        ]
        indexes: ClassVar[list[Any]] = [models.Index(fields=["call", "state"], name="application_call_state")]

    def __str__(self) -> str:
        return self.title or self.urn


class Coauthor(models.Model):
    """A person who may write the application beside its lead."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="coauthors")
    person = models.ForeignKey("parties.Party", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[Any]] = [models.UniqueConstraint(fields=["application", "person"], name="coauthor_once")]

    def __str__(self) -> str:
        return self.person.name


class Attachment(models.Model):
    """A document handed in with an application, under the code of the kind's evidence, by its digest."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="attachments")
    code = models.CharField(max_length=24)
    name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[Any]] = [models.UniqueConstraint(fields=["application", "code", "digest"], name="attachment_once")]

    def __str__(self) -> str:
        return self.name


class Gap(models.Model):
    """One thing that the application lacks (补正事项), told once in one list; ``name`` is the question or evidence it is about."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="gaps")
    name = models.CharField(max_length=40)
    text = models.CharField(max_length=500)
    asked_at = models.DateTimeField()
    due = models.DateField()
    mended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [models.UniqueConstraint(fields=["application", "name"], name="gap_once")]

    def __str__(self) -> str:
        return self.text


class Recommendation(models.Model):
    """The district's letter (区推荐函): it recommends the application and commits so much of its own money (配套承诺), integer fen."""

    application = models.OneToOneField(Application, models.CASCADE, related_name="recommendation")
    district = models.ForeignKey("parties.Party", models.PROTECT, related_name="+")
    matched = models.BigIntegerField()
    day = models.DateField()
    letter = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[Any]] = [models.CheckConstraint(condition=Q(matched__gte=0), name="match_is_no_debt")]

    def __str__(self) -> str:
        return f"{self.district.name} {self.matched}"
