"""The panel of a call: its applications and seats as the draw sees them, who is barred, how far the reviews are."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Max, Q, QuerySet

from fuhua.parties.models import Party, Tie
from fuhua.parties.queries import family
from fuhua.parties.words import TieKind, TieState
from fuhua.schemes import access
from fuhua.schemes.kinds.drawing import Expert, Round
from fuhua.schemes.kinds.schemes import scheme_kinds
from fuhua.schemes.models import Application, Barred, Call, Coauthor, Member, Review, Seat
from fuhua.schemes.queries.affinity import affinity
from fuhua.schemes.queries.rounds import panel_of

STANDING = ("asked", "scored")
_HANDLERS = ("city_officer", "coordinator", "auditor", "steward", "department_officer")
_PRIVATE = ("draft", "withdrawn")


def applications_of(call: Call, who: Any) -> QuerySet[Application]:
    """The applications that were handed in, less those from which ``who`` is barred."""
    return access.OVERSEES.filter(who, call.applications.exclude(state__in=_PRIVATE))


def parties_of(applications: Collection[Application]) -> dict[int, set[int]]:
    """Application → applicant, lead, its writers, sponsor and the members of its consortium, by id; four queries at most."""
    found = {each.pk: {each.applicant_id, each.lead_id} for each in applications}
    named = {each.pk: _named(each) for each in applications}
    if urns := {urn for said in named.values() for urn in said}:
        ids = dict(Party.objects.filter(urn__in=urns).values_list("urn", "pk"))
        for key, said in named.items():
            found[key] |= {ids[urn] for urn in said if urn in ids}
    for application, person in Coauthor.objects.filter(application__in=found).values_list("application", "person"):
        found[application].add(person)
    for application, party in Member.objects.filter(application__in=found).exclude(state="declined").values_list("application", "party"):
        found[application].add(party)
    return found


def _named(application: Application) -> list[str]:
    """URNs of the parties that the answers name."""
    asks = (each for each in scheme_kinds()[application.call.kind].asks if each.type == "party")
    return [said for each in asks if (said := application.values.get(each.name))]


def own_people(call: Call) -> set[int]:
    """Ids of those who run the round of an incubator for it; of a public body's round nobody, for they are :func:`handlers`."""
    if call.issuer.sort != "incubator":
        return set()
    held = Tie.objects.filter(kind=TieKind.EMPLOYS, state=TieState.CONFIRMED, until=None, office="operator",
                              source__in=family({call.issuer_id})[call.issuer_id])
    return set(held.values_list("target", flat=True))


def handlers() -> set[int]:
    """Ids of everybody who may come to handle an application in office."""
    held = Tie.objects.filter(kind=TieKind.EMPLOYS, state=TieState.CONFIRMED, until=None, office__in=_HANDLERS)
    return set(held.values_list("target", flat=True))


def seats_of(call: Call, who: Any) -> list[Seat]:
    """Everybody who sits, with how many reviews of what ``who`` may see they have (``given``) and have handed in (``done``)."""
    seen = Q(reviews__application__in=applications_of(call, who))
    return list(call.seats.filter(left_at=None).select_related("person", "house").annotate(
        given=Count("reviews", seen & Q(reviews__state__in=STANDING)),
        done=Count("reviews", seen & Q(reviews__state="scored"))).order_by("pk"))


@dataclass
class Standing:
    """A call's applications (each in its round) and seats as the draw counts them, and the reviews that stand, by (seat, application)."""

    applications: list[Application]
    seats: list[Seat]
    rounds: dict[int, int]
    round: Round
    reviews: dict[tuple[int, int], Review] = field(default_factory=dict)


def standing(call: Call, seed: str, again: int | None = None) -> Standing:
    """What is to be assigned now: every application that is eligible or under review, with what it has already.

    ``again`` (id): the application whose next round begins. Who left the pool keeps what they handed in and gets nothing more. People
    and applications come in the order that ``seed`` gives their URNs, so that their numbers tell nobody who they are.
    """
    rule = panel_of(call)
    applications = sorted(call.applications.filter(state__in=["eligible", "in_review"]), key=lambda each: _lot(seed, each.urn))
    pool = call.seats.filter(Q(left_at=None) | Q(reviews__state="scored")).distinct().select_related("person")
    seats = sorted(pool, key=lambda each: _lot(seed, each.person.urn))
    sitting, places = {each.pk: at for at, each in enumerate(seats)}, {each.pk: at for at, each in enumerate(applications)}
    by_application = _by_application(applications)
    now = {each.pk: round_of(by_application[each.pk]) + (each.pk == again) for each in applications}
    stands: dict[tuple[int, int], Review] = {}
    gone = set()
    for review in (each for reviews in by_application.values() for each in reviews if each.seat_id in sitting):
        pair = (sitting[review.seat_id], places[review.application_id])
        if review.state in STANDING and review.round == now[review.application_id]:
            stands[pair] = review
        else:
            gone.add(pair)
    fixed = frozenset(pair for pair, review in stands.items() if review.state == "scored")
    barred = {(sitting[seat], places[application]) for seat, application in _barred(call, sitting, places)}
    return Standing(applications, seats, now, Round(
        experts=[Expert(seat.least, seat.most, seat.senior, seat.house_id or 0) if seat.left_at is None else
                 Expert(0, 0, seat.senior, seat.house_id or 0) for seat in seats],
        coverage=[wanted(by_application[each.pk], now[each.pk], rule.coverage, rule.spread) for each in applications],
        affinity=affinity(call, seats, applications), barred=frozenset(barred | gone) - fixed, fixed=fixed,
        kept=frozenset(stands) - fixed, seniors=rule.seniors, together=rule.together,
        names=[each.number or each.urn for each in applications]), stands)


def _lot(seed: str, urn: str) -> bytes:
    return hashlib.sha256(f"{seed}:{urn}".encode()).digest()


def round_of(reviews: Collection[Review]) -> int:
    """The round an application is in: the last one that anybody was asked in; 1 before the first draw."""
    return max((each.round for each in reviews), default=1)


def wanted(reviews: Collection[Review], number: int, coverage: int, spread: int) -> int:
    """How many reviews an application needs: one more once the first ones are all in and differ by more than ``spread`` points."""
    stand = [each for each in reviews if each.round == number and each.state in STANDING]
    totals = [each.total for each in stand if each.total is not None]
    apart = len(totals) == len(stand) == coverage and max(totals) - min(totals) > spread * 100
    return max(coverage, len(stand)) + apart


def _by_application(applications: Collection[Application]) -> dict[int, list[Review]]:
    found: defaultdict[int, list[Review]] = defaultdict(list)
    for each in Review.objects.filter(application__in=[row.pk for row in applications]).order_by("pk"):
        found[each.application_id].append(each)
    return found


def _barred(call: Call, seats: Collection[int], applications: Collection[int]) -> list[tuple[int, int]]:
    people = dict(Seat.objects.filter(pk__in=seats).values_list("person", "pk"))
    rows = Barred.objects.filter(application__call=call, person__in=people).values_list("person", "application")
    return [(people[person], application) for person, application in rows if application in applications]


def barred_of(call: Call, who: Any) -> list[dict[str, Any]]:
    """Everybody who is barred from applications that ``who`` may see, with the path and its parties' names; three queries."""
    rows = list(Barred.objects.filter(application__in=applications_of(call, who)).select_related("application", "person")
                .order_by("application__number", "pk"))
    urns = {each for row in rows for hop in row.path for each in (hop["source"], hop["target"])}
    names = dict(Party.objects.filter(urn__in=urns).values_list("urn", "name"))
    return [{"it": row, "hops": [{"source": names.get(hop["source"], ""), "kind": hop["kind"], "target": names.get(hop["target"], "")}
                                 for hop in row.path]} for row in rows]


def seed_of(call: Call, turn: int) -> str:
    """The seed of the ``turn``-th draw: the call's own at first, afterwards a digest of it and the turn."""
    return call.seed if turn == 1 else hashlib.sha256(f"{call.seed}:{turn}".encode()).hexdigest()


def last_round(application: Application) -> int:
    """The round the application is in."""
    return application.reviews.aggregate(last=Max("round"))["last"] or 1


def experts(call: Call) -> QuerySet[Party]:
    """Who may be seated: everybody who is an expert in office and does not sit yet."""
    held = Tie.objects.filter(kind=TieKind.EMPLOYS, state=TieState.CONFIRMED, until=None, office="expert")
    return Party.objects.filter(pk__in=held.values("target"), merged_into=None, erased_at=None).exclude(
        pk__in=call.seats.filter(left_at=None).values("person")).order_by("name", "pk")


def house_of(person: Party) -> Party | None:
    """The organisation in which the person is an expert."""
    held = Tie.objects.filter(kind=TieKind.EMPLOYS, state=TieState.CONFIRMED, until=None, office="expert", target=person)
    tie = held.select_related("source").order_by("pk").first()
    return tie.source if tie else None


def mine(who: Any) -> list[Review]:
    """The reviews that the person has to hand in or handed in, the open ones first."""
    rows = access.SITS.filter(who, Review.objects.select_related("application__call"))
    return list(rows.order_by("scored_at", "asked_at", "pk"))
