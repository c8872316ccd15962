"""Hours of experts and mentors (导师时间), booked by the session.

Source: measure 15 of the plan (gold mentors). Titles are honorary until hours can be booked: topics, languages and free days
decide, and whoever invests or competes says so beforehand.
"""

from fuhua.exchange.kinds.spec import NEEDS, OFFERS, QUARTER, Example, Field, Kind
from fuhua.kernel.words import t

SPEC = Kind(
    code="mentor_hours",
    label=t("专家与导师时间", "hours of experts and mentors"),
    why=t("第 14、15 条：导师可约、可评、有记录", "measures 14 and 15: mentors that can be booked, with a record"),
    front="slot",
    price="session",
    fields=(
        Field("topics", t("主题", "topics"), "choices", fits="covers", hard=True, filter=True, required=True, choices={
            "product": t("产品", "product"), "technology": t("技术路线", "technology"), "ip": t("知识产权", "intellectual property"),
            "regulation": t("注册与合规", "regulation"), "finance": t("融资与财务", "finance"),
            "market": t("市场与销售", "market and sales"),
            "team": t("团队与股权", "team and equity"), "overseas": t("出海", "going abroad"), "manufacture": t("量产", "manufacture")}),
        Field("domain", t("行业", "industry"), filter=True, help=t("如 医疗器械、半导体", "such as devices, semiconductors")),
        Field("languages", t("语言", "languages"), "choices", fits="covers", hard=True, choices={
            "zh": t("中文", "Chinese"), "en": t("英文", "English"), "ja": t("日文", "Japanese"), "de": t("德文", "German"),
            "fr": t("法文", "French")}),
        Field("mode", t("方式", "mode"), "choices", fits="covers", hard=True, choices={
            "met": t("面谈", "in person"), "call": t("线上", "online")}),
        Field("hours", t("时长", "hours"), "number", unit=t("小时", "h"), most=10_000, fits="at_least", least=QUARTER),
        Field("available", t("可约时间", "available"), "day", fits="by",
              need=t("最晚时间", "at the latest"), help=t("最早可约", "free from")),
        Field("price", t("每次价格", "price a session"), "money", unit=t("次", "session"), fits="at_most",
              need=t("可接受每次价格", "price a session at most"), help=t("公益填 0", "0 when it is free")),
        Field("background", t("经历", "background"), "long", sides=OFFERS, required=True),
        Field("conflicts", t("利益冲突声明", "conflicts of interest"), "long", sides=OFFERS, required=True,
              help=t("投资、任职、竞争关系；没有请写“无”", "what one invests in, works for or competes with; write “none” if so")),
        Field("briefing", t("背景材料", "briefing"), "long", sides=NEEDS, sealed=True),
    ),
    examples=(
        Example({"topics": "regulation", "languages": "en", "hours": "2", "price": "0"},
                {"topics": "regulation、market", "languages": "zh、en", "hours": "4", "price": "0"}, True,
                ("主题：注册与合规", "语言：英文", "时长：4 小时 ≥ 2 小时", "每次价格：0 元 ≤ 0 元")),
        Example({"topics": "ip"}, {"topics": "finance"}, False, ("主题：需要 知识产权，供方为 融资与财务",)),
    ),
)
