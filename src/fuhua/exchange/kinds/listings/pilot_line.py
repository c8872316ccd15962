"""Pilot line (中试线): batches between the bench and the factory, booked by the batch.

Source: measures 4 and 8 of the plan. What decides is the size of a batch, the clean class, the permits the line holds, and
whether a small batch is taken at all.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from fuhua.exchange.kinds.scales import QUALITY
from fuhua.exchange.kinds.spec import NEEDS, OFFERS, Example, Field, Kind, Reason, symbol
from fuhua.kernel.words import t


def _smallest(need: Mapping[str, Any], offer: Mapping[str, Any]) -> tuple[Reason, ...]:
    """Whether the line takes a batch as small as wanted."""
    wanted, least = need.get("batch"), offer.get("least_batch")
    if not wanted or not least:
        return ()
    holds = Decimal(least) <= Decimal(wanted)
    return (Reason(holds, t("最小批量：{least} kg {sign} {wanted} kg", "smallest batch: {least} kg {sign} {wanted} kg").format(
        least=least, wanted=wanted, sign="≤" if holds else ">"), "least_batch"),)


SPEC = Kind(
    code="pilot_line",
    label=t("中试线", "pilot line"),
    why=t("第 4、8 条：从样品到小批量，验证工艺", "measures 4 and 8: from sample to small batch, the process proved"),
    front="slot",
    price="session",
    also=("contract_service", "equipment"),
    apparatus=True,
    fields=(
        Field("process", t("工艺", "process"), filter=True, named=True, required=True,
              help=t("如 涂布、冻干、注塑、流片", "such as coating, freeze-drying, moulding, tape-out")),
        Field("batch", t("单批产量", "batch size"), "number", unit=symbol("kg"), most=100_000_000, fits="at_least", hard=True, filter=True,
              need=t("所需批量", "batch wanted"), help=t("单批最多", "the most in one batch")),
        Field("least_batch", t("最小批量", "smallest batch"), "number", sides=OFFERS, unit=symbol("kg"), most=100_000_000),
        Field("clean", t("洁净度", "cleanliness"), "number", least=1, unit=t("级", "ISO class"), most=9, fits="at_most", hard=True,
              help=t("ISO 等级，数字越小越洁净，如 7", "the smaller the cleaner, such as 7")),
        Field("quality", t("体系与资质", "quality systems"), "choices", choices=QUALITY, fits="covers", hard=True, filter=True),
        Field("available", t("可用时间", "available"), "day", fits="by",
              need=t("最晚开始", "start at the latest"), help=t("最早可排", "free from")),
        Field("price", t("每批价格", "price a batch"), "money", unit=t("批", "batch"), fits="at_most",
              need=t("可接受每批价格", "price a batch at most")),
        Field("permits", t("安全与环评限制", "safety and environmental limits"), "long", sides=OFFERS, required=True,
              help=t("不能接的物料、溶剂、生物安全等级", "materials, solvents and biosafety levels it cannot take")),
        Field("recipe", t("配方与工艺参数", "recipe and parameters"), "long", sides=NEEDS, sealed=True),
    ),
    judge=_smallest,
    examples=(
        Example({"process": "冻干", "batch": "5", "clean": "7", "quality": "gmp"},
                {"process": "冻干", "batch": "20", "least_batch": "2", "clean": "5", "quality": "gmp、iso9001"}, True,
                ("单批产量：20 kg ≥ 5 kg", "洁净度：5 级 ≤ 7 级", "最小批量：2 kg ≤ 5 kg")),
        Example({"batch": "5"}, {"batch": "3"}, False, ("单批产量：3 kg < 5 kg",)),
        Example({"batch": "1"}, {"batch": "20", "least_batch": "10"}, True, ("最小批量：10 kg > 1 kg",)),
    ),
)
