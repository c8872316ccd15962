"""Set papers as PDF from data, the same bytes for the same data, and have them sealed."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import typst

from fuhua.evidence.actions import documents
from fuhua.evidence.facts import BadFact
from fuhua.kernel.sealing import sealer
from fuhua.kernel.ui import formats, glyphs
from fuhua.kernel.ui.assets import paper_fonts
from fuhua.kernel.words import t

PDF = "application/pdf"
_NAMED = 10  # characters that cannot be printed, in one error
_HOUSE = Path(__file__).resolve().parents[2]  # templates name each other from here: "/evidence/templates/evidence/paper.typ"


class CannotPrint(BadFact):
    """The paper holds a character that cannot be printed; ``text`` names it."""


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(file.parent) for file in paper_fonts()])


def pdf_of(template: str, said: Mapping[str, Any], *, at: dt.datetime) -> bytes:
    """The paper as PDF/A-3b, dated ``at``, from the template ``<engine>/<name>``; what is said goes in as data, never as markup.

    A character that the font lacks is printed by its number, ``[U+1F600]``: what was agreed or decided is never held up by it.
    """
    try:
        return _compiled(template, said, at)
    except typst.TypstError as wrong:
        if "could not be displayed" not in wrong.message:
            raise
        return _compiled(template, glyphs.printable(said), at)


def require_printable(said: Any) -> None:
    """Raise :class:`CannotPrint` for characters that the font lacks in what is still being worded."""
    if found := glyphs.lacking(said):
        raise CannotPrint(t("文件中有无法打印的字符，请改用通用规范汉字：{what}",
                            "a character cannot be printed; write it otherwise: {what}").format(what=" ".join(found[:_NAMED])))


def _compiled(template: str, said: Any, at: dt.datetime) -> bytes:
    engine, name = template.split("/")
    file = _HOUSE / engine / "templates" / engine / name
    return typst.compile(str(file), root=str(_HOUSE), font_paths=_fonts(), ignore_system_fonts=True, format="pdf",
                         sys_inputs={"said": json.dumps(said, ensure_ascii=False)}, pdf_standards="a-3b", timestamp=int(at.timestamp()))


def sealed(paper: bytes, *, title: str, rows: list[list[str]], digest: str, at: dt.datetime) -> bytes:
    """The paper with the platform's seal after it: the first bytes are the paper itself, the box on its last page says ``rows``."""
    said = {"title": title, "rows": rows, "note": f"文本摘要 SHA-256：{digest}。平台电子封签，{formats.clock(at).zh}。"}
    stamp = pdf_of("evidence/stamp.typ", said, at=at)
    return sealer().seal(paper, stamp, at)


def certificate(*, at: dt.datetime) -> bytes:
    """The certificate (PEM) that a reader trusts to verify the seal."""
    return sealer().root(at)


def kept(paper: bytes, *, by: str, at: dt.datetime) -> str:
    """Keep a PDF; returns its SHA-256."""
    return documents.keep(paper, media_type=PDF, by=by, at=at)


def read(digest: str) -> bytes:
    """The bytes of a kept paper."""
    with documents.open_document(digest) as file:
        return file.read()
