"""What grows in each field of the future: field × stage × district, counted from facts, and where nobody hatches yet."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from fuhua.evidence import queries as evidence
from fuhua.evidence.facts import META
from fuhua.evidence.proof.records import Record
from fuhua.evidence.proof.resolve import standing
from fuhua.journey import facts
from fuhua.journey.models import Stay
from fuhua.journey.words import FIELD_STAGES
from fuhua.kernel.urn import kind_of
from fuhua.parties.models import Party
from fuhua.schemes.facts import AgreementEnded, AgreementSigned, GoldSeedLeft, GoldSeedListed
from fuhua.schemes.facts.money import TaskDrawnUp, TaskEnded, TaskSigned
from fuhua.schemes.facts.review import ApplicationAwarded
from fuhua.schemes.words import FUTURE_FIELDS, FutureField

FUTURE = "future_field_incubator"
HATCHING = frozenset({FUTURE, "benchmark_incubator"})  # kinds whose award is of an incubator
GAZELLES = frozenset({"gazelle", "potential_unicorn", "unicorn", "listed"})  # titles from gazelle upwards
RESIDENT = "resident"  # ventures of any stage that stay in an incubator now; not a stage of its own
_STAGED = {"venture": "venture", "firm": "venture", "project": "project"}
_READ = (AgreementSigned, AgreementEnded, GoldSeedListed, GoldSeedLeft, ApplicationAwarded, TaskDrawnUp, TaskSigned, TaskEnded)
_Pair = tuple[str, str]
_CHUNK = 500


@dataclass(frozen=True)
class Place:
    """One party (``urn``) that stands in a field, at a stage (``words.FIELD_STAGES``) and in a district (blank: not known).

    ``public`` says that its standing is on a public list or notice of its own name; ``resident`` that it stays in an incubator now.
    """

    field: str
    stage: str
    district: str
    urn: str
    public: bool
    resident: bool = False


@dataclass(frozen=True)
class Coverage:
    """The whole map on a day: every field that ever stood on the list, and who stands in it."""

    fields: dict[str, FutureField]
    places: list[Place]

    def of(self, *, district: str = "") -> list[Place]:
        """The places in a district, or all."""
        return [each for each in self.places if not district or each.district == district]

    def counts(self, *, district: str = "") -> dict[str, Counter[str]]:
        """Field → stage → how many parties, with ``RESIDENT`` beside the stages."""
        found: dict[str, Counter[str]] = {code: Counter() for code in self.fields}
        for each in self.of(district=district):
            found[each.field][each.stage] += 1
            found[each.field][RESIDENT] += each.resident
        return found

    def gaps(self, *, district: str = "") -> list[str]:
        """Fields in force in which no incubator has an agreement in force."""
        counts = self.counts(district=district)
        return [code for code, each in self.fields.items() if each.state == "in_force" and not counts[code]["incubator"]]

    def districts(self) -> list[str]:
        """Every district in which somebody stands."""
        return sorted({each.district for each in self.places if each.district})


def coverage(on: dt.date) -> Coverage:
    """Read the map as the log says it on a day; a party is counted once in a field, merged ones as one."""
    names = evidence.merges()
    log = _Log()
    for subject, told in _told(on, names):
        log.take(subject, told)
    fields = FUTURE_FIELDS.every()
    hatching = log.hatching()
    growing = {pair: at for pair, at in log.growing(names).items() if kind_of(pair[1]) in _STAGED}
    stages = _stages({urn for _field, urn in growing}, on)
    known = [(field, "incubator", urn, at) for (field, urn), at in hatching.items()]
    known += [(field, "awarded", names.get(urn, urn), "") for field, urn in log.awarded() if (field, urn) not in hatching]
    known += [(field, stages[urn], urn, at) for (field, urn), at in growing.items()]
    return Coverage(fields, _places([each for each in known if each[0] in fields], set(log.seeds), on))


@dataclass
class _Log:
    """What the facts tell, subject by subject: incubators' agreements, awards, task agreements, gold seeds; pairs are (field, URN)."""

    agreed: dict[_Pair, str] = field(default_factory=dict)
    seeds: dict[_Pair, str] = field(default_factory=dict)
    awards: dict[str, ApplicationAwarded] = field(default_factory=dict)
    signed: set[str] = field(default_factory=set)  # applications whose task agreement both sides have signed
    named: set[str] = field(default_factory=set)  # task agreements that an incubator's agreement stands for
    tasks: dict[str, str] = field(default_factory=dict)  # task agreement in force → application

    def take(self, subject: str, told: list[Record[Any]]) -> None:
        """Take in what stands of one subject."""
        match kind_of(subject):
            case "incubator":
                self.agreed |= {(field, subject): district for field, district in _agreements(told).items()}
                self.named |= {each.fact.task for each in told if isinstance(each.fact, AgreementSigned)}
            case "application":
                self.awards[subject] = told[-1].fact
            case "agreement":
                self._task(subject, [each.fact for each in told])
            case _:
                self.seeds |= _listed(subject, told)

    def _task(self, subject: str, told: list[Any]) -> None:
        application = next((each.application for each in told if isinstance(each, TaskDrawnUp)), "")
        if any(isinstance(each, TaskSigned) for each in told):
            self.signed.add(application)
            if not any(isinstance(each, TaskEnded) for each in told):
                self.tasks[subject] = application

    def hatching(self) -> dict[_Pair, str]:
        """Incubators with an agreement in force, and leads that build one where the consortium has none yet."""
        awards = [self.awards[application] for task, application in self.tasks.items()
                  if task not in self.named and application in self.awards]
        return {(each.field, each.applicant): "" for each in awards if each.sort == FUTURE and each.field} | self.agreed

    def awarded(self) -> list[_Pair]:
        """Awards of incubators whose agreement nobody or one side has signed."""
        return [(each.field, each.applicant) for urn, each in self.awards.items()
                if urn not in self.signed and each.sort in HATCHING and each.field]

    def growing(self, names: dict[str, str]) -> dict[_Pair, str]:
        """Gold seeds on the list, and whoever was awarded something else in a field; of gold seeds the list alone speaks."""
        awards = {(each.field, names.get(each.applicant, each.applicant)): "" for each in self.awards.values()
                  if each.field and each.sort not in (*HATCHING, "gold_seed")}
        return awards | self.seeds


def _told(on: dt.date, names: dict[str, str]) -> Iterator[tuple[str, list[Record[Any]]]]:
    grouped: dict[str, list[Record[Any]]] = defaultdict(list)
    for record in evidence.records([*(kind.KIND for kind in _READ), *(kind.KIND for kind in META)]):
        grouped[names.get(record.subject, record.subject)].append(record)
    for subject, records in grouped.items():
        told = [each for each in standing(records, on).told if isinstance(each.fact, _READ)]
        if told:
            yield subject, told


def _agreements(told: Iterable[Record[Any]]) -> dict[str, str]:
    """Field → district, of an incubator's agreements in force: the benchmark one, and those for a field alone, which have no tier."""
    live: dict[str, tuple[str, str]] = {}
    for each in told:
        fact = each.fact
        if isinstance(fact, AgreementSigned):
            live["" if fact.tier else fact.field] = (fact.field, fact.district)
        elif isinstance(fact, AgreementEnded):
            live.pop(fact.field, None)
    return {field: district for field, district in live.values() if field}


def _listed(subject: str, told: Iterable[Record[Any]]) -> dict[tuple[str, str], str]:
    found: dict[tuple[str, str], str] = {}
    for each in told:
        if isinstance(each.fact, GoldSeedListed):
            found = {(each.fact.field, subject): each.fact.district}
        elif isinstance(each.fact, GoldSeedLeft):
            found = {}
    return found


def _stages(urns: set[str], on: dt.date) -> dict[str, str]:
    """Each party's stage, by its sort and the titles that stand on the day: project, venture, high-tech enterprise, gazelle."""
    held: dict[str, set[str]] = defaultdict(set)
    kinds = [facts.TitleAwarded.KIND, facts.TitleEnded.KIND, *(kind.KIND for kind in META)]
    grouped: dict[str, list[Record[Any]]] = defaultdict(list)
    for record in evidence.records(kinds, subjects=sorted(urns)) if urns else ():
        grouped[record.subject].append(record)
    for urn, records in grouped.items():
        for each in standing(records, on).told:
            if isinstance(each.fact, facts.TitleAwarded):
                held[urn].add(each.fact.title)
            elif isinstance(each.fact, facts.TitleEnded):
                held[urn].discard(each.fact.title)
    return {urn: "gazelle" if held[urn] & GAZELLES else "hnte" if "hnte" in held[urn] else _STAGED[kind_of(urn)] for urn in urns}


def _places(known: list[tuple[str, str, str, str]], public: set[tuple[str, str]], on: dt.date) -> list[Place]:
    urns = sorted({urn for _field, _stage, urn, _district in known})
    seat: dict[str, str] = {}
    staying: set[str] = set()
    for start in range(0, len(urns), _CHUNK):
        chunk = urns[start:start + _CHUNK]
        seat |= dict(Party.objects.filter(urn__in=chunk).values_list("urn", "district"))
        staying |= set(Stay.objects.filter(venture__in=chunk, began__lte=on, ended=None).values_list("venture", flat=True))
    order = list(FIELD_STAGES)
    return sorted((Place(field, stage, district or seat.get(urn, ""), urn, resident=urn in staying,
                         public=stage in ("incubator", "awarded") or (field, urn) in public) for field, stage, urn, district in known),
                  key=lambda each: (each.field, order.index(each.stage), each.district, each.urn))
