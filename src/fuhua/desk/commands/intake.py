"""`fuhua intake load` and `fuhua intake template`: rosters from the terminal, with the same checks as on the page."""

from __future__ import annotations

import argparse
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

from django.utils import timezone
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from fuhua.desk import models
from fuhua.desk.actions import intake as desk
from fuhua.desk.actions.intake_pass import work_once
from fuhua.desk.queries.returned import said, write_bad_rows, write_template
from fuhua.desk.words import INTAKES, VERDICTS, IntakeState, Verdict
from fuhua.evidence.facts import BadFact
from fuhua.kernel.command import CommandError, command
from fuhua.kernel.files.reading import opened
from fuhua.kernel.files.writing import output
from fuhua.kernel.roster import ROSTERS
from fuhua.kernel.words import Text
from fuhua.parties.queries import in_bulk, who

_COUNTS = ("new", "changed", "unchanged", "repeated", "wrong", "waiting")


def _load_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help=".xlsx 或 .csv / a spreadsheet")
    parser.add_argument("--roster", default="", choices=["", *ROSTERS.keys()], help="名册种类，缺省自动识别 / recognised when left out")
    parser.add_argument("--as", dest="account", required=True, metavar="USERNAME", help="以谁的身份 / who hands it in")
    parser.add_argument("--dry-run", action="store_true", help="只试算 / enter nothing")
    parser.add_argument("--bad", type=Path, metavar="FILE.xlsx", help="把待改行写到这里 / write the rows to mend here")
    parser.add_argument("--json", action="store_true", help="机器可读的结果 / a result for machines")


@command("intake load", help="导入名册 load a roster from a spreadsheet", arguments=_load_arguments)
def load(options: argparse.Namespace) -> int:
    """Hand a file in, check it and, unless it is a dry run, enter its good rows; 1 when rows are left to mend."""
    account = in_bulk.account(options.account)
    if account is None:
        raise CommandError(f"没有账号 {options.account} / no such account")
    asker = who(account)
    console = Console(stderr=True)
    table = output(options.bad, [options.file]) if options.bad else None
    try:
        with opened(options.file) as file:
            intake = desk.hand_in(file, file_name=options.file.name, who=asker, by=asker.urn, at=timezone.now(),
                                  roster=options.roster)
        mapping = {int(index): name for index, name in intake.mapping.items()}
        intake = desk.map_columns(intake, mapping=mapping, by=asker.urn, at=timezone.now())
        _run(intake, console)
        if intake.state == IntakeState.CHECKED and not options.dry_run:
            intake = desk.confirm(intake, by=asker.urn, at=timezone.now())
            _run(intake, console)
    except BadFact as wrong:
        raise CommandError(f"{wrong.text.zh}\n{wrong.text.en}") from wrong
    if table and intake.wrong + intake.waiting:
        table.write([_workbook(lambda out: write_bad_rows(intake, out))])
    _tell(intake, options.json)
    return 1 if intake.wrong or intake.waiting or intake.state == IntakeState.FAILED else 0


def _run(intake: models.Intake, console: Console) -> None:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console) as bar:
        task = bar.add_task(_both(INTAKES[intake.state]), total=intake.total or None)

        def told(now: models.Intake) -> None:
            bar.update(task, completed=now.done, total=now.total or None)

        if not work_once(timezone.now(), intake=intake, told=told):
            raise CommandError("另一个导入正在进行，请在 90 秒后重试 / another roster is being worked on; try again in 90 seconds")
    intake.refresh_from_db()


def _tell(intake: models.Intake, machine: bool) -> None:
    counts = {name: getattr(intake, name) for name in _COUNTS}
    bad = intake.rows.filter(verdict__in=(Verdict.WRONG, Verdict.WAITING)).order_by("number")
    if machine:
        result: dict[str, Any] = {
            "intake": intake.pk, "roster": intake.roster, "document": intake.document, "state": intake.state,
            "total": intake.total, **counts, "trouble": intake.trouble,
            "rows": [{"row": row.number, "verdict": row.verdict, "problems": row.problems} for row in bad[:1000]]}
        print(json.dumps(result, ensure_ascii=False))
        return
    print(f"{_both(ROSTERS[intake.roster].title)} · {_both(INTAKES[intake.state])}")
    if intake.trouble:
        print(" / ".join(intake.trouble))
    for name, count in counts.items():
        print(f"  {_both(VERDICTS[name])}: {count}")
    for row in bad[:20]:
        print(f"  第 {row.number} 行 row {row.number}: {said(intake, row)}")


def _both(text: Text) -> str:
    return f"{text.zh} {text.en}"


def _workbook(write: Callable[[BinaryIO], None]) -> bytes:
    held = io.BytesIO()
    write(held)
    return held.getvalue()


def _template_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("roster", choices=ROSTERS.keys())
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="FILE.xlsx")


@command("intake template", help="名册模板 write a blank roster template", arguments=_template_arguments)
def template(options: argparse.Namespace) -> int:
    """Write a blank workbook with notes, drop-down lists and an explanation of every column."""
    output(options.output, []).write([_workbook(lambda out: write_template(ROSTERS[options.roster], out))])
    print(options.output)
    return 0
