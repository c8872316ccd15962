"""Where the two sides of a deal do not agree: disputes and denied payments; and what the page of a deal keeps in sight."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from typing import Any

import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from exchange.test_tail import PDF, accepted, signed, status, today, two  # noqa: F401 - fixtures and helpers
from fuhua.desk.models import Ask, Notice
from fuhua.evidence.queries import told_of
from fuhua.evidence.words import Grade
from fuhua.exchange.facts import DealSettled, PaymentRecorded
from fuhua.exchange.models import Settlement
from fuhua.kernel import period

pytestmark = pytest.mark.django_db


def test_the_buyer_does_not_undo_its_own_acceptance(accepted: Any, client_of: Any) -> None:  # noqa: F811
    deal, buyer, provider = accepted()
    buyer.press("dispute", because="quality", text="后来发现问题")
    assert (buyer.here().sees("撤回争议，按原协议继续"), "重新交付</option>" in buyer.html) == (True, False)
    buyer.press("resolve", result="redeliver")
    assert (buyer.status, buyer.sees("其他结果须由服务管家登记"), deal.deliverables.get().state) == (422, True, "accepted")
    assert provider.here().sees("同意重新交付")
    provider.press("resolve", result="redeliver")
    deal.refresh_from_db()
    assert (deal.state, deal.accepted_at, Ask.objects.get(kind="dispute").state) == ("signed", None, "withdrawn")
    assert Notice.objects.filter(about=deal.urn, to=deal.buyer_id, kind="changed").exists()


def test_what_the_provider_disputes_the_buyer_does_not_turn_into_another_delivery(accepted: Any, client_of: Any) -> None:  # noqa: F811
    deal, buyer, provider = accepted()
    provider.press("dispute", because="unpaid", text="逾期未付")
    assert not buyer.here().forms("/resolve/$")
    for result in ("redeliver", "went_on", "ended"):
        assert buyer.client.post(f"/exchange/deals/{deal.pk}/resolve/", {"resolve-result": result}).status_code == 422
    assert "重新交付</option>" in client_of("steward").get(f"/exchange/deals/{deal.pk}/").content.decode()


def test_a_dispute_is_asked_in_the_readers_language(signed: Any) -> None:  # noqa: F811
    deal, buyer, _provider = signed()
    buyer.press("dispute", because="late", text="一直没有交付")
    case = Ask.objects.get(kind="dispute")
    assert (case.title, case.title_en) == (f"协议争议：{deal.number}", f"Dispute: {deal.number}")


def test_what_was_paid_and_accepted_stays_in_sight_while_it_is_disputed_and_delivered_again(accepted: Any) -> None:  # noqa: F811
    deal, buyer, provider = accepted()
    buyer.press("pay", amount="10000", reference="A-1", paid_on=today())
    buyer.press("dispute", because="quality", text="后来发现问题")
    page = buyer.client.get(f"/exchange/deals/{deal.pk}/")
    assert [each["state"] for each in page.context["steps"]] == ["done", "done", "done", "now", "ahead"]
    provider.press("resolve", result="redeliver")
    assert buyer.here().sees("A-1", "10,000.00 元")


def test_the_provider_denies_a_payment_that_the_buyer_alone_told_and_a_second_time_a_broker_is_asked(accepted: Any) -> None:  # noqa: F811
    deal, buyer, provider = accepted()
    buyer.press("pay", amount="60000", reference="A-1", paid_on=today())
    assert buyer.sees("购买方填报，提供方尚未确认", "提供方尚未确认到账")
    buyer.press("rate", points="5")
    assert provider.press("not-received").sees("付款记录已撤销", "撤销：付款记录（款项未收到）", "撤销：协议结清（款项未收到）")
    deal.refresh_from_db()
    assert (deal.state, deal.settled_at, deal.settlements.count(), Ask.objects.filter(kind="dispute").count()) == ("accepted", None, 0, 0)
    for side in (deal.buyer_id, deal.provider_id):
        assert Notice.objects.filter(about=deal.urn, to=side, kind="changed").exists()
    buyer.press("pay", amount="60000", reference="A-1", paid_on=today())
    provider.press("not-received")
    deal.refresh_from_db()
    assert (deal.state, deal.disputes.get().because, Ask.objects.get(kind="dispute").about) == ("disputed", "unpaid", deal.urn)
    assert buyer.here().sees("提供方已两次表示未收到")


def test_what_the_provider_confirmed_or_told_is_not_denied(accepted: Any) -> None:  # noqa: F811
    deal, buyer, provider = accepted()
    buyer.press("pay", amount="20000", reference="A-1", paid_on=today())
    assert provider.press("received").sees("已确认到账", "提供方确认到账")
    payment = Settlement.objects.get().pk
    assert provider.client.post(f"/exchange/deals/{deal.pk}/not-received/", {"not_received-payment": payment}).status_code == 422
    assert buyer.client.post(f"/exchange/deals/{deal.pk}/not-received/", {"not_received-payment": payment}).status_code == 403
    assert not buyer.here().forms("/take-back/$")


def test_the_provider_confirms_by_telling_a_payment_again_and_a_payment_on_record_is_not_said_to_be_recorded(accepted: Any) -> None:  # noqa: F811
    deal, buyer, provider = accepted()
    told = {"amount": "60000", "reference": "A-1", "paid_on": today()}
    buyer.here()
    again = buyer.forms("/pay/$")[0]
    buyer.press("pay", **told)
    assert [each.grade for each in told_of(deal.urn, DealSettled, on=period.day(timezone.now()))] == [Grade.DECLARED]
    again.values["pay-once"] = "another-press"
    buyer.send(again, **{f"pay-{name}": value for name, value in told.items()})
    assert (buyer.status, buyer.sees("此前已登记，没有重复登记")) == (422, True)
    day = (period.day(timezone.now()) - dt.timedelta(days=1)).isoformat()
    provider.client.post(f"/exchange/deals/{deal.pk}/pay/", {f"pay-{name}": value for name, value in {**told, "paid_on": day}.items()})
    assert Settlement.objects.get().teller == "buyer"
    provider.client.post(f"/exchange/deals/{deal.pk}/pay/", {f"pay-{name}": value for name, value in told.items()})
    assert Settlement.objects.get().teller == "provider"
    for kind in (PaymentRecorded, DealSettled):
        assert [each.grade for each in told_of(deal.urn, kind, on=period.day(timezone.now()))] == [Grade.COUNTERPART]


def test_another_day_contradicts_what_is_on_record(accepted: Any) -> None:  # noqa: F811
    deal, buyer, _provider = accepted()
    buyer.press("pay", amount="100", reference="A-1", paid_on=today())
    day = (period.day(timezone.now()) - dt.timedelta(days=1)).isoformat()
    buyer.press("pay", amount="100", reference="A-1", paid_on=day)
    assert (buyer.status, buyer.sees("请先撤销原记录再登记")) == (422, True)
    assert Settlement.objects.get(deal=deal).paid_on.isoformat() == today()


def test_a_payment_dated_before_the_signatures_is_refused_and_one_that_was_taken_back_leaves_a_trace(accepted: Any) -> None:  # noqa: F811
    deal, buyer, _provider = accepted()
    buyer.press("pay", amount="60000", reference="A-1", paid_on=(deal.signed_at - dt.timedelta(days=2)).date().isoformat())
    assert (buyer.status, buyer.sees("付款不能早于协议签订日")) == (422, True)
    buyer.press("pay", amount="60000", reference="A-1", paid_on=today())
    buyer.press("take-back", reason="duplicate")
    events = [str(each["title"]) for each in buyer.client.get(f"/exchange/deals/{deal.pk}/").context["events"]]
    told = ("付款记录", "协议结清", "撤销：付款记录（重复录入）", "撤销：协议结清（重复录入）")
    assert [events.count(each) for each in told] == [1, 1, 1, 1]


def test_a_receivable_that_is_paid_is_no_longer_given_to_a_lender(accepted: Any) -> None:  # noqa: F811
    _deal, buyer, provider = accepted()
    buyer.press("receivable")
    paper = provider.here().link("下载确认书")
    assert status(provider.client, paper) == 200
    provider.press("pay", amount="60000", reference="A-1", paid_on=today())
    assert (provider.sees("应收账款 60,000.00 元 已付清"), provider.sees("下载确认书")) == (True, False)
    assert provider.client.get(paper).status_code == 404


def test_the_receivable_and_the_page_name_one_digest_of_the_text(accepted: Any) -> None:  # noqa: F811
    deal, buyer, provider = accepted()
    buyer.press("receivable")
    paper = provider.here().download(provider.link("下载确认书"))
    text = re.sub(r"\s", "", "".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(paper)))
    assert f"文本摘要（SHA-256）{deal.agreement}" in text
    assert (provider.sees("文本摘要（SHA-256）"), deal.agreement in provider.html, deal.sealed in text) == (True, True, False)


def test_what_was_delivered_first_and_why_it_was_rejected_stays_listed(signed: Any) -> None:  # noqa: F811
    _deal, buyer, provider = signed()
    provider.press("deliver", note="第一稿", file=SimpleUploadedFile("报告.pdf", PDF))
    buyer.press("reject", because="incomplete", remark="缺原始数据")
    provider.press("deliver", note="第二稿")
    buyer.press("accept")
    assert buyer.here().sees("第一稿", "内容不完整 缺原始数据", "第二稿")
    assert buyer.download(buyer.link(to="/papers/" + hashlib.sha256(PDF).hexdigest())) == PDF


def test_a_side_that_has_signed_is_told_who_has_yet_to(two: Any) -> None:  # noqa: F811
    deal, buyer, provider = two()
    buyer.press("sign", agreed="on")
    assert (buyer.sees(f"等待 {deal.provider.name} 签署"), provider.here().sees("轮到贵方签署")) == (True, True)


def test_a_rating_says_who_rates_whom_and_nobody_who_has_is_asked_again(accepted: Any) -> None:  # noqa: F811
    deal, buyer, provider = accepted()
    provider.press("pay", amount="60000", reference="A-1", paid_on=today())
    buyer.press("rate", points="4")
    assert (buyer.sees("贵方已评价"), buyer.sees("请双方评价")) == (True, False)
    provider.press("rate", points="5")
    assert buyer.here().sees("评价已公开", f"{deal.buyer.name} 对 {deal.provider.name} 的评价：4 分")


def test_clauses_unfold_on_paper(signed: Any) -> None:  # noqa: F811
    _deal, buyer, _provider = signed()
    assert "<details open data-fold><summary>条款全文" in buyer.here().html
