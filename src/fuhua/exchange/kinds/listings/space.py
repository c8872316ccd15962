"""Space and sites (空间场地): offices, laboratories, clean rooms and halls for a stay or for production, found by a broker.

Source: measures 8, 22 and 23 of the plan. What breaks a move is never the rent but load, power, height and the class of the
environmental assessment (环评), so these are hard.
"""

from fuhua.exchange.kinds.spec import NEEDS, OFFERS, Example, Field, Kind, symbol
from fuhua.kernel.words import t

SPEC = Kind(
    code="space",
    label=t("空间与场地", "space and sites"),
    why=t("第 22、23 条：落得下、装得下、批得下", "measures 22 and 23: a place that holds it and may hold it"),
    front="brokered",
    price="month",
    fields=(
        Field("use", t("用途", "use"), "choice", fits="same", hard=True, filter=True, required=True, choices={
            "office": t("办公", "office"), "dry_lab": t("干实验室", "dry laboratory"), "wet_lab": t("湿实验室", "wet laboratory"),
            "clean_room": t("洁净室", "clean room"), "pilot_hall": t("中试车间", "pilot hall"), "factory": t("生产厂房", "factory"),
            "store": t("仓储", "store")}),
        Field("area", t("面积", "area"), "number", unit=symbol("m²"), most=10_000_000,
              fits="at_least", hard=True, filter=True, required=True, least=1),
        Field("load", t("楼面荷载", "floor load"), "number", unit=symbol("kN/m²"), most=1_000, fits="at_least", hard=True, filter=True),
        Field("height", t("净高", "clear height"), "number", unit=symbol("m"), most=200, fits="at_least", hard=True),
        Field("power", t("用电容量", "power"), "number", unit=symbol("kW"), most=1_000_000, fits="at_least", hard=True),
        Field("assessment", t("环评类别", "environmental assessment"), "choices", fits="covers", hard=True, filter=True, choices={
            "report": t("报告书", "full report"), "table": t("报告表", "short report"), "registration": t("登记表", "registration"),
            "exempt": t("豁免", "exempt")}),
        Field("hazards", t("可承载的危险", "hazards allowed"), "choices", fits="covers", hard=True, choices={
            "chemicals": t("危险化学品", "hazardous chemicals"), "bsl2": t("生物安全二级", "biosafety level 2"),
            "radiation": t("辐射", "radiation"), "explosive": t("防爆", "explosion protection")}),
        Field("registers", t("可注册公司", "a firm can be registered there"), "yes", fits="same"),
        Field("free", t("可入驻", "free"), "day", fits="by",
              need=t("最晚入驻", "in by"), help=t("最早可入驻", "free from")),
        Field("price", t("每平方米月租", "monthly rent a m²"), "money", unit=t("平方米·月", "m² and month"), fits="at_most", filter=True,
              need=t("可接受每平方米月租", "monthly rent a m² at most")),
        Field("months", t("最短租期", "least term"), "number", unit=t("个月", "months"), most=1_200, fits="at_most",
              need=t("计划租期", "intended term")),
        Field("address", t("位置", "place"), sides=OFFERS, required=True),
        Field("equipment", t("设备与工艺清单", "equipment and processes"), "long", sides=NEEDS, sealed=True),
    ),
    examples=(
        Example({"use": "wet_lab", "area": "300", "load": "5", "assessment": "table", "price": "150"},
                {"use": "湿实验室", "area": "500", "load": "7.5", "assessment": "报告表、登记表", "price": "120"}, True,
                ("面积：500 m² ≥ 300 m²", "楼面荷载：7.5 kN/m² ≥ 5 kN/m²", "每平方米月租：120 元 ≤ 150 元")),
        Example({"assessment": "report"}, {"assessment": "table"}, False, ("环评类别：需要 报告书，供方为 报告表",)),
    ),
)
