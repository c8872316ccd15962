"""Years later: whether the panel's ranking of a call foresaw how far what was awarded came."""

from __future__ import annotations

from fuhua.schemes.kinds.foresight import Foresight, foresight
from fuhua.schemes.kinds.leniency import Scored, normalised
from fuhua.schemes.models import Call, Milestone
from fuhua.schemes.queries.ranking import last_reviews

_OVER = ("passed", "partial", "failed")


def foreseen(call: Call) -> Foresight:
    """The rank correlation of normalised scores with the weighted share of milestones reached, over awards with a milestone judged.

    Only what was awarded has milestones: the figure says nothing of what was turned away. Two queries.
    """
    scores = normalised([Scored(each.application_id, each.seat_id, each.total) for rows in last_reviews(call).values() for each in rows])
    reached: dict[int, tuple[int, int]] = {}
    rows = Milestone.objects.filter(agreement__application__call=call, state__in=_OVER)
    for application, weight, share, state in rows.values_list("agreement__application", "weight", "share", "state"):
        done, whole = reached.get(application, (0, 0))
        part = share if share is not None else 1_000_000 if state == "passed" else 0
        reached[application] = (done + max(weight, 1) * part, whole + max(weight, 1))
    return foresight([(scores[each], done / whole) for each, (done, whole) in sorted(reached.items()) if each in scores])
