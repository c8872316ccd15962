"""What we testify of gold mentors' titles: listed by an award, active by sessions, lapsed without them, restored, removed."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from fuhua.evidence.facts import CodeOf, Fact, UrnOf
from fuhua.kernel.words import t
from fuhua.schemes import words

Person = Annotated[str, UrnOf("person")]


class MentorListed(Fact, frozen=True, kw_only=True, gc=False):
    """The person is a gold mentor by an award; ``application`` was awarded."""

    KIND = "schemes.mentor_listed"
    LABEL = t("入选金牌导师", "gold mentor listed")
    subject: Person
    application: Annotated[str, UrnOf("application")]


class MentorActivated(Fact, frozen=True, kw_only=True, gc=False):
    """The gold mentor held a session that both sides confirmed; ``day`` is its day."""

    KIND = "schemes.mentor_activated"
    LABEL = t("金牌导师开展辅导", "gold mentor active")
    subject: Person
    day: dt.date


class MentorLapsed(Fact, frozen=True, kw_only=True, gc=False):
    """Without a confirmed session from ``since`` on the title is honorary only."""

    KIND = "schemes.mentor_lapsed"
    LABEL = t("金牌导师转为荣誉", "gold mentor honorary")
    subject: Person
    since: dt.date


class MentorRestored(Fact, frozen=True, kw_only=True, gc=False):
    """The issuer lists an honorary gold mentor again."""

    KIND = "schemes.mentor_restored"
    LABEL = t("恢复金牌导师", "gold mentor restored")
    subject: Person


class MentorRemoved(Fact, frozen=True, kw_only=True, gc=False):
    """The person is no gold mentor any more, for a coded reason."""

    KIND = "schemes.mentor_removed"
    LABEL = t("移出金牌导师", "gold mentor removed")
    subject: Person
    because: Annotated[str, CodeOf(words.MENTOR_REMOVALS)]
