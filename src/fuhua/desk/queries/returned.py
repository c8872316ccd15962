"""Workbooks that go back to people: the rows that could not be entered with what is wrong, and blank templates."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO

from fuhua.desk import models
from fuhua.desk.words import Verdict
from fuhua.kernel.roster import ROSTERS, Roster
from fuhua.kernel.sheet.table import plain
from fuhua.kernel.sheet.writing import Sheet, write
from fuhua.kernel.words import Text, t

ERROR = t("错误", "Error")
_LIST = 250  # characters that a drop-down list may have in all


def write_bad_rows(intake: models.Intake, file: BinaryIO) -> None:
    """The wrong and the waiting rows, in the columns of the upload, with what is wrong in a last column."""
    headers = list(intake.headers)
    while headers and plain(headers[-1]) in (plain(ERROR.zh), plain(ERROR.en)):
        headers.pop()
    width = len(headers)

    def rows() -> Iterator[list[Any]]:
        bad = intake.rows.filter(verdict__in=(Verdict.WRONG, Verdict.WAITING)).order_by("number")
        for row in bad.iterator(chunk_size=1000):
            yield [*row.cells[:width], *[None] * (width - len(row.cells)), said(intake, row)]

    write(file, [Sheet(str(t("待改行", "Rows to mend")), [*headers, str(ERROR)], rows(), wrong=width)])


def said(intake: models.Intake, row: models.IntakeRow) -> str:
    """What is wrong with a row, in the reader's language, each problem with the column it is in."""
    if row.verdict == Verdict.WAITING:
        names = t("、", ", ")
        options = [option["name"] for each in row.candidates for option in each["options"]]
        return str(t("待确认主体，可能是：{names}", "which organisation? perhaps {names}").format(names=str(names).join(options)))
    roster = ROSTERS[intake.roster]
    return str(t("；", "; ")).join(_problem(roster, each) for each in row.problems)


def _problem(roster: Roster, problem: list[str]) -> str:
    text = str(Text(problem[1], problem[2]))
    return f"{roster.column(problem[0]).title}: {text}" if problem[0] else text


def write_template(roster: Roster, file: BinaryIO) -> None:
    """A blank workbook for the roster: notes above the headers, drop-down lists, and a sheet that explains each column."""
    columns = roster.columns
    notes = [" ".join(filter(None, [str(t("必填。", "Required.")) if each.required else "", str(each.help),
                                    str(t("如 {e}", "e.g. {e}").format(e=each.example)) if each.example else ""]))
             for each in columns]
    lists = {index: each.options for index, each in enumerate(columns) if 0 < len(",".join(each.options)) < _LIST}
    texts = frozenset(index for index, each in enumerate(columns) if each.name.endswith("code"))
    heads = [f"{each.title}*" if each.required else str(each.title) for each in columns]
    meaning = [[str(each.title), str(t("是", "yes")) if each.required else "", str(each.help), each.example, "、".join(each.options)]
               for each in columns]
    explained = [str(each) for each in (t("列", "Column"), t("必填", "Required"), t("说明", "Help"), t("示例", "Example"),
                                        t("可选值", "Choices"))]
    write(file, [Sheet(str(roster.title), heads, [], notes=notes, lists=lists, texts=texts),
                 Sheet(str(t("填写说明", "How to fill it in")), explained, meaning)])
