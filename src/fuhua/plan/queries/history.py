"""Reads of an edition's change log: each revision in words, with who and what."""

from __future__ import annotations

from typing import Any

from fuhua.kernel import period
from fuhua.kernel.words import Text, t
from fuhua.parties import queries as parties
from fuhua.plan.models import Edition, Revision
from fuhua.plan.words import FIELD_NAMES, ITEMS, VERBS

_NAMED_BY = {"measure": "title", "unit": "printed", "target": "metric", "edition": "title"}


def said(revision: Revision, names: dict[str, str] | None = None) -> Text:
    """One revision in a sentence: when, who, what and on which item."""
    who = (names if names is not None else parties.names([revision.by])).get(revision.by) or revision.by
    at = revision.at.astimezone(period.SHANGHAI).strftime("%Y-%m-%d %H:%M")
    verb, what = VERBS[revision.verb], _about(revision.changes)
    return Text(f"{at} {who} {verb.zh}{what.zh}", f"{at} {who}: {verb.en}{what.en}")


def _about(changes: list[dict[str, Any]]) -> Text:
    if not changes:
        return Text("", "")
    first = next((each for each in changes if each["kind"] == "measure"), changes[0])
    row = first["after"] or first["before"]
    name = str(row.get(_NAMED_BY.get(first["kind"], ""), ""))[:40]
    kind, quoted = ITEMS[first["kind"]], f"“{name}”" if name else ""
    more = t("等 {n} 处", "and {n} changes in all").format(n=len(changes)) if len(changes) > 1 else Text("", "")
    return Text(f"{kind.zh}{quoted}{more.zh}", " ".join(filter(None, ["", kind.en, quoted, more.en])))


def history(edition: Edition) -> list[dict[str, Any]]:
    """The edition's log, newest first: each with ``revision, said, who, fields`` and whether it can be undone."""
    revisions = list(edition.revisions.select_related("undoes", "undone_by"))
    names = parties.names({each.by for each in revisions})
    return [{
        "revision": each, "verb": VERBS[each.verb], "what": _about(each.changes), "who": names.get(each.by, ""),
        "fields": [line for part in each.changes for line in _fields(part)][:20], "undone": hasattr(each, "undone_by"),
        "undoable": edition.status == "draft" and not hasattr(each, "undone_by")
        and each.verb not in ("import", "publish", "discard", "supersede"),
    } for each in revisions]


def _fields(part: dict[str, Any]) -> list[dict[str, Any]]:
    before, after = part["before"] or {}, part["after"] or {}
    if part["before"] is None or part["after"] is None:
        return []
    names = [name for name in after if name in FIELD_NAMES and not (name == "end" and part["kind"] != "edition")]
    return [{"label": FIELD_NAMES[name], "before": before.get(name), "after": after[name]} for name in names
            if before.get(name) != after[name]]
