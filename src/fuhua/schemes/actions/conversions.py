"""Grant to equity: record that what was paid became a share of the company, by the rule that both signed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from django.db import IntegrityError, transaction

from fuhua.capital.actions import stakes
from fuhua.desk.actions import notices
from fuhua.evidence.facts import BadFact
from fuhua.evidence.words import Grade
from fuhua.kernel import period
from fuhua.kernel.ui import formats
from fuhua.kernel.words import t
from fuhua.parties.models import Party
from fuhua.schemes.actions import task_papers
from fuhua.schemes.actions.agreements import held, tell, title_of, url_of
from fuhua.schemes.facts import money as facts
from fuhua.schemes.kinds.conversion import BASES, BadRule, ConversionRule, Preview, cap_table, preview, rule_of
from fuhua.schemes.models import Agreement, Conversion
from fuhua.schemes.queries.money import paid_to
from fuhua.schemes.queries.proofs import company_of
from fuhua.schemes.words import COMPANY, TEST


class BadConversion(BadFact):
    """The grant cannot be converted so; ``text`` says how to mend it."""


@dataclass(frozen=True)
class Appraisal:
    """What an appraisal found (fen), the number under which it is on record (评估备案编号), and its document by digest."""

    value: int
    filing: str
    document: str


@transaction.atomic
def record_conversion(
    *, agreement: Agreement, by: str, at: dt.datetime, pre_money: int | None = None, appraisal: Appraisal | None = None,
    holders: Mapping[str, int] | None = None,
) -> Conversion:
    """Record the conversion of everything that was paid into shares of the company that the agreement knows.

    ``pre_money`` fen is the valuation of the next round; by an appraised price the appraisal says it. ``holders`` are the shareholders
    before, with their shares: the notice prints both cap tables, in exact fractions.

    Raises :class:`BadConversion`: without a rule in the agreement, before its test passed, its company is judged and all is paid, twice,
    after a failure or a recovery, and without an appraisal on record for an appraised price or a holder that is state capital.
    """
    row = held(agreement)
    rule, venture = _require(row)
    if appraisal is not None and (appraisal.value <= 0 or not appraisal.filing.strip() or not appraisal.document):
        raise BadConversion(t("请填写评估值、评估备案编号并上传备案文件",
                              "give the appraised value, its number on record, and its document"))
    if appraisal is None and (rule.basis == "appraised" or rule.state):
        raise BadConversion(t("按评估价转股或由国有资本持股的，须附评估备案：评估值、备案编号和文件（国务院国资委令第12号）",
                              "an appraised price, or state capital as the holder, needs the appraisal on record: its value, number and "
                              "document (Order 12 of the state assets commission)"))
    try:
        found = preview(rule, paid_to(row), pre_money=appraisal.value if appraisal and rule.basis == "appraised" else pre_money)
    except BadRule as wrong:
        raise BadConversion(wrong.text) from wrong
    holder = Party.objects.get(urn=rule.holder)
    made = _keep(row, holder, venture, found, rule, appraisal, dict(holders or {}), by=by, at=at)
    care = task_papers.keep_care(agreement=row, moment="conversion", by=by, at=at)
    documents = [made.document, made.appraisal, care]
    tell(facts.GrantConverted(subject=row.urn, venture=venture.urn, holder=holder.urn, amount=found.amount, valuation=made.valuation,
                              numerator=made.numerator, denominator=made.denominator), by=by, at=at, behalf=row.issuer, documents=documents)
    stakes.take(subject=holder.urn, venture=venture.urn, amount=found.amount, numerator=made.numerator, denominator=made.denominator,
                task=row.urn, by=by, at=at, grade=Grade.SYSTEM, documents=[made.document], on_behalf=row.issuer.urn)
    for party in {row.party_id, venture.pk}:
        notices.news(about=row.urn, title=title_of(row), url=url_of(row), at=at, to=party)
    return made


def _require(row: Agreement) -> tuple[ConversionRule, Party]:
    """The rule and the company, once nothing stands against converting."""
    if row.state not in ("signed", "finished"):
        raise BadConversion(t("任务书已终止或未生效，不能转股", "the agreement ended or is not in force: nothing converts"))
    rule, venture = rule_of(row.terms), company_of(row)
    if rule is None:
        raise BadConversion(t("任务书没有约定转股规则", "the agreement states no conversion rule"))
    if venture is None or row.milestones.filter(role__in=[TEST, COMPANY]).exclude(state="passed").exists():
        raise BadConversion(t("验证通过、承接企业登记并经考核认定后才能转股",
                              "it converts once the test has passed, and the company is named and judged"))
    if hasattr(row, "conversion"):
        raise BadConversion(t("该资助已经转股", "the grant has been converted already"))
    if row.tranches.filter(state__in=["recovering", "recovered"]).exists():
        raise BadConversion(t("有资金正在追回或已追回，不能转股", "money is being recovered or was: nothing converts"))
    if row.tranches.filter(state__in=["planned", "due"]).exists():
        raise BadConversion(t("尚有资金未拨付：全部拨付或不再拨付后，一次转股",
                              "money is still to be paid: all of it converts at once, after that"))
    return rule, venture


def _keep(row: Agreement, holder: Party, venture: Party, found: Preview, rule: ConversionRule, appraisal: Appraisal | None,
          holders: dict[str, int], *, by: str, at: dt.datetime) -> Conversion:
    share = found.share
    rows = [("转股企业", venture.name), ("持股主体", holder.name), ("价格依据", BASES[rule.basis].zh), ("计价估值", _yuan(found.valuation)),
            ("已拨资助", formats.yuan(found.amount).zh), ("持股比例", _share(share))]
    if appraisal:
        rows.append(("评估备案", f"{formats.yuan(appraisal.value).zh}，备案编号 {appraisal.filing.strip()}"))
    if holders:
        rows += [(f"股东：{each.name}", f"{_share(each.before)} → {_share(each.after)}") for each in cap_table(holders, holder.name, found)]
    paper = task_papers.issue(agreement=row, sort="conversion", about="agreement", issuer=row.issuer, by=by, at=at, paragraphs=[],
                              rows=rows)
    known = {"appraised": appraisal.value, "filing": appraisal.filing.strip()[:60], "appraisal": appraisal.document} if appraisal else {}
    try:
        with transaction.atomic():
            return Conversion.objects.create(
                agreement=row, holder=holder, venture=venture, amount=found.amount, valuation=int(found.valuation),
                numerator=str(share.numerator), denominator=str(share.denominator), day=period.day(at), document=paper.document, at=at,
                **known)
    except IntegrityError as wrong:
        raise BadConversion(t("该资助已经转股", "the grant has been converted already")) from wrong


def _share(part: Fraction) -> str:
    return f"{part.numerator}/{part.denominator}（{formats.percent(part, 4).zh}）"


def _yuan(valuation: Fraction) -> str:
    return formats.yuan(int(valuation)).zh
