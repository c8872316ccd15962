"""Judges whether a printed quantity is an outcome the plan commits to, and says why when it is not."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from .quantities import Quantity

Verdict = Literal["sure", "unsure", "doubtful", "no"]

MAKING = (
    "建成|新建|改建|扩建|改扩建|建设|建立|打造|培育|培养|培训|新增|增加|形成|集聚|聚集|引进|汇聚|达到|达|"
    "实现|完成|推出|发布|举办|开展|组织|认定|布局|落地|设立|"
    "孵化|遴选|评选|选择|选树|选育|挖掘|开放|提供|配备|配建|推广|转化|引育|招引|储备|覆盖|服务|制定|制修订|制订|"
    "修订|攻克|突破|研发|实施|新认定|组建|投放|征集|创建|争创|启用|投用|"
    "建|签约|入驻|引入|吸引|招募|选派|派驻|聘请|构建|拓展|开通|部署|上线|开发|投资|投入|带动|助力|推动|"
    "支持|发放|新孵化|招收|输送|选聘|改造|更新|淘汰|关停|整治|安排|募集|"
    "筹集|筹建|申报|获批|获得|登记|备案|入库|新入库|安置|帮扶|促进|推进|减少|压减|提升|提高|增长|累计|力争|"
    "新设|做强|做大|壮大|扶持|凝练|梳理|建档|接入|绘制|编制|挂牌|"
    "梯度培育|晋级|转移|对接|促成|撬动|试点|示范|选取|确定|筛选|推荐|产出|取得|出台|授牌|发展|扩大|扩充|新开|增设|配置|"
    "研制|盘活|聘任|保留|争取|招聘|签订|汇集|落户|腾退|收储|修缮|加装|栽植|评定|命名|选拔|排查|化解|惠及|接待|救助|"
    "资助|保存|扶优|稳定|产生|发动|动员|服务|节约|回收|处置|争取|连接|辐射|种植|修复|治理|供应|筹措|交付|开工|竣工|整合|推介|服务|投产|链接"
)
GOAL_TIME = re.compile(
    r"(?:到|至|截至|在)?\s*20[2-9]\d\s*年\s*(?:底|末|年底|前|年末|以前|之前|[，,、:：力实全建培形])|(?:到|"
    r"至)\s*20\d\d\s*年|20\d\d\s*年(?:底|末|年末)|"
    r"十[三四五六七]五[”’]?(?:规划)?(?:末|期末|期间|时期)|[三五两二四3-5]年(?:内|时间|左右|努力)|"
    rf"(?<![\u4e00-\u9fff\d“])[三五两二四]年(?:{MAKING})|"
    r"未来[一二三四五\d]+年|力争|每年|年均|全年|每季度|每月(?!给|补)|年内|"
    r"目标(?:到|是|为)?|本届|规划期"
)
_SUBSIDY = re.compile(
    r"最高|封顶|上限|奖励|奖补|补助|补贴|资助|贴息|给予|返还|减免|减按|扣除(?!额)|抵扣|抵减|罚款|予以[^，。；]{0,6}[奖补资支减免]|"
    r"按[^，。；]{0,20}(?:比例|标准|%)|每人每月|一次性|担保费|资金支持|额度最|可申请|"
    r"免收|租金|房租|补足|让利|兑现|贷款期限|利率|费率|配套支持|后补助|不超过[^，。；]{0,14}(?:奖|补|资)"
)
_PER_ONE = re.compile(
    r"(?:单个|单家|每家|每个|每户|每人|每项|单笔|单户|单项|单体|每生|每学年|每学期|每人次|每场|每套|每平方米|"
    r"单只|单支|每只|单台|单套)"
)
_EXISTING = re.compile(
    r"(?:目前|(?<![在对把将])现有|现已|截至|近年来|去年|上年|今年以来|原有|"
    r"已(?:经)?(?:建|有|累|形|成功|达|实现|完成|集|培|引|设|开|"
    r"落|获|认|超|覆|入|布|基本|签|投|发|拥|推|组|突破)|当前|业已|共有|(?:现|共|已)拥有)"
)
_CONDITION = re.compile(
    r"^(?:对(?![接标外口])|凡|凡是|符合|满足|经|年度?(?:营业|销售)收入|如|若|超过|具备|按照?|对于|针对|自|其中对|"
    r"在[^，]{0,12}中(?:，|$)|以[^，]{0,8}为|申请|参保|列入|"
    r"获得[^，]{0,12}的|首次)"
)
_NAMING = re.compile(
    r"(?:聚焦|围绕|坚持|推动落实|深化|落实|实施[“]|简称|依托|^联动|利用|发挥|根据|按照|深入实施|统筹|参照|"
    r"适用|属于|对照|纳入)[^，；。]{0,18}$"
)
_SUBJECT = re.compile(r"\s*(?:围绕|聚焦|依托|发挥|面向|针对|联动|利用|瞄准|立足|紧盯|对标)[^，；。]*$")
_PARTS = re.compile(
    r"\s*(?:大|项(?:重点|主要|具体|任务|工作|制度|措施|举措|行动|改革)|个(?:方面|环节|阶段|层面|维度|原则|"
    r"坚持|转变|确保|专项行动|统一|导向|体系)|类|种|者|方面|大类|位一体|"
    r"级(?!孵|园|平|创|示|企|产|工|实|社|基|科|以|别)|条(?:措施|举措|意见|工作|战线|腿)|步走|步|化|统一)"
)
_RANK = re.compile(r"(?:前|第|排名|位列|位居|跻身|进入全[国省球市][^，]{0,6})\s*$")


_OPENING_VERB = re.compile(
    rf"\s*(?:[①-⑳]|[一二三四五]是|推动|加快|积极|争取|着力|全年|支持|重点|全力|持续|大力|鼓励|组织|"
    rf"在[^，。；]{{1,14}}?)*(?:{MAKING})"
)


_LOOSE_UNITS = frozenset("期届本位度分村米次部门类种片对组倍团点户") | {"园区"}
_INDEX = re.compile(r"(?:系数|指数)(?:达到|提高到|提升至|提升到|提高至|降至|控制在|稳定在|保持在|为)?\s*$")
_MONEY_WORD = re.compile(r"收入|产值|规模|投资|额|资金|人口|面积")


@dataclass(frozen=True)
class Setting:
    """What surrounds a sentence: whether it stands among the goals, and the words of its clause and its sentence."""

    in_goals: bool
    sentence: str
    clause: str
    before: str
    after: str
    quoted: bool
    bracketed: bool
    lead_in: str = ""
    since: int | None = None
    listed: Verdict = "no"
    follows: bool = False

    @property
    def dated(self) -> bool:
        """Whether the sentence says when or that it is a goal."""
        return bool(GOAL_TIME.search(self.sentence))


def judge(quantity: Quantity, setting: Setting) -> tuple[Verdict, str]:
    """`sure` and `unsure` make a target, `doubtful` a doubt only; the second part names the reason."""
    for rule in (_not_a_quantity, _part_of_a_name, _a_name_or_part, _money_for_applicants, _present_state, _condition):
        reason = rule(quantity, setting)
        if reason:
            return ("doubtful" if _might_be_goal(quantity, setting, reason) else "no"), reason
    return _commitment(quantity, setting)


def is_made(before: str) -> bool:
    """Whether the words before a quantity end in a verb of making or reaching."""
    return bool(
        re.search(
            rf"(?:{MAKING})(?:了|出|各|一批|不少于|至|到|为|超|约|率先|市级|省级|全市|合计|近|共计|总计|：)*\s*$",
            before,
        )
    )


def _not_a_quantity(quantity: Quantity, setting: Setting) -> str:
    if quantity.duration:
        return "duration"
    before = setting.before
    bare_number = _INDEX.search(before) or (quantity.value >= 10000 and _MONEY_WORD.search(before))
    if not quantity.unit and not bare_number:
        return "no unit"
    if quantity.unit == "次" and quantity.value < 10:
        return "no goal"
    return "no goal" if quantity.is_han and quantity.unit in _LOOSE_UNITS else ""


def _part_of_a_name(quantity: Quantity, setting: Setting) -> str:
    before, after = setting.before, setting.after
    glued = re.search(r"[“‘《+＋第]$|[A-Za-z][-—.]?$|\d[.．]$", before)
    if glued and not re.search(r"[A-Z]{2,}$|[a-z]{3,}$|AI$", before):
        return "name"
    bare = bool(re.fullmatch(r"[十百千万亿]+", quantity.printed))
    if bare and before.endswith("每"):
        return "name"
    if bare and quantity.unit != "元" and re.match(r"[^，。；]{0,12}(?:活动|行动|工程|计划|大赛|大会)", after):
        return "name"
    return "name" if re.match(r"[+＋]|会议|次(?:全体)?会议|届|号", after) else ""


def _a_name_or_part(quantity: Quantity, setting: Setting) -> str:
    if setting.quoted:
        return "name"
    if setting.bracketed and "其中" not in setting.before and not (setting.in_goals and setting.dated):
        return "bracket"
    tail = quantity.unit + setting.after
    if re.search(r"全[市省区县州国]\s*$", setting.before) and re.match(r"个?(?:设区市|区县|县区|市州|区|县|市|镇|街道|乡|村)", tail):
        return "name"
    if quantity.value < 60 and _PARTS.match(tail):
        return "part"
    if quantity.unit == "" and _PARTS.match(setting.after):
        return "part"
    if _RANK.search(setting.before) or (re.match(r"(?:强|名|位)", quantity.unit or setting.after) and re.search(r"前$", setting.before)):
        return "rank"
    if quantity.is_han and quantity.value < 1000 and re.match(r"^(?:个|批|条|项|种|类|系列|些|定|体|站)", tail) and quantity.value == 1:
        return (
            "part"
            if not re.search(
                r"(?:各|至少|每[^，。]{1,14})(?:配备|建成|建设|设立|打造|培育|创建)?$|每[^，。；]{1,20}$",
                setting.before,
            )
            else ""
        )
    return ""


def _money_for_applicants(quantity: Quantity, setting: Setting) -> str:
    money = quantity.unit in ("元", "美元", "%", "倍") or quantity.unit.endswith("元")
    around = setting.clause
    if re.search(r"最高|封顶|上限", around) and (money or not setting.in_goals):
        return "ceiling"
    promised = quantity.op in (">", ">=") and not re.search(r"给予|奖励|补助|补贴|资助|奖补|按", around)
    if money and _SUBSIDY.search(around) and not _states_volume(setting) and not promised:
        return "subsidy"
    if money and _PER_ONE.search(setting.before):
        return "subsidy"
    undated = not setting.in_goals and not setting.dated and not _states_volume(setting)
    if money and quantity.unit != "%" and undated and _SUBSIDY.search(setting.sentence):
        return "subsidy"
    lowering = r"控制|降|压减|压缩|浓度|强度|总量|能耗|排放|事故|死亡|失业|以内|成本|占比|比例|率"
    if quantity.op == "<=" and not setting.in_goals and not re.search(lowering, setting.clause):
        return "ceiling"
    return ""


def _states_volume(setting: Setting) -> bool:
    """Whether money is a volume the plan will move, such as 发放消费券10亿元, rather than what one applicant gets."""
    return bool(re.search(r"(?:规模|总额|累计|总规模|总量|余额|额度|发放|兑现|资金)[^，。；]{0,12}$", setting.before)) and not re.search(
        r"给予|最高|每家|单个|每个|按[^，。；]{0,10}%", setting.clause
    )


def _present_state(quantity: Quantity, setting: Setting) -> str:
    lead_in = setting.lead_in
    later = setting.sentence[len(lead_in) + len(quantity.printed) :]
    if re.match(r"[^。]{0,4}[，,]\s*(?:较|比)(?:20\d\d年|上年|去年)[^。]{0,30}(?:今年以来|已)", later):
        return "existing"
    dated = re.search(r"[到至]\s*20\d\d", lead_in)
    if not setting.in_goals and not dated and re.search(r"今年以来|截至目前", setting.sentence):
        return "existing"
    existing = list(_EXISTING.finditer(lead_in))
    if existing and not re.search(r"[到至]\s*20\d\d|力争|目标|确保|[到至]“?十[四五六]五", lead_in[existing[-1].end() :]):
        return "existing"
    return "existing" if _is_past(lead_in, setting.since) else ""


def _is_past(lead_in: str, since: int | None) -> bool:
    """Whether the last bare year before a quantity is older than the plan: 2023年 is, 到2023年 and 比2023年 are not."""
    years = list(re.finditer(r"(?<![到至])(20\d\d)\s*年(?!底|末|前|[、和及—\-至])", lead_in))
    if not years or not since or int(years[-1].group(1)) >= since:
        return False
    before, behind = lead_in[: years[-1].start()], lead_in[years[-1].end() :]
    return not re.search(r"[到至]\s*20\d\d", behind) and not re.search(r"[比较]\s*$", before)


def _condition(quantity: Quantity, setting: Setting) -> str:
    made = is_made(setting.before)
    opens = _CONDITION.match(setting.clause.strip()) and not re.search(r"^(?:到|至|在).{0,8}年", setting.clause)
    of_whom = r"(?:及?以上|以下)?的|[^，。；]{0,14}的(?:企业|单位|项目|机构|个人|人员|团队|主体)?[，,]?"
    if not setting.in_goals and opens and (re.match(of_whom, setting.after) or not made):
        return "condition"
    sort = r"(?:[（(]含[^（）()]{0,4}[）)])?(?:以上|以下|及以上)?的(?:$|[，。；]|[^，。；、]{0,6}?(?:"
    sort += r"标准|企业|项目|单位|机构|人员|个人|家庭|机关|地区|村|城市|县|园区))"
    of_staff = setting.before.endswith("编制") and quantity.unit in ("人", "名")
    if re.match(sort, setting.after) and (not made or of_staff):
        return "condition"
    reached = re.search(r"[不至少低于超达突以上]", quantity.comparison)
    if re.search(r"(?:涉及|包括|包含)\s*$", setting.before):
        return "mention"
    if _SUBJECT.match(setting.before) and not made and not reached:
        return "mention"
    if not setting.in_goals and not setting.dated and not reached and _NAMING.search(setting.before) and not made:
        return "mention"
    return ""


def _might_be_goal(quantity: Quantity, setting: Setting, reason: str) -> bool:
    return (
        reason in ("rank", "bracket", "existing", "condition", "ceiling", "subsidy")
        and bool(quantity.unit)
        and ((setting.in_goals or setting.dated) and not quantity.duration)
    )


def _commitment(quantity: Quantity, setting: Setting) -> tuple[Verdict, str]:
    if setting.listed != "no" and (not quantity.is_han or quantity.value >= 2):
        return setting.listed, "" if setting.listed == "sure" else "undated"
    made = is_made(setting.before)
    reached = bool(re.search(r"[不至少低于超达突以上控稳保]", quantity.comparison))
    small_han = quantity.is_han and quantity.value < 10
    counted = quantity.unit not in ("元", "%", "") and not quantity.is_han and not _SUBSIDY.search(setting.clause)
    if setting.follows and counted and not setting.before.strip() and re.match(r"[\u4e00-\u9fffA-Z“]{2}", setting.after):
        return ("sure", "") if setting.in_goals or setting.dated else ("unsure", "undated")
    if setting.in_goals or setting.dated:
        if small_han and not (made or reached or re.search(r"每|各", setting.before) or setting.in_goals):
            return "doubtful", "small numeral"
        if quantity.is_han and quantity.value == 1 and not re.search(r"各|每", setting.before):
            return "no", "one"
        if made or reached or re.search(r"[\u4e00-\u9fffA-Z]\s*$", setting.before) or not setting.before.strip():
            return ("sure", "") if not small_han else ("unsure", "small numeral")
        return "doubtful", "no verb"
    if _is_promise(quantity, setting):
        return "unsure", "undated"
    granted = bool(_SUBSIDY.search(re.sub(r"(?:资助|奖励|补助)\s*$", "", setting.before) + setting.after))
    if quantity.is_han and not re.search(r"(?:各|每[^，。；]{1,20})(?:配备|配置|选派|设立|建成|建设|至少)?$", setting.before):
        return "no", "undated"
    if made and quantity.unit not in ("元", "%") and not granted:
        return "unsure", "undated"
    around = setting.sentence if quantity.unit == "元" and not _states_volume(setting) else setting.clause
    more = quantity.op in (">", ">=") or re.search(r"[不至少低于超达突以上]", quantity.comparison)
    if more and not _SUBSIDY.search(around):
        return "unsure", "undated"
    if not quantity.unit:
        return "unsure", "undated"
    changed = re.search(r"(?:提高|提升|降低|下降|增长|增加|减少|压减|压缩|缩短|精简|增幅|降幅)", setting.before)
    if quantity.unit in ("%", "个百分点") and changed and not _SUBSIDY.search(setting.sentence):
        return "unsure", "undated"
    return "no", "undated"


def _is_promise(quantity: Quantity, setting: Setting) -> bool:
    """Without a date: a fund to be set up, or things counted where a clause that opens with a verb of making ends."""
    if quantity.unit == "元":
        fund = re.search(r"(?:组建|设立|发起|打造|形成|建立)[^，；。]{0,20}$", setting.before)
        moved = re.match(r"\s*(?:[一二三四五]是|全年|累计)*(?:发放|投放|募集|撬动|带动|招引|引进|新增|完成|实现)", setting.clause)
        moved = moved or re.search(r"(?:放款|投放|授信|募集|融资|贷款余额|成交额|交易额|累计投入)(?:额|总额|规模)?\s*$", setting.before)
        moved = moved or re.search(r"(?:扩大|做大|提高|增加)[^，。；]{0,16}(?:至|到)\s*$", setting.before)
        volume = bool(moved) and not _SUBSIDY.search(setting.clause) and bool(re.match(r"\s*(?:$|[、和及（(])", setting.after))
        return (bool(fund) and "基金" in setting.clause) or volume
    given = re.fullmatch(r"\s*(?:累计)?(?:为|向|帮助|助力)\s*", setting.before)
    if given and re.match(r"[^，。；]{2,12}(?:提供|发放|解决|获得|开展|实现|对接)", setting.after):
        return not quantity.is_han and quantity.unit != "%"
    if quantity.unit == "%" or _SUBSIDY.search(setting.clause) or not re.match(r"\s*(?:$|[、和及（(，])", setting.after):
        return False
    opened = _OPENING_VERB.match(setting.clause)
    if quantity.is_han:
        if quantity.value >= 10 and re.search(r"[不至少低于超达突以上]", quantity.comparison):
            return True
        return bool(opened) and quantity.value >= 2 and bool(re.match(r"\s*(?:建成|新建|新增|建设|打造|培育|引进)", setting.clause))
    return bool(opened) or setting.follows
