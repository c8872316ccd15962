"""Builds the tree of numbered headings and items of a plan from its clean lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from .numbering import leading_marker

GENERAL = re.compile(
    r"指导思想|基本原则|工作原则|工作思路|基本情况|总体要求|总体思路|总体目标|总体考虑|工作目标|发展目标|"
    r"主要目标|行动目标|建设目标|试点目标|目标任务$|预期目标|阶段目标|"
    r"重大意义|重要意义|发展基础|现状|形势|背景|核心定位|核心定义|功能定位|发展定位|总体布局|适用范围|"
    r"实施范围|试点范围|时间安排|名词解释"
)
BACKING = re.compile(
    r"保障措施|保障机制|组织保障|实施保障|组织实施|组织领导|工作要求|实施步骤|工作步骤|推进步骤|附则|"
    r"工作机制|保障体系|进度安排|"
    r"时间安排|监督管理|考核评估|推进机制|工作保障|有关要求|实施要求|配套措施|保障支撑|强化保障"
)
TASKS = re.compile(
    r"(?:重点|主要|工作|具体|核心|专项|大|项|建设|发展|行动|实施|目标)(?:任务|举措|措施|工作|行动|工程)|"
    r"政策措施|任务举措|任务措施|"
    r"(?:任务|举措|措施|行动|工程|路径|内容|行动计划)$|支持政策|行动内容"
)
_PLAIN_HEADING = re.compile(
    r"总体(?:要求|思路|目标|考虑)|指导思想|基本原则|(?:工作|发展|主要|行动)目标|(?:重点|主要|工作|"
    r"具体)(?:任务|举措|措施|行动|工程)|"
    r"政策措施|(?:保障|组织)(?:措施|保障|实施|机制)|组织领导|工作要求|实施步骤|附则"
)


@dataclass
class Node:
    """A numbered heading or item: where its number, its words, its line and its part of the text begin or end."""

    style: str
    value: int
    start: int
    title_start: int
    line_end: int
    end: int = 0
    parent: Node | None = None
    children: list[Node] = field(default_factory=list)

    @property
    def body_end(self) -> int:
        """Where the node's own words stop and its first child begins."""
        return self.children[0].start if self.children else self.end

    def path(self) -> Iterator[Node]:
        """The node's ancestors, nearest first."""
        above = self.parent
        while above is not None and above.style != "root":
            yield above
            above = above.parent


def build_outline(text: str, start: int = 0) -> Node:
    """The tree of the text from `start` on; its root has style `root`."""
    root = Node("root", 0, start, start, start, len(text))
    stack = [root]
    at = start
    for line in text[start:].split("\n"):
        node = _node(line, at)
        at += len(line) + 1
        if node is None or (node.style == "plain" and len(stack) > 1 and stack[1].style in ("chapter", "han")):
            continue
        _renumber(text, stack, node)
        _settle(stack, node)
        node.parent = stack[-1]
        stack[-1].children.append(node)
        stack.append(node)
    _close(root, len(text))
    return root


def walk(node: Node) -> Iterator[Node]:
    """All nodes under one, in the order of the text."""
    for child in node.children:
        yield child
        yield from walk(child)


def heading_of(text: str, node: Node) -> str:
    """The node's first line without its number."""
    return text[node.title_start : node.line_end].strip()


def _node(line: str, at: int) -> Node | None:
    if line.startswith("|"):
        return None
    marker = leading_marker(line)
    if marker is not None and marker.end < len(line):
        return Node(marker.style, marker.value, at, at + marker.end, at + len(line))
    if len(line) <= 12 and _PLAIN_HEADING.fullmatch(line.rstrip("：:。")):
        return Node("plain", 0, at, at, at + len(line))
    return None


def _renumber(text: str, stack: list[Node], node: Node) -> None:
    """Under a bare heading such as 三、重点任务 some plans begin again with 一、: those are one level deeper."""
    if node.style != "han":
        return
    last = next((open_node for open_node in reversed(stack) if open_node.style in ("han", "han:inner")), None)
    if last is None:
        return
    words = text[last.title_start : last.line_end]
    bare = last is stack[-1] and len(words) <= 16 and bool(TASKS.search(words))
    begins = last.style == "han" and node.value == 1 and last.value > 1 and bare
    here = text[node.title_start : node.line_end][:16]
    runs_on = last.style == "han:inner" and node.value == last.value + 1 and not BACKING.search(here)
    if begins or runs_on:
        node.style = "han:inner"


def _settle(stack: list[Node], node: Node) -> None:
    """Pops the stack to where the node belongs: beside the last of its style, or below the top as a new level."""
    styles = [open_node.style for open_node in stack]
    if node.style == "plain":
        del stack[1:]
        return
    if node.style not in styles:
        _climb_out_of_finer_styles(stack, node)
        return
    depth = len(styles) - 1 - styles[::-1].index(node.style)
    if node.value == 1 and "box" in styles[depth + 1 :]:
        return
    del stack[depth:]


def _climb_out_of_finer_styles(stack: list[Node], node: Node) -> None:
    """A coarser number never stands under a finer one: （二） after 1. 2. 3. closes them without a （一）."""
    order = (
        "chapter",
        "han",
        "hanparen",
        "article",
        "label",
        "num",
        "decimal",
        "numparen",
        "numhalf",
        "circle",
        "ordinal",
    )
    if node.style not in ("chapter", "han", "hanparen"):
        return
    rank = order.index(node.style)
    while len(stack) > 1 and stack[-1].style in order and order.index(stack[-1].style) > rank and node.value > 1:
        stack.pop()


def _close(node: Node, end: int) -> None:
    node.end = end
    for child, following in zip(node.children, [*node.children[1:], None], strict=False):
        _close(child, following.start if following else end)
