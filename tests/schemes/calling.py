"""What tests of calls share: a call of the city that is open, applications to it, and files as they are attached."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

from fuhua.evidence.actions import documents
from fuhua.kernel import period
from fuhua.parties.actions.cast import ORGANISATIONS, PLAYERS
from fuhua.parties.models import Party
from fuhua.schemes.actions import applications, calls, recommendations, writing
from fuhua.schemes.kinds.schemes import scheme_kinds
from fuhua.schemes.models import Application, Call

OFFICER = PLAYERS["city_officer"].urn
OPERATOR = PLAYERS["operator"].urn
CLOSES = dt.datetime(2025, 6, 30, 17, 0, 0, tzinfo=period.SHANGHAI)
NOW = dt.datetime(2025, 6, 20, 10, 0, 0, tzinfo=period.SHANGHAI)
ANSWERS: dict[str, dict[str, Any]] = {
    "benchmark_incubator": {
        "tier": "leading", "field": "quantum", "registered": "是", "area": "1200", "investment": "600万元", "hardware": "200万元",
        "staff": "12",
        "experienced": "4", "events": "12", "teams": "55", "plan": "三年方案", "planned": "是", "budget": "900万元"},
    "gold_seed": {"field": "quantum", "registered": "是", "staff": "8", "core": "低温控制芯片", "next": "完成样机"},
}


def party(key: str) -> Party:
    """An organisation of the cast."""
    return Party.objects.get(urn=ORGANISATIONS[key].urn)


def person(key: str) -> Party:
    """A person of the cast."""
    return Party.objects.get(urn=PLAYERS[key].urn)


def pdf(text: str = "plan") -> io.BytesIO:
    """A file that its first bytes tell to be a PDF."""
    return io.BytesIO(b"%PDF-1.7\n" + text.encode())


def told(kind: str = "benchmark_incubator", **more: Any) -> calls.Told:
    """A call of a kind that closes on 30 June 2025 at 17:00."""
    return calls.Told(**{"title": "2025 年征集", "kind": kind, "opens_at": NOW, "closes_at": CLOSES, **more})


def an_open_call(kind: str = "benchmark_incubator", at: dt.datetime = NOW, **more: Any) -> Call:
    """A published call of the city."""
    row = calls.draft(issuer=party("city"), told=told(kind, **more), by=OFFICER, at=at)
    return calls.publish(call=row, by=OFFICER, at=at)


def a_draft(call: Call, applicant: Party | None = None, lead: str = "operator", at: dt.datetime = NOW) -> Application:
    """An application that was begun."""
    return applications.begin(call=call, applicant=applicant or party("incubator"), lead=person(lead), by=PLAYERS[lead].urn, at=at)


def filled(row: Application, at: dt.datetime = NOW, **answers: Any) -> Application:
    """The application with every required answer and document, and what was prefilled confirmed."""
    kind = scheme_kinds()[row.call.kind]
    writing.confirm(application=row, names=list(row.known), by=OPERATOR, at=at)
    if "staff" in row.known:  # the register knows of one person only
        writing.contest(application=row, name="staff", reason="wrong_amount", written=ANSWERS[kind.code]["staff"], by=OPERATOR, at=at)
    written = {name: value for name, value in ANSWERS[kind.code].items() if name not in row.known}
    row.refresh_from_db()
    written = {"title": "启明芯", **written, **answers}
    found = writing.write(application=row, written=written, base={}, version=row.version, by=OPERATOR, at=at)
    assert (found.clashes, found.wrong) == ((), {})
    for each in kind.evidence:
        if each.required:
            file = pdf(f"{row.pk} {each.code}")
            writing.attach(application=row, code=each.code, name=f"{each.code}.pdf", file=file, by=OPERATOR, at=at)
    row.refresh_from_db()
    return row


def kept(digest: str) -> bytes:
    """The bytes of a kept document."""
    with documents.open_document(digest) as file:
        return file.read()


def handed_in(call: Call, at: dt.datetime = NOW, **answers: Any) -> Application:
    """A whole application of the cast's incubator, handed in."""
    return applications.submit(application=filled(a_draft(call, at=at), at=at, **answers), by=OPERATOR, at=at)


def recommended(row: Application, matched: int = 1_000_000_00, at: dt.datetime = NOW) -> None:
    """The district's letter."""
    recommendations.recommend(application=row, district=party("haidian"), matched=matched, day=period.day(at), letter=pdf("letter"),
                              by=PLAYERS["district_officer"].urn, at=at)
