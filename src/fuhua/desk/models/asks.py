"""Tables of asks: the ask itself, the parts of co-units, the entries of its thread, and numbering series."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from fuhua.desk.models.titled import Titled
from fuhua.desk.words import ANSWERS, BECAUSE, AskState


class Series(models.Model):
    """A gap-free numbering series, such as the supervision orders of a year."""

    name = models.CharField(max_length=60, primary_key=True)
    last = models.PositiveIntegerField(default=0)


class Ask(Titled):
    """Something somebody asks of an organisation.

    ``asked`` is the organisation first asked and stays responsible; ``handler`` works on it now; ``owner`` is the
    person who took it on. ``issuer``, ``order_year`` and ``order_no`` belong to a supervision order (督办单).
    ``about`` is the URN of the thing it concerns and ``about_url`` its page. ``clock`` is the one that runs, or ran last.
    """

    urn = models.CharField(max_length=100, unique=True)
    kind = models.CharField(max_length=30)
    body = models.TextField(max_length=4000, blank=True)
    asker = models.ForeignKey("parties.Party", models.PROTECT, related_name="+")
    asker_for = models.ForeignKey("parties.Party", models.PROTECT, null=True, blank=True, related_name="+")
    asked = models.ForeignKey("parties.Party", models.PROTECT, related_name="+")
    handler = models.ForeignKey("parties.Party", models.PROTECT, related_name="+")
    owner = models.ForeignKey("parties.Party", models.PROTECT, null=True, blank=True, related_name="+")
    waiting_on = models.ForeignKey("parties.Party", models.PROTECT, null=True, blank=True, related_name="+")
    issuer = models.ForeignKey("parties.Party", models.PROTECT, null=True, blank=True, related_name="+")
    order_year = models.PositiveSmallIntegerField(null=True, blank=True)
    order_no = models.PositiveIntegerField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=AskState, default=AskState.ASKED)
    answer = models.CharField(max_length=12, blank=True, choices=[(code, code) for code in ANSWERS])
    because = models.CharField(max_length=20, blank=True, choices=[(code, code) for code in BECAUSE])
    about = models.CharField(max_length=100, blank=True)
    about_url = models.CharField(max_length=200, blank=True)
    asked_at = models.DateTimeField()
    promised = models.DateField()
    closed_at = models.DateTimeField(null=True, blank=True)
    clock = models.ForeignKey("desk.Clock", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["order_year", "order_no"], name="one_order_per_number"),
            models.CheckConstraint(condition=Q(order_no=None) | Q(issuer__isnull=False), name="order_has_an_issuer"),
            models.CheckConstraint(condition=Q(waiting_on=None) | Q(state="waiting"), name="waits_only_while_waiting"),
            models.CheckConstraint(condition=~Q(state="waiting") | Q(waiting_on__isnull=False), name="waits_on_somebody"),
            models.CheckConstraint(condition=~Q(answer="cannot") | ~Q(because=""), name="cannot_says_why"),
            models.CheckConstraint(condition=~Q(state__in=["owned", "waiting", "answered"]) | Q(owner__isnull=False),
                                   name="work_has_an_owner"),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["handler", "state"], name="ask_handler_state"),
            models.Index(fields=["about"], name="ask_about"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def number(self) -> str:
        """The order's number as printed (督办〔2026〕3号), or nothing."""
        return f"督办〔{self.order_year}〕{self.order_no}号" if self.order_no else ""

    @property
    def waits_on_asker(self) -> bool:
        """Whether the one waited for is the asker, so that the clock stands still."""
        return self.waiting_on_id is not None and self.waiting_on_id in (self.asker_id, self.asker_for_id)


class Part(models.Model):
    """The part of an ask that one co-unit answers for, and only that unit may confirm."""

    ask = models.ForeignKey(Ask, models.CASCADE, related_name="parts")
    organisation = models.ForeignKey("parties.Party", models.PROTECT, related_name="+")
    note = models.CharField(max_length=1000, blank=True)
    confirmed_by = models.ForeignKey("parties.Party", models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [models.UniqueConstraint(fields=["ask", "organisation"], name="one_part_per_unit")]


class Entry(models.Model):
    """One line of an ask's thread: who did what when, in their words."""

    ask = models.ForeignKey(Ask, models.CASCADE, related_name="entries")
    at = models.DateTimeField()
    by = models.CharField(max_length=100)
    verb = models.CharField(max_length=16)
    text = models.TextField(max_length=4000, blank=True)
    fact = models.CharField(max_length=64)
