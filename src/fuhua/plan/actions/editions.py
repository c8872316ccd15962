"""Import a plan as a draft edition, publish it, replace the one before, or throw the draft away."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import IntegrityError, transaction

from fuhua.evidence.actions import documents
from fuhua.evidence.actions.facts import record
from fuhua.evidence.facts import BadFact
from fuhua.evidence.words import Grade
from fuhua.kernel import urn as urns
from fuhua.kernel.flow import WrongState
from fuhua.kernel.words import Text, t
from fuhua.plan.actions.revisions import Overtaken, held, log
from fuhua.plan.facts import PlanDiscarded, PlanImported, PlanPublished
from fuhua.plan.flow import EDITION
from fuhua.plan.models import Doubt, Edition, Measure, Responsibility, Target, Task
from fuhua.plan.queries.editions import content_digest, open_points
from fuhua.plan.queries.matching import group_of, sole
from fuhua.plan.queries.succession import pairs
from fuhua.plan.reading import Reading, read_file
from fuhua.plan.reading import structure as read
from fuhua.plan.words import Role, Status, TaskState

_CITY = re.compile(r"^([\u4e00-\u9fff]{2,8}?(?:自治区|自治州|省|市|区|县))")
_MEDIA = {".txt": "text/plain", ".md": "text/markdown", ".pdf": "application/pdf",
          ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document"}


class BadImport(BadFact):
    """The document cannot become an edition like this; ``text`` says how to mend it."""


class NotReady(WrongState):
    """Something is still open, so the edition cannot be published; ``points`` say what."""

    def __init__(self, points: list[Any]) -> None:
        super().__init__(t("还有 {n} 类事项未完成，不能发布：{what}", "not ready to publish, {n} things are open: {what}")
                         .format(n=len(points), what=_joined([point.text for point in points])))
        self.points = points


def _joined(texts: list[Any]) -> Any:
    return Text("；".join(each.zh for each in texts).replace("{", "").replace("}", ""),
                "; ".join(each.en for each in texts).replace("{", "").replace("}", ""))


def import_plan(
    path: Path, *, by: str, at: dt.datetime, name: str = "", slug: str = "", predecessor: Edition | None = None
) -> Edition:
    """Read a document and keep it as a draft edition; ``name`` is the file's own name, ``predecessor`` the edition it follows.

    Raises :class:`~fuhua.plan.reading.PlanError` when it cannot be read and :class:`BadImport` when it is there already,
    the slug is taken, or the predecessor is not in force.
    """
    reading = read_file(path)
    return _import(reading, path, by=by, at=at, name=name or path.name, slug=slug, predecessor=predecessor)


@transaction.atomic
def _import(
    reading: Reading, path: Path, *, by: str, at: dt.datetime, name: str, slug: str, predecessor: Edition | None
) -> Edition:
    with path.open("rb") as file:
        digest = documents.keep(file, media_type=_MEDIA.get(Path(name).suffix.lower(), "application/octet-stream"), by=by, at=at)
    _check(digest, slug, predecessor)
    edition = _edition(reading, digest, name, slug, predecessor, at)
    measures = [_measure(edition, each) for each in reading.measures]
    targets = [_target(edition, each, {row.no: row for row in measures}) for each in reading.targets]
    doubts = [Doubt(edition=edition, code=each.code, zh=each.zh[:300], en=each.en[:300], begin=each.span[0], end=each.span[1])
              for each in reading.doubts]
    Doubt.objects.bulk_create(doubts)
    if predecessor is not None:
        _continue(predecessor, measures, targets)
    log(edition, "import", [], by=by, at=at, told=False)
    record(PlanImported(subject=edition.urn, source=digest, measures=len(measures), targets=len(targets), doubts=len(doubts)),
           by=by, at=at, grade=Grade.SYSTEM, documents=[digest])
    return edition


def _check(digest: str, slug: str, predecessor: Edition | None) -> None:
    there = Edition.objects.filter(source_digest=digest).exclude(status=Status.DISCARDED).first()
    if there is not None:
        raise BadImport(t("这份文件已经导入为“{title}”（/plans/{slug}/），请在那里继续；要重新导入，请先弃用那份草稿",
                          "this document is “{title}” already (/plans/{slug}/): go on there, or discard that draft first")
                        .format(title=there.title, slug=there.slug))
    if slug and (not re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", slug) or slug == "import" or len(slug) > 60):
        raise BadImport(t("网址标识只能用小写字母、数字和连字符（不超过 60 个），且不能是 import",
                          "a web name has small letters, digits and hyphens only, at most 60, and is not “import”"))
    if slug and Edition.objects.filter(slug=slug).exists():
        raise BadImport(t("网址标识“{slug}”已被占用，请换一个", "the web name “{slug}” is taken; choose another").format(slug=slug))
    if predecessor is not None and predecessor.status != Status.PUBLISHED:
        raise BadImport(t("只能接续现行方案；“{title}”不是现行方案", "only an edition in force can be followed, and “{title}” is not")
                        .format(title=predecessor.title))


def _edition(
    reading: Reading, digest: str, name: str, slug: str, predecessor: Edition | None, at: dt.datetime
) -> Edition:
    first, last = reading.period
    slug = slug or _free_slug(f"plan-{'-'.join(str(year) for year in reading.period if year)}".rstrip("-"))
    city = next((found.group(1) for text in (reading.title, *reading.issued_by) if (found := _CITY.match(text))), "")
    return Edition.objects.create(
        urn=urns.new("plan"), slug=slug, programme=predecessor.programme if predecessor else slug,
        title=(reading.title or name)[:200], city=city or (predecessor.city if predecessor else ""),
        issued_by="、".join(reading.issued_by)[:300], doc_number=reading.doc_number[:60],
        start=dt.date(first, 1, 1) if first else None, end=dt.date(last, 12, 31) if last else None,
        source_name=name[:200], source_digest=digest, source_text=reading.source_text, predecessor=predecessor,
        coordinator=predecessor.coordinator if predecessor else None, imported_at=at)


def _free_slug(wanted: str) -> str:
    taken = set(Edition.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
    return next(slug for slug in (wanted, *(f"{wanted}-{n}" for n in range(2, len(taken) + 3))) if slug not in taken)


def _measure(edition: Edition, each: read.Measure) -> Measure:
    row = Measure.objects.create(
        edition=edition, urn=urns.new("measure"), no=each.no, title=each.title[:300], text=each.text,
        section="\n".join(each.section), begin=each.span[0], end=each.span[1], title_begin=each.title_span[0],
        title_end=each.title_span[1], sure=each.confidence == "sure", why=each.why[:300])
    Responsibility.objects.bulk_create(_units(row, each, edition.source_text))
    return row


def _units(row: Measure, each: read.Measure, text: str) -> Iterator[Responsibility]:
    parts = [("", each.units, each.lead, each.support)]
    if each.clauses:
        parts = [(clause.text, clause.units, clause.lead, clause.support) for clause in each.clauses]
    order = 0
    for part, units, lead, support in parts:
        for place, printed in enumerate(units):
            order += 1
            leads = printed in lead if lead else place == 0
            begin, end = _found(printed, each.unit_spans, text)
            yield Responsibility(
                measure=row, printed=printed[:120], role=Role.LEAD if leads else Role.CO,
                role_printed=bool(lead) or printed in support, order=order, part=part, begin=begin, end=end,
                everywhere=printed in each.inherits_to_all,
                party=None if group_of(printed) else sole(printed, row.edition.city))


def _found(printed: str, spans: tuple[read.Span, ...], text: str) -> read.Span:
    """Where a unit is printed inside the lists of units; line breaks may stand in it."""
    shape = re.compile(r"\s*".join(re.escape(sign) for sign in printed))
    for begin, end in spans:
        if found := shape.search(text, begin, end):
            return found.span()
    return spans[0] if spans else (0, 0)


def _target(edition: Edition, each: read.Target, measures: dict[int, Measure]) -> Target:
    year = re.fullmatch(r"(20\d\d)(?:-(\d\d)-(\d\d))?", each.deadline or "")
    deadline = dt.date(int(year[1]), int(year[2] or 12), int(year[3] or 31)) if year else None
    return Target.objects.create(
        edition=edition, urn=urns.new("target"), measure=measures.get(each.measure), metric=each.metric[:200], op=each.op,
        value=Decimal(each.value), upper=None if each.max is None else Decimal(each.max), unit=each.unit[:20],
        deadline=deadline, period=each.period or "", quote=each.quote, begin=each.span[0], end=each.span[1],
        sure=each.confidence == "sure", why=each.why[:300])


def _continue(predecessor: Edition, measures: list[Measure], targets: list[Target]) -> None:
    """Propose what lives on; a target that does takes its indicator, baseline and path with it."""
    for new, old in pairs([(each, each.title) for each in measures], [(each, each.title) for each in predecessor.measures.all()]):
        new.continues = old
        new.save(update_fields=["continues"])
    for goal, former in pairs([(each, each.metric) for each in targets], [(each, each.metric) for each in predecessor.targets.all()]):
        goal.continues = former
        for name in ("indicator", "definition", "baseline_on", "baseline_value", "baseline_note", "trajectory"):
            setattr(goal, name, getattr(former, name))
        goal.save()


@transaction.atomic
def publish(edition: Edition, *, version: int, by: str, at: dt.datetime) -> Edition:
    """Put the edition in force as it stood at ``version``, and supersede its predecessor.

    Raises :class:`~revisions.Overtaken` when anything changed since (so of two officers exactly one publishes),
    :class:`NotReady` with what is still open.
    """
    edition = held(edition, "publish", seen=version)
    points = [point for point in open_points(edition) if point.blocks]
    if points:
        raise NotReady(points)
    former = _superseded(edition, by, at)
    _carry(edition)
    edition.status, edition.published_at = EDITION.after(edition.status, "publish"), at
    try:
        with transaction.atomic():
            edition.save(update_fields=["status", "published_at"])
    except IntegrityError as error:
        raise Overtaken(list(edition.revisions.all()[:1])) from error
    log(edition, "publish", [], by=by, at=at, told=False)
    record(PlanPublished(subject=edition.urn, content=content_digest(edition), measures=edition.measures.count(),
                         targets=edition.targets.count(), start=edition.start, end=edition.end,
                         supersedes=former.urn if former else ""),
           by=by, at=at, grade=Grade.SYSTEM, documents=[edition.source_digest])
    return edition


def _carry(edition: Edition) -> None:
    """What lives on keeps its URN; unfinished tasks go on, under the measure that continues theirs or, had they none, without."""
    unfinished = Task.objects.exclude(state__in=(TaskState.DONE, TaskState.CLOSED))
    if edition.predecessor_id is not None:
        unfinished.filter(edition=edition.predecessor_id, measure=None).update(edition=edition)
    for measure in edition.measures.exclude(continues=None).select_related("continues"):
        measure.urn = measure.continues.urn
        measure.save(update_fields=["urn"])
        unfinished.filter(measure=measure.continues).update(edition=edition, measure=measure)
    for target in edition.targets.exclude(continues=None).select_related("continues"):
        target.urn = target.continues.urn
        target.save(update_fields=["urn"])


def _superseded(edition: Edition, by: str, at: dt.datetime) -> Edition | None:
    if edition.predecessor is None:
        return None
    former = Edition.objects.select_for_update(of=("self",)).get(pk=edition.predecessor_id)
    if former.status != Status.PUBLISHED:
        raise Overtaken(list(former.revisions.filter(verb="supersede")[:1]) or list(former.revisions.all()[:1]))
    former.status, former.superseded_at = EDITION.after(former.status, "supersede"), at
    former.save(update_fields=["status", "superseded_at"])
    log(former, "supersede", [], by=by, at=at, told=False)
    return former


@transaction.atomic
def discard(edition: Edition, *, version: int, by: str, at: dt.datetime) -> Edition:
    """Throw a draft away; the document and the log stay, and the document may be imported anew."""
    edition = held(edition, "discard", seen=version)
    edition.status = EDITION.after(edition.status, "discard")
    edition.save(update_fields=["status"])
    log(edition, "discard", [], by=by, at=at, told=False)
    record(PlanDiscarded(subject=edition.urn), by=by, at=at, grade=Grade.SYSTEM)
    return edition
