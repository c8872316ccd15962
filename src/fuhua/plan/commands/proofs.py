"""`evidence export` and `evidence verify`: proofs that leave the house, and the check that needs nothing of it."""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
from pathlib import Path

import msgspec
from django.utils import timezone

from fuhua.evidence.actions import sequence
from fuhua.evidence.proof.figure import INDICATORS, Terms
from fuhua.evidence.proof.heads import fingerprint
from fuhua.evidence.proof.verify import Report, verify
from fuhua.kernel import period
from fuhua.kernel.command import CommandError, command
from fuhua.plan.queries import proofs
from fuhua.plan.queries.figures import Ask
from fuhua.plan.queries.objectives import published, reading_day, target_of, terms_of


def _date(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}” 不是日期，请写成 2025-12-31 / not a date, write 2025-12-31") from None


def _export_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--indicator", required=True, help="指标代码 indicator code, e.g. I8")
    parser.add_argument("--as-of", type=_date, help="截至哪天 read for the day (default: today, or the plan's last day)")
    parser.add_argument("--known", type=_date, help="按哪天已知 as known at the end of this day")
    parser.add_argument("--definition", help="定义版本 version of the definition")
    parser.add_argument("--edition", help="方案标识 slug of the edition (default: the one in force)")
    parser.add_argument("-o", "--output", type=Path, required=True, help="输出文件 the file to write")


@command("evidence export", help="导出指标的离线证明 export the offline proof of a figure", arguments=_export_arguments)
def export(options: argparse.Namespace) -> int:
    """Write the proof of an indicator's figure."""
    now = timezone.now()
    sequence.catch_up(at=now)
    ask = _ask(options, period.day(now))
    known = period.end_of(options.known) if options.known else None
    partial = options.output.with_name(f".{options.output.name}.{os.getpid()}")
    try:
        with partial.open("wb") as file:
            manifest = proofs.write(file, ask, at=now, known=known)
        partial.replace(options.output)
    except OSError as wrong:
        raise CommandError(f"无法写入 cannot write {options.output}: {wrong.strerror}") from wrong
    finally:
        partial.unlink(missing_ok=True)
    print(f"{ask.indicator.code} {ask.definition.version} @ {ask.days[-1]}: {manifest.figure['value']}  "
          f"({manifest.facts} facts, {manifest.size} leaves, key {fingerprint(manifest.key)}) → {options.output}")
    return 0


def _ask(options: argparse.Namespace, today: dt.date) -> Ask:
    indicator = INDICATORS.get(options.indicator)
    if indicator is None:
        raise CommandError(f"没有指标 no indicator {options.indicator}；可选 one of: {', '.join(INDICATORS.keys())}")
    edition = published(options.edition)
    if options.edition and edition is None:
        raise CommandError(f"没有已发布的方案 no published edition {options.edition}")
    target = target_of(edition, indicator.code) if edition else None
    terms = terms_of(edition, target) if edition and target else Terms()
    version = options.definition or (target.definition if target else None) or None
    try:
        definition = indicator.definition(version)
    except KeyError:
        known = ", ".join(each.version for each in indicator.definitions)
        raise CommandError(f"{indicator.code} 没有定义版本 has no definition {version}；可选 one of: {known}") from None
    day = options.as_of or (reading_day(edition, today) if edition else today)
    if day > today:
        raise CommandError(f"日期还没到 that day has not come: {day}")
    return Ask(indicator, definition, terms, (day,))


def _verify_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("proof", type=Path, help="证明文件 the proof")
    parser.add_argument("--key", default="", help="期望的签名者公钥或指纹 the key or fingerprint you expect")
    parser.add_argument("--json", action="store_true", help="机器可读 machine-readable")


@command("evidence verify", help="离线验证证明 verify a proof without database or network", arguments=_verify_arguments)
def check(options: argparse.Namespace) -> int:
    """Verify a proof; 0 when it holds, 1 when it does not (naming what is wrong)."""
    report = verify(options.proof, key=options.key)
    if options.json:
        print(json.dumps(_plain(report), ensure_ascii=False))
    else:
        for text in report.checks:
            print(f"✓ {text.zh} / {text.en}")
        for text in report.faults:
            print(f"✗ {text.zh} / {text.en}")
        _tell(report)
    return 0 if report.holds else 1


def _tell(report: Report) -> None:
    manifest = report.manifest
    if manifest is not None:
        print(f"指标 indicator {manifest.indicator}  定义 definition {manifest.definition}  截至 for {manifest.on}  "
              f"按已知 as known {manifest.known.isoformat()}  期限 terms {manifest.terms}")
    if report.holds and not report.trusted:
        print("! 未核对签名者：请用 --key 与平台公布的指纹比对 / the signer was NOT compared: pass --key with the published fingerprint")
    print("证明成立 the proof holds" if report.holds else "证明不成立 the proof does NOT hold")


def _plain(report: Report) -> dict[str, object]:
    manifest = report.manifest
    return {
        "holds": report.holds, "trusted": report.trusted, "faults": [{"zh": text.zh, "en": text.en} for text in report.faults],
        "figure": manifest and msgspec.to_builtins(manifest.figure), "indicator": manifest and manifest.indicator,
        "definition": manifest and manifest.definition, "on": manifest and manifest.on.isoformat(),
        "key": manifest and fingerprint(manifest.key),
    }
