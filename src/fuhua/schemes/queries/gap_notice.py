"""What the notice of gaps says (补正通知书): the one list, what to do about each, and by when."""

from __future__ import annotations

from typing import Any

from fuhua.kernel.ui import formats
from fuhua.kernel.words import Text, t
from fuhua.schemes.kinds.schemes import scheme_kinds
from fuhua.schemes.models import Application


def said_of(row: Application) -> dict[str, Any]:
    """The notice as data, in Chinese, which is the text in force; the same gaps give the same words.

    Where people from abroad apply (``Kind.bilingual``) the English stands beside it.
    """
    kind, gaps = scheme_kinds()[row.call.kind], list(row.gaps.order_by("pk"))
    labels = {each.name: each.label for each in kind.asks} | {each.code: each.label for each in kind.evidence} | {
        "title": t("项目名称", "title")}

    def said(text: Text) -> str:
        return f"{text.zh} {text.en}" if kind.bilingual else text.zh

    return {
        "number": f"{row.number}-BZ", "foot": row.call.title, "title": said(t("补正通知书", "Notice of gaps")),
        "issuer": row.call.issuer.name, "day": said(formats.day(gaps[0].asked_at)),
        "rows": [[said(t("申报单位", "Applicant")), row.applicant.name], [said(t("申报编号", "Number")), row.number],
                 [said(t("补正期限", "To be mended by")), said(formats.day(gaps[0].due))],
                 *([said(labels[each.name]) if each.name in labels else each.name, each.text] for each in gaps)],
        "paragraphs": [said(t("以上为一次性告知的全部补正事项，不再另行要求补正。",
                              "This is everything that is lacking; there will be no second list.")),
                       said(t("请在补正期限内登录平台补正并提交；逾期未补正的，视为不符合申报条件。",
                              "Sign in, mend it and hand it in by that day; whatever is not mended then is not eligible."))],
    }
