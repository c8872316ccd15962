"""The same plan printed in other ways reads the same: narrow columns, page breaks, half-width marks, other brackets."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from fuhua.plan.reading import Reading, read_text

PLANS = Path(__file__).with_name("plans")
TEXTS = sorted(path for path in PLANS.glob("*.txt") if ".gold" not in path.name)
# Already wrapped, made of tables, or with lists parted by spaces that a line break swallows.
APART = ("council_water", "qinghe_biomedicine", "linhai_table", "dongling_points")
PROSE = [path for path in TEXTS if path.stem not in APART]


def essence(reading: Reading) -> object:
    measures = [(measure.no, bare(measure.title), tuple(map(bare, measure.units))) for measure in reading.measures]
    targets = [
        (target.measure, target.op, target.value, bare(target.unit), target.deadline) for target in reading.targets
    ]
    return measures, targets


def bare(words: str) -> str:
    return re.sub(r"[\s，,、。（）()“”\"《》：:；;〔〕\[\]]", "", words)


def wrapped(text: str, width: int = 32) -> str:
    lines = []
    for line in text.splitlines():
        lines += [line[at : at + width] for at in range(0, len(line), width)] or [""]
    return "\n".join(lines)


def paged(text: str) -> str:
    lines = wrapped(text).splitlines()
    pages = [lines[at : at + 12] for at in range(0, len(lines), 12)]
    return "\n".join("\n".join([*page, f"— {number} —", ""]) for number, page in enumerate(pages, start=1))


def half_width(text: str) -> str:
    return text.translate(str.maketrans("，：；（）", ",:;()"))


def full_width(text: str) -> str:
    text = text.translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    return text.translate(str.maketrans(",:;()%", "，：；（）％"))


def square(text: str) -> str:
    return re.sub(r"（((?:责任|牵头)[^（）]*)）", r"【\1】", text)


def spaced(text: str) -> str:
    return re.sub(r"(?<=[\u4e00-\u9fff])(?=\d)|(?<=\d)(?=[\u4e00-\u9fff])", " ", text)


def airy(text: str) -> str:
    return "\n\n".join(line for line in text.splitlines() if line)


def indented(text: str) -> str:
    return "\r\n".join("\u3000\u3000" + line for line in text.splitlines())


@pytest.mark.parametrize("printed", [wrapped, paged, half_width, full_width, square, spaced, airy, indented])
@pytest.mark.parametrize("path", PROSE, ids=lambda path: path.stem)
def test_a_plan_printed_another_way_reads_the_same(path: Path, printed: Callable[[str], str]) -> None:
    text = path.read_text(encoding="utf-8")
    assert essence(read_text(printed(text))) == essence(read_text(text))
