"""The rules of a deal's tail one by one: terms of payment, public money, a bank's notices, ratings, papers."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest
from django.test import Client, override_settings

from exchange.conftest import OFFICER
from fuhua.desk.models import Clock, Notice
from fuhua.evidence.actions import papers
from fuhua.evidence.actions.facts import void
from fuhua.evidence.queries import told_of
from fuhua.exchange.actions import deliveries, ratings, settlements, signing
from fuhua.exchange.actions.deals import BadDeal, Due, Line
from fuhua.exchange.facts import DealSettled, PaymentRecorded
from fuhua.exchange.kinds import payment_terms
from fuhua.exchange.models import Deal, Rating, Settlement
from fuhua.exchange.pages.bank import signature
from fuhua.exchange.queries import ratings as read
from fuhua.exchange.queries import vouchers
from fuhua.exchange.queries.agreements import agreement_of
from fuhua.exchange.queries.deals import waits_for
from fuhua.kernel import period
from fuhua.kernel.flow import WrongState
from fuhua.kernel.ui import glyphs
from fuhua.parties.models import Party

pytestmark = pytest.mark.django_db
SECRET = override_settings(FUHUA_BANK_SECRET="agreed with the bank")


@pytest.fixture
def accepted(a_deal: Any, at: Any) -> Callable[..., Deal]:
    """A deal whose only deliverable is accepted on the day (default 30 June 2025)."""

    def made(day: str = "2025-06-30", **more: Any) -> Deal:
        when = at(day)
        deal, buyer, provider = a_deal(when=when, **more)
        signing.conclude(deal=deal, buyer_person=buyer[1].party_id, provider_person=provider[1].party_id, by=buyer[1].party.urn, at=when)
        item = deliveries.deliver(deliverable=deal.deliverables.get(), by=provider[1].party.urn, at=when, note="完成")
        deliveries.accept(deliverable=item, by=buyer[1].party.urn, at=when)
        deal.refresh_from_db()
        return deal

    return made


def pay(deal: Deal, amount: int, reference: str, when: dt.datetime, **more: Any) -> Settlement:
    told = {"teller": "buyer", "payer": deal.buyer, **{name: more.pop(name) for name in ("payer", "teller") if name in more}}
    payment = settlements.Payment(amount, reference, period.day(when), **more)
    return settlements.pay(deal=deal, payment=payment, by=deal.buyer_person.urn, at=when, **told)[0]


def test_a_payment_is_taken_back_by_who_recorded_it_until_a_side_has_rated(accepted: Any, at: Any) -> None:
    deal, when = accepted(), at("2025-07-01")
    told = {"reason": "mistake", "by": deal.buyer_person.urn, "at": when}
    wrong, other = pay(deal, 20_000_00, "A-1", when), pay(deal, 40_000_00, "A-2", when, teller="provider")
    with pytest.raises(BadDeal, match="whoever recorded this payment"):
        settlements.take_back(settlement=other, side=deal.buyer_id, **told)
    row = settlements.take_back(settlement=wrong, side=deal.buyer_id, **told)
    assert (row.state, row.settled_at, settlements.paid(row), told_of(row.urn, DealSettled, on=period.day(when))) == (
        "accepted", None, 40_000_00, [])
    assert [each.fact.teller for each in told_of(row.urn, PaymentRecorded, on=period.day(when))] == ["provider"]
    assert list(Clock.objects.filter(about=row.urn, name="payment", stopped_at=None).values_list("due", flat=True)) == [row.payment_due]
    assert Notice.objects.filter(about=row.urn, to=deal.provider_id, kind="changed").exists()
    with pytest.raises(BadDeal, match="taken back already"):
        settlements.take_back(settlement=wrong, side=deal.buyer_id, **told)
    right = pay(deal, 20_000_00, "A-1", when)
    ratings.rate(deal=row, side=deal.provider_id, points=5, text="", by=deal.provider_person.urn, at=when)
    with pytest.raises(BadDeal, match="a side has rated"):
        settlements.take_back(settlement=right, side=deal.buyer_id, **told)
    assert [each.fact.total for each in told_of(row.urn, DealSettled, on=period.day(when))] == [60_000_00]


def test_a_payment_whose_fact_an_officer_voided_is_still_taken_back(accepted: Any, at: Any) -> None:
    deal, when = accepted(), at("2025-07-01")
    paid = pay(deal, deal.total, "A-1", when)
    for kind in (PaymentRecorded, DealSettled):
        void(told_of(deal.urn, kind, on=period.day(when))[0].digest, reason="mistake", by=OFFICER, at=when)
    row = settlements.take_back(settlement=paid, side=deal.buyer_id, reason="mistake", by=deal.buyer_person.urn, at=when)
    assert (row.state, settlements.paid(row)) == ("accepted", 0)


def test_a_deal_waits_to_be_rated_through_the_last_day_on_which_it_can_be(accepted: Any, at: Any) -> None:
    deal = accepted()
    pay(deal, deal.total, "A-1", at("2025-07-01").replace(hour=1))  # nine in the morning in Beijing
    deal.refresh_from_db()
    last = read.last_day(deal)
    assert [Deal.objects.filter(waits_for([deal.buyer_id], last + dt.timedelta(days=days))).exists() for days in (0, 1)] == [True, False]


@pytest.mark.parametrize(("days", "day", "flagged"), [
    (60, "2025-06-01", ""), (61, "2025-06-01", "802"), (61, "2025-05-31", "728"), (120, "2020-09-01", "728"), (120, "2020-08-31", ""),
])
def test_a_term_is_held_against_the_rule_of_its_day(days: int, day: str, flagged: str) -> None:
    said = payment_terms.warning(days, dt.date.fromisoformat(day))
    assert (said is None) is (flagged == "")
    if said is not None:
        assert f"国务院令第{flagged}号" in said.zh


def test_terms_that_were_booked_are_in_force_without_a_further_signature(accepted: Any) -> None:
    deal = accepted(front="slot", lines=(Line("机时", 210, "分钟", 500),))
    assert (deal.signatures.count(), deal.total, settlements.minutes(deal)) == (2, 105_000, 210)


def test_public_money_needs_a_rule_in_force_an_award_a_public_body_and_room(accepted: Any, at: Any, organisation: Any) -> None:
    now, finance = at("2026-03-02"), organisation("finance")
    deal = accepted("2026-03-02", kind="pilot_line", lines=(Line("中试", 1, "次", 800_000_00),))
    public = {"payer": finance, "rule": "voucher", "award": "京科券〔2026〕1号"}
    for wrong in ({"rule": ""}, {"award": ""}, {"payer": deal.buyer}, {"rule": "hnte"}):
        with pytest.raises(BadDeal):
            pay(deal, 100_00, "P-0", now, **{**public, **wrong})
    with pytest.raises(BadDeal, match="500,000"):
        pay(deal, 500_000_01, "P-1", now, **public)
    row = pay(deal, 500_000_00, "P-1", now, **public)
    assert (row.rule, row.edition, row.award) == ("voucher", "2026", "京科券〔2026〕1号")
    assert vouchers.room(deal, period.day(now)) == 0
    pay(deal, 300_000_00, "B-1", now)
    deal.refresh_from_db()
    assert deal.state == "settled"


def test_public_money_is_judged_by_the_day_it_is_paid_which_is_never_before_the_deal(accepted: Any, at: Any, organisation: Any) -> None:
    deal = accepted("2026-03-02", kind="pilot_line", lines=(Line("中试", 1, "次", 800_000_00),))
    payment = settlements.Payment(500_000_00, "P-1", dt.date(2026, 3, 1), "voucher", "京科券〔2026〕1号")
    with pytest.raises(BadDeal, match="before the deal is signed"):
        settlements.pay(deal=deal, payer=organisation("finance"), payment=payment, teller="buyer", by=deal.buyer_person.urn,
                        at=at("2026-03-02"))


@SECRET
def test_what_the_bank_tells_too_is_no_longer_taken_back_by_the_side_that_told_it_first(accepted: Any, at: Any) -> None:
    deal, when = accepted(), at("2025-07-01")
    paid = pay(deal, deal.total, "ICBC-1", when)
    told = {"deal": deal.number, "amount": deal.total, "reference": "ICBC-1", "paid_on": "2025-07-01"}
    body = json.dumps(told).encode()
    answer = Client().post("/exchange/deals/settled/", body, content_type="application/json",
                           headers={"X-Fuhua-Signature": signature(body)})
    assert answer.json() == {"recorded": False}
    with pytest.raises(BadDeal, match="what a bank told"):
        settlements.take_back(settlement=paid, side=deal.buyer_id, reason="mistake", by=deal.buyer_person.urn, at=when)


def test_before_the_rule_was_in_force_no_public_money_is_recorded_and_later_no_share_is_made_up(
    accepted: Any, at: Any, organisation: Any,
) -> None:
    deal = accepted("2025-06-30", kind="pilot_line")
    verdict = vouchers.verdict_of(deal, dt.date(2025, 6, 30))
    assert (verdict.answer, vouchers.why_not(verdict).zh) == ("not_eligible", "2026-01-04 之前尚无生效的版本")
    with pytest.raises(BadDeal, match="does not allow"):
        pay(deal, 100, "P-1", at(), payer=organisation("finance"), rule="voucher", award="1")
    open_ = vouchers.verdict_of(deal, dt.date(2026, 3, 2))
    assert (open_.answer, any("未见" in each.zh for each in vouchers.lacking(open_))) == ("undetermined", True)


def test_nothing_is_paid_before_acceptance(a_deal: Any, at: Any) -> None:
    deal, _buyer, _provider = a_deal()
    with pytest.raises(WrongState):
        pay(deal, 100, "A", at())


def notice(told_of: Deal, **changed: Any) -> bytes:
    return json.dumps({"deal": told_of.number, "amount": 6_000_000, "reference": "ICBC-1", "paid_on": "2025-07-01", **changed}).encode()


def send(body: bytes, signed: str | None = None) -> tuple[int, dict[str, Any]]:
    answer = Client(enforce_csrf_checks=True).post("/exchange/deals/settled/", body, content_type="application/json",
                                                   headers={"X-Fuhua-Signature": signature(body) if signed is None else signed})
    return answer.status_code, answer.json() if answer["Content-Type"] == "application/json" else {}


@SECRET
def test_a_replayed_notice_of_a_bank_has_no_second_effect(accepted: Any) -> None:
    deal = accepted()
    body = notice(deal)
    assert [send(body), send(body)] == [(200, {"recorded": True}), (200, {"recorded": False})]
    deal.refresh_from_db()
    assert (deal.state, deal.settlements.get().teller) == ("settled", "bank")
    assert send(notice(deal, amount=1))[0] == 409


@SECRET
@pytest.mark.parametrize(("changed", "status"), [
    ({"amount": -1}, 400), ({"amount": "60000"}, 400), ({"amount": 6_000_001}, 409), ({"deal": "FH-0000-1"}, 404),
    ({"currency": "USD"}, 400), ({"paid_on": "2999-01-01"}, 409), ({"reference": ""}, 400),
])
def test_a_bank_is_told_what_is_wrong(accepted: Any, changed: dict[str, Any], status: int) -> None:
    deal = accepted()
    code, said = send(notice(deal, **changed))
    assert (code, set(said), Settlement.objects.count()) == (status, {"error"}, 0)


def test_a_notice_without_the_secret_is_refused(accepted: Any) -> None:
    deal = accepted()
    assert send(notice(deal), "sha256=")[0] == 404
    with SECRET:
        assert [send(notice(deal), each)[0] for each in ("", "sha256=" + "0" * 64, "sha256=é")] == [403] * 3
    assert not Settlement.objects.exists()


def test_a_rating_stays_sealed_until_both_are_in_or_thirty_days_are_over(accepted: Any, at: Any) -> None:
    deal = accepted("2025-06-30")
    pay(deal, deal.total, "A", at("2025-06-30"))
    deal.refresh_from_db()
    told = {"by": deal.buyer_person.urn, "at": at("2025-07-30")}
    ratings.rate(deal=deal, side=deal.buyer_id, points=5, text="好", **told)
    assert [read.opened(dt.date(2025, 7, day)).count() for day in (30, 31)] == [0, 1]
    with pytest.raises(BadDeal):
        ratings.rate(deal=deal, side=deal.buyer_id, points=1, text="", **told)
    with pytest.raises(BadDeal):
        ratings.rate(deal=deal, side=deal.provider_id, points=5, text="", by=deal.provider_person.urn, at=at("2025-07-31"))


def test_fewer_than_three_ratings_are_no_mean(accepted: Any, firm: Any, at: Any) -> None:
    first = accepted()
    provider, seen = first.provider_id, []
    for number, points in enumerate((5, 4, 4)):
        deal = first if number == 0 else Deal.objects.create(
            urn=f"urn:fuhua:deal:more-{number}", number=f"FH-{number}", front="quote", kind="equipment", title="又一单", buyer=first.buyer,
            provider=first.provider, opened_at=at())
        Deal.objects.filter(pk=deal.pk).update(state="settled", signed_at=at(), settled_at=at())
        for side, given in ((deal.buyer_id, points), (provider, 1)):
            Rating.objects.create(deal=deal, party_id=side, points=given, at=at())
        seen.append(read.standing([provider], dt.date(2025, 7, 1))[provider])
    assert seen == [read.Standing(1, None), read.Standing(2, None), read.Standing(3, Fraction(13, 3))]


def test_what_people_write_is_text_and_never_markup(a_deal: Any) -> None:
    hostile = '#panic("no") $x$ *a* <b> \\ #import "/etc/passwd"'
    deal, _buyer, _provider = a_deal(due=(Due(hostile, hostile, dt.date(2025, 8, 1)),), more={"success": hostile, "unknown": "not printed"})
    said = agreement_of(deal).printed()
    assert said["due"][0][1] == hostile
    assert said["sections"][-1] == {"heading": "十二、其他约定", "paragraphs": [f"成功标准：{hostile}"]}
    assert signing.printed(deal).startswith(b"%PDF-")


def test_a_character_that_no_font_has_is_named_before_anybody_signs(a_deal: Any) -> None:
    deal, _buyer, _provider = a_deal(due=(Due("𠮷", "合格", dt.date(2025, 8, 1)),))
    with pytest.raises(papers.CannotPrint) as told:
        signing.printed(deal)
    assert "𠮷" in told.value.text.zh


def test_nothing_is_agreed_for_less_than_nothing_for_more_than_there_is_or_until_a_day_that_has_passed(a_deal: Any) -> None:
    deal, buyer, provider = a_deal()
    sides = {"buyer": buyer, "provider": provider, "offer": deal.offer}
    for line, said in ((Line("退款", 1, "项", -1), "not negative"), (Line("机时", 10**6, "小时", 10**13), "ten trillion")):
        with pytest.raises(BadDeal, match=said):
            a_deal(lines=(line,), **sides)
    with pytest.raises(BadDeal, match="has passed"):
        a_deal(due=(Due("报告", "合格", dt.date(2025, 6, 29)),), **sides)


def test_names_that_no_font_has_are_signed_and_printed_by_number(a_deal: Any, at: Any) -> None:
    deal, buyer, provider = a_deal()
    Party.objects.filter(pk=buyer[1].party_id).update(name="李𠮷")
    Deal.objects.filter(pk=deal.pk).update(title="稀释制冷机 😀")
    deal.refresh_from_db()
    for house, account in (buyer, provider):
        deal = signing.sign(deal=deal, side=house.pk, person=account.party_id, wording=agreement_of(deal).wording, by=account.party.urn,
                            at=at())
    assert (deal.state, papers.read(deal.sealed).startswith(b"%PDF-")) == ("signed", True)
    assert glyphs.printable({"names": ["李𠮷", "é ①"], "n": 1}) == {"names": ["李[U+20BB7]", "é ①"], "n": 1}
