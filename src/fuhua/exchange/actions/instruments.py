"""Take in the instruments of a NEMO export as offers that can be booked, with their rules, closures and qualifications; repeatable."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass, field

from django.db import transaction

from fuhua.evidence.facts import BadFact
from fuhua.exchange.actions import faults, listings, qualifications, resources
from fuhua.exchange.kinds.charging import EVERYONE, Rate
from fuhua.exchange.kinds.hours import ALWAYS
from fuhua.exchange.kinds.nemo import Export, Tool
from fuhua.exchange.kinds.nemo_left import Problem
from fuhua.exchange.models import Resource
from fuhua.kernel.words import t
from fuhua.parties.models import Party
from fuhua.parties.queries import exact

_OUTAGE = dt.timedelta(days=7)  # how long an instrument that is down is expected to be


@dataclass(frozen=True)
class House:
    """Whose the instruments are, who answers for them, their time zone, and the price an hour (fen) for everybody."""

    party: Party
    owner: Party
    zone: str
    price: int


@dataclass
class Report:
    """What became of the export: instruments new here and known before, qualifications and closures new here, every problem, and counts
    of what bears on no booking and is left out."""

    new: int = 0
    known: int = 0
    qualified: int = 0
    closed: int = 0
    past: int = 0
    problems: list[Problem] = field(default_factory=list)
    left: dict[str, int] = field(default_factory=dict)

    def add(self, one: Report) -> None:
        """Count what became of one tool, too."""
        for count in ("new", "known", "qualified", "closed", "past"):
            setattr(self, count, getattr(self, count) + getattr(one, count))
        self.problems += one.problems


def take_in(export: Export, *, house: House, by: str, at: dt.datetime) -> Report:
    """Take in every tool, one transaction each; one that is here already takes over the rules of the export and keeps its prices."""
    report = Report(problems=list(export.problems), left=dict(sorted(export.left.items())))
    people: dict[str, Party | None] = {}
    for tool in export.tools.values():
        one = Report()
        try:
            with transaction.atomic():
                row = _resource(tool, house, one, by=by, at=at)
                _closures(row, tool, one, by=by, at=at)
                _qualifications(row, tool, export, people, house, one, by=by, at=at)
        except ValueError as wrong:
            one = Report(problems=[*one.problems, Problem("NEMO.tool", tool.name, t(
                "这台设备未导入或未更新：{why}", "this tool was not taken in, or not brought up to date: {why}")
                .format(why=getattr(wrong, "text", str(wrong)[:80])))])
        report.add(one)
    return report


def _resource(tool: Tool, house: House, report: Report, *, by: str, at: dt.datetime) -> Resource:
    source = f"nemo:{house.party.pk}:{tool.name}"
    if len(source) > 100:
        source = f"{source[:83]}:{hashlib.sha256(tool.name.encode()).hexdigest()[:16]}"
    row = Resource.objects.filter(source=source).select_related("offer").first()
    rules = {**tool.rules, "zone": house.zone}
    if row is not None:
        report.known += 1
        return resources.set_up(offer=row.offer, by=by, at=at, **rules)
    told = listings.Told(title=tool.name, text=tool.text, spec={"instrument": tool.category or tool.name, "training": True},
                         owner=house.owner.pk, district=house.party.district)
    offer = listings.draft(side="offer", kind="equipment", party=house.party.pk, told=told, by=by, at=at, source=source)
    offer = listings.publish(listing=offer, by=by, at=at)
    row = resources.set_up(offer=offer, source=source, by=by, at=at, **rules)
    resources.set_hours(resource=row, hours=ALWAYS, by=by, at=at)
    resources.set_prices(resource=row, prices={EVERYONE: Rate(house.price)}, by=by, at=at)
    if tool.visible:
        resources.publish_calendar(resource=row, by=by, at=at)
    for text, stops in [(tool.broken, True)] * bool(tool.broken) + [(text, False) for text in tool.faults]:
        faults.report(resource=row, person=house.owner.pk, text=text, stops=stops, until=at + _OUTAGE, by=by, at=at)
    report.new += 1
    return row


def _closures(row: Resource, tool: Tool, report: Report, *, by: str, at: dt.datetime) -> None:
    there = set(row.closures.values_list("start", "end"))
    for start, end, reason in tool.closures:
        if end <= at:
            report.past += 1
        elif (start, end) not in there:
            resources.close_days(resource=row, start=start, end=end, reason=reason, by=by, at=at)
            report.closed += 1


def _qualifications(row: Resource, tool: Tool, export: Export, people: dict[str, Party | None], house: House, report: Report, *,
                    by: str, at: dt.datetime) -> None:
    there = set(row.qualifications.values_list("person", flat=True))
    for user, since, until in tool.qualified:
        if user not in people:
            people[user] = _person(user, export, house, report)
        person = people[user]
        if person is not None and person.pk not in there:
            qualifications.grant(resource=row, person=person, since=since, expires=until, by=by, at=at)
            report.qualified += 1


def _person(user: str, export: Export, house: House, report: Report) -> Party | None:
    """The person of the host's house with the user's name; otherwise a problem, once a user."""
    name = export.people.get(user, user)
    try:
        return exact.person(name, of=[house.party.pk])
    except BadFact:
        report.problems.append(Problem("NEMO.user", user, t(
            "本单位没有叫“{name}”的人员，其使用资格未导入；请先登记该人员后再次导入",
            "nobody called “{name}” works here, so their qualifications are left out; enter them and import again").format(name=name)))
        return None
