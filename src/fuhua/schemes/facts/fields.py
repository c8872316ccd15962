"""What we testify of the list of future fields and of consortiums: entered, renamed, retired; and what a member answered."""

from __future__ import annotations

from typing import Annotated

from fuhua.evidence.facts import CodeOf, Fact, Positive, UrnOf
from fuhua.kernel.words import t
from fuhua.schemes import words
from fuhua.schemes.facts import Field
from fuhua.schemes.facts.applications import Application

FutureField = Annotated[str, UrnOf("field")]


class FieldEntered(Fact, frozen=True, kw_only=True, gc=False):
    """The theme committee put the field on the list, which is its edition ``version`` then; ``former`` is the field it follows."""

    KIND = "schemes.field_entered"
    LABEL = t("未来产业领域列入目录", "future field entered")
    subject: FutureField
    version: Positive
    former: Field = ""


class FieldRenamed(Fact, frozen=True, kw_only=True, gc=False):
    """The field is called otherwise from this day; its code stays."""

    KIND = "schemes.field_renamed"
    LABEL = t("未来产业领域更名", "future field renamed")
    subject: FutureField
    version: Positive


class FieldRetired(Fact, frozen=True, kw_only=True, gc=False):
    """The field is on the list no longer; ``into`` is the one it was merged into, or blank."""

    KIND = "schemes.field_retired"
    LABEL = t("未来产业领域退出目录", "future field retired")
    subject: FutureField
    version: Positive
    into: Field = ""


class MemberAnswered(Fact, frozen=True, kw_only=True, gc=False):
    """A member of the consortium confirmed or declined its part; the consortium agreement that it read is the document."""

    KIND = "schemes.member_answered"
    LABEL = t("联合体成员确认", "consortium member answered")
    PRIVATE = True
    subject: Application
    party: str
    answer: Annotated[str, CodeOf(words.MEMBER_STATES)]
