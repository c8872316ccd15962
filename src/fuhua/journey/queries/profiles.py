"""What policy rules know of one subject: stated values, and titles and stays read from facts, each with its source."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from fuhua.evidence.facts import Fact
from fuhua.evidence.proof.records import Record
from fuhua.evidence.queries import told_of
from fuhua.journey import facts
from fuhua.kernel.period import add_months
from fuhua.kernel.urn import kind_of
from fuhua.parties.models import Party
from fuhua.policy import catalog
from fuhua.policy.reasoning.inputs import Input
from fuhua.policy.reasoning.profile import Listing
from fuhua.policy.reasoning.rule import Rule

# sort of a party → the subject of the rules that judge it
SUBJECTS: dict[str, str] = {
    "venture": "venture", "firm": "venture", "incubator": "incubator", "university": "incubator", "fund": "fund", "park": "park",
    "person": "person",
}  # fmt: skip
# title → the listing that rules ask for, and the months for which one award is good (None: until it is ended)
HELD: dict[str, tuple[str, int | None]] = {
    "hnte": ("hnte_valid", 36),
    "tech_sme": ("tech_sme_valid", 12),
    "innovative_sme": ("innovative_sme_valid", 36),
    "specialised_sme": ("specialised_sme_valid", 36),
    "little_giant": ("little_giant_valid", 36),
    "listed": ("listed_company", None),
}
EARLIER, FIRST_YEAR = ("hnte", "tech_sme"), 2018  # titles that lengthened the life of losses, and since when (财税〔2018〕76号)
BEIJING = "11"  # how the codes of its districts begin (GB/T 2260)
# title of an incubation body → the code of ``incubator_title``, the highest first
HOUSES: dict[str, str] = {
    "national_incubator": "national_incubator",
    "municipal_incubator": "provincial_incubator",
    "university_park": "university_park",
    "filed_makerspace": "filed_makerspace",
}
KINDS = (facts.ValueStated, facts.TitleAwarded, facts.TitleEnded, facts.StayBegan)


@dataclass(frozen=True)
class Origin:
    """Where a value comes from: the fact's digest, its grade, the day from which it is true, and who told it."""

    digest: str
    grade: int
    on: dt.date
    by: str
    kind: str


@dataclass(frozen=True)
class Profile:
    """Values by input name in stored scale (see ``policy.reasoning.profile``), with their origins."""

    subject: str
    on: dt.date
    known: Mapping[str, Any]
    origins: Mapping[str, Origin]


def rules_for(subject: str) -> list[Rule]:
    """The rules that judge this sort of subject, by topic."""
    wanted = SUBJECTS.get(kind_of(subject))
    return [rule for rule in catalog.rules() if rule.subject == wanted]


def profile_of(subject: str, on: dt.date) -> Profile:
    """All that is known of a subject on a day, from its standing facts."""
    return profile_from(subject, told(subject, *KINDS, on=on), on, district_of(subject))


def family_of(subject: str) -> list[str]:
    """The subject, and every duplicate merged into it or into one of those."""
    found, wave = [subject], [subject]
    while wave:
        wave = list(Party.objects.filter(merged_into__urn__in=wave).values_list("urn", flat=True))
        found += wave
    return found


def district_of(subject: str) -> str:
    """The code of the district in which it is registered; blank where none is known."""
    return Party.objects.filter(urn=subject).values_list("district", flat=True).first() or ""


def told(subject: str, *kinds: type[Fact], on: dt.date) -> list[Record[Any]]:
    """What stands of a subject on a day, oldest truth first, with what was told of duplicates merged into it."""
    records = [record for urn in family_of(subject) for record in told_of(urn, *kinds, on=on)]
    return sorted(records, key=lambda record: (record.true_from, record.seq))


def profile_from(subject: str, records: Iterable[Record[Any]], on: dt.date, district: str = "") -> Profile:
    """The profile that standing records (oldest truth first) of one subject give on a day."""
    inputs = catalog.inputs()
    known: dict[str, Any] = {}
    origins: dict[str, Origin] = {}
    titles: dict[str, list[Record[Any]]] = {}
    if district.startswith(BEIJING):
        known["beijing_firm"] = (1, 1)
    for record in records:
        fact = record.fact
        if isinstance(fact, facts.ValueStated):
            one = inputs.get(fact.input)
            if one is not None and not _registered(one.name, origins, known, record):
                known[one.name] = _stated(one, fact, known.get(one.name))
                origins[one.name] = _origin(record)
        elif isinstance(fact, facts.TitleAwarded | facts.TitleEnded):
            titles.setdefault(fact.title, []).append(record)
        else:
            known["incubation_entered_on"] = (record.true_from.toordinal(),) * 2
            origins["incubation_entered_on"] = _origin(record)
    _put_titles(titles, on, known, origins)
    return Profile(subject, on, {name: value for name, value in known.items() if name in inputs}, origins)


def _registered(name: str, origins: Mapping[str, Origin], known: Mapping[str, Any], record: Record[Any]) -> bool:
    """Whether a register says it already, better than this statement does."""
    before = origins.get(name)
    if before is None:
        return name in known
    return before.kind != facts.ValueStated.KIND and before.grade > record.grade


def _origin(record: Record[Any]) -> Origin:
    return Origin(record.digest, record.grade, record.true_from, record.by, record.kind)


def _stated(one: Input, fact: facts.ValueStated, before: Any) -> Any:
    if one.kind == "choice":
        return fact.code
    if one.kind == "by_year":
        return {**(before or {}), fact.year: fact.low} if fact.year else {}
    if one.kind == "listing" and fact.high > 1:
        return Listing((fact.low, fact.high))
    return fact.low, fact.high


def _put_titles(titles: Mapping[str, list[Record[Any]]], on: dt.date, known: dict[str, Any], origins: dict[str, Origin]) -> None:
    """A title on record says yes while it lasts, and no once it is over; a title never recorded says nothing.

    One that ran out says no only until somebody states otherwise: the register may be behind.
    """
    for title, records in titles.items():
        last = records[-1]
        if title in HELD:
            name, months = HELD[title]
            ended = isinstance(last.fact, facts.TitleEnded)
            ran_out = not ended and months is not None and add_months(last.true_from, months) <= on
            stated = origins.get(name)
            if ran_out and stated is not None and stated.on >= add_months(last.true_from, months):
                continue
            over = ran_out or ended
            known[name], origins[name] = (int(not over),) * 2, _origin(last)
        before = next((each for each in records if title in EARLIER and FIRST_YEAR <= each.true_from.year < on.year), None)
        if before is not None:
            known["hnte_or_tech_sme_before"], origins["hnte_or_tech_sme_before"] = (1, 1), _origin(before)
    houses = (title for title in HOUSES if any(isinstance(each.fact, facts.TitleAwarded) for each in titles.get(title, ())))
    house = min(houses, key=lambda title: _rank(title, titles[title]), default=None)
    if house is not None:
        _put_house(HOUSES[house], titles[house], known, origins)


def _rank(title: str, records: list[Record[Any]]) -> tuple[bool, int]:
    """A title that is held comes before one that is over, then the higher one."""
    return isinstance(records[-1].fact, facts.TitleEnded), list(HOUSES).index(title)


def _put_house(code: str, records: list[Record[Any]], known: dict[str, Any], origins: dict[str, Origin]) -> None:
    awarded = next(record for record in reversed(records) if isinstance(record.fact, facts.TitleAwarded))
    ended = records[-1] if isinstance(records[-1].fact, facts.TitleEnded) else None
    known["incubator_title"] = code
    known["title_recognised_on"] = (awarded.true_from.toordinal(),) * 2
    known["title_cancelled"] = (int(ended is not None),) * 2
    for name in ("incubator_title", "title_recognised_on", "title_cancelled"):
        origins[name] = _origin(ended if ended is not None and name == "title_cancelled" else awarded)
    if ended is not None:
        known["title_cancelled_on"] = (ended.true_from.toordinal(),) * 2
        origins["title_cancelled_on"] = _origin(ended)


def written(known: Mapping[str, Any], names: Iterable[str]) -> tuple[str, ...]:
    """The values of some inputs as a fact keeps them: sorted ``name=low..high``, ``name=code``, ``name=year:amount,…``."""
    return tuple(f"{name}={_written(known[name])}" for name in sorted(set(names)) if name in known)


def _written(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, Mapping):
        return ",".join(f"{year}:{amount}" for year, amount in sorted(value.items()))
    low, high = value
    return str(low) if low == high else f"{low}..{high}"
