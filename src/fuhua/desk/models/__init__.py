"""Tables of the desk: asks with their parts and entries, clocks and notices, and the spreadsheets that come in."""

from fuhua.desk.models.asks import Ask, Entry, Part, Series
from fuhua.desk.models.intake import Intake, IntakeRow, IntakeTurn, Pick, RosterRecord
from fuhua.desk.models.notices import Clock, Lead, Mute, Notice, Read
from fuhua.desk.models.titled import titled

__all__ = [
    "Ask", "Clock", "Entry", "Intake", "IntakeRow", "IntakeTurn", "Lead",
    "Mute", "Notice", "Part", "Pick", "Read", "RosterRecord", "Series", "titled",
]
