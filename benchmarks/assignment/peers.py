"""The largest total by others: OR-tools' min-cost flow and SciPy's linear program (HiGHS) over the same whole numbers."""

from __future__ import annotations

import numpy as np
from ortools.graph.python import min_cost_flow
from scipy import optimize, sparse

from fuhua.matching.assignment.problem import Problem


def flow_of_or_tools(task: Problem) -> int:
    """The largest total (units) as a flow: source → person → paper → sink; no least loads."""
    solver = min_cost_flow.SimpleMinCostFlow()
    people, papers = task.people, task.papers
    source, sink = people + papers, people + papers + 1
    solver.add_arcs_with_capacity_and_unit_cost(np.full(people, source), np.arange(people), task.most, np.zeros(people, np.int64))
    solver.add_arcs_with_capacity_and_unit_cost(task.person, people + task.paper, np.ones(len(task.person), np.int64), -task.score)
    ends = people + np.arange(papers), np.full(papers, sink)
    solver.add_arcs_with_capacity_and_unit_cost(*ends, task.coverage, np.zeros(papers, np.int64))
    solver.set_nodes_supplies(np.array([source, sink]), np.array([1, -1]) * int(task.coverage.sum()))
    if solver.solve() != solver.OPTIMAL:
        raise RuntimeError("no optimal flow")
    return -int(solver.optimal_cost())


def program_of_scipy(task: Problem) -> float:
    """The largest total (units) as a linear program."""
    size = len(task.person)
    load = sparse.csr_array((np.ones(size), (task.person, np.arange(size))), shape=(task.people, size))
    own = sparse.csr_array((np.ones(size), (task.paper, np.arange(size))), shape=(task.papers, size))
    scale = float(np.abs(task.score).max())
    found = optimize.linprog(-task.score / scale, A_ub=load, b_ub=task.most, A_eq=own, b_eq=task.coverage, bounds=(0, 1), method="highs")
    return -found.fun * scale
