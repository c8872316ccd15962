"""Who was admitted moves in: the operator says from which day and how, and the stay rests on the award."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from fuhua.evidence.facts import BadFact
from fuhua.evidence.words import Grade
from fuhua.journey.actions import stays
from fuhua.kernel import period
from fuhua.kernel.words import t
from fuhua.schemes.models import Application


class NotAdmitted(BadFact):
    """No stay follows from it on that day; ``text`` says how to mend it."""


@transaction.atomic
def move_in(*, application: Application, stay: str, on: dt.date, by: str, at: dt.datetime) -> str:
    """Begin the stay (``words.STAYS``) of whoever an incubator's own round admitted; returns the digest of the fact.

    It is told by the operator, for an award is no move: many who are chosen come weeks later, or never. The fact is declared, names the
    application that was handed in, and rises when the venture confirms it. Raises :class:`NotAdmitted`, ``StayOpen``.
    """
    row = Application.objects.select_for_update(of=("self",)).select_related("call__issuer", "applicant").get(pk=application.pk)
    house = row.call.issuer
    if row.state != "awarded" or row.call.kind != "incubator_admission" or house.sort != "incubator":
        raise NotAdmitted(t("只有本孵化器遴选入选的才能办理入驻", "only who was admitted by the incubator’s own round moves in"))
    concluded = row.call.announcements.exclude(concluded_at=None).order_by("-pk").first()
    if concluded is None or not period.day(concluded.concluded_at) <= on <= period.day(at):
        raise NotAdmitted(t("入驻日期应在遴选结束之后、不晚于今天", "they move in after the round was concluded, and not ahead of today"))
    return stays.begin(subject=row.applicant.urn, host=house.urn, stay=stay, district=house.district, by=by, at=at, on=on,
                       grade=Grade.DECLARED, documents=[row.digest], on_behalf=house.urn)
