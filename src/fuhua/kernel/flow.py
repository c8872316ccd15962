"""Flows: states × verbs as a table, so that what may happen next is data a reader can see."""

from __future__ import annotations

from dataclasses import dataclass

from fuhua.kernel.words import Text, t


class WrongState(Exception):
    """The verb does not exist in this state; ``text`` names both."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


@dataclass(frozen=True)
class Step:
    """One arrow: from any of ``sources`` by ``verb`` to ``target``."""

    verb: str
    sources: tuple[str, ...]
    target: str


@dataclass(frozen=True)
class Flow:
    """A named state machine; ``after`` answers where a verb leads, ``verbs`` what may be done now."""

    name: str
    initial: str
    steps: tuple[Step, ...]

    def after(self, state: str, verb: str) -> str:
        """The state that ``verb`` leads to from ``state``; raises :class:`WrongState`."""
        for step in self.steps:
            if step.verb == verb and state in step.sources:
                return step.target
        raise WrongState(t("当前状态（{state}）不能执行“{verb}”，请刷新页面查看最新状态",
                           "“{verb}” is not possible while {state}; reload to see the latest state")
                         .format(state=state, verb=verb))

    def verbs(self, state: str) -> tuple[str, ...]:
        """The verbs that exist in ``state``, in table order."""
        return tuple(step.verb for step in self.steps if state in step.sources)

    def states(self) -> tuple[str, ...]:
        """Every state, in order of first appearance."""
        seen = dict.fromkeys([self.initial])
        for step in self.steps:
            seen |= dict.fromkeys((*step.sources, step.target))
        return tuple(seen)
