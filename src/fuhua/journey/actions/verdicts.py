"""Judge a subject by every rule, keep each new verdict as a fact, and tell only those whose answer changed."""

from __future__ import annotations

import datetime as dt
import hashlib
import logging
import time
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db import transaction
from django.urls import reverse

from fuhua.desk.actions import notices
from fuhua.evidence.actions.facts import record
from fuhua.evidence.words import Grade
from fuhua.journey import facts
from fuhua.journey.models import Standing
from fuhua.journey.queries import numbers, profiles
from fuhua.kernel import period, urn
from fuhua.kernel.words import Text, t
from fuhua.parties.models import Party
from fuhua.parties.queries import root
from fuhua.policy.reasoning.terms import Exact
from fuhua.policy.reasoning.verdict import Verdict, judge
from fuhua.policy.titles import told_worth
from fuhua.policy.words import VERDICTS

_log = logging.getLogger("fuhua.policy")
NEVER, MONTH = dt.date(1900, 1, 1), 31
ENGINE = urn.of("engine", "policy")  # who judges when nobody asked for it


@dataclass(frozen=True)
class Changed:
    """A verdict whose answer or level is not what it was: the row as it is now, and the former answer and level."""

    standing: Standing
    verdict: Verdict
    former: tuple[str, str]


@transaction.atomic
def judge_subject(*, subject: str, by: str, at: dt.datetime, on: dt.date | None = None, only: Collection[str] = ()) -> list[Changed]:
    """Judge the subject (URN) by its rules (``only`` these keys) on a day; returns the verdicts whose answer changed.

    A verdict is recorded when its edition, its answer or a value it saw is new. Nobody is told; see :func:`rejudge`.
    """
    day = on or period.day(at)
    hold(subject)
    profile = profiles.profile_of(subject, day)
    tables = numbers.tables_on(day)
    rows = {row.rule: row for row in Standing.objects.select_for_update().filter(subject=subject)}
    changed = []
    for rule in profiles.rules_for(subject):
        if not only or rule.key in only:
            verdict = judge(rule, profile.known, day, tables)
            former = rows.get(rule.key)
            before = former and (former.answer, former.level)
            row = _kept(profile, verdict, tables, former, by=by, at=at, day=day)
            if before is not None and before != (row.answer, row.level):
                changed.append(Changed(row, verdict, before))
    if not only:
        Standing.objects.filter(subject=subject).update(judged=day)
    return changed


def hold(subject: str) -> None:
    """Hold the subject until the transaction ends, so that answers and judgings of it follow one another."""
    Party.objects.select_for_update(of=("self",)).filter(urn=subject).first()


def _kept(
    profile: profiles.Profile,
    verdict: Verdict,
    tables: dict[str, Exact],
    former: Standing | None,
    *,
    by: str,
    at: dt.datetime,
    day: dt.date,
) -> Standing:
    """The row of a verdict, recorded anew if anything it rests on is new."""
    edition = verdict.edition
    asked = [one.name for one in verdict.rule.inputs]
    inputs = profiles.written(profile.known, asked)
    numbers_seen = tuple(f"{term.key}={tables[term.key]}" for term in (edition.operators if edition else ()) if term.key in tables)
    told = told_worth(verdict)
    worth = None if told is None else int(told)  # whole fen
    state = (edition.key if edition else "", verdict.answer, verdict.level or "", worth, inputs, numbers_seen)
    seen = hashlib.sha256(repr(state).encode()).hexdigest()
    if former is not None and former.seen == seen:
        return former
    fact = facts.VerdictGiven(
        subject=profile.subject,
        rule=verdict.rule.key,
        edition=state[0],
        answer=verdict.answer,
        level=state[2],
        inputs=(*inputs, *numbers_seen),
        worth=-1 if worth is None else worth,
    )
    digest = record(fact, by=by, at=at, grade=Grade.SYSTEM, true_from=day)
    row = former or Standing(subject=profile.subject, rule=verdict.rule.key)
    row.edition, row.answer, row.level, row.worth, row.seen, row.digest, row.judged = *state[:4], seen, digest, day
    row.save()
    return row


def rejudge(*, by: str, at: dt.datetime, subjects: Iterable[str] | None = None, only: Collection[str] = ()) -> list[Changed]:
    """Judge again everybody who was ever judged (or these subjects), and tell those whose answers changed.

    Each subject is one transaction. A duplicate is judged as what it was merged into; an erased person is judged no more.
    """
    chosen = sorted(set(Standing.objects.values_list("subject", flat=True)) if subjects is None else set(subjects))
    found = []
    for subject in chosen:
        with transaction.atomic():
            living = _living(subject)
            changed = [] if living is None else judge_subject(subject=living, by=by, at=at, only=only)
            tell(changed=changed, at=at)
        found.extend(changed)
    return found


def _living(subject: str) -> str | None:
    """Whom to judge: the party that a duplicate became (its own standings go), nobody when it was erased."""
    party = Party.objects.filter(urn=subject).first()
    if party is None:
        return subject
    if party.erased_at is not None or party.merged_into_id is not None:
        Standing.objects.filter(subject=subject).delete()
    return None if party.erased_at is not None else root(party).urn


def judge_due(*, at: dt.datetime, seconds: float) -> list[Changed]:
    """Judge everybody not judged yet today, the longest ago first, for about so many seconds; tells whom it changes.

    A subject that cannot be judged is logged and waits until tomorrow, so that it holds up nobody else.
    """
    today, until = period.day(at), time.monotonic() + seconds
    found: list[Changed] = []
    while time.monotonic() < until:
        due = Standing.objects.filter(judged__lt=today).order_by("judged").values_list("subject", flat=True).first()
        if due is None:
            break
        try:
            found += rejudge(by=ENGINE, at=at, subjects=[due])
        except Exception:
            _log.exception("%s could not be judged", due)
            Standing.objects.filter(subject=due).update(judged=today)
    return found


def holder_due(*, subject: str) -> None:
    """A title of ``subject`` came, went or was voided: its holder, if it was ever judged, is due again."""
    Standing.objects.filter(subject=_living(subject)).update(judged=NEVER)


def put_off(*, rules: Collection[str]) -> None:
    """Something these rules rest on changed: everybody they judged is due again, whenever :func:`judge_due` comes to them."""
    subjects = Standing.objects.filter(rule__in=rules).values("subject")
    Standing.objects.filter(subject__in=list(subjects.values_list("subject", flat=True).distinct())).update(judged=NEVER)


def tell(*, changed: list[Changed], at: dt.datetime) -> None:
    """One notice to the subject that these of its verdicts changed."""
    party = Party.objects.filter(urn=changed[0].standing.subject).first() if changed else None
    if party is None:
        return
    office = {"venture": "founder", "firm": "founder", "incubator": "operator", "park": "park_manager"}.get(party.sort, "")
    notices.news(
        about=f"policy:{party.urn}",
        title=_said(changed),
        url=reverse("journey:policy", kwargs={"urn": party.urn}),
        at=at,
        to=party.pk,
        office=office,
    )


def _said(changed: list[Changed]) -> Text:
    """The first change, by rule, former and present answer, and how many there are."""
    first = changed[0]
    verdict, now = first.verdict, (first.standing.answer, first.standing.level)
    said = t("政策：{rule} {former} → {now}{why}", "Policy: {rule} {former} → {now}{why}").format(
        rule=verdict.rule.name, former=_stood(verdict, *first.former), now=_stood(verdict, *now), why=_since(verdict)
    )
    if len(changed) == 1:
        return said
    return t("{said}，共 {n} 项有变化", "{said}; {n} changed in all").format(said=said, n=len(changed))


def _since(verdict: Verdict) -> Text:
    """The edition that judges now, if it began within the last month."""
    edition = verdict.edition
    if edition is None or edition.since is None or not 0 <= (verdict.on - edition.since).days <= MONTH:
        return Text("", "")
    return t("（{day} 起执行新版本）", " (a new edition since {day})").format(day=edition.since.isoformat())


def _stood(verdict: Verdict, answer: str, level: str) -> Text:
    levels = verdict.edition.levels if verdict.edition is not None else ()
    named = next((each.text for each in levels if each.key == level), None)
    return VERDICTS[answer] if named is None else named
