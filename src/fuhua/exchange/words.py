"""Codes of exchange: what a platform is, how its assets are proved, and how a user is tied to its owner."""

from __future__ import annotations

from fuhua.kernel.words import Text, t

NOVELTY: dict[str, Text] = {
    "new": t("新建", "new"),
    "extended": t("扩建", "extended"),
}

ASSET_PROOFS: dict[str, Text] = {
    "invoice": t("购置发票", "invoice"),
    "acceptance": t("验收报告", "acceptance report"),
    "title": t("产权证明", "title"),
    "lease": t("租赁合同", "lease"),
    "none": t("无证明", "no proof"),
}

AFFILIATIONS: dict[str, Text] = {
    "none": t("无关联", "unaffiliated"),
    "owner": t("与所有者关联", "tied to the owner"),
    "self": t("自用", "own use"),
}
