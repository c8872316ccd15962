"""Gold seeds (金种子): listed by the award, rechecked within every twelve months, heard if they ask for it, and out for a reason.

Source: 京科发〔2022〕19号, measure 4 (培育一批金种子企业). That the entry rule is rechecked every year is how indicator I5 counts them; the
thirty days of notice before, and five working days before a hearing, are this platform's.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.urls import reverse

from fuhua.desk.actions import clocks, notices
from fuhua.evidence.actions.verbs import Verb
from fuhua.evidence.facts import BadFact
from fuhua.evidence.queries import told_of
from fuhua.evidence.words import Grade
from fuhua.kernel import chores, period
from fuhua.kernel.ui import formats
from fuhua.kernel.words import t
from fuhua.parties.models import Party
from fuhua.parties.queries import in_bulk
from fuhua.schemes import facts
from fuhua.schemes.flow import SEED
from fuhua.schemes.models import Application, Call, GoldSeed, SeedCheck
from fuhua.schemes.queries.fields import require_known
from fuhua.schemes.queries.seeds import lines_of
from fuhua.schemes.words import LEAVING_REASONS, SEED_RESULTS

KIND = "gold_seed"
RECHECK = "recheck"  # the clock by which its entry rule is rechecked
MONTHS = 12
AHEAD = dt.timedelta(days=30)  # how long before the twelve months are over the issuer hears of it
NOTICE_DAYS = 5  # working days between calling a hearing and the day of it
_FACTS = (facts.GoldSeedListed, facts.GoldSeedRechecked, facts.GoldSeedLeft)


class BadSeed(BadFact):
    """The gold seed cannot be rechecked, heard or taken off the list like this; ``text`` says how to mend it."""


class _Row:
    """Keeps the row of a gold seed as its facts say: whoever tells, corrects or voids one, the list follows."""

    def keep(self, fact: Any, on: dt.date, digest: str, replaced: str | None) -> None:  # noqa: ARG002
        _follow(fact.subject, "")

    def drop(self, fact: Any, digest: str) -> None:
        _follow(fact.subject, digest)


def _on_the_list(fact: Any, _day: dt.date) -> None:
    require_known(fact.field)


enter = Verb(facts.GoldSeedListed, state=_Row(), require=_on_the_list)
recheck = Verb(facts.GoldSeedRechecked, after=facts.GoldSeedListed, state=_Row())
leave = Verb(facts.GoldSeedLeft, after=facts.GoldSeedListed, state=_Row())


def _follow(subject: str, without: str) -> None:
    party = in_bulk.live(subject)
    if party is None:
        return
    told = [each for each in told_of(subject, *_FACTS, on=dt.date.max) if each.digest != without]
    entry: Any = None
    last: Any = None
    for each in told:
        if isinstance(each.fact, facts.GoldSeedListed):
            entry = last = each
        elif entry is not None:
            last = each
    if entry is None:
        GoldSeed.objects.filter(party=party).delete()
        return
    checks = [each for each in told if each is entry or isinstance(each.fact, facts.GoldSeedRechecked)]
    left = isinstance(last.fact, facts.GoldSeedLeft)
    failed = isinstance(last.fact, facts.GoldSeedRechecked) and last.fact.result != "passed"
    since = max(entry.true_from, max((each.true_from for each in checks), default=entry.true_from))
    GoldSeed.objects.update_or_create(party=party, defaults={
        "field": entry.fact.field, "district": entry.fact.district or party.district, "since": entry.true_from,
        "due": period.add_months(since, MONTHS), "state": "left" if left else "failed" if failed else "listed",
        "left_on": last.true_from if left else None, "because": last.fact.reason if left else ""})


@transaction.atomic
def list_awarded(*, application: Application, by: str, at: dt.datetime) -> GoldSeed:
    """The award puts the applicant on the list, in the field of its application; its first twelve months begin."""
    party = application.applicant
    enter(subject=party.urn, field=application.values["field"], edition=application.call.edition, district=party.district, by=by, at=at,
          grade=Grade.SYSTEM, on_behalf=application.call.issuer.urn, documents=[application.digest] if application.digest else [])
    row = GoldSeed.objects.select_for_update().get(party=party)
    row.application, row.issuer, row.hearing = application, application.call.issuer, None
    row.save(update_fields=["application", "issuer", "hearing"])
    clocks.stop(about=about(row), name=RECHECK, at=at)
    return row


@transaction.atomic
def start_due(*, at: dt.datetime) -> int:
    """Start the clock of every seed whose twelve months are over in thirty days or less, on its issuer's desk; returns how many."""
    default = Call.objects.filter(kind=KIND).select_related("issuer").order_by("-pk").first()
    rows = GoldSeed.objects.select_related("party", "issuer").filter(state="listed", due__lte=period.day(at) + AHEAD).order_by("pk")
    return chores.each(rows, lambda row: _start(row, row.issuer or (default.issuer if default else None), at))


def _start(row: GoldSeed, issuer: Party | None, at: dt.datetime) -> bool:
    if issuer is None or clocks.runs(about=about(row), name=RECHECK):
        return False
    title = t("金种子复核：{name}", "recheck of a gold seed: {name}").format(name=row.party.name)
    clocks.start(about=about(row), name=RECHECK, title=title, url=url_of(row), due=row.due, at=at, to=issuer.pk, office="city_officer",
                 answers_for=issuer.pk)
    said = t("{title}（{day}前）", "{title} (by {day})").format(title=title, day=formats.day(row.due))
    notices.turn(about=about(row), title=said, url=url_of(row), at=at, to=issuer.pk, office="city_officer")
    return True


@transaction.atomic
def conclude_recheck(*, seed: GoldSeed, result: str, why: str, person: int, by: str, at: dt.datetime, heard: str = "") -> GoldSeed:
    """The officer ``person`` (party id) finds that the entry rule holds (``passed``) or not, with the reason.

    What was on record that day is kept beside it. A failed one stays until it is taken off the list. Raises :class:`BadSeed`.
    """
    row = held(seed)
    if result not in SEED_RESULTS or not why.strip():
        raise BadSeed(t("请选择复核结论并写明理由", "choose the result and say why"))
    row.state = SEED.after(row.state, "pass" if result == "passed" else "fail")
    digest = recheck(subject=row.party.urn, result=result, by=by, at=at, grade=Grade.SYSTEM, on_behalf=_issuer(row))
    SeedCheck.objects.create(seed=row, result=result, lines=lines_of(row, period.day(at)), why=why.strip(), heard=heard.strip(),
                             person_id=person, day=period.day(at), digest=digest, at=at)
    _quiet(row, at)
    GoldSeed.objects.filter(pk=row.pk).update(hearing=None)
    said = t("金种子复核：{result}", "recheck of the gold seed: {result}").format(result=SEED_RESULTS[result])
    notices.news(about=about(row), title=said, url=url_of(row), at=at, to=row.party_id)
    row.refresh_from_db()
    return row


@transaction.atomic
def call_hearing(*, seed: GoldSeed, day: dt.date, by: str, at: dt.datetime) -> GoldSeed:  # noqa: ARG001
    """A seed that failed is heard before it leaves, on a day at least five working days ahead. Raises :class:`BadSeed`."""
    row = held(seed)
    if row.state != "failed" or row.hearing is not None:
        raise BadSeed(t("只有复核未通过、尚未安排听取意见的金种子才能安排", "only a seed that failed is heard, and once"))
    if day < period.add_working_days(period.day(at), NOTICE_DAYS):
        raise BadSeed(t("听取意见须提前 {n} 个工作日通知", "a hearing is called {n} working days ahead").format(n=NOTICE_DAYS))
    row.hearing = day
    row.save(update_fields=["hearing"])
    said = t("金种子出库前听取意见：{day}", "hearing before the gold seed is taken off the list: {day}").format(day=formats.day(day))
    notices.part(about=about(row), title=said, url=url_of(row), at=at, to=row.party_id, statutory=True)
    return row


@transaction.atomic
def take_off(*, seed: GoldSeed, reason: str, why: str, person: int, by: str, at: dt.datetime, heard: str = "") -> GoldSeed:
    """Take it off the list for a coded reason (``words.LEAVING_REASONS``) and in words; its history stays. Raises :class:`BadSeed`.

    ``failed_recheck`` needs a recheck that failed, and if a hearing was called, that it was held and what was said there.
    """
    row, today = held(seed), period.day(at)
    if reason not in LEAVING_REASONS or not why.strip():
        raise BadSeed(t("请选择出库原因并写明理由", "choose why it leaves, and say so in words"))
    if reason == "failed_recheck" and row.state != "failed":
        raise BadSeed(t("须先有未通过的复核结论", "a recheck must have failed first"))
    if row.hearing is not None and (row.hearing > today or not heard.strip()):
        raise BadSeed(t("已安排听取意见：须在 {day} 之后办理，并写明听取的意见",
                        "a hearing is set: take it off after {day}, with what was said there").format(day=formats.day(row.hearing)))
    SEED.after(row.state, "leave")
    digest = leave(subject=row.party.urn, reason=reason, by=by, at=at, grade=Grade.SYSTEM, on_behalf=_issuer(row))
    SeedCheck.objects.create(seed=row, result=reason, why=why.strip(), heard=heard.strip(), person_id=person, day=today, digest=digest,
                             at=at)
    _quiet(row, at)
    said = t("金种子出库：{reason}", "the gold seed left the list: {reason}").format(reason=LEAVING_REASONS[reason])
    notices.news(about=about(row), title=said, url=url_of(row), at=at, to=row.party_id)
    row.refresh_from_db()
    return row


def held(seed: GoldSeed) -> GoldSeed:
    """The seed as it is now, locked until the transaction ends."""
    return GoldSeed.objects.select_for_update(of=("self",)).select_related("party", "issuer", "application__call").get(pk=seed.pk)


def about(row: GoldSeed) -> str:
    """What its clock and notices are about."""
    return f"{row.party.urn}.seed"


def url_of(row: GoldSeed) -> str:
    """The page of a gold seed."""
    return reverse("schemes:gold_seed", kwargs={"pk": row.pk})


def _issuer(row: GoldSeed) -> str | None:
    return row.issuer.urn if row.issuer else None


def _quiet(row: GoldSeed, at: dt.datetime) -> None:
    clocks.stop(about=about(row), name=RECHECK, at=at)
    notices.settle(about=about(row), at=at)
