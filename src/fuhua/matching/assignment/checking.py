"""Recomputes a certificate of assignment with the standard library alone: shares no line with the solver, rounds nothing, trusts nothing.

Whatever prices people have, no assignment is worth more than what all their places cost at these prices (the most that each may
take where the price is above zero, the least where below) plus what the best team of each paper is worth beyond its cost. See
docs/assignment.md.
"""

from __future__ import annotations

import hashlib
import json
from heapq import nlargest
from typing import Any

BITS, WORD = 10, 2**64


class Refused(Exception):
    """The certificate does not hold; the message is a code of what is wrong: format, digest, pair, coverage, load, quota, sum, bound."""


def check(certificate: dict[str, Any]) -> dict[str, Any]:
    """What the certificate proves: ``total``, ``worst`` and their bounds (units), whether each is optimal, whether the draw is right.

    Raises :class:`Refused` when anything in it is not as it says.
    """
    try:
        return _checked(certificate)
    except (KeyError, TypeError, ValueError, IndexError, AttributeError) as wrong:
        raise Refused("format") from wrong


def digest(certificate: dict[str, Any]) -> str:
    """SHA-256 of everything but the digest, as JSON with sorted keys and without spaces."""
    rest = {key: value for key, value in certificate.items() if key != "digest"}
    return hashlib.sha256(json.dumps(rest, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def _checked(told: dict[str, Any]) -> dict[str, Any]:
    _must(told["format"] == "fuhua-assignment-1" and _whole(told), "format")
    _must(told["digest"] == digest(told), "digest")
    teams = _teams(told)
    sums = [sum(score for _person, score in team) for team, places in zip(teams, told["coverage"], strict=True) if places]
    total, worst, floor = sum(sums), min(sums, default=0), told["floor"]
    _must(told["total"]["found"] == total and told["worst"]["found"] == worst and (floor is None or worst >= floor), "sum")
    scale = told["draw"]["scale"] if told["draw"] else 1
    _must(scale >= 1 and (scale == 1 or scale > sum(told["coverage"]) << BITS), "format")
    proof = told["total"]
    bound = _bound(told, proof, floor, scale)
    _must(bound is not None and proof["weight"] == 1 and bound // (proof["per"] * scale) == proof["bound"], "bound")
    _must(_out_of_reach(told, told["worst"], told["worst"]["bound"] + 1), "bound")
    chosen = {(person, paper) for person, paper in told["assignment"]}
    worth = sum(value for paper, row in enumerate(_values(told, scale)) for person, value, _score in row if (person, paper) in chosen)
    return {
        "total": total, "total_bound": proof["bound"], "total_optimal": total == proof["bound"],
        "worst": worst, "worst_bound": told["worst"]["bound"], "worst_optimal": worst == told["worst"]["bound"],
        "drawn": bool(told["draw"]) and worth == bound // proof["per"],
    }  # fmt: skip


def _must(holds: bool, code: str) -> None:
    if not holds:
        raise Refused(code)


def _whole(told: Any) -> bool:
    """No number in it has a fraction, so all arithmetic is exact."""
    if isinstance(told, dict | list):
        return all(_whole(each) for each in (told.values() if isinstance(told, dict) else told))
    return told is None or isinstance(told, int | str)


def _teams(told: dict[str, Any]) -> list[list[tuple[int, int]]]:
    """The people of each paper with their scores; refuses whoever is no candidate, comes twice, or breaks a limit."""
    scores = [dict(zip(people, marks, strict=True)) for people, marks in told["candidates"]]
    people, pairs = len(told["most"]), [tuple(pair) for pair in told["assignment"]]
    _must(len(set(pairs)) == len(pairs) and len(scores) == len(told["coverage"]) and len(told["least"]) == people, "format")
    _must(all(len(row) == len(set(those[0])) for row, those in zip(scores, told["candidates"], strict=True)), "format")
    _must(all(0 <= person < people for row in scores for person in row), "format")
    teams: list[list[tuple[int, int]]] = [[] for _ in scores]
    loads = [0] * people
    for person, paper in pairs:
        _must(0 <= paper < len(scores) and person in scores[paper], "pair")
        teams[paper].append((person, scores[paper][person]))
        loads[person] += 1
    _must([len(team) for team in teams] == told["coverage"], "coverage")
    _must(all(low <= load <= high for low, load, high in zip(told["least"], loads, told["most"], strict=True)), "load")
    _must(all(_keeps(told, [person for person, _score in team]) for team in teams if team), "quota")
    return teams


def _keeps(told: dict[str, Any], team: list[int]) -> bool:
    return all(quota["least"] <= sum(one in quota["members"] for one in team) <= quota["most"] for quota in told["quotas"])


def _values(told: dict[str, Any], scale: int) -> list[list[tuple[int, int, int]]]:
    """(person, value, score) of the candidates of each paper: the value is the score times ``scale`` plus the lot of the draw."""
    rows = (zip(people, marks, strict=True) for people, marks in told["candidates"])
    if not told["draw"]:
        return [[(person, score, score) for person, score in row] for row in rows]
    offset = int.from_bytes(hashlib.sha256(told["draw"]["seed"].encode()).digest()[:8], "big")
    return [
        [(person, score * scale + _lot((person << 32) + paper + offset), score) for person, score in row] for paper, row in enumerate(rows)
    ]


def _lot(mixed: int) -> int:
    """The top bits of the mixing function of SplitMix64."""
    mixed %= WORD
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB), (31, 1)):
        mixed = (mixed ^ (mixed >> shift)) * factor % WORD
    return mixed >> (64 - BITS)


def _bound(told: dict[str, Any], proof: dict[str, Any], floor: int | None, scale: int) -> int | None:
    """What no assignment exceeds at the prices of the proof, in units / per; None when some paper has no team that reaches the floor."""
    prices, per, weight = proof["prices"], proof["per"], proof["weight"]
    _must(len(prices) == len(told["most"]) and per >= 1 and weight in (0, 1), "format")
    found = sum(price * (most if price > 0 else least) for price, least, most in zip(prices, told["least"], told["most"], strict=True))
    for row, places in zip(_values(told, scale), told["coverage"], strict=True):
        if places:
            best = _best(told, [(value * per * weight - prices[who], score, who) for who, value, score in row], places, floor)
            if best is None:
                return None
            found += best
    return found


def _out_of_reach(told: dict[str, Any], proof: dict[str, Any], floor: int) -> bool:
    """Whether the prices show that not every paper can reach the floor: less is possible than all of them would have to have."""
    bound = _bound(told | {"draw": None}, proof, floor, 1)
    needy = [places for places in told["coverage"] if places]
    lowest = min((score for _people, marks in told["candidates"] for score in marks), default=0)
    return bound is None or not needy or bound < proof["weight"] * proof["per"] * max(len(needy) * floor, sum(needy) * lowest)


def _best(told: dict[str, Any], row: list[tuple[int, int, int]], places: int, floor: int | None) -> int | None:
    """What the best team is worth: the people worth most if they keep floor and quotas, else the best found by trying."""
    top = nlargest(places, row)
    if len(top) < places or (floor is not None and sum(nlargest(places, (score for _worth, score, _who in row))) < floor):
        return None
    if (floor is None or sum(score for _worth, score, _who in top) >= floor) and _keeps(told, [who for _worth, _score, who in top]):
        return sum(worth for worth, _score, _who in top)
    row = sorted(row, reverse=True)
    most = [max((score for _worth, score, _who in row[at:]), default=0) for at in range(len(row) + 1)]
    best, open_ = None, [(0, places, 0, 0, ())]
    while open_:
        at, left, worth, marks, team = open_.pop()
        if left == 0:
            if (floor is None or marks >= floor) and (best is None or worth > best) and _keeps(told, list(team)):
                best = worth
        elif at + left <= len(row) and (floor is None or marks + left * most[at] >= floor):
            if best is not None and worth + sum(one[0] for one in row[at : at + left]) <= best:
                continue
            open_.append((at + 1, left, worth, marks, team))
            open_.append((at + 1, left - 1, worth + row[at][0], marks + row[at][1], (*team, row[at][2])))
    return best
