"""`fuhua plan tasks-import` and `fuhua plan exceptions`: annual tasks from a file, explanations of exceptions alone."""

from __future__ import annotations

import argparse
from pathlib import Path

from django.utils import timezone

from fuhua.evidence.facts import BadFact
from fuhua.kernel.command import CommandError, command
from fuhua.kernel.files.reading import opened
from fuhua.parties.queries import exact
from fuhua.plan.actions.task_import import import_tasks
from fuhua.plan.actions.tasks import explain_exceptions
from fuhua.plan.models import Edition
from fuhua.plan.queries.supervision import supervised


def _edition(slug: str) -> Edition:
    found = supervised(slug).first()
    if found is None:
        raise CommandError(f"没有已发布的方案 no published plan: {slug}")
    return found


def _importing(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("verb", choices=["import"], help="导入 import")
    parser.add_argument("file", type=Path, help=".xlsx 或 or .csv")
    parser.add_argument("--edition", required=True, help="方案标识 the plan's slug")
    parser.add_argument("--by", required=True, help="操作人 URN the URN of who does it")


@command("plan tasks", help="导入年度任务 import annual tasks from a spreadsheet", arguments=_importing)
def tasks(options: argparse.Namespace) -> int:
    """Issue every task of the file, or none."""
    try:
        with opened(options.file) as file:
            made = import_tasks(edition=_edition(options.edition), file=file, by=options.by, at=timezone.now())
    except BadFact as wrong:
        raise CommandError(f"{wrong.text.zh}\n{wrong.text.en}") from wrong
    print(f"已下达 {len(made)} 项任务 tasks issued")
    return 0


def _asking(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--edition", required=True, help="方案标识 the plan's slug")
    parser.add_argument("--by", required=True, help="操作人 URN the URN of who asks")


@command("plan exceptions", help="仅对逾期或有风险的任务要求说明 ask about overdue and endangered tasks", arguments=_asking)
def ask_exceptions(options: argparse.Namespace) -> int:
    """Ask for explanations of the exceptions; tasks on track are left in peace."""
    try:
        asker = exact.party(options.by)
        asked = explain_exceptions(edition=_edition(options.edition), asker=asker.pk, by=options.by, at=timezone.now())
    except BadFact as wrong:
        raise CommandError(f"{wrong.text.zh}\n{wrong.text.en}") from wrong
    print(f"已要求 {len(asked)} 项说明 explanations asked")
    return 0
