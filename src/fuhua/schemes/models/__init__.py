"""Tables of schemes: calls and applications, panels and reviews, decisions, agreements and their money, talents."""

from fuhua.schemes.models.agreements import Agreement, Assessment, Change, Conversion, Handover, Milestone, Paper
from fuhua.schemes.models.calls import Application, Attachment, Call, Coauthor, Gap, Recommendation
from fuhua.schemes.models.decisions import Announcement, Decision, Objection
from fuhua.schemes.models.money import Cost, Tranche
from fuhua.schemes.models.panels import Barred, Draw, Review, Seat
from fuhua.schemes.models.talents import Credential, Interest, Judgement, Placement, Practicum, Readable, Talent, Vacancy

__all__ = [
    "Agreement", "Announcement", "Application", "Assessment", "Attachment", "Barred", "Call", "Change", "Coauthor", "Conversion", "Cost",
    "Credential", "Decision", "Draw", "Gap", "Handover", "Interest", "Judgement", "Milestone", "Objection", "Paper", "Placement",
    "Practicum", "Readable", "Recommendation", "Review", "Seat", "Talent", "Tranche", "Vacancy",
]
