"""Scales and lists that several kinds of listing ask by: technology readiness, quality systems, ways to license, stages."""

from __future__ import annotations

from fuhua.kernel.words import Text, t

# 技术成熟度 1–9, as GB/T 22900-2022 grades research
READINESS: dict[str, Text] = {
    "1": t("1 级 基本原理", "TRL 1 basic principle"),
    "2": t("2 级 技术方案", "TRL 2 concept"),
    "3": t("3 级 关键功能验证", "TRL 3 key functions shown"),
    "4": t("4 级 实验室验证", "TRL 4 shown in the laboratory"),
    "5": t("5 级 模拟环境验证", "TRL 5 shown in a simulated environment"),
    "6": t("6 级 样机演示", "TRL 6 prototype demonstrated"),
    "7": t("7 级 实际环境试用", "TRL 7 tried in the real environment"),
    "8": t("8 级 定型，可生产", "TRL 8 final, ready to be made"),
    "9": t("9 级 已规模应用", "TRL 9 in regular use"),
}

QUALITY: dict[str, Text] = {
    "glp": t("GLP 非临床研究规范", "GLP"),
    "gcp": t("GCP 临床试验规范", "GCP"),
    "gmp": t("GMP 生产规范", "GMP"),
    "cnas": t("CNAS 实验室认可", "CNAS accreditation"),
    "cma": t("CMA 检验检测资质", "CMA qualification"),
    "iso17025": t("ISO 17025 实验室", "ISO 17025"),
    "iso13485": t("ISO 13485 医疗器械", "ISO 13485"),
    "iso9001": t("ISO 9001 质量", "ISO 9001"),
    "iatf16949": t("IATF 16949 汽车", "IATF 16949"),
    "rohs": t("RoHS 限用物质", "RoHS"),
    "aecq": t("AEC-Q 车规", "AEC-Q"),
}

LICENCES: dict[str, Text] = {
    "transfer": t("转让", "transfer"),
    "exclusive": t("独占或排他许可", "exclusive licence"),
    "licence": t("普通许可", "non-exclusive licence"),
    "equity": t("作价入股", "against shares"),
    "development": t("委托开发", "commissioned development"),
    "production": t("合作生产", "joint production"),
    "other": t("其他方式", "another way"),
}

STAGES: dict[str, Text] = {
    "project": t("未注册团队", "team before a company"),
    "early": t("初创期（5 年内）", "early (up to five years)"),
    "growth": t("成长期", "growing"),
    "mature": t("成熟期", "mature"),
}

DEPLOYMENTS: dict[str, Text] = {
    "on_site": t("本地部署，数据不出场", "on site, no data leaves"),
    "edge": t("边缘设备", "on edge devices"),
    "cloud": t("云端", "in the cloud"),
}

# Units that agreements say in Chinese, the language that binds, whoever reads them
UNITS: dict[str, Text] = {
    "件": t("件", "piece(s)"),
    "批": t("批", "lot(s)"),
    "项": t("项", "item(s)"),
    "次": t("次", "time(s)"),
    "小时": t("小时", "hour(s)"),
    "分钟": t("分钟", "minute(s)"),
}
PIECE = UNITS["件"]


def unit_of(stored: str) -> Text:
    """A stored unit in the reader's words; one that people made up reads alike in both languages."""
    return UNITS.get(stored, Text(stored, stored))
