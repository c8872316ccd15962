"""How near each expert is to each application, in words: by what the expert wrote in reviews of other calls, where there is any."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from fuhua.kernel.questions import spoken
from fuhua.schemes.kinds.solvers import nearness
from fuhua.schemes.models import Application, Call, Review, Seat
from fuhua.schemes.queries.rounds import kind_of

WHOLE = 100  # finer than that, nearness of words says nothing, and the lot would have no equals to draw from
_EVEN = WHOLE // 2


def affinity(call: Call, seats: Sequence[Seat], applications: Sequence[Application]) -> np.ndarray:
    """Seats × applications, whole numbers from 0 to 100.

    Who has reviewed nothing yet is taken as the mean of the others; where nobody has, everybody is equally near.
    """
    works = _works(call, seats)
    if not works or not applications:
        return np.full((len(seats), len(applications)), _EVEN, np.int64)
    known = [at for at, seat in enumerate(seats) if seat.person_id in works]
    near = nearness({str(seats[at].pk): works[seats[at].person_id] for at in known},
                    {str(each.pk): text_of(call, each) for each in applications})
    found = np.tile(near.mean(axis=0), (len(seats), 1))
    found[known] = near
    return np.rint(found * WHOLE).astype(np.int64)


def text_of(call: Call, application: Application) -> str:
    """The words of an application: its title and its answers in words."""
    return f"{application.title}\n{spoken(kind_of(call).asks, application.values)}"


def _works(call: Call, seats: Sequence[Seat]) -> dict[int, list[str]]:
    """Person → what they wrote of applications in other calls, and what those were called."""
    rows = Review.objects.filter(seat__person__in=[seat.person_id for seat in seats], state="scored").exclude(application__call=call)
    works: defaultdict[int, list[str]] = defaultdict(list)
    for person, title, comment in rows.order_by("pk").values_list("seat__person", "application__title", "comment"):
        works[person].append(f"{title}\n{comment}")
    return works
