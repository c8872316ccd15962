"""Supply of components and materials (元器件与材料供应), quoted by a ladder of quantities and orderable together.

Source: measure 10 of the plan (supply chain). Small ventures do not exist for factories: what decides is the least order, tooling
and lead time, so that the same part wanted by several may be ordered in one.
"""

from fuhua.exchange.kinds.scales import QUALITY
from fuhua.exchange.kinds.spec import NEEDS, OFFERS, Clocks, Example, Field, Kind, symbol
from fuhua.kernel.words import t

SPEC = Kind(
    code="supply",
    label=t("元器件与材料供应", "components and materials"),
    why=t("第 10 条：小批量也有人接，可拼单", "measure 10: small lots are taken, and ordered together"),
    front="quote",
    price="ladder",
    also=("contract_service",),
    pool=True,
    clocks=Clocks(quote=7),
    fields=(
        Field("part", t("品名与型号", "part"), filter=True, named=True, required=True,
              help=t("如 M3 钛合金紧固件", "such as M3 titanium fastener")),
        Field("category", t("类别", "category"), "choice", fits="same", hard=True, filter=True, required=True, choices={
            "electronic": t("电子元器件", "electronic components"), "pcb": t("电路板与贴装", "boards and assembly"),
            "chip": t("芯片与封装", "chips and packaging"), "mechanical": t("结构件", "mechanical parts"),
            "optical": t("光学件", "optics"), "material": t("材料", "materials"), "reagent": t("试剂与耗材", "reagents and consumables")}),
        Field("process", t("工艺", "processes"), "choices", fits="covers", hard=True, choices={
            "cnc": t("机加工", "machining"), "moulding": t("注塑", "moulding"), "sheet": t("钣金", "sheet metal"),
            "casting": t("铸造", "casting"), "printing": t("增材制造", "additive"), "smt": t("贴片", "surface mounting"),
            "coating": t("表面处理", "coating")}),
        Field("tolerance", t("公差", "tolerance"), "number", unit=symbol("mm"), most=1_000, fits="at_most", hard=True),
        Field("quantity", t("起订量", "least order"), "number", unit=t("件", "pieces"), most=10_000_000_000,
              fits="at_most", filter=True, required=True, least=1,
              need=t("本次数量", "wanted now")),
        Field("yearly", t("年产能", "capacity a year"), "number", unit=t("件", "pieces"), most=10_000_000_000, fits="at_least", least=1,
              need=t("预计年用量", "expected use a year")),
        Field("lead", t("交期", "lead time"), "number", unit=t("天", "days"), most=3_650,
              fits="at_most", need=t("可接受交期", "lead time at most")),
        Field("sample", t("打样", "sample"), "number", unit=t("天", "days"), most=3_650,
              fits="at_most", need=t("可接受打样时间", "sample at most")),
        Field("unit_price", t("单价", "unit price"), "money", unit=t("件", "piece"), fits="at_most", times=("quantity",),
              need=t("可接受单价", "unit price at most")),
        Field("tooling", t("模具费", "tooling"), "money", fits="at_most", need=t("可接受模具费", "tooling at most")),
        Field("quality", t("认证", "certificates"), "choices", choices=QUALITY, fits="covers", hard=True, filter=True),
        Field("ladder", t("阶梯价", "price ladder"), "long", sides=OFFERS,
              help=t("每行一档，如 100 件 95 元", "a step a line, such as 100 pieces 95 yuan")),
        Field("drawing", t("图纸与物料清单", "drawing and bill of materials"), "long", sides=NEEDS, sealed=True),
    ),
    examples=(
        Example({"part": "M3 紧固件", "category": "mechanical", "quantity": "200", "tolerance": "0.05", "lead": "20"},
                {"part": "紧固件", "category": "结构件", "quantity": "100", "tolerance": "0.02", "lead": "15"}, True,
                ("品名与型号：紧固件", "公差：0.02 mm ≤ 0.05 mm", "起订量：100 件 ≤ 200 件", "交期：15 天 ≤ 20 天")),
        Example({"category": "chip"}, {"category": "pcb"}, False, ("类别：需要 芯片与封装，供方为 电路板与贴装",)),
    ),
)
