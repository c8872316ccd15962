"""Reads a plan from text or file into its structure: the one door of this package's stages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

from .allocations import Allocation, find_allocations
from .baselines import without_baselines
from .cleaning import clean_text
from .division import divide_by_tables
from .doubts import doubt
from .duties import Duty
from .front_matter import FrontMatter, read_front_matter
from .measures import Choice, choose_measures, title_of
from .outline import BACKING, GENERAL, Node, build_outline, heading_of, walk
from .plan_error import LONGEST, PlanError
from .sources import text_of
from .structure import Clause, Doubt, Measure, Reading, Span, Target
from .tables import targets_in_tables
from .targets import Zone, find_targets
from .units import is_odd

_HAN = re.compile(r"[\u4e00-\u9fff]")
_STOP = re.compile(r"[。！？]")
_LONGEST_SENTENCE, _LONGEST_ROW = 2_500, 10_000  # characters; the longest known have a tenth of it
_PRESENT = re.compile(r"背景|现状|形势|现实基础|发展基础|工作基础|意义|成效|存在问题|发展环境|(?:试点|实施|适用)范围")


def read_file(path: Path) -> Reading:
    """The plan in a .txt, .md, .docx or text PDF, told apart by content; a PlanError says how to mend the file."""
    return read_text(text_of(path), name=path.stem)


def read_text(text: str, *, name: str = "") -> Reading:
    """The plan in a text; PlanError when it is empty, not Chinese or has no measures."""
    if not text.strip():
        raise PlanError("empty")
    if len(text) > LONGEST:
        raise PlanError("too_long", limit=f"{LONGEST:,}")
    if len(_HAN.findall(text)) < 20:
        raise PlanError("not_chinese")
    source = clean_text(text)
    _check_sentences(source)
    front = read_front_matter(source)
    root = build_outline(source, front.body)
    allocations = find_allocations(source, front.body)
    choice = choose_measures(source, root, allocations)
    measures = divide_by_tables(source, _measures(source, choice))
    if not measures:
        raise PlanError("no_measures")
    targets, target_doubts = _targets(source, front, root, choice, measures, allocations)
    doubts = [*_measure_doubts(measures, choice, allocations), *target_doubts]
    if not front.title:
        doubts.append(doubt("no_title", (0, 0)))
    return Reading(
        name=name,
        title=front.title,
        source_text=source,
        measures=tuple(measures),
        targets=tuple(targets),
        doubts=tuple(sorted(doubts, key=lambda found: found.span)),
        issued_by=front.issued_by,
        doc_number=front.doc_number,
        period=front.period,
    )


def _check_sentences(source: str) -> None:
    """Refuses what runs on for pages: no reader could tell its parts, and telling them takes time with the square."""
    for line in source.split("\n"):
        most, pieces = (_LONGEST_ROW, [line]) if line.startswith("|") else (_LONGEST_SENTENCE, _STOP.split(line))
        for piece in pieces:
            if len(piece) > most:
                raise PlanError("long_sentence", limit=f"{most:,}", start=piece[:20])


def _measures(text: str, choice: Choice) -> list[Measure]:
    numbers = _numbers([node.value for node in choice.nodes])
    return [_measure(text, node, no, choice.allocations(node)) for node, no in zip(choice.nodes, numbers, strict=True)]


def _numbers(printed: list[int]) -> list[int]:
    """The printed numbers where they run on through the plan, else the order of the measures."""
    rising = all(a < b for a, b in pairwise(printed))
    return printed if rising and printed and printed[0] > 0 else list(range(1, len(printed) + 1))


def _measure(text: str, node: Node, no: int, allocations: list[Allocation]) -> Measure:
    begin, end, titled = title_of(text, node)
    first = allocations[0].span[0] if allocations else node.end
    end = max(begin, min(end, first))
    title = text[begin:end].strip(" 。，：:；;")
    duty = Duty()
    for allocation in allocations:
        duty = duty.joined(allocation.duty)
    clauses = _clauses(text, end, allocations) if len(allocations) > 1 else ()
    single = allocations[0].duty if len(allocations) == 1 else Duty()
    return Measure(
        no=no,
        title=title,
        text=_body(text, end, node.end, [allocation.span for allocation in allocations]),
        units=duty.units,
        lead=single.lead or (duty.lead if not clauses else ()),
        support=single.support,
        clauses=clauses,
        inherits_to_all=duty.inherited,
        span=(node.start, _trimmed(text, node.start, node.end)),
        title_span=(begin, begin + len(text[begin:end].rstrip(" 。，：:；;"))),
        unit_spans=tuple(allocation.span for allocation in allocations),
        section=tuple(_section_title(text, above) for above in reversed(list(node.path()))),
        confidence="sure" if titled and allocations else "unsure",
        why="" if titled and allocations else ("inferred_title" if not titled else "measure_without_units"),
    )


def _clauses(text: str, begin: int, allocations: list[Allocation]) -> tuple[Clause, ...]:
    clauses = []
    for allocation in allocations:
        words = text[begin : allocation.span[0]].strip(" 。，；;\n")
        clauses.append(Clause(words, allocation.duty.units, allocation.duty.lead, allocation.duty.support))
        begin = allocation.span[1]
    return tuple(clauses)


def _body(text: str, begin: int, end: int, without: list[Span]) -> str:
    """A measure's words behind its title, without the lists of units."""
    parts = []
    for start, stop in without:
        parts.append(text[begin:start])
        begin = stop
    parts.append(text[begin:end])
    return "".join(parts).strip(" 。：:\n").strip() + ("。" if "".join(parts).rstrip().endswith("。") else "")


def _trimmed(text: str, begin: int, end: int) -> int:
    return begin + len(text[begin:end].rstrip())


def _section_title(text: str, node: Node) -> str:
    return text[node.start : title_of(text, node)[1]].strip()


def _targets(
    text: str, front: FrontMatter, root: Node, choice: Choice, measures: list[Measure], allocations: list[Allocation]
) -> tuple[list[Target], list[Doubt]]:
    masked = without_baselines(_masked(text, [allocation.span for allocation in allocations]))
    targets: list[Target] = list(targets_in_tables(text, front.body))
    doubts: list[Doubt] = []
    seen = set()
    year: str | None = None
    for zone in _zones(text, front, root, choice, measures):
        for found in find_targets(masked, zone, front.period):
            target = found.target
            if target is None:
                doubts.append(doubt("number_not_taken", found.span, why=found.reason))
                continue
            target = replace(target, quote=text[slice(*target.span)].strip())
            if zone.in_goals:
                year = target.deadline or year
                target = replace(target, deadline=year)
            key = (target.measure, target.metric, target.value, target.unit, target.deadline)
            if key in seen:
                continue
            seen.add(key)
            targets.append(target)
            if target.confidence == "unsure":
                doubts.append(doubt("unsure_target", found.span, why=found.reason))
    return sorted(targets, key=lambda target: (target.measure, target.span)), doubts


def _masked(text: str, spans: list[Span]) -> str:
    """The text with the lists of units blanked out, offsets unchanged."""
    parts, at = [], 0
    for begin, end in spans:
        parts += [text[at:begin], "。" * (end - begin)]
        at = end
    return "".join([*parts, text[at:]])


def _zones(text: str, front: FrontMatter, root: Node, choice: Choice, measures: list[Measure]) -> Iterator[Zone]:
    """The overall goals (text before the measures and headings that speak of goals), then each measure's words."""
    first = min((measure.span[0] for measure in measures), default=len(text))
    inside = {id(below) for node in choice.nodes for below in (node, *walk(node))}
    at, since = front.body, front.since
    for node in walk(root):
        if any(_PRESENT.search(heading_of(text, above)[:16]) for above in (node, *node.path())):
            at = max(at, node.body_end)
            continue
        if node.start >= first and not (id(node) not in inside and "目标" in heading_of(text, node)[:20]):
            continue
        if id(node) in inside:
            continue
        if node.start > at and node.start <= first:
            yield Zone(0, (at, node.start), False, since if at > front.body else 9999)
        line = heading_of(text, node)
        begin = node.title_start if re.search(r"[。，]", line) else node.line_end
        goals = any("目标" in title for title in (line[:20], *(heading_of(text, above)[:20] for above in node.path())))
        holds_measures = any(id(below) in inside for below in walk(node))
        if not (GENERAL.search(line[:20]) is None and BACKING.search(line[:12])) and not (holds_measures and not re.search(r"。", line)):
            yield Zone(0, (begin, node.body_end), goals and not holds_measures, since)
        at = max(at, node.body_end)
    for measure in measures:
        begin = measure.title_span[1 if measure.why != "inferred_title" else 0]
        yield Zone(measure.no, (begin, measure.span[1]), False, since, measure.title)


def _measure_doubts(measures: list[Measure], choice: Choice, allocations: list[Allocation]) -> Iterator[Doubt]:
    printed = [node.value for node in choice.nodes]
    if [measure.no for measure in measures] != printed and printed:
        yield doubt("numbering_restarts", measures[0].title_span)
    if not choice.by_units and not any(measure.units for measure in measures):
        yield doubt("measures_by_section", measures[0].title_span)
    for before, after in pairwise(measures):
        if after.no != before.no + 1:
            yield doubt("numbering_jump", after.title_span, before=before.no, after=after.no)
    for measure in measures:
        if not measure.units and (choice.by_units or any(other.units for other in measures)):
            yield doubt("measure_without_units", measure.title_span, no=measure.no)
        if measure.why == "inferred_title":
            yield doubt("inferred_title", measure.title_span, no=measure.no)
        for unit in measure.units:
            if is_odd(unit):
                yield doubt("odd_unit", (measure.unit_spans or (measure.span,))[0], unit=unit)
    spans = [measure.span for measure in measures]
    for allocation in allocations:
        if not any(begin <= allocation.span[0] < end for begin, end in spans):
            yield doubt("unplaced_units", allocation.span)
        if not allocation.closed:
            yield doubt("unclosed_bracket", allocation.span)
