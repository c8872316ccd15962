"""Every rule there is: the topics are read once, and each rule is checked for keys that meet."""

from __future__ import annotations

from fuhua.kernel.registry import Registry
from fuhua.policy.reasoning.inputs import INPUTS, Input
from fuhua.policy.reasoning.rule import RULES, Rule
from fuhua.policy.words import TOPICS


def rules() -> list[Rule]:
    """Every rule, by topic."""
    for topic in TOPICS:
        RULES.discover(f"fuhua.policy.rules.{topic}")
    return list(RULES)


def rule_of(key: str) -> Rule | None:
    """The rule under ``key``, or None."""
    rules()
    return RULES.get(key)


def inputs() -> Registry[Input]:
    """Every input that some rule asks for, by name."""
    rules()
    return INPUTS
