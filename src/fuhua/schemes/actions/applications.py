"""Verbs of an application: begun with what is on record, handed in once and in time, mended, judged clause by clause, withdrawn."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from django.db import IntegrityError, transaction
from django.urls import reverse

from fuhua.desk.actions import clocks, notices
from fuhua.desk.actions.asks import next_number
from fuhua.evidence.actions import documents, papers
from fuhua.evidence.actions.facts import record
from fuhua.evidence.facts import BadFact, Fact
from fuhua.evidence.words import Grade
from fuhua.kernel import period, urn
from fuhua.kernel.words import listed, t
from fuhua.parties.models import Party
from fuhua.schemes.actions.calls import CLOCK, DECIDE, OUT
from fuhua.schemes.facts import applications as facts
from fuhua.schemes.flow import APPLICATION
from fuhua.schemes.kinds.schemes import scheme_kinds
from fuhua.schemes.models import Application, Call, Gap
from fuhua.schemes.queries import applications as reads
from fuhua.schemes.queries import eligibility, files, gap_notice
from fuhua.schemes.queries.call_text import moment
from fuhua.schemes.queries.known import prefilled
from fuhua.schemes.queries.rounds import clocks_of

JSON = "application/json"
MEND = "mend"  # the clock by which the applicant mends
_SCREENED = ("submitted", "gaps")


class BadApplication(BadFact):
    """The application cannot be made or moved so; ``text`` says how to mend it."""


class Late(BadApplication):
    """It came after the last second or the last day; what was written is kept."""


class Lacking(BadApplication):
    """Something that is required is not there."""


class NotEligible(BadApplication):
    """A condition fails, so it cannot be let through; or none does, so it cannot be refused."""


@transaction.atomic
def begin(*, call: Call, applicant: Party, lead: Party, by: str, at: dt.datetime) -> Application:  # noqa: ARG001
    """Start an application of ``applicant``, written by the person ``lead``, with what is on record filled in.

    The application that there is already is given again. Raises :class:`BadApplication`, and :class:`Late` outside of the call's time.
    """
    kind = scheme_kinds()[call.kind]
    if applicant.sort not in kind.applicants:
        raise BadApplication(t("该类主体不能申报{kind}", "this sort of applicant cannot apply for a {kind}").format(kind=kind.label))
    require_open(call, at)
    there = Application.objects.filter(call=call, applicant=applicant).exclude(state="withdrawn")
    known = {name: {"value": each.value, "grade": int(each.grade), "day": each.day.isoformat(), "digest": each.digest, "says": ""}
             for name, each in prefilled(kind.asks, applicant.urn, period.day(at)).items()}
    row = Application(urn=urn.new("application"), call=call, applicant=applicant, lead=lead, begun_at=at, saved_at=at, known=known,
                      values={name: each["value"] for name, each in known.items()})
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        return there.get()
    return row


@transaction.atomic
def submit(*, application: Application, by: str, at: dt.datetime) -> Application:
    """Hand it in: it gets its number, and a snapshot of all of it is kept. However often it is pressed, it is handed in once.

    ``at`` is when the server got the request. Raises :class:`Late`, :class:`Lacking` and ``WrongState``.
    """
    row = held(application)
    if row.state not in ("draft", "withdrawn"):
        return row
    row.state = APPLICATION.after(row.state, "submit")
    require_open(row.call, at)
    _require_whole(row)
    row.submitted_at, row.digest = at, _snapshot(row, by=by, at=at)
    row.number = f"{row.call.number}-{next_number(f'application.{row.call_id}'):04d}"  # last: it makes others wait
    row.save()
    contested = sum(each.get("says") == "contested" for each in row.known.values())
    _tell(row, facts.ApplicationSubmitted(subject=row.urn, call=row.call.urn, applicant=row.applicant.urn, contested=contested),
          by=by, at=at, documents=[row.digest, *row.attachments.values_list("digest", flat=True)])
    return row


@transaction.atomic
def withdraw(*, application: Application, by: str, at: dt.datetime) -> Application:
    """Take it back; another may be begun while the call is open."""
    row = held(application)
    row.state = APPLICATION.after(row.state, "withdraw")
    row.save()
    clocks.stop(about=row.urn, name=MEND, at=at)
    notices.settle(about=row.urn, at=at)
    _screened(row.call, at)
    _tell(row, facts.ApplicationWithdrawn(subject=row.urn), by=by, at=at)
    return row


@transaction.atomic
def ask_gaps(*, application: Application, gaps: Mapping[str, str], by: str, at: dt.datetime) -> Application:
    """Tell the applicant of everything that is lacking, at once and once: name of the question or document → what to do.

    Raises :class:`BadApplication` for a second list, an unknown name or no words, and :class:`Late` after the last day for it.
    """
    row, today = held(application), period.day(at)
    row.state = APPLICATION.after(row.state, "ask_gaps")
    if row.gaps.exists():
        raise BadApplication(t("补正事项已一次性告知，不能再次要求补正", "gaps are told once; there is no second list"))
    if today > (last := reads.gaps_due(row.call)):
        raise Late(t("补正事项须在 {day} 前一次性告知，逾期视为材料齐全", "gaps are told by {day}; after that the file counts as complete")
                   .format(day=last))
    kind = scheme_kinds()[row.call.kind]
    names = {"title", *(each.name for each in kind.asks), *(each.code for each in kind.evidence)}
    if not gaps or set(gaps) - names or not all(text.strip() for text in gaps.values()):
        raise BadApplication(t("请选择需补正的事项并写明要求", "choose what is lacking, and say of each what to do"))
    due = period.add_working_days(today, clocks_of(row.call).mend)
    row.save()
    Gap.objects.bulk_create([Gap(application=row, name=name, text=text.strip()[:500], asked_at=at, due=due) for name, text in gaps.items()])
    clocks.start(about=row.urn, name=MEND, title=row.call.title, url=url_of(row), due=due, at=at, to=row.applicant_id,
                 answers_for=row.applicant_id)
    notices.turn(about=row.urn, title=row.call.title, url=url_of(row), at=at, to=row.applicant_id)
    notice = papers.kept(papers.pdf_of("schemes/notice.typ", gap_notice.said_of(row), at=at), by=by, at=at)
    _tell(row, facts.GapsAsked(subject=row.urn, number=len(gaps), due=due), by=by, at=at, documents=[notice], own=False)
    return row


@transaction.atomic
def mend(*, application: Application, by: str, at: dt.datetime) -> Application:
    """Hand the mended application in; raises :class:`Late` after the last day and :class:`Lacking`."""
    row = held(application)
    row.state = APPLICATION.after(row.state, "mend")
    due = row.gaps.order_by("-due").values_list("due", flat=True)[0]
    if period.day(at) > due:
        raise Late(t("补正截止 {due}，现在是 {at}，已逾期", "gaps were to be mended by {due}; it is {at}").format(due=due, at=moment(at)))
    _require_whole(row)
    row.digest = _snapshot(row, by=by, at=at)
    row.save()
    row.gaps.update(mended_at=at)
    clocks.stop(about=row.urn, name=MEND, at=at)
    notices.settle(about=row.urn, at=at)
    _tell(row, facts.ApplicationMended(subject=row.urn), by=by, at=at,
          documents=[row.digest, *row.attachments.values_list("digest", flat=True)])
    return row


@transaction.atomic
def pass_(*, application: Application, by: str, at: dt.datetime) -> Application:
    """Let it through to the panel; raises :class:`NotEligible` while a condition fails. What is open an officer may let pass."""
    row = held(application)
    row.state = APPLICATION.after(row.state, "pass")
    found = eligibility.of(row, at)
    if found.state is False:
        raise NotEligible(t("有条件不满足，不能通过：{codes}", "a condition fails, so it cannot pass: {codes}")
                          .format(codes=", ".join(found.failing)))
    return _judged(row, "passed", found, by=by, at=at)


@transaction.atomic
def refuse(*, application: Application, by: str, at: dt.datetime) -> Application:
    """It is not eligible, by the conditions that fail, or because gaps were not mended in time; an officer cannot refuse otherwise."""
    row = held(application)
    overdue = row.state == "gaps" and row.gaps.filter(mended_at=None, due__lt=period.day(at)).exists()
    if row.state == "gaps" and not overdue:
        raise NotEligible(t("补正期限未到，请等待申报单位补正", "the days to mend are not over; wait for the applicant"))
    row.state = APPLICATION.after(row.state, "refuse")
    found = eligibility.of(row, at)
    row.because = [*found.failing, *(["gaps"] if overdue else [])]
    if not row.because:
        raise NotEligible(t("没有不满足的条件，不能不予通过", "no condition fails, so it cannot be refused"))
    clocks.stop(about=row.urn, name=MEND, at=at)
    notices.settle(about=row.urn, at=at)
    return _judged(row, "refused", found, by=by, at=at)


def require_open(call: Call, at: dt.datetime) -> None:
    """Raise :class:`Late` unless the call takes applications at ``at``: up to and including its last second, by the server's clock.

    A request that came in time is taken even if the call was closed while it waited.
    """
    second = at.replace(microsecond=0)
    if call.state not in ("open", "closed") or second < call.opens_at:
        raise Late(t("该通知目前不接受申报", "this call takes no applications now"))
    if second > call.closes_at:
        closes, came = moment(call.closes_at), moment(second)
        same = came.partition(" ")[2] if came[:10] == closes[:10] else came
        raise Late(t("截止 {closes}，您在 {at} 提交。以服务器时间为准，精确到秒；已填内容仍然保留",
                     "it closed at {closes}; you handed in at {at}. The server’s clock counts, to the second; what you wrote is kept")
                   .format(closes=closes, at=same))


def held(application: Application) -> Application:
    """The application as it is now, locked until the transaction ends."""
    rows = Application.objects.select_for_update(of=("self",)).select_related("call__issuer", "applicant", "lead")
    return rows.get(pk=application.pk)


def url_of(row: Application) -> str:
    """The page of an application."""
    return reverse("schemes:application", kwargs={"pk": row.pk})


def _require_whole(row: Application) -> None:
    if lacks := reads.lacks(row):
        raise Lacking(t("还不能提交，仍缺：{what}", "it cannot be handed in yet; still lacking: {what}")
                      .format(what=listed([each.text for each in lacks])))


def _snapshot(row: Application, *, by: str, at: dt.datetime) -> str:
    return documents.keep(files.canonical(files.file_of(row)), media_type=JSON, by=by, at=at)


def _judged(row: Application, result: str, found: eligibility.Eligibility, *, by: str, at: dt.datetime) -> Application:
    row.save()
    paper = documents.keep(files.canonical({"application": row.urn, "result": result, **found.plain()}), media_type=JSON, by=by, at=at)
    _screened(row.call, at)
    notices.news(about=row.urn, title=row.call.title, url=url_of(row), at=at, to=row.applicant_id)
    _tell(row, facts.EligibilityJudged(subject=row.urn, result=result, clauses=len(row.because)), by=by, at=at, documents=[paper],
          own=False)
    return row


def _screened(call: Call, at: dt.datetime) -> None:
    """Once nothing of a closed call waits to be judged, its clock stops; once nothing is left to decide, that of the decision."""
    if call.state != "open" and not Application.objects.filter(call=call, state__in=_SCREENED).exists():
        clocks.stop(about=call.urn, name=CLOCK, at=at)
        if not Application.objects.filter(call=call).exclude(state__in=OUT).exists():
            clocks.stop(about=call.urn, name=DECIDE, at=at)


def _tell(row: Application, fact: Fact, *, by: str, at: dt.datetime, documents: Sequence[str] = (), own: bool = True) -> None:
    record(fact, by=by, at=at, grade=Grade.SYSTEM, on_behalf=row.applicant.urn if own else row.call.issuer.urn, documents=documents)
