"""The case card of a pilot: written by either side or the broker, seen by everybody only while both sides consent."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from fuhua.desk.actions import notices
from fuhua.evidence.actions.facts import record
from fuhua.evidence.words import Grade
from fuhua.exchange.actions.introductions import BadIntroduction, held, locked, turn_of_both
from fuhua.exchange.facts import brokered as facts
from fuhua.exchange.models import CaseCard, Introduction
from fuhua.kernel.words import t


@transaction.atomic
def write(*, introduction: Introduction, title: str, text: str, by: str, at: dt.datetime) -> CaseCard:  # noqa: ARG001
    """Write or rewrite the card; a consent to earlier words is void, so it is hidden until both consent again."""
    row = locked(introduction)
    if not row.result:
        raise BadIntroduction(t("试点测评后才能写案例卡", "a case card is written once the pilot is measured"))
    if not title.strip() or not text.strip():
        raise BadIntroduction(t("请填写案例的标题和内容", "give the case a title and its story"))
    card, _new = CaseCard.objects.update_or_create(introduction=row, defaults={
        "title": title.strip()[:100], "text": text.strip()[:4000], "written_at": at, "published_at": None})
    row.sides.update(card_at=None)
    turn_of_both(row, at)
    return card


@transaction.atomic
def consent(*, introduction: Introduction, side: str, by: str, at: dt.datetime) -> CaseCard:
    """One side lets the card be seen as it is written; with the second it is shown to everybody."""
    row, mine = held(introduction, side)
    card = CaseCard.objects.select_for_update().filter(introduction=row).first()
    if card is None:
        raise BadIntroduction(t("还没有案例卡，请先写好", "there is no case card yet; write it first"))
    if mine.card_at is not None:
        raise BadIntroduction(t("贵方已同意公开", "you have consented already"))
    mine.card_at = at
    mine.save(update_fields=["card_at"])
    notices.settle(about=mine.urn, at=at)
    if not row.sides.filter(card_at=None).exists():
        card.published_at = at
        card.save(update_fields=["published_at"])
        record(facts.CaseShown(subject=row.urn), by=by, at=at, grade=Grade.SYSTEM, on_behalf=mine.party.urn)
    return card


@transaction.atomic
def hide(*, introduction: Introduction, side: str, by: str, at: dt.datetime) -> CaseCard:
    """A side takes its consent back, at any time: the card is hidden at once."""
    row, mine = held(introduction, side)
    card = CaseCard.objects.select_for_update().filter(introduction=row).first()
    if card is None or mine.card_at is None:
        raise BadIntroduction(t("贵方没有同意公开，无需撤回", "you have not consented; there is nothing to take back"))
    mine.card_at = None
    mine.save(update_fields=["card_at"])
    if card.published_at is not None:
        card.published_at = None
        card.save(update_fields=["published_at"])
        record(facts.CaseHidden(subject=row.urn, side=side), by=by, at=at, grade=Grade.SYSTEM, on_behalf=mine.party.urn)
    return card
