"""Placements (到岗): an incubator hires a credentialed person; twelve months on both say whether they are still there (I2's evidence)."""

from __future__ import annotations

import datetime as dt

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.urls import reverse

from fuhua.desk.actions import clocks, notices
from fuhua.evidence.actions.facts import record
from fuhua.evidence.facts import BadFact
from fuhua.evidence.words import Grade
from fuhua.kernel import period, urn
from fuhua.kernel.words import t
from fuhua.parties.actions import ties
from fuhua.parties.models import Party
from fuhua.parties.words import TieKind, TieState
from fuhua.schemes.actions import talents
from fuhua.schemes.facts import talents as facts
from fuhua.schemes.flow import PLACEMENT
from fuhua.schemes.kinds.training import ANSWER_DAYS, answerable, rechecked
from fuhua.schemes.models import Placement, Talent
from fuhua.schemes.words import LEAVINGS, PLACEMENT_SIDES

RECHECK = "recheck"  # the clock of the employer's answer


class BadPlacement(BadFact):
    """Nobody is hired or rechecked like this; ``text`` says how to mend it."""


def url_of(row: Placement) -> str:
    """The page of one placement."""
    return reverse("schemes:placement", kwargs={"pk": row.pk})


@transaction.atomic
def hire(*, talent: Talent, house: Party, post: str, since: dt.date, by: str, at: dt.datetime) -> Placement:
    """The incubator proposes the tie of employment from ``since`` (today or before); the person confirms it as any tie.

    Raises :class:`BadPlacement` without a credential in force, and ``BadTie`` when the two are tied already.
    """
    person = talents.held(talent)
    credential = person.credentials.filter(expires__gte=period.day(at)).order_by("-pk").first()
    if person.state != "member" or credential is None:
        raise BadPlacement(t("只有在库且持有效证书的人员可以录用", "only somebody in the pool who holds a credential in force"))
    if house.sort != "incubator":
        raise BadPlacement(t("用人单位须是孵化器", "an incubator hires"))
    tie = ties.propose(kind=TieKind.EMPLOYS, source=house, target=person.person, side=house, since=since, by=by, at=at)
    row = Placement(urn=urn.new("placement"), talent=person, house=house, tie=tie, credential=credential, post=post.strip(),
                    state=PLACEMENT.initial, offered_at=at)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as wrong:
        raise BadPlacement(t("对该人员的录用已在办理", "they are being hired by you already")) from wrong
    said = t("请确认任职：{name}", "confirm the employment: {name}").format(name=house.name)
    notices.turn(about=row.urn, title=said, url=url_of(row), at=at, to=person.person_id)
    return row


def _held(where: Q) -> list[Placement]:
    rows = Placement.objects.select_for_update(of=("self",)).filter(where)
    return list(rows.select_related("talent__person", "house", "tie", "credential").order_by("pk"))


def _of_tie(house: str, person: str) -> Q:
    return Q(tie__source__urn=house, tie__target__urn=person, tie__kind=TieKind.EMPLOYS)


@transaction.atomic
def begin(*, house: str, person: str, by: str, at: dt.datetime) -> int:
    """A tie of these two (URNs) was confirmed: the placement it was proposed for begins, and its recheck is due in twelve months.

    Returns how many began; doing it again changes nothing.
    """
    found = _held(_of_tie(house, person) & Q(state="proposed", tie__state=TieState.CONFIRMED))
    for row in found:
        row.state, row.recheck = PLACEMENT.after(row.state, "confirm"), answerable(row.tie.since)
        row.save(update_fields=["state", "recheck"])
        notices.settle(about=row.urn, at=at)
        said = t("满 12 个月在岗核实：{name}", "check whether still employed after twelve months: {name}").format(
            name=row.talent.person.name)
        clocks.start(about=row.urn, name=RECHECK, title=said, url=url_of(row),
                     due=period.add_working_days(row.recheck, ANSWER_DAYS), at=at, to=row.house_id, answers_for=row.house_id,
                     office="operator")
        record(facts.PersonPlaced(subject=person, placement=row.urn, host=house, credential=row.credential.urn, origin=row.talent.origin),
               by=by, at=at, grade=Grade.COUNTERPART, true_from=row.tie.since, on_behalf=house)
    return len(found)


@transaction.atomic
def end(*, house: str, person: str, by: str, at: dt.datetime) -> int:
    """A tie of these two (URNs) ended: what was never confirmed lapses, and who left before twelve months is not counted."""
    found = _held(_of_tie(house, person) & Q(state__in=["proposed", "employed"], tie__state=TieState.ENDED))
    for row in found:
        if row.state == "proposed":
            row.state, row.ended_at = PLACEMENT.after(row.state, "lapse"), at
            row.save(update_fields=["state", "ended_at"])
            notices.settle(about=row.urn, at=at)
        else:
            _conclude(row, by=by, at=at)
    return len(found)


@transaction.atomic
def answer(*, placement: Placement, side: str, still: bool, reason: str = "", by: str, at: dt.datetime) -> Placement:
    """``side`` (``employer`` or ``person``) says whether the person still works there; a no gives a ``reason`` of ``words.LEAVINGS``.

    Raises :class:`BadPlacement` before the twelve months are over, and for a second answer.
    """
    found = _held(Q(pk=placement.pk))[0]
    if side not in PLACEMENT_SIDES:
        raise BadPlacement(t("请从列表中选择", "choose from the list"))
    if found.state != "employed" or found.recheck is None:
        raise BadPlacement(t("该任职无需核实", "there is nothing to recheck"))
    if period.day(at) < found.recheck:
        raise BadPlacement(t("满 12 个月（{day}）后才能核实", "it is rechecked after twelve months, from {day}")
                           .format(day=found.recheck.isoformat()))
    if getattr(found, f"{side}_still") is not None:
        raise BadPlacement(t("您已答复", "you have answered"))
    if still == (reason in LEAVINGS):
        raise BadPlacement(t("未在岗时须选择原因，在岗时不选", "a no gives a reason, and only a no does"))
    setattr(found, f"{side}_still", still)
    found.reason = reason or found.reason
    found.save(update_fields=[f"{side}_still", "reason"])
    notices.settle(about=found.urn, at=at, to=found.house_id if side == "employer" else found.talent.person_id)
    record(facts.RecheckAnswered(subject=found.talent.person.urn, placement=found.urn, side=side, still=still), by=by, at=at,
           grade=Grade.DECLARED, on_behalf=found.house.urn if side == "employer" else None)
    if found.person_still is None:
        said = t("请确认满 12 个月在岗：{name}", "confirm whether you still work there after twelve months: {name}").format(
            name=found.house.name)
        notices.part(about=found.urn, title=said, url=url_of(found), at=at, to=found.talent.person_id)
    _conclude(found, by=by, at=at)
    return found


def _conclude(row: Placement, *, by: str, at: dt.datetime) -> None:
    """Count it, or not, once the tie and both words decide it."""
    tied = row.tie.until is None or (row.recheck is not None and row.tie.until >= row.recheck)
    found = rechecked(tied=tied, employer=row.employer_still, person=row.person_still, reason=row.reason)
    if found is None:
        return
    still, row.because = found
    row.state, row.ended_at = PLACEMENT.after(row.state, "keep" if still else "lose"), at
    row.save(update_fields=["state", "because", "ended_at"])
    clocks.stop(about=row.urn, name=RECHECK, at=at)
    notices.settle(about=row.urn, at=at)
    record(facts.EmploymentRechecked(subject=row.talent.person.urn, placement=row.urn, host=row.house.urn, credential=row.credential.urn,
                                     origin=row.talent.origin, still=still, because=row.because),
           by=by, at=at, grade=Grade.COUNTERPART if still else Grade.SYSTEM)
