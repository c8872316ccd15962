"""Tables of evidence: facts, their positions, tree heads, documents; the append-only ones refuse UPDATE and DELETE."""

from __future__ import annotations

from django.db import models


class Fact(models.Model):
    """A record as it was told: ``body`` are its canonical bytes, the other columns repeat it for look-up."""

    id = models.BigAutoField(primary_key=True)
    digest = models.CharField(max_length=64, unique=True)
    kind = models.CharField(max_length=64)
    subject = models.CharField(max_length=100)
    about = models.CharField(max_length=64, default="")
    true_from = models.DateField()
    known_at = models.DateTimeField()
    grade = models.PositiveSmallIntegerField()
    body = models.TextField()

    class Meta:
        indexes = [
            models.Index(fields=["subject", "kind"], name="fact_subject_kind"),
            models.Index(fields=["kind", "id"], name="fact_kind_id"),
        ]


class Pending(models.Model):
    """A committed fact that waits for its sequence number; filled by trigger, emptied by the sequencer."""

    fact_id = models.BigIntegerField(primary_key=True)


class Position(models.Model):
    """The gap-free sequence number (leaf index) of a fact."""

    seq = models.BigIntegerField(primary_key=True)
    fact = models.OneToOneField(Fact, models.PROTECT, related_name="position")


class Head(models.Model):
    """A signed tree head over the first ``size`` facts; ``frontier`` lets the tree grow without reading it again."""

    size = models.BigIntegerField(primary_key=True)
    root = models.CharField(max_length=64)
    frontier = models.TextField()
    sealed_at = models.DateTimeField()
    key = models.CharField(max_length=64)
    signature = models.CharField(max_length=128)


class Node(models.Model):
    """The root of one perfect subtree of 256 leaves, so that an audit path is made without hashing every leaf."""

    index = models.BigIntegerField(primary_key=True)
    root = models.CharField(max_length=64)


class Document(models.Model):
    """A document in content-addressed storage, named by its SHA-256; names of files and people are kept elsewhere."""

    digest = models.CharField(max_length=64, primary_key=True)
    size = models.BigIntegerField()
    media_type = models.CharField(max_length=100)
    kept_at = models.DateTimeField()


class Cursor(models.Model):
    """How far a reaction has followed the sequence."""

    reaction = models.CharField(max_length=100, primary_key=True)
    seq = models.BigIntegerField(default=0)
