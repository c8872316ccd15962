"""How organisations are called: one key for every way to write a name, its parts, and the grams it is found by."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

CITY = "北京"
LONGEST = 200  # characters of a name
_FORMS = ("股份有限责任公司", "有限责任公司", "股份有限公司", "有限公司", "股份公司", "有限合伙", "普通合伙")
_LATIN_FORMS = ("co", "ltd", "inc", "llc", "corp", "corporation", "company", "limited", "plc", "gmbh")
_PAUSES = " ,."
_NOT_TEXT = re.compile(r"[^\w]|_", re.UNICODE)
_CITY_OFFICE = re.compile(r"市(?!政|场|民|容|区|县)\w{1,30}(?:局|委|办|部|院|会|厅|中心)")
_PLACES = (
    "北京",
    "上海",
    "天津",
    "重庆",
    "深圳",
    "广州",
    "杭州",
    "南京",
    "苏州",
    "武汉",
    "成都",
    "西安",
    "香港",
    "河北",
    "雄安",
    "中关村",
)
_INDUSTRIES = (
    "信息技术",
    "网络科技",
    "智能科技",
    "生物科技",
    "医疗科技",
    "生物技术",
    "人工智能",
    "新材料",
    "新能源",
    "集成电路",
    "科技",
    "技术",
    "信息",
    "网络",
    "智能",
    "生物",
    "医药",
    "医疗",
    "半导体",
    "能源",
    "材料",
    "机器人",
    "航天",
    "数据",
    "软件",
    "电子",
    "咨询",
    "管理",
    "投资",
    "资本",
    "创业",
    "服务",
    "文化",
    "传媒",
    "发展",
    "产业",
    "教育",
    "环保",
    "孵化器",
    "孵化",
    "加速器",
    "众创空间",
    "集团",
    "控股",
    "中心",
    "基金",
)
_LATIN_COMMON = frozenset(
    ("the", "of", "and", "for", "beijing", "china", "technology", "technologies", "tech", "group", "international")
)


@dataclass(frozen=True)
class Parts:
    """A name taken apart: place, trade name (字号), industry words and legal form, each blank when absent."""

    place: str
    core: str
    industry: str
    form: str


def plain(text: str) -> str:
    """The text in half width and small letters, without brackets, spaces and marks."""
    return _NOT_TEXT.sub("", unicodedata.normalize("NFKC", text).casefold())


def key(text: str) -> str:
    """The key under which every way to write one name falls together.

    Width, case, brackets and spaces do not count, nor does a company's legal form; 北京市 is written 北京, and is left
    off a company's name; 市 before a city office means 北京.
    """
    legal = plain(_without_latin_form(text))
    form = _form(legal)
    bare = legal[: len(legal) - len(form)]
    if bare.startswith(CITY + "市"):
        bare = CITY + bare[3:]
    elif not form and _CITY_OFFICE.fullmatch(bare):
        bare = CITY + bare[1:]
    if form and bare.startswith(CITY) and len(bare) > 3:
        bare = bare[2:]
    return (bare or legal)[:200]


def parts(text: str) -> Parts:
    """The parts of a name by their usual order: place, trade name, industry, legal form (places may be in brackets)."""
    legal = plain(_without_latin_form(text))
    form = _form(legal)
    rest = legal[: len(legal) - len(form)]
    place = ""
    for each in _PLACES:
        if rest.startswith(each) or (form and rest.endswith(each)):
            place = each
            rest = rest.removeprefix(each).removeprefix("市") if rest.startswith(each) else rest.removesuffix(each)
            break
    industry = ""
    while found := next((word for word in _INDUSTRIES if rest.endswith(word) and len(rest) > len(word)), ""):
        rest, industry = rest.removesuffix(found), found + industry
    return Parts(place, rest, industry, form)


def grams(text: str) -> frozenset[str]:
    """What a name is looked up by: its trade name's pairs of characters with both ends marked, or its longer words."""
    told = parts(text)
    core = told.core
    if not core:
        return frozenset()
    if core.isascii():
        words = re.findall(r"[a-z0-9]+", unicodedata.normalize("NFKC", _without_latin_form(text)).casefold())
        return frozenset(f"~{word[:6]}" for word in words if word not in _LATIN_COMMON and len(word) > 1)
    marked = f"^{core[:30]}$"
    trade = told.industry[:4]
    ends = (
        (f"^{core[0]}{trade}", f"{core[-1]}${trade}") if trade else ()
    )  # finds 寄灵科技 by 寄零科技 among all that begin with 寄
    return frozenset({f"={core[:10]}", *ends, *(marked[place : place + 2] for place in range(len(marked) - 1))})


def likeness(one: str, other: str) -> float:
    """Dice likeness of two texts by their pairs of characters: 0 (nothing shared) to 1 (the same pairs)."""
    first, second = _pairs(one), _pairs(other)
    return 2 * len(first & second) / (len(first) + len(second)) if first and second else 0.0


def _pairs(text: str) -> set[str]:
    marked = f"^{text}$"
    return {marked[place : place + 2] for place in range(len(marked) - 1)} if text else set()


def _form(legal: str) -> str:
    return next((form for form in _FORMS if legal.endswith(form) and legal != form), "")


def _without_latin_form(text: str) -> str:
    wide = " ".join(unicodedata.normalize("NFKC", text[:LONGEST]).casefold().split())
    bare = wide.rstrip(_PAUSES)
    while form := next((each for each in _LATIN_FORMS if bare.endswith(each) and not _in_word(bare[: -len(each)])), ""):
        bare = bare[: -len(form)].rstrip(_PAUSES)
    return bare or wide


def _in_word(before: str) -> bool:
    return before[-1:].isalnum() or before.endswith("_")
