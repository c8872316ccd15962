"""Tables of schemes: calls to decisions, agreements and their money, titles, fields of the future, cultivation, talents."""

from fuhua.schemes.models.agreements import Agreement, Assessment, Change, Conversion, Handover, Milestone, Paper
from fuhua.schemes.models.calls import Application, Attachment, Call, Coauthor, Gap, Recommendation
from fuhua.schemes.models.decisions import Announcement, Decision, Objection
from fuhua.schemes.models.fields import FieldDecision, GoldSeed, Member, SeedCheck
from fuhua.schemes.models.mentors import MentorTitle
from fuhua.schemes.models.money import Cost, Tranche
from fuhua.schemes.models.panels import Barred, Draw, Review, Seat
from fuhua.schemes.models.talents import Credential, Interest, Judgement, Placement, Practicum, Readable, Talent, Vacancy
from fuhua.schemes.models.uplifts import Appeal, Appraisal, AppraisalLine, ReformStep, Uplift, UpliftTask, UpliftWarning

__all__ = [
    "Agreement", "Announcement", "Appeal", "Application", "Appraisal", "AppraisalLine", "Assessment", "Attachment", "Barred", "Call",
    "Change", "Coauthor", "Conversion", "Cost", "Credential", "Decision", "Draw", "FieldDecision", "Gap", "GoldSeed", "Handover",
    "Interest", "Judgement", "Member", "MentorTitle", "Milestone", "Objection", "Paper", "Placement", "Practicum", "Readable",
    "Recommendation", "ReformStep", "Review", "Seat", "SeedCheck", "Talent", "Tranche", "Uplift", "UpliftTask", "UpliftWarning",
    "Vacancy",
]
