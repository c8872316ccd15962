"""Decides which numbered level of a plan holds its measures, and reads each one's title, words and units."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from .allocations import Allocation
from .outline import BACKING, GENERAL, TASKS, Node, heading_of, walk

_WEAK = ("numparen", "numhalf", "circle", "ordinal")
_STRONG_ORDER = ("chapter", "han", "article", "label", "hanparen", "num", "decimal")


@dataclass
class Choice:
    """The nodes taken for measures, each with its allocations, and how they were chosen."""

    nodes: list[Node] = field(default_factory=list)
    held: dict[int, list[Allocation]] = field(default_factory=dict)
    by_units: bool = False

    def allocations(self, node: Node) -> list[Allocation]:
        """The node's lists of units in printed order."""
        return self.held.get(id(node), [])


def choose_measures(text: str, root: Node, allocations: list[Allocation]) -> Choice:
    """The measures of a plan: the level that carries units, or without any the titled level under its tasks."""
    nodes = [node for node in walk(root) if not _is_inside_box(node)]
    owners = _owners(nodes, allocations)
    carrying = [node for node in nodes if id(node) in owners]
    if len(carrying) >= 2 or (carrying and len(nodes) <= 8):
        return _by_units(text, nodes, owners)
    choice = Choice(_by_sections(text, root))
    _hold(choice, allocations)
    return choice


def _is_inside_box(node: Node) -> bool:
    return node.style == "box" or any(above.style == "box" for above in node.path())


def _owners(nodes: list[Node], allocations: list[Allocation]) -> dict[int, list[Allocation]]:
    """For each node the allocations printed in its own part, by the node's id."""
    owners: dict[int, list[Allocation]] = {}
    for allocation in allocations:
        within = [node for node in nodes if node.start <= allocation.span[0] < node.end]
        if within:
            owners.setdefault(id(within[-1]), []).append(allocation)
    return owners


def _by_units(text: str, nodes: list[Node], owners: dict[int, list[Allocation]]) -> Choice:
    bases = _lift(text, _base_nodes(nodes, owners), owners)
    styles = Counter(node.style for node in bases)
    style = styles.most_common(1)[0][0]
    chosen = {id(node): node for node in bases}
    for node in nodes:
        if node.style == style and id(node) not in chosen and _belongs(text, node, nodes, chosen):
            chosen[id(node)] = node
    kept = _without_nested(sorted(chosen.values(), key=lambda node: node.start))
    choice = Choice(kept, by_units=True)
    _hold(choice, [allocation for held in owners.values() for allocation in held])
    return choice


def _base_nodes(nodes: list[Node], owners: dict[int, list[Allocation]]) -> list[Node]:
    return [node for node in nodes if id(node) in owners]


def _lift(text: str, bases: list[Node], owners: dict[int, list[Allocation]]) -> list[Node]:
    """Raises units to the parent where the items below it are parts of a task, not tasks of their own."""
    lifted = bases
    for _ in range(3):
        groups: dict[int, list[Node]] = {}
        for node in lifted:
            groups.setdefault(id(node.parent), []).append(node)
        raised: list[Node] = []
        for group in groups.values():
            parent = group[0].parent
            raised += [parent] if parent is not None and _should_rise(text, parent, group, owners) else group
        raised = list({id(node): node for node in raised}.values())
        if raised == lifted:
            break
        lifted = raised
    return lifted


def _should_rise(text: str, parent: Node, group: list[Node], owners: dict[int, list[Allocation]]) -> bool:
    if parent.style in ("root", "chapter"):
        return False
    style = group[0].style
    siblings = [child for child in parent.children if child.style == style]
    if id(parent) in owners and parent.style not in ("han", "plain"):
        return True
    only_last = len(siblings) >= 2 and len(group) == 1 and group[0] is siblings[-1]
    if style in _WEAK and not only_last:
        titled = sum(1 for node in siblings if title_of(text, node)[2])
        if style == "ordinal" and len(siblings) < 2:
            return True
        own_words = parent.body_end - parent.line_end
        return titled < 0.6 * len(siblings) or own_words > 60 or _has_body(text, parent)
    if not only_last or not all(a.own_line for a in owners.get(id(group[0]), [])):
        return False
    if parent.style in ("han", "han:inner"):
        cousins = [node for other in (parent.parent.children if parent.parent else []) for node in other.children[-1:]]
        return sum(1 for node in cousins if id(node) in owners and node.style == style) >= 2
    return parent.style in ("hanparen", "num") or parent.style.startswith("label")


def _has_body(text: str, node: Node) -> bool:
    return "。" in heading_of(text, node)[:-1]


def _belongs(text: str, node: Node, nodes: list[Node], chosen: dict[int, Node]) -> bool:
    """Whether a node without units still is a measure: it stands among measures or runs on from the last one."""
    if any(id(above) in chosen for above in node.path()) or any(id(below) in chosen for below in walk(node)):
        return False
    if GENERAL.search(heading_of(text, node)[:30]):
        return False
    siblings = [child for child in (node.parent.children if node.parent else []) if child.style == node.style]
    if any(id(sibling) in chosen for sibling in siblings):
        return node.parent is None or node.parent.style != "root" or not _is_frame(text, node)
    if any(GENERAL.search(heading_of(text, above)) for above in node.path()):
        return False
    before = [other for other in nodes if other.style == node.style and other.start < node.start]
    runs_on = bool(before) and node.value > 1 and node.value == before[-1].value + 1 and id(before[-1]) in chosen
    backing = any(BACKING.search(heading_of(text, above)) for above in node.path())
    if runs_on and not backing:
        return True
    in_tasks = any(TASKS.search(heading_of(text, above)) for above in node.path())
    cousins = [other for other in chosen.values() if _top(other) is _top(node)]
    return in_tasks and not backing and bool(cousins) and not node.children


def _is_frame(text: str, node: Node) -> bool:
    words = heading_of(text, node)
    return bool(GENERAL.search(words) or BACKING.search(words))


def _top(node: Node) -> Node:
    above = [node, *node.path()]
    return above[-1]


def _without_nested(nodes: list[Node]) -> list[Node]:
    chosen = {id(node) for node in nodes}
    return [node for node in nodes if not any(id(above) in chosen for above in node.path())]


def _hold(choice: Choice, allocations: Iterable[Allocation]) -> None:
    for allocation in sorted(allocations, key=lambda found: found.span):
        for node in choice.nodes:
            if node.start <= allocation.span[0] < node.end:
                choice.held.setdefault(id(node), []).append(allocation)


def _by_sections(text: str, root: Node) -> list[Node]:
    """Without units: the deepest titled level under the headings that announce tasks, or under all but the frame."""
    tops = _sections(root)
    tasks = [node for node in tops if _announces_tasks(heading_of(text, node))]
    if tasks and any(node.children for node in tasks):
        return [measure for node in tasks if node.children for measure in _titled_level(text, node)]
    rest = [node for node in tops if not _is_frame(text, node)]
    if not any(node.children for node in rest):
        return rest
    chosen: list[Node] = []
    for node in tops:
        level = _titled_level(text, node) if node.children else [node]
        runs_on = bool(chosen) and chosen[-1].style == level[0].style and level[0].value == chosen[-1].value + 1 > 1
        if node in rest or (runs_on and node.children):
            chosen += level
    return chosen


def _sections(root: Node) -> list[Node]:
    tops = root.children
    while len(tops) == 1 and tops[0].children:
        tops = tops[0].children
    return tops


def _announces_tasks(heading: str) -> bool:
    return bool(TASKS.search(heading[:30])) and not GENERAL.search(heading) and not BACKING.search(heading) and "支持政策" not in heading


def _titled_level(text: str, section: Node) -> list[Node]:
    """The finest level below a section at which most items open with a title, not with a whole sentence."""
    level = section.children
    while True:
        below = [child for node in level for child in node.children if not _is_inside_box(child)]
        fit = [node for node in below if node.style not in _WEAK]
        with_children = sum(1 for node in level if any(child in fit for child in node.children))
        titled = sum(1 for node in fit if title_of(text, node)[2])
        if not fit or titled < 0.7 * len(fit) or with_children < 0.6 * len(level):
            return [node for node in level if not _is_inside_box(node)]
        level = fit


def title_of(text: str, node: Node) -> tuple[int, int, bool]:
    """Where a node's title begins and ends, and whether it is a title rather than the opening of a sentence."""
    begin, end = node.title_start, min(node.line_end, node.end)
    line = text[begin:end]
    stop = _title_stop(line)
    if stop is not None and node.style == "ordinal" and (stop > 25 or "，" in line[:stop]):
        return begin, begin + stop, False
    if stop is not None:
        return begin, begin + stop, True
    alone = node.body_end - end > 1 or not re.search(r"[，。；]", line)
    whole = line.rstrip("。：:；; ")
    if len(whole) <= 45 and (alone or "，" not in whole):
        return begin, begin + len(whole), True
    pause = re.search(r"[，。；：:]", line)
    cut = pause.start() if pause and pause.start() >= 4 else min(len(whole), 40)
    return begin, begin + cut, False


def _title_stop(line: str) -> int | None:
    """Where a title on the same line as its words ends: at the first 。, or at a ： or gap that parts a short head."""
    full = _outside_brackets(line, "。！？")
    colon = _outside_brackets(line, "：:")
    first = colon is not None and 2 <= colon <= 25 and (full is None or colon < full) and colon < len(line) - 1
    if first and "，" not in line[:colon]:
        return colon
    if full is not None and 2 <= full <= 50 and full < len(line.rstrip()) - 1:
        return full
    gap = re.match(r"([^，。；：]{4,30}?) +(?=[\u4e00-\u9fff]{2}.{20,})", line)
    return gap.end(1) if gap else None


def _outside_brackets(line: str, stops: str) -> int | None:
    depth = 0
    for at, c in enumerate(line):
        if c in "（(《“[〔【":
            depth += 1
        elif c in "）)》”]〕】":
            depth = max(0, depth - 1)
        elif c in stops and depth == 0:
            return at
    return None
