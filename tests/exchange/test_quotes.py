"""Requests for quotes: who is asked, what opens to whom, one order whatever is pressed at once, and pools that name nobody."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from fuhua.desk.models import Notice
from fuhua.evidence.actions import documents
from fuhua.evidence.actions.attachments import BadAttachment
from fuhua.evidence.facts import BadFact
from fuhua.evidence.models import Fact
from fuhua.exchange.actions import credentials, ndas, orders, pools, quotes, rfqs
from fuhua.exchange.models import Deal, Invitation, Listing, Member, Nda, Pool, Quote, Rfq
from fuhua.exchange.queries import comparing
from fuhua.exchange.queries import rfqs as reads
from fuhua.kernel.flow import WrongState
from fuhua.parties.actions import ties
from fuhua.parties.models import Consent
from fuhua.parties.words import TieKind

SPEC = {"model": "cro", "modality": "biologic", "scope": "毒理"}
PART = {"part": "M3 紧固件", "category": "mechanical", "quantity": "60"}
SCAN = b"%PDF-1.7 certificate"


@pytest.fixture
def asked(firm: Any, a_need: Any, at: Any) -> Callable[..., tuple[Rfq, Any, list[Any]]]:
    """``asked()``: a request for two rows, sent to two laboratories; gives it, the asker and the laboratories."""

    def made(**more: Any) -> tuple[Rfq, Any, list[Any]]:
        asker, labs = firm("北京新药研发有限公司", "venture"), [firm("北京甲检测有限公司"), firm("北京乙检测有限公司")]
        need = a_need(*asker, "contract_service", "毒理研究", {**SPEC, "protocol": "化合物 K-204"})
        told = rfqs.Asked(**{"rows": [rfqs.Row("单次", 1, "项"), rfqs.Row("重复", 2, "项")], "providers": [lab[0] for lab in labs],
                             "invention": "filed", **more})
        return rfqs.send(need=need, asked=told, sender=asker[1].party_id, by=asker[1].party.urn, at=at()), asker, labs

    return made


def give(rfq: Rfq, lab: Any, prices: list[int | None], at: dt.datetime, **more: Any) -> Quote:
    told = {"lead_days": 30, "valid_until": dt.date(2025, 12, 31), **more}
    return quotes.give(invitation=rfq.invitations.get(provider=lab[0]), offered=quotes.Offered(prices=prices, **told),
                       person=lab[1].party_id, by=lab[1].party.urn, at=at)


def enter(lab: Any, expires: dt.date, at: dt.datetime, scan: bytes = SCAN) -> Any:
    return credentials.enter(party=lab[0], kind="glp", number="GLP-1", expires=expires, file=io.BytesIO(scan), by=lab[1].party.urn, at=at)


def test_a_request_that_would_reach_nobody_is_not_sent_and_says_why(asked: Any) -> None:
    with pytest.raises(rfqs.BadRfq, match=r"nobody can be asked: 北京甲检测有限公司 \(no GLP\), 北京乙检测有限公司"):
        asked(required=["glp"])


def test_a_row_that_no_font_has_is_named_before_quotes_are_asked(asked: Any) -> None:
    with pytest.raises(BadFact, match="😀"):
        asked(rows=[rfqs.Row("单次 😀", 1, "项")])
    assert Rfq.objects.count() == 0


def test_a_new_certificate_opens_the_requests_that_left_its_holder_out(asked: Any, firm: Any, at: Any) -> None:
    late, early = firm("北京补证检测有限公司"), firm("北京有证检测有限公司")
    enter(early, dt.date(2027, 1, 1), at())
    rfq, _asker, _labs = asked(required=["glp"], providers=[late[0], early[0]])
    row = rfq.invitations.get(provider=late[0])
    assert (row.state, row.because, row.credential) == ("excluded", "missing", "glp")
    with pytest.raises(WrongState):
        give(rfq, late, [1, 1], at())
    enter(late, dt.date(2026, 1, 1), at("2025-07-01"))
    row.refresh_from_db()
    assert (row.state, row.because, Notice.objects.filter(to=late[0], kind="turn", settled_at=None).count()) == ("asked", "", 1)


def test_who_was_left_out_neither_promises_nor_reads_what_is_confidential(asked: Any, firm: Any, at: Any, client_for: Any,
                                                                        monkeypatch: pytest.MonkeyPatch) -> None:
    late, early = firm("北京无证检测有限公司"), firm("北京有证检测有限公司")
    enter(early, dt.date(2027, 1, 1), at())
    rfq, _asker, _labs = asked(required=["glp"], providers=[late[0], early[0]])
    monkeypatch.setattr(timezone, "now", at)
    for lab, answer in ((late, 403), (early, 302)):
        browser, row = client_for(lab[1]), rfq.invitations.get(provider=lab[0])
        assert [browser.post(f"/exchange/invitations/{row.pk}/{verb}/").status_code for verb in ("accept", "read")] == [answer] * 2
        assert ("K-204" in browser.get(f"/exchange/invitations/{row.pk}/").content.decode()) is (answer == 302)
    assert (Nda.objects.count(), Consent.objects.filter(reader=late[0]).count()) == (1, 0)


def test_a_credential_that_lapses_before_the_quote_stands_against_it(asked: Any, firm: Any, at: Any) -> None:
    lab = firm("北京快到期检测有限公司")
    enter(lab, dt.date(2025, 7, 2), at())
    rfq, _asker, _labs = asked(required=["glp"], providers=[lab[0]])
    give(rfq, lab, [1, 1], at("2025-07-02"))
    with pytest.raises(rfqs.BadRfq, match="GLP expired on 2 Jul 2025"):
        give(rfq, lab, [1, 2], at("2025-07-03"))
    assert comparing.compare(rfq, dt.date(2025, 7, 3)).columns[0].quote.prices == [1, 1]


def test_a_checked_credential_replaces_what_was_declared_and_one_removed_voids_it(firm: Any, cast: Any, at: Any) -> None:
    lab = firm("北京检测有限公司")
    row = enter(lab, dt.date(2026, 1, 1), at())
    row = credentials.check(credential=row, person=cast["steward"].party_id, by=cast["steward"].party.urn, at=at("2025-07-01"))
    credentials.end(credential=row, by=lab[1].party.urn, at=at("2025-07-02"))
    told = Fact.objects.filter(subject=lab[0].urn).order_by("id").values_list("kind", flat=True)
    assert list(told)[-3:] == ["exchange.credential_told", "exchange.credential_told", "evidence.voided"]
    with pytest.raises(credentials.BadCredential):
        credentials.end(credential=row, by=lab[1].party.urn, at=at("2025-07-02"))


def test_a_scan_that_is_no_document_is_refused_by_its_content(firm: Any, at: Any) -> None:
    with pytest.raises(BadAttachment):
        enter(firm("北京检测有限公司"), dt.date(2026, 1, 1), at(), b"MZ\x90\x00 program")


def test_the_agreement_is_kept_under_its_digest_and_accepting_twice_is_once(asked: Any, at: Any) -> None:
    rfq, asker, labs = asked()
    row = rfq.invitations.get(provider=labs[0][0])
    told = {"invitation": row, "person": labs[0][1].party, "by": labs[0][1].party.urn, "at": at()}
    first, second = ndas.accept(**told), ndas.accept(**told)
    with documents.open_document(first.digest) as kept:
        text = kept.read()
    assert (first.pk, hashlib.sha256(text).hexdigest()) == (second.pk, first.digest)
    assert f"披露方 Disclosing: {asker[0].name}\n接收方 Receiving: {labs[0][0].name}" in text.decode()
    assert (Nda.objects.count(), Consent.objects.filter(reader=labs[0][0], thing=rfq.need.urn).count()) == (1, 1)


def test_what_was_shown_closes_to_whoever_is_not_chosen_and_stays_open_to_who_is(asked: Any, at: Any) -> None:
    rfq, asker, labs = asked()
    for lab, price in zip(labs, (100_00, 90_00), strict=True):
        ndas.accept(invitation=rfq.invitations.get(provider=lab[0]), person=lab[1].party, by=lab[1].party.urn, at=at())
        give(rfq, lab, [price, price], at())
    chosen = Quote.objects.get(invitation__provider=labs[0][0])
    orders.choose(rfq=rfq, picks={chosen.pk: 0}, by=asker[1].party.urn, at=at("2025-07-02"))
    live = [reads.consent_of(row, at("2025-07-03")) is not None for row in reads.invitations(rfq)]
    assert live == [True, False]


def test_nothing_is_chosen_while_somebody_may_still_quote(asked: Any, at: Any) -> None:
    rfq, asker, labs = asked()
    quote = give(rfq, labs[0], [100, 100], at())
    with pytest.raises(orders.BadOrder, match="not answered yet: 1"):
        orders.choose(rfq=rfq, picks={quote.pk: 0}, by=asker[1].party.urn, at=at())
    quotes.decline(invitation=rfq.invitations.get(provider=labs[1][0]), because="capacity", by=labs[1][1].party.urn, at=at())
    [deal] = orders.choose(rfq=rfq, picks={quote.pk: 0}, by=asker[1].party.urn, at=at())
    assert (deal.total, deal.front, deal.terms["rfq"]) == (300, "quote", rfq.urn)
    with pytest.raises(WrongState):
        orders.choose(rfq=rfq, picks={quote.pk: 0}, by=asker[1].party.urn, at=at())
    assert Deal.objects.count() == 1


def test_a_quote_taken_back_is_not_chosen_and_a_request_taken_back_takes_no_quote(asked: Any, at: Any) -> None:
    rfq, asker, labs = asked()
    quote = give(rfq, labs[0], [100, 100], at())
    row = rfq.invitations.get(provider=labs[0][0])
    quotes.withdraw(invitation=row, by=labs[0][1].party.urn, at=at())
    with pytest.raises(orders.BadOrder, match="withdrawn or revised"):
        orders.choose(rfq=rfq, picks={quote.pk: 0}, by=asker[1].party.urn, at=at("2025-08-01"))
    give(rfq, labs[0], [100, 90], at())
    rfqs.cancel(rfq=rfq, by=asker[1].party.urn, at=at())
    with pytest.raises(rfqs.BadRfq, match="over"):
        give(rfq, labs[0], [100, 80], at())


@pytest.mark.parametrize(("prices", "more", "said"), [
    ([None, None], {}, "at least one row"), ([100], {}, "at least one row"), ([0, 5], {}, "above 0"),
    ([5, 5], {"lead_days": 0}, "1 or more"),
    ([5, 5], {"valid_until": dt.date(2025, 7, 1)}, "must hold until"), ([5, 5], {"least": 9, "most": 3}, "no less than"),
])  # fmt: skip
def test_a_quote_that_cannot_hold_is_refused_and_changes_nothing(asked: Any, at: Any, prices: Any, more: Any, said: str) -> None:
    rfq, _asker, labs = asked()
    with pytest.raises(BadFact, match=said):
        give(rfq, labs[0], prices, at(), **more)
    assert (Quote.objects.count(), rfq.invitations.get(provider=labs[0][0]).state) == (0, "asked")


def test_a_form_sent_twice_asks_once_and_quotes_once(firm: Any, a_need: Any, an_offer: Any, client_for: Any, at: Any) -> None:
    asker, lab = firm("北京新药研发有限公司", "venture"), firm("北京甲检测有限公司")
    now = at("2026-11-20")
    need = a_need(*asker, "contract_service", "毒理研究", SPEC, deadline=dt.date(2027, 12, 31), when=now)
    told = {"rows": "单次 | 1 | 项", "others": lab[0].name, "invention": "none", "once": "one-press"}
    url = reverse("exchange:rfq", kwargs={"pk": need.pk})
    assert [client_for(asker[1]).post(url, told).status_code for _each in range(2)] == [302, 200]
    row = Invitation.objects.get()
    told = {"price_0": "100", "lead_days": "3", "valid_until": "2027-12-31", "once": "another-press"}
    browser = client_for(lab[1])
    assert [browser.post(reverse("exchange:quote_give", kwargs={"pk": row.pk}), told).status_code for _each in range(3)] == [302] * 3
    assert Quote.objects.count() == 1


def test_others_see_neither_the_comparison_nor_the_invitation(asked: Any, firm: Any, client_for: Any, at: Any) -> None:
    rfq, asker, labs = asked()
    quote = give(rfq, labs[0], [100, 100], at())
    row = quote.invitation
    page, export = (reverse(f"exchange:{name}", kwargs={"pk": rfq.need_id}) for name in ("rfq", "rfq_export"))
    stranger, rival = client_for(firm("北京旁观科技有限公司")[1]), client_for(labs[1][1])
    assert "由需求单位邀请报价" in stranger.get(page).content.decode()
    assert rival.get(page)["Location"] == reverse("exchange:invitation", kwargs={"pk": rfq.invitations.get(provider=labs[1][0]).pk})
    for browser in (stranger, rival):
        assert browser.get(export).status_code == 404
        assert browser.get(reverse("exchange:invitation", kwargs={"pk": row.pk})).status_code == 404
        assert browser.post(reverse("exchange:rfq_choose", kwargs={"pk": rfq.need_id}), {"quote": quote.pk}).status_code == 403
        assert browser.post(reverse("exchange:quote_withdraw", kwargs={"pk": row.pk})).status_code == 404
    assert client_for(asker[1]).get(export).status_code == 200


def test_needs_are_the_same_by_what_they_ask_not_by_how_it_is_written_or_how_many(firm: Any, a_need: Any) -> None:
    houses = [firm(f"北京第{n}科技有限公司", "venture") for n in range(4)]
    written = (PART, {**PART, "part": "Ｍ3紧固件", "quantity": "900", "unit_price": "3元"}, {**PART, "tolerance": "0.01"},
               {**PART, "drawing": "图 7"})
    same = [pools.sameness(a_need(*house, "supply", "紧固件", spec)) for house, spec in zip(houses, written, strict=True)]
    assert (same[0] == same[1], len(set(same))) == (True, 3)
    assert pools.sameness(a_need(*houses[0], "contract_service", "毒理", SPEC)) == ""


def test_every_equal_need_is_invited_once_however_often_one_looks(firm: Any, a_need: Any, at: Any) -> None:
    needs = [a_need(*firm(f"北京第{n}科技有限公司", "venture"), "supply", f"紧固件{n}", PART) for n in range(3)]
    assert pools.invite(need=needs[0], at=at()) is not None
    assert [pools.invite(need=need, at=at()) for need in needs] == [None, None, None]
    assert (Pool.objects.count(), Member.objects.count()) == (1, 3)
    assert {notice.title for notice in Notice.objects.filter(kind="turn", about__startswith="urn:fuhua:pool:")} == {
        "紧固件0", "紧固件1", "紧固件2"}


def test_in_a_pool_no_word_tells_a_member_from_whoever_is_tied_to_one(firm: Any, a_need: Any, at: Any) -> None:
    one, two, rival = firm("北京甲科技有限公司", "venture"), firm("北京乙科技有限公司", "venture"), firm("苏州对手有限公司")
    free = firm("苏州精工有限公司")
    needs = [a_need(*house, "supply", "紧固件", PART) for house in (one, two)]
    ties.attest(kind=TieKind.RIVAL, source=rival[0], target=two[0], by=one[1].party.urn, at=at())
    pools.invite(need=needs[0], at=at())
    members = [pools.join(member=Member.objects.get(need=need), quantity=300, by=need.owner.urn, at=at()) for need in needs]
    asked = rfqs.Asked(rows=[rfqs.Row("M3 紧固件", each, "件") for each in (10, 1000)], providers=[two[0], rival[0], one[0], free[0]],
                       invention="filed")
    pools.ask(member=members[0], asked=asked, sender=one[1].party_id, by=one[1].party.urn, at=at())
    assert set(Invitation.objects.exclude(provider=free[0]).values_list("state", "because")) == {("excluded", "barred")}


def test_two_needs_of_one_organisation_are_no_pool(firm: Any, a_need: Any, at: Any) -> None:
    house = firm("北京独家科技有限公司", "venture")
    needs = [a_need(*house, "supply", title, PART) for title in ("紧固件一", "紧固件二")]
    assert [pools.invite(need=need, at=at()) for need in needs] == [None, None]
    assert Listing.objects.filter(party=house[0]).count() == 2


@pytest.mark.skipif(not os.environ.get("DATABASE_URL", "").startswith("postgresql"), reason="on SQLite writers take turns by design")
def test_choosing_and_taking_back_at_once_has_one_outcome(durable_db: None, asked: Any, at: Any) -> None:
    rfq, asker, labs = asked()
    quote = give(rfq, labs[0], [100, 100], at())
    quotes.decline(invitation=rfq.invitations.get(provider=labs[1][0]), because="capacity", by=labs[1][1].party.urn, at=at())
    row = rfq.invitations.get(provider=labs[0][0])

    def press(which: int) -> bool:
        try:
            if which % 2:
                orders.choose(rfq=rfq, picks={quote.pk: 0}, by=asker[1].party.urn, at=at())
            else:
                quotes.withdraw(invitation=row, by=labs[0][1].party.urn, at=at())
        except (BadFact, WrongState):
            return False
        else:
            return True
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as many:
        done = list(many.map(press, range(8)))
    row.refresh_from_db()
    assert sum(done) == 1
    assert (Deal.objects.count(), row.state) in {(1, "quoted"), (0, "withdrawn")}
