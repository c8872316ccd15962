"""Tell whoever must act next, and nobody else; read, unread and silence notices."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from fuhua.desk.models import Lead, Mute, Notice, Read, titled
from fuhua.desk.words import NOTICES, NoticeKind
from fuhua.evidence.facts import BadFact
from fuhua.kernel.words import Text, t


@transaction.atomic
def turn(
    *, about: str, title: str | Text, url: str, at: dt.datetime, to: int | None = None, office: str = "",
    statutory: bool = False, due: dt.date | None = None,
) -> Notice:
    """It is now the turn of ``to`` (party id; with ``office``, whoever holds it there) to act on ``about`` at ``url``.

    Whoever's turn it was before is no longer bothered. Without ``to`` the turn is that of an office anywhere. ``due`` is until when,
    where no clock runs.
    """
    settle(about=about, at=at, kinds=(NoticeKind.TURN,))
    return Notice.objects.create(to_id=to, office=office, kind=NoticeKind.TURN, about=about, url=url, at=at,
                                 statutory=statutory, due=due, **titled(title))


@transaction.atomic
def part(*, about: str, title: str | Text, url: str, at: dt.datetime, to: int, statutory: bool = False) -> Notice:
    """The organisation ``to`` is asked to confirm its own part of ``about``."""
    return Notice.objects.create(to_id=to, kind=NoticeKind.PART, about=about, url=url, at=at, statutory=statutory, **titled(title))


@transaction.atomic
def news(*, about: str, title: str | Text, url: str, at: dt.datetime, to: int, office: str = "") -> Notice:
    """Something about ``about`` changed that ``to`` (with ``office``, whoever holds it there) should know; nothing waits for them."""
    return Notice.objects.create(to_id=to, office=office, kind=NoticeKind.CHANGED, about=about, url=url, at=at, **titled(title))


@transaction.atomic
def settle(*, about: str, at: dt.datetime, kinds: tuple[str, ...] = (), to: int | None = None) -> int:
    """Nothing is left to do about ``about`` (for those kinds, for that addressee); returns how many notices went."""
    rows = Notice.objects.filter(about=about, settled_at=None)
    rows = rows.filter(kind__in=kinds) if kinds else rows
    return (rows if to is None else rows.filter(to_id=to)).update(settled_at=at)


@transaction.atomic
def read(*, notices: list[int], person: int, at: dt.datetime) -> None:
    """``person`` has read these notices; reading twice changes nothing."""
    Read.objects.bulk_create([Read(notice_id=pk, person_id=person, at=at) for pk in notices], ignore_conflicts=True)


@transaction.atomic
def unread(*, notice: int, person: int) -> None:
    """``person`` wants to come back to the notice."""
    Read.objects.filter(notice_id=notice, person_id=person).delete()


@transaction.atomic
def mute(*, person: int, kinds: set[str]) -> None:
    """From now on ``person`` is not told of ``kinds``, and of everything else; statutory notices come through."""
    if unknown := kinds - set(NOTICES):
        raise BadFact(t("未知的提醒种类：{kinds}", "unknown kinds of notice: {kinds}").format(kinds=", ".join(sorted(unknown))))
    Mute.objects.filter(person_id=person).exclude(kind__in=kinds).delete()
    Mute.objects.bulk_create([Mute(person_id=person, kind=kind) for kind in sorted(kinds)], ignore_conflicts=True)


@transaction.atomic
def name_lead(*, organisation: int, person: int | None) -> None:
    """``person`` hears when the organisation's work is two working days late; None removes the lead."""
    if person is None:
        Lead.objects.filter(organisation_id=organisation).delete()
        return
    Lead.objects.update_or_create(organisation_id=organisation, defaults={"person_id": person})
