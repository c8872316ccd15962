"""`fuhua schemes verify`: check the record of a draw offline, from the file alone."""

from __future__ import annotations

import argparse
from pathlib import Path

from fuhua.kernel.command import CommandError, command
from fuhua.schemes.kinds.draw_record import BadRecord, faults, read


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("record", type=Path, help="抽取记录 record of a draw (JSON)")


@command("schemes verify", help="离线核验专家抽取记录 check the record of a panel’s draw offline", arguments=_arguments)
def verify(options: argparse.Namespace) -> int:
    """Say what is wrong with the draw, or that nothing is; 1 when something is."""
    try:
        record = read(options.record.read_bytes())
    except OSError as wrong:
        raise CommandError(f"{options.record}: {wrong.strerror}") from wrong
    except BadRecord as wrong:
        raise CommandError(f"{options.record}: {wrong.text.zh} {wrong.text.en}") from wrong
    found = faults(record)
    for each in found:
        print(f"{each.zh} {each.en}")
    if not found:
        print(f"核验通过 sound: {len(record.coverage)} × {len(record.experts)}, worst {record.worst}, total {record.total}")
    return 1 if found else 0
