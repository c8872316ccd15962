"""Give and revoke delegations: one organisation files for another, in one scope, until a day."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from fuhua.evidence.actions.facts import record
from fuhua.evidence.facts import BadFact
from fuhua.evidence.words import Grade
from fuhua.kernel import period
from fuhua.kernel.words import t
from fuhua.parties import facts, models
from fuhua.parties.words import SCOPES, Sort


class BadDelegation(BadFact):
    """The delegation cannot be given or revoked like this; ``text`` says how to mend it."""


@transaction.atomic
def give(
    *, giver: models.Party, holder: models.Party, scope: str, expires: dt.datetime, by: str, at: dt.datetime
) -> models.Delegation:
    """``giver`` lets the organisation ``holder`` file for it in ``scope`` (``words.SCOPES``) until ``expires``."""
    if scope not in SCOPES:
        raise BadDelegation(t("委托范围无效，请从列表中选择", "no such scope; choose one of the list"))
    if expires <= at:
        raise BadDelegation(t("到期时间须晚于现在", "the expiry must lie in the future"))
    if giver.pk == holder.pk or holder.sort == Sort.PERSON:
        raise BadDelegation(t("请委托给另一个组织", "delegate to another organisation"))
    delegation = models.Delegation.objects.create(giver=giver, holder=holder, scope=scope, since=at, expires=expires)
    record(
        facts.DelegationGiven(subject=giver.urn, holder=holder.urn, scope=scope, expires=period.day(expires)),
        by=by,
        at=at,
        grade=Grade.SYSTEM,
        on_behalf=giver.urn,
    )
    return delegation


@transaction.atomic
def revoke(delegation: models.Delegation, *, by: str, at: dt.datetime) -> models.Delegation:
    """The giver takes it back: nothing more is filed under it."""
    delegation = (
        models.Delegation.objects.select_for_update(of=("self",))
        .select_related("giver", "holder")
        .get(pk=delegation.pk)
    )
    if delegation.revoked_at is not None:
        raise BadDelegation(t("该委托已经撤销", "this delegation has already been revoked"))
    delegation.revoked_at = at
    delegation.save(update_fields=["revoked_at"])
    record(
        facts.DelegationRevoked(subject=delegation.giver.urn, holder=delegation.holder.urn, scope=delegation.scope),
        by=by,
        at=at,
        grade=Grade.SYSTEM,
    )
    return delegation
