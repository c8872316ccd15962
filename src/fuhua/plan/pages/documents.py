"""Meeting documents as Word files in the layout of Chinese official papers: agenda and minutes, numbered, with links."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from fuhua.kernel.ui.formats import day
from fuhua.plan.models import AgendaItem, Decision, Meeting
from fuhua.plan.words import SECTIONS

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_NUMERALS = "一二三四五六七八九十"


def agenda(meeting: Meeting, items: Sequence[AgendaItem], site: str) -> bytes:
    """The agenda: sections 一、二、…, items 1. 2. …, each with its page (and fact) as a link below ``site``."""
    document = _paper(meeting, "会议议程")
    number = 0
    for index, section in enumerate(code for code in SECTIONS if any(item.section == code for item in items)):
        _line(document, f"{_NUMERALS[index]}、{SECTIONS[section].zh}", "黑体", indent=True)
        for item in items:
            if item.section != section:
                continue
            number += 1
            paragraph = _line(document, f"{number}. {item.title}", "仿宋", indent=True)
            if item.why_zh:
                _run(paragraph, f"（{item.why_zh}）", "仿宋")
            _link(paragraph, " 查看任务及凭证", site + item.url)
            if item.fact:
                _link(paragraph, f" 事实 {item.fact[:12]}", site + reverse("front:fact", kwargs={"digest": item.fact}))
    return _bytes(document)


def minutes(meeting: Meeting, decisions: Sequence[Decision], site: str) -> bytes:
    """The minutes: every decision with who does it by when, and a link to the task or order it became."""
    document = _paper(meeting, "会议纪要")
    _line(document, "会议议定以下事项：", "仿宋", indent=True)
    for decision in decisions:
        text = f"{decision.position}. {decision.text}（责任单位：{decision.organisation.name}；完成时限：{day(decision.due).zh}）"
        paragraph = _line(document, text, "仿宋", indent=True)
        _link(paragraph, " 转办任务" if decision.task_id else " 督办单", site + decision.url)
    return _bytes(document)


def _paper(meeting: Meeting, name: str) -> Any:
    document = Document()
    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.top_margin, page.bottom_margin, page.left_margin, page.right_margin = Cm(3.7), Cm(3.5), Cm(2.8), Cm(2.6)
    document.core_properties.title = f"{meeting.title}{name}"
    document.core_properties.author = meeting.chair.name
    _line(document, meeting.title, "方正小标宋简体", size=22, centred=True)
    _line(document, f"{name}（第{meeting.no}次）", "楷体", centred=True)
    _line(document, f"时间：{day(meeting.day).zh}", "仿宋", indent=True)
    if meeting.place:
        _line(document, f"地点：{meeting.place}", "仿宋", indent=True)
    _line(document, f"召集单位：{meeting.chair.name}", "仿宋", indent=True)
    _page_number(page.footer.paragraphs[0])
    return document


def _line(document: Any, text: str, font: str, *, size: int = 16, centred: bool = False, indent: bool = False) -> Any:
    paragraph = document.add_paragraph()
    layout = paragraph.paragraph_format
    layout.line_spacing, layout.space_after = Pt(28), Pt(0)
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if indent:
        layout.first_line_indent = Pt(size * 2)
    _run(paragraph, text, font, size)
    return paragraph


def _run(paragraph: Any, text: str, font: str, size: int = 16) -> None:
    run = paragraph.add_run(text)
    run.font.size, run.font.name = Pt(size), "Times New Roman"
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)


def _link(paragraph: Any, text: str, url: str) -> None:
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), paragraph.part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    _run(paragraph, text, "仿宋", 12)
    run = paragraph.runs[-1]
    run.font.underline = True
    link.append(run._element)
    paragraph._p.append(link)


def _page_number(paragraph: Any) -> None:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)


def _bytes(document: Any) -> bytes:
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()
