"""Open a listing's confidential fields to a reader for a purpose until a day, ask for that, and read them with a trace."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from fuhua.desk.actions import asks
from fuhua.desk.models import Ask
from fuhua.desk.words import OPEN
from fuhua.exchange.actions.listings import BadListing, url_of
from fuhua.exchange.models import Listing
from fuhua.exchange.queries.conflicts import rivals
from fuhua.exchange.queries.finding import nameless
from fuhua.kernel.words import t
from fuhua.parties.actions import consents
from fuhua.parties.models import Consent, Opening, Party


class Rivals(BadListing):
    """The reader and the listing's party have confirmed that they compete."""

    def __init__(self) -> None:
        super().__init__(t("双方登记并确认了竞争关系，保密内容不能查阅；该关系由市级主管终止后可重新授权",
                           "the two have confirmed that they are rivals, so what is confidential stays closed; "
                           "once a city officer has ended that tie it can be granted again"))


@transaction.atomic
def grant(*, listing: Listing, reader: Party, purpose: str, expires: dt.datetime, by: str, at: dt.datetime) -> Consent:
    """Let ``reader`` read the confidential fields for ``purpose`` until ``expires``; a rival never (:class:`Rivals`)."""
    if not listing.sealed:
        raise BadListing(t("这条信息没有保密内容，无需授权", "this listing has nothing confidential to open"))
    if rivals(listing.party_id, (reader.pk,)):
        raise Rivals
    return consents.give(giver=listing.party, reader=reader, thing=listing.urn, purpose=purpose, expires=expires, by=by, at=at)


@transaction.atomic
def read(*, listing: Listing, consent: Consent, person: Party, houses: frozenset[int], by: str, at: dt.datetime) -> Opening:
    """Log that ``person``, of the organisations ``houses``, reads under the consent; refused to rivals, and once it is over."""
    if consent.thing != listing.urn:
        raise BadListing(t("该授权不适用于这条信息", "that consent is for something else"))
    if rivals(listing.party_id, houses | {consent.reader_id}):
        raise Rivals
    return consents.open(consent, person=person, by=by, at=at)


@transaction.atomic
def ask(*, listing: Listing, purpose: str, person: int, house: int, by: str, at: dt.datetime) -> Ask:
    """Ask whoever posted the listing to open its confidential fields to the organisation ``house`` (id) for ``purpose``.

    Asking again leads to the same ask while it is open.
    """
    if nameless(listing.side, listing.kind):  # first, or the refusal to a rival would tell whose it is
        raise BadListing(t("可拼单的需求不公开发布单位；受邀报价并接受保密协议后即可查阅",
                           "a need that may be pooled does not show whose it is; it opens by the agreement on confidentiality to whoever "
                           "is asked to quote"))
    if rivals(listing.party_id, (house,)):
        raise Rivals
    if not purpose.strip():
        raise BadListing(t("请写明查阅目的", "say what it is to be read for"))
    there = Ask.objects.filter(kind="disclosure", about=listing.urn, asker=person, asker_for=house, state__in=OPEN).first()
    return there or asks.ask(kind="disclosure", title=listing.title, body=purpose, asker=person, asker_for=house, asked=listing.party_id,
                    about=listing.urn, about_url=url_of(listing), by=by, at=at)
