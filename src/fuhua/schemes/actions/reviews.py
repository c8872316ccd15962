"""Scores: handed in sealed, revealed together once all reviews of an application are in; too wide a spread calls one more expert."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.urls import reverse

from fuhua.desk.actions import notices
from fuhua.evidence.actions.facts import record
from fuhua.evidence.facts import BadFact
from fuhua.evidence.words import Grade
from fuhua.kernel.words import t
from fuhua.schemes.actions import barring, reviewers
from fuhua.schemes.actions.calls import held
from fuhua.schemes.facts.review import ReviewHandedIn, ScoresRevealed
from fuhua.schemes.models import Application, Call, Review
from fuhua.schemes.queries.panels import STANDING, wanted
from fuhua.schemes.queries.rounds import office_of, panel_of, rubric_of

_HUNDREDTHS = 100
_LONG = 4_000


class BadReview(BadFact):
    """The review cannot be handed in like this; ``text`` says what to mend."""


@transaction.atomic
def score(*, review: Review, marks: Mapping[str, Any], comment: str, by: str, at: dt.datetime) -> Review:
    """Hand in whole points for every line of the rubric and a comment, which the applicant always gets; sealed from then on.

    The last one of an application reveals them all, or calls one more expert when they differ too much. Raises :class:`BadReview`.
    """
    call = held(review.application.call)
    row = _asked(review)
    row.marks, row.comment = _marks(call, marks), comment.strip()
    if not row.comment or len(row.comment) > _LONG:
        raise BadReview(t("请写评审意见（最多 4000 字，将反馈申报单位）", "write a comment for the applicant (at most 4,000 characters)"))
    row.total, row.state, row.scored_at = sum(row.marks.values()) * _HUNDREDTHS, "scored", at
    row.save()
    record(ReviewHandedIn(subject=row.application.urn, round=row.round), by=by, at=at, grade=Grade.SYSTEM)
    reviewers.remind(call=call, at=at)
    reveal(call=call, application=row.application, by=by, at=at)
    return row


@transaction.atomic
def recuse(*, review: Review, why: str, by: str, at: dt.datetime) -> Review:
    """The expert declares a conflict: barred at once, and another takes the review."""
    held(review.application.call)
    row = _asked(review)
    barring.bar(application=row.application, person=row.seat.person, why="declared", said=why, by=by, at=at)
    Review.objects.filter(pk=row.pk).update(state="recused")
    row.refresh_from_db()
    return row


@transaction.atomic
def reveal(*, call: Call, application: Application, by: str, at: dt.datetime) -> bool:
    """Open the scores of the application once all are in; returns whether they are open now. The call is locked by the caller."""
    rule = panel_of(call)
    every = list(application.reviews.order_by("pk"))
    number = max((each.round for each in every), default=1)
    stand = [each for each in every if each.round == number and each.state in STANDING]
    if not stand or any(each.state == "asked" for each in stand):
        return False
    if len(stand) < wanted(every, number, rule.coverage, rule.spread):
        reviewers.fill(call=call, by=by, at=at)
        return False
    totals = [each.total for each in stand if each.total is not None]
    Review.objects.filter(pk__in=[each.pk for each in stand], revealed_at=None).update(revealed_at=at)
    record(ScoresRevealed(subject=application.urn, round=number, reviews=len(totals), mean=round(sum(totals) / len(totals)),
                          spread=max(totals) - min(totals)), by=by, at=at, grade=Grade.SYSTEM)
    if not Review.objects.filter(application__call=call, state__in=STANDING, revealed_at=None).exists():
        notices.turn(about=call.urn, title=call.title, url=reverse("schemes:ranking", kwargs={"pk": call.pk}), at=at, to=call.issuer_id,
                     office=office_of(call))
    return True


def _asked(review: Review) -> Review:
    row = Review.objects.select_for_update(of=("self",)).select_related("application", "seat__person").get(pk=review.pk)
    if row.state != "asked":
        raise BadReview(t("这份评审已经提交或改派，不能再修改", "this review is handed in or was given to another; it cannot change"))
    if row.application.state != "in_review":
        raise BadReview(t("该申报已不在评审中", "the application is no longer under review"))
    if row.application.barred.filter(person=row.seat.person_id).exists():
        raise BadReview(t("您已回避该申报", "you are barred from it"))
    return row


def _marks(call: Call, marks: Mapping[str, Any]) -> dict[str, int]:
    found = {}
    for line in rubric_of(call):
        points = marks.get(line.code)
        if not isinstance(points, int) or isinstance(points, bool) or not 0 <= points <= line.most:
            raise BadReview(t("“{line}”应为 0 至 {most} 的整数", "give “{line}” a whole number from 0 to {most}")
                            .format(line=line.label, most=line.most))
        found[line.code] = points
    return found
