"""Reads of gold seeds: what is on record of one when its entry rule is rechecked, condition by condition."""

from __future__ import annotations

import datetime as dt
from typing import Any

from fuhua.evidence.queries import told_of
from fuhua.kernel.questions import shown
from fuhua.kernel.words import Text, t
from fuhua.schemes.facts import GoldSeedLeft, GoldSeedListed, GoldSeedRechecked
from fuhua.schemes.kinds.schemes import scheme_kinds
from fuhua.schemes.kinds.spec import Case
from fuhua.schemes.models import GoldSeed
from fuhua.schemes.queries.known import prefilled
from fuhua.schemes.words import FIELD_STATES, FUTURE_FIELDS


def lines_of(row: GoldSeed, on: dt.date) -> list[dict[str, Any]]:
    """The entry rule and what is on record of the seed on a day, as a recheck keeps it: {zh, en, value_zh, value_en, says, day, digest}.

    ``says`` is a code of ``words.HOLDS`` for a condition, blank for what is only told beside it.
    """
    kind = scheme_kinds()["gold_seed"]
    known = prefilled(kind.asks, row.party.urn, on)
    case = Case({"field": row.field, **{name: each.value for name, each in known.items()}}, sort=row.party.sort, district=row.district)
    judged = {True: "yes", False: "no", None: "open"}
    found = [_line(each.text, _field_said(row) if each.code == "field" else _value(kind, known, each.code), judged[each.judge(case)],
                   known.get(each.code)) for each in kind.requirements]
    beside = [name for name in known if name not in {each.code for each in kind.requirements}]
    return found + [_line(kind.ask(name).label, _value(kind, known, name), "", known[name]) for name in beside]


def history(row: GoldSeed) -> list[dict[str, Any]]:
    """What facts tell of the seed, newest first: each ``record``, and the ``check`` with its grounds where it was told on its page."""
    told = told_of(row.party.urn, GoldSeedListed, GoldSeedRechecked, GoldSeedLeft, on=dt.date.max)
    checks = {each.digest: each for each in row.checks.select_related("person")}
    return [{"record": each, "check": checks.get(each.digest)} for each in reversed(told)]


def _field_said(row: GoldSeed) -> Text:
    field = FUTURE_FIELDS.every()[row.field]
    return t("{name}（{state}）", "{name} ({state})").format(name=field.name, state=FIELD_STATES[field.state])


def _value(kind: Any, known: dict[str, Any], name: str) -> Text:
    return shown(kind.ask(name), known[name].value if name in known else None)


def _line(label: Text, value: Text, says: str, known: Any) -> dict[str, Any]:
    return {"zh": label.zh, "en": label.en, "value_zh": value.zh, "value_en": value.en, "says": says,
            "day": known.day.isoformat() if known else "", "digest": known.digest if known else ""}
