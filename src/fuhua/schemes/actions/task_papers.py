"""Numbered papers of an agreement: set as PDF, kept by digest and listed; and what was known when something was decided."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.forms.models import model_to_dict

from fuhua.desk.actions import asks
from fuhua.evidence.actions import documents, papers
from fuhua.kernel.ui import formats
from fuhua.parties.models import Party
from fuhua.schemes.models import Agreement, Paper
from fuhua.schemes.words import PAPER_SORTS

_LETTERS = {"request": "BK", "conclusion": "KH", "change": "BG", "recovery": "ZH", "assessment": "PG", "conversion": "ZG", "care": "JZ"}


@transaction.atomic
def issue(
    *, agreement: Agreement, sort: str, about: str, rows: Sequence[tuple[str, str]], paragraphs: Sequence[str], issuer: Party, by: str,
    at: dt.datetime,
) -> Paper:
    """Number, print and keep a paper of that ``sort`` (``words.PAPER_SORTS``); another one of the same thing is its next version."""
    number = numbered(sort, at)
    said = {"number": number, "foot": f"{agreement.number} · {formats.day(at).zh}", "title": PAPER_SORTS[sort].zh,
            "rows": [["任务书", f"{agreement.number}　{agreement.application.title or agreement.party.name}"],
                     ["承担单位", agreement.party.name], *map(list, rows)],
            "paragraphs": list(paragraphs), "issuer": issuer.name, "day": formats.day(at).zh}
    digest = papers.kept(papers.pdf_of("schemes/notice.typ", said, at=at), by=by, at=at)
    return _listed(agreement, sort, number, about, digest, at)


@transaction.atomic
def keep_care(*, agreement: Agreement, moment: str, by: str, at: dt.datetime) -> str:
    """Freeze what is known of the agreement as canonical JSON at a decision (``moment``); returns its SHA-256.

    The caller names the digest in the fact of its decision, so that the log proves what was known then.
    """
    known = {
        "moment": moment, "at": at.isoformat(), "agreement": _plain(agreement), "application": agreement.application.digest,
        "milestones": [_plain(each) for each in agreement.milestones.order_by("number")],
        "tranches": [_plain(each) for each in agreement.tranches.order_by("number", "level")],
        "changes": [_plain(each) for each in agreement.changes.order_by("pk")],
        "papers": [_plain(each) for each in agreement.papers.order_by("pk")],
    }
    said = json.dumps(known, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str).encode()
    digest = documents.keep(said, media_type="application/json", by=by, at=at)
    _listed(agreement, "care", numbered("care", at), moment, digest, at)
    return digest


def numbered(sort: str, at: dt.datetime) -> str:
    """The next number of a sort of paper in the year of ``at``."""
    return asks.numbered(_LETTERS[sort], f"schemes.{sort}", at)


def _listed(agreement: Agreement, sort: str, number: str, about: str, digest: str, at: dt.datetime) -> Paper:
    before = Paper.objects.filter(agreement=agreement, sort=sort, about=about).count() if sort != "care" else 0
    return Paper.objects.create(agreement=agreement, sort=sort, number=number, version=before + 1, about=about, document=digest, at=at)


def _plain(row: Any) -> dict[str, Any]:
    return {name: value for name, value in model_to_dict(row).items() if name != "id"}
