"""Tables of parties: accounts, parties with their names, ties, consents and delegations."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.db import models
from django.db.models import F, Q

from fuhua.parties.words import NameKind, Office, Sort, TieKind, TieState


class Party(models.Model):
    """A person, a project or an organisation: one row each, ever; duplicates are merged, never deleted.

    ``urn`` is all that facts know of it. ``code`` is the unified social credit code (统一社会信用代码), blank
    where there is none. ``name`` repeats the current official name; a person's is blank once erased.
    """

    urn = models.CharField(max_length=100, unique=True)
    sort = models.CharField(max_length=16, choices=Sort)
    name = models.CharField(max_length=200, blank=True)
    code = models.CharField(max_length=18, blank=True)
    district = models.CharField(max_length=6, blank=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    erased_at = models.DateTimeField(null=True, blank=True)
    entered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["code"], condition=~Q(code="") & Q(merged_into=None), name="one_party_per_code"
            ),
            models.CheckConstraint(condition=Q(code="") | ~Q(sort="person"), name="people_have_no_credit_code"),
        ]
        indexes = [models.Index(fields=["sort", "district"], name="party_sort_district")]

    def __str__(self) -> str:
        return self.name or self.urn


class Name(models.Model):
    """One of an organisation's names: official, name-plate, short, English, now or once; ``key`` is for matching."""

    party = models.ForeignKey(Party, models.CASCADE, related_name="names")
    text = models.CharField(max_length=200)
    key = models.CharField(max_length=200, db_index=True)
    kind = models.CharField(max_length=10, choices=NameKind)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["party"], condition=Q(kind="official", until=None), name="one_official_name_now"
            ),
        ]


class Gram(models.Model):
    """A piece of an organisation's name by which :func:`queries.match` finds names written slightly otherwise."""

    text = models.CharField(max_length=12)
    name = models.ForeignKey(Name, models.CASCADE, related_name="grams", db_index=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["text", "name"], name="one_gram_per_name")]


class Account(AbstractBaseUser):
    """A named account with which one person signs in."""

    username = models.CharField(max_length=150, unique=True, validators=[UnicodeUsernameValidator()])
    email = models.EmailField(blank=True)
    party = models.OneToOneField(Party, models.PROTECT, related_name="account", null=True)
    is_active = models.BooleanField(default=True)
    acting = models.ForeignKey("Tie", models.SET_NULL, null=True, blank=True, related_name="+")
    password_until = models.DateTimeField(null=True, blank=True)  # a one-time password's end; null: their own password

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects: ClassVar[BaseUserManager[Account]] = BaseUserManager()


class Sent(models.Model):
    """A form that an account sent and where that led, so that sending it twice does it once; kept for some days."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="+")
    token = models.CharField(max_length=40)
    led_to = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "token"], name="one_form_sent_once")]


class Tie(models.Model):
    """A tie between two parties; for ``employs`` the source is the organisation and ``office`` the person's office."""

    kind = models.CharField(max_length=12, choices=TieKind)
    source = models.ForeignKey(Party, models.PROTECT, related_name="ties_out")
    target = models.ForeignKey(Party, models.PROTECT, related_name="ties_in")
    office = models.CharField(max_length=20, choices=Office, blank=True)
    state = models.CharField(max_length=10, choices=TieState)
    share = models.PositiveIntegerField(null=True, blank=True)  # parts per million, for owns and invests
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    proposed_for = models.ForeignKey(Party, models.PROTECT, related_name="+")  # the side that proposed it
    proposed_by = models.ForeignKey(Party, models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_by = models.ForeignKey(Party, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "source", "target", "office"], condition=~Q(state="ended"), name="one_live_tie"
            ),
            models.CheckConstraint(condition=~Q(source=F("target")), name="no_tie_with_oneself"),
            models.CheckConstraint(
                condition=Q(proposed_for=F("source")) | Q(proposed_for=F("target")), name="tie_proposed_by_a_side"
            ),
            models.CheckConstraint(condition=Q(share=None) | Q(share__lte=1_000_000), name="share_at_most_whole"),
        ]


class Consent(models.Model):
    """The giver lets the reader read one thing for one purpose until a day; every opening is logged."""

    giver = models.ForeignKey(Party, models.PROTECT, related_name="+")
    reader = models.ForeignKey(Party, models.PROTECT, related_name="+")
    thing = models.CharField(max_length=100)
    purpose = models.CharField(max_length=200)
    since = models.DateTimeField()
    expires = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(expires__gt=F("since")), name="consent_ends_after_it_begins")]


class Opening(models.Model):
    """Somebody read what a consent opened to them."""

    consent = models.ForeignKey(Consent, models.PROTECT, related_name="openings")
    by = models.ForeignKey(Party, models.PROTECT, related_name="+")
    at = models.DateTimeField()


class Apart(models.Model):
    """Somebody looked at two organisations that seem to be one and found that they are two; it can be undone."""

    first = models.ForeignKey(Party, models.PROTECT, related_name="+")  # the one with the smaller id
    second = models.ForeignKey(Party, models.PROTECT, related_name="+")
    reason = models.CharField(max_length=12)  # a key of words.APART
    by = models.ForeignKey(Party, models.PROTECT, null=True, blank=True, related_name="+")
    since = models.DateTimeField()
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["first", "second"], condition=Q(undone_at=None), name="one_pair_kept_apart_once"
            ),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="pair_kept_apart_in_order"),
        ]


class Delegation(models.Model):
    """One organisation lets another act for it in one scope, revocably (an operator files for a venture)."""

    giver = models.ForeignKey(Party, models.PROTECT, related_name="+")
    holder = models.ForeignKey(Party, models.PROTECT, related_name="+")
    scope = models.CharField(max_length=40)
    since = models.DateTimeField()
    expires = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
