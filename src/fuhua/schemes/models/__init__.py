"""Tables of schemes: calls and applications, panels and reviews, decisions, agreements and their money."""

from fuhua.schemes.models.agreements import Agreement, Change, Handover, Milestone
from fuhua.schemes.models.calls import Application, Attachment, Call, Coauthor, Gap, Recommendation
from fuhua.schemes.models.decisions import Announcement, Decision, Objection
from fuhua.schemes.models.money import Cost, Tranche
from fuhua.schemes.models.panels import Barred, Draw, Review, Seat

__all__ = [
    "Agreement", "Announcement", "Application", "Attachment", "Barred", "Call", "Change", "Coauthor", "Cost", "Decision", "Draw", "Gap",
    "Handover", "Milestone", "Objection", "Recommendation", "Review", "Seat", "Tranche",
]
