"""The reference of policy: an index of every rule and every input, and one page a rule with clauses, sources and cases."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterable, Mapping
from typing import Any

from fuhua.config.reference.markdown import both, code, prose, table
from fuhua.policy.catalog import inputs, rule_of, rules
from fuhua.policy.reasoning.conditions import Compare, Leaf
from fuhua.policy.reasoning.inputs import Input
from fuhua.policy.reasoning.profile import out_of_terms, plain
from fuhua.policy.reasoning.rule import Edition, Example, Figure, Rule
from fuhua.policy.reasoning.terms import Bands, ByCode, Number, Points
from fuhua.policy.reasoning.units import unit_of, unit_of_leaf
from fuhua.policy.titles import TITLES
from fuhua.policy.words import EVIDENCE, SUBJECTS, TOPICS, UNITS, VERDICTS


def page() -> str:
    """Every rule by topic with a link to its page, what titles unlock, and the inputs."""
    topics = "".join(_topic(topic, both(name)) for topic, name in TOPICS.items())
    edges = (
        (code(each.key), both(each.text), _linked(unlock.rule), both(unlock.how)) for each in TITLES.values() for unlock in each.unlocks
    )
    rows = ((code(one.name), one.kind, both(UNITS[one.unit]), both(one.meaning)) for one in inputs())
    return (
        topics
        + "## What titles unlock\n\n"
        + table(("title", "name", "rule", "how"), edges)
        + "## Inputs\n\n"
        + table(("name", "kind", "unit", "meaning"), rows)
    )


def pages() -> dict[str, tuple[str, str]]:
    """``rules/<key>.md`` → title and text, one for each rule."""
    return {f"rules/{rule.key}.md": (f"{rule.name.zh} {rule.name.en}", _page(rule)) for rule in rules()}


def _topic(topic: str, name: str) -> str:
    rows = (
        (
            _linked(rule.key),
            both(rule.name),
            both(SUBJECTS[rule.subject]),
            "; ".join(dict.fromkeys(each.source.number for each in rule.editions)),
        )
        for rule in rules()
        if rule.topic == topic
    )
    return f"## {name}\n\n" + table(("rule", "name", "for", "documents"), rows)


def _linked(key: str) -> str:
    return f"[`{key}`](rules/{key}.md)" if rule_of(key) is not None else code(key)


def _page(rule: Rule) -> str:
    about = inspect.getdoc(sys.modules[_module(rule)]) or ""
    facts = [
        ("key", code(rule.key)),
        ("for", both(SUBJECTS[rule.subject])),
        ("the edition is chosen by", both(rule.chosen_by.text)),
        ("grants", code(rule.grants)),
        ("not together with", ", ".join(f"[`{key}`]({key}.md)" for key in rule.instead_of)),
        ("how to apply", both(rule.how) if rule.how else ""),
    ]
    asked = ((code(one.name), one.kind, both(UNITS[one.unit]), _meaning(one)) for one in rule.inputs)
    return (
        f"{both(rule.about)}\n\n{prose(about)}\n\n"
        + table(("", ""), [row for row in facts if row[1]])
        + "".join(map(_edition, rule.editions))
        + "## Inputs\n\n"
        + table(("name", "kind", "unit", "meaning"), asked)
        + "## Worked cases\n\n"
        + "".join(map(_case, rule.examples))
        + "\n[Every rule](../rules.md)\n"
    )


def _module(rule: Rule) -> str:
    name = f"fuhua.policy.rules.{rule.topic}."
    return next(key for key, module in sys.modules.items() if key.startswith(name) and getattr(module, "SPEC", None) is rule)


def _meaning(one: Input) -> str:
    codes = "; ".join(f"`{each}` {text.zh}" for each, text in one.choices.items())
    return both(one.meaning) + (f" ({codes})" if codes else "")


def _edition(edition: Edition) -> str:
    source = edition.source
    issued = f", issued {source.issued}" if source.issued else ""
    rests = "" if edition.dates_rest_on == "text" else f" The dates rest on: {both(EVIDENCE[edition.dates_rest_on])}."
    items = ((code(item.name), both(item.text), plain(item.most), _lines(item)) for item in edition.items)
    numbers = ((code(term.key), both(UNITS[term.unit]), both(term.meaning)) for term in edition.operators)
    levels = (
        (code(level.key), both(level.text), ", ".join(code(leaf.key) for leaf in level.conditions.leaves())) for level in edition.levels
    )
    return (
        f"## Edition {code(edition.key)}: {edition.since or '…'} to {edition.until or '…'}\n\n"
        f"{source.number} {both(source.title)}{issued}.{rests}\n\n"
        + table(("clause", "article", "says", "number", "rests on"), (_clause(leaf) for leaf in edition.leaves))
        + table(("level", "name", "clauses"), levels)
        + table(("item of the score", "what", "most", "points"), items)
        + table(("figure", "what", "unit", "from"), map(_figure, edition.figures))
        + table(("number set by the operator", "unit", "meaning"), numbers)
        + "".join(f"* {both(note.text)}\n" for note in edition.notes)
        + ("\n" if edition.notes else "")
    )


def _clause(leaf: Leaf) -> tuple[str, ...]:
    clause = leaf.clause
    rests = f"{both(EVIDENCE[clause.evidence])} {clause.confidence}"
    article = f"{clause.document} {clause.article}" if clause.document else clause.article
    return code(leaf.key), article, both(clause.text), _bound(leaf), rests


def _bound(leaf: Leaf) -> str:
    """The threshold in the unit in which the clause counts; blank where it is no single number."""
    if not isinstance(leaf, Compare) or not isinstance(leaf.bound, Number):
        return ""
    unit = unit_of_leaf(leaf)
    return f"{leaf.op} {plain(out_of_terms(unit, leaf.bound.value))} {unit}".strip()


def _lines(item: Points) -> str:
    """The lines of the scoring tables of an item, each table in the unit of what it measures."""
    found: list[str] = []
    if any(isinstance(term, Points) and term is not item for term in item.walk()):
        return ""  # its own items say it
    for term in item.walk():
        if isinstance(term, Bands):
            unit = unit_of(term.of)
            lines = [f"{line.op} {plain(out_of_terms(unit, line.edge))} {unit}: {_span(line.points)}" for line in term.steps]
            found.append("; ".join([*lines, f"else {_span(term.otherwise)}"]))
        elif isinstance(term, ByCode):
            found.append("; ".join(f"`{each}`: {_span(points)}" for each, points in term.points.items()))
    return " / ".join(found)


def _span(points: Any) -> str:
    low, high = points if isinstance(points, tuple) else (points, points)
    return str(plain(low)) if low == high else f"{plain(low)}–{plain(high)}"


def _figure(figure: Figure) -> tuple[str, ...]:
    a_year = " (worth a year)" if figure.worth else ""
    return code(figure.key), both(figure.text) + a_year, both(UNITS[figure.unit]), ", ".join(code(one.name) for one in figure.needs)


def _case(case: Example) -> str:
    expected: dict[str, Any] = {"level": case.level, "score": case.score, "unmet": case.unmet, "missing": case.missing}
    said = [f"{name} {_value(value)}" for name, value in expected.items() if value is not None]
    said += [f"{name} = {_value(value)}" for name, value in case.figures.items()]
    said += [f"{name} would do at {_value(value)}" for name, value in case.short.items()]
    said += [f"nearest way: {_values(case.way)}"] if case.way is not None else []
    tables = f"\n\n    operator numbers: {_values(case.tables)}" if case.tables else ""
    verdict = both(VERDICTS[case.verdict])
    head = f"**{case.key}** {both(case.text)}, on {case.on}: **{verdict}**"
    return "; ".join([head, *said]) + f"\n\n    {_values(case.profile)}{tables}\n\n"


def _values(values: Mapping[str, Any]) -> str:
    return ", ".join(f"{name} {_value(value)}" for name, value in values.items())


def _value(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{" + _values(value) + "}"
    if isinstance(value, Iterable) and not isinstance(value, str):
        return "(" + ", ".join(map(_value, value)) + ")"
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)
