"""Tables of the plan: editions with their measures and targets, and the supervision of what they promise."""

from fuhua.plan.models.editions import Doubt, Edition, Measure, Responsibility, Revision, Target
from fuhua.plan.models.readings import Freeze, Reading
from fuhua.plan.models.supervision import AgendaItem, Blocker, Decision, Meeting, Task, TaskLink, TaskPart

__all__ = [
    "AgendaItem",
    "Blocker",
    "Decision",
    "Doubt",
    "Edition",
    "Freeze",
    "Measure",
    "Meeting",
    "Reading",
    "Responsibility",
    "Revision",
    "Target",
    "Task",
    "TaskLink",
    "TaskPart",
]
