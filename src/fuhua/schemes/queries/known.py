"""Sources of answers that schemes has itself: what the register, ties, and facts of tiers, checks and agreements say of an applicant."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import Max, Q

from fuhua.evidence.facts import Fact
from fuhua.evidence.queries import told_of
from fuhua.evidence.words import Grade
from fuhua.kernel import period
from fuhua.kernel.words import Text, t
from fuhua.parties.models import Party, Tie
from fuhua.parties.queries import family, in_bulk
from fuhua.parties.words import TieKind, TieState
from fuhua.schemes import facts
from fuhua.schemes.facts import talents
from fuhua.schemes.kinds.known import SOURCES, Known, Source
from fuhua.schemes.kinds.spec import Ask

_BEIJING = "11"  # how the codes of its districts begin (GB/T 2260)


def prefilled(asks: Iterable[Ask], urn: str, on: dt.date) -> dict[str, Known]:
    """Question → what is on record of the party on a day; questions of which nothing is are left out."""
    found = {ask.name: SOURCES[ask.source].read(urn, on) for ask in asks if ask.source}
    return {name: known for name, known in found.items() if known is not None}


def _of_register(say: Callable[[Party], Any]) -> Callable[[str, dt.date], Known | None]:
    def read(urn: str, _on: dt.date) -> Known | None:
        party = in_bulk.live(urn)
        value = say(party) if party else None
        return None if value in (None, "") else Known(value, Grade.REGISTRY, period.day(party.entered_at))

    return read


def _in_beijing(party: Party) -> bool | None:
    return party.district.startswith(_BEIJING) if party.district else None


def _of_ties(kind: str, *, source: bool) -> Callable[[str, dt.date], Known | None]:
    """How many others the party is tied to on a day, by ties both sides confirmed; it stands at the tie's source or target."""
    near, far = ("source", "target") if source else ("target", "source")

    def read(urn: str, on: dt.date) -> Known | None:
        party = in_bulk.live(urn)
        if party is None:
            return None
        ids = family({party.pk})[party.pk]
        live = Tie.objects.filter(Q(until=None) | Q(until__gt=on), kind=kind, since__lte=on, **{f"{near}__in": ids})
        live = live.exclude(state=TieState.PROPOSED).values_list(f"{far}_id", flat=True).distinct()
        latest = live.aggregate(day=Max("since"))["day"]
        return None if latest is None else Known(str(live.count()), Grade.COUNTERPART, latest)

    return read


def _of_facts(kind: type[Fact], say: Callable[[Any], Any]) -> Callable[[str, dt.date], Known | None]:
    """What the latest standing fact of a kind says."""

    def read(urn: str, on: dt.date) -> Known | None:
        told = told_of(urn, kind, on=on)
        return Known(say(told[-1]), told[-1].grade, told[-1].true_from, told[-1].digest) if told else None

    return read


def _founded(urn: str, on: dt.date) -> Known | None:
    """In how many ventures the person holds or held the office of founder, by ties both sides confirmed."""
    party = in_bulk.live(urn)
    if party is None:
        return None
    ties = Tie.objects.filter(kind=TieKind.EMPLOYS, office="founder", target__in=family({party.pk})[party.pk], since__lte=on)
    ties = ties.exclude(confirmed_by=None)
    latest = ties.aggregate(day=Max("since"))["day"]
    return None if latest is None else Known(str(ties.values("source").distinct().count()), Grade.COUNTERPART, latest)


def _placements(urn: str, on: dt.date) -> Known | None:
    """How many incubators hired the person with a credential."""
    told = told_of(urn, talents.PersonPlaced, on=on)
    houses = {record.fact.host for record in told}
    return Known(str(len(houses)), min(record.grade for record in told), told[-1].true_from, told[-1].digest) if told else None


def _add(key: str, label: Text, read: Callable[[str, dt.date], Known | None]) -> None:
    SOURCES.add(Source(key, label, read))


_add("name", t("登记名称", "registered name"), _of_register(lambda party: party.name))
_add("code", t("统一社会信用代码", "credit code"), _of_register(lambda party: party.code))
_add("district", t("登记所在区", "district of registration"), _of_register(lambda party: party.district))
_add("in_beijing", t("登记在北京", "registered in Beijing"), _of_register(_in_beijing))
_add("staff", t("任职关系", "ties of employment"), _of_ties(TieKind.EMPLOYS, source=True))
_add("residents", t("入驻关系", "ties of residence"), _of_ties(TieKind.RESIDES, source=False))
_add("mentors", t("导师关系", "ties with mentors"), _of_ties(TieKind.MENTORS, source=False))
_add("mentored", t("辅导关系", "ties of mentoring"), _of_ties(TieKind.MENTORS, source=True))
_add("tier", t("梯次认定", "tier set"), _of_facts(facts.TierSet, lambda record: record.fact.tier))
_add("check", t("最近一次考核", "last check"), _of_facts(facts.CheckConcluded, lambda record: record.fact.result))
_add("agreement", t("任务书签订", "agreement signed"), _of_facts(facts.AgreementSigned, lambda record: record.true_from.isoformat()))
_add("talent_origin", t("人才库登记", "pool of talents"), _of_facts(talents.TalentJoined, lambda record: record.fact.origin))
_add("credential", t("实训合格证书", "credential"), _of_facts(talents.CredentialIssued, lambda record: record.fact.serial))
_add("placements", t("持证到岗记录", "placements"), _placements)
_add("founded", t("创办人任职关系", "ties as founder"), _founded)
