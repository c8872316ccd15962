"""Money that has to come back: a numbered notice, a clock, and the bank's reference when it came."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from fuhua.capital.actions import stakes
from fuhua.desk.actions import clocks, notices
from fuhua.evidence.words import Grade
from fuhua.kernel import period
from fuhua.kernel.money import capitals
from fuhua.kernel.ui import formats
from fuhua.kernel.words import t
from fuhua.schemes.actions import task_papers
from fuhua.schemes.actions.agreements import tell, url_of
from fuhua.schemes.actions.tranches import BadTranche, fresh_reference, labelled, locked, quiet, save_once, titled, urn_of
from fuhua.schemes.facts import money as facts
from fuhua.schemes.flow import TRANCHE
from fuhua.schemes.models import Tranche
from fuhua.schemes.words import LEVELS, RECOVERY_REASONS, WITHOUT_RECOVERY

RECOVERY = "recovery"
_DAYS = 20  # working days to pay back
_FRAUD = ("misused", "claimed_twice", "false")  # these come back even after an honest end


@transaction.atomic
def recover(*, tranche: Tranche, amount: int, because: str, by: str, at: dt.datetime) -> Tranche:
    """Ask ``amount`` fen of a paid tranche back by a numbered notice, for a coded reason (``words.RECOVERY_REASONS``).

    Raises :class:`BadTranche`: what was spent with due care on something that proved wrong is not recovered.
    """
    row, one = locked(tranche)
    one.state = TRANCHE.after(one.state, "recover")
    if because not in RECOVERY_REASONS:
        raise BadTranche(t("请选择追回原因", "choose why it is recovered"))
    if hasattr(row, "conversion"):
        raise BadTranche(t("资助已转为股权，不再追回；请由持股主体依法处置股权",
                           "the grant has become a share and is not recovered; its holder may deal with the share by law"))
    if row.because in WITHOUT_RECOVERY and because not in _FRAUD:
        raise BadTranche(t("尽职而未成的项目如实结题，不追回资金", "it was closed as an honest failure: the money is not recovered"))
    if not 0 < amount <= (one.owed or 0):
        raise BadTranche(t("追回金额应大于零且不超过已拨金额", "more than nothing, and at most what was paid"))
    due = period.add_working_days(period.day(at), _DAYS)
    one.reclaimed, one.because = amount, because
    one.save()
    paper = task_papers.issue(
        agreement=row, sort="recovery", about=labelled(one), issuer=one.payer, by=by, at=at,
        rows=[("期次", f"{LEVELS[one.level].zh}第 {one.number} 期"),
              ("原拨款", f"{formats.yuan(one.owed).zh}，{formats.day(one.paid_on).zh}"),
              ("原流水号", one.reference or ""), ("追回原因", RECOVERY_REASONS[because].zh),
              ("追回金额", f"{formats.yuan(amount).zh}（大写：{capitals(amount)}）"), ("退回期限", formats.day(due).zh)],
        paragraphs=["请于上列期限前将追回金额退回原拨款单位账户，并在平台登记银行流水号。",
                    "对本通知有异议的，可在收到之日起 10 个工作日内书面提出。"])
    clocks.start(about=urn_of(one), name=RECOVERY, title=titled(row, one), url=url_of(row), due=due, at=at, to=row.party_id,
                 answers_for=row.party_id)
    notices.turn(about=urn_of(one), title=titled(row, one), url=url_of(row), at=at, to=row.party_id)
    tell(facts.RecoveryAsked(subject=row.urn, level=one.level, number=one.number, amount=amount, because=because), by=by, at=at,
         behalf=one.payer, documents=[paper.document])
    return one


@transaction.atomic
def pay_back(*, tranche: Tranche, reference: str, returned_on: dt.date, by: str, at: dt.datetime) -> Tranche:
    """The payer confirms that what was asked back came, whole, under the bank's ``reference``."""
    row, one = locked(tranche)
    one.state = TRANCHE.after(one.state, "pay_back")
    if returned_on > period.day(at) or (one.paid_on and returned_on < one.paid_on):
        raise BadTranche(t("退回日期应在拨款之后、不晚于今天", "it came back after it was paid, and not ahead of today"))
    one.return_reference, one.returned_on, one.returned = fresh_reference(reference), returned_on, one.reclaimed or 0
    save_once(one)
    quiet(one, RECOVERY, at)
    tell(facts.TrancheReturned(subject=row.urn, level=one.level, number=one.number, amount=one.returned), by=by, at=at,
         behalf=one.payer)
    stakes.take_back(subject=one.payer.urn, task=row.urn, amount=one.returned, by=by, at=at, on=returned_on, grade=Grade.SYSTEM,
                     on_behalf=one.payer.urn)
    return one
