"""What facts say of a person as a mentor, for their application: sessions, organisations advised, actions done, and what followed.

Follow-on: an organisation counts once when, after the day of its first confirmed session with the mentor, a fund paid money into it
(``capital.fund_deployed``) or it was awarded a title (``journey.title_awarded``). It says what came after, not what came because of it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q

from fuhua.capital.facts import FundDeployed
from fuhua.evidence import queries as evidence
from fuhua.evidence.facts import Fact
from fuhua.evidence.proof.records import Record
from fuhua.evidence.words import Grade
from fuhua.exchange.facts.mentoring import ActionsAnswered, MentoringHeld
from fuhua.journey.facts import TitleAwarded
from fuhua.journey.queries.profiles import family_of
from fuhua.kernel.words import t
from fuhua.schemes.kinds.known import Known, Source


def held(urn: str, on: dt.date) -> list[Record[Any]]:
    """Sessions of a mentor that both sides confirmed by a day, oldest first; what is contested does not count."""
    return [each for each in _told(urn, MentoringHeld, on) if each.grade >= Grade.COUNTERPART and not each.contested]


def _told(urn: str, kind: type[Fact], on: dt.date) -> list[Record[Any]]:
    found = [record for each in family_of(urn) for record in evidence.told_of(each, kind, on=on)]
    return sorted(found, key=lambda record: record.true_from)


def _known(count: int, records: Iterable[Record[Any]]) -> Known | None:
    """A count by the weakest of the facts it rests on, since the latest of them; None without any."""
    told = list(records)
    if not told:
        return None
    return Known(str(count), min(each.grade for each in told), max(each.true_from for each in told), told[-1].digest)


def _sessions(urn: str, on: dt.date) -> Known | None:
    told = held(urn, on)
    return _known(len(told), told)


def _mentees(urn: str, on: dt.date) -> Known | None:
    told = held(urn, on)
    return _known(len({each.fact.mentee for each in told}), told)


def _actions(urn: str, on: dt.date) -> Known | None:
    """Done actions of confirmed sessions: of each session what was answered last."""
    sessions = {each.fact.session for each in held(urn, on)}
    latest = {each.fact.session: each for each in _told(urn, ActionsAnswered, on) if each.fact.session in sessions}
    return _known(sum(each.fact.done for each in latest.values()), latest.values())


def _followed(urn: str, on: dt.date) -> Known | None:
    told = held(urn, on)
    first: dict[str, dt.date] = {}
    for each in told:
        first.setdefault(each.fact.mentee, each.true_from)
    followed = {mentee: record for mentee, record in (*_titles(first, on), *_money(first, on)) if record.true_from > first[mentee]}
    return _known(len(followed), followed.values()) or _known(0, told)


def _titles(mentees: Iterable[str], on: dt.date) -> list[tuple[str, Record[Any]]]:
    return [(mentee, record) for mentee in mentees for record in evidence.told_of(mentee, TitleAwarded, on=on)]


def _money(mentees: Iterable[str], on: dt.date) -> list[tuple[str, Record[Any]]]:
    """Payments of funds into the organisations: found by their text, read as they stand."""
    named = [Q(body__contains=f'"{mentee}"') for mentee in mentees]
    if not named:
        return []
    rows = evidence.facts().filter(reduce(or_, named), kind=FundDeployed.KIND)
    funds = sorted(set(rows.values_list("subject", flat=True)))
    wanted = set(mentees)
    return [(record.fact.venture, record) for fund in funds for record in evidence.told_of(fund, FundDeployed, on=on)
            if record.fact.venture in wanted]


_READ: dict[str, tuple[Any, Callable[[str, dt.date], Known | None]]] = {
    "mentoring_sessions": (t("双方确认的辅导记录", "sessions that both sides confirmed"), _sessions),
    "mentoring_mentees": (t("辅导记录中的企业", "organisations in those sessions"), _mentees),
    "mentoring_actions": (t("行动项回访", "answers about actions"), _actions),
    "mentoring_followed": (t("辅导后的融资与认定记录", "money and titles on record since"), _followed),
}
TOLD = tuple(Source(key, label, read) for key, (label, read) in _READ.items())
