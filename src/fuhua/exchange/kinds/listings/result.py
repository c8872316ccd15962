"""Research result and technology wanted (科研成果与技术需求): what was shown, what was not, and how it may be had.

Source: measures 5 and 7 of the plan. Catalogues of results go unanswered because they say only what works: an offer must also say
what is not proven yet, and who answers for it.
"""

from fuhua.exchange.kinds.scales import LICENCES, READINESS
from fuhua.exchange.kinds.spec import NEEDS, OFFERS, Example, Field, Kind
from fuhua.kernel.words import t

SPEC = Kind(
    code="result",
    label=t("科研成果与技术需求", "research result and technology wanted"),
    why=t("第 5、7 条：成果说清已证明与未证明，有人应答",
          "measures 5 and 7: results say what is proven and what is not, and somebody answers"),
    front="brokered",
    price="licence",
    also=("challenge", "contract_service"),
    fields=(
        Field("readiness", t("技术成熟度", "readiness"), "choice", choices=READINESS, fits="at_least", filter=True,
              need=t("至少达到的技术成熟度", "readiness at least"), help=t("确实已达到", "reached for certain")),
        Field("readiness_most", t("成熟度上限", "readiness at most"), "choice", sides=OFFERS, choices=READINESS,
              help=t("只知道区间时填写", "where only a range is known")),
        Field("licences", t("合作方式", "ways to have it"), "choices", choices=LICENCES, fits="covers", filter=True),
        Field("range", t("许可范围", "range of the licence"), "long", sides=OFFERS,
              help=t("领域、地域、期限、是否可再许可", "field, territory, term, sublicensing")),
        Field("price", t("最低价", "price from"), "money", fits="at_most", times=(), need=t("可接受价格", "price at most"),
              help=t("面议则不填", "leave empty when it is to be agreed")),
        Field("price_most", t("最高价", "price to"), "money", sides=OFFERS),
        Field("rights", t("权利类型", "right"), "choice", sides=OFFERS, filter=True, choices={
            "invention": t("发明专利", "invention patent"), "utility": t("实用新型专利", "utility model"),
            "design": t("外观设计专利", "design"),
            "software": t("软件著作权", "software copyright"), "know_how": t("非专利技术", "know-how")}),
        Field("domain", t("技术领域", "field of technology"), help=t("如 复合材料、轨道交通", "such as composites, rail")),
        Field("uses", t("应用领域", "uses"), "long", sides=OFFERS),
        Field("proven", t("已证明", "proven"), "long", sides=OFFERS, required=True,
              help=t("在什么条件下测到什么结果", "what was measured, and under which conditions")),
        Field("unproven", t("尚未证明", "not proven yet"), "long", sides=OFFERS, required=True,
              help=t("规模、寿命、成本、法规等还没验证的", "scale, life, cost, regulation: whatever is still open")),
        Field("secret", t("技术秘密", "secret know-how"), "long", sides=OFFERS, sealed=True),
        Field("setting", t("内部工况与数据", "own conditions and data"), "long", sides=NEEDS, sealed=True),
    ),
    examples=(
        Example({"readiness": "4", "licences": "licence", "price": "50 万元"},
                {"readiness": "6", "licences": "普通许可、转让", "price": "30 万元", "proven": "样机", "unproven": "寿命"}, True,
                ("技术成熟度：6 级 样机演示 ≥ 4 级 实验室验证", "合作方式：普通许可", "最低价：30 万元 ≤ 50 万元")),
        Example({"readiness": "7"}, {"readiness": "3"}, True, ("技术成熟度：3 级 关键功能验证 < 7 级 实际环境试用",)),
    ),
)
