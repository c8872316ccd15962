"""Tables of journeys: stays and landings for their constraints, camps and landing cases, policy standings and numbers."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from fuhua.journey.words import ACTIVITY, CASE_STATES, LANDING_MONTHS, LIVE, STAYS, STEPS
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


class Camp(models.Model):
    """The cross-border camp of a call: ``host`` holds its sessions and vouches for who came."""

    call = models.OneToOneField("schemes.Call", models.PROTECT, related_name="+")
    host = models.ForeignKey("parties.Party", models.PROTECT, related_name="+")


class CampDesk(models.Model):
    """The organisation that is asked for a step of landing by everybody of the camp; a step without one is asked of the call's issuer."""

    camp = models.ForeignKey(Camp, models.CASCADE, related_name="desks")
    step = models.CharField(max_length=20, choices=[(code, label.en) for code, label in STEPS.items()])
    organisation = models.ForeignKey("parties.Party", models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["camp", "step"], name="one_desk_per_step")]


class CampSession(models.Model):
    """One session of a camp's curriculum, in Chinese and English; ``link`` is where it is held online."""

    camp = models.ForeignKey(Camp, models.CASCADE, related_name="sessions")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    english = models.CharField(max_length=200)
    starts = models.DateTimeField()
    place = models.CharField(max_length=200, blank=True)
    link = models.URLField(max_length=300, blank=True)
    host = models.ForeignKey("parties.Party", models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["camp", "number"], name="one_session_per_number"),
            models.CheckConstraint(condition=~Q(place="") | ~Q(link=""), name="session_is_somewhere"),
        ]


class LandingCase(models.Model):
    """The landing of whoever a camp awarded: a person, their project, or both, in one live case only.

    ``urn`` is the subject of its facts. ``due`` is the last day on which ``open`` becomes a landing, or a provisional landing is found
    active; ``entity`` what they registered. ``because`` says why it lapsed, ``instead`` which case it turned out to be.
    """

    urn = models.CharField(max_length=100, unique=True)
    application = models.OneToOneField("schemes.Application", models.PROTECT, related_name="+")
    person = models.ForeignKey("parties.Party", models.PROTECT, null=True, blank=True, related_name="+")
    project = models.ForeignKey("parties.Party", models.PROTECT, null=True, blank=True, related_name="+")
    owner = models.ForeignKey("parties.Party", models.PROTECT, null=True, blank=True, related_name="+")
    host = models.ForeignKey("parties.Party", models.PROTECT, null=True, blank=True, related_name="+")
    entity = models.ForeignKey("parties.Party", models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=12, default="open", choices=[(code, label.en) for code, label in CASE_STATES.items()])
    opened_at = models.DateTimeField()
    due = models.DateField()
    warned_at = models.DateTimeField(null=True, blank=True)
    landed = models.DateField(null=True, blank=True)
    completed_at = models.DateTimeField(null=True, blank=True)
    because = models.CharField(max_length=16, blank=True)
    instead = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=Q(state__in=LIVE), name="one_live_case_per_person"),
            models.UniqueConstraint(fields=["project"], condition=Q(state__in=LIVE), name="one_live_case_per_project"),
            models.CheckConstraint(condition=Q(person__isnull=False) | Q(project__isnull=False), name="case_of_somebody"),
            models.CheckConstraint(
                condition=~Q(state__in=["provisional", "active"]) | Q(entity__isnull=False, host__isnull=False, landed__isnull=False),
                name="landed_with_an_entity",
            ),
            models.CheckConstraint(condition=~Q(state="lapsed") | ~Q(because=""), name="lapsed_for_a_reason"),
        ]
        indexes = [models.Index(fields=["state", "due"], name="case_state_due")]


class Attendance(models.Model):
    """Who said that a case came to a session: the project, the host, or both."""

    case = models.ForeignKey(LandingCase, models.CASCADE, related_name="attendances")
    session = models.ForeignKey(CampSession, models.PROTECT, related_name="attendances")
    project_at = models.DateTimeField(null=True, blank=True)
    host_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "session"], name="attended_once"),
            models.CheckConstraint(condition=Q(project_at__isnull=False) | Q(host_at__isnull=False), name="attendance_is_said"),
        ]


class Passport(models.Model):
    """Passport data of a case's person, locked (:mod:`fuhua.kernel.locked`), for the owner of the case; once erased nothing is left."""

    case = models.OneToOneField(LandingCase, models.CASCADE, related_name="passport")
    locked = models.TextField(blank=True)
    kept_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(erased_at=None) & ~Q(locked="") | Q(erased_at__isnull=False, locked=""), name="passport_kept_or_erased"
            ),
        ]


class Activity(models.Model):
    """What a landed side shows of its activity at a month, by a paper, and when its host confirmed it."""

    case = models.ForeignKey(LandingCase, models.CASCADE, related_name="activities")
    month = models.PositiveSmallIntegerField(choices=[(month, label.en) for month, label in LANDING_MONTHS.items()])
    evidence = models.CharField(max_length=12, choices=[(code, label.en) for code, label in ACTIVITY.items()])
    document = models.CharField(max_length=64)
    shown_by = models.ForeignKey("parties.Party", models.PROTECT, related_name="+")
    shown_at = models.DateTimeField()
    confirmed_by = models.ForeignKey("parties.Party", models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "month"], name="activity_once_a_month"),
            models.CheckConstraint(condition=~Q(shown_by=models.F("confirmed_by")), name="activity_confirmed_by_another"),
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
