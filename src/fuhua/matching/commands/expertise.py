"""`match expertise`: how near the published work of people is to papers, from folders of JSON."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from fuhua.kernel.command import command
from fuhua.kernel.files.writing import output
from fuhua.matching.expertise.affinity import affinities
from fuhua.matching.expertise.files import archive_files, other_files, read_archives, read_submissions, write_scores


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--archives", type=Path, required=True, help="成果文件夹，每人一个 JSONL folder of works, one JSONL a person")
    parser.add_argument("--submissions", type=Path, required=True, help="待配论文（JSON） the papers, as JSON by id")
    parser.add_argument("-o", "--output", type=Path, required=True, help="结果文件 the scores: {person: {paper: score}} (- stdout)")


@command("match expertise", help="从成果文本估计专家与论文的相近程度 how near people's published work is to papers", arguments=_arguments)
def expertise(options: argparse.Namespace) -> int:
    """Scores from 0 to 1; a person without works has 0 everywhere, and is named on standard error."""
    out = output(options.output, [options.submissions, *archive_files(options.archives)])
    archives, papers = read_archives(options.archives), read_submissions(options.submissions)
    write_scores(out, list(archives), list(papers), affinities(archives, papers))
    for name in other_files(options.archives):
        print(f"{name}: 不是 .jsonl 文件，没有读取 / not a .jsonl file, and was not read", file=sys.stderr)
    for person, works in archives.items():
        if not works:
            print(f"{person}: 没有成果，全部记 0 分 / no works, every score is 0", file=sys.stderr)
    told = f"{len(archives)} 人 people × {len(papers)} 篇 papers → {options.output}"
    print(told, file=sys.stderr if out.is_stdout else sys.stdout)
    return 0
