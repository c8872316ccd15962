"""What the desk testifies: an ask was raised, moved from hand to hand, answered, confirmed or reopened."""

from __future__ import annotations

import datetime as dt

from fuhua.desk.words import ANSWERS, BECAUSE, REOPEN_REASONS
from fuhua.evidence.facts import BadFact, Fact
from fuhua.kernel.words import Text, t


def _code(code: str, codes: dict[str, Text]) -> None:
    if code not in codes:
        raise BadFact(t("代码无效：{code}，可选：{codes}", "unknown code {code}; one of {codes}")
                      .format(code=code or "-", codes=", ".join(codes)))


class AskRaised(Fact, frozen=True, kw_only=True, gc=False):
    """An ask of ``sort`` was put to ``asked``, to be answered by ``due``; ``issuer`` for a supervision order."""

    KIND = "desk.ask_raised"
    LABEL = t("提出事项", "ask raised")
    sort: str
    asked: str
    due: dt.date
    issuer: str = ""
    about: str = ""


class AskTriaged(Fact, frozen=True, kw_only=True, gc=False):
    """The handler looked at the ask and keeps it."""

    KIND = "desk.ask_triaged"
    LABEL = t("受理", "ask triaged")
    handler: str


class AskPassedOn(Fact, frozen=True, kw_only=True, gc=False):
    """The ask is handled by another organisation from now on; the one first asked stays responsible."""

    KIND = "desk.ask_passed_on"
    LABEL = t("转办", "ask passed on")
    handler: str


class AskOwned(Fact, frozen=True, kw_only=True, gc=False):
    """A person took the ask on."""

    KIND = "desk.ask_owned"
    LABEL = t("认领", "ask taken on")
    owner: str


class AskHandedBack(Fact, frozen=True, kw_only=True, gc=False):
    """The owner handed the ask back to the organisation that handles it."""

    KIND = "desk.ask_handed_back"
    LABEL = t("退回认领", "ask handed back")
    handler: str


class AskWaited(Fact, frozen=True, kw_only=True, gc=False):
    """The owner waits for ``on``; the clock stops if that is the asker."""

    KIND = "desk.ask_waited"
    LABEL = t("等待他人", "ask waits")
    on: str


class AskResumed(Fact, frozen=True, kw_only=True, gc=False):
    """What was waited for has come; ``due`` is the day that stands now."""

    KIND = "desk.ask_resumed"
    LABEL = t("继续办理", "ask goes on")
    due: dt.date


class AskAnswered(Fact, frozen=True, kw_only=True, gc=False):
    """The owner answered: solved, explained, or cannot ``because`` of a coded reason."""

    KIND = "desk.ask_answered"
    LABEL = t("答复", "ask answered")
    answer: str
    because: str = ""

    def check(self) -> None:
        super().check()
        _code(self.answer, ANSWERS)
        if self.answer == "cannot":
            _code(self.because, BECAUSE)
        elif self.because:
            raise BadFact(t("只有“暂不能办”才填写原因代码", "only “cannot” takes a reason code"))


class AskConfirmed(Fact, frozen=True, kw_only=True, gc=False):
    """The asker holds the ask to be done."""

    KIND = "desk.ask_confirmed"
    LABEL = t("提出人确认办结", "ask confirmed by the asker")


class AskReopened(Fact, frozen=True, kw_only=True, gc=False):
    """The asker does not accept the answer, for a coded ``reason``."""

    KIND = "desk.ask_reopened"
    LABEL = t("提出人重新打开", "ask reopened by the asker")
    reason: str
    due: dt.date

    def check(self) -> None:
        super().check()
        _code(self.reason, REOPEN_REASONS)


class AskWithdrawn(Fact, frozen=True, kw_only=True, gc=False):
    """The asker no longer asks."""

    KIND = "desk.ask_withdrawn"
    LABEL = t("撤回", "ask withdrawn")


class PartConfirmed(Fact, frozen=True, kw_only=True, gc=False):
    """A co-unit confirmed its own part of the ask."""

    KIND = "desk.part_confirmed"
    LABEL = t("配合单位确认本单位部分", "co-unit confirmed its part")
    unit: str


class PartUnconfirmed(Fact, frozen=True, kw_only=True, gc=False):
    """A co-unit took its confirmation back."""

    KIND = "desk.part_unconfirmed"
    LABEL = t("配合单位撤销确认", "co-unit took its confirmation back")
    unit: str


class RosterHandedIn(Fact, frozen=True, kw_only=True, gc=False):
    """A spreadsheet with a roster was handed in; the record's document is the file."""

    KIND = "desk.roster_handed_in"
    LABEL = t("提交名册", "roster handed in")
    roster: str


class RosterMapped(Fact, frozen=True, kw_only=True, gc=False):
    """Whoever handed the roster in said which of its columns are read, and asked for the dry run."""

    KIND = "desk.roster_mapped"
    LABEL = t("核对名册列", "roster columns checked")
    columns: int


class RosterConfirmed(Fact, frozen=True, kw_only=True, gc=False):
    """Whoever handed the roster in read the dry run and had its good rows entered."""

    KIND = "desk.roster_confirmed"
    LABEL = t("确认名册入库", "roster confirmed")


class RosterEntered(Fact, frozen=True, kw_only=True, gc=False):
    """The good rows of the roster are entered: how many were new, changed, as before, wrong, and wait for a person."""

    KIND = "desk.roster_entered"
    LABEL = t("名册入库完成", "roster entered")
    new: int
    changed: int
    unchanged: int
    wrong: int
    waiting: int


class RosterDropped(Fact, frozen=True, kw_only=True, gc=False):
    """The roster was given up before any row of it was entered."""

    KIND = "desk.roster_dropped"
    LABEL = t("放弃名册", "roster dropped")


class OrganisationPicked(Fact, frozen=True, kw_only=True, gc=False):
    """An officer said which organisation rows of the roster speak of; blank for one that is new."""

    KIND = "desk.organisation_picked"
    LABEL = t("确认名册主体", "organisation picked")
    party: str = ""
