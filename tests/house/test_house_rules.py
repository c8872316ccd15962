"""Each rule of the house: the real tree keeps it, and a planted offence is named with its file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from house.plants import PLANTS, RULES
from house.plants.plant import Plant
from house.rules.tree import Tree

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def checkout() -> Tree:
    """This very checkout, read once."""
    return Tree(ROOT)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_tree_keeps(rule, checkout):
    offences = [str(finding) for finding in dict.fromkeys(rule(checkout))]
    assert not offences, f"{rule.__doc__}\n" + "\n".join(offences)


@pytest.mark.parametrize("plant", PLANTS, ids=lambda plant: plant.name)
def test_a_planted_offence_is_named(plant: Plant, tmp_path: Path):
    for name, text in plant.files.items():
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    found = [str(finding) for finding in plant.rule(Tree(tmp_path))]
    assert [offence for offence in dict.fromkeys(found) if offence.startswith(plant.where) and plant.says in offence], (
        found
    )


@pytest.mark.parametrize("plant", PLANTS, ids=lambda plant: plant.name)
def test_what_is_well_made_is_left_alone(plant: Plant, tmp_path: Path):
    for name, text in plant.well_made.items():
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    assert [str(finding) for finding in plant.rule(Tree(tmp_path))] == []


def test_every_rule_has_a_plant():
    assert {plant.rule for plant in PLANTS} == set(RULES)
