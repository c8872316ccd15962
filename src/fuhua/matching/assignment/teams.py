"""The best team of every paper at given prices, and with it a bound on what anybody could reach.

Whatever the prices, no assignment is worth more than what all places cost at them plus what the best team of every paper is worth beyond
its cost. Floor, quotas and conflicts hold inside the team of each paper, so they make this bound sharper instead of the search longer.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from fuhua.matching.assignment.problem import Problem
from fuhua.matching.compiled import compiled

FREE, FORCED, BARRED = 0, 1, 2
NO_TEAM, ONE = np.int64(-(2**62)), np.int64(1)
STEEP = 1e15  # a factor beyond any that scores can need
NO_FLOOR = np.int64(-(2**61))


@compiled
def _count(who, quotas, counts, more):
    """Counts a person for (``ONE``) or off its quotas; whether all quotas still allow it."""
    of, which, _least, most = quotas
    allowed = True
    for at in range(of[who], of[who + 1]):
        counts[which[at]] += more
        allowed &= counts[which[at]] <= most[which[at]]
    return allowed


@compiled
def _enough(values, scores, need, factor, floor):
    order = np.argsort(-(values + factor * scores))[:need]
    return scores[order].sum() >= floor


@compiled
def _factor(values, scores, need, floor):
    """How much a unit of score must count for the best team to reach the floor: this makes the bound of the search sharp."""
    if need == 0 or _enough(values, scores, need, 0.0, floor):
        return 0.0
    high = 1.0 / 64
    while high < STEEP and not _enough(values, scores, need, high, floor):
        high *= 4
    low = high / 4
    for _turn in range(16):
        middle = (low + high) / 2
        if _enough(values, scores, need, middle, floor):
            high = middle
        else:
            low = middle
    return high


@compiled
def _fill(need, worth, marks, lot, candidates, quotas, counts, found):
    """Tries every way to fill ``need`` places with at least ``beat``; returns how many there were, the last ones in ``found``.

    A row of ``found`` is what a team is worth and its edges. With one row only better teams count from then on, so the best is left.
    """
    factor, floor, beat = lot
    many = 0
    edges, persons, values, scores, ahead, top = candidates
    path, depth, at = np.empty(need + 1, np.int64), 0, 0
    while depth >= 0:
        left = need - depth
        if left == 0 and marks >= floor and worth >= beat and (counts >= quotas[2]).all():
            row = found[many % len(found)]
            row[0] = worth
            for step in range(need):
                row[1 + step] = edges[path[step]]
            many += 1
            if len(found) == 1:
                beat = worth + 1
            elif many == len(found):
                return many
        if left and at + left <= len(edges) and marks + left * top[at] >= floor:
            bound = worth + factor * (marks - floor) + ahead[at + left] - ahead[at]
            if bound >= beat - 0.5:
                path[depth] = at
                depth, worth, marks = depth + 1, worth + values[at], marks + scores[at]
                allowed = _count(persons[at], quotas, counts, ONE)
                at += 1
                if allowed:
                    continue
        depth -= 1
        if depth >= 0:
            at = path[depth]
            worth, marks = worth - values[at], marks - scores[at]
            _count(persons[at], quotas, counts, -ONE)
            at += 1
    return many


@compiled
def _best(free, team, begun, table, lot, quotas, counts, found):
    """Teams of the ``begun`` first of ``team`` and some of ``free`` by :func:`_fill`; returns how many."""
    person, value, score = table
    floor, beat = lot
    counts[:] = 0
    worth, marks, allowed = np.int64(0), np.int64(0), True
    for edge in team[:begun]:
        worth, marks = worth + value[edge], marks + score[edge]
        allowed &= _count(person[edge], quotas, counts, ONE)
    need = len(team) - begun
    if not allowed or len(free) < need:
        return 0
    values, scores = value[free], score[free]
    factor = 0.0 if floor <= NO_FLOOR else _factor(values.astype(np.float64), scores.astype(np.float64), need, float(floor - marks))
    weight = values + factor * scores
    order = np.argsort(-weight)
    top = np.full(len(free) + 1, NO_FLOOR)
    for at in range(len(free) - 1, -1, -1):
        top[at] = max(top[at + 1], scores[order[at]])
    candidates = (free[order], person[free[order]], values[order], scores[order], np.append(0.0, np.cumsum(weight[order])), top)
    return _fill(need, worth, marks, (factor, floor, beat), candidates, quotas, counts, found)


@compiled
def _ordinary(first, last, places, begun, value, status, team):
    """The people worth most, whatever floor and quotas say: into ``team``; returns how many there are."""
    found = begun
    for edge in range(first, last):
        if status[edge] != FREE:
            continue
        if found < places:
            at = found
            found += 1
        elif value[edge] > value[team[places - 1]]:
            at = places - 1
        else:
            continue
        while at > begun and value[team[at - 1]] < value[edge]:
            team[at] = team[at - 1]
            at -= 1
        team[at] = edge
    return found


@compiled
def _keeps(team, person, score, floor, quotas, counts):
    counts[:] = 0
    allowed, marks = True, np.int64(0)
    for edge in team:
        allowed &= _count(person[edge], quotas, counts, ONE)
        marks += score[edge]
    return allowed and (floor <= NO_FLOOR or marks >= floor) and (counts >= quotas[2]).all()


@compiled
def best_teams(start, coverage, table, status, floor, quotas, worths, teams, poor):
    """The best team of each paper (``teams``, one after another), its worth, and whether floor or quotas changed it (``poor``)."""
    person, value, score = table
    counts = np.zeros(len(quotas[2]), np.int64)
    at = 0
    for paper in range(len(coverage)):
        first, last, places = start[paper], start[paper + 1], coverage[paper]
        team = teams[at : at + places]
        at += places
        begun = np.int64(0)
        for edge in range(first, last):
            if status[edge] == FORCED:
                if begun < places:
                    team[begun] = edge
                begun += 1
        poor[paper], worths[paper] = True, NO_TEAM
        if begun > places or (places and _ordinary(first, last, places, begun, value, status, team) < places):
            continue
        poor[paper] = places > 0 and not _keeps(team, person, score, floor, quotas, counts)
        if poor[paper]:
            free = first + np.flatnonzero(status[first:last] == FREE)
            found = np.empty((1, 1 + places - begun), np.int64)
            if _best(free, team, begun, table, (floor, NO_TEAM), quotas, counts, found):
                worths[paper] = found[0, 0]
                team[begun:] = found[0, 1:]
        else:
            worths[paper] = value[team].sum()


@dataclass(frozen=True)
class Reply:
    """What all papers would take at some prices.

    ``bound``: nobody reaches more; None when some paper has no team at all, so that nobody reaches anything. ``worths`` (papers): of the
    best team beyond its cost; ``teams``: their candidates, paper by paper; ``poor`` (papers): floor or quotas stand in the way of better.
    """

    bound: int | None
    worths: np.ndarray
    teams: np.ndarray
    poor: np.ndarray


def reply(problem: Problem, value: np.ndarray, prices: np.ndarray, floor: int, status: np.ndarray | None = None) -> Reply:
    """The best teams at ``prices`` (people) when candidates are worth ``value``, in the same unit; ``status``: FREE, FORCED or BARRED."""
    status = np.zeros(len(value), np.int8) if status is None else status
    worths, poor = np.empty(problem.papers, np.int64), np.empty(problem.papers, np.bool_)
    teams = np.zeros(int(problem.coverage.sum()), np.int64)
    table = (problem.person, value - prices[problem.person], problem.score)
    best_teams(problem.start, problem.coverage, table, status, np.int64(floor), quota_table(problem), worths, teams, poor)
    if (worths == NO_TEAM).any():
        return Reply(None, worths, teams, poor)
    places = np.where(prices > 0, problem.most, problem.least) * prices
    return Reply(int(places.sum()) + int(worths.sum()), worths, teams, poor)


def broken(problem: Problem, chosen: np.ndarray, floor: int) -> np.ndarray:
    """Which papers (bool) are below the floor or break a quota."""
    found = problem.sums(chosen) < floor
    for quota in problem.quotas:
        members = np.bincount(problem.paper[chosen], quota.members[problem.person[chosen]], minlength=problem.papers)
        found |= (members < quota.least) | (members > quota.most)
    return found & (problem.coverage > 0)


@compiled
def _teams_of(first, last, places, table, lot, quotas, found):
    counts, team = np.zeros(len(quotas[2]), np.int64), np.empty(places, np.int64)
    return _best(np.arange(first, last), team, np.int64(0), table, lot, quotas, counts, found)


def near_teams(
    problem: Problem, value: np.ndarray, prices: np.ndarray, floor: int, slack: int, most: int
) -> dict[tuple[int, ...], int] | None:
    """Every team whose worth at ``prices`` is within ``slack`` of the best of its paper, with its paper; None if they are over ``most``."""
    told, table = reply(problem, value, prices, floor), (problem.person, value - prices[problem.person], problem.score)
    quotas, teams = quota_table(problem), {}
    for paper in np.flatnonzero(problem.coverage):
        places = int(problem.coverage[paper])
        found = np.empty((most - len(teams) + 2, 1 + places), np.int64)
        lot = (np.int64(floor), told.worths[paper] - slack)
        many = _teams_of(problem.start[paper], problem.start[paper + 1], places, table, lot, quotas, found)
        if len(teams) + many > most:
            return None
        teams.update((tuple(sorted(row)), int(paper)) for row in found[:many, 1:].tolist())
    return teams


def quota_table(problem: Problem) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Quotas person by person: where each one's begin, which they are; the least and the most of each quota."""
    members = np.array([quota.members for quota in problem.quotas], bool).reshape(len(problem.quotas), problem.people)
    who, which = np.nonzero(members.T)
    of = np.searchsorted(who, np.arange(problem.people + 1))
    least, most = ([getattr(quota, side) for quota in problem.quotas] for side in ("least", "most"))
    return of.astype(np.int64), which.astype(np.int64), np.array(least, np.int64), np.array(most, np.int64)


@compiled
def raise_factors(start, coverage, table, floor, poor, factors):
    """Adds to the factors of poor papers what the score must count for besides, for the people worth most to reach the floor."""
    _person, value, score = table
    for paper in range(len(coverage)):
        if poor[paper]:
            first, last = start[paper], start[paper + 1]
            marks = score[first:last].astype(np.float64)
            worth = value[first:last] + factors[paper] * marks
            factors[paper] += _factor(worth, marks, coverage[paper], float(floor))
