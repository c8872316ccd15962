"""Grant to equity: record that what was paid became a share of the venture, by the rule that both signed."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

from django.db import IntegrityError, transaction

from fuhua.desk.actions import notices
from fuhua.evidence.facts import BadFact
from fuhua.kernel import period
from fuhua.kernel.ui import formats
from fuhua.kernel.words import t
from fuhua.parties.models import Party
from fuhua.schemes.actions import task_papers
from fuhua.schemes.actions.agreements import held, tell, title_of, url_of
from fuhua.schemes.facts import money as facts
from fuhua.schemes.kinds.conversion import BASES, BadRule, Preview, preview, rule_of
from fuhua.schemes.models import Agreement, Conversion
from fuhua.schemes.queries.money import paid_to


class BadConversion(BadFact):
    """The grant cannot be converted so; ``text`` says how to mend it."""


@transaction.atomic
def record_conversion(
    *, agreement: Agreement, venture: Party, by: str, at: dt.datetime, pre_money: int | None = None, appraisal: str = "",
) -> Conversion:
    """Record the conversion of everything that was paid; ``pre_money`` fen is the valuation found, ``appraisal`` the document of it.

    Raises :class:`BadConversion`: without a rule in the agreement, before anything was paid, twice, or after a failure.
    """
    row = held(agreement)
    if row.state not in ("signed", "finished"):
        raise BadConversion(t("任务书已终止或未生效，不能转股", "the agreement ended or is not in force: nothing converts"))
    rule = rule_of(row.terms)
    if rule is None:
        raise BadConversion(t("任务书没有约定转股规则", "the agreement states no conversion rule"))
    if rule.basis == "appraised" and not appraisal:
        raise BadConversion(t("按评估价转股须附评估备案文件", "an appraised price needs the appraisal on record"))
    if row.tranches.filter(state="recovering").exists():
        raise BadConversion(t("有资金正在追回，请先办结", "money is being recovered; settle that first"))
    try:
        found = preview(rule, paid_to(row), pre_money=pre_money)
    except BadRule as wrong:
        raise BadConversion(wrong.text) from wrong
    holder = Party.objects.get(urn=rule.holder)
    made = _keep(row, holder, venture, found, BASES[rule.basis].zh, by=by, at=at)
    care = task_papers.keep_care(agreement=row, moment="conversion", by=by, at=at)
    tell(facts.GrantConverted(subject=row.urn, venture=venture.urn, holder=holder.urn, amount=found.amount, valuation=made.valuation,
                              numerator=made.numerator, denominator=made.denominator), by=by, at=at, behalf=row.issuer,
         documents=[made.document, appraisal, care])
    notices.news(about=row.urn, title=title_of(row), url=url_of(row), at=at, to=row.party_id)
    return made


def _keep(row: Agreement, holder: Party, venture: Party, found: Preview, basis: str, *, by: str, at: dt.datetime) -> Conversion:
    share = found.share
    paper = task_papers.issue(
        agreement=row, sort="conversion", about="agreement", issuer=row.issuer, by=by, at=at, paragraphs=[],
        rows=[("转股企业", venture.name), ("持股主体", holder.name), ("价格依据", basis), ("计价估值", _yuan(found.valuation)),
              ("已拨资助", formats.yuan(found.amount).zh),
              ("持股比例", f"{share.numerator}/{share.denominator}（{formats.percent(share, 4).zh}）")])
    try:
        with transaction.atomic():
            return Conversion.objects.create(
                agreement=row, holder=holder, venture=venture, amount=found.amount, valuation=int(found.valuation),
                numerator=str(share.numerator), denominator=str(share.denominator), day=period.day(at), document=paper.document, at=at)
    except IntegrityError as wrong:
        raise BadConversion(t("该资助已经转股", "the grant has been converted already")) from wrong


def _yuan(valuation: Fraction) -> str:
    return formats.yuan(int(valuation)).zh
