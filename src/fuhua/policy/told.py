"""Verdicts, rules and ways as plain data, with exact numbers in declared units: what the commands and the API say."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from fuhua.kernel.words import Text
from fuhua.policy.reasoning.conditions import Compare, Leaf, OneOf
from fuhua.policy.reasoning.inputs import Input
from fuhua.policy.reasoning.profile import declared, out_of_terms, plain
from fuhua.policy.reasoning.rule import Edition, Figure, Rule, Source
from fuhua.policy.reasoning.terms import Operator, Range
from fuhua.policy.reasoning.units import ends, unit_of_leaf
from fuhua.policy.reasoning.verdict import ClauseState, Verdict
from fuhua.policy.reasoning.ways import Nearest, Way, alone, cliffs
from fuhua.policy.titles import Unlocked, Worth


def both(text: Text | None) -> dict[str, str] | None:
    """A text in both languages."""
    return None if text is None else {"zh": text.zh, "en": text.en}


def rule(one: Rule) -> dict[str, Any]:
    """A rule with its inputs, editions, clauses, sources and worked cases."""
    return {
        **brief(one),
        "about": both(one.about),
        "chosen_by": {"date": one.chosen_by.key, "text": both(one.chosen_by.text), "input": one.chosen_by.of and one.chosen_by.of.name},
        "how": both(one.how),
        "inputs": [asked(each) for each in one.inputs],
        "editions": [edition(each) for each in one.editions],
        "examples": [
            {"key": each.key, "text": both(each.text), "on": each.on, "profile": dict(each.profile), "verdict": each.verdict,
             "tables": {key: plain(value) for key, value in each.tables.items()}}
            for each in one.examples
        ],
    }  # fmt: skip


def brief(one: Rule) -> dict[str, Any]:
    """A rule in a list."""
    spans = [{"key": each.key, "since": each.since, "until": each.until, "document": each.source.number} for each in one.editions]
    return {"rule": one.key, "topic": one.topic, "name": both(one.name), "subject": one.subject, "grants": one.grants or None,
            "instead_of": list(one.instead_of), "in_force": spans}  # fmt: skip


def asked(one: Input) -> dict[str, Any]:
    """An input: type, unit, meaning, bounds, and how it can be changed."""
    found: dict[str, Any] = {
        "name": one.name, "type": one.kind, "unit": one.unit, "meaning": both(one.meaning), "written": _written(one),
    }  # fmt: skip
    if one.kind == "number":
        found |= {"least": declared(one, one.low), "most": declared(one, one.high), "smallest_step": declared(one, 1)}
    if one.judged:
        found["judged_by_experts"] = True
    if one.choices:
        found["choices"] = {code: both(text) for code, text in one.choices.items()}
    if one.change is not None:
        found["change"] = {"step": declared(one, one.change.step), "cost_of_a_step": plain(out_of_terms("CNY", one.change.cost)),
                           "direction": "up" if one.change.up else "down"}  # fmt: skip
    return found


def _written(one: Input) -> list[Any]:
    """Ways in which a value of the input may be written."""
    amount = declared(one, max(one.low, min(one.high, 120 * one.scale))) if one.kind == "number" else None
    return {
        "number": [amount, f"{amount}", {"value": f"{amount}", "unit": one.unit}, [None, amount]],
        "yes_no": [True, False],
        "date": ["2025-03-10"],
        "listing": [True, False, {"from": "2023-01-01", "to": "2025-12-31"}],
        "choice": [*one.choices][:2],
        "by_year": [{"2022": 0, "2023": 1}],
    }[one.kind]


def source(one: Source) -> dict[str, Any]:
    """A document."""
    return {"number": one.number, "title": both(one.title), "issued": one.issued, "evidence": one.evidence,
            "confidence": one.confidence or None}  # fmt: skip


def edition(one: Edition) -> dict[str, Any]:
    """An edition with its clauses, levels, score items, figures, operator numbers and notes."""
    return {
        "key": one.key, "since": one.since, "until": one.until, "dates_rest_on": one.dates_rest_on, "source": source(one.source),
        "inputs": [each.name for each in one.inputs],
        "clauses": [_clause(each, one) for each in one.leaves],
        "levels": [{"key": each.key, "text": both(each.text), "clauses": [leaf.key for leaf in each.conditions.leaves()]}
                   for each in one.levels],
        "score_items": [{"key": each.name, "text": both(each.text), "most": plain(each.most)} for each in one.items],
        "figures": [{"key": each.key, "text": both(each.text), "unit": each.unit, "a_year": each.worth,
                     "needs": [need.name for need in each.needs]} for each in one.figures],
        "operator_numbers": [_operator(each) for each in one.operators],
        "notes": [{"text": both(each.text), "since": each.since} for each in one.notes],
    }  # fmt: skip


def _operator(one: Operator) -> dict[str, Any]:
    return {"key": one.key, "unit": one.unit, "meaning": both(one.meaning)}


def _clause(leaf: Leaf, of: Edition) -> dict[str, Any]:
    clause = leaf.clause
    return {"key": leaf.key, "article": clause.article, "document": clause.document or of.source.number, "text": both(clause.text),
            "evidence": clause.evidence, "confidence": clause.confidence or None}  # fmt: skip


def verdict(one: Verdict, near: Nearest | None = None) -> dict[str, Any]:
    """A verdict with everything that explains it, and the nearest ways if they were asked for."""
    found: dict[str, Any] = {
        "rule": one.rule.key,
        "name": both(one.rule.name),
        "on": one.on,
        "relevant_date": one.relevant,
        "edition": one.edition and one.edition.key,
        "edition_dates_rest_on": one.edition and one.edition.dates_rest_on,
        "document": one.edition and one.edition.source.number,
        "verdict": one.answer,
        "level": one.level,
        "may_reach": list(one.may_reach),
        "why": both(one.why),
        "score": _range(one.score),
        "score_items": [
            {"key": item.name, "text": both(item.text), "score": _range(span), "most": plain(item.most)} for item, span in one.items
        ],
        "clauses": [_state(each, one) for each in one.clauses],
        "decided_by": [each.leaf.key for each in one.deciding],
        "missing": [asked(each) for each in one.missing],
        "operator_numbers_not_set": [_operator(each) for each in one.unset],
        "shortfalls": list(_shortfalls(one)),
        "figures": {figure.key: _figure(figure, value, one) for figure, value in one.figures},
        "cliffs": [{"input": each.name, "last": declared(each, last), "clause": leaf.key} for each, last, leaf in cliffs(one)],
        "rests_on_memory_or_conflict": [leaf.key for leaf in one.on_memory],
        "notes": [both(each.text) for each in one.notes],
    }
    return found if near is None else {**found, **nearest(near)}


def not_asked(one: Rule, known: Mapping[str, Any]) -> list[str]:
    """What a profile tells and the rule does not ask."""
    asked_for = {each.name for each in one.inputs}
    return [name for name in known if name not in asked_for]


def _range(span: Range | None) -> dict[str, Any] | None:
    return None if span is None else {"least": plain(span[0]), "most": plain(span[1])}


def _state(one: ClauseState, within: Verdict) -> dict[str, Any]:
    state = {True: "met", False: "unmet", None: "unknown"}[one.state]
    found = {**_clause(one.leaf, within.edition), "state": state, "decides": one.decides, "applies": one.applies}
    unit = unit_of_leaf(one.leaf)
    if isinstance(one.leaf, Compare):
        actual, bound = ends(within, one.leaf.of, unit), ends(within, one.leaf.bound, unit)
        found |= {"unit": unit or None, "op": one.leaf.op, "actual": _ends(actual), "bound": _ends(bound)}
    elif isinstance(one.leaf, OneOf):
        found |= {"actual": one.actual, "one_of" if one.leaf.wanted else "none_of": list(one.bound)}
    return found


def _ends(span: tuple[Any, Any] | None) -> Any:
    if span is None:
        return None
    return span[0] if span[0] == span[1] else {"least": span[0], "most": span[1]}


def _shortfalls(one: Verdict) -> Iterable[dict[str, Any]]:
    for each in one.deciding:
        for needed, stored in alone(one, each.leaf) if each.state is False else ():
            found = {"clause": each.leaf.key, "input": needed.name, "unit": needed.unit, "needs": declared(needed, stored)}
            now = one.sight.known.get(needed.name)
            if now is not None:
                by = abs(stored - (now[0] if stored > now[0] else now[1]))
                found |= {"has": _ends((declared(needed, now[0]), declared(needed, now[1]))), "by": declared(needed, by)}
            yield found


def _figure(figure: Figure, value: Any, within: Verdict) -> dict[str, Any]:
    lacking = [each.name for each in within.wanting.get(figure.key, ())]
    return {"text": both(figure.text), "unit": figure.unit, "a_year": figure.worth, "value": amount(value, figure.unit), "lacks": lacking}


def amount(value: Any, unit: str) -> Any:
    """A figure in its declared unit: 元 of fen; dates and codes as they are."""
    if value is None or isinstance(value, bool | str | dt.date | Mapping):
        return value
    return plain(out_of_terms(unit, value)) if unit in ("CNY", "USD") else plain(value)


def nearest(near: Nearest) -> dict[str, Any]:
    """The ways to yes, cheapest first."""
    return {"ways": [way(each) for each in near.ways], "first_is_proved_cheapest": near.proved, "why_no_way": both(near.why)}


def way(one: Way) -> dict[str, Any]:
    """One way: what to change from and to, what it costs in 元, and the first possible day."""
    changes = [
        {"input": each.name, "unit": each.unit, "meaning": both(each.meaning), "from": declared(each, one.before[each.name]),
         "to": declared(each, value)}
        for each, value in one.changes
    ]  # fmt: skip
    return {"changes": changes, "cost": plain(out_of_terms("CNY", one.cost)), "not_before": one.not_before}


def worth(one: Worth) -> dict[str, Any]:
    """What a title would unlock and for how much a year."""
    return {"title": one.title.key, "name": both(one.title.text), "worth_a_year": plain(out_of_terms("CNY", one.total)), "unit": "CNY",
            "all_told": one.whole, "assumes": both(one.assumes), "unlocks": [_unlocked(each) for each in one.unlocked]}  # fmt: skip


def _unlocked(one: Unlocked) -> dict[str, Any]:
    gain = None if one.gain is None else plain(out_of_terms("CNY", one.gain))
    return {"rule": one.unlock.rule, "how": both(one.unlock.how), "without": one.before and one.before.answer,
            "with": one.after and one.after.answer, "worth_a_year": gain, "lacks": [each.name for each in one.wanting]}  # fmt: skip
