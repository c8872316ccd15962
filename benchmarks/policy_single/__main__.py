"""Judge one subject and find its nearest way: milliseconds over every worked case, random profiles, and hard technology SMEs."""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import platform
import random
from collections.abc import Iterable, Iterator, Mapping
from time import process_time
from typing import Any

from benchmarks.measure import percentile
from fuhua.policy.catalog import rule_of, rules
from fuhua.policy.reasoning.inputs import Change, Input
from fuhua.policy.reasoning.profile import read_profile, settled
from fuhua.policy.reasoning.rule import Rule
from fuhua.policy.reasoning.terms import yuan
from fuhua.policy.reasoning.verdict import judge
from fuhua.policy.reasoning.ways import nearest

Case = tuple[Rule, dict[str, Any], dt.date, Mapping[str, Any], Mapping[str, Change | None]]
SOME = ("tech_sme", "hnte", "beijing_incubator", "bse")
ROUNDS = 3
TITLES = ("national_award", "provincial_rd_body", "led_standard", "hnte_valid")


def main(chosen: argparse.Namespace) -> None:
    """Print the spread for the worked cases, for random profiles of some rules, and for the hard ones."""
    found = {"examples": _spread(_worked()), "hard tech_sme": _spread(_hard())}
    for key in SOME:
        rule = rule_of(key)
        if rule is not None:
            found[key] = _spread(_random(rule, chosen.size))
    machine = {"cores": os.cpu_count(), "load": round(os.getloadavg()[0], 1), "python": platform.python_version()}
    print(json.dumps({"benchmark": "policy_single", "machine": machine, **found}, indent=None if chosen.json else 1))


def _spread(cases: Iterable[Case]) -> dict[str, Any]:
    """Processor milliseconds of judge and nearest way together, each case at its best of a few rounds."""
    times, ways, unproved = [], 0, 0
    for rule, known, on, tables, costs in cases:
        best = float("inf")
        for _round in range(ROUNDS):
            begun = process_time()
            judge(rule, known, on, tables)
            near = nearest(rule, known, on, tables, costs, most=1)
            best = min(best, process_time() - begun)
        times.append(best * 1000)
        ways, unproved = ways + bool(near.ways), unproved + (not near.proved)
    spread = {f"p{share}": round(percentile(times, share / 100), 2) for share in (50, 95)}
    return {"cases": len(times), "ways": ways, "unproved": unproved, **spread, "max": round(max(times), 2)}


def _worked() -> Iterator[Case]:
    for rule in rules():
        for example in rule.examples:
            yield rule, read_profile(example.profile, rule.inputs), example.on, example.tables, {}


def _random(rule: Rule, size: int) -> Iterator[Case]:
    """Worked cases of the rule with about half of their values drawn anew, always the same ones."""
    rng = random.Random(rule.key)
    for _ in range(size):
        example = rng.choice(rule.examples)
        known = settled(read_profile(example.profile, rule.inputs), example.on)
        for name in sorted(known):
            one = next(each for each in rule.inputs if each.name == name)
            if one.kind == "number" and rng.random() < 0.5:
                known[name] = _drawn(one, known[name], rng)
        yield rule, known, example.on, example.tables, {}


def _drawn(one: Input, value: tuple[int, int], rng: random.Random) -> tuple[int, int]:
    """A tenth to twice of what it was, or nothing; a count of a few, from none to nine."""
    shaken = int(value[1] * rng.choice((0, 0.1, 0.5, 0.8, 0.95, 1, 1.05, 1.2, 2))) if value[1] > 9 else rng.randrange(10)
    within = min(max(shaken, one.low), one.high)
    return within, within


def _hard() -> Iterator[Case]:
    """No staff, R&D or rights at all, with more and more that can be changed."""
    rule = rule_of("tech_sme")
    if rule is None:
        return
    example = rule.examples[0]
    titles = {name: Change(1, yuan(1_000_000)) for name in TITLES}
    fewer = {"employees": Change(1, yuan(200_000), up=False), "sales": Change(yuan(1_000), yuan(300), up=False)}
    every = {**titles, **fewer, "costs": Change(yuan(1_000), yuan(200), up=False)}
    for employees in (1, 7, 40, 333, 500):
        for amount in ("1万元", "1000万元", "1.99亿元"):
            low = {"employees": employees, "sales": amount, "costs": amount, "rd_staff": 0, "rd": 0, "class_1": 0, "class_2": 0}
            known = read_profile({**example.profile, **low}, rule.inputs)
            for costs in ({}, titles, every):
                yield rule, known, example.on, {}, costs


if __name__ == "__main__":
    options = argparse.ArgumentParser()
    options.add_argument("--size", type=int, default=1_000, help="random profiles of each rule")
    options.add_argument("--json", action="store_true", help="one line of JSON instead of readable JSON")
    main(options.parse_args())
