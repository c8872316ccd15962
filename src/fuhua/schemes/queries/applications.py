"""Reads of applications: those of a call, those of a person, what one still lacks, and the days by which things are due."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet

from fuhua.kernel import period
from fuhua.kernel.questions import missing
from fuhua.kernel.words import Text, t
from fuhua.parties.models import Party
from fuhua.parties.words import Sort
from fuhua.schemes import access
from fuhua.schemes.kinds.schemes import scheme_kinds
from fuhua.schemes.kinds.spec import Kind
from fuhua.schemes.models import Application, Call, Member
from fuhua.schemes.queries.rounds import clocks_of

_UNCHECKED = t("核对预填内容", "check what was prefilled")
_OUTDATED = t("{what}（所选项已退出目录，请重新选择）", "{what} (what was chosen has left the list; choose again)")


@dataclass(frozen=True)
class Lack:
    """One thing that stands against handing in: a question, a document (``name``), or ``known`` for what was not checked."""

    name: str
    text: Text


def of_call(call: Call) -> QuerySet[Application]:
    """What was handed in to the call, by number; narrow it by an access rule before anybody sees it."""
    rows = Application.objects.filter(call=call).exclude(state="draft").exclude(number=None)
    return rows.select_related("applicant", "lead", "recommendation").order_by("number")


def is_first(row: Application) -> bool:
    """Whether it is admitted before others (优先入孵): a proof of concept on record shows it proven, and the applicant confirms it."""
    known = row.known.get("proven") or {}
    return bool(known.get("value")) and known.get("says") == "confirmed" and row.values.get("proven") is True


def counts(rows: QuerySet[Application]) -> dict[str, int]:
    """State → how many of the rows."""
    return dict(rows.order_by().values_list("state").annotate(n=Count("pk", distinct=True)))


def mine(who: Any) -> QuerySet[Application]:
    """What the person writes or wrote, latest first."""
    rows = Application.objects.filter(pk__in=access.WRITES.filter(who, Application.objects.all()).values("pk"))
    return rows.select_related("call", "applicant").order_by("-saved_at", "-pk")


def applicants(who: Any, kind: Kind) -> list[Party]:
    """The parties for which the person may apply under the kind: themselves, and organisations they hold an office in."""
    rows = Party.objects.filter(merged_into=None, sort__in=kind.applicants)
    own = {who.party_id} if Sort.PERSON in kind.applicants else set()
    return list(rows.filter(pk__in=who.acts_for() | own).order_by("pk"))


def lacks(row: Application) -> list[Lack]:
    """Everything that stands against handing the application in: required answers and documents, unchecked prefilled values."""
    kind = scheme_kinds()[row.call.kind]
    found = [Lack("title", t("项目名称", "title"))] if not row.title else []
    found += [Lack(each.name, each.label) for each in missing(kind.asks, row.values)]
    found += _outdated(row, kind) if row.submitted_at is None else []
    held = set(row.attachments.values_list("code", flat=True))
    found += [Lack(each.code, each.label) for each in kind.evidence if each.required and each.code not in held]
    found += _unbound(row, kind) if kind.consortium else []
    if any(not each.get("says") for each in row.known.values()):
        found.append(Lack("known", _UNCHECKED))
    return found


def _unbound(row: Application, kind: Kind) -> list[Lack]:
    """What the consortium lacks: a member, or the word of one to the agreement that is attached now."""
    members = [each for each in row.members.select_related("party").order_by("pk") if each.state != "declined"]
    texts = set(row.attachments.filter(code=kind.consortium).values_list("digest", flat=True))
    found = [Lack("members", t("联合体成员（至少一家）", "a member of the consortium"))] if not members else []
    return found + [Lack("members", t("{name} 确认分工和联合体协议", "the word of {name} to its part and the consortium agreement")
                         .format(name=each.party.name))
                    for each in members if each.state != "confirmed" or each.document not in texts]


def members_of(row: Application) -> list[Member]:
    """The consortium of an application beside its lead, as asked."""
    return list(row.members.select_related("party").order_by("pk"))


def _outdated(row: Application, kind: Kind) -> list[Lack]:
    """Answers of a draft that may be chosen no longer: their field has left the list since."""
    return [Lack(each.name, _OUTDATED.format(what=each.label)) for each in kind.asks
            if each.type == "choice" and row.values.get(each.name) and row.values[each.name] not in each.choices]


def progress(row: Application) -> tuple[int, int]:
    """How many of what is required is there, of how many."""
    kind = scheme_kinds()[row.call.kind]
    wanted = 1 + sum(each.required for each in kind.asks) + sum(each.required for each in kind.evidence) + bool(row.known)
    wanted += bool(kind.consortium)
    return max(wanted - len({each.name for each in lacks(row)}), 0), wanted


def gaps_due(call: Call) -> dt.date:
    """The last day on which an applicant can be told of gaps: so many working days after the call closed."""
    return period.add_working_days(period.day(call.closes_at), clocks_of(call).gaps)


def decision_due(call: Call) -> dt.date | None:
    """The day by which everything in the call is decided, where its kind names one: working days after it closed."""
    days = clocks_of(call).decide
    return period.add_working_days(period.day(call.closes_at), days) if days else None


def district_of(row: Application) -> Party | None:
    """The government of the applicant's district, which recommends it."""
    code = row.applicant.district
    return Party.objects.filter(sort=Sort.DISTRICT, district=code, merged_into=None).order_by("pk").first() if code else None
