"""The list of future fields: its first edition, what a field is, and the list as it is now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from fuhua.kernel.words import Text, t

# The first edition of the city's list of future fields; every later one is a decision of the theme committee, kept in the database
FIRST_FIELDS: dict[str, Text] = {
    "quantum": t("量子信息", "quantum information"),
    "brain_inspired": t("类脑智能", "brain-inspired intelligence"),
    "blockchain": t("区块链", "blockchain"),
    "metaverse": t("元宇宙", "metaverse"),
    "cell_and_gene": t("细胞基因", "cells and genes"),
    "original_drugs": t("原创新药", "original drugs"),
    "intelligent_hardware": t("智能硬件", "intelligent hardware"),
    "metamaterials": t("超材料", "metamaterials"),
    "key_materials": t("关键材料", "key materials"),
    "future_network": t("未来网络", "future networks"),
    "future_energy": t("未来能源", "future energy"),
    "bio_breeding": t("生物育种", "biological breeding"),
    "general_ai": t("通用人工智能", "general artificial intelligence"),
    "humanoid_robots": t("类人机器人", "humanoid robots"),
    "brain_computer": t("脑科学与脑机接口", "brain science and interfaces"),
    "synthetic_biology": t("合成生物", "synthetic biology"),
    "hydrogen": t("氢能", "hydrogen energy"),
    "commercial_space": t("商业航天", "commercial space flight"),
    "six_g": t("第六代移动通信", "6G"),
    "photonics": t("光电子", "photonics"),
}


@dataclass(frozen=True)
class FutureField:
    """One field of the list: its code for ever, its names with the days from which they hold, oldest first, and how it stands.

    ``into`` is the field it was merged into, ``former`` the one it follows, both by code.
    """

    code: str
    names: tuple[tuple[dt.date, Text], ...]
    state: str = "in_force"
    into: str = ""
    former: str = ""

    @property
    def name(self) -> Text:
        """Its last name."""
        return self.names[-1][1]

    def name_on(self, day: dt.date) -> Text:
        """Its name on a day; before the first, the first."""
        return next((name for since, name in reversed(self.names) if since <= day), self.names[0][1])

    def said(self, day: dt.date) -> Text:
        """Its name of that day, with what it is called now if that is another."""
        then, now = self.name_on(day), self.name
        return then if then == now else t("{then}（现名：{now}）", "{then} (now {now})").format(then=then, now=now)


class FieldNames(Mapping[str, Text]):
    """The list of future fields as it is now, by code: what may be chosen is iterated, what ever stood on it has a name.

    A code keeps its meaning for ever, so ``names[code]`` answers for retired ones too, with their last name. The list is data: whoever
    reads it from the database says so by :meth:`follow`; before that it is the first edition.
    """

    def __init__(self, first: Mapping[str, Text]) -> None:
        self._read: Callable[[], dict[str, FutureField]] = lambda: first_edition(first)

    def follow(self, read: Callable[[], dict[str, FutureField]]) -> None:
        """Ask ``read`` from now on."""
        self._read = read

    def every(self) -> dict[str, FutureField]:
        """Every field that ever stood on the list, by code."""
        return self._read()

    def in_force(self) -> dict[str, Text]:
        """The fields that may be chosen now, with their names."""
        return {code: each.name for code, each in self._read().items() if each.state == "in_force"}

    def ever(self) -> dict[str, Text]:
        """The last name of every field that ever stood on the list."""
        return {code: each.name for code, each in self._read().items()}

    def telling(self) -> Callable[[str, dt.date], Text]:
        """Read the list once; what is given says the name of a code on a day, and what it is called now."""
        fields = self._read()
        return lambda code, day: fields[code].said(day) if code in fields else Text(code, code)

    def __iter__(self) -> Iterator[str]:
        return iter(self.in_force())

    def __len__(self) -> int:
        return len(self.in_force())

    def __contains__(self, code: object) -> bool:
        return code in self.in_force()

    def __getitem__(self, code: str) -> Text:
        return self._read()[code].name

    def items(self) -> Any:
        """The fields in force with their names, read once."""
        return self.in_force().items()

    def values(self) -> Any:
        """The names of the fields in force, read once."""
        return self.in_force().values()


def first_edition(first: Mapping[str, Text]) -> dict[str, FutureField]:
    """The list before any decision."""
    return {code: FutureField(code, ((dt.date.min, name),)) for code, name in first.items()}


FUTURE_FIELDS = FieldNames(FIRST_FIELDS)

FIELD_VERBS: dict[str, Text] = {
    "entered": t("列入", "entered"),
    "renamed": t("更名", "renamed"),
    "retired": t("退出", "retired"),
    "merged": t("并入", "merged"),
}

FIELD_STATES: dict[str, Text] = {
    "in_force": t("在列", "in force"),
    "retired": t("已退出", "retired"),
    "merged": t("已并入", "merged"),
}
