"""What we testify of mentoring: sessions, what was written and answered in them, contradicting advice, ratings without points."""

from __future__ import annotations

from typing import Annotated

from fuhua.evidence.facts import CodeOf, Fact, Positive, UrnOf
from fuhua.exchange import words
from fuhua.exchange.facts import Count, Organisation, Person
from fuhua.kernel.words import t

Session = Annotated[str, UrnOf("mentoring")]


class MentoringHeld(Fact, frozen=True, kw_only=True, gc=False):
    """A mentor advised an organisation for ``minutes`` on the day the fact is true; the other side confirms or contests it."""

    KIND = "exchange.mentoring_held"
    LABEL = t("开展辅导", "mentoring held")
    subject: Person
    session: Session
    mentee: Organisation
    minutes: Positive


class MentoringWritten(Fact, frozen=True, kw_only=True, gc=False):
    """A note, advice or an action of a session was written down; what it says is in no fact."""

    KIND = "exchange.mentoring_written"
    LABEL = t("辅导留痕", "mentoring written down")
    PRIVATE = True
    subject: Session
    part: Annotated[str, CodeOf(words.MENTORING_PARTS)]


class ActionsAnswered(Fact, frozen=True, kw_only=True, gc=False):
    """Of the actions agreed in a session ``done`` are done and ``open`` are not, as their owners say; the latest of a session holds."""

    KIND = "exchange.actions_answered"
    LABEL = t("行动项回访", "actions answered")
    subject: Person
    session: Session
    done: Count
    open: Count


class AdviceClashed(Fact, frozen=True, kw_only=True, gc=False):
    """Advice of a session contradicts advice of the session ``against``; both stay."""

    KIND = "exchange.advice_clashed"
    LABEL = t("建议相左", "advice contradicts")
    PRIVATE = True
    subject: Session
    against: Session


class AdviceChosen(Fact, frozen=True, kw_only=True, gc=False):
    """The organisation chose between two pieces of contradicting advice; the subject is the session of the later one."""

    KIND = "exchange.advice_chosen"
    LABEL = t("建议取舍", "advice chosen")
    PRIVATE = True
    subject: Session
    choice: Annotated[str, CodeOf(words.CLASH_CHOICES)]


class MentorRated(Fact, frozen=True, kw_only=True, gc=False):
    """The organisation rated a session; the points stay with the platform and are not told here."""

    KIND = "exchange.mentor_rated"
    LABEL = t("评价辅导", "mentoring rated")
    PRIVATE = True
    subject: Session
