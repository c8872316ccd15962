"""Finds who a printed unit is: organisations under a present or former name or name-plate, or a group of them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from fuhua.kernel.words import Text, t
from fuhua.parties.queries.matching import match
from fuhua.parties.words import Sort
from fuhua.plan.models import Edition, Responsibility

_DISTRICTS = re.compile(r"(?:各|有关|相关|各有关|各相关|等).{0,4}?(?:区|县|市、区|镇|街道|开发区|园区|地区)|^[\u4e00-\u9fff、]+等.{0,4}区")
_DEPARTMENTS = re.compile(r"(?:各|有关|相关|其他|各有关|市级|省级|区级).{0,6}(?:部门|单位|委办局|机关)|成员单位")
_OTHERS = re.compile(r"(?:各|有关|相关|重点|国有).{0,8}(?:企业|机构|高校|院校|院所|银行|协会|集团|平台)")
_LIKELY = 0.6  # a weaker likeness is no candidate: the officer names or creates the organisation
_NAMES_JOINED = re.compile(r"[、/／]|（挂|\(挂|[（()）]")


@dataclass(frozen=True)
class Candidate:
    """An organisation (a row of parties) that a printed unit may be, how sure in percent, and why."""

    party: Any
    sure: int
    why: Text


@dataclass
class PrintedUnit:
    """One printed name with the measures it stands in, whom it is matched to, and who it may be."""

    printed: str
    city: str
    measures: list[int]
    party: Any = None
    group: str = ""
    candidates: list[Candidate] = field(default_factory=list)
    proposed_group: str = ""

    @property
    def matched(self) -> bool:
        """Whether it is known who this is."""
        return self.party is not None or bool(self.group)

    @property
    def names(self) -> list[str]:
        """The names joined in it, in full: one body may be printed with two name-plates."""
        return [full_name(name, self.city) for name in plates(self.printed)]


def plates(printed: str) -> list[str]:
    """``市科委、中关村管委会`` → both names; any other unit → itself."""
    parts = [part.strip() for part in _NAMES_JOINED.split(printed)]
    return [part for part in parts if len(part) > 1] or [printed]


def group_of(printed: str) -> str:
    """The group that a wording such as 各区政府 means, or blank for a single organisation."""
    for code, shape in (("districts", _DISTRICTS), ("departments", _DEPARTMENTS), ("others", _OTHERS)):
        if shape.search(printed):
            return code
    return ""


def full_name(printed: str, city: str) -> str:
    """A name with its city in front: ``市科技局`` of 云湖市 is 云湖市科技局, and not another city's."""
    sign = city[-1:]
    return city + printed[1:] if sign in ("市", "省", "县") and printed.startswith(sign) and len(printed) > 2 else printed


def candidates(printed: str, city: str = "", limit: int = 5) -> list[Candidate]:
    """Organisations by name, name-plate or former name, the surest first; one that bears every plate is surest."""
    names = [full_name(name, city) for name in plates(printed)]
    found: dict[int, Candidate] = {}
    answers = [match(name=name) for name in dict.fromkeys([full_name(printed, city), *names])]
    meant = [answer for answer in answers if answer.sure is not None and answer.sure.sort != Sort.PERSON]
    everyone = {answer.sure.pk for answer in meant if answer.sure}
    whole = answers[0].sure is not None or (len(everyone) == 1 and len(meant) >= len(names))
    for answer in meant:
        sure = 100 if whole and len(everyone) == 1 else 90
        found.setdefault(answer.sure.pk, Candidate(answer.sure, sure, answer.why or t("名称一致", "the same name")))
    for each in (each for answer in answers for each in answer.candidates):
        if each.party.sort != Sort.PERSON and each.score >= _LIKELY:
            why = Text("；".join(reason.zh for reason in each.reasons), "; ".join(reason.en for reason in each.reasons))
            found.setdefault(each.party.pk, Candidate(each.party, round(min(each.score, 0.95) * 100), why))
    return sorted(found.values(), key=lambda each: (-each.sure, each.party.pk))[:limit]


def sole(printed: str, city: str = "") -> Any:
    """The organisation when there is exactly one sure candidate."""
    sure = [each for each in candidates(printed, city) if each.sure == 100]
    return sure[0].party if len(sure) == 1 else None


def printed_units(edition: Edition, *, with_candidates: bool = True) -> list[PrintedUnit]:
    """Every distinct printed name of an edition, unmatched ones first, in the order of the text."""
    found: dict[str, PrintedUnit] = {}
    rows: Any = Responsibility.objects.filter(measure__edition=edition).select_related("party", "measure")
    for row in rows.order_by("measure__no", "order"):
        unit = found.setdefault(row.printed, PrintedUnit(row.printed, edition.city, [], row.party, row.group))
        if row.measure.no not in unit.measures:
            unit.measures.append(row.measure.no)
    for unit in found.values():
        if not unit.matched and with_candidates:
            unit.proposed_group = group_of(unit.printed)
            unit.candidates = candidates(unit.printed, edition.city)
    return sorted(found.values(), key=lambda unit: unit.matched)
