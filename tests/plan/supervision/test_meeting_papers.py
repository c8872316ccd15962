"""Meeting papers hold whatever people type: marks of markup print as they are, what no document can hold is left out."""

from __future__ import annotations

import io
from typing import Any

import docx

from fuhua.plan.actions import meetings
from fuhua.plan.pages import documents


def test_markup_prints_as_typed_and_control_characters_are_left_out(edition: Any, organisation: Any, acting: Any, today: Any) -> None:
    meeting = meetings.call(edition=edition, title="统筹", day=today, place="厅", chair=organisation("steering").pk,
                            **acting("coordinator"))
    meeting.title = "<w:p>&统筹\x00\x0b\x1f协调会\ud800\uffff" + "长" * 300
    meeting.place = "一号\x07厅 {{ x }} </w:t>"
    paper = docx.Document(io.BytesIO(documents.agenda(meeting, [], "https://fuhua.test")))
    texts = [each.text for each in paper.paragraphs]
    assert texts[0] == "<w:p>&统筹协调会" + "长" * 300
    assert "地点：一号厅 {{ x }} </w:t>" in texts
    assert len(paper.core_properties.title) == 255
