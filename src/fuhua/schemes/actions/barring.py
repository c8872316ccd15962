"""Recusal (回避): conflicts computed from ties, declared ones and those an applicant objects to; who is barred reads nothing more of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping

from django.db import transaction

from fuhua.desk.access import RECUSALS, Recusal
from fuhua.evidence.actions.facts import record_many
from fuhua.evidence.facts import BadFact
from fuhua.evidence.words import Grade
from fuhua.kernel import chores, period
from fuhua.kernel.words import t
from fuhua.parties.models import Party
from fuhua.parties.queries.conflicts import Conflict, conflicts
from fuhua.parties.words import TieKind
from fuhua.schemes.actions import reviewers
from fuhua.schemes.facts.review import PersonBarred
from fuhua.schemes.models import Application, Barred, Call, Seat
from fuhua.schemes.queries import recusal
from fuhua.schemes.queries.panels import handlers, own_people, parties_of

RECUSALS.add(Recusal("schemes", recusal.about))
LIVE = ("open", "closed", "reviewing", "decided", "announced")
_SAID = ("declared", "objected")
MOST_OBJECTED = 3  # people an applicant may name (product default), so that nobody picks their own panel


class BadBar(BadFact):
    """Nobody can be barred like this; ``text`` says what is missing."""


@transaction.atomic
def close_conflicts(*, call: Call, by: str, at: dt.datetime) -> int:
    """Bar everybody of the pool and of the offices that handle the call from what ties conflict with; returns how many were new.

    Reviews that were open in such a pair go to others. Doing it again changes nothing.
    """
    row = Call.objects.select_for_update(of=("self",)).select_related("issuer").get(pk=call.pk)
    applications = list(row.applications.exclude(state__in=["draft", "withdrawn"]).select_related("call"))
    own = own_people(row)
    people = handlers() | own | set(row.seats.filter(left_at=None).values_list("person", flat=True))
    found = conflicts(people, parties_of(applications), period.day(at))
    if own:
        found = {pair: each for pair, each in found.items() if pair[0] not in own or not _by_house(each, row.issuer.urn)}
    return _bar(row, applications, found, by=by, at=at)


def _by_house(found: Conflict, house: str) -> bool:
    """The person is near the application only because they work for the incubator that chooses: that is no interest of their own."""
    return bool(found.hops) and found.hops[0].kind == TieKind.EMPLOYS and found.hops[0].source == house


@transaction.atomic
def look_again(*, parties: Collection[str], by: str, at: dt.datetime) -> int:
    """A tie of these parties (URNs) was confirmed: whom it bars is barred at once, in every live call; returns how many were."""
    if not Party.objects.filter(urn__in=parties).exists():
        return 0
    return sum(close_conflicts(call=call, by=by, at=at) for call in Call.objects.filter(state__in=LIVE).order_by("pk"))


@transaction.atomic
def bar(*, application: Application, person: Party, why: str, said: str, by: str, at: dt.datetime) -> Barred:
    """The person declares a conflict (自行申报), or the applicant objects to them, for the reason ``said``.

    Barred already is barred. Raises :class:`BadBar` without a reason.
    """
    said = said.strip()
    if why not in _SAID or not said:
        raise BadBar(t("请写明回避理由", "say why"))
    row = Application.objects.select_for_update().select_related("call").get(pk=application.pk)
    found = {(person.pk, row.pk): Conflict(why)}
    _bar(row.call, [row], found, said=said[:500], by=by, at=at)
    return Barred.objects.get(application=row, person=person)


@transaction.atomic
def object_to(*, application: Application, person: Party, said: str, by: str, at: dt.datetime) -> Barred:
    """The applicant asks, before experts are drawn, that a person stays out of its review (申请回避); who is in the pool is not told.

    Raises :class:`BadBar` before it is handed in, once experts are drawn, and beyond ``MOST_OBJECTED`` people.
    """
    row = Application.objects.select_for_update().get(pk=application.pk)
    if row.state not in ("submitted", "gaps", "eligible"):
        raise BadBar(t("提交之后、抽取专家之前可以申请回避", "it is asked for after handing in and before experts are drawn"))
    named = Barred.objects.filter(application=row, why="objected").exclude(person=person).count()
    if named >= MOST_OBJECTED:
        raise BadBar(t("最多申请 {n} 人回避", "at most {n} people can be kept out").format(n=MOST_OBJECTED))
    if person.pk in handlers() | own_people(row.call):
        raise BadBar(t("主管人员的回避由其所在单位决定，请向该单位提出",
                       "whether an officer stays out is decided by their office; ask there"))
    return bar(application=row, person=person, why="objected", said=said, by=by, at=at)


def _bar(call: Call, applications: Collection[Application], found: Mapping[tuple[int, int], Conflict], *, by: str, at: dt.datetime,
         said: str = "") -> int:
    known = set(Barred.objects.filter(application__in=[each.pk for each in applications]).values_list("person", "application"))
    fresh = {pair: each for pair, each in found.items() if pair not in known}
    if not fresh:
        return 0
    Barred.objects.bulk_create([
        Barred(application_id=application, person_id=person, why=each.why, declared=said, at=at,
               path=[{"source": hop.source, "kind": str(hop.kind), "target": hop.target} for hop in each.hops])
        for (person, application), each in fresh.items()])
    urns = dict(Party.objects.filter(pk__in={person for person, _application in fresh}).values_list("pk", "urn"))
    of = {each.pk: each.urn for each in applications}
    record_many([(PersonBarred(subject=of[application], person=urns[person], why=each.why), period.day(at))
                 for (person, application), each in fresh.items()], by=by, at=at, grade=Grade.SYSTEM)
    seats = dict(Seat.objects.filter(call=call).values_list("person", "pk"))
    reviewers.replace(call=call, pairs={(seats[person], application) for person, application in fresh if person in seats}, by=by, at=at)
    return len(fresh)


def watch(*, at: dt.datetime) -> int:
    """Close the conflicts of every live call, so that nobody in office reads what they are barred from even before a panel is drawn."""
    return chores.each(Call.objects.filter(state__in=LIVE).select_related("issuer").order_by("pk"),
                       lambda call: close_conflicts(call=call, by=call.issuer.urn, at=at))
