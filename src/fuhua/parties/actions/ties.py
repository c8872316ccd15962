"""Propose, confirm and end ties: both sides must say so, unless a registry shows it."""

from __future__ import annotations

import datetime as dt

from django.db import IntegrityError, transaction

from fuhua.evidence.actions.facts import record
from fuhua.evidence.facts import BadFact
from fuhua.evidence.words import Grade
from fuhua.kernel import period
from fuhua.kernel.words import t
from fuhua.parties import facts, models
from fuhua.parties.flow import TIE
from fuhua.parties.words import AGREED_OFFICES, OFFICE_SORTS, OFFICES, SORTS, Office, Sort, TieKind, TieState


class BadTie(BadFact):
    """The tie cannot be made, confirmed or ended like this; ``text`` says how to mend it."""


@transaction.atomic
def propose(
    *,
    kind: str,
    source: models.Party,
    target: models.Party,
    side: models.Party,
    by: str,
    at: dt.datetime,
    office: str = "",
    share: int | None = None,
    since: dt.date | None = None,
) -> models.Tie:
    """``side`` (source or target) says that the two are tied from ``since`` (default: today).

    ``office`` is for ``employs``, ``share`` (parts per million) for ``owns`` and ``invests``. Raises :class:`BadTie`,
    also for an office that only the authority gives (:func:`attest`).
    """
    if office not in AGREED_OFFICES:
        raise BadTie(
            t(
                "该职务由主管部门任命，不能由双方自行确认",
                "this office is given by the authority; the two sides cannot agree on it",
            )
        )
    tie = models.Tie(
        kind=kind,
        source=source,
        target=target,
        office=office,
        share=share,
        state=TIE.initial,
        since=since or period.day(at),
        proposed_for=side,
        proposed_by=_person(by),
    )
    _enter(tie)
    record(_told(facts.TieProposed, tie), by=by, at=at, grade=Grade.DECLARED, true_from=tie.since)
    return tie


@transaction.atomic
def confirm(tie: models.Tie, *, side: models.Party, by: str, at: dt.datetime) -> models.Tie:
    """The other side confirms: neither the side nor the person that proposed can do it for them."""
    tie = _held(tie)
    state = TIE.after(tie.state, "confirm")
    person = _person(by)
    if side.pk not in (tie.source_id, tie.target_id) or side.pk == tie.proposed_for_id:
        raise BadTie(
            t("须由对方确认，提出方不能代替对方", "the other side confirms; whoever proposed cannot do it for them")
        )
    if person is not None and person.pk == tie.proposed_by_id:
        raise BadTie(
            t(
                "提出关系的人不能再代表对方确认，请由对方其他人员确认",
                "the person who proposed cannot also confirm for the other side; somebody else there must",
            )
        )
    tie.state, tie.confirmed_by = state, person or side
    tie.save(update_fields=["state", "confirmed_by"])
    record(
        _told(facts.TieConfirmed, tie), by=by, at=at, grade=Grade.COUNTERPART, true_from=tie.since, on_behalf=side.urn
    )
    return tie


@transaction.atomic
def attest(
    *,
    kind: str,
    source: models.Party,
    target: models.Party,
    by: str,
    at: dt.datetime,
    office: str = "",
    share: int | None = None,
    since: dt.date | None = None,
    grade: Grade = Grade.REGISTRY,
) -> models.Tie:
    """An officer enters a tie that a registry or an appointment shows: it holds at once."""
    person = _person(by)
    tie = models.Tie(
        kind=kind,
        source=source,
        target=target,
        office=office,
        share=share,
        state=TieState.CONFIRMED,
        since=since or period.day(at),
        proposed_for=source,
        proposed_by=person,
        confirmed_by=person or source,
    )
    _enter(tie)
    record(_told(facts.TieConfirmed, tie), by=by, at=at, grade=grade, true_from=tie.since)
    return tie


@transaction.atomic
def end(tie: models.Tie, *, by: str, at: dt.datetime, until: dt.date | None = None) -> models.Tie:
    """The tie holds no longer from ``until`` (default: today); its row stays, the state says so.

    Raises :class:`BadTie` where the state is no longer that of ``tie``: who may end it depends on that.
    """
    was, tie = tie.state, _held(tie)
    if tie.state != was:
        raise BadTie(t("这一关系的状态刚刚有变，请刷新页面后再试", "the state of this tie has just changed; reload the page and try again"))
    state = TIE.after(tie.state, "end")
    until = until or period.day(at)
    if until < tie.since:
        raise BadTie(
            t("终止日期不能早于开始日期（{day}）", "it cannot end before it began ({day})").format(
                day=tie.since.isoformat()
            )
        )
    tie.state, tie.until = state, until
    tie.save(update_fields=["state", "until"])
    models.Account.objects.filter(acting=tie).update(acting=None)
    record(_told(facts.TieEnded, tie), by=by, at=at, grade=Grade.SYSTEM, true_from=until)
    return tie


def _enter(tie: models.Tie) -> None:
    if tie.kind not in TieKind.values or tie.office not in Office.values:
        raise BadTie(t("关系或职务类别无效，请从列表中选择", "no such kind of tie or office; choose one of the list"))
    if tie.source_id == tie.target_id:
        raise BadTie(t("关系的双方不能相同", "the two sides of a tie must differ"))
    if tie.proposed_for_id not in (tie.source_id, tie.target_id):
        raise BadTie(t("只有关系的一方可以提出", "only one of the two sides can propose a tie"))
    if tie.kind == TieKind.EMPLOYS and tie.target.sort != Sort.PERSON:
        raise BadTie(t("任职关系须指向个人", "only a person is employed; choose a person"))
    if tie.office and tie.kind != TieKind.EMPLOYS:
        raise BadTie(t("只有任职关系可以填写职务", "only an employment has an office"))
    if tie.office in OFFICE_SORTS and tie.source.sort not in OFFICE_SORTS[tie.office]:
        raise BadTie(
            t(
                "{sort}没有“{office}”这一职务，请核对单位类别",
                "there is no {office} in a {sort}; check the organisation's sort",
            ).format(sort=SORTS[tie.source.sort], office=OFFICES[tie.office])
        )
    if tie.share is not None and (tie.share > 1_000_000 or tie.kind not in (TieKind.OWNS, TieKind.INVESTS)):
        raise BadTie(t("持股比例只用于持股和投资，且不超过 100%", "a share is for owning and investing, at most 100 %"))
    try:
        with transaction.atomic():
            tie.save()
    except IntegrityError as wrong:
        raise BadTie(
            t("双方已有同样的关系，请先终止原关系", "the two are already tied like this; end that tie first")
        ) from wrong


def _held(tie: models.Tie) -> models.Tie:
    return models.Tie.objects.select_for_update(of=("self",)).select_related("source", "target").get(pk=tie.pk)


def _person(urn: str) -> models.Party | None:
    return models.Party.objects.filter(urn=urn).first()


def _told(kind: type[facts.TieTold], tie: models.Tie) -> facts.TieTold:
    return kind(subject=tie.source.urn, tie=tie.kind, target=tie.target.urn, office=tie.office, share=tie.share)
