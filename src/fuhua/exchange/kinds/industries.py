"""Fields of the economy (国民经济行业): sections and two-digit divisions of GB/T 4754-2017, and which one a text means."""

from __future__ import annotations

import re

from fuhua.kernel.words import Text, t

SECTIONS: dict[str, Text] = {
    "A": t("农、林、牧、渔业", "farming, forestry, fishing"),
    "B": t("采矿业", "mining"),
    "C": t("制造业", "manufacture"),
    "D": t("电力、热力、燃气及水生产和供应业", "power, heat, gas and water"),
    "E": t("建筑业", "construction"),
    "F": t("批发和零售业", "wholesale and retail"),
    "G": t("交通运输、仓储和邮政业", "transport, storage and post"),
    "H": t("住宿和餐饮业", "lodging and catering"),
    "I": t("信息传输、软件和信息技术服务业", "information, software and IT services"),
    "J": t("金融业", "finance"),
    "K": t("房地产业", "real estate"),
    "L": t("租赁和商务服务业", "leasing and business services"),
    "M": t("科学研究和技术服务业", "research and technical services"),
    "N": t("水利、环境和公共设施管理业", "water, environment and public facilities"),
    "O": t("居民服务、修理和其他服务业", "services to households, repair and others"),
    "P": t("教育", "education"),
    "Q": t("卫生和社会工作", "health and social work"),
    "R": t("文化、体育和娱乐业", "culture, sports and entertainment"),
    "S": t("公共管理、社会保障和社会组织", "public administration and social organisations"),
    "T": t("国际组织", "international organisations"),
}

DIVISIONS: dict[str, Text] = {
    "A01": t("农业", "crops"), "A02": t("林业", "forestry"), "A03": t("畜牧业", "animals"), "A04": t("渔业", "fishing"),
    "A05": t("农、林、牧、渔专业及辅助性活动", "support of farming, forestry and fishing"),
    "B06": t("煤炭开采和洗选业", "coal"), "B07": t("石油和天然气开采业", "oil and gas"), "B08": t("黑色金属矿采选业", "ferrous ores"),
    "B09": t("有色金属矿采选业", "non-ferrous ores"), "B10": t("非金属矿采选业", "other minerals"),
    "B11": t("开采专业及辅助性活动", "support of mining"), "B12": t("其他采矿业", "other mining"),
    "C13": t("农副食品加工业", "processing of farm products"), "C14": t("食品制造业", "food"),
    "C15": t("酒、饮料和精制茶制造业", "drinks and tea"),
    "C16": t("烟草制品业", "tobacco"), "C17": t("纺织业", "textiles"), "C18": t("纺织服装、服饰业", "clothing"),
    "C19": t("皮革、毛皮、羽毛及其制品和制鞋业", "leather, fur, feathers and shoes"),
    "C20": t("木材加工和木、竹、藤、棕、草制品业", "wood, bamboo and straw"), "C21": t("家具制造业", "furniture"),
    "C22": t("造纸和纸制品业", "paper"), "C23": t("印刷和记录媒介复制业", "printing and recorded media"),
    "C24": t("文教、工美、体育和娱乐用品制造业", "goods for culture, sports and play"),
    "C25": t("石油、煤炭及其他燃料加工业", "refining of oil, coal and other fuels"),
    "C26": t("化学原料和化学制品制造业", "chemicals"), "C27": t("医药制造业", "medicines"), "C28": t("化学纤维制造业", "man-made fibres"),
    "C29": t("橡胶和塑料制品业", "rubber and plastics"), "C30": t("非金属矿物制品业", "products of minerals"),
    "C31": t("黑色金属冶炼和压延加工业", "iron and steel"), "C32": t("有色金属冶炼和压延加工业", "non-ferrous metals"),
    "C33": t("金属制品业", "metal products"), "C34": t("通用设备制造业", "general machinery"),
    "C35": t("专用设备制造业", "special machinery"),
    "C36": t("汽车制造业", "motor vehicles"), "C37": t("铁路、船舶、航空航天和其他运输设备制造业", "railway, ship, air and space craft"),
    "C38": t("电气机械和器材制造业", "electrical machinery"),
    "C39": t("计算机、通信和其他电子设备制造业", "computers, telecoms and electronics"),
    "C40": t("仪器仪表制造业", "instruments"), "C41": t("其他制造业", "other manufacture"), "C42": t("废弃资源综合利用业", "recycling"),
    "C43": t("金属制品、机械和设备修理业", "repair of metal products and machinery"),
    "D44": t("电力、热力生产和供应业", "power and heat"), "D45": t("燃气生产和供应业", "gas"), "D46": t("水的生产和供应业", "water"),
    "E47": t("房屋建筑业", "buildings"), "E48": t("土木工程建筑业", "civil engineering"), "E49": t("建筑安装业", "installation"),
    "E50": t("建筑装饰、装修和其他建筑业", "decoration and other construction"),
    "F51": t("批发业", "wholesale"), "F52": t("零售业", "retail"),
    "G53": t("铁路运输业", "rail"), "G54": t("道路运输业", "road"), "G55": t("水上运输业", "water transport"),
    "G56": t("航空运输业", "air"),
    "G57": t("管道运输业", "pipelines"), "G58": t("多式联运和运输代理业", "multimodal transport and agents"),
    "G59": t("装卸搬运和仓储业", "handling and storage"), "G60": t("邮政业", "post"),
    "H61": t("住宿业", "lodging"), "H62": t("餐饮业", "catering"),
    "I63": t("电信、广播电视和卫星传输服务", "telecoms, broadcasting and satellites"), "I64": t("互联网和相关服务", "internet services"),
    "I65": t("软件和信息技术服务业", "software and IT services"),
    "J66": t("货币金融服务", "money and banking"), "J67": t("资本市场服务", "capital markets"), "J68": t("保险业", "insurance"),
    "J69": t("其他金融业", "other finance"), "K70": t("房地产业", "real estate"),
    "L71": t("租赁业", "leasing"), "L72": t("商务服务业", "business services"),
    "M73": t("研究和试验发展", "research and development"), "M74": t("专业技术服务业", "technical services"),
    "M75": t("科技推广和应用服务业", "spread and use of technology"),
    "N76": t("水利管理业", "water management"), "N77": t("生态保护和环境治理业", "ecology and environment"),
    "N78": t("公共设施管理业", "public facilities"), "N79": t("土地管理业", "land management"),
    "O80": t("居民服务业", "services to households"), "O81": t("机动车、电子产品和日用产品修理业", "repair of vehicles and goods"),
    "O82": t("其他服务业", "other services"), "P83": t("教育", "education"), "Q84": t("卫生", "health"),
    "Q85": t("社会工作", "social work"),
    "R86": t("新闻和出版业", "news and publishing"), "R87": t("广播、电视、电影和录音制作业", "broadcasting, film and sound"),
    "R88": t("文化艺术业", "culture and arts"), "R89": t("体育", "sports"), "R90": t("娱乐业", "entertainment"),
    "S91": t("中国共产党机关", "bodies of the Communist Party of China"), "S92": t("国家机构", "bodies of the state"),
    "S93": t("人民政协、民主党派", "political consultative bodies and parties"), "S94": t("社会保障", "social security"),
    "S95": t("群众团体、社会团体和其他成员组织", "associations and member organisations"),
    "S96": t("基层群众自治组织及其他组织", "grass-roots self-government and others"), "T97": t("国际组织", "international organisations"),
}

INDUSTRIES: dict[str, Text] = SECTIONS | DIVISIONS

# Names of the 2011 edition, which are still written
_FORMER = {"石油加工炼焦和核燃料加工业": "C25", "煤炭开发和洗选业": "B06", "农、林、牧、渔服务业": "A05", "仓储业": "G59",
           "装卸搬运和运输代理业": "G58", "开采辅助活动": "B11", "建筑装饰和其他建筑业": "E50"}


def _plain(name: str) -> str:
    return re.sub(r"[、，,和及与\s]", "", name).removesuffix("业")


_BY_SECTION = {_plain(name.zh): code for code, name in SECTIONS.items()}
_BY_DIVISION = {_plain(name.zh): code for code, name in DIVISIONS.items()} | {_plain(name): code for name, code in _FORMER.items()}


def industry_of(written: str) -> tuple[str, bool]:
    """The code that a text such as ``制造业——医药制造业`` means, and whether it was understood wholly; ``""`` for none.

    A division may be written incompletely if only one of its section begins so. Of several sections written together the first
    is taken; of a division that is not known, its section.
    """
    head, _dash, tail = (_plain(each) for each in written.partition("——"))
    section = _BY_SECTION.get(head) or next((code for name, code in _BY_SECTION.items() if head.startswith(name)), "")
    if not tail:
        return section, head in _BY_SECTION
    if tail in _BY_DIVISION:
        return _BY_DIVISION[tail], _BY_DIVISION[tail][0] == section
    begun = {code for name, code in _BY_DIVISION.items() if code[0] == section and name.startswith(tail)}
    return (begun.pop(), True) if len(begun) == 1 else (section, False)
