"""Tables of the plan: editions with their measures and targets, and the supervision of what they promise."""

from fuhua.plan.models.editions import Doubt, Edition, Measure, Responsibility, Revision, Target

__all__ = ["Doubt", "Edition", "Measure", "Responsibility", "Revision", "Target"]
