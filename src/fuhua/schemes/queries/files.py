"""The whole file of an application as canonical JSON: what is handed in, what is exported, and what an import reads."""

from __future__ import annotations

import json
from typing import Any

from fuhua.schemes.models import Application

FORMAT = "fuhua.application/1"


def canonical(said: Any) -> bytes:
    """JSON with sorted keys and no spaces, so that the same content has the same digest."""
    return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def file_of(row: Application) -> dict[str, Any]:
    """The application with its answers, what was prefilled, and its attachments by digest."""
    return {
        "format": FORMAT, "kind": row.call.kind, "call": {"urn": row.call.urn, "number": row.call.number, "title": row.call.title},
        "application": row.urn, "applicant": {"urn": row.applicant.urn, "name": row.applicant.name}, "title": row.title,
        "version": row.version, "answers": row.values, "known": row.known,
        "attachments": list(row.attachments.order_by("code", "digest").values("code", "name", "digest")),
        "members": [{"urn": each.party.urn, "name": each.party.name, "part": each.part, "state": each.state, "document": each.document}
                    for each in row.members.select_related("party").order_by("pk")],
        "writers": [row.lead.urn, *row.coauthors.order_by("pk").values_list("person__urn", flat=True)],
    }
