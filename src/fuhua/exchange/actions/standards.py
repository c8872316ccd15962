"""Record that counsel reviewed a standard text."""

from __future__ import annotations

import datetime as dt
from typing import BinaryIO

from django.db import transaction

from fuhua.evidence.actions.attachments import attach
from fuhua.evidence.actions.facts import record
from fuhua.evidence.facts import BadFact
from fuhua.evidence.words import Grade
from fuhua.exchange.facts import TextReviewed
from fuhua.exchange.kinds.standard import STANDARDS
from fuhua.kernel import period
from fuhua.kernel.ui import formats
from fuhua.kernel.words import t
from fuhua.parties.models import Party


class BadReview(BadFact):
    """The review cannot be recorded; ``text`` says how to mend it."""


@transaction.atomic
def review(*, version: str, wording: str, reviewer: Party, on: dt.date, opinion: BinaryIO, by: str, at: dt.datetime) -> str:
    """The counsel of ``reviewer`` reviewed the text whose digest is ``wording`` on a day, as the ``opinion`` shows; the fact's digest.

    Raises :class:`BadReview` when the text was changed since it was read, or for a day before it was drafted or to come.
    """
    text = STANDARDS[version]
    if wording != text.wording:
        raise BadReview(t("范本在您打开后已修改，请重新阅读后登记",
                          "the text was changed since you opened it; read it again, then record it"))
    if not text.drafted <= on <= period.day(at):
        raise BadReview(t("审核日期应在范本拟定（{day}）之后、今天之前，请核对",
                          "the review lies between the day of the draft ({day}) and today; check it").format(day=formats.day(text.drafted)))
    document, _media = attach(opinion, by=by, at=at)
    return record(TextReviewed(subject=text.urn, reviewer=reviewer.urn, wording=wording), by=by, at=at, true_from=on, grade=Grade.DECLARED,
                  documents=[document])
