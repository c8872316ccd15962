"""Verbs of a call: drafted, changed, published with its rules and the seal of its draw, extended, closed, cancelled."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from django.db import transaction
from django.urls import reverse

from fuhua.desk.actions import clocks, notices
from fuhua.desk.actions.asks import numbered
from fuhua.evidence.actions import papers
from fuhua.evidence.actions.facts import record
from fuhua.evidence.facts import BadFact, Fact
from fuhua.evidence.words import Grade
from fuhua.kernel import chores, period, urn
from fuhua.kernel.words import t
from fuhua.parties.models import Party
from fuhua.schemes.facts import applications as facts
from fuhua.schemes.flow import CALL
from fuhua.schemes.kinds.schemes import scheme_kinds
from fuhua.schemes.kinds.spec import Kind
from fuhua.schemes.models import Application, Call
from fuhua.schemes.queries.applications import decision_due, gaps_due
from fuhua.schemes.queries.call_text import moment, said_of
from fuhua.schemes.queries.fields import require_in_force
from fuhua.schemes.words import CALL_CANCELLATIONS

CLOCK = "gaps"  # of a call: every list of gaps is told by then
OUT = ("draft", "withdrawn", "ineligible")  # states of an application about which nothing is decided
DECIDE = "decide"  # of a call whose kind says so: everything is decided by then


class BadCall(BadFact):
    """The call cannot be made or moved so; ``text`` says how to mend it."""


@dataclass(frozen=True)
class Told:
    """What an officer tells of a call. ``themes`` are codes of future fields, ``budget`` integer fen, ``district`` a division code."""

    title: str
    kind: str
    opens_at: dt.datetime
    closes_at: dt.datetime
    text: str = ""
    edition: str = ""
    themes: Sequence[str] = ()
    district: str = ""
    places: int | None = None
    budget: int | None = None


@transaction.atomic
def draft(*, issuer: Party, told: Told, by: str, at: dt.datetime) -> Call:  # noqa: ARG001
    """Keep a call of ``issuer`` as a draft; nothing is public yet. Raises :class:`BadCall`."""
    row = Call(urn=urn.new("call"), issuer=issuer, made_at=at)
    _write(row, told)
    if issuer.sort not in scheme_kinds()[told.kind].issuers:
        raise BadCall(t("{name}不能发布这类申报通知，请选择其他类别", "{name} issues no calls of this kind; choose another")
                      .format(name=issuer.name))
    row.save()
    return row


@transaction.atomic
def change(*, call: Call, told: Told, by: str, at: dt.datetime) -> Call:  # noqa: ARG001
    """Change a draft in any way; what was published is only ever extended (:func:`extend`)."""
    row = held(call)
    if row.state != "draft":
        raise BadCall(t("通知已发布，只能延长截止时间；内容有误请取消后重新发布",
                        "the call is published and can only be extended; cancel it and publish another if it holds a mistake"))
    _write(row, told)
    row.save()
    return row


@transaction.atomic
def publish(*, call: Call, by: str, at: dt.datetime) -> Call:
    """Number it, keep what its kind says now, seal the seed of its draw, and open it. Raises :class:`BadCall`, and
    :class:`fuhua.schemes.queries.fields.UnknownField` when a theme has left the list since.
    """
    row = held(call)
    row.state = CALL.after(row.state, "publish")
    if row.closes_at <= at:
        raise BadCall(t("截止时间 {at} 已过，请改为以后的时间", "it would close at {at}, which has passed; choose a later moment")
                      .format(at=moment(row.closes_at)))
    require_in_force(row.themes)
    kind = scheme_kinds()[row.kind]
    row.number, row.published_at = numbered("BJ-SC", "call", at, digits=3), at
    row.rules = rules_of(kind)
    row.seed = secrets.token_hex(32)
    row.seal = hashlib.sha256(row.seed.encode()).hexdigest()
    row.document = papers.kept(papers.pdf_of("schemes/call.typ", said_of(row, kind), at=at), by=by, at=at)
    row.save()
    _tell(row, facts.CallPublished(subject=row.urn, issuer=row.issuer.urn, sort=row.kind, closes=period.day(row.closes_at), seal=row.seal,
                                   edition=row.edition, budget=row.budget or 0), by=by, at=at)
    return row


@transaction.atomic
def extend(*, call: Call, closes_at: dt.datetime, by: str, at: dt.datetime) -> Call:
    """Let an open call close later; those who handed in and those who still write are told."""
    row = held(call)
    if row.state != "open" or closes_at <= row.closes_at:
        raise BadCall(t("只有申报中的通知可以延长，且只能改为更晚的时间", "only an open call is extended, and only to a later moment"))
    row.closes_at = closes_at.replace(microsecond=0)
    row.document = papers.kept(papers.pdf_of("schemes/call.typ", said_of(row, scheme_kinds()[row.kind]), at=at), by=by, at=at)
    row.save()
    for each in Application.objects.filter(call=row, state__in=["draft", "submitted"]):
        notices.news(about=row.urn, title=row.title, url=url_of(row), at=at, to=each.applicant_id)
    _tell(row, facts.CallExtended(subject=row.urn, closes=period.day(row.closes_at)), by=by, at=at)
    return row


@transaction.atomic
def close(*, call: Call, by: str, at: dt.datetime) -> Call:
    """The last second has passed: nothing more is taken in, and the days to list gaps begin."""
    row = held(call)
    row.state = CALL.after(row.state, "close")
    if at.replace(microsecond=0) <= row.closes_at:
        raise BadCall(t("未到截止时间 {at}", "it closes at {at}").format(at=moment(row.closes_at)))
    row.save()
    clocks.start(about=row.urn, name=CLOCK, title=row.title, url=url_of(row), due=gaps_due(row), at=at, to=row.issuer_id,
                 answers_for=row.issuer_id)
    if (decided := decision_due(row)) is not None and Application.objects.filter(call=row).exclude(state__in=OUT).exists():
        clocks.start(about=row.urn, name=DECIDE, title=row.title, url=url_of(row), due=decided, at=at, to=row.issuer_id,
                     office="city_officer", answers_for=row.issuer_id)
    _tell(row, facts.CallClosed(subject=row.urn), by=by, at=at)
    return row


@transaction.atomic
def cancel(*, call: Call, because: str, by: str, at: dt.datetime) -> Call:
    """Take it back with a coded reason; everybody who applied or was writing is told."""
    if because not in CALL_CANCELLATIONS:
        raise BadCall(t("请选择取消原因", "choose why it is cancelled"))
    row = held(call)
    row.state, row.because = CALL.after(row.state, "cancel"), because
    row.save()
    for name in (CLOCK, DECIDE):
        clocks.stop(about=row.urn, name=name, at=at)
    for each in Application.objects.filter(call=row).exclude(state="withdrawn"):
        notices.news(about=row.urn, title=row.title, url=url_of(row), at=at, to=each.applicant_id)
    _tell(row, facts.CallCancelled(subject=row.urn, because=because), by=by, at=at)
    return row


def close_due(*, at: dt.datetime) -> int:
    """Close every call whose last second has passed, in its issuer's name; returns how many."""
    due = list(Call.objects.filter(state="open", closes_at__lt=at.replace(microsecond=0)).select_related("issuer"))
    return chores.each(due, lambda each: bool(close(call=each, by=each.issuer.urn, at=at)))


def rules_of(kind: Kind) -> dict[str, object]:
    """What a kind says now, as JSON keeps it with a call: rubric, panel rule and clocks."""
    return {"rubric": [{"code": each.code, "most": each.most} for each in kind.rubric], "panel": asdict(kind.panel),
            "clocks": asdict(kind.clocks)}


def held(call: Call) -> Call:
    """The call as it is now, locked until the transaction ends."""
    return Call.objects.select_for_update(of=("self",)).select_related("issuer").get(pk=call.pk)


def url_of(row: Call) -> str:
    """The page of a call."""
    return reverse("schemes:call", kwargs={"pk": row.pk})


def _write(row: Call, told: Told) -> None:
    if told.kind not in scheme_kinds():
        raise BadCall(t("没有这种申报类别，请重新选择", "there is no such kind; choose again"))
    if not told.title.strip():
        raise BadCall(t("请填写通知标题", "give the call a title"))
    if told.closes_at <= told.opens_at:
        raise BadCall(t("截止时间须晚于开始时间", "it must close after it opens"))
    require_in_force(told.themes)
    if told.budget is not None and told.budget <= 0:
        raise BadCall(t("预算应大于零，或不填", "the budget is above zero, or left out"))
    row.title, row.kind, row.text, row.edition = told.title.strip(), told.kind, told.text, told.edition
    row.themes, row.district, row.places, row.budget = sorted(set(told.themes)), told.district, told.places, told.budget
    row.opens_at, row.closes_at = told.opens_at.replace(microsecond=0), told.closes_at.replace(microsecond=0)


def _tell(row: Call, fact: Fact, *, by: str, at: dt.datetime) -> None:
    record(fact, by=by, at=at, grade=Grade.SYSTEM, on_behalf=row.issuer.urn, documents=[row.document] if row.document else [])
