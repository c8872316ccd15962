"""Practicums (实训): arranged once no tie speaks against it, opened by the venture's consent, reported on, stopped at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import IntegrityError, transaction
from django.urls import reverse

from fuhua.desk.actions import notices
from fuhua.desk.actions.asks import numbered
from fuhua.evidence.actions.facts import record
from fuhua.evidence.facts import BadFact
from fuhua.evidence.words import Grade
from fuhua.kernel import period, urn
from fuhua.kernel.words import Text, t
from fuhua.parties.actions import consents
from fuhua.parties.models import Party, Tie
from fuhua.parties.queries import family
from fuhua.parties.words import TieKind, TieState
from fuhua.schemes.actions import talents
from fuhua.schemes.facts import talents as facts
from fuhua.schemes.flow import PRACTICUM
from fuhua.schemes.kinds.training import TRIES
from fuhua.schemes.models import Practicum, Readable, Talent
from fuhua.schemes.queries import trainees
from fuhua.schemes.words import PRACTICUM_STOPS

VENTURES = ("venture", "firm", "project")  # sorts of party that take a trainee in


class BadPracticum(BadFact):
    """The practicum cannot be arranged or moved like this; ``text`` says how to mend it."""


def url_of(row: Practicum) -> str:
    """The page of one practicum."""
    return reverse("schemes:practicum", kwargs={"pk": row.pk})


def held(row: Practicum) -> Practicum:
    """The row with its parties, held against others until the transaction ends."""
    rows = Practicum.objects.select_for_update(of=("self",)).select_related("talent__person", "venture", "host", "tutor")
    return rows.get(pk=row.pk)


@transaction.atomic
def assign(
    *, talent: Talent, venture: Party, host: Party, tutor: Party, aim: str, starts: dt.date, ends: dt.date, by: str, at: dt.datetime,
) -> Practicum:
    """Arrange a practicum; nothing opens before the venture consents.

    Raises :class:`BadPracticum` for a conflict of interest (with the path of ties), a tutor whom the host does not employ, a third try,
    and while another practicum goes on.
    """
    today, person = period.day(at), talents.held(talent)
    tries = _tries(person, today)
    if venture.sort not in VENTURES or host.sort != "incubator":
        raise BadPracticum(t("实训须在企业或项目进行，由孵化器带教", "it takes place at a venture or project, led by an incubator"))
    if not today <= starts <= ends:
        raise BadPracticum(t("开始日期不能早于今天，结束日期不能早于开始日期", "it starts today or later, and ends after it starts"))
    houses = family({host.pk})[host.pk]
    staff = Tie.objects.filter(kind=TieKind.EMPLOYS, source__in=houses, target=tutor, state=TieState.CONFIRMED, until=None)
    if not staff.exists():
        raise BadPracticum(t("带教导师须是该孵化器的在职人员", "the tutor is somebody whom the incubator employs"))
    if (conflict := trainees.conflict_of(person.person, venture, tutor, today)) is not None:
        raise BadPracticum(conflict)
    row = Practicum(urn=urn.new("practicum"), number=numbered("SX", "schemes.practicum", at), talent=person,
                    venture=venture, host=host, tutor=tutor, aim=aim.strip(), starts=starts, ends=ends, tries=tries, checked=today,
                    state=PRACTICUM.initial, asked_at=at)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as wrong:
        raise BadPracticum(t("该人员已有进行中的实训", "a practicum of theirs goes on already")) from wrong
    said = t("请确认是否接收实训学员：{name}", "say whether you will take this trainee: {name}").format(name=person.person.name)
    notices.turn(about=row.urn, title=said, url=url_of(row), at=at, to=venture.pk)
    record(facts.PracticumAssigned(subject=row.urn, person=person.person.urn, practised_at=venture.urn, host=host.urn, tutor=tutor.urn,
                                   tries=tries), by=by, at=at, grade=Grade.SYSTEM, on_behalf=host.urn)
    return row


def _tries(person: Talent, today: dt.date) -> int:
    """Which try it will be; raises :class:`BadPracticum` when there is none."""
    if person.state != "member":
        raise BadPracticum(t("只有在库人员可以安排实训", "only somebody in the pool is given a practicum"))
    if person.practicums.filter(state__in=talents.LIVE).exists():
        raise BadPracticum(t("该人员已有进行中的实训", "a practicum of theirs goes on already"))
    if person.credentials.filter(expires__gte=today).exists():
        raise BadPracticum(t("该人员已持有效证书", "they hold a credential in force"))
    done = person.practicums.filter(state__in=["failed", "certified"]).count()
    if done >= TRIES:
        raise BadPracticum(t("实训至多两次，不能再安排", "there are two tries at most, and both are used"))
    return done + 1


@transaction.atomic
def consent(
    *, practicum: Practicum, all_facts: bool, documents: Sequence[tuple[str, str]], purpose: str, expires: dt.date, by: str,
    at: dt.datetime,
) -> Practicum:
    """The venture takes the trainee in and says what they may read until ``expires`` (a day, included): its facts, and ``documents``.

    ``documents`` are pairs of name and digest. If a tie has come up since it was arranged, it stops instead and nothing opens.
    """
    row = held(practicum)
    state = PRACTICUM.after(row.state, "consent")
    if trainees.conflicted([row], period.day(at)):
        return stop(practicum=row, because="conflict", by=by, at=at)
    if (all_facts or documents) and expires < row.starts:
        raise BadPracticum(t("查阅期限不能早于实训开始日期", "the reading cannot end before the practicum starts"))
    row.state, row.consented_at = state, at
    row.save(update_fields=["state", "consented_at"])
    things = [("", row.venture.urn)] if all_facts else []
    for name, thing in (*things, *documents):
        given = consents.give(giver=row.venture, reader=row.talent.person, thing=thing, purpose=f"实训 {row.number}：{purpose}"[:200],
                              expires=period.end_of(expires), by=by, at=at)
        Readable.objects.create(practicum=row, consent=given, name=name[:200])
    said = t("实训已获同意：{name}", "your practicum was agreed to: {name}").format(name=row.venture.name)
    notices.turn(about=row.urn, title=said, url=url_of(row), at=at, to=row.talent.person_id)
    record(facts.PracticumConsented(subject=row.urn, count=len(things) + len(documents), expires=expires if things or documents else None),
           by=by, at=at, grade=Grade.COUNTERPART, on_behalf=row.venture.urn)
    return row


@transaction.atomic
def refuse(*, practicum: Practicum, by: str, at: dt.datetime) -> Practicum:
    """The venture does not want to."""
    row = held(practicum)
    row.state, row.ended_at = PRACTICUM.after(row.state, "refuse"), at
    row.save(update_fields=["state", "ended_at"])
    notices.settle(about=row.urn, at=at)
    _tell_the_host(row, t("实训企业未同意", "the venture did not agree to the practicum"), at)
    record(facts.PracticumRefused(subject=row.urn), by=by, at=at, grade=Grade.SYSTEM, on_behalf=row.venture.urn)
    return row


@transaction.atomic
def report(*, practicum: Practicum, document: str, by: str, at: dt.datetime) -> Practicum:
    """The trainee hands the report in; venture and tutor assess it next, each by itself."""
    row = held(practicum)
    state = PRACTICUM.after(row.state, "report")
    if period.day(at) < row.starts:
        raise BadPracticum(t("实训尚未开始", "the practicum has not begun"))
    row.state, row.report, row.reported_at = state, document, at
    row.save(update_fields=["state", "report", "reported_at"])
    notices.settle(about=row.urn, at=at)
    said = t("请评价实训：{name}", "assess the practicum: {name}").format(name=row.talent.person.name)
    for to in (row.venture_id, row.tutor_id):
        notices.part(about=row.urn, title=said, url=url_of(row), at=at, to=to)
    record(facts.PracticumReported(subject=row.urn), by=by, at=at, grade=Grade.DECLARED, documents=[document])
    return row


@transaction.atomic
def stop(*, practicum: Practicum, because: str, by: str, at: dt.datetime) -> Practicum:
    """It ends before it is assessed, for a coded reason; the trainee reads nothing of the venture from this moment."""
    row = held(practicum)
    row.state = PRACTICUM.after(row.state, "stop")
    if because not in PRACTICUM_STOPS:
        raise BadPracticum(t("请选择终止原因", "choose why it ends"))
    row.because, row.ended_at = because, at
    row.save(update_fields=["state", "because", "ended_at"])
    shut(row, by=by, at=at)
    notices.settle(about=row.urn, at=at)
    _tell_the_host(row, t("实训已终止：{why}", "the practicum was stopped: {why}").format(why=PRACTICUM_STOPS[because]), at)
    if row.talent.person.urn != by:
        said = t("实训已终止：{number}", "the practicum was stopped: {number}").format(number=row.number)
        notices.news(about=row.urn, title=said, url=url_of(row), at=at, to=row.talent.person_id)
    record(facts.PracticumStopped(subject=row.urn, because=because), by=by, at=at, grade=Grade.SYSTEM)
    return row


def shut(row: Practicum, *, by: str, at: dt.datetime) -> None:
    """What the venture opened for the practicum is withdrawn: its purpose is over."""
    for each in row.readables.filter(consent__withdrawn_at=None).select_related("consent"):
        consents.withdraw(each.consent, by=by, at=at)


@transaction.atomic
def look_again(*, parties: Sequence[str], by: str, at: dt.datetime) -> int:
    """A tie of these parties (URNs) was confirmed: practicums that it makes a conflict of are stopped at once; returns how many."""
    live = Practicum.objects.filter(state__in=["asked", "running", "reported"])
    if not live.exists() or not Party.objects.filter(urn__in=parties).exists():
        return 0
    found = trainees.conflicted(live.select_related("talent"), period.day(at))
    for row in found:
        stop(practicum=row, because="conflict", by=by, at=at)
    return len(found)


@transaction.atomic
def forget(*, person: str, by: str, at: dt.datetime) -> bool:
    """The person (URN) was erased: what goes on ends, they leave the pool, and their own words go; whether there was anything."""
    row = Talent.objects.select_for_update(of=("self",)).filter(person__urn=person).first()
    if row is None:
        return False
    for each in row.practicums.filter(state__in=["asked", "running", "reported"]):
        stop(practicum=each, because="left", by=by, at=at)
    if row.state == "member" and not row.practicums.filter(state="passed").exists():
        talents.leave(talent=row, by=by, at=at)
    Talent.objects.filter(pk=row.pk).update(record="", aim="", fields=[], starts=None)
    row.credentials.update(named=False)
    return True


def _tell_the_host(row: Practicum, said: Text, at: dt.datetime) -> None:
    title = t("{said}（{number}）", "{said} ({number})").format(said=said, number=row.number)
    notices.news(about=row.urn, title=title, url=url_of(row), at=at, to=row.host_id, office="operator")
