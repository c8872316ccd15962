"""Amendments: a copy of a rule with another threshold or another date, to see who would gain and who would lose."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise

from fuhua.kernel.words import Text, t
from fuhua.policy.reasoning.conditions import All, Cases, Compare, Condition, Some
from fuhua.policy.reasoning.rule import Edition, Rule
from fuhua.policy.reasoning.terms import Exact, Number


class BadAmendment(ValueError):
    """An amendment that cannot be made; ``text`` says what can."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


def amendable(edition: Edition) -> tuple[Compare, ...]:
    """The clauses whose threshold is one number and can be set to another."""
    return tuple(leaf for leaf in edition.leaves if isinstance(leaf, Compare) and isinstance(leaf.bound, Number))


def amended(
    rule: Rule,
    edition_key: str,
    bounds: Mapping[str, Exact] | None = None,
    *,
    since: dt.date | None = None,
    until: dt.date | None = None,
) -> Rule:
    """A copy of the rule whose edition has other ``bounds`` (by clause key, in term scale) or other dates.

    Raises :class:`BadAmendment` for an unknown edition, a clause without a threshold, or dates that meet another edition.
    """
    bounds = dict(bounds or {})
    edition = next((each for each in rule.editions if each.key == edition_key), None)
    if edition is None:
        raise BadAmendment(
            t("没有版本“{key}”，可选：{keys}", "no edition “{key}”; one of {keys}").format(
                key=edition_key, keys=", ".join(each.key for each in rule.editions)
            )
        )
    if unknown := set(bounds) - {leaf.key for leaf in amendable(edition)}:
        raise BadAmendment(
            t("这些条款没有可改的数值：{keys}", "these clauses have no number to change: {keys}").format(keys=", ".join(sorted(unknown)))
        )
    copy = replace(
        edition,
        conditions=_with(edition.conditions, bounds),
        levels=tuple(replace(level, conditions=_with(level.conditions, bounds)) for level in edition.levels),
        since=since or edition.since,
        until=until or edition.until,
    )
    editions = tuple(copy if each is edition else each for each in rule.editions)
    _in_order(editions)
    return replace(rule, editions=editions)


def _with(condition: Condition, bounds: Mapping[str, Exact]) -> Condition:
    if isinstance(condition, Compare) and condition.key in bounds:
        return replace(condition, bound=Number(bounds[condition.key]))
    if isinstance(condition, All | Some | Cases):
        return replace(condition, nodes=tuple(_with(node, bounds) for node in condition.nodes))
    return condition


def _in_order(editions: tuple[Edition, ...]) -> None:
    spans = sorted((each.since or dt.date.min, each.until or dt.date.max) for each in editions)
    for first, last in spans:
        if first > last:
            raise BadAmendment(t("生效日晚于截止日", "it ends before it begins"))
    for (_, last), (first, _) in pairwise(spans):
        if last >= first:
            raise BadAmendment(t("日期与另一版本重叠，请先改另一版本", "the dates overlap another edition; change that one first"))
