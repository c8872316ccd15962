"""What was testified of one thing, as a timeline shows it: in the order in which it came to be known, with who told it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from fuhua.evidence.facts import FACTS
from fuhua.evidence.proof.records import Record
from fuhua.evidence.queries import told_of, voided_of
from fuhua.evidence.words import VOID_REASONS, Grade
from fuhua.kernel.words import Text, t
from fuhua.parties.queries import names


def timeline(subject: str, kinds: tuple[str, ...], on: dt.date, *, voided: bool = False) -> list[dict[str, Any]]:
    """What stands of the subject (URN) on a day, of facts whose kind begins with one of ``kinds``: ``at, title, who, grade, detail``.

    With ``voided`` also what was told and taken back, and that it was.
    """
    wanted = [fact for fact in FACTS if fact.KIND.startswith(kinds)]
    lines = [(each, FACTS[each.kind].LABEL) for each in told_of(subject, *wanted, on=on)]
    for told, voiding in voided_of(subject, *wanted) if voided else ():
        lines += [(told, FACTS[told.kind].LABEL), (voiding, _taken_back(told, voiding))]
    lines.sort(key=lambda line: line[0].known_at)
    called = names({each.by for each, _title in lines})
    return [{"at": each.known_at, "title": title, "who": called.get(each.by, ""), "grade": Grade(each.grade).name.lower(),
             "detail": each.digest[:16]} for each, title in lines]


def _taken_back(told: Record[Any], voiding: Record[Any]) -> Text:
    return t("撤销：{what}（{why}）", "taken back: {what} ({why})").format(
        what=FACTS[told.kind].LABEL, why=VOID_REASONS[voiding.fact.reason])
