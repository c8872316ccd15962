"""Quantities in a text: value, unit and bound with the property they are said of, and which of an offer's meet a need's."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterator

import msgspec

from fuhua.matching.text.tokens import simplified

_METRIC = {"n": 1e-9, "μ": 1e-6, "u": 1e-6, "m": 1e-3, "": 1.0, "k": 1e3, "M": 1e6, "G": 1e9}
_PREFIXED = {"m": "nμum", "g": "μumk", "s": "nμum", "K": "m", "Pa": "mkMG", "W": "mkMG", "V": "μmkM", "A": "nμumk", "Hz": "kMG", "N": "mkM"}
_PREFIXED |= {"L": "μum", "Ω": "mkMG", "F": "nμum", "Wh": "kMG", "Ah": "m", "bps": "kMG"}
_OTHER = {
    "cm": ("m", 1e-2), "dm": ("m", 0.1), "km": ("m", 1e3), "t": ("g", 1e6), "min": ("s", 60.0), "h": ("s", 3600.0), "bar": ("Pa", 1e5),
    "°C": ("°C", 1.0), "%": ("%", 1.0), "‰": ("%", 0.1), "ppm": ("ppm", 1.0), "dB": ("dB", 1.0), "lm": ("lm", 1.0), "nm": ("m", 1e-9),
    "rpm": ("r/min", 1.0), "r/min": ("r/min", 1.0), "转/分": ("r/min", 1.0), "m/s": ("m/s", 1.0), "m/min": ("m/s", 1 / 60),
    "km/h": ("m/s", 1 / 3.6), "mg/L": ("g/L", 1e-3), "g/L": ("g/L", 1.0), "mg/kg": ("mg/kg", 1.0), "m2": ("m2", 1.0), "m3": ("m3", 1.0),
    "纳米": ("m", 1e-9), "微米": ("m", 1e-6), "毫米": ("m", 1e-3), "厘米": ("m", 1e-2), "米": ("m", 1.0), "公里": ("m", 1e3),
    "毫克": ("g", 1e-3), "克": ("g", 1.0), "公斤": ("g", 1e3), "千克": ("g", 1e3), "吨": ("g", 1e6), "毫秒": ("s", 1e-3), "秒": ("s", 1.0),
    "分钟": ("s", 60.0), "小时": ("s", 3600.0), "天": ("s", 86400.0), "伏": ("V", 1.0), "千瓦": ("W", 1e3), "兆帕": ("Pa", 1e6),
}  # fmt: skip
# Unit as written (after NFKC) → what it measures and the factor to it. Capitals count: mPa is not MPa.
UNITS = {prefix + unit: (unit, _METRIC[prefix]) for unit, prefixes in _PREFIXED.items() for prefix in ("", *prefixes)} | _OTHER

_NOT = "不(?:得|能|应|可|宜|会|要|许|允许)?"
_AT_LEAST = rf"{_NOT}(?:低于|小于|少于|短于)|大于等于|大于或等于|高于等于|至少|≥|≧|>="
_AT_MOST = rf"{_NOT}(?:高于|大于|超过|多于|长于)|小于等于|小于或等于|低于等于|至多|最多|≤|≦|<="
_ABOVE, _BELOW = "大于|高于|超过|多于|>", "小于|低于|少于|<"
_NUMBER = r"\d+(?:\.\d+)?"
_UNIT = "|".join(map(re.escape, sorted(UNITS, key=len, reverse=True)))
_QUANTITY = re.compile(
    rf"(?P<before>{_AT_LEAST}|{_AT_MOST}|{_ABOVE}|{_BELOW})?\s*(?<![\d.±^A-Za-z-])(?P<low>{_NUMBER})\s*"
    rf"(?:(?P<first>{_UNIT})?\s*(?:~|至|到|-|–|—)\s*(?P<high>{_NUMBER})\s*)?(?P<unit>{_UNIT})(?![A-Za-z0-9/·])(?P<after>以上|以下|以内|之内)?"
)
_POWER = re.compile(r"(?<=\d)[⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻]+")  # 10⁶ is no 106
_SEEN = 40  # characters before a number among which what it is said of is looked for
_FILLER = re.compile(r"(?:[\s为是约在可达到要求需应:：,，(（]|提高|提升|增加|升高|升|上升|降低|下降|降|减少|控制|保持|处理|至)*$")
_PROPERTY = re.compile(r"[\u4e00-\u9fff]{2,8}$")
_APART = re.compile("此外|使得|其中|以及|通过|当(?!量)|并且|与|及|且|的")  # what comes before is said of something else

_WHICH = frozenset({"最低", "最高", "最大", "最小", "平均", "额定", "工作", "使用", "总"})


class Quantity(msgspec.Struct, frozen=True):
    """What is said of ``property`` (Han words before the number, perhaps empty): between ``low`` and ``high`` in ``measure``'s unit.

    An open end is infinite, ``strict`` says that the bound itself is excluded (超过, 低于) and ``written`` is as it stands in the text.
    """

    property: str
    measure: str
    low: float
    high: float
    strict: bool
    written: str

    @property
    def is_bound(self) -> bool:
        """Whether one end is open, as in a requirement."""
        return math.isinf(self.low) or math.isinf(self.high)


def quantities(text: str) -> Iterator[Quantity]:
    """The quantities with a known unit in reading order. Tolerances (±), numbers without a unit and parts of names are left out."""
    text = " ".join(simplified(unicodedata.normalize("NFKC", _POWER.sub("^", text))).split())
    for match in _QUANTITY.finditer(text):
        measure, factor = UNITS[match["unit"]]
        if match["first"] and UNITS[match["first"]][0] != measure:
            continue
        low = float(match["low"]) * (UNITS[match["first"]][1] if match["first"] else factor)
        high = float(match["high"]) * factor if match["high"] else low
        low, high, strict = _bounded(match["before"] or "", match["after"] or "", low, high)
        if low <= high:
            start, end = match.start("low"), match.end("unit")
            said_of = _said_of(text[max(0, match.start() - _SEEN) : match.start()])
            yield Quantity(said_of, measure, low, high, strict, " ".join(text[start:end].split()))


def _said_of(before: str) -> str:
    """The property that ends the words before a number; blank where there is none (量的 95 %)."""
    found = _PROPERTY.search(_FILLER.sub("", before))
    name = _APART.split(found[0])[-1] if found else ""
    return name if len(name) > 1 else ""


def _bounded(before: str, after: str, low: float, high: float) -> tuple[float, float, bool]:
    if after == "以上" or re.fullmatch(f"{_AT_LEAST}|{_ABOVE}", before):
        return low, math.inf, bool(re.fullmatch(_ABOVE, before))
    if before or after:
        return -math.inf, high, bool(re.fullmatch(_BELOW, before))
    return low, high, False


def meets(wanted: Quantity, had: Quantity, need: str = "", offer: str = "") -> bool:
    """Whether ``had`` lies within the one-sided bound ``wanted``: the same measure, said of the same property.

    ``need`` and ``offer`` are all that the two say, by which it is told whether they speak of the same (制冷机温度, 最低温度).
    """
    if not wanted.is_bound or wanted.measure != had.measure or not _same_property(wanted.property, had.property, need, offer):
        return False
    if math.isinf(wanted.low):
        return had.high < wanted.high if wanted.strict and not had.strict else had.high <= wanted.high
    return had.low > wanted.low if wanted.strict and not had.strict else had.low >= wanted.low


def _same_property(wanted: str, had: str, need: str, offer: str) -> bool:
    """Whether both end on the same word, and what stands before it in one is known to the other, or only says which value it is."""
    end = next((at for at, (one, two) in enumerate(zip(reversed(wanted), reversed(had), strict=False)) if one != two),
               min(len(wanted), len(had)))
    if end < 2:
        return False
    more, other = wanted[: len(wanted) - end], had[: len(had) - end]
    return (more in offer) and (other in need or other in _WHICH)
