"""The shape every fact has, and the facts about facts: confirmed, contested, corrected, voided."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, ClassVar, Protocol, get_type_hints

import msgspec

from fuhua.evidence.words import CONTEST_REASONS, VOID_REASONS
from fuhua.kernel.registry import Registry
from fuhua.kernel.urn import is_urn, kind_of
from fuhua.kernel.words import Text, t


class BadFact(ValueError):
    """A fact that must not be recorded; ``text`` says in the reader's language how to mend it."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


class Limit(Protocol):
    """What a field may hold, written into its type: ``host: Annotated[str, UrnOf("incubator", "park")]``."""

    def hold(self, name: str, value: Any) -> None:
        """Raise :class:`BadFact` when ``value`` is not allowed; a field whose default is blank may be blank."""


@dataclass(frozen=True)
class UrnOf:
    """The URN of a party or thing of one of these sorts."""

    sorts: tuple[str, ...]

    def __init__(self, *sorts: str) -> None:
        object.__setattr__(self, "sorts", sorts)

    def hold(self, name: str, value: str) -> None:
        if not is_urn(value):
            raise BadFact(t("“{name}”不是有效标识：{value}，请从名录中选择",
                            "{name} is not a URN: {value}; choose it from the register").format(name=name, value=value))
        if kind_of(value) not in self.sorts:
            raise BadFact(t("“{name}”的主体类别不对：收到 {sort}，应为 {sorts}",
                            "{name} is of the wrong sort: {sort}, not {sorts}")
                          .format(name=name, sort=kind_of(value), sorts=" / ".join(self.sorts)))


class CodeOf:
    """One of the codes of a table of words."""

    def __init__(self, codes: Collection[Any]) -> None:
        self.codes = codes

    def hold(self, name: str, value: Any) -> None:
        if value not in self.codes:
            raise BadFact(t("“{name}”代码无效：{value}，可选：{codes}", "{name} has no code {value}; one of {codes}")
                          .format(name=name, value=value, codes=", ".join(map(str, self.codes))))


@dataclass(frozen=True)
class Listed:
    """A code of a list that is data and changes with time: a fact has its shape checked, whoever tells it that the code is on the list.

    ``names`` gives every code that ever was, with its last name; ``telling`` reads the list once and gives what says a code's name of a
    day.
    """

    names: Callable[[], Mapping[str, Text]]
    telling: Callable[[], Callable[[str, dt.date], Text]]

    def hold(self, name: str, value: str) -> None:
        if re.fullmatch(r"[a-z][a-z0-9_]{1,23}", value) is None:
            raise BadFact(t("“{name}”应为代码（小写字母、数字、下划线，收到 {value}）",
                            "{name} is a code of small letters, digits and underscores (got {value})").format(name=name, value=value))


@dataclass(frozen=True)
class Between:
    """A number from ``low`` to ``high``, both included; it may be negative if ``low`` is."""

    low: int
    high: int = 10**18

    def hold(self, name: str, value: int) -> None:
        if not self.low <= value <= self.high:
            raise BadFact(t("“{name}”应在 {low} 与 {high} 之间（收到 {value}）",
                            "{name} lies between {low} and {high} (got {value})")
                          .format(name=name, low=self.low, high=self.high, value=value))


class DivisionCode:
    """A six-digit code of an administrative division (GB/T 2260)."""

    def hold(self, name: str, value: str) -> None:
        if len(value) != 6 or not value.isdigit():
            raise BadFact(t("“{name}”应为六位行政区划代码（收到 {value}）",
                            "{name} is a six-digit division code (got {value})").format(name=name, value=value))


District = Annotated[str, DivisionCode()]
Positive = Annotated[int, Between(1)]
Share = Annotated[int, Between(0, 1_000_000)]  # parts per million


class Fact(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What somebody testifies: URNs, numbers, codes and dates, never names or free text.

    A subclass sets ``KIND`` (``engine.verb_past``) and ``LABEL``; ``subject`` is the URN the fact is about, and
    every fact about one subject can be read together. ``check`` refuses impossible values with :class:`BadFact`.
    ``PRIVATE`` facts are read by the subject's own people and by auditors, by officers only where a rule of their own says so.
    """

    KIND: ClassVar[str] = ""
    PRIVATE: ClassVar[bool] = False
    LABEL: ClassVar[Text]

    subject: str

    def check(self) -> None:
        """Raise :class:`BadFact` when a value is impossible."""
        _check_shape(self)

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if cls.__dict__.get("KIND"):
            FACTS.add(cls)


FACTS: Registry[type[Fact]] = Registry("facts", key=lambda fact: fact.KIND)


def _check_shape(fact: Fact) -> None:
    if not is_urn(fact.subject):
        raise BadFact(t("事实的主体不是有效标识：{urn}", "the subject is not a URN: {urn}").format(urn=fact.subject))
    limits = limits_of(type(fact))
    for name in fact.__struct_fields__:
        value = getattr(fact, name)
        limit, may_be_blank = limits.get(name, (None, True))
        if limit is not None and not (value == "" and may_be_blank):
            limit.hold(name, value)
        if isinstance(value, int) and value < 0 and not isinstance(limit, Between):
            raise BadFact(t("“{name}”不能为负数（收到 {value}）", "{name} cannot be negative (got {value})")
                          .format(name=name, value=value))
        if isinstance(value, str) and (len(value) > 100 or not value.isascii()):
            raise BadFact(t("“{name}”只能是标识、代码或数字，不能是姓名或文字", "{name} must be a URN, a code or a number, "
                            "never a name or free text").format(name=name))


@cache
def limits_of(kind: type[Fact]) -> dict[str, tuple[Limit, bool]]:
    """Field name → its limit, and whether it may be blank; fields without a limit are left out."""
    hints = get_type_hints(kind, include_extras=True)
    defaults = dict(zip(reversed(kind.__struct_fields__), reversed(kind.__struct_defaults__), strict=False))
    found = {}
    for name in kind.__struct_fields__:
        for note in getattr(hints[name], "__metadata__", ()):
            if hasattr(note, "hold"):
                found[name] = (note, defaults.get(name) == "")
    return found


@cache
def urns_of(kind: type[Fact]) -> tuple[str, ...]:
    """The names of the fields that hold URNs, the subject first."""
    return ("subject", *(name for name, (limit, _blank) in limits_of(kind).items() if isinstance(limit, UrnOf) and name != "subject"))


def fields_of(kind: type[Fact]) -> dict[str, type]:
    """Field name → type of one kind of fact, for forms, docs and the API."""
    hints = get_type_hints(kind)
    return {name: hints[name] for name in kind.__struct_fields__}


class Confirmed(Fact, frozen=True, kw_only=True, gc=False):
    """The counterpart confirms the fact ``about`` (its digest): a declared fact rises to counterpart-confirmed."""

    KIND = "evidence.confirmed"
    LABEL = t("对方确认", "confirmed by the counterpart")
    about: str


class Contested(Fact, frozen=True, kw_only=True, gc=False):
    """Somebody disputes the fact ``about``; it keeps counting, marked, until corrected, voided or upheld."""

    KIND = "evidence.contested"
    LABEL = t("提出异议", "contested")
    about: str
    reason: str

    def check(self) -> None:
        _check_shape(self)
        _check_code(self.reason, CONTEST_REASONS)


class Upheld(Fact, frozen=True, kw_only=True, gc=False):
    """An officer examined the challenge of the fact ``about`` and upheld the fact: the mark goes."""

    KIND = "evidence.upheld"
    LABEL = t("异议不成立", "upheld")
    about: str


class Voided(Fact, frozen=True, kw_only=True, gc=False):
    """The fact ``about`` no longer counts from the moment this is known; the record of it stays."""

    KIND = "evidence.voided"
    LABEL = t("作废", "voided")
    about: str
    reason: str

    def check(self) -> None:
        _check_shape(self)
        _check_code(self.reason, VOID_REASONS)


def _check_code(code: str, codes: dict[str, Text]) -> None:
    if code not in codes:
        raise BadFact(t("原因代码无效：{code}，可选：{codes}", "unknown reason {code}; one of {codes}")
                      .format(code=code, codes=", ".join(codes)))


class Merged(Fact, frozen=True, kw_only=True, gc=False):
    """Two records turned out to be one party: what is told of ``subject`` is read as told of ``into``."""

    KIND = "evidence.merged"
    LABEL = t("合并重复主体", "merged a duplicate")
    into: str


class Unmerged(Fact, frozen=True, kw_only=True, gc=False):
    """The merge of ``subject`` into ``into`` was wrong and is undone."""

    KIND = "evidence.unmerged"
    LABEL = t("撤销合并", "merge undone")
    into: str


META = (Confirmed, Contested, Upheld, Voided, Merged, Unmerged)
