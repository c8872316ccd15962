"""The nearest way in the text of a kernel: loops over the changes, each to where something flips, cut off by cost and hope."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from fuhua.policy.columns.flat import FAR, Flat, looped, stride
from fuhua.policy.columns.numbers import Fixed, Unsupported, added, both, either, literal, opposite
from fuhua.policy.columns.reachable import Line, Mover, direction, helps, slope_of, timed_cases, waits, with_gates
from fuhua.policy.columns.spans import inputs_of
from fuhua.policy.columns.stairs import Stairs, stairs_of, tables_outside
from fuhua.policy.columns.states import States
from fuhua.policy.reasoning.conditions import All, Cases, Condition, Leaf, Some
from fuhua.policy.reasoning.dates import Elapsed
from fuhua.policy.reasoning.inputs import Input
from fuhua.policy.reasoning.terms import Bands, Term

NO_WAY, ASK = -1, -2  # of a cost: there is none; time may help, which the single path must tell
NOW, START, END = "now", "start", "end"  # where an input stands: as chosen in its loop, before any step, after all of them


class Search:
    """Writes the search for the goal; ``places`` gives the bit of each input in ``known``, empty when all are known."""

    def __init__(
        self, states: States, goal: Condition, movers: tuple[Mover, ...], places: dict[Input, int], idle: Iterable[Input] = ()
    ) -> None:
        """``idle`` inputs can change but never help; where one is a range, the single path must tell what a change means."""
        self.states, self.spans, self.writer = states, states.spans, states.spans.writer
        self.goal, self.movers, self.places, self.idle = goal, movers, places, tuple(idle)
        self.level = {mover.one: level for level, mover in enumerate(movers)}
        self.stairs: list[dict[Term, Stairs]] = [{} for _mover in movers]
        self.flat = Flat(states, goal, movers, looped(movers) if not places else len(movers))
        if sum(mover.room * mover.change.cost for mover in movers) >= FAR:
            raise Unsupported("the cost of a way may not fit in 64 bits")

    def write(self) -> None:
        """The body: it returns the cost in fen (or ``NO_WAY``, ``ASK``) and the steps of every mover."""
        write, nothing = self.writer, ", 0" * len(self.movers) or ","
        for one in self.idle if self.places else ():
            low, high = self.spans.stored[one.name, ""]
            with write.block(f"if {low.code} != {high.code} and known & {1 << self.places[one]}:"):
                write.add(f"return {ASK}{nothing}")
        for level, mover in enumerate(self.movers):
            self._ends(level, mover)
        with write.block(f"if {opposite(self._hope(self.goal, -1))}:"):
            write.add(f"return {NO_WAY}{nothing}")
        for node in [leaf for leaf in dict.fromkeys(with_gates(self.goal)) if waits(leaf)] + timed_cases(self.goal):
            with write.block(f"if {opposite(self.states.of(node, {}).yes)}:"):
                write.add(f"return {ASK}{nothing}")
        self.goal = self.flat.goal = self.states.moving(self.goal)  # the rest holds, or there was no hope
        flips = [self._flips(level, mover) for level, mover in enumerate(self.movers)]
        write.add("least" + "".join(f" = b_{level}" for level in range(len(self.movers))) + " = 0")
        write.add(f"least = {FAR}")
        self.flat.prepare(flips[self.flat.first :])
        self._loop(0, flips)
        write.add(f"return (least if least < {FAR} else {NO_WAY})" + ("".join(f", b_{level}" for level in range(len(self.movers))) or ","))

    def _ends(self, level: int, mover: Mover) -> None:
        """Where an input starts, how many steps it has room for, and where it would end."""
        one, change, write = mover.one, mover.change, self.writer
        low, high = self.spans.stored[one.name, ""]
        start = low if change.up else high
        room = f"({one.high} - {start.code})" if change.up else f"({start.code} - {literal(one.low)})"
        room += f" // {change.step}" if change.step > 1 else ""
        if self.places and not one.judged:
            room = f"({room}) if known & {1 << self.places[one]} else 0"
        write.add(f"r_{level} = {room}")
        last = one.high if change.up else one.low
        end = Fixed(literal(last), 1, last, last)
        if self.places and not one.judged:
            write.add(f"e_{level} = {end.code} if known & {1 << self.places[one]} else {start.code}")
            end = Fixed(f"e_{level}", 1, one.low, one.high)
        self.spans.stored[one.name, END] = end, end  # no step leads beyond it
        self.spans.stored[one.name, START] = start, start
        now = Fixed(f"v_{level}", 1, one.low, one.high)
        self.spans.stored[one.name, NOW] = (now, now) if low is high else (now, Fixed(f"w_{level}", 1, one.low, one.high))

    def _flips(self, level: int, mover: Mover) -> list[str]:
        """The names of the steps at which something may flip; tables told by stairs need no more than these."""
        front = self._front(mover.one)
        if self.places or level >= self.flat.first or front is None:
            return [self._flip(line, mover) for line in mover.lines]
        stairs = self.stairs[level]
        for term in front:
            if isinstance(term, Leaf) or not mover.change.up or direction(term, mover.one) != 1:
                continue
            found = stairs_of(term, mover.one, self.spans, {mover.one.name: START}, lambda line: self._flip(line, mover))
            if found is not None:
                stairs[term] = found
        told = {inner for term in stairs for inner in term.walk() if isinstance(inner, Bands)}
        leaves = dict.fromkeys(with_gates(self.goal))
        if told & {table for leaf in leaves for term in leaf.terms() for table in tables_outside(term, stairs)}:
            stairs.clear()
            told = set()
        steps = [name for each in stairs.values() for _points, name in each.rises]
        return [*steps, *(self._flip(line, mover) for line in mover.lines if line.table not in told)]

    def _flip(self, line: Line, mover: Mover) -> str:
        """The name of the first step at which the line is surely crossed; 0 when it is already."""
        slope = slope_of(line, mover.one) * stride(mover)
        if slope == 0:
            return "0"
        setting = {mover.one.name: START}
        left, right = self.spans.of(line.left, setting), self.spans.of(line.right, setting)
        first, last = (left[0], right[1]) if slope > 0 else (right[0], left[1])
        if not isinstance(first, Fixed) or not isinstance(last, Fixed):
            raise Unsupported("a line that is no whole number")
        gap = self.writer.kept(added([first, last.by(-1)]))
        onward = line.op in ((">=", ">") if slope > 0 else ("<=", "<"))
        strict = (line.op in (">", "<")) is onward
        pace = Fraction(abs(slope)) * gap.scale
        most = pace.numerator - (0 if strict else 1)  # the quotient is rounded up, and one more when the line itself is not enough
        short = self.writer.kept(
            added([Fixed(literal(most), 1, most, most), Fixed(gap.code, 1, gap.least, gap.most).by(-pace.denominator)])
        )
        return self.writer.let(f"max({short.code}, 0) // {pace.numerator}", "k")

    def _loop(self, level: int, flips: list[list[str]]) -> None:
        """The loop over the steps of one mover, from none upwards, so in the order of cost."""
        if level == self.flat.first:
            self.flat.choose(self._standing(level - 1), self._cost(level - 1))
            return
        write, mover = self.writer, self.movers[level]
        front = self._front(mover.one)
        write.add(f"n_{level} = 0")
        write.add(f"c_{level} = {self._cost(level - 1)}")
        for place in range(len(front or ())):
            write.add(f"q_{level}_{place} = 0")
        with write.block("while True:"):
            self._stand(level, mover)
            for term, stairs in self.stairs[level].items():
                points = self.writer.kept(stairs.at(f"n_{level}"))
                self.spans.tell(term, {mover.one.name: NOW}, points)
            fresh = self._changed(level, front)
            with write.block(f"if {both([fresh, self._hope(self.goal, level)])}:"):
                self._loop(level + 1, flips)
            with write.block(f"if least <= c_{level}:"):
                write.add("break")
            self._advance(level, mover, flips[level])

    def _cost(self, level: int) -> str:
        return f"c_{level}" if level >= 0 else "0"

    def _stand(self, level: int, mover: Mover) -> None:
        """The value of the input in this turn of its loop; before the first step it is what it was, range or not."""
        low, high = self.spans.stored[mover.one.name, ""]
        start = (low if mover.change.up else high).code
        moved = f"{start} + n_{level} * {literal(stride(mover))}"
        if low is high:
            self.writer.add(f"v_{level} = {moved}")
            return
        self.writer.add(f"v_{level} = {low.code} if n_{level} == 0 else {moved}")
        self.writer.add(f"w_{level} = {high.code} if n_{level} == 0 else {moved}")

    def _advance(self, level: int, mover: Mover, flips: list[str]) -> None:
        write = self.writer
        if mover.lines:
            write.add(f"z_{level} = {FAR}")
            for flip in dict.fromkeys(flips):
                if flip != "0":
                    write.add(f"z_{level} = min(z_{level}, {flip} + ({flip} <= n_{level}) * {FAR})")
            write.add(f"n_{level} = z_{level}")
        else:
            write.add(f"n_{level} += 1")
        with write.block(f"if n_{level} > r_{level}:"):
            write.add("break")
        write.add(f"c_{level} = {self._cost(level - 1)} + n_{level} * {mover.change.cost}")
        with write.block(f"if c_{level} >= least:"):
            write.add("break")

    def _front(self, one: Input) -> list[Leaf | Term] | None:
        """The largest things that depend on this mover alone; None when something else shows its every step."""
        found: dict[Leaf | Term, None] = {}
        leaves = dict.fromkeys(with_gates(self.goal))
        for leaf in leaves:
            used = {each for term in leaf.terms() for each in inputs_of(term)}
            if used & set(self.level) == {one}:
                found[leaf] = None
            elif one in used:
                for term in leaf.terms():
                    self._front_of(term, one, found)
        return None if one in found else list(found)

    def _front_of(self, term: Term, one: Input, found: dict[Leaf | Term, None]) -> None:
        movable = inputs_of(term) & set(self.level)
        if movable == {one}:
            found[term] = None
        elif one in movable:
            for part in term.parts:
                self._front_of(part, one, found)

    def _changed(self, level: int, front: list[Leaf | Term] | None) -> str:
        """Whether this turn differs from the one before in anything that matters; a turn that does not is passed over."""
        if front is None:
            return "True"
        setting, names = {self.movers[level].one.name: NOW}, []
        for thing in front:
            if isinstance(thing, Leaf):
                state = self.states.of(thing, setting)
                names.append(f"({state.yes}) + 2 * ({state.no})")
            else:
                low, high = self.spans.of(thing, setting)
                if not isinstance(low, Fixed) or not isinstance(high, Fixed):
                    return "True"
                names.append(low.code if low is high else f"{low.code} * 1000003 + {high.code}")
        write = self.writer
        marks = [write.let(name, "m") for name in names]
        fresh = " | ".join([f"(n_{level} == 0)", *(f"({mark} != q_{level}_{place})" for place, mark in enumerate(marks))])
        fresh = write.let(fresh, "h")
        for place, mark in enumerate(marks):
            write.add(f"q_{level}_{place} = {mark}")
        return fresh

    def _hope(self, node: Condition, level: int) -> str:
        """Whether the node holds when the movers up to ``level`` stand as chosen and every other stands at its best."""
        if isinstance(node, Leaf):
            return self._hope_of(node, level)
        if isinstance(node, All):
            return self._named(self.states.joined(node.nodes, [self._hope(inner, level) for inner in node.nodes], both))
        if isinstance(node, Some):
            hopes = [self._hope(inner, level) for inner in node.nodes]
            alternatives = self.states.joined(node.nodes, hopes, either) if node.least == 1 else ""
            return self._named(alternatives or f"({' + '.join(hopes)}) >= {node.least}")
        if not isinstance(node, Cases):
            raise Unsupported(type(node).__name__)
        beyond = {mover.one.name for mover in self.movers[level + 1 :]}
        gates = [leaf for gate in node.gates if gate is not None for leaf in with_gates(gate)]
        seen = [term for leaf in gates for term in leaf.terms()]
        if any(one.name in beyond for term in seen for one in inputs_of(term)) or any(isinstance(term, Elapsed) for term in seen):
            return "True"
        hopes = []
        for possible, inner in self.states.possible(node, self._standing(level)):
            hopes.append(self._named(either([opposite(possible), self._hope(inner, level)])))
        return self._named(both(hopes))

    def _standing(self, level: int) -> dict[str, str]:
        return {mover.one.name: NOW for mover in self.movers[: level + 1]}

    def _named(self, text: str) -> str:
        return self.writer.let(text, "h")

    def _hope_of(self, leaf: Leaf, level: int) -> str:
        if level < 0 and waits(leaf):
            return "True"
        setting, used = {}, {one for term in leaf.terms() for one in inputs_of(term)}
        for mover in self.movers:
            if mover.one not in used:
                continue
            if self.level[mover.one] <= level:
                setting[mover.one.name] = NOW
                continue
            way = helps(leaf, mover.one, mover.change)
            if way is None:
                return "True"
            setting[mover.one.name] = END if way > 0 else START
        return self.states.of(leaf, setting).yes
