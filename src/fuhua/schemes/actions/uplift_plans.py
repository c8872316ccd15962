"""Plans of uplift (提升方案): made of gaps, given to owners as tasks, paired with a benchmark incubator, accepted by both."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import IntegrityError, transaction
from django.urls import reverse

from fuhua.desk.actions import clocks, notices
from fuhua.desk.actions.asks import numbered
from fuhua.evidence.actions import papers
from fuhua.evidence.actions.facts import record
from fuhua.evidence.facts import BadFact, Fact
from fuhua.evidence.words import Grade
from fuhua.kernel import period, urn
from fuhua.kernel.words import t
from fuhua.parties.models import Party
from fuhua.schemes.actions import uplifts
from fuhua.schemes.facts import uplifts as facts
from fuhua.schemes.flow import UPLIFT as FLOW
from fuhua.schemes.kinds import reform
from fuhua.schemes.kinds.appraising import BY_CODE
from fuhua.schemes.models import Appraisal, ReformStep, Uplift, UpliftTask
from fuhua.schemes.queries import cultivation, uplift_text
from fuhua.schemes.queries.uplifts import appeal_until, appeals_of, gaps, measured_from, staff
from fuhua.schemes.words import UPLIFT_ENDS

TASK = "task"  # the clock of a task
REASSESS = "reassess"  # the clock of the measurement after twelve months
_MOST = 20  # tasks of a plan


class BadUplift(BadFact):
    """The plan cannot be made, paired, accepted or measured so; ``text`` says how to mend it."""


@transaction.atomic
def draft(*, appraisal: Appraisal, state_owned: bool, by: str, at: dt.datetime) -> Uplift:
    """Begin the plan of an incubator from the gaps of its first appraisal. Raises :class:`BadUplift`."""
    first = Appraisal.objects.select_for_update(of=("self",)).select_related("incubator", "issuer").get(pk=appraisal.pk)
    short = gaps(first)
    if first.state != "concluded" or first.sort != "first" or not short:
        raise BadUplift(t("提升方案依据已出结论且有差距的诊断测评编制", "a plan is made of a concluded first appraisal that shows gaps"))
    _require_no_appeal(first.incubator, at)
    try:
        with transaction.atomic():
            row = Uplift.objects.create(urn=urn.new("uplift"), number=numbered("TS", "schemes.uplift", at), first=first,
                                        incubator=first.incubator, issuer=first.issuer, state_owned=state_owned, drafted_at=at)
    except IntegrityError as wrong:
        raise BadUplift(t("该孵化器已有提升方案在执行，或本次测评已编制方案",
                          "it has a plan that runs, or one was made of this appraisal")) from wrong
    notices.news(about=row.urn, title=title_of(row), url=url_of(row), at=at, to=row.incubator_id)
    tell(row, facts.UpliftDrafted(subject=row.urn, incubator=row.incubator.urn, appraisal=first.urn, gaps=len(short)), by=by, at=at)
    return row


def _require_no_appeal(incubator: Party, at: dt.datetime) -> None:
    """A plan that failed makes room for another once nobody can appeal against that any longer."""
    for plan in Uplift.objects.filter(incubator=incubator, state="failed"):
        running = any(each.state in ("raised", "reviewing") for each in appeals_of(plan))
        warned = plan.warnings.filter(sort="no_gain").order_by("-pk").first()
        if running or (warned and not hasattr(warned, "appeal") and appeal_until(warned.at) >= period.day(at)):
            raise BadUplift(t("上一方案的申诉期未满或申诉未办结，请稍后再编制",
                              "the former plan may still be appealed about; wait until that is over"))


@transaction.atomic
def add_task(*, plan: Uplift, line: str, title: str, owner: Party, due: dt.date, by: str, at: dt.datetime) -> UpliftTask:
    """Make a gap a task of somebody of the incubator, due on a day; it lies on their desk with a clock from now on."""
    row = held(plan)
    row.state = FLOW.after(row.state, "task")
    if line not in {each.code for each in gaps(row.first)} or not title.strip():
        raise BadUplift(t("请选择测评中的差距并写明任务", "choose a gap of the appraisal and say what is to be done"))
    if not staff(row.incubator_id).filter(pk=owner.pk).exists():
        raise BadUplift(t("责任人须是该孵化器在职人员", "the owner works for the incubator"))
    if not period.day(at) < due <= period.add_months(period.day(at), 15):
        raise BadUplift(t("任务期限须在明天至十五个月之内", "a task is due from tomorrow on, within fifteen months"))
    number = row.tasks.count() + 1
    if number > _MOST:
        raise BadUplift(t("任务最多 {n} 项，请合并", "at most {n} tasks; put some together").format(n=_MOST))
    task = UpliftTask.objects.create(urn=urn.new("uplift_task"), uplift=row, number=number, line=line, title=title.strip()[:200],
                                     owner=owner, due=due)
    clocks.start(about=task.urn, name=TASK, title=f"{row.number} {task.title}", url=url_of(row), due=due, at=at, to=owner.pk,
                 answers_for=row.incubator_id)
    notices.news(about=task.urn, title=f"{row.number} {task.title}", url=url_of(row), at=at, to=owner.pk)
    tell(row, facts.UpliftTasked(subject=row.urn, number=number, line=line, owner=owner.urn, due=due), by=by, at=at)
    return task


@transaction.atomic
def propose(*, plan: Uplift, coach: Party, by: str, at: dt.datetime) -> Uplift:
    """Propose a benchmark incubator as the coach, once every gap has a task; both sides are asked. Raises :class:`BadUplift`."""
    row = held(plan)
    row.state = FLOW.after(row.state, "propose")
    missing = [BY_CODE[each.code].label for each in gaps(row.first) if not row.tasks.filter(line=each.code).exists()]
    if missing:
        raise BadUplift(t("“{gap}”尚未转为任务", "“{gap}” has no task yet").format(gap=missing[0]))
    _require_coach(row, coach, at)
    row.coach = coach
    row.save(update_fields=["state", "coach"])
    for side in (coach, row.incubator):
        notices.part(about=row.urn, title=title_of(row), url=url_of(row), at=at, to=side.pk)
    tell(row, facts.UpliftPaired(subject=row.urn, coach=coach.urn), by=by, at=at)
    return row


def _require_coach(row: Uplift, coach: Party, at: dt.datetime) -> None:
    if coach.merged_into_id is not None or not cultivation.may_coach(coach, row.incubator, period.day(at)):
        raise BadUplift(t("辅导方须是当日在标杆梯次（引领类、培育类）、与被辅导方没有关联的另一家孵化器",
                          "the coach is another incubator, in a benchmark tier on that day, and not tied to the coached one"))


@transaction.atomic
def accept(*, plan: Uplift, role: str, person: Party, by: str, at: dt.datetime) -> Uplift:
    """One side accepts; when both have, the plan is printed and agreed, and a clock runs to its measurement."""
    row = held(plan)
    row.state = FLOW.after(row.state, "accept")
    if getattr(row, f"{role}_person_id") is not None:
        raise BadUplift(t("您所在一方已经接受", "your side has accepted already"))
    if person.pk in (row.coach_person_id, row.coached_person_id):
        raise BadUplift(t("双方须由不同的人接受", "two people accept, one for each side"))
    setattr(row, f"{role}_person", person)
    side = row.coach if role == "coach" else row.incubator
    notices.settle(about=row.urn, at=at, to=side.pk)
    record(facts.UpliftAccepted(subject=row.urn, role=role), by=by, at=at, grade=Grade.SYSTEM, on_behalf=side.urn)
    if row.coach_person_id and row.coached_person_id:
        _agree(row, by=by, at=at)
    row.save()
    return row


def _agree(row: Uplift, *, by: str, at: dt.datetime) -> None:
    today = period.day(at)
    _require_coach(row, row.coach, at)
    row.state, row.agreed_on = FLOW.after(row.state, "agree"), today
    row.document = papers.kept(papers.pdf_of("schemes/uplift.typ", uplift_text.plan(row, at), at=at), by=by, at=at)
    said = t("{name}：再次测评", "{name}: to be measured again").format(name=title_of(row))
    clocks.start(about=row.urn, name=REASSESS, title=said, url=url_of(row), due=measured_from(row), at=at,
                 to=row.issuer_id, office="city_officer", answers_for=row.issuer_id)
    notices.news(about=row.urn, title=title_of(row), url=url_of(row), at=at, to=row.issuer_id, office="city_officer")
    uplifts.agree(subject=row.incubator.urn, coach=row.coach.urn, district=row.incubator.district, by=by, at=at, grade=Grade.SYSTEM,
                  documents=[row.document, row.first.document], on_behalf=row.issuer.urn)


@transaction.atomic
def decline(*, plan: Uplift, role: str, by: str, at: dt.datetime) -> Uplift:
    """One side does not want the pair: the plan waits for another coach."""
    row = held(plan)
    row.state = FLOW.after(row.state, "decline")
    side = row.coach if role == "coach" else row.incubator
    row.coach, row.coach_person, row.coached_person = None, None, None
    row.save()
    notices.settle(about=row.urn, at=at)
    said = t("{name}：未接受结对", "{name}: the pairing was declined").format(name=title_of(row))
    notices.news(about=row.urn, title=said, url=url_of(row), at=at, to=row.issuer_id, office="city_officer")
    record(facts.UpliftDeclined(subject=row.urn, role=role), by=by, at=at, grade=Grade.SYSTEM, on_behalf=side.urn)
    return row


@transaction.atomic
def end(*, plan: Uplift, because: str, by: str, at: dt.datetime) -> Uplift:
    """The plan is over before it is measured, for a reason (``words.UPLIFT_ENDS``); no clock of it runs on, and another may begin."""
    row = held(plan)
    row.state = FLOW.after(row.state, "end")
    if because not in UPLIFT_ENDS:
        raise BadUplift(t("请选择终止原因", "choose why it ends"))
    if row.appraisals.filter(state="open").exists():
        raise BadUplift(t("再次测评正在进行，请先办结或取消测评", "it is being measured; conclude or drop that appraisal first"))
    row.because = because
    row.save(update_fields=["state", "because"])
    stop_clocks(row, at)
    notices.settle(about=row.urn, at=at)
    said = t("{name}：已终止", "{name}: ended").format(name=title_of(row))
    for side in (row.incubator_id, row.coach_id):
        if side is not None:
            notices.news(about=row.urn, title=said, url=url_of(row), at=at, to=side)
    tell(row, facts.UpliftEnded(subject=row.urn, reason=because), by=by, at=at)
    return row


@transaction.atomic
def stop_clocks(row: Uplift, at: dt.datetime) -> None:
    """The plan is measured or over: neither its measurement nor a task of it is reminded of any longer."""
    clocks.stop(about=row.urn, name=REASSESS, at=at)
    for task in row.tasks.exclude(state="confirmed"):
        clocks.stop(about=task.urn, name=TASK, at=at)
        notices.settle(about=task.urn, at=at)


@transaction.atomic
def approve(*, plan: Uplift, code: str, done_on: dt.date, document: str, by: str, at: dt.datetime) -> ReformStep:
    """An approval of the checklist for state-owned incubators was given on a day, by a paper. Raises :class:`BadUplift`."""
    row = held(plan)
    if not row.state_owned or code not in reform.BY_CODE or not document:
        raise BadUplift(t("国有孵化器的改革事项须附依据文件", "an approval of a state-owned incubator comes with its paper"))
    if done_on > period.day(at):
        raise BadUplift(t("获批日期不能晚于今天", "it was approved today or before"))
    try:
        with transaction.atomic():
            made = ReformStep.objects.create(uplift=row, code=code, done_on=done_on, document=document, at=at)
    except IntegrityError as wrong:
        raise BadUplift(t("该事项已登记获批", "that approval is on record already")) from wrong
    record(facts.ReformApproved(subject=row.urn, step=code), by=by, at=at, grade=Grade.REGISTRY, true_from=done_on,
           on_behalf=row.incubator.urn, documents=[document])
    return made


def held(plan: Uplift) -> Uplift:
    """The plan as it is now, locked until the transaction ends."""
    rows = Uplift.objects.select_for_update(of=("self",))
    return rows.select_related("incubator", "issuer", "coach", "first", "coach_person", "coached_person").get(pk=plan.pk)


@transaction.atomic
def tell(row: Uplift, fact: Fact, *, by: str, at: dt.datetime, documents: Sequence[str] = ()) -> str:
    """Record a fact on behalf of the agency that runs the plan; returns its digest."""
    return record(fact, by=by, at=at, grade=Grade.SYSTEM, on_behalf=row.issuer.urn, documents=documents)


def title_of(row: Uplift) -> str:
    """What notices and clocks call it."""
    return f"{row.number} {row.incubator.name}"


def url_of(row: Uplift) -> str:
    """The page of a plan."""
    return reverse("schemes:uplift", kwargs={"pk": row.pk})
