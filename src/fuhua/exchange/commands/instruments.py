"""`fuhua exchange instruments`: the tools of a NEMO export as instruments that can be booked, every problem reported by its record."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from django.utils import timezone

from fuhua.evidence.facts import BadFact
from fuhua.exchange.actions import instruments
from fuhua.exchange.kinds import nemo
from fuhua.exchange.kinds.hours import BadTime, zone_of
from fuhua.kernel import money
from fuhua.kernel.command import CommandError, command
from fuhua.kernel.files.reading import document
from fuhua.parties.queries import exact, in_bulk

_SHAPE = '[{"model": "NEMO.tool", "pk": 1, "fields": {…}}, …]'
_PRICE = 10**12  # fen; nothing is let for more an hour


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="F.json", help="NEMO 导出的 JSON / a JSON fixture of NEMO")
    parser.add_argument("--party", required=True, metavar="URN", help="提供单位（全称、信用代码或 URN）/ whose they are")
    parser.add_argument("--as", dest="account", required=True, metavar="USERNAME", help="以谁的身份；预约由其答复 / who answers for them")
    parser.add_argument("--zone", default="Asia/Shanghai", metavar="ZONE", help="仪器所在时区 / time zone of the instruments")
    parser.add_argument("--price", default="0", metavar="YUAN", help="每小时价格（元），之后可改 / yuan an hour, to be changed later")
    parser.add_argument("--json", action="store_true", help="机器可读的结果 / a result for machines")


@command("exchange instruments", help="导入 NEMO 的仪器与预约规则 take in tools and rules of NEMO (safe to repeat)", arguments=_arguments)
def load(options: argparse.Namespace) -> int:
    """Take the export in; 1 when something that bears on booking or use was left out."""
    account = in_bulk.account(options.account)
    if account is None or account.party is None:
        raise CommandError(f"没有账号 {options.account} / no such account")
    rows = document(options.file, list, _SHAPE)
    try:
        zone_of(options.zone)
        house = instruments.House(exact.organisation(options.party), account.party, options.zone, money.fen(options.price))
    except (BadFact, BadTime, money.BadMoney) as wrong:
        raise CommandError(f"{wrong.text.zh}\n{wrong.text.en}") from wrong
    if not 0 <= house.price < _PRICE:
        raise CommandError(f"--price 应在 0 和 {_PRICE // 100} 元之间 / --price is between 0 and {_PRICE // 100} yuan")
    report = instruments.take_in(nemo.read(rows), house=house, by=account.party.urn, at=timezone.now())
    _tell(report, options.json)
    return 1 if report.problems else 0


def _tell(report: instruments.Report, machine: bool) -> None:
    counts = {"new": report.new, "known": report.known, "qualified": report.qualified, "closed": report.closed, "past": report.past}
    problems = [{"model": each.model, "key": each.key, "zh": each.text.zh, "en": each.text.en} for each in report.problems]
    if machine:
        print(json.dumps({**counts, "problems": problems, "left": report.left}, ensure_ascii=False))
        return
    print("新增 new {new}, 已有 known {known}, 资格 qualifications {qualified}, 停用 closures {closed}, 已过 past {past}".format(**counts))
    for each in problems:
        print(f"  {each['model']} {each['key']}: {each['zh']} {each['en']}")
    if report.left:
        print("未导入 left out: " + ", ".join(f"{what} {n}" for what, n in report.left.items()))
