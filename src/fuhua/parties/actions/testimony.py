"""The counterpart confirms a fact: somebody whom it names, and who does not sit on the side that told it."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from fuhua.evidence.actions import facts
from fuhua.evidence.facts import BadFact
from fuhua.kernel.urn import is_urn
from fuhua.kernel.words import t
from fuhua.parties.models import Tie
from fuhua.parties.queries import Who
from fuhua.parties.words import TieKind, TieState


class NotCounterpart(BadFact):
    """The person is no party to the fact, or of the same organisation as who told it."""


@transaction.atomic
def confirm(digest: str, *, who: Who, by: str, at: dt.datetime) -> str:
    """``who`` confirms the fact as the other side; raises :class:`NotCounterpart` otherwise. Returns the confirmation's digest."""
    told = facts.stored(digest)
    mine = who.organisation_urns | {who.urn}
    values = (getattr(told.fact, name) for name in told.fact.__struct_fields__)
    if not mine & {value for value in values if isinstance(value, str) and is_urn(value)}:
        raise NotCounterpart(t("这条事实没有涉及您或您的单位，不能作为对方确认",
                               "this fact names neither you nor your organisation; you are not its counterpart"))
    if mine & (_houses(told.by) | {told.by, told.on_behalf or ""}):
        raise NotCounterpart(t("这条事实由您所在一方填报，须由另一方确认", "your own side told this fact; the other side confirms it"))
    return facts.confirm(digest, by=by, at=at)


def _houses(urn: str) -> set[str]:
    """The organisations that the person with that URN works for."""
    ties = Tie.objects.filter(kind=TieKind.EMPLOYS, target__urn=urn, state=TieState.CONFIRMED, until=None)
    return set(ties.values_list("source__urn", flat=True))
