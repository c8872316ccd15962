"""Application scenario (应用场景): a place to try something new, with a baseline, limits, and what follows if it succeeds.

Source: measures 3 and 11 of the plan. Lists of needs without an owner lead nowhere: the baseline says what is measured, the route of
procurement how a success can be bought at all, and the limits of site, data and safety what a pilot must keep.
"""

from fuhua.exchange.kinds.scales import DEPLOYMENTS, READINESS
from fuhua.exchange.kinds.spec import NEEDS, OFFERS, Example, Field, Kind
from fuhua.kernel.words import t

SPEC = Kind(
    code="scenario",
    label=t("应用场景", "application scenario"),
    why=t("第 3、11 条：开放场景，以实测结果换首单", "measures 3 and 11: open scenarios, and measured results earn the first order"),
    front="brokered",
    price="terms",
    also=("result",),
    fields=(
        Field("area", t("场景领域", "area"), "choice", fits="same", hard=True, filter=True, required=True, choices={
            "factory": t("工业制造", "manufacture"), "health": t("医疗健康", "health"), "transport": t("交通物流", "transport"),
            "city": t("城市治理", "city"), "energy": t("能源与环保", "energy and environment"), "farm": t("农业与食品", "farming and food"),
            "education": t("教育文化", "education and culture"), "finance": t("金融与商贸", "finance and trade")}),
        Field("route", t("采购路径", "route of procurement"), "choice", sides=NEEDS, filter=True, required=True,
              help=t("公共部门必须写明成功后怎样采购", "a public body must say how a success would be bought"), choices={
                  "own": t("企业自主采购", "a firm's own purchase"), "open": t("公开招标", "open tender"),
                  "negotiated": t("竞争性磋商", "competitive negotiation"), "single": t("单一来源", "single source"),
                  "first": t("首台（套）首批次政策", "policy for first sets"), "partnership": t("创新采购合作", "innovation partnership")}),
        Field("baseline", t("现状基线", "baseline"), "long", sides=NEEDS, required=True,
              help=t("现在的指标和数值，如 漏检率 3%", "today's measure and value, such as 3 % missed")),
        Field("site", t("场地条件与限制", "site and its limits"), "long", sides=NEEDS, required=True),
        Field("data", t("数据条件与限制", "data and their limits"), "long", sides=NEEDS, required=True),
        Field("safety", t("安全要求与审批", "safety and approvals"), "long", sides=NEEDS, required=True),
        Field("then", t("成功之后", "if it succeeds"), "long", sides=NEEDS, required=True,
              help=t("达到标准后买多少、多久签约", "what is ordered, and by when, once the test is met")),
        Field("deployment", t("部署方式", "deployment"), "choices", choices=DEPLOYMENTS, fits="covers", hard=True, filter=True),
        Field("readiness", t("技术成熟度", "readiness"), "choice", choices=READINESS, fits="at_least", hard=True, filter=True),
        Field("weeks", t("试点周期", "length of the pilot"), "number", unit=t("周", "weeks"), most=520, fits="at_most", least=1),
        Field("begin", t("可开始", "can begin"), "day", fits="by", need=t("最晚开始", "start at the latest")),
        Field("cases", t("已有案例", "cases so far"), "long", sides=OFFERS, required=True),
        Field("asks", t("对场景方的要求", "asked of the site"), "long", sides=OFFERS),
        Field("layout", t("现场与工艺资料", "site and process papers"), "long", sides=NEEDS, sealed=True),
    ),
    examples=(
        Example({"area": "factory", "deployment": "on_site", "readiness": "6", "weeks": "12"},
                {"area": "工业制造", "deployment": "on_site、cloud", "readiness": "7", "weeks": "8"}, True,
                ("部署方式：本地部署，数据不出场", "技术成熟度：7 级 实际环境试用 ≥ 6 级 样机演示", "试点周期：8 周 ≤ 12 周")),
        Example({"deployment": "on_site"}, {"deployment": "cloud"}, False, ("部署方式：需要 本地部署，数据不出场，供方为 云端",)),
    ),
)
