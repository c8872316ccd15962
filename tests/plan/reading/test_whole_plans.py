"""Whole plans in the styles of many cities, written for these tests, read and compared with their golds."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from fuhua.plan.reading import Reading, read_text
from fuhua.plan.reading.scoring import score_measures, score_targets, score_units

PLANS = Path(__file__).with_name("plans")
REAL = Path(os.environ.get("FUHUA_SHARED_DATA", "/work/shared/data")) / "plans"
OWN = sorted(PLANS.glob("*.gold.txt"))
REAL_GOLDS = sorted(REAL.glob("*.gold.json"))
REAL_TEXTS = sorted(REAL.glob("*.txt"))


def gold_of(path: Path) -> dict[str, Any]:
    """A gold written as lines: `M no|title|units|lead|support` and `T measure|metric|op|value|unit|year|period|max`."""
    measures, targets = [], []
    for line in path.read_text(encoding="utf-8").splitlines():
        cells = line[2:].split("|")
        if line.startswith("M "):
            measure: dict[str, Any] = {"no": int(cells[0]), "title": cells[1], "units": cells[2].split(";")}
            measure |= {
                role: cell.split(";") for role, cell in zip(("lead", "support"), cells[3:], strict=False) if cell
            }
            measures.append(measure)
        elif line.startswith("T "):
            cells += [""] * (8 - len(cells))
            target: dict[str, Any] = {"measure": int(cells[0]), "metric": cells[1], "op": cells[2], "unit": cells[4]}
            target |= {"value": float(cells[3]), "deadline": cells[5].strip("-") or None, "period": cells[6] or None}
            if cells[7]:
                target["max"] = float(cells[7])
            targets.append(target)
    return {"measures": measures, "targets": targets}


def reading_of(gold: Path) -> Reading:
    stem = gold.name.removesuffix(".gold.txt")
    source = next(path for path in (PLANS / f"{stem}.txt", PLANS / f"{stem}.md") if path.exists())
    return read_text(source.read_text(encoding="utf-8"), name=stem)


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.name)
def test_every_measure_of_a_plan_is_found_with_its_title_and_units(path: Path) -> None:
    found, gold = reading_of(path).to_json(), gold_of(path)
    measures, units = score_measures(found, gold), score_units(found, gold)
    assert (measures.missed, measures.invented) == ((), ())
    assert (units.missed, units.invented) == ((), ())


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.name)
def test_leading_and_supporting_units_are_told_apart_where_the_text_does(path: Path) -> None:
    found, gold = reading_of(path).to_json(), gold_of(path)
    roles = [(measure.get("lead"), measure.get("support")) for measure in found["measures"]]
    wanted = [(measure.get("lead"), measure.get("support")) for measure in gold["measures"]]
    told = [(a, b) for a, b in zip(roles, wanted, strict=True) if b != (None, None)]
    assert [a for a, _ in told] == [b for _, b in told]


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.name)
def test_targets_of_a_plan_are_found_and_few_are_invented(path: Path) -> None:
    score = score_targets(reading_of(path).to_json(), gold_of(path), strict=True)
    assert score.f1 >= 0.9, (score.missed, score.invented)


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.name)
def test_every_span_points_at_the_words_it_stands_for(path: Path) -> None:
    reading = reading_of(path)
    for measure in reading.measures:
        if measure.section or measure.title_span != measure.span:
            begin, end = measure.title_span
            assert reading.source_text[begin:end] == measure.title
        assert measure.span[0] <= measure.title_span[0] < measure.span[1]
    for target in reading.targets:
        assert target.quote.split()[0] in reading.source_text[slice(*target.span)]


@pytest.mark.skipif(not REAL_GOLDS, reason="the real plans are not at hand")
@pytest.mark.parametrize("path", REAL_GOLDS, ids=lambda path: path.name)
def test_real_plans_reach_the_promised_scores(path: Path) -> None:
    gold = json.loads(path.read_text(encoding="utf-8"))
    text = path.with_name(path.name.replace(".gold.json", ".txt")).read_text(encoding="utf-8")
    found = read_text(text).to_json()
    assert score_measures(found, gold).f1 >= 0.98
    assert score_units(found, gold).f1 >= 0.95
    assert score_targets(found, gold).f1 >= 0.85


@pytest.mark.skipif(not REAL_TEXTS, reason="the real plans are not at hand")
@pytest.mark.parametrize("path", REAL_TEXTS, ids=lambda path: path.name)
def test_real_plans_are_read_without_failing_and_as_plain_json(path: Path) -> None:
    reading = read_text(path.read_text(encoding="utf-8"), name=path.stem)
    assert reading.measures
    assert json.loads(json.dumps(reading.to_json(), ensure_ascii=False))["name"] == path.stem
