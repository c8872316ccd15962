"""A planted offence: for one rule a file that breaks it, where it does, and the same file well made."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from house.rules.tree import Finding, Tree

Rule = Callable[[Tree], Iterator[Finding]]
OPEN = '"""What a plant is for."""\n'
PLAN, DESK = "src/fuhua/plan/", "src/fuhua/desk/"


@dataclass(frozen=True)
class Plant:
    """``bad`` at ``path`` breaks ``rule`` on ``line``, saying ``says``; ``good`` does not (None: no such file)."""

    rule: Rule
    path: str
    bad: str
    line: int
    says: str
    good: str | None
    more: dict[str, str] = field(default_factory=dict)
    name: str = ""

    @property
    def files(self) -> dict[str, str]:
        """The tree with the offence."""
        return {**self.more, self.path: self.bad}

    @property
    def well_made(self) -> dict[str, str]:
        """The same tree without it."""
        return {**self.more, **({} if self.good is None else {self.path: self.good})}

    @property
    def where(self) -> str:
        """What the finding must open with."""
        return f"{self.path}:{self.line}: "


def plant(rule: Rule, path: str, bad: str, line: int, says: str, good: str | None, **more: dict[str, str]) -> Plant:
    """A plant named by its rule and what it says."""
    name = f"{rule.__name__}: {says}"
    return Plant(rule, path, bad, line, says, good, name=name, **more)
