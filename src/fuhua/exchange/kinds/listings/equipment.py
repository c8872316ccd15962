"""Instrument and lab time (仪器设备与实验机时), booked by the hour.

Source: measure 8 of the plan (professional platforms); the research on idle kit behind it asks for price by class of user,
qualification, slot and confidentiality.
"""

from fuhua.exchange.kinds.spec import NEEDS, OFFERS, QUARTER, TRACE, Example, Field, Kind, symbol
from fuhua.kernel.words import t

SPEC = Kind(
    code="equipment",
    label=t("仪器与实验机时", "instrument and lab time"),
    why=t("第 8 条：专业平台向在孵企业开放", "measure 8: professional platforms open to ventures"),
    front="slot",
    price="hour",
    also=("contract_service", "pilot_line"),
    apparatus=True,
    trains="training",
    fields=(
        Field("instrument", t("仪器类别", "kind of instrument"), filter=True, named=True, required=True,
              help=t("如 稀释制冷机、扫描电镜", "such as dilution refrigerator, SEM")),
        Field("temperature", t("最低温度", "base temperature"), "number", unit=symbol("mK"), least=TRACE, most=10_000_000,
              fits="at_most", hard=True, filter=True),
        Field("resolution", t("分辨率", "resolution"), "number", unit=symbol("nm"), least=TRACE, most=10_000_000,
              fits="at_most", hard=True),
        Field("sample", t("样品尺寸", "sample size"), "number", unit=symbol("mm"), least=TRACE, most=100_000, fits="at_least", hard=True),
        Field("hours", t("机时", "hours"), "number", unit=t("小时", "h"), most=100_000, fits="at_least", least=QUARTER),
        Field("available", t("可用时间", "available"), "day", fits="by",
              need=t("最晚开始", "start at the latest"), help=t("最早可约", "free from")),
        Field("price", t("每小时价格", "price an hour"), "money", unit=t("小时", "hour"), fits="at_most", times=("hours",),
              need=t("可接受每小时价格", "price an hour at most")),
        Field("operator", t("配操作人员", "with an operator"), "yes", fits="same"),
        Field("training", t("须先培训", "training first"), "yes", sides=OFFERS),
        Field("samples", t("样品说明", "about the samples"), "long", sides=NEEDS, sealed=True),
    ),
    examples=(
        Example({"instrument": "稀释制冷机", "temperature": "10", "available": "2025-05-31"},
                {"instrument": "稀释制冷机", "temperature": "8", "available": "2025-05-06"}, True,
                ("最低温度：8 mK ≤ 10 mK", "可用时间：2025年5月6日 ≤ 2025年5月31日")),
        Example({"instrument": "扫描电镜", "resolution": "2"}, {"instrument": "透射电镜", "resolution": "0.1"}, True,
                ("仪器类别：需要 扫描电镜，供方为 透射电镜", "分辨率：0.1 nm ≤ 2 nm")),
        Example({"temperature": "10"}, {"temperature": "20"}, False, ("最低温度：20 mK > 10 mK",)),
        Example({"temperature": "10"}, {}, True, ("最低温度：供方未说明",)),
    ),
)
