"""What is disclosed in confidence during an introduction: both undertake, one opens its second tier, and reuse can be disputed."""

from __future__ import annotations

import csv
import datetime as dt
import io

from django.db import transaction

from fuhua.desk.actions import asks
from fuhua.desk.models import Ask
from fuhua.evidence.actions import documents
from fuhua.evidence.actions.facts import record
from fuhua.evidence.words import Grade
from fuhua.exchange.actions import sealed
from fuhua.exchange.actions.introductions import BadIntroduction, held, url_of
from fuhua.exchange.facts import brokered as facts
from fuhua.exchange.kinds import nda
from fuhua.exchange.models import Introduction, Side
from fuhua.exchange.queries.disclosures import openings
from fuhua.exchange.words import NEED
from fuhua.kernel import period
from fuhua.kernel.ui import formats
from fuhua.kernel.words import t
from fuhua.parties.models import Consent, Party

_KNOWN = ("agreed", "met", "pilot", "measured", "ordering", "ordered")  # states in which the two know each other


@transaction.atomic
def undertake(*, introduction: Introduction, side: str, by: str, at: dt.datetime) -> Side:
    """One side accepts the agreement of ``kinds/nda.py`` (保密协议); its text is kept and its digest goes on record."""
    row, mine = held(introduction, side)
    if row.state not in _KNOWN:
        raise BadIntroduction(t("双方同意对接后才能签保密协议", "confidentiality is agreed once both sides have said yes"))
    if mine.confidential_at is not None:
        raise BadIntroduction(t("贵方已接受保密协议", "you have accepted it already"))
    mine.confidential_at = at
    mine.save(update_fields=["confidential_at"])
    on = period.day(at)
    written = nda.text(sides=((nda.BOTH, row.need.party.name), (nda.BOTH, row.offer.party.name)), matter=row.need.title,
                       number=f"NDA-{on.year}-I{row.pk:06d}", on=on.isoformat())
    digest = documents.keep(written.encode(), media_type="text/plain", by=by, at=at)
    record(facts.ConfidentialityAgreed(subject=row.urn, side=side, content=digest), by=by, at=at, grade=Grade.SYSTEM,
           on_behalf=mine.party.urn, documents=[digest])
    return mine


@transaction.atomic
def reveal(*, introduction: Introduction, side: str, until: dt.date, by: str, at: dt.datetime) -> Consent:
    """Open one's own second tier (the sealed fields of its listing) to the other side, until the end of a day or of the introduction.

    Both must have undertaken confidentiality; every opening is logged. The fact is the consent's.
    """
    row, mine = held(introduction, side)
    if row.sides.filter(confidential_at=None).exists():
        raise BadIntroduction(t("双方都接受保密协议后才能开放第二层资料", "the second tier opens once both have agreed to confidentiality"))
    if mine.consent is not None and mine.consent.withdrawn_at is None and mine.consent.expires > at:
        raise BadIntroduction(t("已向对方开放至 {day}；如要改日期，请先撤回这项授权",
                                "it is open to them until {day}; withdraw that consent to choose another day")
                              .format(day=formats.day(period.day(mine.consent.expires))))
    other = row.sides.select_related("party").exclude(pk=mine.pk).get()
    listing = row.need if side == NEED else row.offer
    mine.consent = sealed.grant(listing=listing, reader=other.party, purpose=row.need.title, expires=period.end_of(until), by=by, at=at)
    mine.save(update_fields=["consent"])
    return mine.consent


@transaction.atomic
def dispute(
    *, introduction: Introduction, side: str, text: str, asked: Party, person: int, by: str, at: dt.datetime
) -> Ask:
    """Ask ``asked`` to settle that the other side reuses what was disclosed; the log of openings is kept as evidence."""
    row, mine = held(introduction, side)
    if row.agreed_at is None:
        raise BadIntroduction(t("双方还没有对接，无从使用", "the two have not been introduced yet"))
    log = openings(row)
    digest = documents.keep(_log_file(log), media_type="text/csv", by=by, at=at)
    said = t("查阅记录 {n} 条，作为证据保存，摘要 {digest}", "{n} openings are kept as evidence under {digest}").format(
        n=len(log), digest=digest)
    made = asks.ask(kind="idea_reuse", title=row.need.title, body=f"{text.strip()}\n\n{said.zh}\n{said.en}", asker=person,
                    asker_for=mine.party_id, asked=asked.pk, about=row.urn, about_url=url_of(row), by=by, at=at)
    record(facts.ReuseDisputed(subject=row.urn, side=side, ask=made.urn), by=by, at=at, grade=Grade.SYSTEM, on_behalf=mine.party.urn,
           documents=[digest])
    return made


def _log_file(log: list[dict[str, str]]) -> bytes:
    lines = io.StringIO()
    table = csv.DictWriter(lines, ["opened_at", "reader", "giver", "thing", "since", "expires"])
    table.writeheader()
    table.writerows(log)
    return lines.getvalue().encode()
