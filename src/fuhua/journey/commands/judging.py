"""`fuhua journey judge`: judge everybody by the editions and numbers of today, and tell whose answers changed."""

from __future__ import annotations

import argparse

from django.utils import timezone

from fuhua.journey.actions import verdicts
from fuhua.kernel.command import command


@command("journey judge", help="按今天生效的政策重新判断 judge again by the policies in force today (safe to repeat)")
def judge(_options: argparse.Namespace) -> int:
    """Judge every subject that was ever judged; those whose answers changed get one notice each."""
    changed = verdicts.rejudge(by=verdicts.ENGINE, at=timezone.now())
    subjects = {each.standing.subject for each in changed}
    print(f"{len(changed)} 条结论有变化，已告知 {len(subjects)} 个主体 / {len(changed)} verdicts changed, {len(subjects)} told")
    return 0
