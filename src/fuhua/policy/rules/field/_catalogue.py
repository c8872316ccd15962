"""A catalogue of industries as rows: code, name, group, and the districts that its document names for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from fuhua.kernel.words import Text, listed, t
from fuhua.policy.reasoning.conditions import Clause, OneOf, none_of
from fuhua.policy.reasoning.inputs import Input
from fuhua.policy.reasoning.rule import Case, Figure

# the codes of GB/T 2260 for the districts that some catalogue names, and of the functional area
PLACES: dict[str, Text] = {
    "110105": t("朝阳区", "Chaoyang"),
    "110107": t("石景山区", "Shijingshan"),
    "110108": t("海淀区", "Haidian"),
    "110111": t("房山区", "Fangshan"),
    "110113": t("顺义区", "Shunyi"),
    "110114": t("昌平区", "Changping"),
    "110115": t("大兴区", "Daxing"),
    "110176": t("北京经济技术开发区", "Beijing E-Town"),
}
CHAOYANG, SHIJINGSHAN, HAIDIAN, FANGSHAN, SHUNYI, CHANGPING, DAXING, E_TOWN = PLACES


@dataclass(frozen=True)
class Industry:
    """One row: the code and name of an industry, its group, and the codes of its districts; none when none is named."""

    code: str
    text: Text
    group: Text
    places: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Catalogue:
    """A catalogue over a choice: groups with the codes of their industries, and districts by code.

    ``fields`` are codes that tell a group without its industry. Every code of the choice but ``none`` is in one group.
    """

    of: Input
    groups: tuple[tuple[Text, tuple[str, ...]], ...]
    places: Mapping[str, tuple[str, ...]]
    fields: Mapping[str, Text]

    @cached_property
    def rows(self) -> tuple[Industry, ...]:
        """The industries, in the order of the document."""
        return tuple(
            Industry(code, self.of.choices[code], group, self.places.get(code, ())) for group, codes in self.groups for code in codes
        )

    @cached_property
    def _by_code(self) -> dict[str, Industry]:
        return {row.code: row for row in self.rows}

    def group(self, code: str) -> Text | None:
        """The name of the group of an industry or field; None when it is in none."""
        row = self._by_code.get(code)
        return self.fields.get(code) if row is None else row.group

    def districts(self, code: str) -> tuple[str, ...]:
        """Codes of the districts that the document names for an industry; none when it names none."""
        row = self._by_code.get(code)
        return () if row is None else row.places

    def listed(self, clause: Clause) -> OneOf:
        """The condition that the industry is in the catalogue."""
        return none_of("listed", self.of, {"none"}, clause)

    def figures(self, clause: Clause) -> tuple[Figure, ...]:
        """The industry, its group and the districts named for it, by name, and how many industries the catalogue has."""
        return (
            Figure("industry", t("目录中的产业", "industry in the catalogue"), "code", (self.of,), self._industry, clause, always=True),
            Figure("group", t("所属领域或门类", "field or group"), "code", (self.of,), self._group, clause, always=True),
            Figure("places", t("文件点名的区", "districts named by the document"), "code", (self.of,), self._places, clause, always=True),
            Figure("entries", t("目录的产业数", "industries in the catalogue"), "items", (), self._entries, clause, always=True),
        )

    def _industry(self, case: Case) -> Text | None:
        row = self._by_code.get(case[self.of])
        return None if row is None else row.text

    def _group(self, case: Case) -> Text | None:
        return self.group(case[self.of])

    def _places(self, case: Case) -> Text | None:
        codes = self.districts(case[self.of])
        return listed(PLACES[code] for code in codes) if codes else None

    def _entries(self, _case: Case) -> int:
        return len(self.rows)
