"""The tail of a deal as its two sides walk it, through HTTP: sign, deliver, accept, pay, rate, tell what came of it."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import re
from collections.abc import Callable
from typing import Any

import pypdfium2
import pytest
from asn1crypto import pem
from asn1crypto.x509 import Certificate
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from fuhua.desk.actions import clocks
from fuhua.desk.models import Ask, Clock, Notice
from fuhua.evidence import models as evidence
from fuhua.evidence.actions import sequence
from fuhua.evidence.queries import records
from fuhua.exchange.actions import listings, outcomes
from fuhua.exchange.actions.deals import Due, Line
from fuhua.exchange.models import Deal, Outcome, Settlement
from fuhua.kernel import period
from stories.visitor import Visitor

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 report"


class Person(Visitor):
    """A side of the deal with a browser on the deal's page."""

    def __init__(self, account: Any, deal: Deal) -> None:
        super().__init__()
        self.client.force_login(account)
        self.deal = deal

    def here(self) -> Person:
        self.open(f"/exchange/deals/{self.deal.pk}/")
        return self

    def press(self, verb: str, **changed: Any) -> Person:
        """Open the page afresh and send the form of the verb."""
        self.here().send(rf"/{verb}/$", **{f"{verb.replace('-', '_')}-{name}": value for name, value in changed.items()})
        return self


@pytest.fixture
def two(a_deal: Any) -> Callable[..., tuple[Deal, Person, Person]]:
    def made(**more: Any) -> tuple[Deal, Person, Person]:
        deal, buyer, provider = a_deal(when=timezone.now() - dt.timedelta(days=2), **more)
        return deal, Person(buyer[1], deal), Person(provider[1], deal)

    return made


@pytest.fixture
def signed(two: Any) -> Callable[..., tuple[Deal, Person, Person]]:
    def made(**more: Any) -> tuple[Deal, Person, Person]:
        deal, buyer, provider = two(**more)
        for side in (buyer, provider):
            assert side.press("sign", agreed="on").status == 200
        deal.refresh_from_db()
        assert deal.state == "signed"
        return deal, buyer, provider

    return made


@pytest.fixture
def accepted(signed: Any) -> Callable[..., tuple[Deal, Person, Person]]:
    def made(**more: Any) -> tuple[Deal, Person, Person]:
        deal, buyer, provider = signed(**more)
        provider.press("deliver", note="已完成")
        buyer.press("accept")
        deal.refresh_from_db()
        assert deal.state == "accepted"
        return deal, buyer, provider

    return made


def facts(deal: Deal) -> list[str]:
    return [kind.removeprefix("exchange.") for kind in
            evidence.Fact.objects.filter(subject=deal.urn).order_by("id").values_list("kind", flat=True)]


def status(client: Any, url: str) -> int:
    """The status of a page, read to its end."""
    answer = client.get(url)
    answer.getvalue()
    return answer.status_code


def told(kind: str) -> Any:
    sequence.catch_up(at=timezone.now())
    return [each.fact for each in records([kind])]


def today() -> str:
    return period.day(timezone.now()).isoformat()


def test_a_deal_goes_from_agreement_to_outcome(two: Any) -> None:
    deal, buyer, provider = two()
    buyer.here()
    assert buyer.sees("稀释制冷机机时 200 小时", "60,000.00 元", "陆万元整", "温度不高于 10 mK", "孵化平台不代收、不代付")
    buyer.press("sign", agreed="on")
    assert buyer.sees("已签署")
    assert not buyer.forms("/sign/$")
    provider.press("sign", agreed="on")
    deal.refresh_from_db()
    assert (deal.state, len(deal.agreement), len(deal.sealed)) == ("signed", 64, 64)

    report = SimpleUploadedFile("报告.pdf", PDF)
    provider.press("deliver", note="机时已用完，报告见附件", file=report)
    assert provider.sees("待验收")
    buyer.press("reject", because="test_failed", remark="实测 12 mK，高于约定的 10 mK")
    assert buyer.sees("待重新交付", "未通过约定的验收标准", "实测 12 mK，高于约定的 10 mK")
    provider.press("deliver", note="已重新降温并复测", file=SimpleUploadedFile("复测.pdf", PDF + b" 2"))
    assert buyer.here().sees("第 2 次")
    assert buyer.download(buyer.link(to="/papers/" + hashlib.sha256(PDF + b" 2").hexdigest())) == PDF + b" 2"
    buyer.press("accept")
    assert buyer.sees("待结算", "60,000.00 元")

    buyer.press("pay", amount="6万元", reference="ICBC 2025 0001", paid_on=today())
    assert buyer.sees("已结算", "ICBC20250001")
    [settled] = told("exchange.deal_settled")
    assert (settled.total, settled.public, settled.minutes, settled.affiliation) == (6_000_000, 0, 12_000, "none")
    assert facts(deal) == ["deal_opened", "side_signed", "deal_signed", "deal_delivered", "deal_rejected", "deal_delivered",
                           "deal_accepted", "payment_recorded", "deal_settled"]

    rate_and_follow_up(deal, buyer, provider)


def rate_and_follow_up(deal: Deal, buyer: Person, provider: Person) -> None:
    """What comes after payment."""
    buyer.press("rate", points="5", text="沟通及时")
    assert not provider.here().sees("沟通及时")
    provider.press("rate", points="4", text="需求清楚")
    assert provider.sees("沟通及时", "需求清楚")
    assert buyer.here().sees("沟通及时", "需求清楚")

    half_a_year = period.noon(period.add_months(period.day(timezone.now()), 6))
    assert (outcomes.ask_due(at=half_a_year), outcomes.ask_due(at=half_a_year)) == (1, 0)
    assert not provider.here().forms("/outcome/$")
    buyer.press("outcome", result="ordered_again", text="又订了 100 小时")
    assert buyer.sees("再次采购或扩大采购", "又订了 100 小时")
    assert not buyer.forms("/outcome/$")
    assert facts(deal)[-3:] == ["deal_rated", "deal_rated", "outcome_told"]
    assert not Clock.objects.filter(about=deal.urn, stopped_at=None).exists()


def test_the_agreement_is_chinese_paper_with_its_digest_and_a_seal_that_anybody_verifies(signed: Any) -> None:
    deal, buyer, _provider = signed()
    paper = buyer.download(f"/exchange/deals/{deal.pk}/agreement.pdf")
    text = "".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(paper))
    text, wanted = re.sub(r"\s", "", text), ("北京寄灵量子有限公司", "北京未名低温实验室", "陆万元整", "温度不高于10mK", deal.number)
    assert [word for word in wanted if word not in text] == []
    agreement = buyer.download(f"/exchange/deals/{deal.pk}/papers/{deal.agreement}/")
    assert hashlib.sha256(agreement).hexdigest() == deal.agreement
    assert paper.startswith(agreement)
    trusted = Certificate.load(pem.unarmor(Visitor().download("/exchange/seal.pem"))[2])
    [seal] = PdfFileReader(io.BytesIO(paper)).embedded_signatures
    judged = validate_pdf_signature(seal, ValidationContext(trust_roots=[trusted], allow_fetching=False))
    assert (judged.intact, judged.trusted, judged.bottom_line) == (True, True, True)


def test_the_same_deal_gives_the_same_bytes(two: Any) -> None:
    deal, buyer, provider = two()
    url = f"/exchange/deals/{deal.pk}/agreement.pdf"
    assert buyer.download(url) == provider.download(url)


def test_a_term_of_120_days_is_flagged_and_changing_it_voids_a_signature(two: Any) -> None:
    deal, buyer, provider = two(pay_days=120)
    assert provider.here().sees("付款期限 120 日，超过 60 日", "国务院令第802号")
    provider.press("sign", agreed="on")
    buyer.here()
    [stale] = buyer.forms("/sign/$")
    buyer.press("amend", pay_days="60")
    assert not buyer.sees("超过 60 日")
    buyer.send(stale, **{"sign-agreed": "on"})
    assert (buyer.status, buyer.sees("协议内容在您阅读后有变化")) == (422, True)
    assert deal.signatures.count() == 0
    buyer.press("sign", agreed="on")
    provider.press("sign", agreed="on")
    deal.refresh_from_db()
    assert (deal.state, deal.pay_days) == ("signed", 60)


def test_a_name_that_changed_after_one_signature_makes_both_sign_again(two: Any) -> None:
    deal, buyer, provider = two()
    buyer.press("sign", agreed="on")
    deal.provider.name = "北京未名低温技术有限公司"
    deal.provider.save()
    assert provider.here().sees("此前的签署不再有效")
    provider.press("sign", agreed="on")
    deal.refresh_from_db()
    assert (deal.state, [each.party_id for each in deal.signatures.all()]) == ("draft", [deal.provider_id])
    buyer.press("sign", agreed="on")
    deal.refresh_from_db()
    assert deal.state == "signed"


def test_signing_twice_counts_once(two: Any) -> None:
    deal, buyer, _provider = two()
    buyer.here()
    [form] = buyer.forms("/sign/$")
    for _each in range(2):
        buyer.send(form, **{"sign-agreed": "on"})
        assert buyer.status == 200
    form.values["sign-once"] = "another-press"
    buyer.send(form, **{"sign-agreed": "on"})
    assert (buyer.status, buyer.sees("贵单位已经签署")) == (422, True)
    assert (deal.signatures.count(), facts(deal)) == (1, ["deal_opened", "side_signed"])


def test_an_offer_withdrawn_while_being_signed_cannot_be_signed(two: Any) -> None:
    deal, buyer, provider = two()
    buyer.press("sign", agreed="on")
    listings.withdraw(listing=deal.offer, by=deal.provider.urn, at=timezone.now())
    provider.press("sign", agreed="on")
    assert (provider.status, provider.sees("已撤回、过期或结束，不能签署")) == (422, True)
    deal.refresh_from_db()
    assert (deal.state, facts(deal)) == ("draft", ["deal_opened", "side_signed"])


def test_a_draft_is_cancelled_by_either_side_and_then_signed_by_nobody(two: Any) -> None:
    deal, buyer, provider = two()
    provider.here()
    [sign] = provider.forms("/sign/$")
    buyer.press("cancel")
    assert buyer.sees("已取消")
    assert provider.send(sign, **{"sign-agreed": "on"}).status == 409
    assert facts(deal) == ["deal_opened", "deal_cancelled"]


def test_deliverables_are_accepted_one_by_one(signed: Any) -> None:
    day = period.day(timezone.now())
    deal, buyer, provider = signed(due=(Due("方案", "双方确认", day), Due("报告", "数据完整", day + dt.timedelta(days=20))))
    provider.press("deliver", note="方案")
    buyer.press("accept")
    deal.refresh_from_db()
    assert (deal.state, [each.state for each in deal.deliverables.order_by("number")]) == ("signed", ["accepted", "due"])
    provider.press("deliver", note="报告")
    buyer.press("accept")
    deal.refresh_from_db()
    assert (deal.state, [each.whole for each in told("exchange.deal_accepted")]) == ("accepted", [False, True])


def test_both_pressing_accept_has_one_effect(signed: Any) -> None:
    deal, buyer, provider = signed()
    provider.press("deliver", note="完成")
    buyer.here()
    [form] = buyer.forms("/accept/$")
    buyer.send(form)
    form.values["accept-once"] = "a-colleague"
    assert buyer.send(form).status == 409
    assert facts(deal).count("deal_accepted") == 1


@pytest.mark.parametrize("content", [b"MZ\x90\x00\x03" + b"\x00" * 64, b"\x7fELF\x02\x01\x01\x00", b"", bytes(range(256))],
                         ids=["windows", "linux", "empty", "noise"])
def test_hostile_and_empty_files_are_not_taken(signed: Any, content: bytes) -> None:
    deal, _buyer, provider = signed()
    provider.press("deliver", note="报告", file=SimpleUploadedFile("报告.pdf", content, content_type="application/pdf"))
    assert provider.status == 422
    assert deal.deliverables.get().state == "due"


def test_a_payment_told_twice_counts_once_and_never_more_than_was_agreed(accepted: Any) -> None:
    deal, buyer, provider = accepted()
    buyer.press("pay", amount="10000", reference="A-1", paid_on=today())
    provider.press("pay", amount="10000", reference="Ａ－1", paid_on=today())
    assert [(each.reference, each.amount) for each in Settlement.objects.all()] == [("A-1", 1_000_000)]
    provider.press("pay", amount="20000", reference="A-1", paid_on=today())
    assert (provider.status, provider.sees("该银行流水号已用于另一笔付款")) == (422, True)
    buyer.press("pay", amount="50000.01", reference="A-2", paid_on=today())
    assert (buyer.status, buyer.sees("超出应付金额：尚余 50,000.00 元 未付")) == (422, True)
    provider.press("pay", amount="50000", reference="A-2", paid_on=today())
    assert buyer.here().sees("已结算")
    provider.press("take-back", reason="mistake", payment=Settlement.objects.get(reference="A-2").pk)
    assert (provider.sees("已撤销，对方已收到通知"), provider.forms("/pay/$")[0].values["pay-amount"]) == (True, "50000.00")
    provider.press("pay", amount="50000", reference="A-3", paid_on=today())
    deal.refresh_from_db()
    assert (deal.state, Settlement.objects.count(), facts(deal).count("deal_settled")) == ("settled", 2, 2)


def test_an_overdue_payment_is_told_to_the_buyers_sponsor_and_then_up(accepted: Any) -> None:
    deal, _buyer, _provider = accepted()
    assert deal.payment_due == period.day(timezone.now()) + dt.timedelta(days=30)
    clocks.tick(at=period.noon(period.add_working_days(deal.payment_due, 5)))
    told_to = {each.kind: (each.to_id, each.office) for each in Notice.objects.filter(clock__name="payment")}
    assert told_to["breach"] == (deal.buyer_person_id, "")
    assert told_to["coordinator"] == (None, "coordinator")


def test_the_receivable_is_confirmed_once_and_exported_for_a_lender(accepted: Any) -> None:
    deal, buyer, provider = accepted()
    buyer.press("receivable")
    paper = provider.here().download(provider.link("下载确认书"))
    text = re.sub(r"\s", "", "".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(paper)))
    assert "应收账款确认书" in text
    assert "60,000.00元（大写：陆万元整）" in text
    assert [(each.amount, each.due) for each in told("exchange.receivable_confirmed")] == [(6_000_000, deal.payment_due)]
    assert not buyer.here().forms("/receivable/$")


def test_a_dispute_goes_to_a_broker_and_comes_back(signed: Any, client_of: Any) -> None:
    deal, buyer, provider = signed()
    steward = client_of("steward")
    assert steward.get(f"/exchange/deals/{deal.pk}/").status_code == 404
    provider.press("deliver", note="完成")
    buyer.press("dispute", because="quality", text="数据不可用")
    case = Ask.objects.get(kind="dispute")
    assert (case.about, provider.here().sees("有争议", "数据不可用", "同意重新交付")) == (deal.urn, True)
    assert not Clock.objects.filter(about=deal.urn, stopped_at=None).exists()
    page = steward.get(f"/exchange/deals/{deal.pk}/").content.decode()
    assert "数据不可用" in page
    assert "/papers/" not in page
    assert steward.get(f"/exchange/deals/{deal.pk}/agreement.pdf").status_code == 404
    assert provider.client.post(f"/exchange/deals/{deal.pk}/resolve/", {"resolve-result": "went_on"}).status_code == 422
    buyer.press("resolve", result="ended")
    assert (buyer.status, buyer.sees("须由服务管家")) == (422, True)
    steward.post(f"/exchange/deals/{deal.pk}/resolve/", {"resolve-result": "redeliver"})
    deal.refresh_from_db()
    assert (deal.state, deal.deliverables.get().state) == ("signed", "rejected")
    provider.press("deliver", note="重做")
    buyer.press("accept")
    buyer.press("dispute", because="price", text="金额不对")
    buyer.press("resolve", result="went_on")
    deal.refresh_from_db()
    case = Ask.objects.order_by("-pk").first()
    assert (deal.state, case.state) == ("accepted", "withdrawn")


def test_a_broker_records_that_both_end_the_agreement(signed: Any, client_of: Any) -> None:
    deal, buyer, _provider = signed()
    buyer.press("dispute", because="late", text="一直没有交付")
    assert client_of("steward").post(f"/exchange/deals/{deal.pk}/resolve/", {"resolve-result": "ended"})["Location"] == "/desk/"
    deal.refresh_from_db()
    assert (deal.state, facts(deal)[-2:]) == ("cancelled", ["dispute_resolved", "deal_cancelled"])


def test_a_deal_and_its_papers_are_for_its_sides_and_auditors(signed: Any, client_of: Any, firm: Any, client_for: Any) -> None:
    deal, _buyer, _provider = signed()
    stranger = client_for(firm("北京旁观科技有限公司")[1])
    here = f"/exchange/deals/{deal.pk}/"
    pages = [here, f"{here}agreement.pdf", f"{here}papers/{deal.agreement}/"]
    assert [status(stranger, each) for each in pages] == [404] * 3
    assert [status(client_of("auditor"), each) for each in pages] == [200] * 3
    assert [status(client_of("city_officer"), each) for each in pages] == [404] * 3
    assert stranger.post(f"/exchange/deals/{deal.pk}/accept/", {}).status_code == 404
    assert client_of("auditor").post(f"/exchange/deals/{deal.pk}/dispute/", {}).status_code == 403
    assert client_of("stranger").get(pages[0]).status_code == 302


def test_lists_show_what_waits_for_each_side(signed: Any) -> None:
    deal, buyer, provider = signed()
    assert provider.open("/exchange/deals/").sees(deal.number)
    assert not buyer.open("/exchange/deals/").sees(deal.number)
    assert buyer.open("/exchange/deals/?view=running").sees(deal.number)


def test_the_need_of_an_order_ends_with_its_agreement(two: Any, a_need: Any) -> None:
    deal, buyer, provider = two()
    need = a_need(deal.buyer, buyer.deal.buyer_person.account, "equipment", "求机时", {"instrument": "稀释制冷机"}, when=timezone.now())
    Deal.objects.filter(pk=deal.pk).update(need=need)
    buyer.press("sign", agreed="on")
    provider.press("sign", agreed="on")
    need.refresh_from_db()
    assert (need.state, need.because) == ("closed", "contracted")


def test_outcomes_are_asked_once_each_and_never_two_at_once(accepted: Any) -> None:
    deal, _buyer, _provider = accepted()
    day = period.day(timezone.now())
    for months in (5, 6, 7, 12, 12, 13):
        outcomes.ask_due(at=period.noon(period.add_months(day, months)))
    assert list(Outcome.objects.filter(deal=deal).order_by("months").values_list("months", flat=True)) == [6, 12]
    Outcome.objects.all().delete()
    outcomes.ask_due(at=period.noon(period.add_months(day, 14)))
    assert list(Outcome.objects.values_list("months", flat=True)) == [12]


def test_the_words_of_a_deal_reach_no_fact_and_a_settled_free_deal_asks_for_no_money(signed: Any) -> None:
    deal, buyer, provider = signed(lines=(Line("公益咨询", 1, "次", 0),))
    provider.press("deliver", note="秘密配方 X-17")
    buyer.press("accept")
    deal.refresh_from_db()
    assert deal.state == "settled"
    assert not any("X-17" in body for body in evidence.Fact.objects.values_list("body", flat=True))
