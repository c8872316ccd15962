"""Deliver what was agreed, and accept it by its test or reject it with a reason; the last acceptance makes payment fall due."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from fuhua.desk.actions import clocks
from fuhua.exchange import facts
from fuhua.exchange.actions import settlements, uses
from fuhua.exchange.actions.deals import BadDeal, held, pass_turn, tell, url_of
from fuhua.exchange.flow import DEAL
from fuhua.exchange.models import Deal, Deliverable
from fuhua.exchange.queries.deals import awaits_first
from fuhua.exchange.words import REJECTIONS
from fuhua.kernel import period
from fuhua.kernel.words import t

JUDGE_DAYS = 10  # working days to accept or reject, as the standard agreement says


@transaction.atomic
def deliver(*, deliverable: Deliverable, by: str, at: dt.datetime, note: str = "", document: str = "") -> Deliverable:
    """The provider hands it over: ``document`` (SHA-256 of a kept file), a ``note``, or both.

    Raises :class:`BadDeal` when there is neither, or it waits to be judged already.
    """
    row, item = _held(deliverable)
    row.state = DEAL.after(row.state, "deliver")
    if item.state not in ("due", "rejected"):
        raise BadDeal(t("该项已交付，正在等待验收", "this was delivered and waits to be accepted"))
    if awaits_first(item, row.deliverables.all()):
        raise BadDeal(t("样品验收合格后才能交付其余部分", "the rest is delivered once the sample is accepted"))
    if not (note.strip() or document):
        raise BadDeal(t("请上传交付文件或写明交付情况", "attach what you deliver, or describe it"))
    if item.delivered_at is not None:
        item.earlier.append({"at": item.delivered_at.isoformat(), "note": item.note, "document": item.document, "because": item.because,
                             "remark": item.remark})
    item.state, item.note, item.document, item.delivered_at = "delivered", note.strip(), document, at
    item.because = item.remark = ""
    item.tries += 1
    item.save()
    row.save()
    run_clocks(row, at)
    pass_turn(row, row.buyer_id, at=at)
    tell(row, facts.DealDelivered(subject=row.urn, provider=row.provider.urn, item=item.number, tries=item.tries, due=item.due),
         by=by, at=at, side=row.provider_id, documents=[document])
    return item


@transaction.atomic
def accept(*, deliverable: Deliverable, by: str, at: dt.datetime) -> Deliverable:
    """The buyer finds the agreed test met. With the last one everything is accepted and the term of payment begins."""
    row, item = _delivered(deliverable)
    item.state, item.judged_at = "accepted", at
    item.save()
    whole = not row.deliverables.exclude(state="accepted").exists()
    if whole:
        row.state, row.accepted_at = DEAL.after(row.state, "accept"), at
    elif not row.deliverables.filter(state="delivered").exists():
        row.state = DEAL.after(row.state, "accept_part")
    row.save()
    run_clocks(row, at)
    tell(row, facts.DealAccepted(subject=row.urn, provider=row.provider.urn, item=item.number, tries=item.tries, whole=whole),
         by=by, at=at, side=row.buyer_id)
    if whole:
        uses.accepted(deal=row, by=by, at=at)
        settlements.fall_due(row, by=by, at=at)
    else:
        pass_turn(row, _whose(row), at=at)
    return item


@transaction.atomic
def reject(*, deliverable: Deliverable, because: str, remark: str, by: str, at: dt.datetime) -> Deliverable:
    """The buyer finds the test missed, for a coded reason (``words.REJECTIONS``) and in words; it is delivered again."""
    if because not in REJECTIONS or not remark.strip():
        raise BadDeal(t("请选择退回原因，并写明哪一项标准未达到", "choose why it is rejected and say which test was missed"))
    row, item = _delivered(deliverable)
    item.state, item.judged_at, item.because, item.remark = "rejected", at, because, remark.strip()
    item.save()
    if not row.deliverables.filter(state="delivered").exists():
        row.state = DEAL.after(row.state, "reject")
    row.save()
    run_clocks(row, at)
    pass_turn(row, row.provider_id, at=at)
    tell(row, facts.DealRejected(subject=row.urn, provider=row.provider.urn, item=item.number, tries=item.tries, because=because),
         by=by, at=at, side=row.buyer_id)
    return item


def run_clocks(row: Deal, at: dt.datetime) -> None:
    """One clock to deliver what comes next, one to judge what has lain longest; each runs only while there is such a thing."""
    today = period.day(at)
    for name in ("delivery", "acceptance"):
        clocks.stop(about=row.urn, name=name, at=at)
    told = {"about": row.urn, "title": row.title, "url": url_of(row), "at": at}
    if (coming := row.deliverables.filter(state__in=("due", "rejected")).order_by("due").first()) is not None:
        clocks.start(name="delivery", due=max(coming.due, today), to=row.provider_person_id or row.provider_id,
                     answers_for=row.provider_id, **told)
    if (lying := row.deliverables.filter(state="delivered").order_by("delivered_at").first()) is not None:
        clocks.start(name="acceptance", due=period.add_working_days(period.day(lying.delivered_at), JUDGE_DAYS),
                     to=row.buyer_person_id or row.buyer_id, answers_for=row.buyer_id, **told)


def _held(deliverable: Deliverable) -> tuple[Deal, Deliverable]:
    row = held(deliverable.deal)
    return row, row.deliverables.get(pk=deliverable.pk)


def _delivered(deliverable: Deliverable) -> tuple[Deal, Deliverable]:
    row, item = _held(deliverable)
    DEAL.after(row.state, "accept")
    if item.state != "delivered":
        raise BadDeal(t("该项没有等待验收的交付，可能已由同事处理，请刷新查看",
                        "nothing of this waits to be judged; a colleague may have done it: reload"))
    return row, item


def _whose(row: Deal) -> int:
    return row.buyer_id if row.deliverables.filter(state="delivered").exists() else row.provider_id
