"""Services for intellectual property (知识产权服务): filing, searching, freedom to operate and stations, quoted.

Source: measure 9 of the plan. Intellectual property comes too late: the day before which an application must be filed, since a
roadshow or a paper destroys novelty (专利法 article 22), decides more than the price.
"""

from fuhua.exchange.kinds.spec import NEEDS, OFFERS, Example, Field, Kind
from fuhua.kernel.words import t

SPEC = Kind(
    code="ip_service",
    label=t("知识产权服务", "services for intellectual property"),
    why=t("第 9 条：知识产权前置，公开之前先申请", "measure 9: intellectual property first, filed before anything is shown"),
    front="quote",
    price="quote",
    also=("ip_clinic",),
    fields=(
        Field("service", t("服务", "service"), "choices", fits="covers", hard=True, filter=True, required=True, choices={
            "filing": t("专利申请", "patent filing"), "search": t("检索与查新", "search"), "fto": t("自由实施分析", "freedom to operate"),
            "trademark": t("商标", "trade marks"), "software": t("软件著作权", "software copyright"),
            "valuation": t("价值评估", "valuation"), "dispute": t("维权与诉讼", "disputes"),
            "station": t("驻点工作站", "station on site")}),
        Field("where", t("国家或地区", "jurisdictions"), "choices", fits="covers", hard=True, filter=True, choices={
            "cn": t("中国", "China"), "pct": t("PCT 国际", "PCT"), "us": t("美国", "United States"), "ep": t("欧洲", "Europe"),
            "jp": t("日本", "Japan"), "kr": t("韩国", "Korea")}),
        Field("domain", t("技术领域", "field of technology"), help=t("如 量子计算、抗体药", "such as quantum computing, antibodies")),
        Field("ready", t("最早可提交", "can be filed"), "day", fits="by", hard=True,
              need=t("最晚提交日（路演、论文、展会等公开之前）", "the last day to file, before it is shown anywhere"),
              help=t("最早能提交的日期", "the first day it can be filed")),
        Field("days", t("首次答复", "first answer"), "number", unit=t("个工作日", "working days"), most=1_000, fits="at_most",
              need=t("可接受首次答复时间", "first answer within")),
        Field("price", t("单件价格", "price a case"), "money", unit=t("件", "case"), fits="at_most",
              need=t("可接受单件价格", "price a case at most")),
        Field("licence", t("执业资质", "licensed as"), "choices", sides=OFFERS, required=True, choices={
            "agency": t("专利代理机构", "patent agency"), "agent": t("专利代理师", "patent attorney"),
            "lawyer": t("律师事务所", "law firm"),
            "appraiser": t("资产评估机构", "appraiser"), "public": t("公益服务机构", "public service")}),
        Field("disclosed", t("是否已经公开", "shown already"), "yes", sides=NEEDS, required=True,
              help=t("论文、路演、展会、销售都算公开", "a paper, a roadshow, a fair or a sale all count")),
        Field("invention", t("技术交底", "disclosure of the invention"), "long", sides=NEEDS, sealed=True),
    ),
    examples=(
        Example({"service": "filing", "where": "cn、us", "ready": "2025-06-20"},
                {"service": "filing、fto", "where": "cn、us、ep", "ready": "2025-06-10"}, True,
                ("服务：专利申请", "最早可提交：2025年6月10日 ≤ 2025年6月20日")),
        Example({"ready": "2025-06-20"}, {"ready": "2025-07-01"}, False, ("最早可提交：2025年7月1日 > 2025年6月20日",)),
    ),
)
