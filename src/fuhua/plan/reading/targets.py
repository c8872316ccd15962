"""Reads the numeric commitments of a plan sentence by sentence, with their deadline, period and quote."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from .commitments import Setting, is_made, judge
from .metrics import carried, metric_name, split_respectively, subject_of, topic_of
from .quantities import Quantity, find_quantities
from .structure import Confidence, Span, Target

_SENTENCE = re.compile(r"[^。！？\n]+")
_YEAR = re.compile(r"(?:(?:到|至|截至|在)\s*|(?<!\d))(20[2-9]\d)\s*年(?!度?(?:以来|印发|发布|第|版|\d*月\d*日至))")
_FIVE_YEAR_PLAN = re.compile(r"“?十([三四五六七])五”?(?:规划)?(?:末|期末|期间|时期|收官)")
_WITHIN = re.compile(
    r"(?:未来|力争|用|经过|通过)?\s*([三五两二四3-5])\s*年(?:内|左右|时间|努力|(?=完成|培育|实现|新增|累计|建成))|未来([三五两二四3-5])年"
)
_ALSO = re.compile(
    r"(?:总投资|总规模|总面积|面积|产值|投资额|总产值|营业收入|规模|人数|交易额|金额|增长|同比|占比|带动|"
    r"实现|服务|覆盖|达|超)[^，。；]{0,8}$"
)
_COUNTED = re.compile(
    r"\s*(?:的)?[\u4e00-\u9fff]{0,6}?(?:企业|项目|单位|园区|机构|集群|孵化器|工业|楼宇|平台|载体|产业|基地|社区|品牌|产品|基金|城市|"
    r"村|镇|县|站|场|医院|学校)(?!.*(?:和|及))"
)


_MADE = re.compile(r"一批([^，。；、]{2,20})$")
_LONG_QUOTE = 25
Years = tuple[str | None, list[str]]


@dataclass(frozen=True)
class Zone:
    """A stretch of text to search: its measure (0 for the overall goals), and whether goals are its subject."""

    measure: int
    span: Span
    in_goals: bool
    since: int | None = None
    topic: str = ""


@dataclass(frozen=True)
class Found:
    """A quantity that was looked at: the target it became, or the reason why it only is a doubt."""

    target: Target | None
    span: Span
    reason: str


def find_targets(text: str, zone: Zone, period: tuple[int | None, int | None]) -> Iterator[Found]:
    """Every commitment in a zone, and every quantity that might have been one; other numbers stay silent."""
    deadline: str | None = None
    listed: list[str] = []
    paragraph_end = -1
    metric = topic_of(zone.topic)
    for match in _SENTENCE.finditer(text, *zone.span):
        if not zone.in_goals and text.find("\n", paragraph_end + 1, match.start()) >= 0 and paragraph_end >= 0:
            deadline = None
        paragraph_end = match.end()
        sentence = match.group()
        if sentence.lstrip().startswith("|"):
            continue
        promised = False
        before: Span | None = None
        for clause_span in _clauses(sentence):
            deadline = _deadline(sentence[slice(*clause_span)], period) or deadline
            listed = _listed_years(sentence[slice(*clause_span)]) or ([] if deadline not in listed else listed)
            follows, promised = promised, False
            subject = subject_of(sentence[slice(*before)]) if before and not follows else ""
            before = clause_span
            for found in _in_clause(sentence, match.start(), clause_span, zone, (deadline, listed), follows):
                promised = promised or found.target is not None
                if found.target is not None and not found.target.metric:
                    found = replace(found, target=replace(found.target, metric=subject or metric))
                metric = found.target.metric if found.target is not None else metric
                yield found
        made = _MADE.search(sentence)
        metric = made.group(1) if made else metric


def _clauses(sentence: str) -> Iterator[Span]:
    """The sentence cut at its pauses outside brackets and quotes; a comma between digits is none."""
    depth, begun, long_quote = 0, 0, False
    for at, c in enumerate(sentence):
        if c == "“" and not 0 <= sentence.find("”", at) - at < _LONG_QUOTE:
            long_quote = True
        elif c == "”" and long_quote:
            long_quote = False
        elif c in "（(“《〔[【":
            depth += 1
        elif c in "）)”》〕]】":
            depth = max(0, depth - 1)
        elif depth == 0 and _parts(sentence, at):
            yield begun, at
            begun = at + 1
    yield begun, len(sentence)


def _parts(sentence: str, at: int) -> bool:
    """Whether a comma, colon or dash at a place parts two clauses; a comma between digits does not."""
    mark = sentence[at] in "，,；;：:" or sentence.startswith("——", at)
    return mark and not re.match(r"\d,\d{3}(?!\d)", sentence[at - 1 : at + 5])


def _in_clause(sentence: str, offset: int, span: Span, zone: Zone, years: Years, follows: bool) -> Iterator[Found]:
    clause = sentence[slice(*span)]
    judged: list[tuple[Quantity, Confidence, str]] = []
    for quantity in find_quantities(clause):
        verdict, reason = judge(quantity, _setting(sentence, span, quantity, zone, judged, follows))
        if verdict in ("sure", "unsure"):
            judged.append((quantity, "sure" if verdict == "sure" else "unsure", reason))
        elif verdict == "doubtful":
            place = offset + span[0]
            yield Found(None, (place + quantity.span[0], place + quantity.span[1]), reason)
    kept = _alike(clause, _without_attributes(clause, judged))
    names = _names(clause, [quantity for quantity, _, _ in kept])
    quote_end = offset + span[1]
    dated = _years_respectively(clause, len(kept), years)
    for (quantity, confidence, why), metric, year in zip(kept, names, dated, strict=True):
        begin = offset + span[0] + len(clause) - len(clause.lstrip())
        target = Target(
            measure=zone.measure,
            metric=metric,
            op=quantity.op,
            value=quantity.value,
            max=quantity.max,
            unit=_unit(quantity, clause),
            deadline=year,
            period=_period(sentence, span, quantity),
            quote=clause.strip(),
            span=(begin, quote_end),
            confidence=confidence,
            why=why,
        )
        yield Found(target, target.span, why)


def _setting(
    sentence: str,
    span: Span,
    quantity: Quantity,
    zone: Zone,
    judged: list[tuple[Quantity, Confidence, str]],
    follows: bool,
) -> Setting:
    clause = sentence[slice(*span)]
    before = clause[: quantity.span[0]]
    until = span[0] + quantity.begin
    quoted = sentence.count("“", 0, until) > sentence.count("”", 0, until) or (
        sentence.count("《", 0, until) > sentence.count("》", 0, until)
    )
    quoted = quoted and (quantity.is_han or _quote_length(sentence, until) < _LONG_QUOTE)
    opened = len(re.findall(r"[（(]", sentence[:until])) > len(re.findall(r"[）)]", sentence[:until]))
    between = clause[judged[-1][0].span[1] : quantity.span[0]] if judged else ""
    listed = judged and re.search(r"(?:、|和|及|以及|与)[^、]*$", between)
    return Setting(
        in_goals=zone.in_goals,
        sentence=sentence,
        clause=clause,
        before=before,
        after=clause[quantity.span[1] :].lstrip(),
        quoted=quoted and len(sentence) > 30,
        bracketed=opened,
        lead_in=sentence[: span[0] + quantity.begin],
        since=zone.since,
        listed=judged[-1][1] if listed else "no",
        follows=follows,
    )


def _quote_length(sentence: str, at: int) -> int:
    """How long the quotation around a place is: a long one cites a whole goal, a short one is a name."""
    begun = max(sentence.rfind("“", 0, at), sentence.rfind("《", 0, at))
    ends = [end for mark in "”》" if (end := sentence.find(mark, at)) >= 0]
    return min(ends, default=len(sentence)) - begun


def _without_attributes(clause: str, judged: list[tuple[Quantity, Confidence, str]]) -> list[tuple[Quantity, Confidence, str]]:
    """Leaves out sizes that only describe what is counted: 营收超1000万元OPC 100家 commits to 100, not to 1000万."""
    kept: list[tuple[Quantity, Confidence, str]] = []
    for item in judged:
        if kept:
            previous = kept[-1][0]
            between = clause[previous.span[1] : item[0].span[0]]
            listed = re.match(r"\s*(?:、|和|及|以及|与|并)", between) or re.search(r"(?:、|和|及|以及|其中)[^、]*$", between)
            if not listed and (_COUNTED.match(between) or not _ALSO.search(between)):
                if is_made(clause[: previous.span[0]]) and previous.unit not in ("元", "%"):
                    continue
                kept.pop()
            elif not listed and not is_made(between) and re.search(r"[^\s、]{2,}$", clause[item[0].span[1] :]) and previous.unit != "元":
                continue
        kept.append(item)
    return kept


def _alike(clause: str, judged: list[tuple[Quantity, Confidence, str]]) -> list[tuple[Quantity, Confidence, str]]:
    """分别不低于22%和30% sets both bounds: a number joined to one before it takes over its comparison."""
    if "分别" not in clause:
        return judged
    told: list[tuple[Quantity, Confidence, str]] = []
    for quantity, confidence, why in judged:
        joined = told and re.fullmatch(r"\s*(?:、|和|及|与)\s*", clause[told[-1][0].span[1] : quantity.span[0]])
        if joined and quantity.op == "=" and told[-1][0].op != "range":
            quantity = replace(quantity, op=told[-1][0].op)
        told.append((quantity, confidence, why))
    return told


def _names(clause: str, quantities: list[Quantity]) -> list[str]:
    if not quantities:
        return []
    first_before = clause[: quantities[0].span[0]]
    if len(quantities) > 1 and re.search(r"分别[^，、]{0,6}$", first_before) and metric_name(first_before.split("分别")[0], ""):
        return split_respectively(first_before, len(quantities))
    names: list[str] = []
    begun = 0
    for quantity, following in zip(quantities, [*quantities[1:], None], strict=True):
        stop = following.span[0] if following else len(clause)
        after = clause[quantity.span[1] : stop]
        cut = _cut(after) if following else len(after)
        before = clause[begun : quantity.span[0]]
        tail = "" if re.match(r"\s*(?:[、和及与]|以及)", after) else after[:cut]
        name = metric_name(before, tail)
        if names and not tail.strip():
            name = carried(names[0], before) or name
        names.append(name or (names[-1] if names else ""))
        begun = quantity.span[1] + cut
    return names


def _years_respectively(clause: str, count: int, years: Years) -> list[str | None]:
    """The years of `2024年、2025年分别达到1万家、2万家`, one for each quantity; they may stand in a clause before."""
    deadline, listed = years
    here = re.findall(r"(20\d\d)\s*年?(?=、|和|及|[^\d]{1,30}分别)", clause)
    if count > 1 and "分别" in clause and len(here) == count:
        return list(here)
    return list(listed) if count > 1 and len(listed) == count else [deadline] * count


def _listed_years(clause: str) -> list[str]:
    """The years of 到2022年和2030年 when a clause names nothing else."""
    found = re.fullmatch(r"\s*(?:到|至)?((?:20\d\d\s*年?\s*(?:底|末)?[、和与及]?){2,})\s*", clause)
    return re.findall(r"20\d\d", found.group(1)) if found else []


def _cut(after: str) -> int:
    """Where, between two quantities, the words of the first one end and those of the second begin."""
    joints = list(re.finditer(r"、|以及|和|及|其中", after))
    if not joints:
        return 0 if re.match(r"\s*$", after) else len(after) if not re.search(r"[\u4e00-\u9fff]", after) else 0
    return joints[0].start() if joints[0].start() == 0 else joints[-1].start()


def _deadline(clause: str, period: tuple[int | None, int | None]) -> str | None:
    """The year a clause sets, from 到2025年, “十四五”末 or 三年内 (by the plan's own years)."""
    base = re.sub(r"(?:较|比|以|与|相比于?)\s*20\d\d\s*年", "", clause)
    years = _YEAR.findall(base)
    if years:
        return str(years[-1])
    five = _FIVE_YEAR_PLAN.search(base)
    if five:
        return str(2020 + 5 * ("三四五六七".index(five.group(1))))
    if _WITHIN.search(base) and period[1] is not None:
        return str(period[1])
    return None


def _period(sentence: str, span: Span, quantity: Quantity) -> str | None:
    """`year` where the clause or what leads into it says 每年 or 年均, `quarter` and `month` alike."""
    clause = sentence[slice(*span)]
    words = clause[: quantity.span[1]]
    earlier = re.split(r"[；，,]", sentence[: span[0]])[-2:-1]
    if earlier and "每年" in earlier[0] and re.match(r"\s*(?:其中|发布|举办|组织|培训|开展|推出|遴选)", clause):
        words = "每年" + words
    if re.search(r"每年|年均|每年度|年产|(?<!半)年度(?=[^，]{0,6}\d)", words) or re.match(
        r"[^，。；]{0,3}[/／]年", clause[quantity.span[1] :]
    ):
        return "year"
    if re.search(r"每季度", words):
        return "quarter"
    return "month" if re.search(r"每月", words) else None


def _unit(quantity: Quantity, clause: str) -> str:
    if not quantity.unit and re.search(r"收入|产值|规模|投资|额|资金", clause):
        return "元"
    return quantity.unit
