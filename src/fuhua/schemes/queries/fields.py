"""The list of future fields: the first edition, and every decision of the theme committee since, read as one."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable

from fuhua.evidence.facts import BadFact
from fuhua.kernel import urn
from fuhua.kernel.words import Text, t
from fuhua.schemes.models import FieldDecision
from fuhua.schemes.words import FIELD_STATES, FIRST_FIELDS, FUTURE_FIELDS, FutureField, first_edition

FIRST = 1  # the number of the first edition


class UnknownField(BadFact):
    """The code is on no edition of the list, or may not be chosen any more."""


def decisions() -> list[FieldDecision]:
    """Every decision, in the order in which they were made; one query."""
    return list(FieldDecision.objects.select_related("person").order_by("edition"))


def standing(decided: Iterable[FieldDecision]) -> dict[str, FutureField]:
    """The list after these decisions: code → field, retired ones too."""
    found = first_edition(FIRST_FIELDS)
    for each in decided:
        name = ((each.day, Text(each.zh, each.en)),)
        field = found.get(each.code)
        match each.verb:
            case "entered" if field is None:
                found[each.code] = FutureField(each.code, name, former=each.former)
            case "entered":
                found[each.code] = dataclasses.replace(field, names=field.names + name, state="in_force", into="")
            case "renamed":
                found[each.code] = dataclasses.replace(field, names=field.names + name)
            case "retired":
                found[each.code] = dataclasses.replace(field, state="retired")
            case "merged":
                found[each.code] = dataclasses.replace(field, state="merged", into=each.into)
    return found


def every() -> dict[str, FutureField]:
    """The list as it is now, by code; one query."""
    return standing(FieldDecision.objects.order_by("edition"))


FUTURE_FIELDS.follow(every)


def require_known(code: str) -> FutureField:
    """The field of that code; raises :class:`UnknownField` for a code that never stood on the list."""
    found = every().get(code)
    if found is None:
        raise UnknownField(t("领域（field）代码“{code}”不在未来产业领域目录中，请从目录选择",
                             "no field has the code “{code}”; choose one from the list of fields").format(code=code))
    return found


def require_in_force(codes: Iterable[str]) -> None:
    """Raise :class:`UnknownField` unless every code may be chosen now; it names what may not and why."""
    fields = every()
    for code in codes:
        if code not in fields:
            raise UnknownField(t("没有这个领域：{code}，请从目录选择", "there is no such field: {code}; choose from the list")
                               .format(code=code))
        if fields[code].state != "in_force":
            raise UnknownField(t("领域“{name}”{state}，不能用于新的通知或申报，请另选",
                                 "the field “{name}” has the state “{state}” and cannot be chosen anew; choose another")
                               .format(name=fields[code].name, state=FIELD_STATES[fields[code].state]))


def said_on(code: str, day: dt.date) -> Text:
    """What the field was called on a day, with its present name if that is another; the code itself if it is unknown."""
    return FUTURE_FIELDS.telling()(code, day)


def urn_of(code: str) -> str:
    """The URN under which facts speak of the field; the code is its identity."""
    return urn.of("field", code)
