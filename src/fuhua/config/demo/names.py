"""Invented names and credit codes for the demo city: believable in Chinese, and of nobody real."""

from __future__ import annotations

import random
from collections.abc import Iterator

from fuhua.kernel.credit_code import ALPHABET, check_character

_FIRST = "启寄星澜岚曜砺衡溯涵朔霁钧砚铎珩屿栖弈恪渊曦昀荔澈霖峤弘旻筑"
_SECOND = "芯舟图微量川原维衡源界阶岳宇合迹木石禾象尔湃凡知行帆越谷序启辰景和光正远"
_FIELDS = (
    ("量子", "quantum"), ("类脑", "brain_inspired"), ("基因", "cell_and_gene"), ("生物", "synthetic_biology"), ("医药", "original_drugs"),
    ("智能", "general_ai"), ("机器人", "humanoid_robots"), ("新材", "key_materials"), ("光电", "photonics"), ("航天", "commercial_space"),
    ("氢能", "hydrogen"), ("通信", "six_g"), ("脑机", "brain_computer"), ("传感", "intelligent_hardware"), ("储能", "future_energy"),
)
_KINDS = ("科技", "技术", "生物科技", "智能科技", "装备", "半导体")
_HOSTS = ("硬科技", "前沿", "未来", "创新", "智造", "生命科学", "光电", "人工智能", "新材料", "空天")
_FUNDS = ("种子", "天使", "早期", "概念验证", "成果转化", "硬科技")


def brands(chance: random.Random) -> Iterator[str]:
    """Two-character brand words, each once, in a shuffled order."""
    words = [first + second for first in _FIRST for second in _SECOND if first != second]
    chance.shuffle(words)
    yield from words


def venture(brand: str, chance: random.Random) -> tuple[str, str]:
    """A venture's registered name and the code of its field."""
    word, field = chance.choice(_FIELDS)
    kind = chance.choice(_KINDS)
    return f"北京{brand}{word}{kind if kind[:2] != word else '科技'}有限公司", field


def incubator(brand: str, chance: random.Random) -> str:
    """An incubator's registered name."""
    return f"北京{brand}{chance.choice(_HOSTS)}孵化器有限公司"


def fund(brand: str, chance: random.Random) -> str:
    """A fund's registered name."""
    return f"北京{brand}{chance.choice(_FUNDS)}创业投资基金（有限合伙）"


def person(chance: random.Random) -> str:
    """A person's name."""
    return chance.choice("王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗") + chance.choice(
        ("晨", "思远", "雨桐", "子昂", "嘉宁", "一凡", "明哲", "若溪", "景行", "书瑶", "泽宇", "安琪", "修远", "知微", "望舒"))


def code(chance: random.Random, district: str) -> str:
    """A credit code that passes its check: 91 (enterprise), the district, nine characters of the body, check character."""
    body = "91" + district + "MA" + "".join(chance.choice(ALPHABET[:10] + "ABCDEFGH") for _ in range(7))
    return body + check_character(body)
