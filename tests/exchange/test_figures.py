"""What officers read of the exchange: answers, contracts, reasons and gaps, each with its rows."""

from __future__ import annotations

import csv
import datetime as dt
import io
from typing import Any

from django.test import Client
from django.utils import timezone

from fuhua.exchange.actions import introductions, listings, pools, quotes, rfqs
from fuhua.exchange.models import Deal, Listing, Member, Rfq, Side
from fuhua.parties.actions.cast import PLAYERS
from fuhua.parties.models import Party
from stories import exchanging

BROKER = PLAYERS["steward"].urn
OFFER = {"readiness": "6", "proven": "样机", "unproven": "寿命"}


def figures(client: Client, query: str = "") -> dict[str, Any]:
    return client.get(f"/exchange/figures/{query}").context


def test_a_quote_and_an_order_are_contracts_and_a_pilot_is_none(matched: Any, a_deal: Any, client_of: Any) -> None:
    needs, first = [matched(number).need for number in (1, 2, 3)], timezone.now()
    for days, (need, terms) in enumerate(zip(needs, ({"rfq": "x"}, {"stage": "order"}, {"stage": "pilot"}), strict=True), 4):
        Deal.objects.filter(pk=a_deal()[0].pk).update(need=need, terms=terms, signed_at=first + dt.timedelta(days=2 * days))
    Listing.objects.filter(side="need").update(opened_at=first)
    shown = figures(client_of("city_officer"))
    assert (shown["opened"], shown["contracted"], shown["to_sign"]) == (3, 2, 9)


def test_contracts_that_fell_and_those_within_a_house_are_not_counted(matched: Any, a_deal: Any, client_of: Any) -> None:
    for number, told in enumerate(({"state": "cancelled"}, {"affiliated": True}, {"state": "delivering"})):
        need = matched(number).need
        Deal.objects.filter(pk=a_deal()[0].pk).update(need=need, terms={"rfq": "x"}, signed_at=timezone.now(), **told)
        listings.close(listing=need, because="contracted", by=BROKER, at=timezone.now())
    shown = figures(client_of("city_officer"))
    assert (shown["opened"], shown["contracted"]) == (3, 1)


def test_a_no_is_an_answer(matched: Any, client_of: Any) -> None:
    row = matched()
    introductions.answer(introduction=row, side="offer", says="no", because="price", by=BROKER, at=timezone.now())
    assert (figures(client_of("city_officer"))["answers"].answered, row.sides.get(side="offer").answer) == (1, "no")


def test_figures_count_answers_contracts_reasons_and_gaps_and_open_to_their_rows(matched: Any, client_of: Any) -> None:
    first, second, third = matched(1, field="C39"), matched(2, field="C39"), matched(3)
    monday = dt.datetime(2026, 11, 2, 4, tzinfo=dt.UTC)
    Listing.objects.filter(side="need").update(opened_at=monday)
    for row, days in ((first, 2), (second, 4)):
        Side.objects.filter(introduction=row, side="offer").update(answer="yes", answered_at=monday + dt.timedelta(days=days))
    listings.close(listing=first.need, because="contracted", by=BROKER, at=timezone.now())
    listings.withdraw(listing=second.offer, by=BROKER, at=timezone.now())
    listings.withdraw(listing=first.offer, by=BROKER, at=timezone.now())
    shown = figures(client_of("city_officer"), "?by=division")
    found = shown["answers"]
    assert (found.median, found.most, found.answered, found.waiting) == (3.0, 4, 2, 1)
    assert [(row["it"].code, row["it"].opened, row["it"].contracted) for row in shown["rates"]] == [("C39", 2, 1), ("", 1, 0)]
    assert [(row["label"].zh, row["count"]) for row in shown["closures"]] == [("已在平台签约", 1)]
    assert [(row["it"].division, row["it"].readiness, row["it"].needs, row["it"].offers) for row in shown["gaps"]] == [("C39", "4", 1, 0)]
    client = client_of("city_officer")
    assert [row["it"].title for row in client.get(shown["gaps"][0]["url"]).context["rows"]] == [second.need.title]
    lines = list(csv.reader(io.StringIO(client.get(f"{shown['urls']['answered']}&as=csv").content.decode().lstrip("\ufeff"))))
    assert sorted((line[0], line[5]) for line in lines[1:]) == [(first.need.title, "2"), (second.need.title, "4")]
    assert client.get("/exchange/figures/rows/?of=views").status_code == 404
    assert third.need.state == "open"


def test_a_provider_that_quotes_or_declines_has_answered_the_need_and_silence_has_not(
        firm: Any, a_need: Any, clock: exchanging.Clock, client_of: Any) -> None:
    labs = [firm(f"北京{n}号检测有限公司") for n in range(3)]
    spec = {"model": "cro", "modality": "biologic", "scope": "毒理"}
    for number in range(3):
        house = firm(f"北京询价{number}号有限公司", "venture")
        need = a_need(*house, "contract_service", f"毒理研究 {number}", spec, clock())
        asked = rfqs.Asked(rows=[rfqs.Row("单次", 1, "项")], providers=[lab[0] for lab in labs], invention="none")
        rfqs.send(need=need, asked=asked, sender=house[1].party_id, by=house[1].party.urn, at=clock())
    first, second, _silent = Rfq.objects.order_by("pk")
    by = labs[0][1].party
    offered = quotes.Offered(prices=[100], lead_days=9, valid_until=dt.date(2026, 12, 31))
    for day in ("2026-04-03", "2026-04-08"):
        quotes.give(invitation=first.invitations.get(provider=labs[0][0]), offered=offered, person=by.pk, by=by.urn, at=clock.to(day))
    quotes.decline(invitation=second.invitations.get(provider=labs[1][0]), because="capacity", by=by.urn, at=clock.to("2026-04-09"))
    rfqs.fall_silent(at=clock.to("2026-04-20"))
    found = figures(client_of("city_officer"))["answers"]
    assert (found.answered, found.waiting, found.median, found.most) == (2, 1, 3.5, 5)


def test_a_pools_quote_answers_the_need_of_every_member(firm: Any, a_need: Any, clock: exchanging.Clock, client_of: Any) -> None:
    part = {"part": "M3 紧固件", "category": "mechanical", "quantity": "60"}
    needs = [a_need(*firm(f"北京拼单{n}号有限公司", "venture"), "supply", f"紧固件{n}", part, clock()) for n in range(2)]
    pools.invite(need=needs[0], at=clock())
    told = {"by": needs[0].owner.urn, "at": clock()}
    members = [pools.join(member=row, quantity=60, **told) for row in Member.objects.order_by("pk")]
    house, account = firm("苏州精工紧固件有限公司", district="")
    asked = rfqs.Asked(rows=[rfqs.Row("紧固件", 100, "件")], providers=[house], invention="none")
    rfq = pools.ask(member=members[0], asked=asked, sender=needs[0].owner_id, **told)
    quotes.give(invitation=rfq.invitations.get(), offered=quotes.Offered(prices=[100], lead_days=9, valid_until=dt.date(2026, 12, 31)),
                person=account.party_id, by=account.party.urn, at=clock.to("2026-04-02"))
    found = figures(client_of("city_officer"))["answers"]
    assert (found.answered, found.waiting, found.median) == (2, 0, 1)


def test_a_district_officer_sees_only_the_needs_of_the_district(matched: Any, client_of: Any) -> None:
    row = matched()
    assert figures(client_of("district_officer"))["opened"] == 1
    Party.objects.filter(pk=row.need.party_id).update(district="110105")
    assert figures(client_of("district_officer"))["opened"] == 0
    assert client_of("founder").get("/exchange/figures/").status_code == 404
