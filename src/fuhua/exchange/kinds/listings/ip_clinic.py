"""Clinics for intellectual property (知识产权门诊), booked by the session.

Source: measure 9 of the plan. An hour with a patent attorney before the roadshow, the paper or the fair decides whether an invention
can still be protected, so it must be had on a day that is known, not asked for.
"""

from fuhua.exchange.kinds.spec import NEEDS, OFFERS, Example, Field, Kind
from fuhua.kernel.words import t

SPEC = Kind(
    code="ip_clinic",
    label=t("知识产权门诊", "IP clinic"),
    why=t("第 9 条：公开之前先看知识产权门诊", "measure 9: the IP clinic before anything is shown"),
    front="slot",
    price="session",
    also=("ip_service",),
    fields=(
        Field("topics", t("主题", "topics"), "choices", fits="covers", hard=True, filter=True, required=True, choices={
            "disclosure": t("公开前检查", "check before disclosure"), "filing": t("申请与布局", "filing and strategy"),
            "fto": t("侵权风险", "freedom to operate"), "licence": t("许可与转让", "licence and transfer"),
            "overseas": t("海外布局", "protection abroad")}),
        Field("domain", t("技术领域", "field of technology"), filter=True,
              help=t("如 量子计算、抗体药", "such as quantum computing, antibodies")),
        Field("mode", t("方式", "mode"), "choices", fits="covers", hard=True, choices={
            "met": t("面谈", "in person"), "call": t("线上", "online")}),
        Field("available", t("可约时间", "available"), "day", fits="by",
              need=t("公开之前最晚", "the last day before it is shown"), help=t("最早可约", "free from")),
        Field("price", t("每次价格", "price a session"), "money", unit=t("次", "session"), fits="at_most",
              need=t("可接受每次价格", "price a session at most"), help=t("公益填 0", "0 when it is free")),
        Field("attorney", t("坐诊人与执业资质", "who sits there, licensed as"), "long", sides=OFFERS, required=True),
        Field("invention", t("技术交底", "disclosure of the invention"), "long", sides=NEEDS, sealed=True),
    ),
    examples=(
        Example({"topics": "disclosure", "mode": "met", "available": "2025-06-20", "price": "0"},
                {"topics": "disclosure、filing", "mode": "met、call", "available": "2025-06-10", "price": "0"}, True,
                ("主题：公开前检查", "方式：面谈", "可约时间：2025年6月10日 ≤ 2025年6月20日", "每次价格：0 元 ≤ 0 元")),
        Example({"topics": "overseas"}, {"topics": "filing"}, False, ("主题：需要 海外布局，供方为 申请与布局",)),
    ),
)
