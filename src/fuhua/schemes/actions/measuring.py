"""The measurement after twelve months (再次测评): an independent second appraisal, the delta of the two, and both sides' confirmation."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from fuhua.desk.actions import notices
from fuhua.evidence.words import Grade
from fuhua.kernel import period
from fuhua.kernel.ui import formats
from fuhua.kernel.words import t
from fuhua.parties.models import Party
from fuhua.schemes.actions import appraisals, uplift_warnings, uplifts
from fuhua.schemes.actions.uplift_plans import BadUplift, held, stop_clocks, title_of, url_of
from fuhua.schemes.flow import UPLIFT as FLOW
from fuhua.schemes.kinds.appraising import delta
from fuhua.schemes.models import Appraisal, Uplift
from fuhua.schemes.queries import cultivation
from fuhua.schemes.queries.uplifts import measured_from


@transaction.atomic
def reassess(*, plan: Uplift, assessor: Party, by: str, at: dt.datetime) -> Appraisal:
    """Open the second appraisal, no earlier than twelve months after the plan, by somebody tied to neither side.

    Raises :class:`BadUplift` when it is too early (indicator I2 counts nothing measured before), ``BadAppraisal`` for who is tied.
    """
    row = held(plan)
    first_day = measured_from(row)
    if row.state != "agreed" or first_day is None:
        raise BadUplift(t("只有辅导中的方案才再次测评", "only a plan that is being carried out is measured"))
    if period.day(at) < first_day:
        raise BadUplift(t("方案商定满十二个月后（{day}起）才能再次测评", "it is measured twelve months after the plan, from {day} on")
                        .format(day=formats.day(first_day)))
    return appraisals.open_again(plan=row, assessor=assessor, sort="after", by=by, at=at)


def measured(row: Uplift, appraisal: Appraisal, *, by: str, at: dt.datetime) -> int:
    """Tell how far the score moved from the first appraisal to this one, in parts per million; the plan's new state is saved."""
    row.delta = delta(row.first.score or 0, appraisal.score or 0)
    gained = row.delta > 0
    row.state = FLOW.after(row.state, "measure" if gained else "fail")
    row.save(update_fields=["state", "delta"])
    uplifts.measure(subject=row.incubator.urn, delta=row.delta, by=by, at=at, grade=Grade.SYSTEM, on_behalf=row.issuer.urn,
                    independent=cultivation.tied(appraisal.assessor_id, (row.incubator_id, row.coach_id), period.day(at)) is None,
                    documents=[row.first.document, appraisal.document])
    if gained:
        for side in (row.coach_id, row.incubator_id):
            notices.part(about=row.urn, title=title_of(row), url=url_of(row), at=at, to=side)
    return row.delta


@transaction.atomic
def conclude_after(*, appraisal: Appraisal, by: str, at: dt.datetime, text: str = "") -> Appraisal:
    """Conclude the appraisal after the plan: the delta is told, and without a gain the coached incubator is warned."""
    row = held(appraisal.uplift)
    done = appraisals.conclude(appraisal=appraisal, by=by, at=at, text=text)
    measured(row, done, by=by, at=at)
    stop_clocks(row, at)
    if row.state == "failed":
        uplift_warnings.warn(plan=row, sort="no_gain", quarter=period.quarter_end(period.day(at)), missed=0, by=by, at=at)
    return done


@transaction.atomic
def confirm(*, plan: Uplift, role: str, by: str, at: dt.datetime) -> Uplift:
    """One of the two confirms what was measured; when both have, the plan is finished. Raises :class:`BadUplift` when pressed twice."""
    row = held(plan)
    row.state = FLOW.after(row.state, "confirm")
    if getattr(row, f"{role}_confirmed_at") is not None:
        raise BadUplift(t("您所在一方已经确认", "your side has confirmed it already"))
    setattr(row, f"{role}_confirmed_at", at)
    side = row.coach if role == "coach" else row.incubator
    if row.coach_confirmed_at and row.coached_confirmed_at:
        row.state = FLOW.after(row.state, "finish")
    row.save()
    notices.settle(about=row.urn, at=at, to=side.pk)
    uplifts.confirm(subject=row.incubator.urn, role=role, by=by, at=at, grade=Grade.COUNTERPART, on_behalf=side.urn)
    return row
