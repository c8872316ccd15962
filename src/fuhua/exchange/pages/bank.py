"""Where a bank tells that a deal was paid: signed, idempotent, and closed until a secret is agreed."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
from typing import Annotated

import msgspec
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from fuhua.evidence.facts import BadFact
from fuhua.exchange.actions import settlements
from fuhua.exchange.models import Deal
from fuhua.kernel import urn
from fuhua.kernel.access import anybody, rule
from fuhua.kernel.flow import WrongState
from fuhua.kernel.page import page
from fuhua.kernel.words import t

BANKS = rule("exchange.banks", t("银行通知须有有效签名", "a bank’s notice carries a valid signature"), anybody)
BANK = urn.of("bank", "notice")  # who tells it; no party of ours
_HEADER = "X-Fuhua-Signature"


class Notice(msgspec.Struct, forbid_unknown_fields=True):
    """What a bank tells: the deal's number, ``amount`` in integer fen, its reference and the day."""

    deal: str
    amount: Annotated[int, msgspec.Meta(gt=0, lt=10**15)]
    reference: Annotated[str, msgspec.Meta(min_length=1, max_length=64)]
    paid_on: dt.date


@page("exchange/deals/settled/", name="exchange:deal_settled", can=BANKS, title=t("银行付款通知", "Notice of payment by a bank"),
      methods=("POST",))
@csrf_exempt
def settled(request: HttpRequest) -> HttpResponse:
    """Record the payment; told again it answers the same and changes nothing."""
    if not settings.FUHUA_BANK_SECRET:
        raise Http404
    if not hmac.compare_digest(request.headers.get(_HEADER, "").encode(), signature(request.body).encode()):
        return _said(403, t("签名无效", "the signature is not valid"))
    try:
        told = msgspec.json.decode(request.body, type=Notice)
    except msgspec.MsgspecError as wrong:
        return _said(400, t("通知格式有误：{what}", "the notice is malformed: {what}").format(what=str(wrong)))
    deal = Deal.objects.select_related("buyer").filter(number=told.deal).first()
    if deal is None:
        return _said(404, t("没有这份协议：{number}", "there is no such deal: {number}").format(number=told.deal[:40]))
    try:
        _row, changed = settlements.pay(deal=deal, payer=deal.buyer, teller="bank", by=BANK, at=timezone.now(),
                                        payment=settlements.Payment(told.amount, told.reference, told.paid_on))
    except (BadFact, WrongState) as wrong:
        return _said(409, wrong.text)
    return JsonResponse({"recorded": changed == "recorded"})


def signature(body: bytes) -> str:
    """``sha256=`` and the HMAC-SHA-256 of the body under the secret that was agreed, in hex."""
    return "sha256=" + hmac.new(settings.FUHUA_BANK_SECRET.encode(), body, hashlib.sha256).hexdigest()


def _said(status: int, text: object) -> JsonResponse:
    return JsonResponse({"error": str(text)}, status=status)
