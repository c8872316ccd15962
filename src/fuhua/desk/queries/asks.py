"""Reads of asks: one with everything its page needs, lists, and where policy does not reach."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet

from fuhua.desk import access
from fuhua.desk.flow import ASK
from fuhua.desk.models import Ask, Entry, Part
from fuhua.desk.words import OPEN
from fuhua.parties.queries import names

_HANDLERS = frozenset({"triage", "pass_on", "own", "hand_back", "wait", "answer"})
_RULES = {"resume": access.GOES_ON, "confirm": access.ASKED_IT, "reopen": access.ASKED_IT, "withdraw": access.ASKED_IT}


@dataclass(frozen=True)
class Line:
    """One entry of an ask's thread with the name of who made it."""

    entry: Entry
    who: str


@dataclass(frozen=True)
class AskPage:
    """An ask as its page shows it to one reader: the thread, the parts, and the verbs that reader may use now."""

    ask: Ask
    lines: list[Line]
    parts: list[Part]
    verbs: tuple[str, ...]
    own_parts: frozenset[int]


def rule_of(verb: str) -> Any:
    """The rule that opens a verb."""
    return access.HANDLES if verb in _HANDLERS else _RULES[verb]


def listed(who: Any, *, view: str = "all", kind: str = "", state: str = "") -> QuerySet[Ask]:
    """The asks that ``who`` may see, newest first; ``view`` is mine (asked by me), ours (handled by us) or all."""
    rows = access.SEES.filter(who, Ask.objects.all()).distinct()
    if view == "mine":
        rows = access.ASKED_IT.filter(who, rows)
    elif view == "ours":
        rows = access.HANDLES.filter(who, rows)
    if kind:
        rows = rows.filter(kind=kind)
    if state:
        rows = rows.filter(state__in=OPEN if state == "open" else (state,))
    return rows.select_related("asked", "handler", "owner", "waiting_on", "asker", "clock").order_by("-pk")


def ask_page(who: Any, ask: Ask) -> AskPage:
    """Everything the page of ``ask`` shows to ``who``."""
    entries = list(ask.entries.order_by("pk"))
    called = names({entry.by for entry in entries})
    parts = list(ask.parts.select_related("organisation", "confirmed_by").order_by("pk"))
    own_parts = frozenset(access.OWN_PART.filter(who, Part.objects.filter(ask=ask)).values_list("pk", flat=True))
    allowed: dict[str, bool] = {}
    for verb in ASK.verbs(ask.state):
        rule = rule_of(verb)
        if rule.name not in allowed:
            allowed[rule.name] = rule.may(who, ask)
    verbs = tuple(verb for verb in ASK.verbs(ask.state) if allowed[rule_of(verb).name])
    return AskPage(ask, [Line(entry, called.get(entry.by, entry.by)) for entry in entries], parts, verbs, own_parts)


def about(urns: Iterable[str]) -> dict[str, list[Ask]]:
    """URN of a thing → the asks about it, newest first."""
    found: dict[str, list[Ask]] = {}
    rows = Ask.objects.filter(about__in=set(urns)).select_related("asked", "owner", "clock").order_by("-pk")
    for ask in rows:
        found.setdefault(ask.about, []).append(ask)
    return found


def by_urn(urns: Iterable[str]) -> dict[str, Ask]:
    """URN → ask."""
    rows = Ask.objects.filter(urn__in=set(urns)).select_related("asked", "owner", "clock")
    return {ask.urn: ask for ask in rows}


def answered_by(asks: Iterable[Ask]) -> dict[int, str]:
    """Ask id → digest of the fact of its newest answer; asks never answered are left out."""
    rows = Entry.objects.filter(ask__in=list(asks), verb="answer").order_by("pk")
    return dict(rows.values_list("ask_id", "fact"))


def gaps(who: Any) -> list[dict[str, Any]]:
    """Where policy does not reach: answers “cannot”, counted by kind and reason, the most frequent first."""
    rows = access.SEES.filter(who, Ask.objects.filter(answer="cannot"))
    return list(rows.values("kind", "because").annotate(count=Count("pk", distinct=True)).order_by("-count", "kind", "because"))


def gap_asks(who: Any) -> QuerySet[Ask]:
    """The asks behind the gaps, newest first."""
    return listed(who).filter(answer="cannot")
