"""Quantities in a text: value, unit and bound with the property they are said of, and which of an offer's meet a need's."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterator

import msgspec

from fuhua.matching.text.tokens import terms

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

_AT_LEAST = "不低于|不小于|不少于|不短于|大于等于|大于或等于|高于等于|至少|≥|≧|>="
_AT_MOST = "不高于|不大于|不超过|不多于|不长于|小于等于|小于或等于|低于等于|至多|最多|≤|≦|<="
_ABOVE, _BELOW = "大于|高于|超过|多于|>", "小于|低于|少于|<"
_NUMBER = r"\d+(?:\.\d+)?"
_UNIT = "|".join(map(re.escape, sorted(UNITS, key=len, reverse=True)))
_QUANTITY = re.compile(
    rf"(?P<before>{_AT_LEAST}|{_AT_MOST}|{_ABOVE}|{_BELOW})?\s*(?<![\d.±A-Za-z-])(?P<low>{_NUMBER})\s*"
    rf"(?:(?P<first>{_UNIT})?\s*(?:~|至|到|-|–|—)\s*(?P<high>{_NUMBER})\s*)?(?P<unit>{_UNIT})(?![A-Za-z0-9/·])(?P<after>以上|以下|以内|之内)?"
)
_FILLER = re.compile(r"[\s为是约在可达到要求需应:：,，(（]*$")
_PROPERTY = re.compile(r"[\u4e00-\u9fff]{2,8}$")
_SPACES = re.compile(r"\s{2,}")  # a long run of them would be gone through from each of its places
BEFORE = 40  # characters before a number in which its property stands: to look through all of them takes the square of a text's length


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
    text = _SPACES.sub(" ", unicodedata.normalize("NFKC", text))
    for match in _QUANTITY.finditer(text):
        measure, factor = UNITS[match["unit"]]
        if match["first"] and UNITS[match["first"]][0] != measure:
            continue
        low = float(match["low"]) * (UNITS[match["first"]][1] if match["first"] else factor)
        high = float(match["high"]) * factor if match["high"] else low
        low, high, strict = _bounded(match["before"] or "", match["after"] or "", low, high)
        if low <= high:
            said_of = _PROPERTY.search(_FILLER.sub("", text[max(0, match.start() - BEFORE) : match.start()]))
            start = match.start("low")
            end = match.end("unit")
            yield Quantity(said_of[0] if said_of else "", measure, low, high, strict, " ".join(text[start:end].split()))


def _bounded(before: str, after: str, low: float, high: float) -> tuple[float, float, bool]:
    if after == "以上" or re.fullmatch(f"{_AT_LEAST}|{_ABOVE}", before):
        return low, math.inf, bool(re.fullmatch(_ABOVE, before))
    if before or after:
        return -math.inf, high, bool(re.fullmatch(_BELOW, before))
    return low, high, False


def meets(wanted: Quantity, had: Quantity) -> bool:
    """Whether ``had`` lies within the one-sided bound ``wanted``: the same measure, said of a property that shares a pair of characters."""
    if not wanted.is_bound or wanted.measure != had.measure or not _same_property(wanted.property, had.property):
        return False
    if math.isinf(wanted.low):
        return had.high < wanted.high if wanted.strict and not had.strict else had.high <= wanted.high
    return had.low > wanted.low if wanted.strict and not had.strict else had.low >= wanted.low


def _same_property(one: str, other: str) -> bool:
    return any(len(term) == 2 for term in set(terms(one)) & set(terms(other)))
