"""Hindrance: what stands against a yes when no change leads to one, said by the one clause that stands in the way."""

from __future__ import annotations

from fuhua.kernel.words import Text, t
from fuhua.policy.reasoning.conditions import Cases, Condition, Leaf, Some
from fuhua.policy.reasoning.reach import Ground
from fuhua.policy.reasoning.verdict import Verdict


def why_not(verdict: Verdict, goal: Condition, ground: Ground, *, finished: bool) -> Text:
    """Why there is no way to the goal; ``finished`` says that every change was looked at."""
    if goal.state(ground.sight) is True:
        return t("已经符合，无需改变", "it holds already: nothing has to change")
    if verdict.missing or verdict.unset:
        return t("先补齐缺少的信息，再看怎样改变", "fill in what is missing first; then a way can be found")
    leaf = stuck(goal, ground)
    if leaf is not None and leaf.state(ground.sight) is None:
        return t("先填写这一条所需的资料：{clause}", "fill in what this clause needs first: {clause}").format(clause=leaf.clause.text)
    if leaf is not None:
        return t("没有可改变的项目能满足：{clause}", "nothing that can be changed meets: {clause}").format(clause=leaf.clause.text)
    if not finished:
        return t("可能的改变太多，没有找到办法", "too many changes are possible; no way was found among those looked at")
    return t("在可改变的项目范围内没有办法", "nothing that can be changed is enough")


def stuck(node: Condition, ground: Ground) -> Leaf | None:
    """A clause that no change meets and without which the condition cannot hold; None when there is no such single one."""
    start = ground.origin
    if ground.state(node, start) is True:
        return None
    if isinstance(node, Leaf):
        return None if ground.jumps(node, start) else node
    if isinstance(node, Cases) and ground.turning(node, start):
        return None
    inner = ground.chosen(node, start) if isinstance(node, Cases) else node.nodes
    found = [stuck(each, ground) for each in inner]
    leaves = [leaf for leaf in found if leaf is not None]
    spare = len(found) - node.least if isinstance(node, Some) else 0
    return leaves[0] if len(leaves) > spare else None
