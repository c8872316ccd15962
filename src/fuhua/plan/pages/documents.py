"""Meeting documents as Word files in the layout of Chinese official papers: agenda and minutes, numbered, with links."""

from __future__ import annotations

import io
import re
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
from fuhua.kernel.words import Text, t
from fuhua.plan.models import AgendaItem, Decision, Meeting
from fuhua.plan.words import SECTIONS

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# the typefaces of GB/T 9704, by the names under which Word knows them: title, headings, subtitle, text
_TITLE, _HEADING, _SUBTITLE, _TEXT = "FZXiaoBiaoSong-B05S", "SimHei", "KaiTi", "FangSong"
_UNPRINTABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NUMERALS = (t("一、", "I. "), t("二、", "II. "), t("三、", "III. "), t("四、", "IV. "), t("五、", "V. "))


def agenda(meeting: Meeting, items: Sequence[AgendaItem], site: str) -> bytes:
    """The agenda in the reader's language: sections, items 1. 2. …, each with its page (and fact) as a link below ``site``."""
    document = _paper(meeting, t("会议议程（第{no}次）", "Agenda of meeting {no}"))
    number = 0
    for index, section in enumerate(code for code in SECTIONS if any(item.section == code for item in items)):
        _line(document, f"{_NUMERALS[index]}{SECTIONS[section]}", _HEADING, indent=True)
        for item in items:
            if item.section != section:
                continue
            number += 1
            paragraph = _line(document, f"{number}. {item.title}", _TEXT, indent=True)
            if item.why_zh:
                _run(paragraph, str(t("（{why}）", " ({why})").format(why=item.why)), _TEXT)
            _link(paragraph, t(" 查看任务及凭证", " task and evidence"), site + item.url)
            page = reverse("plan:task", kwargs={"pk": item.task_id}) if item.task_id else item.url
            if page != item.url:
                _link(paragraph, t(" 任务", " task"), site + page)
            if item.fact:
                _link(paragraph, t(" 事实 {digest}", " fact {digest}").format(digest=item.fact[:12]),
                      site + reverse("front:fact", kwargs={"digest": item.fact}))
    return _bytes(document)


def minutes(meeting: Meeting, decisions: Sequence[Decision], site: str) -> bytes:
    """The minutes: every decision with who does it by when, and a link to the task or order it became."""
    document = _paper(meeting, t("会议纪要（第{no}次）", "Minutes of meeting {no}"))
    _line(document, t("会议议定以下事项：", "The meeting decided:"), _TEXT, indent=True)
    for decision in decisions:
        said = t("{n}. {text}（责任单位：{unit}；完成时限：{due}）", "{n}. {text} ({unit}, by {due})").format(
            n=decision.position, text=decision.text, unit=decision.organisation.name, due=day(decision.due))
        paragraph = _line(document, said, _TEXT, indent=True)
        _link(paragraph, t(" 转办任务", " the task") if decision.task_id else t(" 督办单", " the order"), site + decision.url)
    return _bytes(document)


def _paper(meeting: Meeting, name: Text) -> Any:
    document = Document()
    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.top_margin, page.bottom_margin, page.left_margin, page.right_margin = Cm(3.7), Cm(3.5), Cm(2.8), Cm(2.6)
    document.core_properties.title = _printable(meeting.title)[:255]
    document.core_properties.author = _printable(meeting.chair.name)[:255]
    _line(document, meeting.title, _TITLE, size=22, centred=True)
    _line(document, name.format(no=meeting.no), _SUBTITLE, centred=True)
    _line(document, t("时间：{day}", "Date: {day}").format(day=day(meeting.day)), _TEXT, indent=True)
    if meeting.place:
        _line(document, t("地点：{place}", "Place: {place}").format(place=meeting.place), _TEXT, indent=True)
    _line(document, t("召集单位：{chair}", "Chair: {chair}").format(chair=meeting.chair.name), _TEXT, indent=True)
    _page_number(page.footer.paragraphs[0])
    return document


def _line(document: Any, text: Text | str, font: str, *, size: int = 16, centred: bool = False, indent: bool = False) -> Any:
    paragraph = document.add_paragraph()
    layout = paragraph.paragraph_format
    layout.line_spacing, layout.space_after = Pt(28), Pt(0)
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if indent:
        layout.first_line_indent = Pt(size * 2)
    _run(paragraph, str(text), font, size)
    return paragraph


def _run(paragraph: Any, text: str, font: str, size: int = 16) -> Any:
    run = paragraph.add_run(_printable(text))
    run.font.size, run.font.name = Pt(size), "Times New Roman"
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
    return run


def _printable(text: str) -> str:
    """The text without what XML cannot hold: control characters, halves of surrogate pairs, non-characters."""
    return _UNPRINTABLE.sub("", text)


def _link(paragraph: Any, text: Text, url: str) -> None:
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), paragraph.part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    run = _run(paragraph, str(text), _TEXT, 12)
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
