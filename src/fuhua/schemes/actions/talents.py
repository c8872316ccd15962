"""The pool of incubation people (孵化人才库): invite, join, accept, decline, tell of oneself, open one's record to a house, leave."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.urls import reverse

from fuhua.desk.actions import notices
from fuhua.evidence.actions.facts import record
from fuhua.evidence.facts import BadFact
from fuhua.evidence.words import Grade
from fuhua.kernel import period, urn
from fuhua.kernel.words import t
from fuhua.parties.actions import consents
from fuhua.parties.models import Consent, Party
from fuhua.parties.queries import live_consents
from fuhua.parties.words import Sort
from fuhua.schemes.facts import talents as facts
from fuhua.schemes.flow import TALENT
from fuhua.schemes.kinds.training import SHARED_DAYS
from fuhua.schemes.models import Application, Practicum, Talent
from fuhua.schemes.words import FUTURE_FIELDS, ORIGINS

COURSE = "talent_course"  # the kind whose award leads into the pool
LIVE = ("asked", "running", "reported", "passed")  # practicums that go on
READERS = ("incubator", "agency", "district", "university", "park", "platform")  # sorts of house that a record is opened to


class BadTalent(BadFact):
    """Nobody joins, invites or tells like this; ``text`` says how to mend it."""


def url_of(row: Talent) -> str:
    """The page of one person of the pool."""
    return reverse("schemes:talent", kwargs={"pk": row.pk})


def held(row: Talent) -> Talent:
    """The row with its person, held against others until the transaction ends."""
    return Talent.objects.select_for_update(of=("self",)).select_related("person").get(pk=row.pk)


@transaction.atomic
def invite(*, person: Party, house: Party, origin: str, by: str, at: dt.datetime) -> Talent:
    """``house`` invites a person, who says yes or no. Raises :class:`BadTalent` for who is invited or in already."""
    if person.sort != Sort.PERSON or person.erased_at is not None or person.merged_into_id is not None or person.urn == by:
        raise BadTalent(t("请填写另一位在册人员", "name another person who is on the register"))
    if origin not in ORIGINS:
        raise BadTalent(t("请选择其来自哪一类", "choose where they come from"))
    row = Talent.objects.select_for_update(of=("self",)).filter(person=person).first()
    if row is not None and row.state in ("invited", "member"):
        raise BadTalent(t("对方已在库或已收到邀请", "they are in the pool, or invited already"))
    if row is None:
        row = Talent(urn=urn.new("talent"), person=person, state=TALENT.initial, made_at=at)
    else:
        row.state = TALENT.after(row.state, "invite")
    row.origin, row.via, row.house = origin, "invitation", house
    _enter(row)
    said = t("邀请您加入孵化人才库：{name}", "you are invited to the talent pool: {name}").format(name=house.name)
    notices.turn(about=row.urn, title=said, url=url_of(row), at=at, to=person.pk)
    record(facts.TalentInvited(subject=person.urn, origin=origin), by=by, at=at, grade=Grade.SYSTEM, on_behalf=house.urn)
    return row


@transaction.atomic
def join(*, application: Application, by: str, at: dt.datetime) -> Talent:
    """Whoever was awarded a place in the course joins, with what they said there. Raises :class:`BadTalent` unless awarded."""
    award = Application.objects.select_for_update(of=("self",)).select_related("call", "applicant").get(pk=application.pk)
    if award.call.kind != COURSE or award.state != "awarded":
        raise BadTalent(t("只有已立项的人才实训申报才能入库", "only an awarded application to the course leads into the pool"))
    said, person = award.values, award.applicant
    row = Talent.objects.select_for_update(of=("self",)).filter(person=person).first()
    if row is None:
        row = Talent(urn=urn.new("talent"), person=person, made_at=at, state="member")
    elif row.state == "member":
        raise BadTalent(t("您已在库", "you are in the pool already"))
    else:
        row.state = TALENT.after(row.state, "join")
    row.origin, row.via, row.application, row.joined_at = said.get("background") or "other", "award", award, at
    row.record, row.aim = row.record or said.get("record") or "", row.aim or said.get("aim") or ""
    row.starts = row.starts or (dt.date.fromisoformat(said["starts"]) if said.get("starts") else None)
    _enter(row)
    return _joined(row, by=by, at=at, behalf=award.call.issuer_id)


def _enter(row: Talent) -> None:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as wrong:  # two at the same moment
        raise BadTalent(t("对方已在库或已收到邀请", "they are in the pool, or invited already")) from wrong


def _joined(row: Talent, *, by: str, at: dt.datetime, behalf: int | None) -> Talent:
    notices.settle(about=row.urn, at=at)
    house = Party.objects.filter(pk=behalf).first()
    record(facts.TalentJoined(subject=row.person.urn, origin=row.origin, via=row.via), by=by, at=at, grade=Grade.SYSTEM,
           on_behalf=house and house.urn)
    return row


@transaction.atomic
def accept(*, talent: Talent, by: str, at: dt.datetime) -> Talent:
    """The invited person joins."""
    row = held(talent)
    row.state, row.joined_at = TALENT.after(row.state, "accept"), at
    row.save(update_fields=["state", "joined_at"])
    if row.house_id:
        said = t("已加入孵化人才库：{name}", "{name} has joined the talent pool").format(name=row.person.name)
        notices.news(about=row.urn, title=said, url=reverse("schemes:talents"), at=at, to=row.house_id)
    return _joined(row, by=by, at=at, behalf=None)


@transaction.atomic
def decline(*, talent: Talent, by: str, at: dt.datetime) -> Talent:
    """The invited person does not want to."""
    row = held(talent)
    row.state = TALENT.after(row.state, "decline")
    row.save(update_fields=["state"])
    notices.settle(about=row.urn, at=at)
    record(facts.TalentDeclined(subject=row.person.urn), by=by, at=at, grade=Grade.SYSTEM)
    return row


@transaction.atomic
def tell(*, talent: Talent, said: dict[str, Any], by: str, at: dt.datetime) -> Talent:
    """Write ``record``, ``fields``, ``aim`` and ``starts``: what one says of oneself, marked as declared wherever it is shown."""
    row = held(talent)
    if row.state != "member":
        raise BadTalent(t("入库后才能填写", "join first"))
    fields: Sequence[str] = said["fields"]
    if not set(fields) <= set(FUTURE_FIELDS):
        raise BadTalent(t("领域代码无效，请从列表中选择", "no such field; choose from the list"))
    row.record, row.fields, row.aim, row.starts = said["record"], list(fields), said["aim"], said["starts"]
    row.save(update_fields=["record", "fields", "aim", "starts"])
    record(facts.TalentTold(subject=row.person.urn), by=by, at=at, grade=Grade.DECLARED)
    return row


@transaction.atomic
def share(*, talent: Talent, house: Party, by: str, at: dt.datetime, days: int = SHARED_DAYS) -> Consent:
    """Open one's record to ``house`` for so many days; a consent that still holds is given back instead of another."""
    row = held(talent)
    if row.state != "member":
        raise BadTalent(t("入库后才能授权", "join first"))
    if house.sort not in READERS:
        raise BadTalent(t("只能向孵化器、主管部门、高校院所、园区或平台开放",
                          "open it to an incubator, authority, university, park or platform"))
    known = live_consents(at).filter(giver=row.person, reader=house, thing=row.urn).first()
    return known or opened(row, house, by=by, at=at, days=days)


def opened(row: Talent, house: Party, *, by: str, at: dt.datetime, days: int = SHARED_DAYS) -> Consent:
    """A consent of its own by which the house may read the record, so that it can be taken back by itself."""
    return consents.give(giver=row.person, reader=house, thing=row.urn, purpose="查看孵化人才履历，用于实训和岗位对接",
                         expires=at + dt.timedelta(days=days), by=by, at=at)


@transaction.atomic
def leave(*, talent: Talent, by: str, at: dt.datetime) -> Talent:
    """The person leaves: interests go, and every house reads no more. Raises :class:`BadTalent` during a practicum."""
    row = held(talent)
    row.state = TALENT.after(row.state, "leave")
    if Practicum.objects.filter(talent=row, state__in=LIVE).exists():
        raise BadTalent(t("实训尚未结束，请先结束实训", "a practicum goes on; end it first"))
    row.save(update_fields=["state"])
    row.interests.filter(vacancy__closed_at=None).delete()
    for each in live_consents(at).filter(giver=row.person, thing=row.urn):
        consents.withdraw(each, by=by, at=at)
    record(facts.TalentLeft(subject=row.person.urn), by=by, at=at, grade=Grade.SYSTEM, true_from=period.day(at))
    return row
