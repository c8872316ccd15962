"""Offline proofs: the whole log's leaves, every fact of the kinds an indicator reads, heads and the figure, in one zip."""

from __future__ import annotations

import datetime as dt
import tempfile
from typing import IO
from urllib.parse import urlencode

import msgspec
from django.urls import reverse

from fuhua.evidence import queries as evidence
from fuhua.evidence.actions.sequence import signer
from fuhua.evidence.proof.bundle import Manifest, Writer
from fuhua.evidence.proof.heads import Head
from fuhua.kernel import period
from fuhua.plan import models
from fuhua.plan.queries.figures import Ask, compute
from fuhua.plan.queries.objectives import Objective

MOST_HEADS = 200


def url(edition: models.Edition, objective: Objective, on: dt.date, known: dt.datetime | None) -> str:
    """Where the proof of the objective's figure is downloaded."""
    query = {"on": on.isoformat(), "definition": objective.definition.version}
    if known:
        query["known"] = period.day(known).isoformat()
    return reverse("front:proof", kwargs={"slug": edition.slug, "code": objective.indicator.code}) + "?" + urlencode(query)


def written(ask: Ask, *, at: dt.datetime, known: dt.datetime | None = None) -> IO[bytes]:
    """The proof of ``ask`` on its main day as an open temporary file, ready to be read."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    write(file, ask, at=at, known=known)
    file.seek(0)
    return file


def write(file: IO[bytes], ask: Ask, *, at: dt.datetime, known: dt.datetime | None = None) -> Manifest:
    """Write the proof of ``ask`` on its main day, as known at ``known`` (default: ``at``, now), into ``file``."""
    head = evidence.head()
    size = head.size if head else 0
    on = ask.days[-1]
    answer = compute([Ask(ask.indicator, ask.definition, ask.terms, (on,))], known=known, until=size)[0]
    reads = ask.indicator.kinds()
    writer = Writer(file)
    writer.leaves((kind, digest) for kind, digest, _leaf in evidence.leaves(0, size))
    writer.facts_of(evidence.bodies(reads, until=size))
    return writer.close(
        signer(), indicator=ask.indicator.code, definition=ask.definition.version, on=on,
        known=known or max(at, _sealed_at(head)), terms=msgspec.to_builtins(ask.terms), reads=reads,
        figure=answer.figure.summary(), heads=_heads(size),
    )



def _sealed_at(head: Head | None) -> dt.datetime:
    return dt.datetime.fromisoformat(head.sealed_at) if head else dt.datetime.min.replace(tzinfo=dt.UTC)


def _heads(size: int) -> list[Head]:
    """The newest head and at most MOST_HEADS earlier ones, spread evenly over the log's history."""
    sizes = evidence.head_sizes(size)
    step = max(1, len(sizes) // MOST_HEADS)
    chosen = sorted({*sizes[::step], *sizes[-1:]})
    return evidence.heads(chosen)
