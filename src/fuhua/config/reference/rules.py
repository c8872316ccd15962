"""The reference of policy: every rule with its editions, clauses and worked cases, and every input it may ask for."""

from __future__ import annotations

from fuhua.config.reference.markdown import both, code, table
from fuhua.policy.catalog import rules
from fuhua.policy.reasoning.conditions import Leaf
from fuhua.policy.reasoning.inputs import INPUTS
from fuhua.policy.reasoning.rule import Edition, Rule
from fuhua.policy.words import EVIDENCE, SUBJECTS, TOPICS, UNITS


def page() -> str:
    """Every rule by topic, then the inputs."""
    found = rules()
    topics = "".join(
        f"# {both(name)}\n\n" + "".join(_rule(each) for each in mine)
        for topic, name in TOPICS.items()
        if (mine := [each for each in found if each.topic == topic])
    )
    rows = ((code(one.name), one.kind, both(UNITS[one.unit]), both(one.meaning)) for one in INPUTS)
    return topics + "# Inputs\n\n" + table(("name", "kind", "unit", "meaning"), rows)


def _rule(rule: Rule) -> str:
    cases = table(
        ("case", "on", "verdict", "what it shows"), ((each.key, each.on, code(each.verdict), both(each.text)) for each in rule.examples)
    )
    return (
        f"## `{rule.key}` {both(rule.name)}\n\n{both(rule.about)}\n\nFor: {both(SUBJECTS[rule.subject])}. "
        f"The edition is chosen by: {both(rule.chosen_by.text)}.\n\n" + "".join(map(_edition, rule.editions)) + "Worked cases:\n\n" + cases
    )


def _edition(edition: Edition) -> str:
    source = f"{edition.source.number} {both(edition.source.title)}"
    clauses = table(("clause", "article", "says", "rests on"), map(_clause, edition.leaves))
    notes = "".join(f"* {both(note.text)}\n" for note in edition.notes)
    return f"Edition {code(edition.key)}, {edition.since or '…'} to {edition.until or '…'}: {source}\n\n{clauses}{notes}\n"


def _clause(leaf: Leaf) -> tuple[str, ...]:
    rests = f"{both(EVIDENCE[leaf.clause.evidence])} {leaf.clause.confidence}"
    return code(leaf.key), leaf.clause.article, both(leaf.clause.text), rests
