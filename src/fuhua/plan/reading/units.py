"""Splits a printed list of responsible units into names, keeping names whole that contain 、 or 和 themselves."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from .nameplates import is_one_body

_SUFFIXES = (
    "局|委|办|厅|部|署|院|会|中心|政府|公司|集团|大学|学院|学校|银行|海关|研究所|事务所|服务站|服务处|"
    "党工委|机关|队|支队|总队|机构|部门|单位|"
    "区|县|市|旗|镇|街道|街镇|乡|园|协会|社|总社|热线|企业|分行|支行|营业管理部|总部|科协|团委|妇联|残联|"
    "侨联|文联|工商联|红十字会|专班|小组|"
    "指挥部|资本|国投|城投|交投|产投|金控|电网|电力|供电|电信|移动|联通|铁塔|邮政|高校|院校|院所|平台|基地|"
    "组|处|科|所|站|督查室|督察室|研究室|政研室|行署|公署|"
    "法院|检察院|工会|总局|中央|地区|各地|盟|州|省|委员会|办公室|联盟|商会|基金|保险|证券|人保|台|报社|日报|馆|港|机场|城|湾|片区|谷"
)
UNIT_LIKE = re.compile(rf".*(?:{_SUFFIXES})(?:[（(〔][^（）()]*[）)〕])?")
STRONG = re.compile(
    r".*(?:局|委|办|厅|部|署|政府|管委会|委员会|办公室|督查室|督察室|研究室|政研室|行署|公署|集团|公司|银行|海关|中心|法院|检察院|总社|协会|科协|"
    r"工商联|分行|支行|支队|总队|大学|农科院|科学院|妇联|残联|总工会|团委|部门|单位|"
    r"(?:各|有关|相关).*(?:区|县|市|镇|街道|园区|地区))(?:[（(〔][^（）()]*[）)〕])?"
)
_AREA_GROUP = re.compile(
    r"[\u4e00-\u9fff]{1,6}?(?:等|等有关|等相关|等各)?(?:有关|相关)?(?:区县|县区|区|县|市|旗|镇|街道|乡镇|"
    r"镇街|州|盟|园区|开发区|新区|（市、区）|县（市、区）)"
    r"(?:[（(][^（）()]*[）)])?(?:人民)?(?:政府|管委会|办事处|党工委)?"
)
_AREA = re.compile(r"[\u4e00-\u9fff]{1,8}[区县市镇城]")
_EACH = re.compile(
    r"各(?:有关|相关)?(?:设区|地级以上|地级)?(?:区县|县区|市州|州市|地市|盟市|设区市|区|县|市|镇|州|乡|旗|盟|地区)(?:[（(][^（）()]*[）)])?区?"
    r"(?:行政公署|行署)?"
)
_EACH_TAIL = re.compile(
    r"(?:自治县|县级市|县市区|区市县|市县|区县|县区|县|市|区|旗|街道|乡镇|乡|镇|功能区|盟|州|地区|"
    r"自治州|各?园区$|开发区$)(?:[（(][^（）()]*[）)])?(?:区)?(?:人民)?(?:政府|管委会|办事处|党委|党工委)*"
)
_TAIL_WORDS = re.compile(
    r"(?:等)?(?:有关|相关|各有关|各相关|市级|省级|区级|县级|市直|省直|区直|县直|中央|国务院)*(?:部门和单位|部门及单位|部门、单位|"
    r"单位和部门|部门单位|部门|单位)?"
    r"(?:按照?|依照?|依据|根据|结合)?(?:各自)?(?:职责|职能|分工)*(?:分工)?$"
)
_SEPARATORS = "、，,；;/\n"
_JOINING = re.compile(r"以及|会同|及(?!其)|和|与")


@dataclass(frozen=True)
class Pairs:
    """Names a text always prints side by side, so that they count as one body."""

    known: Collection[tuple[str, str]] = ()

    def join(self, first: str, second: str) -> bool:
        """Whether the two names are one body, known at large or by this text's own habit."""
        return is_one_body(first, second) or (first, second) in self.known


def split_units(printed: str, pairs: Pairs | None = None) -> tuple[str, ...]:
    """The unit names of a printed list in their order, each once."""
    pairs = pairs or Pairs()
    pieces = [(_stripped(name), separator) for piece, separator in _pieces(printed) for name, separator in _conjoined(piece, separator)]
    merged = _merge_plates(_merge_areas([piece for piece in pieces if piece[0]]), pairs)
    names: list[str] = []
    for name, _ in merged:
        if name and name not in names:
            names.append(name)
    return tuple(names)


def comma_pairs(lists: Collection[str]) -> frozenset[tuple[str, str]]:
    """Pairs that lists separated by ， join by 、 every time either name occurs, three times or more."""
    counts: dict[tuple[str, str], int] = {}
    alone: dict[str, int] = {}
    for printed in lists:
        pieces = [(_stripped(name), separator) for name, separator in _pieces(printed)]
        commas = sum(1 for _, separator in pieces if separator in "，,")
        for (first, separator), (second, _) in zip(pieces, [*pieces[1:], ("", "")], strict=True):
            alone[first] = alone.get(first, 0) + 1
            if separator == "、" and commas >= 2 and STRONG.fullmatch(first) and STRONG.fullmatch(second):
                counts[first, second] = counts.get((first, second), 0) + 1
    return frozenset(pair for pair, count in counts.items() if count >= 3 and alone[pair[0]] == count and alone[pair[1]] == count)


def is_odd(name: str) -> bool:
    """Whether a name does not look like a public body, an area or a company."""
    return not UNIT_LIKE.fullmatch(name) or len(name) > 30 or "。" in name


def _pieces(printed: str) -> list[tuple[str, str]]:
    """The list cut at its separators outside brackets, each piece with the separator behind it."""
    pieces: list[tuple[str, str]] = []
    depth, begun = 0, 0
    for at, c in enumerate(printed):
        if c in "（(〔[〈【":
            depth += 1
        elif c in "）)〕]〉】":
            depth = max(0, depth - 1)
        elif depth == 0 and (c in _SEPARATORS or (c == " " and _is_gap(printed, begun, at))):
            pieces.append((printed[begun:at], c))
            begun = at + 1
    pieces.append((printed[begun:], ""))
    return pieces


def _is_gap(printed: str, begun: int, at: int) -> bool:
    """Whether a space parts two names: what stands before it is a whole name."""
    name = printed[begun:at].strip()
    whole = STRONG.fullmatch(name) or (name[:1] in "各市省区县" and UNIT_LIKE.fullmatch(name))
    return bool(whole) and bool(re.match(r"\s*[\u4e00-\u9fff]{2}", printed[at:]))


def _stripped(name: str) -> str:
    name = re.sub(r"\s+", "", name).strip("。.·：:★*※")
    name = re.sub(r"[，,；;]?下同(?=[）)〉】〕])", "", name)
    name = re.sub(r"^(?:由|并由|及|和|以及|其中)(?=[\u4e00-\u9fff]{2})", "", name)
    if re.fullmatch(r"(?:等)?(?:按|依|根据|结合).{0,6}职责.*", name):
        return ""
    if re.match(r"(?:各|有关|相关|市级|省级|市直|省直|区直|区级|县直|中央|国务院|其他|市各|省各|县级)", name) and "等" not in name:
        return re.sub(r"(?:按照?|依照?|依据|根据|结合)(?:各自)?(?:职责|职能|分工).*$", "", name)
    if "等" in name and not re.search(r"等(?:有关|相关|各)?(?:区|县|市|旗|镇|街道|开发区|园区|地)", name):
        name = name[: name.rindex("等")] if _TAIL_WORDS.fullmatch(name[name.rindex("等") :]) else name
    return re.sub(r"(?:按照?|依照?|依据|根据|结合)(?:各自)?(?:职责|职能|分工).*$", "", name)


def _conjoined(piece: str, separator: str) -> list[tuple[str, str]]:
    """A piece cut at 和/与/及 where whole names stand on both sides: not in 工业和信息化局."""
    names: list[tuple[str, str]] = []
    begun = 0
    for joint in _JOINING.finditer(piece):
        left, right = piece[begun : joint.start()].strip(), piece[joint.end() :].strip()
        if piece[: joint.start()].count("（") != piece[: joint.start()].count("）"):
            continue
        if _is_whole(left) and (STRONG.fullmatch(_stripped(right)) or UNIT_LIKE.fullmatch(_stripped(right))):
            if re.match(r"(?:单位|部门|地区|机构|个人|其他单位)", right):
                continue
            names.append((left, joint.group()))
            begun = joint.end()
    return [*names, (piece[begun:], separator)]


def _is_whole(name: str) -> bool:
    return bool(
        re.fullmatch(
            r".{2,}(?:局|委|办|厅|部|署|政府|管委会|委员会|办公室|中心|集团|公司|银行|海关|部门|区|县|院|总社|协会|残联|妇联|工商联|"
            r"科协|侨联|文联|总工会|团委|分局|支局)",
            name,
        )
    ) and not (re.search(r"(?:住房|规划|城市|文化|工业|科技|商务|卫生|社会|外事|全部|内部|干部)$", name))


def _merge_areas(pieces: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Puts `海淀、朝阳等区政府` and `各区、县（市）政府` together again."""
    merged: list[tuple[str, str]] = []
    at = 0
    while at < len(pieces):
        name, separator = pieces[at]
        if [piece[0] for piece in pieces[at : at + 2]] == ["各省", "自治区"] and at + 2 < len(pieces):
            merged.append((f"各省、自治区、{pieces[at + 2][0]}", pieces[at + 2][1]))
            at += 3
            continue
        run = at
        while run < len(pieces) - 1 and _is_place(pieces[run][0]) and pieces[run][1] in ("、", "和"):
            run += 1
        run = max(run, _end_of_areas(pieces, at))
        if run > at and (_AREA_GROUP.fullmatch(pieces[run][0]) or run == _end_of_areas(pieces, at)):
            name = "".join(n + s for n, s in pieces[at:run]) + pieces[run][0]
            separator, at = pieces[run][1], run
        elif _EACH.fullmatch(name) and separator == "、" and at + 1 < len(pieces) and _EACH_TAIL.fullmatch(pieces[at + 1][0]):
            name, separator, at = name + "、" + pieces[at + 1][0], pieces[at + 1][1], at + 1
        merged.append((name, separator))
        at += 1
    return merged


def _end_of_areas(pieces: list[tuple[str, str]], at: int) -> int:
    """Where a run of areas ends that one 等各开发区管委会 closes: 高新区、西咸新区等各开发区管委会; `at` when there is none."""
    run = at
    while run < len(pieces) - 1 and pieces[run][1] == "、" and (_AREA.fullmatch(pieces[run][0]) or not UNIT_LIKE.fullmatch(pieces[run][0])):
        run += 1
    return run if run > at and re.search(r"等(?:各|有关|相关|驻|在|市属|省属|国有)(?!.*部门)", pieces[run][0]) else at


def _is_place(name: str) -> bool:
    """A bare place such as 海淀 that cannot stand alone in a list of units."""
    return bool(re.fullmatch(r"[\u4e00-\u9fff]{2,3}", name)) and not UNIT_LIKE.fullmatch(name)


def _merge_plates(pieces: list[tuple[str, str]], pairs: Pairs) -> list[tuple[str, str]]:
    merged: list[tuple[str, str]] = []
    for name, separator in pieces:
        if merged and merged[-1][1] == "、" and pairs.join(merged[-1][0], name):
            merged[-1] = (f"{merged[-1][0]}、{name}", separator)
        else:
            merged.append((name, separator))
    return merged
