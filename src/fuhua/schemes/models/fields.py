"""Tables of fields of the future and what grows in them: decisions about the list, members of a consortium, gold seeds and rechecks."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q


class FieldDecision(models.Model):
    """A decision of the theme committee (主题委员会) about one field of the list; each makes the next ``edition`` of it, from 2 on.

    ``code`` never changes its meaning. ``verb`` is of ``words.FIELD_VERBS``; ``zh`` and ``en`` are the name that holds from ``day``;
    ``into`` is where a merged field went, ``former`` the field that one newly entered follows. ``decided`` says who decided (the
    committee and its meeting), ``person`` is the officer who recorded it, ``brief`` the SHA-256 of the field brief.
    """

    edition = models.PositiveIntegerField(unique=True)
    code = models.CharField(max_length=24)
    verb = models.CharField(max_length=8)
    zh = models.CharField(max_length=60, blank=True)
    en = models.CharField(max_length=100, blank=True)
    into = models.CharField(max_length=24, blank=True)
    former = models.CharField(max_length=24, blank=True)
    day = models.DateField()
    why = models.TextField(max_length=2_000)
    decided = models.CharField(max_length=200)
    person = models.ForeignKey("parties.Party", models.PROTECT, related_name="+")
    brief = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(condition=Q(edition__gt=1), name="field_first_edition_is_given"),
            models.CheckConstraint(condition=~Q(why="") & ~Q(decided="") & ~Q(brief=""), name="field_decision_has_its_grounds"),
            models.CheckConstraint(condition=~Q(verb__in=["entered", "renamed"]) | (~Q(zh="") & ~Q(en="")),
                                   name="field_is_named_in_both_languages"),
            models.CheckConstraint(condition=(Q(verb="merged") & ~Q(into="") & ~Q(into=F("code"))) | (~Q(verb="merged") & Q(into="")),
                                   name="field_merges_into_another"),
        ]

    def __str__(self) -> str:
        return f"{self.edition} {self.code} {self.verb}"


class Member(models.Model):
    """An organisation that takes a ``part`` in the consortium (联合体) of an application; it confirms by itself, and once.

    ``document`` is the SHA-256 of the consortium agreement that it read when it confirmed.
    """

    application = models.ForeignKey("schemes.Application", models.CASCADE, related_name="members")
    party = models.ForeignKey("parties.Party", models.PROTECT, related_name="+")
    part = models.CharField(max_length=300)
    state = models.CharField(max_length=9, default="asked")
    document = models.CharField(max_length=64, blank=True)
    asked_at = models.DateTimeField()
    answered_by = models.ForeignKey("parties.Party", models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["application", "party"], name="member_once"),
            models.CheckConstraint(condition=Q(state="asked") | Q(answered_at__isnull=False), name="member_answered_at_a_time"),
            models.CheckConstraint(condition=~Q(state="confirmed") | ~Q(document=""), name="member_confirms_a_text"),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} {self.party.name}"


class GoldSeed(models.Model):
    """A gold seed (金种子) as the facts of its listing, rechecks and leaving say; it stays on the list's history after it left.

    ``due`` is the last day of the twelve months within which its entry rule is rechecked. ``issuer`` keeps the list, by the award that
    listed it; ``hearing`` is a day on which it is heard after it failed.
    """

    party = models.OneToOneField("parties.Party", models.PROTECT, related_name="+")
    application = models.ForeignKey("schemes.Application", models.PROTECT, null=True, blank=True, related_name="+")
    issuer = models.ForeignKey("parties.Party", models.PROTECT, null=True, blank=True, related_name="+")
    field = models.CharField(max_length=24)
    district = models.CharField(max_length=6, blank=True)
    since = models.DateField()
    due = models.DateField()
    state = models.CharField(max_length=6, default="listed")
    hearing = models.DateField(null=True, blank=True)
    left_on = models.DateField(null=True, blank=True)
    because = models.CharField(max_length=16, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(condition=Q(due__gt=F("since")), name="seed_is_rechecked_after_it_is_listed"),
            models.CheckConstraint(condition=(Q(state="left") & Q(left_on__isnull=False) & ~Q(because="")) | (
                ~Q(state="left") & Q(left_on=None) & Q(because="")), name="seed_leaves_for_a_reason"),
        ]
        indexes: ClassVar[list[Any]] = [models.Index(fields=["state", "due"], name="seed_state_due")]

    def __str__(self) -> str:
        return self.party.name


class SeedCheck(models.Model):
    """What was found when a gold seed was rechecked, or why it left: ``lines`` were prefilled from facts, {label, value, day, digest}."""

    seed = models.ForeignKey(GoldSeed, models.CASCADE, related_name="checks")
    result = models.CharField(max_length=16)
    lines = models.JSONField(default=list)
    why = models.TextField(max_length=2_000)
    heard = models.TextField(max_length=2_000, blank=True)
    person = models.ForeignKey("parties.Party", models.PROTECT, related_name="+")
    day = models.DateField()
    digest = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[Any]] = [models.CheckConstraint(condition=~Q(why=""), name="seed_check_says_why")]

    def __str__(self) -> str:
        return f"{self.seed_id} {self.result} {self.day}"
