"""Public money in tranches: due, paid through the payer's bank, withheld; the platform holds no money and pays nothing twice."""

from __future__ import annotations

import datetime as dt

from django.db import IntegrityError, transaction

from fuhua.desk.actions import clocks, notices
from fuhua.evidence.facts import BadFact
from fuhua.kernel import chores, period
from fuhua.kernel.money import capitals, reference_of
from fuhua.kernel.ui import formats
from fuhua.kernel.urn import identity_of, of
from fuhua.kernel.words import Text, t
from fuhua.schemes.actions import task_papers
from fuhua.schemes.actions.agreements import held, require_in_force, tell, title_of, url_of
from fuhua.schemes.facts import money as facts
from fuhua.schemes.flow import TRANCHE
from fuhua.schemes.models import Agreement, Tranche
from fuhua.schemes.queries.rounds import clocks_of
from fuhua.schemes.words import LEVELS, WITHHELD_REASONS

PAYMENT = "payment"
AHEAD = dt.timedelta(days=60)  # how long before the budget year ends a payer is warned


class BadTranche(BadFact):
    """The tranche cannot be paid or moved so; ``text`` says how to mend it."""


def fall_due(row: Agreement, tranche: Tranche, owed: int, *, by: str, at: dt.datetime) -> None:
    """What it waited for has come: ``owed`` fen are to be paid, and the payer's days run; nothing owed is withheld."""
    if not owed:
        withhold_one(row, tranche, "nothing", by=by, at=at)
        return
    due = period.day(at) + dt.timedelta(days=clocks_of(row.application.call).pay)
    tranche.state, tranche.owed, tranche.due, tranche.at = TRANCHE.after(tranche.state, "fall_due"), owed, due, at
    tranche.save()
    about, title = urn_of(tranche), titled(row, tranche)
    clocks.start(about=about, name=PAYMENT, title=title, url=url_of(row), due=due, at=at, to=tranche.payer_id, answers_for=tranche.payer_id)
    notices.turn(about=about, title=title, url=url_of(row), at=at, to=tranche.payer_id)
    paper = task_papers.issue(
        agreement=row, sort="request", about=labelled(tranche), issuer=row.issuer, by=by, at=at,
        rows=[("拨款单位", tranche.payer.name), ("期次", f"{LEVELS[tranche.level].zh}第 {tranche.number} 期"),
              ("拨付条件", f"里程碑 {tranche.milestone.number}：{tranche.milestone.title}" if tranche.milestone else "任务书生效"),
              ("计划金额", formats.yuan(tranche.amount).zh), ("应拨金额", f"{formats.yuan(owed).zh}（大写：{capitals(owed)}）"),
              ("拨付期限", formats.day(due).zh)],
        paragraphs=["请按上列金额和期限通过银行拨付至承担单位账户，并在平台登记银行流水号。平台不经手资金。"])
    tell(facts.TrancheFellDue(subject=row.urn, level=tranche.level, number=tranche.number, amount=tranche.amount, owed=owed, due=due),
         by=by, at=at, behalf=row.issuer, documents=[paper.document])


@transaction.atomic
def pay(*, tranche: Tranche, reference: str, paid_on: dt.date, by: str, at: dt.datetime) -> Tranche:
    """The payer tells that its bank paid what is owed, on ``paid_on`` under ``reference``.

    Raises :class:`BadTranche` when the reference stands for another payment or the day cannot be, ``BadAgreement`` after the
    agreement's end, ``WrongState`` when it is not due or was paid.
    """
    row, one = locked(tranche)
    require_in_force(row)
    one.state = TRANCHE.after(one.state, "pay")
    one.reference, one.paid_on = fresh_reference(reference), paid_on
    if paid_on > period.day(at) or paid_on < period.day(row.signed_at):
        raise BadTranche(t("付款日期应在签订之后、不晚于今天", "the day of payment lies after signing and not ahead"))
    save_once(one)
    quiet(one, PAYMENT, at)
    notices.news(about=row.urn, title=titled(row, one), url=url_of(row), at=at, to=row.party_id)
    tell(facts.TranchePaid(subject=row.urn, level=one.level, number=one.number, payer=one.payer.urn, amount=one.owed), by=by, at=at,
         behalf=one.payer)
    return one


@transaction.atomic
def withhold(*, tranche: Tranche, because: str, by: str, at: dt.datetime) -> Tranche:
    """It will not be paid, for a coded reason (``words.WITHHELD_REASONS``)."""
    row, one = locked(tranche)
    if because not in WITHHELD_REASONS:
        raise BadTranche(t("请选择不再拨付的原因", "choose why it is not paid"))
    require_in_force(row)
    withhold_one(row, one, because, by=by, at=at)
    return one


def withhold_one(row: Agreement, one: Tranche, because: str, *, by: str, at: dt.datetime) -> None:
    """Withhold a tranche of a locked agreement; nobody is reminded of it any more."""
    one.state, one.because = TRANCHE.after(one.state, "withhold"), because
    one.save()
    quiet(one, PAYMENT, at)
    tell(facts.TrancheWithheld(subject=row.urn, level=one.level, number=one.number, because=because), by=by, at=at, behalf=row.issuer)


@transaction.atomic
def warn_of_year_end(*, at: dt.datetime) -> int:
    """Warn each payer once a year of what it has to pay before its budget year ends, 60 days ahead; returns how many were warned."""
    today = period.day(at)
    last = dt.date(today.year, 12, 31)
    if today < last - AHEAD:
        return 0
    rows = Tranche.objects.select_for_update(of=("self",)).select_related("agreement__application", "agreement__party", "milestone")
    rows = rows.filter(agreement__state="signed", state__in=["planned", "due"]).exclude(warned=today.year).order_by("pk")
    return chores.each(rows, lambda one: _warn(one, last, at))


def _warn(one: Tranche, last: dt.date, at: dt.datetime) -> bool:
    """Warn the payer of one tranche that falls due by the ``last`` day of the year."""
    if one.state == "planned" and (one.milestone is None or one.milestone.due > last):
        return False
    one.warned = last.year
    one.save(update_fields=["warned"])
    said = t("{year} 预算年度截止前待拨：{name}", "to be paid before the budget year {year} ends: {name}").format(
        year=last.year, name=titled(one.agreement, one))
    notices.news(about=urn_of(one), at=at, to=one.payer_id, url=url_of(one.agreement), title=said)
    return True


def locked(tranche: Tranche) -> tuple[Agreement, Tranche]:
    """The agreement and then its tranche, both held until the transaction ends."""
    row = held(tranche.agreement)
    return row, Tranche.objects.select_for_update(of=("self",)).select_related("payer", "milestone").get(pk=tranche.pk)


def fresh_reference(reference: str) -> str:
    """A bank's reference as it is kept; raises :class:`BadTranche` when it is blank, too long or known already, whatever the level."""
    tidy = reference_of(reference)
    if not tidy or len(tidy) > 64:
        raise BadTranche(t("请填写银行流水号（最多 64 个字符）", "give the bank’s reference (64 characters at most)"))
    if Tranche.objects.filter(reference=tidy).exists() or Tranche.objects.filter(return_reference=tidy).exists():
        raise _taken()
    return tidy


def save_once(one: Tranche) -> None:
    """Save it with a bank's reference; raises :class:`BadTranche` where another has it that was saved at the same moment."""
    try:
        with transaction.atomic():
            one.save()
    except IntegrityError as wrong:
        raise _taken() from wrong


def _taken() -> BadTranche:
    return BadTranche(t("该银行流水号已登记过，请核对；同一笔付款不能登记两次",
                        "this bank reference is on record already; check it: a payment is recorded once"))


def quiet(one: Tranche, name: str, at: dt.datetime) -> None:
    """The clock ``name`` of the tranche stops, and nobody is reminded of it any more."""
    clocks.stop(about=urn_of(one), name=name, at=at)
    notices.settle(about=urn_of(one), at=at)


def urn_of(one: Tranche) -> str:
    """What clocks and notices of a tranche are about."""
    return of("tranche", f"{identity_of(one.agreement.urn)}.{one.level}.{one.number}")


def labelled(one: Tranche) -> str:
    """How papers name it."""
    return f"tranche {one.level} {one.number}"


def titled(row: Agreement, one: Tranche) -> Text:
    """What notices and clocks call it."""
    said = t("{level}第 {n} 期拨款 {title}", "{level} tranche {n}, {title}")
    return said.format(level=LEVELS[one.level], n=one.number, title=title_of(row))
