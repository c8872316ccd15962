"""What a kind of scheme declares: its form, evidence, requirements, rubric, panel, clocks, milestones, tranches, renewal and exit."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from fuhua.kernel.questions import Question
from fuhua.kernel.words import Text

MILLION = 1_000_000


@dataclass(frozen=True)
class Ask(Question):
    """A question of the application form.

    ``source`` is the key of :data:`fuhua.schemes.kinds.known.SOURCES` that prefills it; ``input`` the name of the policy input that
    its answer is, so that policy rules judge the application.
    """

    source: str = ""
    input: str = ""


@dataclass(frozen=True)
class Evidence:
    """A document that the application needs (证明材料), ``required`` or welcome."""

    code: str
    label: Text
    required: bool = True


@dataclass(frozen=True)
class Case:
    """What requirements see of an application: its answers by name (stored values), and what is on record beside them.

    ``sort`` and ``district`` are the applicant's; ``recommended`` says that its district recommends it, ``matched`` how many fen that
    district commits (None: nothing said).
    """

    values: Mapping[str, Any]
    sort: str = ""
    district: str = ""
    recommended: bool = False
    matched: int | None = None


@dataclass(frozen=True)
class Requirement:
    """An entry condition (申报条件): ``judge(case)`` is True, False, or None while an answer is missing. ``clause`` cites its source."""

    code: str
    text: Text
    clause: Text
    judge: Callable[[Case], bool | None]


@dataclass(frozen=True)
class Criterion:
    """One line of the rubric (评分标准): at most ``most`` points; the lines of a rubric sum to 100."""

    code: str
    label: Text
    most: int


@dataclass(frozen=True)
class PanelRule:
    """How a panel is made: ``coverage`` experts an application, at most ``load`` applications an expert.

    At least ``seniors`` of those who read one application are senior, at most ``together`` come from one organisation. A spread of more
    than ``spread`` points between two scores calls one more expert.
    """

    coverage: int = 3
    load: int = 12
    seniors: int = 1
    together: int = 1
    spread: int = 20


@dataclass(frozen=True)
class Clocks:
    """Working days: to list the gaps, to mend them, to review, to announce (公示), to answer an objection, to sign; days to pay.

    ``decide``: all is decided so many working days after the call closed; 0: no day of its own.
    """

    gaps: int = 5
    mend: int = 5
    review: int = 15
    announce: int = 5
    answer: int = 10
    sign: int = 20
    pay: int = 15
    decide: int = 0


@dataclass(frozen=True)
class MilestoneType:
    """A milestone that an agreement of the kind may hold; ``measure`` names what it counts (:mod:`fuhua.schemes.kinds.measures`)."""

    code: str
    label: Text
    measure: str
    evidence: tuple[Text, ...]


@dataclass(frozen=True)
class TrancheRule:
    """How the grant is paid: ``on_signing`` parts per million at once, the rest by milestones' weights.

    ``matched``: the district pays its own tranche beside each of the city's.
    """

    on_signing: int = 300_000
    matched: bool = False


@dataclass(frozen=True)
class Example:
    """A worked case that is a test: the answers as stored, and which requirements it misses or leaves open."""

    case: Case
    misses: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True)
class Kind:
    """One kind of scheme. ``applicants``: sorts of party that may apply. ``why`` names the measure it comes from.

    ``rules`` are keys of policy rules that judge the application by its answers; ``requirements`` what no rule of policy says.
    ``recommended``: the applicant's district recommends it and commits money of its own, or it is not eligible. ``years``: how long
    an agreement runs; ``renews``: whether it may be renewed when it ends well. ``issuers``: sorts of party that may call for it.
    ``carries``: questions whose answers become part of the agreement word for word; ``pivots``: changes of direction it may allow.
    ``consortium`` is the code of the evidence that is the consortium agreement (联合体协议): the applicant leads members who each
    confirm that text before it is handed in; blank for one alone. ``bilingual``: people from abroad apply, so that what is sent to
    them on paper is in Chinese and English.
    """

    code: str
    label: Text
    why: Text
    applicants: frozenset[str]
    asks: tuple[Ask, ...]
    rubric: tuple[Criterion, ...]
    examples: tuple[Example, ...]
    evidence: tuple[Evidence, ...] = ()
    rules: tuple[str, ...] = ()
    requirements: tuple[Requirement, ...] = ()
    panel: PanelRule = PanelRule()
    clocks: Clocks = Clocks()
    milestones: tuple[MilestoneType, ...] = ()
    tranches: TrancheRule | None = None
    recommended: bool = False
    consortium: str = ""
    years: int = 3
    renews: bool = False
    bilingual: bool = False
    exits: Mapping[str, Text] = field(default_factory=dict)
    issuers: frozenset[str] = frozenset({"agency", "district"})
    carries: tuple[str, ...] = ()
    pivots: Mapping[str, Text] = field(default_factory=dict)

    def ask(self, name: str) -> Ask:
        """The question of that name; raises ``KeyError``."""
        for each in self.asks:
            if each.name == name:
                return each
        raise KeyError(name)
