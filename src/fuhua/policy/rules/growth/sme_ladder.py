"""优质中小企业梯度培育 the SME ladder: the two documents and the dates that its three titles share.

Why: innovative SMEs, specialised SMEs and little giants changed on the same day, 2026-04-01; the dates stand here once.
"""

from __future__ import annotations

import datetime as dt

from fuhua.kernel.words import t
from fuhua.policy.reasoning.rule import Note, Source

FIRST = Source("工信部企业〔2022〕63号", t("优质中小企业梯度培育管理暂行办法", "Interim measures for the SME ladder"))
SECOND = Source(
    "《优质中小企业梯度培育管理办法》（2026 年 1 月印发，文号未核）",
    t("优质中小企业梯度培育管理办法", "Measures for the SME ladder"),
    dt.date(2026, 1, 16),
)
FIRST_SINCE, FIRST_UNTIL, SECOND_SINCE = dt.date(2022, 8, 1), dt.date(2026, 3, 31), dt.date(2026, 4, 1)

CHANGED = Note(
    t(
        "自 2026-04-01 起适用新办法；只见到部分条件，其余请核对正式文本",
        "from 2026-04-01 the new measures apply; only some of their conditions have been seen: check the text",
    )
)
