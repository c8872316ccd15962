"""What the papers of a review say: the public notice, and the decision pack with ranking, panel and draws."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from fuhua.kernel.ui import formats
from fuhua.kernel.words import Text, t
from fuhua.schemes.models import Announcement, Call, Decision, Draw
from fuhua.schemes.queries.panels import seats_of
from fuhua.schemes.queries.ranking import Row, lenient
from fuhua.schemes.words import RESULTS

_NONE = "—"


def points(hundredths: int | None) -> str:
    """``85.33`` of 8533."""
    return _NONE if hundredths is None else f"{hundredths / 100:.2f}"


def notice(announcement: Announcement, decisions: Sequence[Decision]) -> dict[str, Any]:
    """The public notice in Chinese, for its template."""
    call = announcement.call
    intro = t("经申报、审查、专家评审和决定，现将“{title}”拟支持名单予以公示。公示期：{first}至{last}。",
              "The decisions on “{title}” are on public notice from {first} to {last}.").format(
        title=call.title, first=formats.day(announcement.first), last=formats.day(announcement.last))
    how = t("任何单位和个人对公示内容有异议的，请在公示期内登录平台在本公示页面实名提出；异议人信息保密。",
            "Whoever objects does so on the page of this notice while it lasts; their name stays with the issuer.")
    return {
        "number": announcement.number, "foot": call.issuer.name, "title": t("公示", "Public notice").zh, "intro": intro.zh, "how": how.zh,
        "head": _zh(t("编号", "Number"), t("申报单位", "Applicant"), t("项目", "Title"), t("结果", "Result"), t("市级资金", "City"),
                    t("区级资金", "District")),
        "rows": [[each.application.number or "", each.application.applicant.name, each.application.title, RESULTS[each.result].zh,
                  _yuan(each.city), _yuan(each.district)] for each in decisions],
        "sign": call.issuer.name, "day": formats.day(announcement.first).zh,
    }


_RANKING = (t("名次", "Place"), t("编号", "Number"), t("申报单位", "Applicant"), t("校正分", "Corrected"), t("原始分", "Raw"),
            t("原始名次", "Raw place"), t("分差", "Spread"), t("决定", "Decision"), t("市级", "City"), t("区级", "District"))
_PANEL = (t("专家", "Expert"), t("单位", "Organisation"), t("资深", "Senior"), t("评审量", "Reviews"), t("宽严", "Leniency"))


def pack(call: Call, who: Any, rows: Sequence[Row], draws: Sequence[Draw]) -> dict[str, Any]:
    """The decision pack in Chinese, of what ``who`` may see only, for its template."""
    effects = lenient(call)
    method = t("校正分为各评审分减去该专家宽严后的平均；宽严由最小二乘法估计，并按三份评审收缩。",
               "The corrected score is the mean of its points less their experts’ leniency, which least squares with shrinkage estimates.")
    return {
        "number": call.number, "foot": call.issuer.name, "title": call.title, "method": method.zh,
        "ranking_title": t("排名", "Ranking").zh,
        "ranking_head": _zh(*_RANKING),
        "ranking": [_ranked(row) for row in rows],
        "why_title": t("决定理由", "Why").zh,
        "why": [[row.application.number or "", row.decision.why] for row in rows if row.decision is not None],
        "panel_title": t("专家组", "Panel").zh,
        "panel_head": _zh(*_PANEL),
        "panel": [[seat.person.name, seat.house.name if seat.house else _NONE, (t("是", "yes") if seat.senior else t("否", "no")).zh,
                   f"{seat.done}/{seat.given}", points(effects.get(seat.pk))] for seat in seats_of(call, who)],
        "draw_title": t("抽取记录", "Draws").zh,
        "draw_head": _zh(t("时间", "When"), t("种子", "Seed"), t("记录摘要", "Record"), t("已证明最优", "Proved")),
        "draws": [[formats.clock(each.made_at).zh, each.seed, each.certificate, (t("是", "yes") if each.proved else t("否", "no")).zh]
                  for each in draws],
    }


def _ranked(row: Row) -> list[str]:
    made = row.decision
    return [str(row.place or _NONE), row.application.number or "", row.application.applicant.name, points(row.normalised), points(row.raw),
            str(row.raw_place or _NONE), points(row.spread), RESULTS[made.result].zh if made else _NONE,
            _yuan(made.city) if made else _NONE, _yuan(made.district) if made else _NONE]


def _yuan(fen: int) -> str:
    return formats.yuan(fen).zh if fen else _NONE


def _zh(*texts: Text) -> list[str]:
    return [each.zh for each in texts]
