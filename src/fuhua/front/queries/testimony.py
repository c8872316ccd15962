"""Facts as pages show them: what was told, by whom, how good it is, what was said of it since, and its place in the log."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from typing import Any

from django.db.models import Q
from django.urls import reverse

from fuhua.evidence import queries as evidence
from fuhua.evidence.facts import FACTS, CodeOf, Listed, fields_of, limits_of
from fuhua.evidence.proof.heads import fingerprint
from fuhua.evidence.proof.records import Record, decode
from fuhua.evidence.words import CONTEST_REASONS, VOID_REASONS, Grade
from fuhua.exchange.kinds.listings import listing_kinds
from fuhua.front.queries import things
from fuhua.front.words import FIELDS, MEDIA, NO, YES
from fuhua.kernel.ui import formats
from fuhua.kernel.urn import is_urn
from fuhua.kernel.words import Text, t
from fuhua.parties.queries import names
from fuhua.parties.words import DISTRICTS, OFFICES, SORTS, TIES
from fuhua.policy.catalog import rule_of

PAGE = 25
STATES: dict[str, Text] = {"standing": t("有效", "stands"), "corrected": t("已更正", "corrected"), "voided": t("已作废", "voided")}
MONEY = frozenset(("amount", "budget", "city_amount", "committed", "district_amount", "fee", "from_funds", "matched", "owed", "public",
                   "total", "valuation", "worth"))
_CODES: dict[str, dict[str, Text]] = {"district": DISTRICTS, "office": OFFICES, "tie": TIES, "reason": VOID_REASONS | CONTEST_REASONS}
HUNDREDTHS = frozenset(("mean", "spread"))  # points of a review
Lists = dict[Listed, Callable[[str, dt.date], Text]]  # lists that are data, each read once for a page
MILLIONTHS = frozenset(("delta", "share", "split"))


def page_of_facts(visible: Q, who: Any, *, kind: str = "", subject: str = "", before: int | None = None,
                  after: int | None = None) -> dict[str, Any]:
    """One page of facts that ``who`` may see, newest first, by keyset: rows and the ids from which the neighbours start."""
    rows = evidence.facts().filter(visible)
    if kind:
        rows = rows.filter(kind=kind)
    if subject:
        rows = rows.filter(subject=subject)
    if after is not None:
        found = list(rows.filter(id__gt=after).order_by("id")[: PAGE + 1])
        more_newer, found = len(found) > PAGE, found[:PAGE][::-1]
        more_older = True
    else:
        found = list((rows if before is None else rows.filter(id__lt=before)).order_by("-id")[: PAGE + 1])
        more_older, found = len(found) > PAGE, found[:PAGE]
        more_newer = before is not None
    return {"rows": _rows(found, who), "newer": found[0].id if found and more_newer else None,
            "older": found[-1].id if found and more_older else None}


def _rows(found: Sequence[Any], who: Any) -> list[dict[str, Any]]:
    records = [decode(row.kind, row.body, seq=-1, digest=row.digest) for row in found]
    closed = things.closed(who, {record.subject for record in records})
    known, lists = names({urn for record in records if record.subject not in closed for urn in urns_of(record)}), Lists()
    return [_row(record, known, lists, record.subject in closed) for record in records]


def _row(record: Record[Any], known: dict[str, str], lists: Lists, hidden: bool) -> dict[str, Any]:
    known = {} if hidden else known
    return {"url": reverse("front:fact", kwargs={"digest": record.digest}), "label": type(record.fact).LABEL,
            "subject": called(record.subject, known), "subject_url": reverse("front:subject", kwargs={"urn": record.subject}),
            "on": record.true_from, "known_at": record.known_at, "grade": Grade(record.grade).name.lower(),
            "says": [each for each in spoken(record, known, lists, hidden=hidden) if each["name"] != "subject"],
            "documents": len(record.documents)}


def kinds() -> list[tuple[str, Text]]:
    """Every kind of fact with its label, for the filter."""
    return sorted(((fact.KIND, fact.LABEL) for fact in FACTS), key=lambda kind: kind[0])


def urns_of(record: Record[Any]) -> Iterable[str]:
    """Every URN that a record names: in its fact, and whoever told it, for whom."""
    values = (getattr(record.fact, name) for name in record.fact.__struct_fields__)
    yield from (value for value in (*values, record.by, record.on_behalf) if isinstance(value, str) and is_urn(value))


def called(urn: str, known: dict[str, str]) -> str:
    """The name of a URN, or its shortened self: erased people and things without a name stay pseudonymous."""
    return known.get(urn) or urn.removeprefix("urn:fuhua:")[:28]


def spoken(record: Record[Any], known: dict[str, str], lists: Lists, *, hidden: bool = False) -> list[dict[str, Any]]:
    """Each field of a fact as a person reads it: name, label, text and, for a party, its page unless parties are ``hidden``; ``lists``
    keeps what was read of lists."""
    shown, limits = [], limits_of(type(record.fact))
    for name in fields_of(type(record.fact)):
        value = getattr(record.fact, name)
        if value in ("", None):
            continue
        limit = limits.get(name, (None, False))[0]
        codes = limit.codes if isinstance(limit, CodeOf) and isinstance(limit.codes, dict) else {}
        text = _on_list(limit, value, record, lists) or codes.get(value) or _said(name, value, known)
        shown.append({"name": name, "label": FIELDS[name], "text": text,
                      "url": reverse("front:subject", kwargs={"urn": value}) if isinstance(value, str) and is_urn(value) and not hidden else
                      reverse("front:fact", kwargs={"digest": value}) if name == "about" else ""})
    return shown


def _on_list(limit: Any, value: str, record: Record[Any], lists: Lists) -> Text | None:
    """What a code of a list that is data was called when the fact became true."""
    if not isinstance(limit, Listed):
        return None
    if limit not in lists:
        lists[limit] = limit.telling()
    return lists[limit](value, record.true_from)


def _said(name: str, value: Any, known: dict[str, str]) -> Any:
    match value:
        case bool():
            return YES if value else NO
        case int() if name in MONEY:
            return formats.money(value)
        case int() if name in HUNDREDTHS:
            return formats.num(Fraction(value, 100))
        case int() if name in MILLIONTHS:
            return formats.percent(Fraction(value, 1_000_000))
        case dt.date():
            return formats.day(value)
        case tuple():
            return "; ".join(map(str, value))
        case str() if is_urn(value):
            return called(value, known)
        case int() if name != "year":
            return formats.num(value)
        case str() if name in _CODES:
            return _CODES[name].get(value, value)
        case str() if name == "sort":
            return SORTS.get(value) or getattr(listing_kinds().get(value), "label", value)
        case str() if name == "rule":
            return getattr(rule_of(value), "name", value)
    return value


def fact(digest: str, who: Any) -> dict[str, Any] | None:
    """Everything the page of one fact shows ``who``, its proof checked now; None when there is no such fact."""
    found = evidence.fact(digest)
    if found is None:
        return None
    record = found.record
    hidden = bool(things.closed(who, [record.subject]))
    known = {} if hidden else names({urn for each in (record, *found.sayings) for urn in urns_of(each)})
    return {
        "record": record, "hidden": hidden, "label": type(record.fact).LABEL, "about_kind": (type(record.fact).__doc__ or "").strip(),
        "subject": called(record.subject, known), "subject_url": reverse("front:subject", kwargs={"urn": record.subject}),
        "fields": spoken(record, known, Lists(), hidden=hidden), "by": called(record.by, known),
        "on_behalf": called(record.on_behalf, known) if record.on_behalf else "",
        "grade": found.grade.name.lower(), "first_grade": Grade(record.grade).name.lower(), "state": found.standing,
        "state_label": STATES[found.standing], "contested": found.contested, "body": found.body,
        "sayings": [{"at": each.known_at, "title": type(each.fact).LABEL, "who": called(each.by, known), "detail": _detail(each),
                     "url": reverse("front:fact", kwargs={"digest": each.digest})} for each in found.sayings],
        "documents": [{"digest": each.digest, "size": each.size, "media": MEDIA.get(each.media_type, each.media_type),
                       "url": document_url(each.digest, record.digest)} for each in found.documents],
        "missing_documents": sorted(set(record.documents) - {each.digest for each in found.documents}),
        "proof": found.proof and _proof(found.proof),
        "replaced_by": next((reverse("front:fact", kwargs={"digest": each.digest})
                             for each in found.sayings if each.kind == record.kind), ""),
        "replaces": record.replaces and reverse("front:fact", kwargs={"digest": record.replaces}),
    }


def _detail(record: Record[Any]) -> Any:
    reason = getattr(record.fact, "reason", "")
    return (VOID_REASONS | CONTEST_REASONS).get(reason, reason)


def _proof(proof: evidence.Proof) -> dict[str, Any]:
    return {"seq": proof.seq, "size": proof.head.size, "root": proof.head.root,
            "sealed_at": dt.datetime.fromisoformat(proof.head.sealed_at), "key": fingerprint(proof.head.key),
            "path": [step.hex() for step in proof.path], "holds": proof.holds}


def document_url(document: str, fact: str) -> str:
    """Where a document is downloaded by whoever may see the fact that rests on it."""
    return reverse("front:document", kwargs={"digest": document}) + f"?fact={fact}"


def rests_on(fact: str, document: str) -> bool:
    """Whether the fact names the document."""
    found = evidence.fact(fact)
    return found is not None and document in found.record.documents


def subject_name(urn: str) -> str:
    """The name of a subject, or its pseudonym."""
    return called(urn, names([urn]))


