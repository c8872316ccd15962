"""Reads of gold mentors: titles with their person and scope, and applications as nominated or checked."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from fuhua.schemes import access
from fuhua.schemes.models import Application, MentorTitle

_NOMINATED = ("submitted", "gaps")
_CHECKED = ("eligible", "in_review", "proposed", "reserve")  # what was proposed is told by the notice, not here


def titles() -> QuerySet[MentorTitle]:
    """Every title with its person and application, by name; whoever was erased is left out."""
    rows = MentorTitle.objects.select_related("person", "application__call").filter(person__erased_at=None)
    return rows.order_by("person__name", "pk")


def state_of(application: Application) -> str:
    """The state of a nomination before there is a title (a key of ``words.MENTOR_STATES``); blank for drafts and what came to nothing."""
    return "nominated" if application.state in _NOMINATED else "checked" if application.state in _CHECKED else ""


def candidates(who: Any) -> list[Application]:
    """Nominations that are not decided yet, of those whose applications the reader may see; a reserve is decided once its call is."""
    rows = access.APPLICATIONS.filter(who, Application.objects.filter(call__kind="gold_mentor", state__in=(*_NOMINATED, *_CHECKED)))
    return list(rows.exclude(call__state="concluded").select_related("applicant", "call").distinct().order_by("pk"))
