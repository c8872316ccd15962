"""Reads of parties: who is asking, what a party is called, which organisation is meant, who may file for whom."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import F, Q, QuerySet

from fuhua.parties import models
from fuhua.parties.queries.matching import Candidate, Match, match, root
from fuhua.parties.words import TieKind, TieState

__all__ = [
    "STRANGER",
    "Candidate",
    "Match",
    "Who",
    "family",
    "files_for",
    "live_consents",
    "match",
    "may_file_for",
    "names",
    "opened_things",
    "opened_to",
    "root",
    "who",
]


@dataclass(frozen=True)
class Who:
    """The acting party of a request; a stranger has no account, no offices and no organisations.

    ``organisations`` are the ids of the parties that employ the person, by office (with what was merged with them; ""
    for those without an office), ``organisation_urns`` the URNs of those they hold an office in; ``districts`` the
    division codes they are responsible for.
    """

    urn: str = ""
    name: str = ""
    party_id: int | None = None
    account_id: int | None = None
    offices: frozenset[str] = frozenset()
    organisations: dict[str, frozenset[int]] = field(default_factory=dict)
    organisation_urns: frozenset[str] = frozenset()
    districts: frozenset[str] = frozenset()
    acting: str = ""
    asked_at: dt.datetime | None = None

    @property
    def signed_in(self) -> bool:
        """Whether this is a known person."""
        return self.account_id is not None

    def acts_for(self, *offices: str) -> frozenset[int]:
        """Ids of the organisations for which the person holds one of the offices (any when none is named).

        Whoever is employed without an office does not act for the organisation.
        """
        chosen = offices or tuple(office for office in self.organisations if office)
        return frozenset().union(*(self.organisations.get(office, frozenset()) for office in chosen))

    @cached_property
    def opened(self) -> frozenset[str]:
        """URNs whose facts a consent opens to the person now (:func:`opened_to`); asked only when needed."""
        return opened_to(self, self.asked_at) if self.asked_at is not None and self.signed_in else frozenset()

    def staff(self) -> QuerySet[models.Tie]:
        """Ids of everybody who works or worked for an organisation of the person's districts, as a subquery."""
        ties = models.Tie.objects.filter(kind=TieKind.EMPLOYS, source__district__in=self.districts)
        return ties.exclude(state=TieState.PROPOSED).values("target_id")

    def beyond(self, offices: Collection[str]) -> QuerySet[models.Tie]:
        """Ids of everybody who now holds another office than ``offices``, or works outside of the districts."""
        ties = models.Tie.objects.filter(kind=TieKind.EMPLOYS, state=TieState.CONFIRMED, until=None)
        return ties.filter(~Q(office__in=offices) | ~Q(source__district__in=self.districts)).values("target_id")

    def bearers(self, office: str) -> QuerySet[models.Tie]:
        """Ids of everybody who holds ``office`` now, as a subquery."""
        ties = models.Tie.objects.filter(kind=TieKind.EMPLOYS, state=TieState.CONFIRMED, until=None, office=office)
        return ties.values("target_id")


STRANGER = Who()


def who(account: models.Account, at: dt.datetime | None = None) -> Who:
    """Who an account is: the person and every office their confirmed employment ties give them.

    ``at``: the moment of the request, by which consents to read are judged; without it nothing is opened to them.
    """
    person = account.party
    if person is None:
        return Who(account_id=account.pk, name=account.username)
    ties = list(
        models.Tie.objects.filter(kind=TieKind.EMPLOYS, target=person, state=TieState.CONFIRMED, until=None)
        .select_related("source")
        .order_by("id")
    )
    kin = family({tie.source_id for tie in ties}) if ties else {}
    organisations: dict[str, frozenset[int]] = {}
    for tie in ties:
        organisations[tie.office] = organisations.get(tie.office, frozenset()) | kin[tie.source_id].keys()
    acting = next((tie for tie in ties if tie.pk == account.acting_id), ties[0] if ties else None)
    return Who(
        urn=person.urn,
        name=person.name or account.username,
        party_id=person.pk,
        account_id=account.pk,
        offices=frozenset(tie.office for tie in ties if tie.office),
        organisations=organisations,
        organisation_urns=frozenset(urn for tie in ties if tie.office for urn in kin[tie.source_id].values()),
        districts=frozenset(tie.source.district for tie in ties if tie.office == "district_officer") - {""},
        acting=acting.source.name if acting else "",
        asked_at=at,
    )


def family(ids: Collection[int]) -> dict[int, dict[int, str]]:
    """For each party id, the ids and URNs of everything that is read as the same party (itself, merged with it)."""
    found: dict[int, tuple[str, int | None]] = {}
    wave = set(ids)
    while wave:
        rows = list(
            models.Party.objects.filter(Q(pk__in=wave) | Q(merged_into__in=wave)).values_list(
                "pk", "urn", "merged_into"
            )
        )
        found.update({pk: (urn, into) for pk, urn, into in rows})
        asked = wave
        wave = ({pk for pk, _urn, _into in rows} - asked) | {
            into for _pk, _urn, into in rows if into and into not in found
        }
        wave -= asked
    top = {pk: _top(pk, found) for pk in found}
    return {one: {pk: found[pk][0] for pk in found if top[pk] == top[one]} for one in ids if one in found}


def _top(pk: int, found: dict[int, tuple[str, int | None]]) -> int:
    while (into := found[pk][1]) is not None:
        pk = into
    return pk


def names(urns: Iterable[str]) -> dict[str, str]:
    """URN → current name, of those that have one; pages use it to show what facts may not hold."""
    wanted = set(urns)
    found: dict[str, str] = {}
    chunk = list(wanted)
    for start in range(0, len(chunk), 500):
        rows = models.Party.objects.filter(urn__in=chunk[start : start + 500]).values_list("urn", "name")
        found.update({urn: name for urn, name in rows if name})
    return found


def files_for(asker: Who, *, scope: str, at: dt.datetime) -> frozenset[int]:
    """Ids of the organisations that the person may file for in ``scope``: their own, and those that delegated it."""
    own = asker.acts_for()
    if not own:
        return own
    live = models.Delegation.objects.filter(
        holder__in=own, scope__in=(scope, "all"), since__lte=at, expires__gt=at, revoked_at=None
    )
    return own | frozenset(live.values_list("giver_id", flat=True))


def may_file_for(asker: Who, party: models.Party, *, scope: str, at: dt.datetime) -> bool:
    """Whether the person may file for ``party`` in ``scope`` (``words.SCOPES``) at the moment ``at``."""
    return party.pk in files_for(asker, scope=scope, at=at)


READING = dt.timedelta(hours=12)  # how long one logged opening lets the person read


def opened_to(asker: Who, at: dt.datetime) -> frozenset[str]:
    """URNs whose facts a consent lets the person read at ``at`` (:func:`opened_things`)."""
    return frozenset(opened_things(asker, at))


def opened_things(asker: Who, at: dt.datetime) -> QuerySet[models.Consent]:
    """The same as a query of URNs, asked only where it is used.

    The consent is live, it opens the giver's own record, and the person has logged an opening of it in the last
    :data:`READING`: nothing is read without a trace.
    """
    mine = asker.acts_for() | {asker.party_id}
    live = live_consents(at).filter(
        reader__in=mine,
        thing=F("giver__urn"),
        openings__by=asker.party_id,
        openings__at__gt=at - READING,
    )
    return live.values_list("thing", flat=True)


def live_consents(at: dt.datetime) -> QuerySet[models.Consent]:
    """Consents that hold at ``at``: begun, not run out, not withdrawn."""
    return models.Consent.objects.filter(withdrawn_at=None, since__lte=at, expires__gt=at)
