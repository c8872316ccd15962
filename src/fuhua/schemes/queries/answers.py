"""Answers of applications in the reader's words; parties that an answer names are called by their names."""

from __future__ import annotations

from typing import Any

from fuhua.kernel import questions
from fuhua.kernel.questions import BadValue, Question
from fuhua.kernel.words import Text, t
from fuhua.parties.models import Party
from fuhua.parties.queries import directory, in_bulk, names


def shown(ask: Question, stored: Any) -> Text:
    """A stored answer in words."""
    if ask.type == "party" and stored:
        called = names([stored]).get(stored, stored)
        return Text(called, called)
    return questions.shown(ask, stored)


def read(ask: Question, written: Any) -> Any:
    """The stored value of what somebody wrote; a party must be on the register. Raises :class:`BadValue`."""
    value = questions.read(ask, written)
    if ask.type == "party" and value and in_bulk.live(value) is None:
        raise BadValue(t("名录中没有这一主体，请重新选择", "it is not on the register; choose again"))
    return value


def parties_for(ask: Question) -> list[Party]:
    """The organisations that may answer a question of type ``party``, by name."""
    return list(directory.organisations().filter(sort__in=ask.choices).order_by("name", "pk"))
