"""Finance on offer (资金供给): loans, guarantees, leases, factoring and bridges; nothing that is a security is matched.

Source: measures 16 to 18 of the plan. Banks lack data and founders sign for everything: what decides is the amount, the rate, which
collateral is asked for, and whether a person must stand for it.
"""

from collections.abc import Mapping
from typing import Any

from fuhua.exchange.kinds.scales import STAGES
from fuhua.exchange.kinds.spec import NEEDS, OFFERS, Example, Field, Kind, Reason, symbol
from fuhua.kernel.words import Text, listed, t

_PLEDGES: dict[str, Text] = {
    "none": t("信用，无抵押", "none"), "ip": t("知识产权质押", "intellectual property"), "orders": t("订单", "orders"),
    "receivables": t("应收账款", "receivables"), "equipment": t("设备", "equipment"), "property": t("不动产", "property"),
    "guarantee": t("担保公司", "a guarantee company"),
}


def _asked(need: Mapping[str, Any], offer: Mapping[str, Any]) -> tuple[Reason, ...]:
    """Whether the venture can give what is asked for, and whether a person must stand for it."""
    found = []
    if need.get("pledges") and offer.get("pledges"):
        both = [each for each in offer["pledges"] if each in need["pledges"]]
        shown = listed(_PLEDGES[each] for each in both or offer["pledges"])
        found.append(Reason(bool(both), t("增信方式：可用 {what}", "collateral: {what} will do").format(what=shown) if both else
                            t("增信方式：要求 {what}", "collateral: {what} is asked for").format(what=shown), "pledges"))
    if need.get("personal") is False and "personal" in offer:
        found.append(Reason(not offer["personal"], t("个人担保：要求", "a person must stand for it") if offer["personal"] else
                            t("个人担保：不要求", "nobody has to stand for it"), "personal"))
    return tuple(found)


SPEC = Kind(
    code="finance",
    label=t("资金供给", "finance"),
    why=t("第 16 至 18 条：信贷、担保、租赁等；不撮合证券", "measures 16 to 18: loans, guarantees, leases; no securities are matched"),
    front="brokered",
    price="terms",
    spends=t("可承担的融资成本（利息、费率等合计），不是需要的金额",
             "what the finance may cost, interest and fees together; not the amount needed"),
    fields=(
        Field("product", t("产品", "product"), "choice", fits="same", hard=True, filter=True, required=True, choices={
            "loan": t("贷款", "loan"), "guarantee": t("担保", "guarantee"), "lease": t("融资租赁", "lease"),
            "factoring": t("保理", "factoring"), "insurance": t("科技保险", "insurance"),
            "bridge": t("补助资金过桥", "bridge for grants")}),
        Field("amount", t("金额", "amount"), "money", fits="at_least", hard=True, filter=True, required=True,
              need=t("需要金额", "amount needed"), help=t("单户最高", "the most for one firm")),
        Field("rate", t("年化费率", "yearly cost"), "number", unit=symbol("%"), most=100, fits="at_most", filter=True,
              need=t("可接受年化费率", "yearly cost at most")),
        Field("months", t("期限", "term"), "number", unit=t("个月", "months"), most=600,
              fits="at_least", least=1, need=t("所需期限", "term needed")),
        Field("stage", t("企业阶段", "stage"), "choices", choices=STAGES, fits="covers", hard=True, filter=True),
        Field("days", t("放款时间", "time to pay out"), "number", unit=t("个工作日", "working days"), most=1_000, fits="at_most",
              need=t("可接受放款时间", "time to pay out at most")),
        Field("pledges", t("增信方式", "collateral"), "choices", choices=_PLEDGES,
              need=t("可提供的增信方式", "collateral that can be given"), help=t("接受其中任一", "any of these will do")),
        Field("personal", t("创始人个人担保或回购", "founder's guarantee or buy-back"), "yes", required=True,
              need=t("是否愿意由创始人个人担保或回购", "whether the founder would guarantee or buy back"),
              help=t("是否要求", "whether it is asked for")),
        Field("licence", t("金融牌照", "licensed as"), sides=OFFERS, required=True),
        Field("purpose", t("资金用途", "what for"), sides=NEEDS, required=True),
        Field("accounts", t("财务与订单资料", "accounts and orders"), "long", sides=NEEDS, sealed=True),
    ),
    judge=_asked,
    examples=(
        Example({"product": "loan", "amount": "300 万元", "rate": "4.5", "pledges": "ip、orders", "personal": "否"},
                {"product": "贷款", "amount": "500 万元", "rate": "3.8", "pledges": "ip", "personal": "否"}, True,
                ("金额：500 万元 ≥ 300 万元", "年化费率：3.8 % ≤ 4.5 %", "增信方式：可用 知识产权质押", "个人担保：不要求")),
        Example({"amount": "300 万元", "personal": "否"}, {"amount": "100 万元", "personal": "是"}, False,
                ("金额：100 万元 < 300 万元", "个人担保：要求")),
    ),
)
