"""Reads what stands around a plan: its title, who issued it, its document number, its years, where its body begins."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .numbering import leading_marker

_KINDS = "方案|计划|意见|措施|规划|办法|通知|细则|政策|纲要|清单|要点|决定|规定|实施方案|指南|指引|举措|条"
_TITLE = re.compile(
    rf"(?!为|以|根据|按照|现将|经)[^。；！？|]{{4,80}}?(?:{_KINDS})(?:（[^）]*）|\([^)]*\)|〔[^〕]*〕|"
    rf"【[^】]*】)*(?:的通知)?"
)
_YEARS_LINE = re.compile(r"[（(〔]?\s*(20\d\d)\s*(?:年)?\s*[—\-–~～至到－]+\s*(20\d\d)\s*年?\s*[）)〕]?")
_STATUS_LINE = re.compile(r"[（(](?:征求意见稿|试行|送审稿|草案|修订版|讨论稿|公开征求意见稿|暂行)[）)]")
_DOC_NUMBER = re.compile(r"[\u4e00-\u9fff]{1,14}[〔\[［（(【]\s*(?:19|20)\d\d\s*[〕\]］）)】]\s*第?\s*\d+\s*号")
_DATE = re.compile(r"[二〇○零\d]{4}\s*年\s*[一二三四五六七八九十\d]{1,3}\s*月\s*[一二三四五六七八九十\d]{1,3}\s*日")
_BODY_WORD = r"(?:委员会|局|厅|部|政府|办公室|办公厅|管委会|委|院|中心|银行|总社|国务院)"
_ISSUER = re.compile(rf"^([\u4e00-\u9fff“”、 ]{{2,40}}?{_BODY_WORD}(?:、[\u4e00-\u9fff]{{2,20}}{_BODY_WORD})*)(?=关于|$)")


@dataclass(frozen=True)
class FrontMatter:
    """A plan's title page: `body` is the offset at which the plan itself begins."""

    title: str
    issued_by: tuple[str, ...]
    doc_number: str
    period: tuple[int | None, int | None]
    body: int

    @property
    def since(self) -> int | None:
        """The year the plan speaks from: years before it tell the present state, not goals."""
        issued = re.search(r"20\d\d", self.doc_number)
        return self.period[0] or (int(issued.group()) if issued else None)


def read_front_matter(text: str) -> FrontMatter:
    """Title, issuers, document number and years of the plan; missing ones are empty."""
    first = _first_heading(text)
    lines = _lines(text[:first])
    title, body = _title(lines, text)
    number = _DOC_NUMBER.search(text[: max(first, 600)])
    return FrontMatter(
        title=title,
        issued_by=_issuers([line for line, _ in lines]),
        doc_number=re.sub(r"\s+", "", number.group()) if number else "",
        period=_period(title, text[: first + 200]),
        body=body,
    )


def _lines(text: str) -> list[tuple[str, int]]:
    lines, at = [], 0
    for line in text.split("\n"):
        lines.append((line, at))
        at += len(line) + 1
    return lines


def _first_heading(text: str) -> int:
    """Where the first 一、 or （一） or 第一章 of the plan stands."""
    at = 0
    for line in text.split("\n"):
        marker = leading_marker(line)
        if marker and marker.value == 1 and marker.style in ("chapter", "han", "hanparen", "num", "label", "article"):
            return at
        at += len(line) + 1
    return len(text) if len(text) < 3000 else 3000


def _title(lines: list[tuple[str, int]], text: str) -> tuple[str, int]:
    """The last line before the body that reads as a plan's title, put together if it was broken; and where it ends."""
    best: tuple[str, int] | None = None
    for i, (line, at) in enumerate(lines):
        bare = line.strip()
        whole = re.sub(r"\s+", "", bare)
        if not _TITLE.fullmatch(whole) or len(whole) > 90 or re.match(r"(?:附\s*件|\d)", whole):
            continue
        if i and _is_broken_title(lines[i - 1][0], whole):
            whole = re.sub(r"\s+", "", lines[i - 1][0]) + whole
        end = at + len(line)
        for following, start in lines[i + 1 : i + 3]:
            if _YEARS_LINE.fullmatch(following.strip()) or _STATUS_LINE.fullmatch(following.strip()):
                whole += re.sub(r"\s+", "", following)
                end = start + len(following)
            else:
                break
        if best is None or not whole.endswith("的通知"):
            best = (whole, end)
    if best is None:
        quoted = re.search(rf"《([^《》]{{4,80}}(?:{_KINDS})(?:[（(][^《》]*)?)》", text[:2000])
        return (re.sub(r"\s+", "", quoted.group(1)), 0) if quoted else (_first_words(lines), 0)
    title, end = best
    return title.removeprefix("附件").lstrip("：:"), min(end + 1, len(text))


def _first_words(lines: list[tuple[str, int]]) -> str:
    return next((line.strip()[:60] for line, _ in lines if line.strip()), "")


def _is_broken_title(before: str, whole: str) -> bool:
    """Whether the line before is the upper half of a title set on two lines."""
    before = before.strip()
    if not before or len(before) > 40 or re.search(r"[。；：:！？》]|号$|日$|附件|\d号", before) or "关于" in whole[:25]:
        return False
    if before.count("“") > before.count("”") or "关于" in before:
        return not re.search(r"(?:通知|方案|计划|意见|措施)$", before)
    return bool(re.match(r".{2,12}(?:省|市|区|县|州)", before)) and not re.search(_BODY_WORD + "$", before) and len(whole) <= 20


def _issuers(lines: list[str]) -> tuple[str, ...]:
    """Who issued the plan: the names before 关于 or those signed above the date."""
    found: list[str] = []
    for i, line in enumerate(lines):
        if _DATE.fullmatch(line.strip()):
            for above in reversed(lines[max(0, i - 12) : i]):
                name = re.sub(r"[（(][^）)]*[）)]", "", above).strip()
                if name and not (_ISSUER.match(name + "\n") or re.fullmatch(rf".{{2,40}}{_BODY_WORD}", name)):
                    break
                if name and "，" not in name and "。" not in name:
                    found[:0] = name.split()
            if found:
                break
    head = re.match(rf"(.{{2,40}}?{_BODY_WORD}(?:办公室|办公厅)?)关于", "".join(lines[:2]))
    if head and (not found or head.group(1).endswith(found[-1])):
        found = [head.group(1)]
    return tuple(dict.fromkeys(found))


def _period(title: str, head: str) -> tuple[int | None, int | None]:
    years = _YEARS_LINE.search(title) or _YEARS_LINE.search(head)
    if years:
        return int(years.group(1)), int(years.group(2))
    until = re.search(r"到\s*(20\d\d)\s*年", title)
    return None, int(until.group(1)) if until else None
