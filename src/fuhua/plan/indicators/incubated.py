"""How a title counts as incubated: first awarded while the firm was in stay, credit in equal parts to its hosts."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import Any

from fuhua.evidence.proof.figure import Judge, Terms, Told, Verdict, counted, left_out
from fuhua.evidence.proof.records import Record
from fuhua.journey.facts import StayBegan, StayEnded, TitleAwarded, TitleEnded
from fuhua.kernel.words import t
from fuhua.plan.indicators.reasons import NEW, WHOLE

READS = (StayBegan, StayEnded, TitleAwarded, TitleEnded)
REASONS = {
    **NEW,
    "moved_in": t("入驻之前（含当日）已获认定", "had the title before, or on the day, it moved in"),
    "not_in_stay": t("认定时不在孵", "not in stay when it was awarded"),
    "virtual_only": t("只有虚拟或其他不计入的在孵方式", "only virtual stays, or others that do not count"),
    "wrong_basis": t("认定依据不符合本指标要求", "not on the basis that this indicator asks for"),
    "revoked": t("认定已被撤销", "the title was revoked"),
}
Stays = dict[tuple[str, str], tuple[Record[Any], dt.date | None]]  # (host, kind of stay) → its beginning and its end
_NEVER = (None, dt.date.min)


def incubated(titles: frozenset[str], bases: frozenset[str], stays: frozenset[str]) -> Judge:
    """A judge of firms: one of ``titles`` on one of ``bases``, first awarded during one of the kinds of ``stays``.

    A stay counts if it began before the day of the award and had not ended before that day. Stays of two kinds at one
    host begin and end apart; the host is credited once. A beginning told again while the stay lasts changes nothing.
    """

    def judge(told: Told, _on: dt.date, terms: Terms) -> Verdict | None:
        hosts: Stays = {}
        awards: dict[str, tuple[Record[Any], Stays]] = {}
        revoked = weak = other_stay = None
        for record in told:
            fact = record.fact
            kind = type(fact)
            if kind is StayBegan:
                if fact.stay not in stays:
                    other_stay = record
                elif hosts.get((fact.host, fact.stay), _NEVER)[1] is not None:
                    hosts[fact.host, fact.stay] = (record, None)
            elif kind is StayEnded:
                stay = hosts.get((fact.host, fact.stay))
                if stay is not None:
                    hosts[fact.host, fact.stay] = (stay[0], record.true_from)
            elif kind is TitleAwarded and fact.title in titles:
                if fact.basis not in bases:
                    weak = record
                elif fact.title not in awards:
                    awards[fact.title] = (record, dict(hosts))
            elif kind is TitleEnded and fact.reason == "revoked" and awards.pop(fact.title, None):
                revoked = record
        if not awards:
            lost = revoked or weak
            return left_out("revoked" if revoked else "wrong_basis", (lost,)) if lost else None
        return _best(awards, hosts, other_stay, terms)

    return judge


def _best(awards: dict[str, tuple[Record[Any], Stays]], hosts: Stays, other: Record[Any] | None, terms: Terms) -> Verdict:
    refused = None
    for award, then in awards.values():
        day = award.true_from
        if day <= terms.since or day > terms.until:
            refused = refused or left_out("not_new" if day <= terms.since else "too_late", (award,))
            continue
        during = [stay for stay, ended in then.values() if stay.true_from < day and (ended is None or ended >= day)]
        if during:
            return _credited(award, during)
        refused = refused or _not_incubated(award, hosts, other)
    assert refused is not None
    return refused


def _credited(award: Record[Any], during: list[Record[Any]]) -> Verdict:
    hosts = dict.fromkeys(stay.fact.host for stay in during)
    share = WHOLE if len(hosts) == 1 else Fraction(1, len(hosts))
    return counted((award, *during), district=during[0].fact.district, credit=tuple((host, share) for host in hosts))


def _not_incubated(award: Record[Any], hosts: Stays, other: Record[Any] | None) -> Verdict:
    for stay, _ended in hosts.values():
        if stay.true_from >= award.true_from:
            return left_out("moved_in", (award, stay), district=stay.fact.district)
    if not hosts and other is not None:
        return left_out("virtual_only", (award, other), district=other.fact.district)
    return left_out("not_in_stay", (award,))
