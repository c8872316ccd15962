"""The buyer confirms what it owes, once, as a sealed paper that the provider shows a lender (应收账款确认)."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from fuhua.evidence.actions import papers
from fuhua.exchange import facts
from fuhua.exchange.actions import settlements
from fuhua.exchange.actions.deals import BadDeal, held, tell
from fuhua.exchange.models import Deal, Receivable
from fuhua.kernel.money import capitals
from fuhua.kernel.ui import formats
from fuhua.kernel.words import t
from fuhua.parties.models import Party


@transaction.atomic
def confirm(*, deal: Deal, person: int, by: str, at: dt.datetime) -> Receivable:
    """The buyer confirms by its ``person`` what is still owed, and by when.

    Raises :class:`BadDeal` before acceptance, and when it was confirmed before.
    """
    row = held(deal)
    if row.state != "accepted":
        raise BadDeal(t("全部验收后、付清前才能确认应收账款",
                        "a receivable is confirmed once everything is accepted and before it is paid"))
    if Receivable.objects.filter(deal=row).exists():
        raise BadDeal(t("应收账款已经确认，可直接下载", "the receivable is confirmed already; download it"))
    owed = row.total - settlements.paid(row)
    said = _said(row, owed, at)
    paper = papers.pdf_of("exchange/receivable.typ", said, at=at)
    digest = papers.kept(paper, by=by, at=at)
    signer = [["债务人", row.buyer.name, Party.objects.get(pk=person).name, formats.clock(at).zh]]
    document = papers.kept(papers.sealed(paper, title="确认记录", rows=signer, digest=digest, at=at), by=by, at=at)
    made = Receivable.objects.create(deal=row, person_id=person, amount=owed, due=row.payment_due, document=document, at=at)
    tell(row, facts.ReceivableConfirmed(subject=row.urn, buyer=row.buyer.urn, provider=row.provider.urn, amount=owed, due=made.due),
         by=by, at=at, side=row.buyer_id, documents=[document])
    return made


def _said(row: Deal, owed: int, at: dt.datetime) -> dict[str, object]:
    return {
        "number": row.number, "foot": f"{formats.day(at).zh} 出具", "title": "应收账款确认书",
        "rows": [["债权人（提供方）", f"{row.provider.name}　{row.provider.code}"],
                 ["债务人（购买方）", f"{row.buyer.name}　{row.buyer.code}"],
                 ["基础合同", f"{row.number}　{row.title}"], ["文本摘要（SHA-256）", row.agreement],
                 ["合同价款", formats.yuan(row.total).zh], ["验收日期", formats.day(row.accepted_at).zh],
                 ["应付金额", f"{formats.yuan(owed).zh}（大写：{capitals(owed)}）"],
                 ["付款到期日", formats.day(row.payment_due).zh]],
        "paragraphs": ["债务人确认：上述合同项下的全部交付物已经验收合格，债务人应于上列到期日前向债权人支付上列应付金额，"
                       "不以收到第三方款项为条件。",
                       "本确认书供债权人向金融机构申请应收账款融资使用。平台仅记录和封签，不提供担保，不经手款项。"],
        "box": "平台在此处加盖电子封签。",
    }
