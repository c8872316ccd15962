"""Codes of policy: verdicts, states of a clause, what a figure rests on, and units."""

from __future__ import annotations

from fuhua.kernel.words import Text, t

ELIGIBLE, NOT_ELIGIBLE, UNDETERMINED = "eligible", "not_eligible", "undetermined"

VERDICTS: dict[str, Text] = {
    ELIGIBLE: t("符合", "eligible"),
    NOT_ELIGIBLE: t("不符合", "not eligible"),
    UNDETERMINED: t("暂不能判断", "cannot tell yet"),
}

STATES: dict[str, Text] = {
    "met": t("满足", "met"),
    "unmet": t("不满足", "not met"),
    "unknown": t("缺少信息", "unknown"),
}

EVIDENCE: dict[str, Text] = {
    "text": t("见于公开文本", "read in a public text"),
    "memory": t("凭记忆转述，请核对原文", "from memory, check the original"),
    "derived": t("由文本推算", "derived from the text"),
    "conflict": t("来源互相矛盾", "sources disagree"),
    "gap": t("公开文本未载，由管理人员设定", "not in the public text; set by an officer"),
}

FIRM = ("text", "derived")  # evidence that needs no warning beside it

UNITS: dict[str, Text] = {
    "people": t("人", "people"),
    "CNY": t("元", "yuan"),
    "USD": t("美元", "US dollars"),
    "percent": t("百分比", "%"),
    "points": t("分", "points"),
    "yes_no": t("是或否", "yes or no"),
    "code": t("代码", "code"),
    "date": t("日期", "date"),
    "listing": t("名单记录", "listing"),
    "m2": t("平方米", "m²"),
    "months": t("个月", "months"),
    "years": t("年", "years"),
    "days": t("天", "days"),
    "items": t("项", "items"),
    "firms": t("家", "firms"),
    "ratio": t("倍", "times"),
}

SUBJECTS: dict[str, Text] = {
    "venture": t("企业", "venture"),
    "incubator": t("孵化器", "incubator"),
    "fund": t("投资机构", "fund"),
    "person": t("个人", "person"),
    "park": t("园区", "park"),
}

TOPICS: dict[str, Text] = {
    "enterprise": t("企业资质", "titles of enterprises"),
    "growth": t("成长与梯度", "growth and the SME ladder"),
    "incubator": t("孵化载体", "incubators"),
    "tax": t("税收", "tax"),
    "talent": t("人才", "talent"),
    "market": t("资本市场", "capital market"),
    "finance": t("金融与补贴", "loans and subsidies"),
    "field": t("产业目录", "catalogues of industries"),
}
