"""Tables of talents (孵化人才): the pool, vacancies, practicums with what may be read and their assessments, credentials, placements."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from fuhua.schemes.words import ASSESSED_AS, ASSESSORS, JOINED_BY, LEAVINGS, ORIGINS

_LIVE = ("asked", "running", "reported", "passed")


class Talent(models.Model):
    """A person in the pool of incubation people (孵化人才库), or invited to it; ``origin`` is where they come from.

    ``record`` is what the person says of themselves; everything else of their record is derived. ``fields`` are codes of future fields,
    ``starts`` the day from which they can work. ``house`` invited them, ``application`` was awarded to them.
    """

    urn = models.CharField(max_length=100, unique=True)
    person = models.OneToOneField("parties.Party", models.PROTECT, related_name="+")
    state = models.CharField(max_length=8)
    origin = models.CharField(max_length=10)
    via = models.CharField(max_length=10)
    house = models.ForeignKey("parties.Party", models.PROTECT, null=True, blank=True, related_name="+")
    application = models.OneToOneField("schemes.Application", models.PROTECT, null=True, blank=True, related_name="+")
    fields = models.JSONField(default=list)
    record = models.TextField(max_length=4_000, blank=True)
    aim = models.CharField(max_length=200, blank=True)
    starts = models.DateField(null=True, blank=True)
    made_at = models.DateTimeField()
    joined_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(condition=~Q(state__in=["member", "left"]) | Q(joined_at__isnull=False), name="talent_joined_on_a_day"),
            models.CheckConstraint(condition=Q(via="award", application__isnull=False) | Q(via="invitation", house__isnull=False),
                                   name="talent_comes_by_award_or_house"),
            models.CheckConstraint(condition=Q(origin__in=list(ORIGINS), via__in=list(JOINED_BY)), name="talent_comes_from_somewhere"),
        ]
        indexes: ClassVar[list[Any]] = [models.Index(fields=["state", "origin"], name="talent_state")]

    def __str__(self) -> str:
        return self.person.name


class Vacancy(models.Model):
    """A post that an incubator wants to fill (岗位需求): ``count`` people from ``starts``; closed when ``closed_at`` is set."""

    urn = models.CharField(max_length=100, unique=True)
    house = models.ForeignKey("parties.Party", models.PROTECT, related_name="+")
    post = models.CharField(max_length=200)
    fields = models.JSONField(default=list)
    text = models.TextField(max_length=2_000, blank=True)
    starts = models.DateField()
    count = models.PositiveSmallIntegerField()
    posted_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [models.CheckConstraint(condition=Q(count__gt=0), name="vacancy_wants_somebody")]
        indexes: ClassVar[list[Any]] = [models.Index(fields=["closed_at", "-posted_at"], name="vacancy_open")]

    def __str__(self) -> str:
        return self.post


class Interest(models.Model):
    """A person of the pool is interested in a vacancy; ``consent`` lets its house read their record, as far as they gave it."""

    vacancy = models.ForeignKey(Vacancy, models.CASCADE, related_name="interests")
    talent = models.ForeignKey(Talent, models.PROTECT, related_name="interests")
    consent = models.ForeignKey("parties.Consent", models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[Any]] = [models.UniqueConstraint(fields=["vacancy", "talent"], name="interest_once")]

    def __str__(self) -> str:
        return f"{self.talent_id} {self.vacancy_id}"


class Practicum(models.Model):
    """A practicum (实训) of a talent at a venture that consents, led by a tutor of the host; ``tries`` is 1, or 2 when it is repeated.

    ``checked`` is the day on which no path of ties led from the trainee to the venture or the tutor. ``report`` is a document's digest.
    """

    urn = models.CharField(max_length=100, unique=True)
    number = models.CharField(max_length=40, unique=True)
    talent = models.ForeignKey(Talent, models.PROTECT, related_name="practicums")
    venture = models.ForeignKey("parties.Party", models.PROTECT, related_name="+")
    host = models.ForeignKey("parties.Party", models.PROTECT, related_name="+")
    tutor = models.ForeignKey("parties.Party", models.PROTECT, related_name="+")
    aim = models.CharField(max_length=500)
    starts = models.DateField()
    ends = models.DateField()
    tries = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=10, default="asked")
    because = models.CharField(max_length=16, blank=True)
    checked = models.DateField()
    report = models.CharField(max_length=64, blank=True)
    asked_at = models.DateTimeField()
    consented_at = models.DateTimeField(null=True, blank=True)
    reported_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["talent"], condition=Q(state__in=_LIVE), name="one_practicum_at_a_time"),
            models.UniqueConstraint(fields=["talent", "tries"], condition=~Q(state__in=["refused", "stopped"]), name="each_try_once"),
            models.CheckConstraint(condition=Q(tries__in=[1, 2]), name="practicum_repeated_once"),
            models.CheckConstraint(condition=Q(ends__gte=F("starts")), name="practicum_ends_after_it_starts"),
            models.CheckConstraint(condition=~Q(state__in=["reported", "passed", "certified", "failed"]) | ~Q(report=""),
                                   name="practicum_assessed_by_its_report"),
            models.CheckConstraint(condition=Q(state__in=["asked", "refused", "stopped"]) | Q(consented_at__isnull=False),
                                   name="practicum_runs_by_consent"),
        ]

    def __str__(self) -> str:
        return self.number


class Readable(models.Model):
    """One thing of the venture that the trainee may read during the practicum: the consent that opens it, and what it is called."""

    practicum = models.ForeignKey(Practicum, models.CASCADE, related_name="readables")
    consent = models.OneToOneField("parties.Consent", models.PROTECT, related_name="+")
    name = models.CharField(max_length=200, blank=True)  # of a document; blank for the venture's facts

    def __str__(self) -> str:
        return self.name


class Judgement(models.Model):
    """What one side says of a practicum; nobody but its writer reads it before both sides have said theirs (sealed)."""

    practicum = models.ForeignKey(Practicum, models.PROTECT, related_name="judgements")
    side = models.CharField(max_length=8)
    result = models.CharField(max_length=8)
    lacking = models.JSONField(default=list)
    note = models.TextField(max_length=2_000)
    person = models.ForeignKey("parties.Party", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["practicum", "side"], name="one_judgement_a_side"),
            models.CheckConstraint(condition=Q(side__in=list(ASSESSORS), result__in=list(ASSESSED_AS)), name="judgement_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.practicum_id} {self.side}"


class Credential(models.Model):
    """A numbered credential (实训合格证书): good through ``expires``; ``named`` when the person lets everybody see whose it is."""

    urn = models.CharField(max_length=100, unique=True)
    number = models.CharField(max_length=40, unique=True)
    talent = models.ForeignKey(Talent, models.PROTECT, related_name="credentials")
    practicum = models.OneToOneField(Practicum, models.PROTECT, related_name="credential")
    issuer = models.ForeignKey("parties.Party", models.PROTECT, related_name="+")
    issued = models.DateField()
    expires = models.DateField()
    document = models.CharField(max_length=64)
    digest = models.CharField(max_length=64, unique=True)  # of its fact
    named = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar[list[Any]] = [models.CheckConstraint(condition=Q(expires__gt=F("issued")), name="credential_holds_a_while")]

    def __str__(self) -> str:
        return self.number


class Placement(models.Model):
    """An incubator hires a credentialed person: the tie of employment, and the recheck twelve months after it began.

    ``employer_still`` and ``person_still`` are what the two sides answered then; ``because`` says on what the result rests.
    """

    urn = models.CharField(max_length=100, unique=True)
    talent = models.ForeignKey(Talent, models.PROTECT, related_name="placements")
    house = models.ForeignKey("parties.Party", models.PROTECT, related_name="+")
    tie = models.OneToOneField("parties.Tie", models.PROTECT, related_name="+")
    credential = models.ForeignKey(Credential, models.PROTECT, related_name="placements")
    post = models.CharField(max_length=200)
    state = models.CharField(max_length=8, default="proposed")
    offered_at = models.DateTimeField()
    recheck = models.DateField(null=True, blank=True)
    employer_still = models.BooleanField(null=True, blank=True)
    person_still = models.BooleanField(null=True, blank=True)
    reason = models.CharField(max_length=12, blank=True)
    because = models.CharField(max_length=12, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["talent", "house"], condition=Q(state__in=["proposed", "employed"]),
                                    name="one_placement_at_a_house"),
            models.CheckConstraint(condition=~Q(state="kept") | Q(employer_still=True, person_still=True),
                                   name="kept_is_confirmed_by_both"),
            models.CheckConstraint(condition=Q(state__in=["proposed", "lapsed"]) | Q(recheck__isnull=False), name="employed_is_rechecked"),
            models.CheckConstraint(condition=Q(reason="") | Q(reason__in=LEAVINGS), name="placement_ends_for_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.talent_id} {self.house_id}"
