"""The best assignment in which no paper falls below a floor, and the highest floor there is, each with prices that prove it."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace

import numpy as np

from fuhua.kernel.words import t
from fuhua.matching.assignment.master import Master
from fuhua.matching.assignment.problem import BadProblem, Impossible, Problem
from fuhua.matching.assignment.teams import NO_FLOOR, NO_TEAM, broken, near_teams, raise_factors, reply
from fuhua.matching.assignment.total import Flow, largest, named

TURNS = 25
PINS = 6
WORSE = 1.2  # with so many times the papers below the floor than there were, raising leads nowhere
LARGE = 100_000  # candidates above which linear programs take too long
HUGE = 2**52  # values above it lose their last digits in linear programs
POOL = 20_000  # teams that a whole program can choose among
SECONDS = 30.0  # given to one whole program
PATIENCE = 45.0  # given to the search for the highest floor
GROWTH = 0.004  # how much faster the score of a paper counts for more each time that it is still below the floor


@dataclass(frozen=True)
class Prices:
    """Prices of people in units / ``per``: with them, and a unit of score counting ``weight``, anybody can compute a bound."""

    whole: np.ndarray
    per: int = 1
    weight: int = 1


@dataclass
class Found:
    """The best assignment at a floor (None: none found), what nobody exceeds (units; None: nobody reaches the floor), and the proof.

    ``searched``: a whole program tried all teams that could be in a better assignment, so it is the best though the bound is higher.
    """

    chosen: np.ndarray | None
    bound: int | None
    prices: Prices
    searched: bool = False

    def proved(self, value: np.ndarray) -> bool:
        """Whether the assignment is known to be the best, or that there is none."""
        return self.bound is None or (self.chosen is not None and (self.searched or int(value[self.chosen].sum()) == self.bound))


def at_floor(problem: Problem, floor: int, flow: Flow, *, value: np.ndarray | None = None, any_will_do: bool = False) -> Found:
    """The largest sum of ``value`` (candidates; else the scores) with every paper at ``floor`` (units) or above, within all quotas.

    ``flow``: the best without floor and quotas. ``any_will_do``: stop at the first assignment that keeps the limits.
    """
    value = problem.score if value is None else value
    found = _raised(problem, floor, flow, value)
    if found.proved(value) or (any_will_do and found.chosen is not None) or len(value) > LARGE or _too_large(problem, value):
        return found
    return _mixed(problem, floor, value, found, any_will_do)


def _per(problem: Problem) -> int:
    """The parts of a unit that prices of a linear program are rounded to: all places together are then off by less than a unit."""
    return 2 ** int(4 * problem.coverage.sum()).bit_length()


def _too_large(problem: Problem, value: np.ndarray) -> bool:
    return int(np.abs(value).max(initial=0)) * _per(problem) > HUGE


def _raised(problem: Problem, floor: int, flow: Flow, value: np.ndarray) -> Found:
    """Let scores count for more, paper by paper, until the flow reaches the floor by itself."""
    found = Found(None, None, Prices(flow.prices))
    factors, rounds = np.zeros(problem.papers), np.zeros(problem.papers)
    fewest = problem.papers
    growth = GROWTH * float(np.abs(value).max(initial=0)) / max(1.0, float(np.abs(problem.score).max(initial=0)))
    for turn in range(TURNS):
        told = reply(problem, value, flow.prices, floor)
        if told.bound is None:
            return Found(None, None, Prices(flow.prices))
        if turn == 0 or told.bound < found.bound:
            found.bound, found.prices = told.bound, Prices(flow.prices)
        if not broken(problem, flow.chosen, floor).any():
            found.chosen = flow.chosen
            if factors.any() and not found.proved(value):
                _pin(problem, floor, value, found, flow, factors > 0)
            return found
        poor = problem.sums(flow.chosen) < floor
        fewest = min(fewest, int(poor.sum()))
        if problem.quotas or not poor.any() or poor.sum() > WORSE * fewest + 1:
            return found
        rounds += poor
        table = (problem.person, value - flow.prices[problem.person], problem.score)
        raise_factors(problem.start, problem.coverage, table, floor, poor, factors)
        factors += np.where(poor, growth * (rounds - 1) ** 2, 0)
        flow = largest(problem, value + np.rint(problem.score * factors[problem.paper]).astype(np.int64), flow.prices, flow.chosen)
    if len(value) > LARGE and reply(problem, 0 * value, flow.prices, floor).bound < 0:
        return Found(None, None, Prices(flow.prices, weight=0))
    return found


def _pin(problem: Problem, floor: int, value: np.ndarray, found: Found, flow: Flow, hard: np.ndarray) -> None:
    """Give papers that the floor bears on the best team at the prices, and the others what is best with the rest; anew at new prices."""
    ends = np.append(0, np.cumsum(problem.coverage))
    for _turn in range(PINS):
        told = reply(problem, value, flow.prices, floor)
        if told.bound < found.bound:
            found.bound, found.prices = told.bound, Prices(flow.prices)
        teams = np.concatenate([told.teams[ends[paper] : ends[paper + 1]] for paper in np.flatnonzero(hard)])
        loads = problem.loads(teams)
        if found.proved(value) or (loads > problem.most).any():
            return
        least, coverage = np.maximum(problem.least - loads, 0), np.where(hard, 0, problem.coverage)
        try:
            flow = largest(replace(problem, most=problem.most - loads, least=least, coverage=coverage), value, flow.prices, flow.chosen)
        except Impossible:
            return
        _improve(problem, floor, value, found, np.sort(np.append(flow.chosen, teams)))


def _mixed(problem: Problem, floor: int, value: np.ndarray, found: Found, any_will_do: bool) -> Found:
    """Programs over teams: first for the prices, then for the best mix, then for one of all teams that could be better."""
    places = int(problem.coverage.sum())
    per = _per(problem)
    never_below = places * int(value.min())
    if value is problem.score:
        never_below = max(never_below, int((problem.coverage > 0).sum()) * floor)
    master = Master(problem, value * per, floor, found.prices.whole * per, never_below * per)
    priced = master.solve()
    if priced.reply.bound is None or priced.reply.bound < never_below * per:
        return Found(None, None, Prices(priced.prices, per))
    if priced.reply.bound // per < found.bound:
        found.bound, found.prices = priced.reply.bound // per, Prices(priced.prices, per)
    for chosen in (priced.chosen, None if priced.chosen is not None else master.mix(SECONDS)[0]):
        _improve(problem, floor, value, found, chosen)
    if found.proved(value) or (any_will_do and found.chosen is not None):
        return found
    wanted = never_below if found.chosen is None else int(value[found.chosen].sum()) + 1
    teams = near_teams(problem, value * per, priced.prices, floor, priced.reply.bound - wanted * per, POOL)
    if teams is None:
        return found
    master.hard[:], master.teams = True, teams
    chosen, found.searched = master.mix(SECONDS)
    _improve(problem, floor, value, found, chosen)
    if found.searched and found.chosen is None:
        return Found(None, None, found.prices, True)
    return found


def _improve(problem: Problem, floor: int, value: np.ndarray, found: Found, chosen: np.ndarray | None) -> None:
    """Take an assignment that is better than the one found, once whole numbers say that it keeps every limit."""
    if chosen is None or (found.chosen is not None and value[chosen].sum() <= value[found.chosen].sum()):
        return
    loads, counts = problem.loads(chosen), np.bincount(problem.paper[chosen], minlength=problem.papers)
    within = (loads >= problem.least).all() and (loads <= problem.most).all() and (counts == problem.coverage).all()
    if within and not broken(problem, chosen, floor).any():
        found.chosen = chosen


@dataclass
class Highest:
    """The best assignment at the highest floor found (units), and the lowest floor that prices prove to be out of reach (``beyond``).

    ``searched``: a whole program tried all teams and reached no higher floor, though no prices prove it.
    """

    floor: int
    found: Found
    beyond: int
    proof: Prices
    searched: bool = False


def highest(problem: Problem, flow: Flow, *, seconds: float = PATIENCE) -> Highest:
    """Raise the floor as far as it goes, then the total at it. Raises :class:`Impossible` when the quotas cannot be kept.

    Halves the stretch between a floor that holds and one that does not; after ``seconds`` what is left of it stays open.
    """
    until = time.monotonic() + seconds
    free = Prices(np.zeros(problem.people, np.int64))
    best = begun(problem, flow)
    alone = reply(problem, problem.score, free.whole, NO_FLOOR).worths[problem.coverage > 0]
    if not len(alone):
        return Highest(0, best, 1, free)
    low, high = int(problem.sums(best.chosen)[problem.coverage > 0].min()), int(alone.min())
    answer = Highest(low, best, high + 1, free)
    limit = high + 1
    target = high
    while answer.floor + 1 < limit and time.monotonic() < until:
        found = at_floor(problem, target, flow, any_will_do=True)
        if found.chosen is not None:
            answer.floor, answer.found = int(problem.sums(found.chosen)[problem.coverage > 0].min()), found
        else:
            limit = target
            answer.searched = found.bound is None and found.searched
            if found.bound is None and not found.searched:
                answer.beyond, answer.proof = target, found.prices
        target = (answer.floor + limit) // 2
    if not answer.found.proved(problem.score):
        answer.found = at_floor(problem, answer.floor, flow)
    return answer


def begun(problem: Problem, flow: Flow) -> Found:
    """An assignment to begin with: the flow, or with quotas the best that keeps them."""
    found = at_floor(problem, int(NO_FLOOR), flow)
    if found.chosen is not None:
        return found
    told = reply(problem, problem.score, flow.prices, NO_FLOOR)
    if short := named(told.worths == NO_TEAM):
        said = t(
            "篇目 {which} 无法满足名额规则；请放宽规则或减少回避", "papers {which} cannot keep the quotas; loosen them or lift conflicts"
        )
        raise Impossible(said.format(which=short))
    if found.bound is None:
        raise Impossible(
            t("名额规则与人员上下限不能同时满足；请放宽其一", "the quotas and the loads cannot hold together; loosen one of them")
        )
    raise BadProblem(
        t("未能在限定时间内找到满足名额规则的分配；请放宽规则", "no assignment that keeps the quotas was found in time; loosen them")
    )
