"""What figures and papers rest on: who is tied to whom, who only used, days as kinds say, what is still owed, the weakest word."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pypdfium2
import pytest
from django.utils import timezone

from exchange.lab import Lab, clock
from fuhua.evidence.actions import papers
from fuhua.evidence.models import Fact
from fuhua.evidence.queries import told_of
from fuhua.evidence.words import Grade
from fuhua.exchange.actions import introductions, metering, receivables, settlements, shortlists
from fuhua.exchange.facts import DealSettled, PaymentRecorded
from fuhua.exchange.models import Deal
from fuhua.exchange.queries import calendars, overview
from fuhua.kernel import period
from fuhua.parties.actions import ties
from fuhua.parties.actions.cast import PLAYERS
from fuhua.parties.models import Party
from fuhua.parties.words import TieKind

OFFICER = PLAYERS["city_officer"].urn


def owned(owner: Party, subsidiary: Party, at: Any) -> None:
    """On record: the one owns the other."""
    ties.attest(kind=TieKind.OWNS, source=owner, target=subsidiary, by=OFFICER, at=at("2024-01-04"))


def test_use_by_a_firm_that_the_host_owns_is_its_own_and_by_no_other_user(firm: Any, an_offer: Any, at: Any) -> None:
    lab = Lab(firm, an_offer)
    lab.on_platform(lab.microscope)
    house, account = lab.venture("北京所属科技有限公司")
    owned(lab.house, house, at)
    row = lab.book(lab.microscope, (house, account), "2025-07-01", "09:00", "10:00")
    metering.check_in(reservation=row, by=account.party.urn, at=clock("2025-07-01T09:00"))
    use = metering.check_out(reservation=row, meter=account.party_id, by=account.party.urn, at=clock("2025-07-01T10:00"))
    [found] = overview.utilisation(calendars.resources(), dt.date(2025, 7, 1), dt.date(2025, 7, 1))
    assert (use.affiliated, found.used, found.own, found.users) == (True, 0, 60, 0)
    assert '"affiliation":"owner"' in Fact.objects.get(kind="exchange.use_metered").body


def test_a_deal_with_a_firm_that_one_owns_is_told_as_such(a_deal: Any, firm: Any, at: Any) -> None:
    buyer, provider = firm("北京甲方有限公司"), firm("北京乙方有限公司")
    owned(buyer[0], provider[0], at)
    rows = [a_deal(buyer=buyer, provider=other, when=timezone.now())[0] for other in (provider, firm("北京丙方有限公司"))]
    assert [each.affiliated for each in rows] == [True, False]


def test_both_sides_have_five_working_days_to_answer(firm: Any, a_need: Any, an_offer: Any) -> None:
    now = timezone.now()
    need = a_need(*firm("北京需方有限公司"), "result", "寻找固态电解质工艺", {"readiness": "4"}, now)
    offer = an_offer(*firm("北京供方有限公司"), "result", "固态电解质工艺", {"readiness": "6", "proven": "样机", "unproven": "寿命"}, now)
    told = {"person": Party.objects.get(urn=PLAYERS["steward"].urn).pk, "by": PLAYERS["steward"].urn, "at": now}
    shortlists.choose(need=need, chosen=[shortlists.Choice(offer, score=0.8)], **told)
    row = introductions.ask(need=need, offer=offer, **told)
    assert {each.due for each in row.sides.all()} == {period.add_working_days(period.day(now), 5)}


@pytest.fixture
def accepted(a_deal: Any) -> Deal:
    """A deal of 60,000 yuan of which everything is accepted."""
    now = timezone.now()
    deal = a_deal(when=now - dt.timedelta(days=9))[0]
    Deal.objects.filter(pk=deal.pk).update(state="accepted", signed_at=now - dt.timedelta(days=8), accepted_at=now)
    deal.refresh_from_db()
    return deal


def pay(deal: Deal, amount: int, teller: str) -> None:
    """So many fen were paid today, as the ``teller`` says."""
    payment = settlements.Payment(amount=amount, reference=f"ICBC{amount}", paid_on=period.day(timezone.now()))
    by = "urn:fuhua:system:bank" if teller == "bank" else deal.buyer_person.urn
    settlements.pay(deal=deal, payer=deal.buyer, payment=payment, teller=teller, by=by, at=timezone.now())


def test_a_receivable_is_what_is_still_owed(accepted: Deal) -> None:
    pay(accepted, 1_500_000, "buyer")
    made = receivables.confirm(deal=accepted, person=accepted.buyer_person_id, by=accepted.buyer_person.urn, at=timezone.now())
    text = "".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(papers.read(made.document)))
    assert (made.amount, "45,000.00 元" in text, "肆万伍仟元整" in text) == (4_500_000, True, True)


def test_what_the_buyer_told_counts_for_more_once_the_bank_tells_it_too(accepted: Deal) -> None:
    pay(accepted, 6_000_000, "buyer")
    pay(accepted, 6_000_000, "bank")
    told = told_of(accepted.urn, PaymentRecorded, DealSettled, on=period.day(timezone.now()))
    assert ([each.grade for each in told], accepted.settlements.get().teller) == ([Grade.COUNTERPART] * 2, "bank")


def test_a_deal_is_settled_by_no_stronger_word_than_its_weakest_payment(accepted: Deal) -> None:
    pay(accepted, 1_000_000, "bank")
    pay(accepted, 5_000_000, "buyer")
    assert Fact.objects.get(kind="exchange.deal_settled", subject=accepted.urn).grade == Grade.DECLARED
