"""Yearly assessment and dynamic adjustment (动态调整): prefilled from facts, warned after two missed quarters, heard before demotion."""

from __future__ import annotations

import datetime as dt

from django.db import IntegrityError, transaction

from fuhua.desk.actions import clocks, notices
from fuhua.desk.models import Notice
from fuhua.evidence.facts import BadFact
from fuhua.evidence.words import Grade
from fuhua.kernel import chores, period
from fuhua.kernel.ui import formats
from fuhua.kernel.words import t
from fuhua.schemes.actions import agreements, task_papers
from fuhua.schemes.actions.agreements import held, is_benchmark, require_in_force, tell, title_of, url_of
from fuhua.schemes.facts import money as facts
from fuhua.schemes.flow import ASSESSMENT
from fuhua.schemes.models import Agreement, Assessment
from fuhua.schemes.queries.progress import missed_quarters, progress, tier_of
from fuhua.schemes.words import ASSESSED, TIERS

HEARING = "hearing"
WARNED_AFTER = 2  # quarters missed in a row
NOTICE_DAYS = 5  # working days between calling a hearing and the day of it
_RANKS = ("reserve", "cultivation", "leading")


class BadAssessment(BadFact):
    """The assessment cannot be made or decided so; ``text`` says how to mend it."""


@transaction.atomic
def warn_missed(*, at: dt.datetime) -> int:
    """Warn whoever has missed two quarters or more in a row, once a quarter, in the issuer's name; returns how many were warned."""
    rows = Agreement.objects.select_related("party", "issuer", "application__call").filter(state="signed").order_by("pk")
    return chores.each(rows, lambda row: _warn(row, at))


def _warn(row: Agreement, at: dt.datetime) -> bool:
    """Warn of one project, unless the quarter was warned of."""
    today = period.day(at)
    missed = missed_quarters(row, list(row.milestones.exclude(state="dropped")), today)
    last = max((each for each in period.quarter_ends(period.day(row.signed_at), today) if each <= today), default=None)
    if last is None or missed < WARNED_AFTER:
        return False
    about = f"{row.urn}.{period.quarter_name(last)}"
    if Notice.objects.filter(about=about).exists():
        return False
    said = t("{name}：连续 {n} 个季度未达进度", "{name}: behind for {n} quarters in a row").format(name=title_of(row), n=missed)
    for side in (row.party_id, row.issuer_id):
        notices.news(about=about, title=said, url=url_of(row), at=at, to=side)
    tell(facts.TaskWarned(subject=row.urn, quarter=last, missed=missed), by=row.issuer.urn, at=at, behalf=row.issuer)
    return True


@transaction.atomic
def begin(*, agreement: Agreement, year: int, by: str, at: dt.datetime) -> Assessment:  # noqa: ARG001
    """Open the assessment of a year, prefilled with what facts say by now; it is told when it is decided."""
    row = held(agreement)
    require_in_force(row)
    found = progress(row, period.day(at))
    try:
        with transaction.atomic():
            made = Assessment.objects.create(agreement=row, year=year, lines=found.lines, missed=found.missed, share=found.share,
                                             tier=tier_of(row, period.day(at)), opened_at=at)
    except IntegrityError as wrong:
        raise BadAssessment(t("该年度已有评估", "that year is assessed already")) from wrong
    notices.news(about=row.urn, title=title_of(row), url=url_of(row), at=at, to=row.party_id)
    return made


@transaction.atomic
def call_hearing(*, assessment: Assessment, day: dt.date, by: str, at: dt.datetime) -> Assessment:  # noqa: ARG001
    """Before it is lowered the party is heard, on a day at least five working days ahead."""
    row, one = _locked(assessment)
    require_in_force(row)
    one.state = ASSESSMENT.after(one.state, "hear")
    if day < period.add_working_days(period.day(at), NOTICE_DAYS):
        raise BadAssessment(t("听证须提前 {n} 个工作日通知", "a hearing is called {n} working days ahead").format(n=NOTICE_DAYS))
    one.hearing = day
    one.save(update_fields=["state", "hearing"])
    clocks.start(about=row.urn, name=HEARING, title=title_of(row), url=url_of(row), due=day, at=at, to=row.issuer_id,
                 answers_for=row.issuer_id)
    said = t("{name}：{day}听证", "{name}: hearing on {day}").format(name=title_of(row), day=formats.day(day))
    notices.part(about=row.urn, title=said, url=url_of(row), at=at, to=row.party_id, statutory=True)
    return one


@transaction.atomic
def decide(*, assessment: Assessment, result: str, text: str, by: str, at: dt.datetime, heard: str = "") -> Assessment:
    """Keep, warn, raise or lower by one tier; lowered only after two missed quarters and a hearing. Raises :class:`BadAssessment`."""
    row, one = _locked(assessment)
    require_in_force(row)
    one.state = ASSESSMENT.after(one.state, "decide")
    if result not in ASSESSED or not text.strip():
        raise BadAssessment(t("请选择评估结论并说明理由", "choose the result and say why"))
    today = period.day(at)
    if result == "lowered" and (one.missed < WARNED_AFTER or one.hearing is None or one.hearing > today or not heard.strip()):
        raise BadAssessment(t("降级须连续两个季度未达进度，并在听证之后作出，附听证意见",
                              "it is lowered only after two missed quarters and a hearing, with what was said there"))
    if result in ("raised", "lowered"):
        one.tier = _moved(row, result, today)
    one.result, one.text, one.heard, one.decided_at = result, text.strip(), heard.strip(), at
    paper = task_papers.issue(
        agreement=row, sort="assessment", about=str(one.year), issuer=row.issuer, by=by, at=at, paragraphs=[one.text],
        rows=[("年度", str(one.year)), ("完成率", formats.percent(one.share / 1_000_000).zh), ("连续未达进度", f"{one.missed} 个季度"),
              ("结论", ASSESSED[result].zh), ("梯次", TIERS[one.tier].zh if one.tier else "—"),
              *([("听证", f"{formats.day(one.hearing).zh}　{one.heard}")] if one.hearing else [])])
    one.document = paper.document
    one.save()
    clocks.stop(about=row.urn, name=HEARING, at=at)
    notices.settle(about=row.urn, at=at)
    care = task_papers.keep_care(agreement=row, moment=f"assessment {one.year} {result}", by=by, at=at)
    tell(facts.TaskAssessed(subject=row.urn, year=one.year, missed=one.missed, share=one.share, result=result), by=by, at=at,
         behalf=row.issuer, documents=[one.document, care])
    if result in ("raised", "lowered"):
        agreements.set_tier(subject=row.party.urn, tier=one.tier, edition=row.application.call.edition, district=row.party.district, by=by,
                            at=at, grade=Grade.SYSTEM, documents=[one.document], on_behalf=row.issuer.urn)
    notices.news(about=row.urn, title=title_of(row), url=url_of(row), at=at, to=row.party_id)
    return one


def _moved(row: Agreement, result: str, on: dt.date) -> str:
    """One tier up or down from the one in force."""
    tier = tier_of(row, on)
    rank = _RANKS.index(tier) + (1 if result == "raised" else -1) if is_benchmark(row) and tier in _RANKS else -1
    if not 0 <= rank < len(_RANKS):
        raise BadAssessment(t("没有可调整的梯次", "there is no tier to move to"))
    return _RANKS[rank]


def _locked(assessment: Assessment) -> tuple[Agreement, Assessment]:
    row = held(assessment.agreement)
    return row, Assessment.objects.select_for_update().get(pk=assessment.pk)
