"""Reads of parties: who is asking, what a party is called, and who shares a name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from fuhua.parties import models
from fuhua.parties.words import TieKind, TieState


@dataclass(frozen=True)
class Who:
    """The acting party of a request; a stranger has no account, no offices and no organisations.

    ``organisations`` are the ids of the parties the person acts for, by office; ``districts`` the division
    codes they are responsible for.
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

    @property
    def signed_in(self) -> bool:
        """Whether this is a known person."""
        return self.account_id is not None

    def acts_for(self, *offices: str) -> frozenset[int]:
        """Ids of the organisations for which the person holds one of the offices (any when none is named)."""
        chosen = offices or tuple(self.organisations)
        return frozenset().union(*(self.organisations.get(office, frozenset()) for office in chosen))


STRANGER = Who()


def who(account: models.Account) -> Who:
    """Who an account is: the person and every office their confirmed employment ties give them."""
    person = account.party
    if person is None:
        return Who(account_id=account.pk, name=account.username)
    ties = list(
        models.Tie.objects.filter(kind=TieKind.EMPLOYS, target=person, state=TieState.CONFIRMED, until=None)
        .select_related("source").order_by("id")
    )
    organisations: dict[str, frozenset[int]] = {}
    for tie in ties:
        organisations[tie.office] = organisations.get(tie.office, frozenset()) | {tie.source_id}
    return Who(
        urn=person.urn, name=person.name or account.username, party_id=person.pk, account_id=account.pk,
        offices=frozenset(tie.office for tie in ties if tie.office), organisations=organisations,
        organisation_urns=frozenset(tie.source.urn for tie in ties),
        districts=frozenset(tie.source.district for tie in ties if tie.office == "district_officer"),
        acting=ties[0].source.name if ties else "",
    )


def names(urns: Iterable[str]) -> dict[str, str]:
    """URN → current name, of those that have one; pages use it to show what facts may not hold."""
    wanted = set(urns)
    found: dict[str, str] = {}
    chunk = list(wanted)
    for start in range(0, len(chunk), 500):
        rows = models.Party.objects.filter(urn__in=chunk[start : start + 500]).values_list("urn", "name")
        found.update({urn: name for urn, name in rows if name})
    return found
