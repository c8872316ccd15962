"""How near each expert is to each application, in words and fields: by what the expert reviewed in other calls, where there is any."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from fuhua.kernel.questions import spoken
from fuhua.schemes.kinds.solvers import nearness
from fuhua.schemes.models import Application, Call, Review, Seat
from fuhua.schemes.queries.rounds import kind_of

WHOLE = 100  # finer than that, nearness of words says nothing, and the lot would have no equals to draw from
_EVEN = WHOLE // 2


def affinity(call: Call, seats: Sequence[Seat], applications: Sequence[Application]) -> np.ndarray:
    """Seats × applications, whole numbers from 0 to 100: nearness in words, and for a third whether the expert knows the field.

    Who has reviewed nothing yet is taken as the mean of the others; where nobody has, or no application names a field, the other of the
    two speaks alone, and with neither everybody is equally near.
    """
    shape = (len(seats), len(applications))
    works, fields = _works(call, seats) if applications else ({}, {})
    parts = [(2, _in_words(call, seats, applications, works)), (1, _in_field(seats, applications, fields))]
    known = [(weight, part) for weight, part in parts if part is not None]
    if not known:
        return np.full(shape, _EVEN, np.int64)
    whole = sum(weight * part for weight, part in known) / sum(weight for weight, _part in known)
    return np.rint(whole * WHOLE).astype(np.int64)


def _in_words(call: Call, seats: Sequence[Seat], applications: Sequence[Application], works: Mapping[int, list[str]]) -> np.ndarray | None:
    known = [at for at, seat in enumerate(seats) if seat.person_id in works]
    if not known or not applications:
        return None
    return _filled(len(seats), known, nearness({str(seats[at].pk): works[seats[at].person_id] for at in known},
                                               {str(each.pk): text_of(call, each) for each in applications}))


def _in_field(seats: Sequence[Seat], applications: Sequence[Application], fields: Mapping[int, set[str]]) -> np.ndarray | None:
    known, asked = [at for at, seat in enumerate(seats) if seat.person_id in fields], [fields_of(each.values) for each in applications]
    if not known or not any(asked):
        return None
    return _filled(len(seats), known, np.array([[bool(fields[seats[at].person_id] & each) for each in asked] for at in known], float))


def _filled(count: int, known: Sequence[int], rows: np.ndarray) -> np.ndarray:
    """The rows of the known seats, and their mean for the others."""
    found = np.tile(np.asarray(rows).mean(axis=0), (count, 1))
    found[list(known)] = rows
    return found


def fields_of(values: Mapping[str, Any]) -> set[str]:
    """The fields that an application's answers name."""
    return {code for code in (values.get("field"), *(values.get("fields") or ())) if code}


def text_of(call: Call, application: Application) -> str:
    """The words of an application: its title and its answers in words."""
    return f"{application.title}\n{spoken(kind_of(call).asks, application.values)}"


def _works(call: Call, seats: Sequence[Seat]) -> tuple[dict[int, list[str]], dict[int, set[str]]]:
    """Person → what they wrote of applications in other calls, and what those were called; and the fields of those applications."""
    rows = Review.objects.filter(seat__person__in=[seat.person_id for seat in seats], state="scored").exclude(application__call=call)
    works: defaultdict[int, list[str]] = defaultdict(list)
    fields: defaultdict[int, set[str]] = defaultdict(set)
    told = rows.order_by("pk").values_list("seat__person", "application__title", "application__values", "comment")
    for person, title, values, comment in told:
        works[person].append(f"{title}\n{comment}")
        fields[person] |= fields_of(values)
    return works, {person: known for person, known in fields.items() if known}
