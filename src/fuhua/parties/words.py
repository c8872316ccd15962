"""What parties can be, how they are tied, and the offices that people hold."""

from __future__ import annotations

from django.db import models

from fuhua.kernel.words import Text, t


class Sort(models.TextChoices):
    """What a party is (主体类别)."""

    PERSON = "person", "person"
    PROJECT = "project", "project"
    VENTURE = "venture", "venture"
    INCUBATOR = "incubator", "incubator"
    PARK = "park", "park"
    AGENCY = "agency", "agency"
    DISTRICT = "district", "district"
    UNIVERSITY = "university", "university"
    FUND = "fund", "fund"
    FIRM = "firm", "firm"
    PLATFORM = "platform", "platform"
    OFFSHORE = "offshore", "offshore"


SORTS: dict[str, Text] = {
    "person": t("个人", "person"),
    "project": t("项目", "project"),
    "venture": t("在孵企业", "venture"),
    "incubator": t("孵化器", "incubator"),
    "park": t("园区", "park"),
    "agency": t("政府部门", "department"),
    "district": t("区", "district"),
    "university": t("高校院所", "university or institute"),
    "fund": t("基金", "fund"),
    "firm": t("企业", "firm"),
    "platform": t("专业平台", "professional platform"),
    "offshore": t("离岸机构", "offshore unit"),
}


class NameKind(models.TextChoices):
    """What a name is: the registered one, a name-plate (挂牌), a short one, an English one."""

    OFFICIAL = "official", "official"
    PLATE = "plate", "plate"
    SHORT = "short", "short"
    ENGLISH = "english", "english"


class TieKind(models.TextChoices):
    """How two parties are tied."""

    EMPLOYS = "employs", "employs"
    RESIDES = "resides", "resides"
    INVESTS = "invests", "invests"
    OWNS = "owns", "owns"
    MENTORS = "mentors", "mentors"
    COAUTHOR = "coauthor", "coauthor"
    SPUN_OUT = "spun_out", "spun_out"
    RELATIVE = "relative", "relative"
    RIVAL = "rival", "rival"
    PART_OF = "part_of", "part_of"
    LINKED = "linked", "linked"


NAME_KINDS: dict[str, Text] = {
    "official": t("正式名称", "official name"),
    "plate": t("挂牌", "name-plate"),
    "short": t("简称", "short name"),
    "english": t("英文名", "English name"),
}
TIE_STATES: dict[str, Text] = {
    "proposed": t("待对方确认", "waits for the other side"),
    "confirmed": t("已确认", "confirmed"),
    "ended": t("已终止", "ended"),
}
TIES: dict[str, Text] = {
    "employs": t("任职", "employs"),
    "resides": t("入驻", "resides at"),
    "invests": t("投资", "invests in"),
    "owns": t("持股", "owns"),
    "mentors": t("辅导", "mentors"),
    "coauthor": t("合著", "co-authored with"),
    "spun_out": t("孵化自", "spun out of"),
    "relative": t("亲属", "relative of"),
    "rival": t("竞争", "rival of"),
    "part_of": t("隶属", "part of"),
    "linked": t("关联", "linked with"),
}


class TieState(models.TextChoices):
    """Proposed by one side, confirmed by the other, ended; it never vanishes."""

    PROPOSED = "proposed", "proposed"
    CONFIRMED = "confirmed", "confirmed"
    ENDED = "ended", "ended"


class Office(models.TextChoices):
    """The office a person holds in an organisation that employs them; what they may do follows from it."""

    NONE = "", "none"
    COORDINATOR = "coordinator", "coordinator"
    CITY_OFFICER = "city_officer", "city_officer"
    DISTRICT_OFFICER = "district_officer", "district_officer"
    DEPARTMENT_OFFICER = "department_officer", "department_officer"
    OPERATOR = "operator", "operator"
    FOUNDER = "founder", "founder"
    EXPERT = "expert", "expert"
    STEWARD = "steward", "steward"
    PARK_MANAGER = "park_manager", "park_manager"
    AUDITOR = "auditor", "auditor"


OFFICES: dict[str, Text] = {
    "coordinator": t("统筹协调", "coordinator"),
    "city_officer": t("市级主管", "city officer"),
    "district_officer": t("区级主管", "district officer"),
    "department_officer": t("部门联络员", "department officer"),
    "operator": t("孵化器运营", "incubator operator"),
    "founder": t("创业者", "founder"),
    "expert": t("专家", "expert"),
    "steward": t("服务管家", "steward"),
    "park_manager": t("园区管理", "park manager"),
    "auditor": t("审计", "auditor"),
}

# The sorts of organisation in which an office exists; an office that is not listed exists in any.
OFFICE_SORTS: dict[str, frozenset[str]] = {
    "coordinator": frozenset({"agency"}),
    "city_officer": frozenset({"agency"}),
    "department_officer": frozenset({"agency"}),
    "auditor": frozenset({"agency"}),
    "district_officer": frozenset({"agency", "district"}),
    "operator": frozenset({"incubator", "platform", "offshore"}),
    "founder": frozenset({"venture", "project", "firm"}),
    "park_manager": frozenset({"park"}),
}

# Offices that the two sides can agree on by themselves; all others are appointed by the authority.
AGREED_OFFICES = ("", "operator", "founder", "park_manager")

# Offices that a district officer may give and take in the organisations of the district
DISTRICT_OFFICES = ("operator", "founder", "park_manager")

# Why two organisations that look alike are not one
APART: dict[str, Text] = {
    "namesake": t("重名，是不同的主体", "namesakes, not the same party"),
    "affiliate": t("关联企业，各自独立登记", "affiliates, each registered by itself"),
    "branch": t("总部与分支机构", "a head office and its branch"),
    "successor": t("承继关系，原主体仍单独统计", "a successor; the former one is still counted by itself"),
}

# 北京市 16 区与北京经济技术开发区; codes of GB/T 2260 (the last is a functional area's statistical code)
DISTRICTS: dict[str, Text] = {
    "110101": t("东城区", "Dongcheng"),
    "110102": t("西城区", "Xicheng"),
    "110105": t("朝阳区", "Chaoyang"),
    "110106": t("丰台区", "Fengtai"),
    "110107": t("石景山区", "Shijingshan"),
    "110108": t("海淀区", "Haidian"),
    "110109": t("门头沟区", "Mentougou"),
    "110111": t("房山区", "Fangshan"),
    "110112": t("通州区", "Tongzhou"),
    "110113": t("顺义区", "Shunyi"),
    "110114": t("昌平区", "Changping"),
    "110115": t("大兴区", "Daxing"),
    "110116": t("怀柔区", "Huairou"),
    "110117": t("平谷区", "Pinggu"),
    "110118": t("密云区", "Miyun"),
    "110119": t("延庆区", "Yanqing"),
    "110176": t("北京经济技术开发区", "Beijing E-Town"),
}

# What one organisation may let another do in its name
SCOPES: dict[str, Text] = {
    "returns": t("填报统计与进展", "file returns and progress"),
    "applications": t("提交申请", "file applications"),
    "journey": t("办理入驻、毕业与接力", "handle stays, graduation and relays"),
    "asks": t("提出诉求与跟进", "raise and follow asks"),
    "all": t("以上全部", "all of these"),
}

# Why a person should not judge what a party asks for (利益冲突), the strongest reason first
CONFLICTS: dict[str, Text] = {
    "own": t("本人参与申报", "takes part in it"),
    "kinship": t("亲属关系", "kinship"),
    "shares": t("持股或投资关系", "shares or an investment"),
    "teaching": t("师生关系", "teacher and student"),
    "mentoring": t("辅导关系", "mentoring"),
    "coauthor": t("合著关系", "co-authorship"),
    "rival": t("竞争关系", "rivalry"),
    "employment": t("任职关系", "employment"),
    "colleague": t("同单位同事", "colleagues"),
    "organisation": t("所在组织有关联", "tied organisations"),
}
