"""`fuhua exchange import`: another exchange's postings from files of JSON lines, every problem reported by its row."""

from __future__ import annotations

import argparse
import csv
import io
import json
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import BinaryIO, TextIO

from django.utils import timezone

from fuhua.evidence.facts import BadFact
from fuhua.exchange.actions import postings
from fuhua.exchange.words import NEED, OFFER
from fuhua.kernel.command import CommandError, command
from fuhua.kernel.files import BadFile
from fuhua.kernel.files.reading import opened
from fuhua.kernel.files.writing import Output, output
from fuhua.kernel.sheet.writing import harmless
from fuhua.kernel.words import t
from fuhua.parties.queries import exact, in_bulk


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--needs", type=Path, metavar="F.jsonl", help="需求，每行一个 JSON / needs, one JSON object a line")
    parser.add_argument("--offers", type=Path, metavar="F.jsonl", help="成果 / results on offer")
    parser.add_argument("--party", required=True, metavar="NAME", help="归属单位（全称、信用代码或 URN）/ whose they are")
    parser.add_argument("--as", dest="account", required=True, metavar="USERNAME", help="以谁的身份；成果由其答复 / who answers for them")
    parser.add_argument("--source", default="import", metavar="WORD", help="来源代号，同一来源不会重复导入 / where they are from")
    parser.add_argument("--problems", type=Path, metavar="F.csv", help="问题清单写到这里，- 为标准输出 / every problem; - for stdout")
    parser.add_argument("--json", action="store_true", help="机器可读的结果 / a result for machines")


@command("exchange import", help="导入其他平台的需求与成果 take in needs and results of another exchange", arguments=_arguments)
def load(options: argparse.Namespace) -> int:
    """Take both files in; 1 when rows were refused."""
    account = in_bulk.account(options.account)
    if account is None or account.party is None:
        raise CommandError(f"没有账号 {options.account} / no such account")
    if not (options.source.isascii() and options.source.isidentifier() and len(options.source) <= 20):
        raise CommandError("--source 只能是 20 个以内的字母、数字、下划线 / --source is a word of up to 20 letters, digits and underscores")
    if not options.needs and not options.offers:
        raise CommandError("请给出 --needs 或 --offers / give --needs or --offers")
    try:
        party = exact.organisation(options.party)
    except BadFact as wrong:
        raise CommandError(f"{wrong.text.zh}\n{wrong.text.en}") from wrong
    paths = {side: path for side, path in ((OFFER, options.offers), (NEED, options.needs)) if path}
    with ExitStack() as stack:
        files = {side: stack.enter_context(opened(path)) for side, path in paths.items()}
        table = output(options.problems, paths.values()) if options.problems else None
        reports = {side: _taken(file, postings.Origin(side, options.source, party, account.party)) for side, file in files.items()}
    _tell(reports, options.json, out=sys.stderr if table and table.is_stdout else sys.stdout)
    if table:
        _write(table, reports)
    return 1 if any(report.refused for report in reports.values()) else 0


def _taken(file: BinaryIO, origin: postings.Origin) -> postings.Report:
    try:
        return postings.take_in(file, origin=origin, by=origin.owner.urn, at=timezone.now())
    except OSError as wrong:
        raise CommandError(f"{file.name}：读到一半出错（{wrong.strerror}）；已导入的行不会重复，请再次运行\n"
                           f"{file.name}: reading it broke off ({wrong.strerror}); run it again, no row comes in twice") from wrong


def _write(table: Output, reports: dict[str, postings.Report]) -> None:
    told = io.StringIO(newline="")
    lines = csv.writer(told)
    lines.writerow(["side", "行 row", "编号 number", "字段 field", "已导入 taken in", "怎样改", "how to mend it"])
    for side, report in reports.items():
        for row, key, problem in report.problems:
            taken = "否 no" if problem.refused else "原样未改 as before" if problem.changed else "是 yes"
            lines.writerow([harmless(str(cell)) for cell in (side, row, key, problem.field, taken, problem.text.zh, problem.text.en)])
    try:
        table.write([told.getvalue().encode("utf-8" if table.is_stdout else "utf-8-sig")])
    except BadFile as wrong:
        again = t("{what}。再次运行不会重复导入", "{what}; run it again, no row comes in twice")
        raise BadFile(again.format(what=wrong.text)) from wrong


def _tell(reports: dict[str, postings.Report], machine: bool, *, out: TextIO) -> None:
    counts = {side: {"new": each.new, "known": each.known, "changed": each.changed, "refused": each.refused, "problems": len(each.problems)}
              for side, each in reports.items()}
    if machine:
        print(json.dumps(counts), file=out)
        return
    for side, each in counts.items():
        print(f"{side}: 新增 new {each['new']}, 已有 known {each['known']}（内容不同 changed {each['changed']}）, "
              f"拒绝 refused {each['refused']}, 问题 problems {each['problems']}", file=out)
    for report in reports.values():
        for row, key, problem in report.problems[:10]:
            print(f"  第 {row} 行 row {row} {key} {problem.field}: {problem.text.zh} {problem.text.en}", file=out)
