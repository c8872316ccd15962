"""Bodies that are printed with two name-plates joined by 、 although they are one, without their 省/市/区 prefix."""

from __future__ import annotations

# One body, two plates: merged or co-located offices (合署办公, 一个机构两块牌子) whose names are printed together.
NAMEPLATES: frozenset[tuple[str, str]] = frozenset(
    {
        ("科委", "中关村管委会"),
        ("科学技术委员会", "中关村科技园区管理委员会"),
        ("园林绿化局", "首都绿化办"),
        ("委教育工委", "教委"),
        ("委教育工委", "教育局"),
        ("委教育工委", "教育厅"),
        ("委农工委", "农业农村局"),
        ("委农工办", "农业农村局"),
        ("委农办", "农业农村局"),
        ("委农办", "农业农村厅"),
        ("委农办", "农业农村委"),
        ("委社会工委", "民政局"),
        ("委金融办", "地方金融管理局"),
        ("委金融办", "地方金融监管局"),
        ("金融监管局", "金融工作局"),
        ("委网信办", "互联网信息办"),
        ("委网信办", "互联网信息办公室"),
        ("委外办", "政府外办"),
        ("委台办", "政府台办"),
        ("委台办", "台办"),
        ("委军民融合办", "国防科工办"),
        ("纪委", "监委"),
        ("纪委监委", "监察委"),
    }
)


def is_one_body(first: str, second: str) -> bool:
    """Whether two names printed side by side are the plates of one body."""
    return (_bare(first), _bare(second)) in NAMEPLATES


def _bare(name: str) -> str:
    return name[1:] if name[:1] in "省市区县州" and len(name) > 2 else name
