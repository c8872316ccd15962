"""Blanks out the starting points of a rise, so that 由2020年的78家增加到120家 commits to 120 alone."""

from __future__ import annotations

import re

_VALUE = r"(?:约|近|不足)?\d[\d,.]*\s*[十百千万亿]*\s*[^\d\s，。；、：]{0,6}?"
_RISE = (
    r"(?:稳步|逐步|大幅|显著|快速)?(?:增加|提高|提升|增长|扩大|扩展|扩容|上升|跃升|攀升|壮大|发展|拓展|优化|降低|下降|减少|压减|压缩|缩短|增|升|降|减|扩)"
    r"(?:到|至|为)"
)
_FROM = re.compile(
    rf"(?:由|从)(?:目前|现有|当前|现在|原来|原有|(?:20\d\d\s*年)?(?:底|末|初)?)?的?\s*{_VALUE}[，,]?\s*(?={_RISE})"
)
_COMPARED = re.compile(
    r"(?:较|比|相比于?|与)(?:20\d\d\s*年|上年|去年|“?十[二三四五]五”?)(?:底|末|初|同期|期末|时期)?(?:的?\s*\d[\d.]*[^\d，。；、]{0,6}?)?"
    r"(?=增|提|下降|降|减|翻|上升|高|低|多)"
)
_UPON = re.compile(r"在20\d\d\s*年(?:底|末)?(?:的)?(?:基础|水平)上")


def without_baselines(text: str) -> str:
    """The text with starting points and years of comparison as spaces, offsets unchanged."""
    for pattern in (_FROM, _COMPARED, _UPON):
        text = pattern.sub(lambda found: " " * len(found.group()), text)
    return text
