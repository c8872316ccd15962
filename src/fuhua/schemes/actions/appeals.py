"""Appeals (申诉) of who was warned or lowered: raised within ten working days, decided by a second, independent person, by a paper."""

from __future__ import annotations

import datetime as dt

from django.db import IntegrityError, transaction
from django.urls import reverse

from fuhua.desk.actions import clocks, notices
from fuhua.desk.actions.asks import numbered
from fuhua.evidence.actions import papers
from fuhua.evidence.actions.facts import record
from fuhua.evidence.facts import BadFact
from fuhua.evidence.words import Grade
from fuhua.kernel import period, urn
from fuhua.kernel.ui import formats
from fuhua.kernel.words import t
from fuhua.parties.models import Party
from fuhua.schemes.actions import agreements, appraisals, measuring
from fuhua.schemes.actions.uplift_plans import held as held_plan
from fuhua.schemes.facts import uplifts as facts
from fuhua.schemes.flow import APPEAL as FLOW
from fuhua.schemes.models import Appeal, Appraisal, Assessment, UpliftWarning
from fuhua.schemes.queries import uplift_text
from fuhua.schemes.queries.agreements import bearers
from fuhua.schemes.queries.uplifts import APPEAL_DAYS, appeal_until
from fuhua.schemes.words import APPEAL_STATES, ASSESSED, TIERS, WARNING_SORTS

ANSWER = "answer"  # the clock of an appeal
ANSWER_DAYS = 20  # working days for the review; no public text gives one, so it is the product's default
RANKS = ("reserve", "cultivation", "leading")
_LONG = 4_000


class BadAppeal(BadFact):
    """The appeal cannot be raised, reviewed or decided so; ``text`` says how to mend it."""


@transaction.atomic
def against_warning(*, warning: UpliftWarning, text: str, by: str, at: dt.datetime) -> Appeal:
    """The coached incubator appeals against a warning, once; raises :class:`BadAppeal` after the tenth working day."""
    row = UpliftWarning.objects.select_for_update(of=("self",)).select_related("uplift__incubator", "uplift__issuer").get(pk=warning.pk)
    plan = row.uplift
    return _raise(text, plan.incubator, plan.issuer, plan.urn, row.at, by=by, at=at, warning=row)


@transaction.atomic
def against_assessment(*, assessment: Assessment, text: str, by: str, at: dt.datetime) -> Appeal:
    """Whoever was warned or lowered by the assessment of an agreement appeals against it, once and within the same days."""
    row = Assessment.objects.select_for_update(of=("self",)).select_related("agreement__party", "agreement__issuer").get(pk=assessment.pk)
    if row.decided_at is None or row.result not in ("warned", "lowered"):
        raise BadAppeal(t("只能对预警或降级的评估结论申诉", "an appeal is against a warning or a lower tier"))
    task = row.agreement
    return _raise(text, task.party, task.issuer, task.urn, row.decided_at, by=by, at=at, assessment=row)


def _raise(text: str, party: Party, issuer: Party, thing: str, told: dt.datetime, *, by: str, at: dt.datetime, **against: object) -> Appeal:
    last, today = appeal_until(told), period.day(at)
    if today > last:
        raise BadAppeal(t("申诉须在告知后 {n} 个工作日内提出：{told} 告知，截至 {last}，今天是 {today}，已经逾期",
                          "an appeal is raised within {n} working days: told on {told}, the last day was {last}, today is {today}")
                        .format(n=APPEAL_DAYS, told=formats.day(told), last=formats.day(last), today=formats.day(today)))
    if not text.strip() or len(text) > _LONG:
        raise BadAppeal(t("请写明申诉的事实和理由（最多 4000 字）", "say what is wrong and why (4,000 characters at most)"))
    try:
        with transaction.atomic():
            row = Appeal.objects.create(
                urn=urn.new("appeal"), number=numbered("SS", "schemes.appeal", at), party=party,
                text=text.strip(), raised_at=at, **against)
    except IntegrityError as wrong:
        raise BadAppeal(t("已对此提出过申诉", "it was appealed against already")) from wrong
    clocks.start(about=row.urn, name=ANSWER, title=title_of(row), url=url_of(row), at=at, due=period.add_working_days(today, ANSWER_DAYS),
                 to=issuer.pk, office="city_officer", answers_for=issuer.pk, statutory=True)
    notices.turn(about=row.urn, title=title_of(row), url=url_of(row), at=at, to=issuer.pk, office="city_officer", statutory=True)
    record(facts.UpliftAppealed(subject=row.urn, party=party.urn, thing=thing), by=by, at=at, grade=Grade.DECLARED, on_behalf=party.urn)
    return row


@transaction.atomic
def name_reviewer(*, appeal: Appeal, person: Party, by: str, at: dt.datetime) -> Appeal:
    """Name who reviews it: in office, tied to neither side, and not who appraised, verified or decided before.

    Against a measurement a second one is opened for the reviewer. Raises :class:`BadAppeal`, ``BadAppraisal`` for who is tied.
    """
    row = held(appeal)
    row.state = FLOW.after(row.state, "name")
    if not bearers(*appraisals.ASSESSORS).filter(pk=person.pk).exists():
        raise BadAppeal(t("复核人须是在任的评审专家或市级主管人员", "the reviewer is an expert or a city officer in office"))
    if person.pk in _judged_before(row):
        raise BadAppeal(t("复核人不能是原测评人、考核人或管家", "the reviewer is not who appraised, verified or served it before"))
    appraisals.require_untied(person, tuple(each for each in _sides(row) if each), period.day(at))
    row.reviewer = person
    if row.warning and row.warning.sort == "no_gain":
        plan = held_plan(row.warning.uplift)
        row.appraisal = appraisals.open_again(plan=plan, assessor=person, sort="appeal", by=by, at=at)
    row.save(update_fields=["state", "reviewer", "appraisal"])
    notices.turn(about=row.urn, title=title_of(row), url=url_of(row), at=at, to=person.pk, statutory=True)
    record(facts.AppealReviewerNamed(subject=row.urn, person=person.urn), by=by, at=at, grade=Grade.SYSTEM, on_behalf=issuer_of(row).urn)
    return row


def _judged_before(row: Appeal) -> set[int | None]:
    if row.assessment:
        return {row.assessment.agreement.verifier_id, row.assessment.agreement.steward_id}
    plan = row.warning.uplift
    judged = plan.appraisals.filter(state="concluded").values_list("assessor", flat=True)
    return {*judged, plan.coach_person_id, plan.coached_person_id}


def _sides(row: Appeal) -> tuple[int | None, ...]:
    return (row.party_id,) if row.assessment else (row.party_id, row.warning.uplift.coach_id)


@transaction.atomic
def decide(*, appeal: Appeal, upheld: bool, text: str, by: str, at: dt.datetime) -> Appeal:
    """The reviewer upholds or dismisses it with reasons; an upheld one against a lower tier gives the former tier back."""
    row = held(appeal)
    if row.appraisal_id is not None:
        raise BadAppeal(t("对测评的申诉以复评结论为准，请完成复评", "this one is decided by the second appraisal; conclude that"))
    return _decided(row, upheld=upheld, text=text, by=by, at=at)


@transaction.atomic
def conclude_appraisal(*, appraisal: Appraisal, by: str, at: dt.datetime, text: str = "") -> Appraisal:
    """Conclude the second appraisal of an appeal: a gain upholds it and is told as the plan's measurement, anything else dismisses it."""
    row = held(appraisal.appeal)
    plan = held_plan(appraisal.uplift)
    done = appraisals.conclude(appraisal=appraisal, by=by, at=at, text=text)
    upheld = (done.score or 0) > (plan.first.score or 0)
    if upheld:
        measuring.measured(plan, done, by=by, at=at)
    before, after = uplift_text.percent(plan.first.score or 0), uplift_text.percent(done.score or 0)
    said = f"复评报告 {done.number}：总分 {after}，诊断测评总分 {before}。"
    _decided(row, upheld=upheld, text=said, by=by, at=at)
    return done


def _decided(row: Appeal, *, upheld: bool, text: str, by: str, at: dt.datetime) -> Appeal:
    row.state = FLOW.after(row.state, "uphold" if upheld else "dismiss")
    if not text.strip():
        raise BadAppeal(t("请写明复核意见", "say why"))
    row.answer, row.decided_at = text.strip()[:_LONG], at
    issuer = issuer_of(row)
    rows = [["申诉人", row.party.name], ["申诉事项", about(row)], ["复核人", row.reviewer.name], ["结论", APPEAL_STATES[row.state].zh]]
    said = uplift_text.answer(number=row.number, issuer=issuer.name, rows=rows, text=row.answer, at=at)
    row.document = papers.kept(papers.pdf_of("schemes/uplift.typ", said, at=at), by=by, at=at)
    row.save()
    clocks.stop(about=row.urn, name=ANSWER, at=at)
    notices.settle(about=row.urn, at=at)
    for side in (row.party_id, issuer.pk):
        notices.news(about=row.urn, title=title_of(row), url=url_of(row), at=at, to=side)
    record(facts.AppealDecided(subject=row.urn, upheld=upheld), by=by, at=at, grade=Grade.SYSTEM, on_behalf=issuer.urn,
           documents=[row.document])
    if upheld and row.assessment and row.assessment.result == "lowered":
        _give_back(row, row.assessment, by=by, at=at)
    return row


def _give_back(row: Appeal, assessment: Assessment, *, by: str, at: dt.datetime) -> None:
    """The tier from which the assessment lowered it by one."""
    tier = RANKS[RANKS.index(assessment.tier) + 1]
    edition = assessment.agreement.application.call.edition
    agreements.set_tier(subject=row.party.urn, tier=tier, edition=edition, district=row.party.district, by=by, at=at,
                        grade=Grade.SYSTEM, documents=[row.document], on_behalf=issuer_of(row).urn)


def about(row: Appeal) -> str:
    """What it is against, in Chinese, as the paper says it."""
    if row.assessment:
        tier = f"（{TIERS[row.assessment.tier].zh}）" if row.assessment.tier else ""
        return f"{row.assessment.agreement} {row.assessment.year} 年度评估：{ASSESSED[row.assessment.result].zh}{tier}"
    return f"{row.warning.uplift.number}：{WARNING_SORTS[row.warning.sort].zh}"


def issuer_of(row: Appeal) -> Party:
    """The agency that warned or lowered."""
    issuer: Party = row.assessment.agreement.issuer if row.assessment else row.warning.uplift.issuer
    return issuer


def held(appeal: Appeal) -> Appeal:
    """The appeal as it is now, locked until the transaction ends."""
    rows = Appeal.objects.select_for_update(of=("self",)).select_related(
        "party", "reviewer", "warning__uplift__issuer", "warning__uplift__first", "assessment__agreement__issuer",
        "assessment__agreement__application__call")
    return rows.get(pk=appeal.pk)


def title_of(row: Appeal) -> str:
    """What notices and clocks call it."""
    return f"{row.number} {row.party.name}"


def url_of(row: Appeal) -> str:
    """The page of an appeal."""
    return reverse("schemes:appeal", kwargs={"pk": row.pk})
