"""Who reacts to what: the declared graph of facts and the facts they cause has no circle."""

from __future__ import annotations

from collections import defaultdict

from fuhua.evidence.actions.reactions import REACTIONS
from fuhua.evidence.facts import FACTS
from house.rules.running import circle


def test_reactions_cause_no_circle():
    graph = defaultdict(set)
    for reaction in REACTIONS:
        for kind in reaction.kinds:
            graph[kind] |= set(reaction.causes)
    assert circle(graph) == []


def test_reactions_name_known_kinds_of_fact():
    assert {kind for reaction in REACTIONS for kind in (*reaction.kinds, *reaction.causes)} <= set(FACTS.keys())


def test_a_planted_circle_is_named():
    graph = {
        "a.asked": {"b.answered", "c.told"},
        "b.answered": {"d.closed"},
        "d.closed": {"a.asked"},
        "c.told": {"d.closed"},
    }
    assert circle(graph) == ["a.asked", "b.answered", "d.closed", "a.asked"]
    assert circle({"a.asked": {"a.asked"}}) == ["a.asked", "a.asked"]
    assert circle({**graph, "d.closed": set()}) == []
