"""Vacancies (岗位需求): an incubator posts and closes one; people of the pool show interest, and open their record if they want to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import IntegrityError, transaction
from django.urls import reverse

from fuhua.desk.actions import notices
from fuhua.evidence.actions.facts import record
from fuhua.evidence.facts import BadFact
from fuhua.evidence.words import Grade
from fuhua.kernel import period, urn
from fuhua.kernel.words import t
from fuhua.parties.actions import consents
from fuhua.parties.models import Party
from fuhua.schemes.actions import talents
from fuhua.schemes.facts import talents as facts
from fuhua.schemes.models import Interest, Talent, Vacancy
from fuhua.schemes.words import FUTURE_FIELDS

_MOST = 50  # people one vacancy may ask for


class BadVacancy(BadFact):
    """The vacancy or the interest cannot be; ``text`` says how to mend it."""


def url_of(row: Vacancy) -> str:
    """The page of one vacancy."""
    return reverse("schemes:vacancy", kwargs={"pk": row.pk})


@transaction.atomic
def post(
    *, house: Party, post: str, fields: Sequence[str], text: str, starts: dt.date, count: int, by: str, at: dt.datetime,
) -> Vacancy:
    """An incubator looks for ``count`` people from ``starts``. Raises :class:`BadVacancy` for another house or a past day."""
    if house.sort != "incubator":
        raise BadVacancy(t("岗位由孵化器发布", "an incubator posts it"))
    if not 1 <= count <= _MOST:
        raise BadVacancy(t("人数为 1 至 {most} 人", "from 1 to {most} people").format(most=_MOST))
    if starts < period.day(at):
        raise BadVacancy(t("到岗日期不能早于今天", "the first day cannot lie in the past"))
    if not post.strip() or not set(fields) <= set(FUTURE_FIELDS):
        raise BadVacancy(t("请填写岗位名称，领域从列表中选择", "name the post, and choose fields from the list"))
    row = Vacancy.objects.create(urn=urn.new("vacancy"), house=house, post=post.strip(), fields=list(fields), text=text, starts=starts,
                                 count=count, posted_at=at)
    record(facts.VacancyPosted(subject=row.urn, host=house.urn, count=count, starts=starts), by=by, at=at, grade=Grade.SYSTEM,
           on_behalf=house.urn)
    return row


@transaction.atomic
def close(*, vacancy: Vacancy, by: str, at: dt.datetime) -> Vacancy:
    """Nobody more is looked for."""
    row = _open(vacancy)
    row.closed_at = at
    row.save(update_fields=["closed_at"])
    notices.settle(about=row.urn, at=at)
    record(facts.VacancyClosed(subject=row.urn), by=by, at=at, grade=Grade.SYSTEM, on_behalf=row.house.urn)
    return row


@transaction.atomic
def show_interest(*, vacancy: Vacancy, talent: Talent, share: bool, by: str, at: dt.datetime) -> Interest:
    """The person is interested; with ``share`` the house may read their record, without it only counts them."""
    row, person = _open(vacancy), talents.held(talent)
    if person.state != "member":
        raise BadVacancy(t("入库后才能表达意向", "join the pool first"))
    consent = talents.opened(person, row.house, by=by, at=at) if share else None
    try:
        with transaction.atomic():
            found = Interest.objects.create(vacancy=row, talent=person, consent=consent, at=at)
    except IntegrityError as wrong:
        raise BadVacancy(t("您已表达过意向", "you are interested already")) from wrong
    said = t("有人才对岗位感兴趣：{post}", "somebody is interested in the post: {post}").format(post=row.post)
    notices.news(about=row.urn, title=said, url=url_of(row), at=at, to=row.house_id, office="operator")
    record(facts.InterestShown(subject=row.urn, person=person.person.urn), by=by, at=at, grade=Grade.SYSTEM)
    return found


@transaction.atomic
def withdraw_interest(*, interest: Interest, by: str, at: dt.datetime) -> None:
    """The person is interested no longer; what they opened for it closes."""
    row = Interest.objects.select_for_update(of=("self",)).select_related("vacancy", "talent__person", "consent").get(pk=interest.pk)
    consent, vacancy, person = row.consent, row.vacancy, row.talent.person
    row.delete()
    if consent is not None and consent.withdrawn_at is None:
        consents.withdraw(consent, by=by, at=at)
    record(facts.InterestWithdrawn(subject=vacancy.urn, person=person.urn), by=by, at=at, grade=Grade.SYSTEM)


def _open(vacancy: Vacancy) -> Vacancy:
    row = Vacancy.objects.select_for_update(of=("self",)).select_related("house").get(pk=vacancy.pk)
    if row.closed_at is not None:
        raise BadVacancy(t("该岗位已关闭", "the vacancy is closed"))
    return row
