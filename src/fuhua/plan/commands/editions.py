"""`plan read`, `plan import` and `plan score`: a plan's document at the terminal."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.utils import timezone
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from fuhua.evidence.facts import BadFact
from fuhua.kernel.command import CommandError, command
from fuhua.kernel.files.reading import document
from fuhua.kernel.flow import WrongState
from fuhua.parties.queries import who
from fuhua.plan.access import EDIT
from fuhua.plan.actions.editions import import_plan, publish
from fuhua.plan.models import Edition
from fuhua.plan.queries.editions import open_points
from fuhua.plan.reading import PlanError, Reading, read_file
from fuhua.plan.reading.scoring import Gold, Score, score_measures, score_targets, score_units

_GOLD = '{"measures": [{"no", "title", "units"}], "targets": [{"measure", "metric", "value", "unit", …}]}'


def _read_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="方案文件 the plan: .txt .md .docx 或文字版 PDF")
    parser.add_argument("--json", action="store_true", help="输出 JSON machine-readable")


@command("plan read", help="读取行动方案 read an action plan into measures, units and targets", arguments=_read_arguments)
def read(options: argparse.Namespace) -> int:
    """Print what a plan's document says; 1 with the way to mend it when it cannot be read."""
    reading = _reading(options.file)
    if options.json:
        print(json.dumps(reading.to_json(), ensure_ascii=False, indent=2))
    else:
        _show(reading)
    return 0


def _reading(path: Path) -> Reading:
    try:
        return read_file(path)
    except PlanError as wrong:
        raise CommandError(f"{path.name}: {wrong.zh}\n{wrong.en}") from wrong
    except FileNotFoundError:
        raise CommandError(f"没有这个文件，请检查路径 no such file, check the path: {path}") from None
    except IsADirectoryError:
        raise CommandError(f"这是文件夹，请给出其中的文件 that is a folder, name a file in it: {path}") from None
    except OSError as wrong:
        raise CommandError(f"无法读取 cannot read {path}: {wrong.strerror}") from wrong


def _show(reading: Reading) -> None:
    console = Console(width=None if sys.stdout.isatty() else 140, highlight=False)
    years = "–".join(str(year) for year in reading.period if year)
    console.print(f"[bold]{escape(reading.title or reading.name)}[/bold]")
    console.print(escape("  ".join(filter(None, [reading.doc_number, years, "、".join(reading.issued_by)]))))
    measures = Table("#", "举措 measure", "责任单位 units", title=f"举措 measures: {len(reading.measures)}", title_justify="left")
    for measure in reading.measures:
        measures.add_row(f"{measure.no}{_mark(measure)}", escape(measure.title), escape("；".join(measure.units)) or "—")
    console.print(measures)
    targets = Table("#", "指标 metric", "值 value", "期限 by", "原文 quote", title=f"目标 targets: {len(reading.targets)}",
                    title_justify="left")
    for target in reading.targets:
        upper = f"–{target.max}" if target.max is not None else ""
        targets.add_row(f"{target.measure}{_mark(target)}", escape(target.metric),
                        escape(f"{target.op} {target.value}{upper}{target.unit}"),
                        " ".join(filter(None, [target.deadline, target.period])) or "—", escape(target.quote))
    console.print(targets)
    for doubt in reading.doubts:
        console.print(f"? {escape(doubt.zh)} {escape(doubt.en)}")
    if any(item.confidence != "sure" for item in (*reading.measures, *reading.targets)):
        console.print("? = 不确定，请核对 unsure, please check")


def _mark(item: Any) -> str:
    return "" if item.confidence == "sure" else " ?"


def _import_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="方案文件 the plan's document")
    parser.add_argument("--as", dest="user", required=True, metavar="USERNAME", help="以谁的身份 the officer who imports")
    parser.add_argument("--slug", default="", help="网址标识 web name, e.g. biaogan-2022-2025")
    parser.add_argument("--after", default="", metavar="SLUG", help="接续哪一版 the edition in force that it follows")
    parser.add_argument("--publish", action="store_true", help="若无待办事项则直接发布 publish it if nothing is open")


@command("plan import", help="导入行动方案 import an action plan as a draft edition", arguments=_import_arguments)
def bring(options: argparse.Namespace) -> int:
    """Import a plan's document; with ``--publish`` put it in force when nothing blocks it, else say what does."""
    by = _officer(options.user)
    predecessor = None
    if options.after and (predecessor := Edition.objects.filter(slug=options.after).first()) is None:
        raise CommandError(f"没有这一版方案 no such edition: {options.after}")
    try:
        edition = import_plan(options.file, by=by, at=timezone.now(), slug=options.slug, predecessor=predecessor)
        print(f"已导入草稿 imported as a draft: /plans/{edition.slug}/review/ "
              f"({edition.measures.count()} 项举措 measures, {edition.targets.count()} 个目标 targets)")
        for point in open_points(edition):
            print(f"  {'!' if point.blocks else '·'} {point.text.zh} / {point.text.en}")
        if options.publish:
            publish(edition, version=edition.version, by=by, at=timezone.now())
            print(f"已发布 published: /plans/{edition.slug}/")
    except PlanError as wrong:
        raise CommandError(f"{options.file.name}: {wrong.zh}\n{wrong.en}") from wrong
    except (BadFact, WrongState) as wrong:
        raise CommandError(f"{wrong.text.zh}\n{wrong.text.en}") from wrong
    except OSError as wrong:
        raise CommandError(f"无法读取 cannot read {options.file}: {wrong.strerror}") from wrong
    return 0


def _officer(username: str) -> str:
    account = get_user_model().objects.filter(username=username, is_active=True).select_related("party").first()
    if account is None or account.party is None:
        raise CommandError(f"没有这个账号 no such account: {username}")
    acting = who(account)
    if not EDIT.opens_for(acting):
        raise CommandError(f"{username}: {EDIT.reason.zh}\n{EDIT.reason.en}")
    return acting.urn


def _score_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="方案文件 the plan's document")
    parser.add_argument("gold", type=Path, help="人工核对的结果 the hand-checked result (.json)")


@command("plan score", help="与人工核对结果比较 compare a reading with a hand-checked gold", arguments=_score_arguments)
def score(options: argparse.Namespace) -> int:
    """Print F1 of measures, units and targets against a gold file, and what was missed or invented."""
    found = _reading(options.file).to_json()
    gold = document(options.gold, Gold, _GOLD)
    for name, result in (("举措 measures", score_measures(found, gold)), ("单位 units", score_units(found, gold)),
                         ("目标 targets", score_targets(found, gold)),
                         ("目标全字段 targets, strict", score_targets(found, gold, strict=True))):
        _report(name, result)
    return 0


def _report(name: str, result: Score) -> None:
    print(f"{name}: F1 {result.f1:.3f} ({result.hits} / {result.found} 读出 found / {result.wanted} 应有 wanted)")
    for text in result.missed:
        print(f"  - 漏 missed: {text}")
    for text in result.invented:
        print(f"  + 多 invented: {text}")
