"""The terms of a text: Han characters and pairs of them, words with a light English stem, numbers with their units."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from hashlib import blake2b

from opencc import OpenCC

_HAN = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF))
# Scripts written without spaces: the marks 々〇, kana, Han with its extensions, Hangul.
UNSPACED = ((0x3005, 0x3007), (0x3040, 0x30FF), *_HAN, (0xAC00, 0xD7AF), (0x20000, 0x3FFFF))

# Units that belong to the number before them, also after a space: "3.5 mm" and "3.5mm" are one term.
UNITS = frozenset({
    "ah", "cm", "db", "dpi", "g", "gb", "gbps", "ghz", "gpa", "gw", "h", "ha", "hz", "kb", "kg", "khz", "kj", "km", "kn", "kpa",
    "kv", "kva", "kw", "kwh", "l", "lm", "m", "ma", "mah", "mb", "mbps", "mg", "mhz", "min", "ml", "mm", "mol", "mpa", "ms", "mv",
    "mw", "n", "nm", "ns", "pa", "ppb", "ppm", "rpm", "s", "t", "tb", "v", "w", "wh", "μg", "μl", "μm", "μs", "ω",
})  # fmt: skip

_UNSPACED = "".join(f"{chr(first)}-{chr(last)}" for first, last in UNSPACED)
# What a normal text is cut into. A point between digits belongs to the word (3.5, pm2.5); beyond the basic plane only Han is text.
RUN = re.compile(f"(?P<unspaced>[{_UNSPACED}]+)|(?P<word>(?:[^\\W_{_UNSPACED}\U00010000-\U0010ffff]|(?<=[0-9])\\.(?=[0-9]))+)")
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)*")
_STEMMED = re.compile(r"[a-z]{4,}")


@lru_cache(512)  # a listing's text is read in several ways, one after the other
def normal(text: str) -> str:
    """The text in the form its terms are read from: compatibility forms folded (NFKC), lower case, Han characters simplified one by one."""
    return simplified(unicodedata.normalize("NFKC", text).lower())


def simplified(text: str) -> str:
    """The text with each traditional character as the simplified one."""
    traditional, forms = _simplified()
    return text.translate(forms) if traditional.search(text) else text


@cache
def reading() -> str:
    """What tells tables of simplified characters apart: terms that were kept are those of the same table only."""
    return blake2b(repr(_simplified()[1]).encode(), digest_size=4).hexdigest()


@cache
def _simplified() -> tuple[re.Pattern[str], dict[int, str]]:
    """What finds a traditional character, and the simplified form of each by its code point."""
    signs = [chr(point) for first, last in _HAN for point in range(first, last + 1)]
    forms = {sign: form for sign, form in zip(signs, OpenCC("t2s").convert("\n".join(signs)).split("\n"), strict=True) if form != sign}
    return re.compile(f"[{''.join(forms)}]"), str.maketrans(forms)


def stem(word: str) -> str:
    """A lower-case word without the ending of an English plural; words of three letters and other alphabets stay as they are.

    After Harman's S stemmer ("How effective is suffixing?", 1991): -ies becomes -y, and -s goes, unless it is -us or -ss.
    """
    if not _STEMMED.fullmatch(word) or word[-1] != "s" or word[-2] in "us":
        return word
    return word[:-3] + "y" if word[-3:] == "ies" and word[-4] not in "ae" else word[:-1]


def terms(text: str, *, joined: bool = False) -> list[str]:
    """The terms of a text in reading order, repeated as often as they stand there.

    A run of Han, kana or Hangul gives each of its characters and each pair of neighbours (``"孵化器"``: 孵, 孵化, 化, 化器, 器);
    anything else written with letters or digits gives words. Punctuation, and symbols such as ``%``, only separate. ``joined``: a
    word and the character it touches are a term too (``"LED灯"``: led, led灯, 灯), as the index has it.
    """
    found: list[str] = []
    text = normal(text)
    end = -2  # where a number that waits for its unit ended
    before = -1  # where the run before ended
    for run in RUN.finditer(text):
        beside, before = joined and run.start() == before, run.end()
        if run["unspaced"]:
            if beside:
                found.append(found[-1] + run[0][0])
            for first, second in zip(run[0], run[0][1:], strict=False):
                found += (first, first + second)
            found.append(run[0][-1])
            continue
        if beside:
            found.append(text[run.start() - 1] + stem(run[0]))
        if run[0] in UNITS and run.start() == end + 1 and text[end] == " ":
            found[-1] += run[0]
        else:
            found.append(stem(run[0]))
        end = run.end() if _NUMBER.fullmatch(run[0]) else -2
    return found
