"""Finds the organisations that a batch of roster rows speaks of, and what is on record of the same rows."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from fuhua.desk import models
from fuhua.kernel.roster import Line, Loading, Reference, Roster, RowRefused
from fuhua.kernel.words import Text, t
from fuhua.parties.queries import naming
from fuhua.parties.queries.in_bulk import Party, by_codes, by_names, live
from fuhua.parties.queries.matching import match
from fuhua.parties.words import SORTS

_ALIKE = 0.7  # a likeness from which somebody must say whether it is the same organisation
_SEATS = ("host", "incubator")  # roles of a house, whose district answers for the row
NEW = "new:"  # before a provisional identity: the organisation is not on record yet


@dataclass
class Found:
    """The answer for one row: ``parties`` by role (URN, or provisional for a new one), else questions or refusals.

    ``districts``: where each of the parties is, by role; a new one is where the row says.
    """

    parties: dict[str, str] = field(default_factory=dict)
    fresh: list[Reference] = field(default_factory=list)
    candidates: list[dict[str, Any]] = field(default_factory=list)
    question: str = ""
    wrong: list[RowRefused] = field(default_factory=list)
    districts: dict[str, str] = field(default_factory=dict)


class Finder:
    """Resolves references batch by batch, reading every code and name once; remembers what was registered meanwhile."""

    def __init__(self, roster: Roster, loading: Loading, picks: dict[str, str | None]) -> None:
        self.roster = roster
        self.loading = loading
        self.picks = picks
        self._codes: dict[str, Party] = {}
        self._names: dict[str, dict[int, Party]] = {}
        self._answers: dict[str, Any] = {}
        self._registered: set[str] = set()

    def prefetch(self, lines: Sequence[Line]) -> None:
        """Read every code and name of the batch at once, before :meth:`find` is asked line by line."""
        self._answers = {}
        codes, keys = set(), set()
        for line in lines:
            for reference in self.roster.references:
                code, name = self._given(line, reference)
                if code:
                    codes.add(code)
                if name:
                    keys.add(naming.key(name))
        self._codes, self._names = by_codes(codes), by_names(keys)

    def remember(self, line: Line, reference: Reference, party: Party) -> str:
        """An organisation was registered for this row: later rows mean the same one. Returns the row's question."""
        code, name = self._given(line, reference)
        if code:
            self._codes[code] = party
        self._names.setdefault(naming.key(name), {})[party.pk] = party
        self._registered.add(party.urn)
        question = question_of(reference.role, code, name)
        if question in self.picks:
            self.picks[question] = party.urn
        return question

    @staticmethod
    def _given(line: Line, reference: Reference) -> tuple[str, str]:
        return (line.values.get(reference.code) or "" if reference.code else ""), line.values.get(reference.name) or ""

    def find(self, line: Line) -> Found:
        """The organisations of one row."""
        found = Found()
        for reference in self.roster.references:
            code, name = self._given(line, reference)
            if code or name:
                self._one(line, reference, code, name, found)
            elif reference.own and self.loading.own is not None and len(self.loading.own) == 1:
                found.parties[reference.role] = next(iter(self.loading.own))
            elif reference.required:
                title = self.roster.column(reference.name).title
                missing = t("缺少“{title}”，请填写名称或信用代码", "{title} is missing; give the name or the credit code")
                found.wrong.append(RowRefused(missing.format(title=title), reference.name))
        if self.loading.districts is not None and not found.wrong and not found.candidates:
            self._elsewhere(line, found)
        return found

    def _elsewhere(self, line: Line, found: Found) -> None:
        """Refuse a row to a district officer unless its host or incubator, else whom it is about, is of the district."""
        answerable = [each for each in self.roster.references if each.role in found.parties]
        reference = next((each for each in answerable if each.role in _SEATS), answerable[0])
        written = line.values.get(reference.district, "") if reference.district else ""
        if not {found.districts[reference.role], written or found.districts[reference.role]} <= self.loading.districts:
            found.wrong.append(RowRefused(
                t("“{name}”不在您负责的区（或未登记所在区），请由其所在区或市级主管填报",
                  "“{name}” is not of your district, or its district is not known; its own district or a city officer hands this in")
                .format(name=line.values.get(reference.name) or line.values.get(reference.code, "")), reference.name))

    def _one(self, line: Line, reference: Reference, code: str, name: str, found: Found) -> None:
        district = line.values.get(reference.district, "") if reference.district else ""
        question = question_of(reference.role, code, name)
        answer = self._answer(reference, question, code, name, district)
        if isinstance(answer, Party):
            self._settle(answer, reference, name, found)
        elif answer:
            found.question = found.question or question
            found.candidates.append({"role": reference.role, "column": reference.name, "name": name, "code": code,
                                     "question": question, "options": answer})
        elif not reference.creates:
            found.wrong.append(RowRefused(
                t("没有登记过“{name}”，请核对名称或信用代码，或先登记该主体",
                  "“{name}” is not on record; check the name or code, or register it first").format(name=name or code), reference.name))
        elif not name:
            found.wrong.append(RowRefused(t("信用代码 {code} 尚未登记，请补填名称", "credit code {code} is not on record; fill in the name")
                                          .format(code=code), reference.name))
        else:
            found.parties[reference.role] = NEW + (code or naming.key(name))
            found.districts[reference.role] = district
            found.fresh.append(reference)

    def _settle(self, party: Party, reference: Reference, name: str, found: Found) -> None:
        if party.sort not in reference.sorts:
            found.wrong.append(RowRefused(
                t("“{name}”登记为{sort}，不能填在这一列，请核对", "“{name}” is on record as {sort} and does not belong here; check it")
                .format(name=name or party.name, sort=SORTS[party.sort]), reference.name))
        elif reference.own and self.loading.own is not None and party.urn not in self.loading.own:
            found.wrong.append(RowRefused(
                t("“{name}”不是您运营的孵化器，只能填报本孵化器的记录", "“{name}” is not your incubator; only your own may be filled in")
                .format(name=party.name), reference.name))
        else:
            found.parties[reference.role] = party.urn
            found.districts[reference.role] = party.district

    def _answer(
        self, reference: Reference, question: str, code: str, name: str, district: str
    ) -> Party | list[dict[str, Any]]:
        """The party, the candidates to choose from, or an empty list: nobody on record."""
        if code and code in self._codes:
            return self._codes[code]
        if question in self.picks:
            picked = self.picks[question]
            return live(picked) or [] if picked else []
        same = self._names.get(naming.key(name), {}) if name else {}
        if len(same) == 1:
            party = next(iter(same.values()))
            if not (code and party.code and party.code != code) and party.sort in reference.sorts:
                return party
        if not name:
            return []
        if question not in self._answers:
            self._answers[question] = self._matched(reference, code, name, district)
        return self._answers[question]

    def _matched(self, reference: Reference, code: str, name: str, district: str) -> Party | list[dict[str, Any]]:
        """What the register says of a name that is not there as it stands; asked once for a name in a batch."""
        answer = match(code=code, name=name, sort=reference.sorts[0], district=district)
        if answer.sure is not None:
            return answer.sure
        return [
            {"urn": each.party.urn, "name": each.party.name, "code": each.party.code, "score": round(each.score * 100),
             "reasons": [[reason.zh, reason.en] for reason in each.reasons]}
            for each in answer.candidates
            if each.score >= _ALIKE and each.party.sort in reference.sorts and each.party.urn not in self._registered
            and not (code and each.party.code and each.party.code != code)
        ]


def question_of(role: str, code: str, name: str) -> str:
    """What identifies "which organisation is this?" within one intake."""
    return hashlib.sha256(f"{role}|{code}|{naming.key(name) if name else ''}".encode()).hexdigest()


def on_record(roster: Roster, keys: Iterable[str]) -> dict[str, models.RosterRecord]:
    """Natural key → what an earlier row with it became."""
    return {record.key: record for record in models.RosterRecord.objects.filter(roster=roster.name, key__in=list(keys))}


def picks_of(intake: models.Intake) -> dict[str, str | None]:
    """Question → the URN picked, or None for a new organisation."""
    return dict(models.Pick.objects.filter(intake=intake).values_list("question", "party__urn"))


def differences(roster: Roster, before: dict[str, Any], after: dict[str, Any]) -> list[list[str]]:
    """[field, before, after] of every value that differs, in column order."""
    return [[column.name, _shown(before.get(column.name)), _shown(after.get(column.name))]
            for column in roster.columns if before.get(column.name) != after.get(column.name)]


def _shown(value: Any) -> str:
    return "" if value is None else str(value)


def text_of(pair: Sequence[str]) -> Text:
    """The phrase kept as [Chinese, English]."""
    return Text(pair[0], pair[1])
