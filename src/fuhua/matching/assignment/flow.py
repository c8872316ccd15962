"""The largest total of a bipartite network in whole numbers: who has too much hands on, who has too little takes, by shortest paths.

Every person has a price; every paper takes the people that are worth most to it at these prices, so nothing is wrong but how many
papers people have. A path from a person with too many, or to one with too few, mends one unit; the other end is the *pool*, which
answers for what people have. The prices of all that the search passed move so that every paper still takes its best. The search is
Dijkstra's over what an exchange loses, which is never negative at such prices. All numbers are whole, so the end is exact.

Nodes: person i is ``i``, the pool ``n``, paper j ``n + 1 + j``. Edges stand paper by paper: ``start[j]:start[j + 1]``; ``open_to``
lists them person by person. A search is (keys, nodes: a heap; distance of each node; how each was reached; touched nodes, their count).
"""

from __future__ import annotations

import numpy as np

from fuhua.matching.compiled import compiled

FAR = np.int64(2**62)
NONE, POOL = np.int64(-1), np.int64(-2)  # how a node was reached, when not over an edge; POOL - 1 - i: the pool from person i
ONE, ZERO = np.int64(1), np.int64(0)  # typed, since numba compiles a function anew for each plain number it is called with


@compiled
def _rise(keys, nodes, at):
    key, node = keys[at], nodes[at]
    while at > 0 and keys[(at - 1) >> 1] > key:
        keys[at], nodes[at] = keys[(at - 1) >> 1], nodes[(at - 1) >> 1]
        at = (at - 1) >> 1
    keys[at], nodes[at] = key, node


@compiled
def _sink(keys, nodes, size):
    """Takes the first off a heap of ``size``: the last takes its place and goes down to where it belongs."""
    key, node, at = keys[size - 1], nodes[size - 1], 0
    while True:
        child = 2 * at + 1
        if child >= size - 1:
            break
        if child + 1 < size - 1 and keys[child + 1] < keys[child]:
            child += 1
        if keys[child] >= key:
            break
        keys[at], nodes[at] = keys[child], nodes[child]
        at = child
    keys[at], nodes[at] = key, node


@compiled
def _reach(node, distance, by, search, size):
    """Notes that ``node`` can be had for ``distance``, reached ``by`` an edge or the pool; returns the new size of the heap."""
    keys, nodes, far, came, touched, count = search
    if distance >= far[node]:
        return size
    if far[node] == FAR:
        touched[count[0]] = node
        count[0] += 1
    far[node], came[node] = distance, by
    keys[size], nodes[size] = distance, node
    _rise(keys, nodes, size)
    return size + 1


@compiled
def _giver(source, network, state, most, excess, search):
    """From a person with too many to the nearest who has too few, or to the pool; NONE when nobody can take it."""
    start, person, gain, owner, _open_start, _open_to = network
    price, worth, used, first, after, _before, held = state
    keys, nodes, far = search[0], search[1], search[2]
    pool = len(price)
    size = _reach(source, ZERO, NONE, search, ZERO)
    while size:
        distance, node = keys[0], nodes[0]
        _sink(keys, nodes, size)
        size -= 1
        if distance > far[node]:
            continue
        if node > pool:  # a paper that lost a person may take any that it does not have
            paper = node - pool - 1
            for edge in range(start[paper], start[paper + 1]):
                if not used[edge]:
                    size = _reach(person[edge], distance + worth[paper] + price[person[edge]] - gain[edge], edge, search, size)
            continue
        if node == pool or excess[node] < 0:
            return node
        if held[node] < most[node]:
            size = _reach(pool, distance - price[node], POOL - 1 - node, search, size)
        edge = first[node]
        while edge != NONE:  # a person may drop any paper
            paper = owner[edge]
            size = _reach(pool + 1 + paper, distance + gain[edge] - price[node] - worth[paper], edge, search, size)
            edge = after[edge]
    return NONE


@compiled
def _taker(target, network, state, least, search):
    """Backwards from a person with too few: the nearest way from the pool to it; NONE when nobody can give."""
    start, person, gain, owner, open_start, open_to = network
    price, worth, used, _first, _after, _before, held = state
    keys, nodes, far = search[0], search[1], search[2]
    pool = len(price)
    size = _reach(target, ZERO, NONE, search, ZERO)
    while size:
        distance, node = keys[0], nodes[0]
        _sink(keys, nodes, size)
        size -= 1
        if distance > far[node]:
            continue
        if node == pool:
            return node
        if node > pool:  # a paper gives what somebody drops
            paper = node - pool - 1
            for edge in range(start[paper], start[paper + 1]):
                if used[edge]:
                    size = _reach(person[edge], distance + gain[edge] - price[person[edge]] - worth[paper], edge, search, size)
            continue
        if held[node] > least[node]:
            size = _reach(pool, distance + price[node], POOL - 1 - node, search, size)
        for at in range(open_start[node], open_start[node + 1]):
            edge = open_to[at]
            if not used[edge]:
                paper = owner[edge]
                size = _reach(pool + 1 + paper, distance + worth[paper] + price[node] - gain[edge], edge, search, size)
    return NONE


@compiled
def _take(edge, who, state):
    used, first, after, before = state[2], state[3], state[4], state[5]
    used[edge] = True
    after[edge], before[edge] = first[who], NONE
    if first[who] != NONE:
        before[first[who]] = edge
    first[who] = edge


@compiled
def _drop(edge, who, state):
    used, first, after, before = state[2], state[3], state[4], state[5]
    used[edge] = False
    if before[edge] == NONE:
        first[who] = after[edge]
    else:
        after[before[edge]] = after[edge]
    if after[edge] != NONE:
        before[after[edge]] = before[edge]


@compiled
def _mend(node, network, state, came, more):
    """Turns every edge of the way that ended at ``node``; ``more``: what the pool answers for, for the person beside it."""
    person, owner, pool, used, held = network[1], network[3], len(state[0]), state[2], state[6]
    while came[node] != NONE:
        by = came[node]
        if by < POOL:
            node = POOL - 1 - by
            held[node] += more
            continue
        who = person[by]
        if used[by]:
            _drop(by, who, state)
        else:
            _take(by, who, state)
        node = who if node > pool else pool + 1 + owner[by]


@compiled
def _reprice(distance, sign, state, search):
    """Moves the price of every node nearer than ``distance`` by how much nearer it is, and forgets the search."""
    price, worth = state[0], state[1]
    far, touched, count = search[2], search[4], search[5]
    for at in range(count[0]):
        node = touched[at]
        if far[node] < distance:
            if node < len(price):
                price[node] += sign * (distance - far[node])
            else:  # a paper: the pool is never nearer than where the search ended
                worth[node - len(price) - 1] -= sign * (distance - far[node])
        far[node] = FAR
    count[0] = 0


@compiled
def _least_of(values, many):
    """The least of the ``many`` greatest values, by Hoare's selection: numpy's takes ten seconds to compile."""
    kept, low, high, at = values.copy(), 0, len(values) - 1, len(values) - many
    while low < high:
        pivot, up, down = kept[(low + high) >> 1], low, high
        while up <= down:
            while kept[up] < pivot:
                up += 1
            while kept[down] > pivot:
                down -= 1
            if up <= down:
                kept[up], kept[down] = kept[down], kept[up]
                up, down = up + 1, down - 1
        if at <= down:
            high = down
        elif at >= up:
            low = up
        else:
            break
    return kept[at]


@compiled
def keep(start, person, gain, prices, wanted, kept):
    """Marks the ``wanted`` candidates worth most to each paper at the prices (those that are equal to the last, too)."""
    for paper in range(len(start) - 1):
        first, last = start[paper], start[paper + 1]
        if last - first <= wanted[paper]:
            kept[first:last] = True
            continue
        values = gain[first:last] - prices[person[first:last]]
        least = _least_of(values, wanted[paper])
        left = 2 * wanted[paper]
        for at in range(last - first):
            if values[at] >= least and left:
                kept[first + at] = True
                left -= 1


@compiled
def _choose(paper, places, network, state):
    """The paper takes the ``places`` people worth most at their prices, those it has before others; its worth is the last one's."""
    start, person, gain = network[0], network[1], network[2]
    price, worth, used = state[0], state[1], state[2]
    first, last = start[paper], start[paper + 1]
    if places == 0:
        used[first:last] = False
        return
    values = np.empty(last - first, np.int64)
    for edge in range(first, last):
        values[edge - first] = gain[edge] - price[person[edge]]
    worth[paper] = _least_of(values, places)
    left = places - (values > worth[paper]).sum()
    for wanted in (True, False):
        for edge in range(first, last):
            value = values[edge - first]
            if value == worth[paper] and used[edge] == wanted:
                values[edge - first] += 1 if left > 0 else -1
                left -= 1
    for edge in range(first, last):
        used[edge] = values[edge - first] > worth[paper]


@compiled
def _begin(network, state, least, most, coverage, load, excess):
    """Every paper its best people at the prices; what is too much or too little for each person."""
    start, person = network[0], network[1]
    price, _worth, used, first, _after, _before, held = state
    first[:] = NONE
    load[:] = 0
    for paper in range(len(coverage)):
        _choose(paper, coverage[paper], network, state)
        for edge in range(start[paper], start[paper + 1]):
            if used[edge]:
                _take(edge, person[edge], state)
                load[person[edge]] += 1
    for who in range(len(held)):
        held[who] = most[who] if price[who] > 0 else least[who] if price[who] < 0 else min(max(load[who], least[who]), most[who])
        excess[who] = load[who] - held[who]


@compiled
def settle(network, state, least, most, coverage, search):
    """Mends everything; returns NONE, or the person that cannot be mended: ``search`` shows what was reached from there.

    Every paper must have as many edges as it has places. ``state``: price (n), worth (m), used (edges),
    the lists of used edges, held (n); prices may be any, those of a former solution save work. Then ``excess`` of that person tells
    whether it has too much or too little: it is the last of ``search``.
    """
    price = state[0]
    pool = len(price)
    excess, reach = search[6], search[:6]
    load = np.empty(pool, np.int64)
    _begin(network, state, least, most, coverage, load, excess)
    for who in range(pool):
        while excess[who] > 0:
            end = _giver(who, network, state, most, excess, reach)
            if end == NONE:
                return who
            _mend(end, network, state, reach[3], ONE)
            excess[who] -= 1
            if end != pool:
                excess[end] += 1
            _reprice(reach[2][end], ONE, state, reach)
    for who in range(pool):
        while excess[who] < 0:
            if _taker(who, network, state, least, reach) == NONE:
                return who
            _mend(pool, network, state, reach[3], -ONE)
            excess[who] += 1
            _reprice(reach[2][pool], -ONE, state, reach)
    return NONE
