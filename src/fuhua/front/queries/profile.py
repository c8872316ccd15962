"""One organisation from every side: names, ties, what happened to it, what it counts towards and why, its documents."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.urls import reverse

from fuhua.evidence import queries as evidence
from fuhua.evidence.proof.figure import COUNTED, LEFT_OUT, UNSURE
from fuhua.evidence.proof.records import Record, decode
from fuhua.evidence.words import Grade
from fuhua.front.queries import behind, testimony, things, writing
from fuhua.front.queries.cockpit import Moment, indicator_url
from fuhua.front.words import MEDIA
from fuhua.journey.queries.firsts import firsts_of
from fuhua.journey.words import FIRSTS
from fuhua.kernel import period
from fuhua.kernel.words import t
from fuhua.parties import access as parties_access
from fuhua.parties.queries import directory, names
from fuhua.parties.queries.matching import possible_duplicates
from fuhua.parties.words import DISTRICTS, NAME_KINDS, OFFICES, SORTS, TIE_STATES, TIES
from fuhua.plan.queries.objectives import Objective
from fuhua.plan.queries.overview import Edition

NEWEST, LISTED = 60, 30
_TONES = {COUNTED: "jade", LEFT_OUT: "plain", UNSURE: "ochre"}
_TIE_TONES = {"proposed": "ochre", "confirmed": "jade", "ended": "plain"}


def described(party: Any) -> dict[str, Any]:
    """What identifies the organisation, and everything it is or was called."""
    return {
        "party": party, "sort": SORTS[party.sort], "district": DISTRICTS.get(party.district, ""),
        "names": [{"text": each.text, "since": each.since, "until": each.until,
                   "kind": t("曾用名", "former name") if each.until else NAME_KINDS[each.kind]} for each in directory.names_of(party)],
        "merged": list(directory.merged_into(party)),
    }


def ties(who: Any, party: Any) -> list[dict[str, Any]]:
    """The ties of the organisation that the reader may see, live ones first: what, with whom, and since when."""
    rows = directory.ties_of(parties_access.TIES.filter(who, directory.ties()), [party.pk])[:LISTED]
    found = []
    for tie in rows:
        other = tie.target if tie.source_id == party.pk else tie.source
        person = other.sort == "person"
        found.append({
            "kind": TIES[tie.kind], "office": OFFICES.get(tie.office, ""), "since": tie.since, "until": tie.until,
            "state": TIE_STATES[tie.state], "tone": _TIE_TONES[tie.state],
            "other": other.name or t("信息已删除的个人", "a person who has been erased"),
            "url": "" if person else reverse("parties:organisation", kwargs={"urn": other.urn}),
        })
    return found


def told(who: Any, party: Any, urns: Sequence[str], visible: Any) -> dict[str, Any]:
    """What was told of it and what it did for the first time, newest truth first, as a timeline; with how many facts there are."""
    rows = visible.filter(who, evidence.facts()).filter(subject__in=urns)
    newest = list(rows.order_by("-true_from", "-id")[:NEWEST])
    records = [decode(row.kind, row.body, seq=-1, digest=row.digest) for row in newest]
    known, lists = names({urn for record in records for urn in testimony.urns_of(record)}), testimony.Lists()
    events = [*(_event(record, known, lists) for record in records), *_firsts(who, party)]
    return {"total": rows.count(), "documents": _documents(records), "events": sorted(events, key=lambda each: each["at"], reverse=True)}


def _firsts(who: Any, party: Any) -> list[dict[str, Any]]:
    """What it did for the first time; whoever may open the deal that shows it, goes there."""
    shown = [(first, deal) for first, deal in firsts_of(party) if deal.settled_at]
    closed = things.closed(who, [deal.urn for _first, deal in shown])
    return [{"at": period.day(deal.settled_at), "title": FIRSTS[first], "detail": "", "who": "", "grade": Grade.SYSTEM.name.lower(),
             "url": "" if deal.urn in closed else reverse("exchange:deal", kwargs={"pk": deal.pk})} for first, deal in shown]


def _event(record: Record[Any], known: dict[str, str], lists: testimony.Lists) -> dict[str, Any]:
    said = [str(each["text"]) for each in testimony.spoken(record, known, lists) if each["name"] not in ("subject", "about")]
    return {"at": record.true_from, "title": type(record.fact).LABEL, "detail": " · ".join(said),
            "who": testimony.called(record.by, known), "grade": Grade(record.grade).name.lower(),
            "url": reverse("front:fact", kwargs={"digest": record.digest})}


def _documents(records: Sequence[Record[Any]]) -> list[dict[str, Any]]:
    """The documents behind the facts shown, each once, with how many of the facts rest on it."""
    rests: dict[str, list[Record[Any]]] = {}
    for record in records:
        for digest in record.documents:
            rests.setdefault(digest, []).append(record)
    kept = {row.digest: row for row in evidence.documents().filter(digest__in=list(rests))}
    return [{"digest": digest, "kept": kept.get(digest), "media": _media(kept.get(digest)),
             "facts": len(facts), "label": type(facts[0].fact).LABEL,
             "url": testimony.document_url(digest, facts[0].digest)} for digest, facts in rests.items()]


def _media(kept: Any) -> Any:
    return kept and MEDIA.get(kept.media_type, kept.media_type)


def standing(edition: Edition, objectives: Sequence[Objective], urns: Sequence[str], moment: Moment) -> list[dict[str, Any]]:
    """What each indicator says of it as a subject: counted, left out or undetermined, for which reason, on which facts."""
    found = []
    for objective in objectives:
        for urn in urns:
            verdict = objective.answer.lines.get(urn)
            if verdict is None:
                continue
            found.append({
                "code": objective.indicator.code, "name": objective.indicator.name, "state": behind.STATES[verdict.state],
                "tone": _TONES[verdict.state], "reason": behind.reason_text(objective, verdict.reason),
                "amount": writing.amount(verdict.amount, objective.indicator) if verdict.state == COUNTED else "",
                "unit": writing.unit(objective.indicator) if verdict.state == COUNTED else "", "facts": behind.facts_of(verdict),
                "contested": any(record.contested for record in verdict.records),
                "url": indicator_url(edition, objective.indicator.code, moment),
            })
    return found


def credited(edition: Edition, objectives: Sequence[Objective], urns: Sequence[str], moment: Moment) -> list[dict[str, Any]]:
    """What it is credited with as a host or partner: its share of each figure, and whose achievements these are."""
    wanted, found = set(urns), []
    for objective in objectives:
        share = sum(objective.figure.credit.get(urn, 0) for urn in wanted)
        through = sorted(subject for subject, verdict in objective.answer.lines.items()
                         if subject not in wanted and any(urn in wanted for urn, _share in verdict.credit))
        if not share or not through:
            continue
        called = names(through[:LISTED])
        found.append({
            "code": objective.indicator.code, "name": objective.indicator.name, "amount": behind.share_text(objective, share),
            "unit": writing.unit(objective.indicator), "url": indicator_url(edition, objective.indicator.code, moment),
            "through": [{"name": called.get(urn) or testimony.called(urn, {}), "url": reverse("front:subject", kwargs={"urn": urn})}
                        for urn in through[:LISTED]],
            "more": max(0, len(through) - LISTED),
        })
    return found


def duplicates(party: Any) -> list[dict[str, Any]]:
    """Organisations that may be the same one, likeliest first, with why; for those who may merge."""
    found = []
    for pair in possible_duplicates(most=200):
        if party.pk in (pair.first.pk, pair.second.pk):
            other = pair.second if pair.first.pk == party.pk else pair.first
            found.append({"name": other.name, "sort": SORTS[other.sort], "reasons": pair.reasons,
                          "url": reverse("parties:organisation", kwargs={"urn": other.urn})})
    return found
