"""Near prices of people, quickly: papers bid for places until none can gain more than a little; :mod:`flow` begins from there.

Bertsekas' auction with places: a person has as many as it may take, they go to the highest bids, and a full person's price is its
lowest bid. What comes out need be neither exact nor feasible, so nothing here is proved and nothing depends on it but time.
"""

from __future__ import annotations

import numpy as np

from fuhua.matching.compiled import compiled

STEPS = 2000  # a bid exceeds what is needed by such a part of the range of scores: smaller takes more bids, larger leaves more to mend
NOBODY = -1
PATIENCE = 200  # bids a paper, before the prices are taken as they are


@compiled
def _wanted(paper, lacks, network, price, used, best):
    """The ``lacks`` + 1 candidates a paper would most like to have beside those it has: fills ``best``, returns how many there are."""
    start, person, gain = network[0], network[1], network[2]
    found = 0
    for edge in range(start[paper], start[paper + 1]):
        if used[edge]:
            continue
        value = gain[edge] - price[person[edge]]
        if found <= lacks:
            at = found
            found += 1
        elif value > gain[best[lacks]] - price[person[best[lacks]]]:
            at = lacks
        else:
            continue
        while at > 0 and gain[best[at - 1]] - price[person[best[at - 1]]] < value:
            best[at] = best[at - 1]
            at -= 1
        best[at] = edge
    return found


@compiled
def _place(edge, bid, who, places, taken, price, used, bids, holders):
    """A person takes the edge for ``bid``; returns the edge that has to give way, or NOBODY."""
    first, last = places[who], places[who + 1]
    out = NOBODY
    at = first + taken[who]
    if at == last:
        at = first
        for other in range(first + 1, last):
            if bids[other] < bids[at]:
                at = other
        out = holders[at]
        used[out] = False
    else:
        taken[who] += 1
    bids[at], holders[at], used[edge] = bid, edge, True
    if first + taken[who] == last:
        price[who] = bids[first:last].min()
    return out


@compiled
def bid(network, most, coverage, price):
    """Raises ``price`` (people, int64, all 0) to about what the places of each person are worth to the papers."""
    person, gain, owner = network[1], network[2], network[3]
    papers, step = len(coverage), (gain.max() - gain.min()) // STEPS + 1
    places = np.append(0, np.cumsum(np.minimum(most, np.bincount(person, minlength=len(most)))))
    taken, lacks, used = np.zeros(len(price), np.int64), coverage.copy(), np.zeros(len(gain), np.bool_)
    bids, holders, best = np.empty(places[-1], np.int64), np.empty(places[-1], np.int64), np.empty(coverage.max() + 1, np.int64)
    queue, waits = np.arange(papers), np.ones(papers, np.bool_)
    head, size, left = 0, papers, PATIENCE * papers
    while size and left:
        left -= 1
        paper = queue[head]
        head, size = (head + 1) % papers, size - 1
        waits[paper] = False
        found = _wanted(paper, lacks[paper], network, price, used, best)
        if found == 0:
            continue
        spare = gain[best[found - 1]] - price[person[best[found - 1]]] - step
        for at in range(min(found, lacks[paper])):
            who = person[best[at]]
            if places[who] == places[who + 1]:
                continue
            lacks[paper] -= 1
            out = _place(best[at], gain[best[at]] - spare, who, places, taken, price, used, bids, holders)
            if out != NOBODY:
                loser = owner[out]
                lacks[loser] += 1
                if not waits[loser]:
                    waits[loser] = True
                    queue[(head + size) % papers] = loser
                    size += 1
