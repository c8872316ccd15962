"""Reads who answers for a task from one bracket or line: leading, supporting and equal units, and inheritance."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from .units import STRONG, UNIT_LIKE, Pairs, split_units

_LEAD_LABELS = (
    "牵头单位|牵头部门|牵头责任单位|牵头处室|牵头领导|主办单位|主办部门|主责单位|主责部门|主要责任单位|第一责任单位|总牵头单位|牵头"
)
_SUPPORT_LABELS = (
    "配合单位|配合部门|协办单位|协办部门|参与单位|参与部门|参加单位|参加部门|支持单位|协同单位|协同部门|"
    "协助单位|协作单位|会办单位|配合责任单位|协同|配合|参与"
)
_EQUAL_LABELS = (
    "责任单位及分工|责任单位|责任部门|责任主体|负责单位|负责部门|落实单位|落实部门|实施单位|实施主体|"
    "承办单位|指导单位|推进单位|任务分工|职责分工|分工|工作分工|"
    "完成单位|执行单位|各责任单位|主管部门|责任处室"
)
_LABEL = re.compile(rf"(?:(?P<lead>{_LEAD_LABELS})|(?P<support>{_SUPPORT_LABELS})|(?P<equal>{_EQUAL_LABELS}))\s*[:：]\s*")
LABEL_LINE = re.compile(rf"(?:^|(?<=[。；;！？\n 　]))[●■◆·★\s]*(?:{_EQUAL_LABELS}|{_LEAD_LABELS}|{_SUPPORT_LABELS})\s*[:：]", re.MULTILINE)
_TIMING = re.compile(
    r"[；;，,。、\s]*(?:完成时限|完成时间|完成期限|时间节点|时限要求|时限|进度安排|推进时间|起止时间|"
    r"时间安排)\s*[:：]?\s*.*$"
)
_ROLE_VERB = re.compile(
    r"(?P<verb>牵头负责|牵头落实|牵头组织实施|牵头|负责牵头|配合落实|配合|协助|协同推进|协同|参与|参加|协办|主办|支持|"
    r"(?:按照?|依照?|依据|根据|结合)?(?:各自)?(?:职责|职能)?(?:分工)?(?:分别|共同|具体)?(?:负责落实|"
    r"负责实施|负责|组织实施|抓好落实|推进落实|落实|实施|推进)|"
    r"(?:按照?|依照?|依据|根据|结合)(?:各自)?(?:职责|职能)(?:分工)?|指导)(?=[，,、；;。\s）)】〕]|$)"
)
_INHERITED = re.compile(
    r"(?:以下|下同|后续|其他|其余|以上)(?:各项)?(?:任务|举措|措施|工作|内容)?(?:均|都)(?:需要?|须|由|涉及|"
    r"为|含|包括)(?P<units>.{1,400}?)"
    r"(?:共同|配合|负责|参与|抓好)?(?:落实|负责|配合|参与|实施|推进)?[，,；;]?(?:以下)?(?:均)?不再(?:一一|"
    r"逐一|重复|另行|单独|分别)?(?:列出|列明|列示|列|标注|注明|赘述)"
)
_INHERITED_BEFORE = re.compile(
    r"(?P<units>[^，,；;。：:]{1,400}?)(?:均为|为)(?:各项|以下|所有|"
    r"全部)[^，,。；]{0,100}?责任单位[，,；;]?(?:以下)?(?:均)?不再(?:一一|逐一|重复|另行)?(?:列出|列明|列)"
)
_NOT_UNITS = re.compile(
    r"(?:以下简称|简称|含|包括|不含|如|即|除|原|或|见|详见|此件|注|截至|根据|暂|拟|等)|.*(?:代章|公开|印发|"
    r"试行|征求意见稿)$"
)


@dataclass(frozen=True)
class Duty:
    """Who answers: `units` in printed order; `lead` and `support` only where the text tells them apart."""

    units: tuple[str, ...] = ()
    lead: tuple[str, ...] = ()
    support: tuple[str, ...] = ()
    inherited: tuple[str, ...] = ()

    def joined(self, other: Duty) -> Duty:
        """Both duties as one, each unit once."""
        return Duty(*(tuple(dict.fromkeys(a + b)) for a, b in zip(self._parts(), other._parts(), strict=True)))

    def _parts(self) -> tuple[tuple[str, ...], ...]:
        return (self.units, self.lead, self.support, self.inherited)


def is_duty(content: str, *, ends_sentence: bool = True) -> bool:
    """Whether the words in a bracket name responsible units; bare names count only where a sentence has ended."""
    content = content.strip()
    if _LABEL.match(content):
        return True
    if not content or _NOT_UNITS.match(content) or len(content) > 500 or re.match(r"[\d\W]*$", content):
        return False
    first = content.split("。")[0]
    verbs = list(_ROLE_VERB.finditer(first))
    if verbs and verbs[-1].end() >= len(first.rstrip("，,；; ")):
        names = [name for chunk, _ in _chunks(first) for name in split_units(chunk)]
        return bool(names) and sum(1 for name in names if UNIT_LIKE.fullmatch(name)) * 2 > len(names)
    names = list(split_units(first))
    strong = sum(1 for name in names if STRONG.fullmatch(name) and 3 <= len(name) <= 24)
    likely = len(names) >= 3 and strong >= 0.5 * len(names) and bool(STRONG.fullmatch(names[0]))
    likely = likely and all(UNIT_LIKE.fullmatch(name) for name in names)
    return ends_sentence and bool(names) and (strong == len(names) or likely)


def read_duty(content: str, pairs: Pairs | None = None) -> Duty:
    """The units of one bracket's or line's words."""
    content = content.strip()
    inherited: tuple[str, ...] = ()
    for pattern in (_INHERITED, _INHERITED_BEFORE):
        found = pattern.search(content)
        if found:
            inherited += split_units(found.group("units"), pairs)
            content = content[: found.start()] + ("" if pattern is _INHERITED else found.group("units")) + content[found.end() :]
    content = _TIMING.sub("", content)
    duty = Duty(inherited=inherited)
    for role, chunk in _labelled(content):
        duty = duty.joined(_of_chunk(role, chunk, pairs))
    return _settled(duty, content)


def lead_rule(text: str) -> tuple[str | None, int]:
    """How a text says who leads in its lists (the `first`, all before the first `comma`), and from where on."""
    if re.search(r"(?:逗号|，|“，”|分号)(?:之)?前(?:的|面的?)?(?:单位|部门)?为(?:牵头|主责|第一责任)", text):
        return "comma", 0
    first = (
        r"(?:列第一位|排第一位|排在第一位|排名第一|列在首位|列首位|排在首位|排首位|排序第一|第一个|首个|第一位|"
        r"排在最前|列在第一位|首位)"
    )
    said = re.search(
        first + r"(?:的|者)?(?:责任)?(?:单位|部门)?(?:者)?(?:为|是|即为)(?:牵头|主责|总牵头|第一责任)[^）)。\n]{0,12}",
        text,
    )
    if said:
        return "first", said.start() if "下同" in said.group() else 0
    return None, 0


def with_leader(duty: Duty, content: str, rule: str | None, pairs: Pairs | None = None) -> Duty:
    """The duty with the leader the text's own rule gives it, unless the bracket names one itself."""
    if rule is None or duty.lead or duty.support or not duty.units:
        return duty
    count = 1
    if rule == "comma":
        names = _LABEL.sub("", content.split("。")[0])
        count = len(split_units(re.split(r"[，,；;]", names)[0], pairs))
    return replace(duty, lead=duty.units[:count], support=duty.units[count:])


def _labelled(content: str) -> list[tuple[str, str]]:
    """The words cut at their labels, each part with its role; what stands before the first label has none."""
    labels = list(_LABEL.finditer(content))
    parts: list[tuple[str, str]] = []
    if not labels or content[: labels[0].start()].strip():
        parts.append(("", content[: labels[0].start()] if labels else content))
    for label, following in zip(labels, [*labels[1:], None], strict=False):
        parts.append((label.lastgroup or "", content[label.end() : following.start() if following else None]))
    return parts


def _of_chunk(role: str, words: str, pairs: Pairs | None) -> Duty:
    duty = Duty()
    for sentence in re.split(r"[。]", words):
        if re.search(r"(?:以下(?![统简]称)|不再|为牵头|为主责|注[:：])", sentence):
            continue
        sentence = re.sub(r"[，,、；;（(]?\s*下同[）)]?\s*$", "", sentence)
        for names, verb in _chunks(sentence):
            marked = re.findall(r"([^、，,；;（()）【〔]+)[（(【〔](?:牵头|主办|主责|负责)[^（）()【】]*[）)】〕]", names)
            units = split_units(re.sub(r"[（(【〔](?:牵头|配合|主办|主责|负责|参与|协办)[^（）()【】]{0,6}[）)】〕]", "", names), pairs)
            duty = duty.joined(_in_role(units, verb or role, tuple(split_units("、".join(marked), pairs))))
    return duty


def _chunks(sentence: str) -> list[tuple[str, str]]:
    """A sentence cut behind its verbs: `A牵头，B、C配合` gives (A, 牵头) and (B、C, 配合)."""
    chunks: list[tuple[str, str]] = []
    begun = 0
    for found in _ROLE_VERB.finditer(sentence):
        if sentence[found.end() : found.end() + 1] in "）)】〕" and sentence[found.end() : found.end() + 1]:
            continue
        verb = found.group("verb")
        names = sentence[begun : found.start()].strip("，,、；; ")
        if "会同" in names:
            leader, names = names.split("会同", 1)
            chunks.append((leader, "牵头"))
            verb = "配合"
        chunks.append((names, verb))
        begun = found.end()
    rest = sentence[begun:].strip("，,、；; ")
    return [*chunks, (rest, "")] if rest else chunks


def _in_role(units: tuple[str, ...], role: str, marked: tuple[str, ...]) -> Duty:
    if marked:
        return Duty(units, marked, tuple(unit for unit in units if unit not in marked))
    if "牵头" in role or role in ("lead", "主办"):
        return Duty(units, lead=units)
    if role == "support" or re.match(r"配合|协助|协同|参与|参加|协办|支持", role):
        return Duty(units, support=units)
    return Duty(units)


def _settled(duty: Duty, content: str) -> Duty:
    """Where a leader is told apart the rest supports; where only supporters are named the rest leads."""
    rest = tuple(unit for unit in duty.units if unit not in duty.lead and unit not in duty.support)
    if duty.lead and rest:
        return replace(duty, support=tuple(unit for unit in duty.units if unit not in duty.lead))
    if duty.support and rest and not duty.lead and "指导" not in content:
        return replace(duty, lead=rest)
    return duty
