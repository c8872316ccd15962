"""The checklist of a landing: every step is asked of an organisation on the first day, as a case of the desk with its own clock."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from fuhua.desk.actions import asks
from fuhua.desk.models import Ask
from fuhua.desk.words import OPEN
from fuhua.journey.actions.case_rows import name_of, url_of
from fuhua.journey.models import CampDesk, LandingCase
from fuhua.journey.words import STEPS
from fuhua.kernel.words import t


@transaction.atomic
def ask_all(*, case: LandingCase, by: str, at: dt.datetime) -> list[Ask]:
    """Ask for every step of ``words.STEPS``: whom the camp names for it, else the issuer of the call.

    The person of the case asks, for the project, and so is who confirms that it is done.
    """
    call = case.application.call
    desks = dict(CampDesk.objects.filter(camp__call=call).values_list("step", "organisation_id"))
    title = t("{step}：{name}", "{step}: {name}")
    return [asks.ask(kind=step, title=title.format(step=label, name=name_of(case)), asker=case.person_id or case.application.lead_id,
                     asker_for=case.project_id, asked=desks.get(step, call.issuer_id), by=by, at=at, about=case.urn,
                     about_url=url_of(case))
            for step, label in STEPS.items()]


@transaction.atomic
def withdraw_all(*, case: LandingCase, by: str, at: dt.datetime) -> int:
    """The case is over: what is still asked for it is asked no longer; returns how many there were."""
    rows = list(Ask.objects.filter(about=case.urn, state__in=OPEN).order_by("pk"))
    for each in rows:
        asks.withdraw(ask=each, by=by, at=at)
    return len(rows)
