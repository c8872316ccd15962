"""Near terms of technology: words that people on the two sides of an exchange use for the same thing."""

from __future__ import annotations

import re
from functools import lru_cache

from fuhua.matching.text.tokens import normal

# One group a line. Members are interchangeable for finding, not for reading: a hypernym stands beside what it covers only where
# a broker would call the two one topic. Add a group when a need and its offer were missed for want of a shared word.
GROUPS = """
agv 自动导引车 导引车 无人搬运车 搬运车 运输车 物流车 巡线小车 导引运输车
人工智能 ai 机器学习 深度学习 神经网络
机器视觉 图像识别 视觉检测 图像处理 计算机视觉 图像分析
废水 污水 废液 母液
废气 尾气 烟气 恶臭 臭气 异味 vocs voc 挥发性有机物
除尘 粉尘 颗粒物 pm2.5
净化 脱除
粘合剂 胶黏剂 粘结剂 粘接剂 胶粘剂 黏合剂 黏结剂
面料 织物 布料 纺织品
监控 监测 监视
故障诊断 异常检测 在线诊断 故障检测
电机 马达 电动机 电机驱动
锂电池 锂电 锂离子电池 锂离子动力电池
蓄电池 电池 储能电池
燃料电池 氢能 氢燃料
储氢 氢气 制氢
太阳能 光伏 太阳电池
led 发光二极管 照明 灯具 光源
物联网 iot 传感网 传感网络
云平台 云计算 云架构 云服务
大数据 数据挖掘 数据分析
虚拟现实 vr 增强现实 虚拟仿真
3d打印 三维打印 增材制造
机械手 机械臂 机器人 工业机器人
无人机 飞行器
焊接 焊机 对焊 焊条 堆焊
喷涂 涂装 涂料 涂层 喷漆
防腐 耐腐蚀 防锈 缓蚀 防蚀
耐磨 减磨 减摩 抗磨 耐磨损
润滑 润滑油 润滑脂 润滑剂
轻量化 减重
减震 减振 隔振 阻尼
降噪 噪声 静音 隔音 消音
散热 冷却 导热 热管理
保温 隔热 绝热
阻燃 防火 难燃
抗菌 抑菌 杀菌 除菌 抑制细菌
防水 疏水 憎水 拒水
余热 废热 热回收 热能回收
热泵 空调 制冷 热泵空调
压缩机 涡旋机 空压机
水泵 电泵 离心泵 泵站
风机 通风机 轴流风机 鼓风机
风电 风力发电 风力机
阀门 球阀 截止阀 电磁阀
管道 管线 管件
轴承 滑动轴承
传感器 传感 敏感元件
温度测量 测温 热像仪 温度传感器
流量计 流量测量
粒度 粒径
扫描电镜 扫描电子显微镜 sem
透射电镜 透射电子显微镜 tem
原子力显微镜 扫描探针显微镜 afm
x射线衍射 x射线衍射仪 xrd
光电子能谱 光电子能谱仪 xps
核磁共振 核磁共振波谱仪 核磁共振谱仪 nmr
电感耦合等离子体 icp
流式细胞仪 流式细胞术
差示扫描量热 差示扫描量热仪 dsc
热重分析 热重分析仪 tga
聚焦离子束 fib
气相沉积 cvd pecvd
原子层沉积 ald
液相色谱 液相色谱仪 hplc
印刷电路板 印制电路板 线路板 电路板 pcb
色谱 色谱仪 液相色谱 液相色谱仪 hplc
光谱 光谱仪 近红外
红外 热成像
激光 激光器
北斗 gnss 卫星导航 gps
人脸识别 身份识别 刷脸
二维码 条码 一维码
rfid 射频 电子标签
智能家居 智能家庭
充电桩 充电器
停车 停车场 泊车
自动化生产线 自动化产线 生产线 流水线 智能产线
包装 码垛 打包
装配 组装 组装机
仓储 仓库
数控 机床 数控机床 cnc
模具 冲压 压铸
铝合金 铝材 铝型材 铝板 铝基
不锈钢 特种钢 合金钢
热处理 淬火 退火
电镀 镀层 镀膜
表面处理 表面改性 表面强化
复合材料 增强材料 纤维增强
碳纤维 玻璃纤维 玻纤
石墨烯 氧化石墨烯
纳米材料 纳米颗粒 纳米粒子 纳米粉体
薄膜 膜材料
耐火材料 浇注料 耐高温材料
橡胶 弹性体
塑料 树脂 注塑 聚合物
水性 水基
混凝土 水泥 砂浆
防水卷材 防水材料 防水涂料
固废 废弃物 垃圾 废渣
污泥 淤泥
资源化 再利用 回收利用 综合利用
膜分离 超滤 反渗透 膜蒸馏
蒸馏 精馏 分离提纯
提取 萃取 提纯 纯化
催化剂 催化 触媒
发酵 微生物 菌种 菌剂
酶制剂 蛋白酶
益生菌 乳酸菌 微生态制剂
抗生素 抗菌肽
中药 中药材 中草药 药材
制剂 片剂 胶囊 新药 药物
医疗器械 医用 医疗设备
康复 护理 养老 老年
检测试剂 试剂盒 即时检测 poct
饲料 饲料添加剂 代乳品
养殖 饲养 水产养殖 畜牧
小龙虾 克氏原螯虾 螯虾
生猪 仔猪 养猪
粪污 畜禽粪便 粪便 沼液
肥料 有机肥 施肥 化肥 水溶肥 配方施肥
病虫害 虫害 害虫 防治 防控 杀虫 农药
果树 水果 果园 柑橘 猕猴桃 葡萄
大棚 温室 设施农业 设施栽培
无土栽培 栽培基质 基质 水培
育苗 种苗 繁育 繁殖
嫁接 嫁接机
灌溉 滴灌 节水灌溉 喷灌
农机 农业机械 收割机 播种机
食用菌 蘑菇 菌菇
茶叶 茶多酚
精油 香料 芳香植物 香药
功能性食品 保健食品 健康食品 保健
深加工 精深加工 副产物 高值化
保鲜 冷链 贮藏 冷藏
休闲农业 乡村旅游 美丽乡村 民宿
家具 座椅 沙发
马桶 卫浴 洁具
制鞋 鞋底 鞋业
服装 内衣 文胸 成衣
纱线 纺纱 混纺 纺织纤维
针织 编织 织造 梭织
印染 染色 染整 染料
丝绸 真丝 蚕丝 丝素 蚕茧
丝袜 长筒丝袜 袜子
汽车 车辆 乘用车 整车
新能源汽车 电动汽车 纯电动
轨道交通 地铁 列车 铁路
船舶 邮轮
电梯 扶梯
变压器 绝缘子 断路器 电力设备
电缆 电线 线缆 线束
连接器 插座 插头 接插件
滤波器 谐振器
天线 微波
芯片 集成电路 半导体
电源 逆变器 变频器 变流器
永磁 磁性材料 钕铁硼 磁体
节能 节电 能效 用能
高盐废水 脱盐 零排放
电子商务 电商 网购
区块链 溯源 追溯
信息化 管理系统 管理软件 erp
安防 安全监控 视频监控
""".strip().splitlines()


def _groups() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for group in GROUPS:
        members = group.split()
        for member in members:
            found[member] = (*found.get(member, ()), f"={members[0]}")
    return found


_GROUP_OF = _groups()
_MEMBERS = {f"={group.split()[0]}": tuple(group.split()) for group in GROUPS}


def _written() -> str:
    """What finds the members: where they overlap the one that begins first, of those the longest; a Latin one as a whole word only."""
    rests: dict[str, list[str]] = {}
    for member in sorted(_GROUP_OF, key=len, reverse=True):
        first, rest = re.escape(member[0]), re.escape(member[1:])
        alone = f"(?<![a-z0-9]{first}){rest}(?![a-z0-9])"  # stands behind the first letter, so that the search can leap to first letters
        rests.setdefault(first, []).append(alone if member.isascii() else rest)
    return "|".join(f"{first}(?:{'|'.join(several)})" for first, several in rests.items())


_MEMBER = re.compile(_written())


@lru_cache(512)
def near(text: str) -> tuple[str, ...]:
    """The groups whose members stand in ``text``, in reading order and as often: ``=`` and the first member of the group.

    Where members overlap the one that begins first counts, of those the longest; a Latin member counts as a whole word only.
    """
    return tuple(group for member in _MEMBER.findall(normal(text)) for group in _GROUP_OF[member])


def members_of(group: str) -> tuple[str, ...]:
    """The members of a group that :func:`near` gives; raises ``KeyError``."""
    return _MEMBERS[group]


def members(text: str) -> dict[str, set[str]]:
    """The groups of :func:`near` with the members that stand in ``text``."""
    found: dict[str, set[str]] = {}
    for member in _MEMBER.findall(normal(text)):
        for group in _GROUP_OF[member]:
            found.setdefault(group, set()).add(member)
    return found
