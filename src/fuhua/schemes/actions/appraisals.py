"""Appraisals (测评): opened with every line prefilled, lines stated by the assessor with evidence, concluded by a score and a report."""

from __future__ import annotations

import datetime as dt
from decimal import ROUND_DOWN, Decimal

from django.db import IntegrityError, transaction
from django.urls import reverse

from fuhua.desk.actions import notices
from fuhua.desk.actions.asks import numbered
from fuhua.evidence.actions import papers
from fuhua.evidence.actions.facts import record
from fuhua.evidence.facts import BadFact
from fuhua.evidence.words import CONTEST_REASONS, Grade
from fuhua.kernel import period, urn
from fuhua.kernel.words import t
from fuhua.parties.models import Party
from fuhua.parties.words import CONFLICTS
from fuhua.schemes.actions import agreements
from fuhua.schemes.actions.writing import dispute
from fuhua.schemes.facts import uplifts as facts
from fuhua.schemes.flow import APPRAISAL as FLOW
from fuhua.schemes.kinds import appraising
from fuhua.schemes.kinds.known import SOURCES
from fuhua.schemes.models import Appraisal, AppraisalLine, Uplift
from fuhua.schemes.queries import cultivation, uplift_text
from fuhua.schemes.queries.agreements import bearers
from fuhua.schemes.queries.uplifts import gaps

ASSESSORS = ("expert", "city_officer")
_CENTS = Decimal("0.01")


class BadAppraisal(BadFact):
    """The appraisal cannot be opened, stated or concluded so; ``text`` says how to mend it."""


@transaction.atomic
def open_appraisal(*, incubator: Party, assessor: Party, issuer: Party, by: str, at: dt.datetime) -> Appraisal:
    """Open the first appraisal of an incubator, prefilled with what is on record today. Raises :class:`BadAppraisal`."""
    if incubator.sort != "incubator" or incubator.merged_into_id is not None:
        raise BadAppraisal(t("只测评在册孵化器；已合并的请选合并后的主体",
                             "only incubators are appraised; of merged ones the one that is left"))
    sheet = [(each.code, each.target, each.weight) for each in appraising.LINES]
    return _open(incubator, assessor, issuer, None, "first", sheet, (incubator.pk,), by=by, at=at)


def open_again(*, plan: Uplift, assessor: Party, sort: str, by: str, at: dt.datetime) -> Appraisal:
    """Open another appraisal by the lines, targets and weights of the plan's first one; the assessor is tied to neither side."""
    sheet = [(each.code, each.target, each.weight) for each in plan.first.lines.order_by("place")]
    return _open(plan.incubator, assessor, plan.issuer, plan, sort, sheet, (plan.incubator_id, plan.coach_id), by=by, at=at)


def _open(incubator: Party, assessor: Party, issuer: Party, plan: Uplift | None, sort: str, sheet: list[tuple[str, Decimal, int]],
          sides: tuple[int, ...], *, by: str, at: dt.datetime) -> Appraisal:
    today, version = period.day(at), plan.first.sheet if plan else appraising.SHEET
    if not bearers(*ASSESSORS).filter(pk=assessor.pk).exists():
        raise BadAppraisal(t("测评人须是在任的评审专家或市级主管人员", "the assessor is an expert or a city officer in office"))
    require_untied(assessor, sides, today)
    try:
        with transaction.atomic():
            row = Appraisal.objects.create(
                urn=urn.new("appraisal"), number=numbered("CP", "schemes.appraisal", at),
                incubator=incubator, issuer=issuer, assessor=assessor, uplift=plan, sort=sort, sheet=version, opened_at=at)
    except IntegrityError as wrong:
        raise BadAppraisal(t("该孵化器有测评正在进行，请先办结", "an appraisal of it is under way; conclude that first")) from wrong
    for place, (code, target, weight) in enumerate(sheet, 1):
        _prefill(AppraisalLine(appraisal=row, code=code, place=place, target=target, weight=weight), today)
    notices.turn(about=row.urn, title=title_of(row), url=url_of(row), at=at, to=assessor.pk)
    record(facts.AppraisalOpened(subject=row.urn, incubator=incubator.urn, assessor=assessor.urn, sort=sort), by=by, at=at,
           grade=Grade.SYSTEM, on_behalf=issuer.urn)
    return row


def _prefill(line: AppraisalLine, on: dt.date) -> None:
    """Keep the line with what its source says on the day, in hundredths of the unit, rounded down."""
    source = appraising.BY_CODE[line.code].source
    known = SOURCES[source].read(line.appraisal.incubator.urn, on) if source else None
    if known is not None:
        line.value = Decimal(str(known.value)).quantize(_CENTS, rounding=ROUND_DOWN)
        line.grade, line.day, line.digest = int(known.grade), known.day, known.digest
    line.save()


def require_untied(person: Party, sides: tuple[int, ...], on: dt.date) -> None:
    """Raise :class:`BadAppraisal` when a tie leads from the person to one of the sides (ids): who judges is independent of both."""
    found = cultivation.tied(person.pk, sides, on)
    if found is not None:
        raise BadAppraisal(t("该人与被测评方或辅导方有利益关系（{why}），请另选独立人员",
                             "they are tied to one of the sides ({why}); choose somebody independent").format(why=CONFLICTS[found.why]))


@transaction.atomic
def state_line(*, appraisal: Appraisal, code: str, own: Decimal, evidence: str, by: str, at: dt.datetime, reason: str = "",
               note: str = "") -> AppraisalLine:
    """The assessor's own value of a line with the digest of its evidence; against what is on record with a coded reason. Both stay."""
    row = held(appraisal)
    row.state = FLOW.after(row.state, "state")
    line = AppraisalLine.objects.select_for_update().filter(appraisal=row, code=code).first()
    if line is None:
        raise BadAppraisal(t("测评表没有这一项", "the sheet has no such line"))
    if line.value is not None and reason not in CONTEST_REASONS:
        raise BadAppraisal(t("与预填数不同须选择异议原因", "choose why you contest what is on record"))
    if not evidence or own < 0:
        raise BadAppraisal(t("请填写不小于零的数值并附证据", "give a value of nought or more, and evidence of it"))
    line.own, line.evidence, line.note = own, evidence, note.strip()[:500]
    line.reason = reason if line.value is not None else ""
    line.save()
    if line.digest:
        dispute({"digest": line.digest}, line.reason, by=by, at=at)
    record(facts.AppraisalLineStated(subject=row.urn, line=code, hundredths=int(own * 100), reason=line.reason), by=by, at=at,
           grade=Grade.REGISTRY, on_behalf=row.issuer.urn, documents=[evidence])
    return line


@transaction.atomic
def conclude(*, appraisal: Appraisal, by: str, at: dt.datetime, text: str = "") -> Appraisal:
    """Score the lines as they stand, print the report and tell the incubator; an assessor who was tied since is refused."""
    row = held(appraisal)
    row.state = FLOW.after(row.state, "conclude")
    sides = (row.incubator_id,) if row.uplift is None else (row.incubator_id, row.uplift.coach_id)
    require_untied(row.assessor, sides, period.day(at))
    lines = list(row.lines.order_by("place"))
    row.score = appraising.score((each.counted, each.target, each.weight) for each in lines)
    row.text, row.concluded_at = text.strip()[:2_000], at
    row.document = papers.kept(papers.pdf_of("schemes/uplift.typ", uplift_text.report(row, at), at=at), by=by, at=at)
    row.save()
    notices.settle(about=row.urn, at=at)
    for side in (row.incubator_id, row.issuer_id):
        notices.news(about=row.urn, title=title_of(row), url=url_of(row), at=at, to=side)
    record(facts.AppraisalConcluded(subject=row.urn, incubator=row.incubator.urn, score=row.score, gaps=len(gaps(row))), by=by, at=at,
           grade=Grade.SYSTEM, on_behalf=row.issuer.urn, documents=[row.document])
    return row


@transaction.atomic
def drop(*, appraisal: Appraisal, by: str, at: dt.datetime) -> Appraisal:
    """Give an open appraisal up, so that somebody else can be asked."""
    row = held(appraisal)
    row.state = FLOW.after(row.state, "drop")
    row.save(update_fields=["state"])
    notices.settle(about=row.urn, at=at)
    record(facts.AppraisalDropped(subject=row.urn), by=by, at=at, grade=Grade.SYSTEM, on_behalf=row.issuer.urn)
    return row


@transaction.atomic
def enter_reserve(*, appraisal: Appraisal, by: str, at: dt.datetime) -> str:
    """Enter an incubator without a tier into the reserve (入库) by its first appraisal, whose report is the document; the fact's digest."""
    row = held(appraisal)
    Party.objects.select_for_update().get(pk=row.incubator_id)  # two who press at once: the second finds the tier
    if row.state != "concluded":
        raise BadAppraisal(t("测评出结论后才能入库", "it enters the reserve once the appraisal is concluded"))
    if cultivation.tier_of(row.incubator, period.day(at)) is not None:
        raise BadAppraisal(t("该孵化器已有梯次，升降级按任务书评估办理",
                             "it has a tier already; that is moved by the assessment of its agreement"))
    said = t("{name}：入库", "{name}: entered in the reserve").format(name=title_of(row))
    notices.news(about=row.urn, title=said, url=url_of(row), at=at, to=row.incubator_id)
    return agreements.set_tier(subject=row.incubator.urn, tier="reserve", district=row.incubator.district, by=by, at=at,
                               grade=Grade.SYSTEM, documents=[row.document], on_behalf=row.issuer.urn)


def held(appraisal: Appraisal) -> Appraisal:
    """The appraisal as it is now, locked until the transaction ends."""
    rows = Appraisal.objects.select_for_update(of=("self",))
    return rows.select_related("incubator", "issuer", "assessor", "uplift__coach", "uplift__first").get(pk=appraisal.pk)


def title_of(row: Appraisal) -> str:
    """What notices call it."""
    return f"{row.number} {row.incubator.name}"


def url_of(row: Appraisal) -> str:
    """The page of an appraisal."""
    return reverse("schemes:appraisal", kwargs={"pk": row.pk})
