"""The command that writes docs/reference from the declarations."""

from __future__ import annotations

import argparse

from fuhua.config import reference
from fuhua.kernel.command import command


@command("docs", help="生成参考文档 write docs/reference from the declarations")
def docs(_options: argparse.Namespace) -> int:
    """Write every page of docs/reference that is out of date, and name it."""
    changed = reference.write()
    for path in changed:
        print(path)
    print(f"{len(changed)} 页已更新 pages written" if changed else "参考文档已是最新 the reference is up to date")
    return 0
