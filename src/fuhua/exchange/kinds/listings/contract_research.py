"""Contract research, development, manufacture and sales (CRO、CDMO、CMO、CSO), quoted line by line.

Source: measure 9 of the plan (hard services). Founders cannot compare providers: what decides is the qualification in force, the
stage it has worked at, and how long it takes; the protocol is confidential until an agreement to keep it.
"""

from fuhua.exchange.kinds.scales import QUALITY
from fuhua.exchange.kinds.spec import NEEDS, OFFERS, Example, Field, Kind
from fuhua.kernel.words import t

SPEC = Kind(
    code="contract_service",
    label=t("研发与生产外包（CRO/CDMO/CMO/CSO）", "contract research and manufacture (CRO, CDMO, CMO, CSO)"),
    why=t("第 9 条：硬服务可比价、可验收", "measure 9: services that can be compared and accepted"),
    front="quote",
    price="quote",
    also=("equipment", "pilot_line", "result"),
    fields=(
        Field("model", t("服务类型", "service"), "choice", fits="same", hard=True, filter=True, required=True, choices={
            "cro": t("CRO 研究外包", "CRO research"), "cdmo": t("CDMO 开发与生产", "CDMO development and manufacture"),
            "cmo": t("CMO 生产外包", "CMO manufacture"), "cso": t("CSO 推广外包", "CSO sales"),
            "testing": t("检验检测", "testing and inspection")}),
        Field("modality", t("产品类型", "product"), "choices", fits="covers", hard=True, filter=True, required=True, choices={
            "small_molecule": t("小分子药", "small molecule"), "biologic": t("生物药", "biologic"),
            "cell_gene": t("细胞与基因治疗", "cell and gene therapy"), "device": t("医疗器械", "medical device"),
            "diagnostic": t("体外诊断", "diagnostics"), "material": t("材料", "materials"), "electronics": t("电子与芯片", "electronics"),
            "software": t("软件与算法", "software")}),
        Field("stage", t("阶段", "stage"), "choices", fits="covers", choices={
            "discovery": t("早期研究", "discovery"), "preclinical": t("临床前或样机", "preclinical or prototype"),
            "clinical": t("临床或试点", "clinical or pilot"), "commercial": t("上市或量产", "commercial")}),
        Field("quality", t("资质", "qualifications"), "choices", choices=QUALITY, fits="covers", hard=True, filter=True),
        Field("weeks", t("周期", "duration"), "number", unit=t("周", "weeks"), most=520,
              fits="at_most", need=t("可接受周期", "duration at most")),
        Field("available", t("可开始", "can begin"), "day", fits="by", need=t("最晚开始", "start at the latest")),
        Field("scope", t("工作内容", "scope of work"), "long", required=True,
              help=t("需方：要做什么；供方：能做什么", "need: what is to be done; offer: what can be done")),
        Field("deliverables", t("交付物与验收标准", "deliverables and their tests"), "long", sides=NEEDS),
        Field("done", t("同类项目", "similar work done"), "long", sides=OFFERS),
        Field("protocol", t("试验方案与样品信息", "protocol and samples"), "long", sides=NEEDS, sealed=True),
    ),
    examples=(
        Example({"model": "cro", "modality": "biologic", "quality": "glp", "weeks": "12"},
                {"model": "CRO 研究外包", "modality": "生物药、小分子药", "quality": "glp、cnas", "weeks": "10"}, True,
                ("服务类型：CRO 研究外包", "资质：GLP 非临床研究规范", "周期：10 周 ≤ 12 周")),
        Example({"quality": "gmp"}, {"quality": "cnas"}, False, ("资质：需要 GMP 生产规范，供方为 CNAS 实验室认可",)),
    ),
)
