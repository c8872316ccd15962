"""An offer's pack for a contest: what is on record of the offer, of its organisation, and of what came of it here."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass

from fuhua.evidence.facts import FACTS, META
from fuhua.evidence.queries import told_of
from fuhua.evidence.words import Grade
from fuhua.exchange.kinds.listings import listing_kinds
from fuhua.exchange.models import Introduction, Listing, Nomination
from fuhua.exchange.words import INTRODUCTIONS, RESULTS
from fuhua.kernel.questions import shown
from fuhua.kernel.ui import formats
from fuhua.kernel.words import Text, t
from fuhua.parties.words import DISTRICTS, SORTS


@dataclass(frozen=True)
class Line:
    """One thing that is on record."""

    label: Text
    value: Text | str


@dataclass(frozen=True)
class Section:
    """Things on record that belong together."""

    title: Text
    lines: tuple[Line, ...]


def pack(offer: Listing, today: dt.date) -> list[Section]:
    """The sections of the pack; confidential fields and private facts are left out."""
    return [each for each in (_offer(offer), _organisation(offer), _record(offer, today), _here(offer)) if each.lines]


def as_json(offer: Listing, today: dt.date, contest: str = "") -> bytes:
    """The pack for machines, with the contest that it is sent to."""
    sections = [{"title": str(section.title), "lines": [{"label": str(line.label), "value": str(line.value)} for line in section.lines]}
                for section in pack(offer, today)]
    to = {"contest": contest} if contest else {}
    return json.dumps({"offer": offer.urn, **to, "sections": sections}, ensure_ascii=False, indent=1).encode()


def nominated(offer: Listing) -> list[Nomination]:
    """The contests that the offer was nominated for, each with its day and by whom, the first of them first."""
    return list(Nomination.objects.filter(listing=offer).select_related("person").order_by("pk"))


def _offer(offer: Listing) -> Section:
    kind = listing_kinds()[offer.kind]
    told = [Line(each.label, shown(each, offer.spec[each.name])) for each in kind.fields if each.name in offer.spec]
    return Section(t("项目", "The project"), (Line(t("名称", "title"), offer.title), Line(t("类别", "kind"), kind.label),
                                            Line(t("说明", "description"), offer.text), *told))


def _organisation(offer: Listing) -> Section:
    party = offer.party
    lines = [Line(t("单位名称", "organisation"), party.name), Line(t("类别", "sort"), SORTS[party.sort])]
    lines += [Line(t("统一社会信用代码", "credit code"), party.code)] if party.code else []
    lines += [Line(t("所在区", "district"), DISTRICTS.get(party.district, party.district))] if party.district else []
    lines += [Line(t("联系人", "contact"), offer.owner.name)] if offer.owner else []
    return Section(t("单位", "The organisation"), tuple(lines))


def _record(offer: Listing, today: dt.date) -> Section:
    """Facts that stand of the organisation, each with its day and grade; private ones are not for contests."""
    public = [kind for kind in FACTS if not kind.PRIVATE and kind not in META]
    return Section(t("在案事实", "Facts on record"), tuple(
        Line(type(record.fact).LABEL, t("{day}（{grade}）", "{day} ({grade})").format(
            day=formats.day(record.true_from), grade=Grade(record.grade).label)) for record in told_of(offer.party.urn, *public, on=today)))


def _here(offer: Listing) -> Section:
    rows = Introduction.objects.filter(offer=offer, agreed_at__isnull=False).order_by("pk")
    return Section(t("对接与实测", "Introductions and pilots"), tuple(
        Line(t("第 {n} 次对接", "introduction {n}").format(n=place),
             t("{state}，{result}", "{state}; {result}").format(state=INTRODUCTIONS[row.state], result=RESULTS[row.result])
             if row.result else INTRODUCTIONS[row.state]) for place, row in enumerate(rows, 1)))
