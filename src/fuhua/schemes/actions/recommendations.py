"""The district recommends an application, and commits money of its own to it."""

from __future__ import annotations

import datetime as dt
from typing import BinaryIO

from django.db import transaction

from fuhua.desk.actions import notices
from fuhua.evidence.actions.attachments import attach
from fuhua.evidence.actions.facts import record
from fuhua.evidence.words import Grade
from fuhua.kernel import period
from fuhua.kernel.words import t
from fuhua.parties.models import Party
from fuhua.schemes.actions.applications import BadApplication, held, url_of
from fuhua.schemes.facts.applications import Recommended
from fuhua.schemes.models import Application, Recommendation


@transaction.atomic
def recommend(*, application: Application, district: Party, matched: int, day: dt.date, letter: BinaryIO, by: str, at: dt.datetime,
              ) -> Recommendation:
    """The district's letter of ``day`` with its commitment of ``matched`` fen; until it is judged a later letter takes its place.

    Raises :class:`BadApplication`, and what :func:`fuhua.evidence.actions.attachments.attach` raises for the letter.
    """
    row = held(application)
    if row.state not in ("submitted", "gaps"):
        raise BadApplication(t("只能推荐已提交、尚未完成资格审查的申报", "only what was handed in and is not judged yet is recommended"))
    if not district.district or district.district != row.applicant.district:
        raise BadApplication(t("只能推荐注册在本区的单位", "a district recommends applicants of its own"))
    if matched < 0 or day > period.day(at):
        raise BadApplication(t("配套金额不能为负，推荐日期不能晚于今天", "money is not negative, and the letter’s day not in the future"))
    digest, _media = attach(letter, by=by, at=at)
    found, _new = Recommendation.objects.update_or_create(
        application=row, defaults={"district": district, "matched": matched, "day": day, "letter": digest, "at": at})
    notices.news(about=row.urn, title=row.call.title, url=url_of(row), at=at, to=row.applicant_id)
    record(Recommended(subject=row.urn, district=district.urn, matched=matched), by=by, at=at, grade=Grade.SYSTEM, true_from=day,
           on_behalf=district.urn, documents=[digest])
    return found
