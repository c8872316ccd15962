"""Take in another exchange's postings from a file of JSON lines: needs as drafts to be qualified, results as open offers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, BinaryIO

import msgspec
from django.db import transaction
from django.db.models import Q

from fuhua.evidence.actions.facts import record_many
from fuhua.evidence.words import Grade
from fuhua.exchange import facts
from fuhua.exchange.kinds.foreign import COLUMNS, KIND, Posting, Problem, Refused, posting
from fuhua.exchange.kinds.listings import listing_kinds
from fuhua.exchange.models import Listing
from fuhua.exchange.words import NEED, OFFER
from fuhua.kernel import period, urn
from fuhua.kernel.words import t
from fuhua.parties.models import Party

_BATCH = 500
_LINE = 256 * 1024  # bytes; no posting that can be read is longer


@dataclass(frozen=True)
class Origin:
    """Where a file comes from: needs or offers, of which exchange (``source``), posted here by ``party``, answered by ``owner``."""

    side: str
    source: str
    party: Party
    owner: Party


@dataclass
class Report:
    """What became of a file: rows new here, rows that were here already (``changed``: those of them that say something else now), and
    every problem as (row, number, problem)."""

    new: int = 0
    known: int = 0
    changed: int = 0
    refused: int = 0
    problems: list[tuple[int, str, Problem]] = field(default_factory=list)

    def add(self, row: int, key: str, problem: Problem) -> None:
        """Keep one problem of a row."""
        self.refused += problem.refused
        self.changed += problem.changed
        self.problems.append((row, key, problem))


def take_in(file: BinaryIO, *, origin: Origin, by: str, at: dt.datetime) -> Report:
    """Take in every row of ``file``, five hundred to a transaction; a row that ``origin.party`` took in before is left as it is now, and
    what it says otherwise is a problem.

    Needs have neither owner nor budget, so they stay drafts until somebody qualifies them; offers open, without a reminder for each
    of them. Killed half-way, it goes on where it was when it is run again.
    """
    report, batch, seen = Report(), [], set()
    for number, line in _lines(file):
        row: dict[str, Any] = {}
        try:
            row = _decoded(line)
            found = posting(row, origin.side)
            if found.key in seen:
                raise Refused(Problem("id", t("编号在文件中重复，只导入第一条",
                                              "the number is in the file twice; only the first is taken"), True))
        except Refused as wrong:
            report.add(number, str(row.get("id", ""))[:60], wrong.problem)
            continue
        seen.add(found.key)
        batch.append((number, found))
        if len(batch) == _BATCH:
            _keep(batch, report, origin, by=by, at=at)
            batch = []
    _keep(batch, report, origin, by=by, at=at)
    return report


def _lines(file: BinaryIO) -> Iterator[tuple[int, bytes | None]]:
    """Row number and line, without blank ones; None for a line that is too long, of which only a piece at a time is held."""
    number = 0
    while line := file.readline(_LINE):
        number += 1
        rest = line
        while not rest.endswith(b"\n") and (rest := file.readline(_LINE)):
            line = b""
        if not line:
            yield number, None
        elif line.strip():
            yield number, line.removeprefix(b"\xef\xbb\xbf")


def _decoded(line: bytes | None) -> dict[str, Any]:
    if line is None:
        raise Refused(Problem("", t("整行超过 256 KB，请缩短说明", "the line is above 256 KB; shorten its texts"), True))
    try:
        return msgspec.json.decode(line, type=dict[str, Any])
    except (msgspec.MsgspecError, UnicodeError, RecursionError) as wrong:
        raise Refused(Problem("", t("不是一行完整的 JSON 对象（UTF-8），请检查引号、括号和编码",
                                    "not a whole JSON object (UTF-8) on one line; check quotes, brackets and encoding"), True)) from wrong


@transaction.atomic
def _keep(batch: list[tuple[int, Posting]], report: Report, origin: Origin, *, by: str, at: dt.datetime) -> None:
    keys = {_key(found, origin): found for _number, found in batch}
    here = _here(batch, origin)
    rows = [_row(found, key, origin, at) for key, found in keys.items() if found.key not in here]
    Listing.objects.bulk_create(rows)
    if origin.side == OFFER:
        told = {"party": origin.party.urn, "owner": origin.owner.urn, "sort": KIND}
        opened = [(facts.ListingOpened(subject=row.urn, field=row.field, **told), period.day(at)) for row in rows]
        record_many(opened, by=by, at=at, grade=Grade.SYSTEM, on_behalf=origin.party.urn)
    report.new += len(rows)
    report.known += len(here)
    for number, found in batch:
        differs = _differs(found, here[found.key]) if found.key in here else []
        for problem in (*found.problems, *differs):
            report.add(number, found.key, problem)


def _key(found: Posting, origin: Origin) -> str:
    return f"{origin.source}:{origin.party.pk}:{origin.side}:{found.key}"


def _here(batch: list[tuple[int, Posting]], origin: Origin) -> dict[str, Listing]:
    """What the party took in before, by number; the keys of its first imports did not name it."""
    keys = {_key(found, origin): found.key for _number, found in batch}
    first = {f"{origin.source}:{origin.side}:{key}": key for key in keys.values()}
    mine = Q(source__in=keys) | Q(source__in=first, party=origin.party)
    return {(keys | first)[str(row.source)]: row for row in Listing.objects.filter(mine)}


def _differs(found: Posting, row: Listing) -> Iterator[Problem]:
    """What the file says otherwise than what is here, whichever of them was changed."""
    told: dict[str, Any] = {"name": found.title, "context": found.text, "classification": found.industry}
    there: dict[str, Any] = {"name": row.title, "context": row.text, "classification": row.field}
    if row.side == NEED:
        told["time"], there["time"] = found.deadline, row.deadline
    columns = {column for column in told if told[column] != there[column]}
    columns |= {column for name, column in COLUMNS.items() if found.spec.get(name) != row.spec.get(name)}
    if columns:
        yield Problem(", ".join(sorted(columns)), changed=True, text=t(
            "与库中已有的不同，库中未改；如需更新请在页面上修改",
            "it differs from what is here, which stays; change it on the page if need be"))


def _row(found: Posting, key: str, origin: Origin, at: dt.datetime) -> Listing:
    today = period.day(at)
    row = Listing(urn=urn.new(origin.side), side=origin.side, kind=KIND, title=found.title, text=found.text, spec=found.spec,
                  party=origin.party, field=found.industry, audience="public", source=key, changed_at=at,
                  posted_at=period.noon(found.posted) if found.posted and found.posted < today else at)
    if origin.side == OFFER:
        row.state, row.opened_at, row.owner = "open", at, origin.owner
        row.reconfirm = today + dt.timedelta(days=listing_kinds()[KIND].clocks.expires)
    else:
        row.deadline = found.deadline
    return row
