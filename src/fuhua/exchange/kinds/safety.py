"""Safety, health and environment (安全、健康与环保，EHS): what a host asks of users, and what their samples and work may bring along.

Source: measure 8 of the plan (professional platforms). Lists and texts are product defaults: the host's own rules count.
"""

from __future__ import annotations

import hashlib

from fuhua.kernel.words import Text, t

HAZARDS: dict[str, Text] = {  # what is declared with a booking, by code
    "flammable": t("易燃易爆", "flammable or explosive"),
    "toxic": t("有毒有害", "toxic"),
    "corrosive": t("腐蚀性", "corrosive"),
    "biological": t("生物材料或病原微生物", "biological material or pathogens"),
    "radioactive": t("放射性", "radioactive"),
    "pressure": t("高压气体或压力容器", "gas under pressure"),
    "cryogenic": t("低温液体", "cryogenic liquids"),
    "laser": t("激光或强磁场", "lasers or strong magnets"),
    "nano": t("粉尘或纳米材料", "dust or nanomaterials"),
    "waste": t("产生危险废物", "leaves hazardous waste"),
}
FINE = t("无异常", "in order")  # of what is handed over without a word


def digest_of(rules: str) -> str:
    """The SHA-256 by which it is told which words somebody agreed to; blank where there are none."""
    return hashlib.sha256(rules.encode()).hexdigest() if rules else ""
