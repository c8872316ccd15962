"""Reactions follow the sequence: each handles every fact of its kind once, in order, and can be replayed."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from fuhua.evidence import models, queries
from fuhua.evidence.facts import Fact
from fuhua.evidence.proof.records import Record
from fuhua.kernel.registry import Registry

_log = logging.getLogger("fuhua.reactions")
Handle = Callable[[Record[Any], dt.datetime], None]


@dataclass(frozen=True)
class Reaction:
    """``handle(record, at)`` is called for facts of ``kinds``; ``causes`` are the kinds it may record in turn.

    The graph kinds → causes must have no cycle; the house test checks it.
    """

    name: str
    kinds: tuple[str, ...]
    causes: tuple[str, ...]
    handle: Handle


REACTIONS: Registry[Reaction] = Registry("reactions", key=lambda reaction: reaction.name)


def reaction(name: str, *kinds: type[Fact], causes: tuple[type[Fact], ...] = ()) -> Callable[[Handle], Handle]:
    """Declare ``handle`` as what we do about facts of ``kinds``; it must be idempotent and call our own actions."""

    def declare(handle: Handle) -> Handle:
        REACTIONS.add(Reaction(name, tuple(kind.KIND for kind in kinds), tuple(kind.KIND for kind in causes), handle))
        return handle

    return declare


def follow(*, at: dt.datetime, batch: int = 500) -> int:
    """Let every reaction catch up with the sequence; returns how many facts were handled.

    A reaction that fails is logged and tried again at the next call; it holds up no other.
    """
    handled = 0
    for reaction in REACTIONS:
        try:
            handled += _follow(reaction, at, batch)
        except Exception:
            _log.exception("the reaction %s failed and will be tried again", reaction.name)
    return handled


@transaction.atomic
def _follow(reaction: Reaction, at: dt.datetime, batch: int) -> int:
    cursor, _new = models.Cursor.objects.select_for_update().get_or_create(reaction=reaction.name)
    until = min(queries.sequenced(), cursor.seq + batch)
    if until <= cursor.seq:
        return 0
    records = sorted(queries.records(reaction.kinds, since=cursor.seq, until=until), key=lambda record: record.seq)
    for record in records:
        reaction.handle(record, at)
    cursor.seq = until
    cursor.save(update_fields=["seq"])
    return len(records)
