"""Names what a target measures: 建成社区100个以上 gives 社区, 新孵化A 20家、B 5家 gives 新孵化A and 新孵化B."""

from __future__ import annotations

import re

from .commitments import MAKING

_TIME = (
    r"(?:(?:力争|目标|争取|确保)?(?:到|至|截至|在)?\s*20\d\d\s*年\s*(?:底|末|年底|年末)?(?:之?前|以前)?|"
    r"20\d\d\s*年?[—\-–~～至到]+20\d\d\s*年|"
    r"(?:到)?[“]?十[三四五六七]五[”]?(?:规划)?(?:末|期末|期间|时期)|"
    r"[三五两二四3-5]年(?:内|时间)?|未来[一二三四五\d]+年|年内|每年|每季度|年均|首期|首批|近期|今后|其中|"
    r"目标|力争|争取|确保|预计|计划|至少|分别|同时|并|将|要|再|均|都|共|累计|总计|"
    r"合计|力求|努力|届时|基本|平均|统筹)"
)
_PLAIN_VERBS = (
    "建成投用|建成|新建|改扩建|建设|建立|打造|培育形成|培育壮大|培育|培养|形成|集聚|聚集|引进培育|引进|"
    "汇聚|达到|达|实现|完成|推出|发布|举办|开展|组织开展|组织|认定|布局建设|布局|落地|设立|遴选|评选|选择|"
    "挖掘|开放|提供|推广|引育|招引|储备|制定|制修订|制订|修订|组建|征集|创建|争创|引入|吸引|选派|构建|拓展|"
    "开通|部署|开发|发放|选树|选聘|招募|派驻|配备|攻克|突破|研发|研制|盘活|聘任|聘请|招聘|保留|争取|落户|选拔|评定|命名|加装|修缮|腾退|惠及|实施|梳理|"
    "编制|产出|取得|出台|凝练|新认定|推动|促进|支持|做到|"
    "建|使|让|有|保持在|稳定在|控制在|提高到|提升到|提升至|提高至|增长到|增加到|增至|扩大到|扩大至|降低到|降至|下降到"
)
_SCOPE = (
    r"(?:全市|全省|全区|全县|全国|全州|全域|市区两级|市区|省市县三级|我市|我省|我区|本市|本省|全年|区内|市内|"
    r"省内|市级层面|各区)"
)
_LEADING = re.compile(rf"^[\s，,、；;：:——\-“”①-⑳]*(?:(?:{_TIME}|{_SCOPE}(?!\S{{0,3}}级))[，,、\s]*)+")
_VERB = re.compile(rf"^(?:{_PLAIN_VERBS})(?:出|了|好|至|到|各类|一批)?")
_TAIL_VERB = re.compile(
    r"(?:总数|数量|总量)?(?:不少于|不低于|不高于|不超过|至少|超过|超|突破|达到|达|稳定在|保持在|控制在|"
    r"提高到|提升到|提升至|提高至|增长到|增加到|增至|扩大到|扩大至|降低到|降低至|"
    r"降至|下降到|上升到|发展到|扩充到|发展|约|近|为|分别|平均|均|力争|也|总|共|累计|各|每年|年均|在)+\s*$"
)
_KEPT = re.compile(
    r"^(.*?(?:新增|新孵化|新培育|新引进|新认定|新入库|新建|培育|孵化|认定|引进|入选|带动|落地|转化|投资|"
    r"(?<![高创更革翻])新(?![型兴能材业媒经区产时质]))(?:全国|国家级|省级)?)"
)


def metric_name(before: str, after: str) -> str:
    """What a quantity counts, from the words before and after it in its own part of the sentence."""
    head, tail = _head(before), _tail(after)
    tail = "" if tail.startswith("用于") and len(_without_verb(head)) >= 4 else tail
    sized = rf"(?:.{{0,12}}(?:设立|组建|发起|建立|形成)|(?:发起|{_PLAIN_VERBS})*)(?:总|首期)?(?:规模|金额|投资|总额)"
    if tail and re.fullmatch(sized, head):
        return tail
    if tail and (_is_only_verb(head) or not head):
        return _joined(head, re.sub(r"^(?:用于|发放|支持|设立)(?=.{3})", "", tail))
    if tail and _ends_in_verb(head) and not is_made_of(tail):
        return _joined(head, tail)
    if tail and head.endswith("等"):
        return tail
    per_one = re.search(r"每(?:个|家|所|名|县|区|年)?[^，。；]{1,30}$", head)
    if tail and per_one and not head.endswith("年"):
        return re.sub(r"(?:各|至少)(?=(?:配备|建|设|打造|选派))", "", head[per_one.start() :]) + tail
    if tail and re.search(rf"(?:{_PLAIN_VERBS}|新增|带动|孵化|培训|服务|投资|安排|投入|筹集)(?:不少于|各)?$", head):
        return tail
    name = "" if re.fullmatch(rf"(?:{_PLAIN_VERBS}|新增|再|各)+", head) else _without_verb(head)
    return name or tail


def _ends_in_verb(head: str) -> bool:
    """Whether the words before a number only say what is done: 重点评选资助, 加强与."""
    per_one = re.search(r"每(?:个|家|所|名|县|区|年)?[^，。；]{1,30}$", head)
    return not per_one and bool(re.search(rf"(?:{MAKING}|与|和|对|向|给|加强)$", head)) and not re.search(r"(?:建设|服务|培训|发展)$", head)


def is_made_of(tail: str) -> bool:
    """Whether the words behind a number tell what it is spent on, not what was counted."""
    return bool(re.match(rf"(?:用于|给予|予以|进行|以|{MAKING})(?!型|者|性|力|中心|机构|人才|平台|基地|项目|企业)", tail))


def topic_of(title: str) -> str:
    """What a title is about, for a number whose own words name nothing: 布局一批标杆孵化器 is about 标杆孵化器."""
    name = re.sub(r"^(?:加快|大力|积极|着力|推动|支持|鼓励|强化|加强|完善|优化|健全|扩大|提升|壮大|做强|做优)*", "", title)
    return re.sub(r"^一批", "", _VERB.sub("", name)) or title


def subject_of(clause: str) -> str:
    """What a clause without a commitment says grows or improves: the 企业数量 of 企业数量翻一番，达到2000家."""
    said = re.match(
        r"(.{2,40}?)(?:实现|再|力争|将|得到)*(?:增加一倍|翻一?[番倍]|倍增|大幅|显著|持续|稳步|明显|不断|进一步|较|比(?![重例率值])|增长|增加|提升|提高|扩大|"
        r"壮大|下降|降低|达到|突破)",
        re.sub(r"\s+", "", clause),
    )
    made = re.search(r"(?:一批|引进|培育|新建|建设|打造|遴选|举办|孵化|引育|培训)([^，。；]{2,16})$", clause)
    name = _without_verb(_head(said.group(1))) if said else made.group(1) if made else ""
    return name if len(name) >= 2 else ""


def carried(first: str, before: str) -> str:
    """The name of the next item in a list: 新孵化 and the like carry over from the first one."""
    name = _without_verb(_head(before))
    kept = _KEPT.match(first)
    verb = kept.group(1) if kept else ""
    if not kept or not name or name.startswith(verb) or _VERB.match(_head(before)) or len(verb) > 10:
        return name
    return verb + name


def split_respectively(subject: str, count: int) -> list[str]:
    """The names behind 分别: `花生种植、收获机械化率` for two is 花生种植机械化率 and 花生收获机械化率."""
    subject = re.sub(r"(?:总数|数量)?分别.*$", "", subject)
    subject = re.sub(r"(?:20\d\d\s*年?[、和及至到]*)+", "", subject)
    items = [item for item in re.split(r"、|和|及|以及|与", _without_verb(_head(subject))) if item]
    if len(items) != count:
        return [f"{_without_verb(_head(subject))}"] * count
    suffix = re.search(r"((?:综合)?机械化率|[\u4e00-\u9fff]{2}率|产值|规模|收入|面积|数量|总量|比重|占比)$", items[-1])
    prefix = re.match(r"^([\u4e00-\u9fff]{2})(?=种植|[\u4e00-\u9fff]{2}$)", items[0]) if suffix and len(items[0]) == 4 else None
    names = [item if not suffix or item.endswith(suffix.group()) else item + suffix.group() for item in items]
    return [name if i == 0 or not prefix or len(items[i]) > 7 else prefix.group(1) + name for i, name in enumerate(names)]


def _head(before: str) -> str:
    words = re.sub(r"\s+", "", before)
    words = re.sub(r"[（(][^（）()]*[）)]", "", words)
    previous = None
    while previous != words:
        previous = words
        words = _LEADING.sub("", words)
    words = _TAIL_VERB.sub("", words)
    words = re.sub(r"总体$|每年|^(?:等)", "", words)
    return words.strip("，,、；;：:—-和及与")


def _tail(after: str) -> str:
    words = re.sub(r"\s+", "", after)
    words = re.split(r"[，,；;。！：:（(]|以及", words)[0]
    attribute, _, noun = words.rpartition("的")
    if len(attribute) < 6 or len(noun) < 3 or len(noun) > 20:
        words = re.split(r"为[^\s]{2}|并(?=[\u4e00-\u9fff]{2})|实现(?=.{6,})", words)[0]
    words = re.sub(r"^(?:以上|左右|以内|以下|的|及以上|余)+", "", words)
    attribute, _, noun = words.rpartition("的")
    if len(attribute) >= 6 and len(noun) >= 3:
        words = noun
    return _balanced(words.strip("、和及与"))


def _joined(head: str, tail: str) -> str:
    kept = re.search(r"(?:新增|新孵化|新培育|新引进|新认定|带动|投资|孵化|培训|服务|转化|淘汰|减少|改造|新入库)$", head)
    return (kept.group() if kept else "") + tail


def _is_only_verb(head: str) -> bool:
    return bool(
        re.fullmatch(
            rf"(?:在[^，]{{1,4}})?(?:{_PLAIN_VERBS}|新增|新孵化|新培育|带动|投资|孵化|培训|服务|转化|再|各|"
            rf"连接|链接|联通|辐射|惠及|扶持|对接|解决|走访|盘活|腾退|种植|修复|治理|整治|创造|"
            rf"全部|统筹安排|安排|投入|筹集|发起)+(?:出|了|各)?",
            head,
        )
    )


def _without_verb(head: str) -> str:
    name = _VERB.sub("", head) if len(_VERB.sub("", head)) >= 2 else head
    name = re.sub(r"^(?:市区|市级|省级)?(?:统筹)?提供(?=[\u4e00-\u9fffA-Z]{3})", "", name)
    name = (
        re.sub(r"(?:总数|数量|数)$", "", name)
        if len(name) > 4 and not name.endswith(("人数", "户数", "指数", "次数", "系数", "倍数"))
        else name
    )
    return _balanced(name.strip("，,、；;：:"))


def _balanced(name: str) -> str:
    """A name without a quotation mark whose partner was cut off."""
    return name if name.count("“") == name.count("”") else name.replace("“", "").replace("”", "")
