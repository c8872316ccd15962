"""A small fair of offers and needs, written for the tests of ranking."""

from __future__ import annotations

from fuhua.matching.ranking.listings import Listing

OFFERS = (
    Listing(id="A1", title="磷石膏制备高强石膏板的方法",
            text="以工业副产磷石膏为原料，经净化、煅烧制得石膏板，抗压强度25MPa。",
            field="制造业——非金属矿物制品业", maturity="通过中试"),
    Listing(id="A2", title="克氏原螯虾健康养殖技术",
            text="稻田养殖克氏原螯虾，成活率达到85%，亩产150公斤。",
            field="农、林、牧、渔业——渔业"),
    Listing(id="A3", title="低温等离子体废气净化装置",
            text="用于喷涂车间挥发性有机物的治理，净化效率95%，噪声60dB。",
            field="制造业——专用设备制造业"),
    Listing(id="A4", title="小麦新品种选育与推广",
            text="选育抗病高产小麦品种，示范推广。",
            field="农、林、牧、渔业——农业"),
    Listing(id="A5", title="稀释制冷机温度控制系统",
            text="最低温度8mK，用于量子计算。",
            field="制造业——仪器仪表制造业", maturity="已有样品"),
    Listing(id="A6", title="工业机器人焊接工作站",
            text="六轴机器人自动焊接汽车零部件，焊接速度12mm/s。",
            field="制造业——通用设备制造业"),
    Listing(id="A7", title="工业机器人焊接工作站",
            text="六轴机器人自动焊接汽车零部件。",
            field="制造业——通用设备制造业"),
)  # fmt: skip

NEEDS = (
    Listing(id="N1", title="磷石膏综合利用",
            text="求将磷石膏用于建材，如石膏板，抗压强度不低于20MPa。",
            field="制造业"),
    Listing(id="N2", title="小龙虾养殖",
            text="提高小龙虾的成活率。",
            field="农、林、牧、渔业"),
    Listing(id="N3", title="车间VOCs治理",
            text="喷漆车间有机废气处理，净化效率不低于90%，噪声低于60dB。",
            field="制造业"),
    Listing(id="N4", title="区块链预付卡",
            text="预付卡上链发行与结算。",
            field="批发和零售业"),
    Listing(id="N5", title="极低温制冷",
            text="制冷机温度不高于10mK。",
            field="制造业"),
)
