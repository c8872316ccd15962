"""What tests of talents share: a pool with the cast's founder, a venture, a tutor, and every step as one call."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from fuhua.evidence.actions import reactions, sequence
from fuhua.kernel import period
from fuhua.parties.actions import people, ties
from fuhua.parties.models import Account, Party
from fuhua.schemes.actions import credentials, judgements, placements, practicums, talents
from fuhua.schemes.models import Credential, Judgement, Placement, Practicum, Talent
from schemes.calling import OFFICER, OPERATOR, party, person

DAY = "2025-03-03"


class Pool:
    """The cast's founder in the pool, a venture that takes trainees in, a tutor, and the moment at which things happen."""

    def __init__(self, cast: dict[str, Account], at: Callable[..., dt.datetime], firm: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        self.cast, self.noon, self.monkeypatch = cast, at, monkeypatch
        self.to(DAY)
        self.venture, self.contact = firm("北京量芯科技有限公司", "venture")
        self.host, self.trainee = party("incubator"), person("founder")
        self.tutor = self.somebody("钱安", self.host)

    def to(self, day: str) -> dt.datetime:
        """Noon of that day, from now on."""
        self.at = self.noon(day)
        self.monkeypatch.setattr(timezone, "now", lambda: self.at)
        return self.at

    def somebody(self, name: str, house: Party | None = None) -> Party:
        """A person with an account, plainly employed by ``house``."""
        found = people.enter(name=name, by=OFFICER, at=self.at)
        people.open_account(username=name, password="a long enough password", party=found, strict=False, by=OFFICER, at=self.at)
        if house is not None:
            ties.attest(kind="employs", source=house, target=found, by=OFFICER, at=self.at)
        return found

    def member(self, who: Party | None = None, origin: str = "founder") -> Talent:
        """Somebody who was invited and accepted, and opened their record to the incubator."""
        found = who or self.trainee
        row = talents.invite(person=found, house=self.host, origin=origin, by=OPERATOR, at=self.at)
        row = talents.accept(talent=row, by=found.urn, at=self.at)
        talents.share(talent=row, house=self.host, by=found.urn, at=self.at)
        return row

    def assigned(self, row: Talent, **other: Any) -> Practicum:
        """A practicum that waits for the venture."""
        today = period.day(self.at)
        return practicums.assign(**{"talent": row, "venture": self.venture, "host": self.host, "tutor": self.tutor, "aim": "跟岗",
                                    "starts": today, "ends": today + dt.timedelta(days=90), "by": OPERATOR, "at": self.at, **other})

    def running(self, row: Talent) -> Practicum:
        """A practicum whose venture opened all its facts."""
        found = self.assigned(row)
        return practicums.consent(practicum=found, all_facts=True, documents=[], purpose="实训", expires=found.ends,
                                  by=self.contact.party.urn, at=self.at)

    def reported(self, row: Talent) -> Practicum:
        """A practicum whose report is in."""
        return practicums.report(practicum=self.running(row), document="a" * 64, by=row.person.urn, at=self.at)

    def judge(self, row: Practicum, side: str, result: str = "passed", who: Party | None = None, **other: Any) -> Judgement:
        """One side's word."""
        judge = who or (self.contact.party if side == "venture" else self.tutor)
        said = {"lacking": ["service"] if result == "failed" else [], "note": "评语", **other}
        return judgements.judge(practicum=row, side=side, person=judge, result=result, by=judge.urn, at=self.at, **said)

    def certified(self, row: Talent) -> Credential:
        """Somebody who passed."""
        found = self.reported(row)
        self.judge(found, "venture")
        self.judge(found, "tutor")
        return credentials.issue(practicum=found, issuer=party("city"), by=OFFICER, at=self.at)

    def hired(self, row: Talent) -> Placement:
        """Somebody certified whom the incubator hired and who confirmed it."""
        self.certified(row)
        found = placements.hire(talent=row, house=self.host, post="总监", since=period.day(self.at), by=OPERATOR, at=self.at)
        ties.confirm(found.tie, side=row.person, by=row.person.urn, at=self.at)
        self.follow()
        return again(found)

    def follow(self) -> None:
        """What was told is numbered and reacted to."""
        sequence.catch_up(at=self.at)
        reactions.follow(at=self.at)

    def client(self, who: str | Party) -> Client:
        """A browser of a member of the cast, or of a person."""
        client = Client()
        client.force_login(self.cast[who] if isinstance(who, str) else Account.objects.get(party=who))
        return client


def again(row: Any) -> Any:
    """The row as it is now."""
    return type(row).objects.get(pk=row.pk)


@pytest.fixture
def pool(cast: dict[str, Account], at: Any, firm: Any, monkeypatch: pytest.MonkeyPatch) -> Pool:
    """It is 3 March 2025."""
    return Pool(cast, at, firm, monkeypatch)
