"""Hold a slot: the resource is locked, every rule is asked, and the row is written; the database refuses a second holder."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db import DatabaseError

from fuhua.evidence.facts import BadFact
from fuhua.exchange.kinds.booking import Refusal, never, next_free, refusals, unanswered
from fuhua.exchange.kinds.charging import Rate
from fuhua.exchange.kinds.hours import Span
from fuhua.exchange.kinds.safety import digest_of
from fuhua.exchange.models import Listing, Reservation, Resource
from fuhua.exchange.queries import slots as reads
from fuhua.exchange.queries.slots import Terms
from fuhua.kernel import urn
from fuhua.kernel.words import Text, t
from fuhua.parties.models import Party

_ONCE = "slot_held_once"  # the constraint's name on PostgreSQL, the trigger's word on SQLite
_DEADLOCK = "40P01"  # PostgreSQL's code when rows that overlap each wait for the other's end: it undoes one of them
CLOSED = Refusal("unpublished", t("该资源目前不开放预约，请联系提供方", "it cannot be booked now; ask the host"))
UNPRICED = t("尚未为您这类用户定价，请联系提供方", "there is no price for users like you; ask the host")


class BadSlot(BadFact):
    """The slot cannot be booked or changed so; ``text`` says how to mend it."""


class Refused(BadSlot):
    """Rules forbid it: all of them at once in ``refusals``, and the next slot that can be had, if there is one."""

    def __init__(self, found: tuple[Refusal, ...], free: Span | None = None) -> None:
        super().__init__(Text("；".join(each.text.zh for each in found), "; ".join(each.text.en for each in found)))
        self.refusals, self.free = found, free

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the rules."""
        return tuple(each.code for each in self.refusals)


@dataclass(frozen=True)
class Booking:
    """What somebody books: when (UTC), for which organisation (and which open need of it), and what the host wants to know.

    ``safety``: digest of the safety rules that they agreed to (``kinds.safety``), ``hazards`` what their work brings along.
    """

    start: dt.datetime
    end: dt.datetime
    organisation: Party
    person: int
    operator: bool = False
    sheet: str = ""
    sheet_name: str = ""
    note: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)
    safety: str = ""
    hazards: Sequence[str] = ()
    need: Listing | None = None

    @property
    def span(self) -> Span:
        """From start to end."""
        return self.start, self.end


def locked(resource: int) -> Resource:
    """The resource with its offer and host, locked until the transaction ends."""
    return Resource.objects.select_for_update(of=("self",)).select_related("offer__party").get(pk=resource)


def bookable(resource: Resource) -> bool:
    """Whether its calendar and its offer are open."""
    return resource.published_at is not None and resource.offer.state == "open"


def refused(resource: Resource, terms: Terms, wish: Booking, at: dt.datetime, *, leaving_out: int | None = None) -> tuple[Refusal, ...]:
    """Every reason against the booking, of the resource's rules and of what it asks for; reads only."""
    exempt = wish.organisation.pk == resource.offer.party_id
    found = []
    if not bookable(resource):
        found.append(CLOSED)
    if not terms.may_use(resource, reads.day_there(wish.start, resource), exempt=exempt):
        found.append(Refusal("unqualified", t("使用前须通过培训，您当天没有有效资格，请申请培训",
                                              "training comes first: you are not qualified on that day; ask for training")))
    if resource.sheet and not wish.sheet and not exempt:
        found.append(Refusal("sheet", t("请上传样品单", "upload a sample sheet")))
    if resource.safety and wish.safety != digest_of(resource.safety) and not exempt:
        found.append(Refusal("safety", t("请在日历上阅读提供方现行的安全要求并确认",
                                         "read the host’s present safety rules on its calendar and agree to them")))
    diary = reads.diary_of(resource, terms, wish.span, person=wish.person, now=at, leaving_out=leaving_out)
    found += refusals(reads.policy_of(resource), wish.span, diary, at, exempt=exempt)
    return (*found, *unanswered(reads.questions_of(resource), wish.answers, wish.start, at))


def free_slot(resource: Resource, terms: Terms, length: int, at: dt.datetime, *, person: int, exempt: bool,
              after: dt.datetime | None = None, within: Span | None = None) -> Span | None:
    """The first slot of ``length`` minutes that the person could book, from ``after`` (now) on or ``within`` some time."""
    bounds = within or reads.ahead(resource, after or at)
    diary = reads.clipped(reads.diary_of(resource, terms, bounds, person=person, now=at), bounds)
    return next_free(reads.policy_of(resource), length, diary, at, bounds[0], exempt=exempt)


def futile(resource: Resource, terms: Terms, length: int, at: dt.datetime, *, person: int, exempt: bool, within: Span,
           ) -> tuple[Refusal, ...]:
    """Why the person could have no slot of ``length`` minutes ``within`` some time, whatever others gave back; none when one could."""
    diary = reads.clipped(reads.diary_of(resource, terms, within, person=person, now=at), within)
    return never(reads.policy_of(resource), length, diary, at, exempt=exempt)


def hold(resource: Resource, wish: Booking, rate: Rate, at: dt.datetime, *, state: str = "held", offer_until: dt.datetime | None = None,
         instead_of: int | None = None) -> Reservation:
    """Write the reservation with the price and the rules of now; raises :class:`Refused` when somebody else was first."""
    row = Reservation(
        urn=urn.new("booking"), resource=resource, person_id=wish.person, organisation=wish.organisation, start=wish.start, end=wish.end,
        booked_end=wish.end, state=state, hour=rate.hour, least=rate.least, operator_price=rate.operator, operator=wish.operator,
        sheet=wish.sheet, sheet_name=wish.sheet_name[:120], note=wish.note[:500], answers=dict(wish.answers), booked_at=at,
        safety=wish.safety if resource.safety else "", hazards=list(wish.hazards),
        offer_until=offer_until, instead_of_id=instead_of, need=wish.need, grace=resource.grace, cancel_hours=resource.cancel_hours,
        cancel_percent=resource.cancel_percent, miss_percent=resource.miss_percent)
    keep(row)
    return row


def keep(row: Reservation) -> None:
    """Save a row whose time or state may collide with another's; raises :class:`Refused` when it does, which undoes the transaction."""
    try:
        row.save()
    except DatabaseError as wrong:
        if _ONCE not in str(wrong) and getattr(wrong.__cause__, "sqlstate", None) != _DEADLOCK:
            raise
        raise Refused((Refusal("taken", t("这段时间刚被别人约走，请另选时间或排队等候",
                                          "somebody has just booked that time; choose another or wait in line")),)) from wrong


def rate_agreed(row: Reservation) -> Rate:
    """The price agreed at booking."""
    return Rate(row.hour, row.least, row.operator_price)
